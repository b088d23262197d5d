"""Bench: the sentences of a treebank, found again in its text joined by blanks.

    .venv/bin/python -m tests.bench.sentences FILE.conllu

The treebank is not part of the project. Precision and recall are over ends of sentences; exits 1
where F is under its bound.
"""

import sys
from pathlib import Path

from annotator.arabic.sentences import sentences
from tests.bench import conllu
from tests.bench.measuring import Figure, report


def main() -> int:
    """Print the figure; return 1 where it is under its bound."""
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    given = [sentence.text.strip() for sentence in conllu.treebank(Path(sys.argv[1]))]
    text, ends = " ".join(given), set()
    end = -1
    for one in given:
        end += 1 + len(one)
        ends.add(end)
    found = {end for _, end in sentences(text)}
    right = len(found & ends)
    precision, recall = right / len(found), right / len(ends)
    f = 2 * precision * recall / max(precision + recall, 1e-9)
    told = f"precision {precision:.3f}, recall {recall:.3f}, {len(ends)} sentences"
    return report([Figure("F of sentence ends", f, 0.99, True, told)])


if __name__ == "__main__":
    sys.exit(main())
