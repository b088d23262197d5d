"""Folding news text, against one `str.translate` of the same text.

Run: python -m tests.bench.bench_fold
"""

import sys

from annotator.arabic import fold
from tests.bench.measuring import SEEDS, Figure, best_pair, report

REPEATS = 40
TABLE = {ord("أ"): "ا", ord("إ"): "ا", ord("آ"): "ا", ord("ى"): "ي", ord("ة"): "ه"}


def main() -> int:
    """Measure the fold, the fold with its map and the index fold."""
    text = "\n".join(path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt"))) * REPEATS
    size = len(text.encode()) / 1e6
    figures = []
    for name, action, bound in (
        ("fold", lambda: fold.fold(text), 1.0),
        ("fold with its map", lambda: fold.folded(text, "letters"), 1.0),
        ("index fold", lambda: fold.index_fold(text), 2.0),
    ):
        ours, bare = best_pair(action, lambda: text.translate(TABLE), runs=5)
        told = f"{size / ours:.0f} MB/s, one translate {size / bare:.0f} MB/s"
        figures.append(Figure(name, bare / ours, bound, True, told))
    return report(figures)


if __name__ == "__main__":
    sys.exit(main())
