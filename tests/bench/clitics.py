"""Bench: the clitics of a treebank, looked for in its words.

    .venv/bin/python -m tests.bench.clitics FILE.conllu

The treebank is not part of the project. Written words are put together again from what the file
holds (ranges of numbers, or words without a blank between them), and each place where a treebank
parts one is a cut: a conjunction, preposition or future in front, a pronoun behind. Exits 1 where
too few cuts are among the candidates; the guess is told beside it, and has no bound. It knows how
often each word stands in the treebank.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from annotator.arabic import clitics
from annotator.arabic.fold import fold
from tests.bench import conllu
from tests.bench.measuring import Figure, report

TATWEEL = "\u0640"


class Written(NamedTuple):
    """A word as it is written, and the offsets at which the treebank parts it."""

    form: str
    cuts: frozenset[int]


@dataclass(slots=True)
class Score:
    """How many cuts were rightly guessed, wrongly guessed, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, guessed: set[int], meant: set[int]) -> None:
        """Count the cuts of one word."""
        self.right += len(guessed & meant)
        self.wrong += len(guessed - meant)
        self.missed += len(meant - guessed)

    @property
    def told(self) -> str:
        """Precision, recall and F."""
        precision = self.right / max(self.right + self.wrong, 1)
        recall = self.right / max(self.right + self.missed, 1)
        f = 2 * self.right / max(2 * self.right + self.wrong + self.missed, 1)
        return f"{precision:.3f} / {recall:.3f} / {f:.3f}"


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted over a treebank."""

    n_words: int
    n_cuts: int
    n_among: int
    front: Score
    behind: Score


def written(sentence: conllu.Sentence) -> Iterator[Written]:
    """Yield the Arabic words of `sentence` as they are written."""
    form, cuts, end = "", set[int](), 0
    for word in sentence.words:
        start = sentence.text.find(word.form, end)
        if start < 0:
            continue
        if not _is_arabic(word.form) or start > end or not form:
            if form:
                yield Written(form, frozenset(cuts))
            form, cuts = "", set()
        if _is_arabic(word.form):
            cuts |= {len(form) + cut for cut in _cuts(word)} | ({len(form)} if form else set())
            form += word.form
        end = start + len(word.form)
    if form:
        yield Written(form, frozenset(cuts))


def _is_arabic(form: str) -> bool:
    """Whether `form` is a word: a tatweel alone is a dash."""
    return form[0].isalpha() and form[0] > "\u0600" and bool(form.strip(TATWEEL))


def _cuts(word: conllu.Word) -> set[int]:
    """Return where the parts of `word` meet; in `لل` the parts are longer than what is written."""
    cuts, start, end = set(), 0, len(word.form)
    *before, last = word.parts
    for part in before:
        if not word.form.startswith(part, start):
            break
        start += len(part)
        cuts.add(start)
    for part in [last, *before[:0:-1]]:
        if len(cuts) >= len(before) or not word.form.endswith(part, 0, end):
            break
        end -= len(part)
        cuts.add(end)
    return cuts - {0, len(word.form)}


def counted(words: Iterable[Written]) -> Counted:
    """Count the cuts of `words` among the candidates, and how the guess does."""
    given = list(words)
    counts = Counter(fold(word.form) for word in given).__getitem__
    front, behind = Score(), Score()
    n_cuts = n_among = 0
    for word in given:
        ends = {cut.at for cut in clitics.behind_candidates(word.form)}
        starts = {cut.at for cut in clitics.front_candidates(word.form)} - ends
        n_cuts += len(word.cuts)
        n_among += len(word.cuts & (starts | ends))
        start, end = clitics.guess(word.form, counts)
        front.add({at for at in starts if at <= start}, set(word.cuts & starts))
        behind.add({end} - {len(word.form)}, set(word.cuts & ends))
    return Counted(len(given), n_cuts, n_among, front, behind)


def main() -> int:
    """Print the figures; return 1 where too few cuts are among the candidates."""
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    found = counted(
        word for sentence in conllu.treebank(Path(sys.argv[1])) for word in written(sentence)
    )
    share = found.n_among / max(found.n_cuts, 1)
    told = f"{found.n_among} of {found.n_cuts} cuts, {found.n_words} words"
    print(f"guess, precision / recall / F: in front {found.front.told}, behind {found.behind.told}")
    return report([Figure("cuts among the candidates", share, 0.99, True, told)])


if __name__ == "__main__":
    sys.exit(main())
