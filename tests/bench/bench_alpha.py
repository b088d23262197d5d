"""Krippendorff's alpha of ten million items, against one bare count of the same pairs of values.

Run: python -m tests.bench.bench_alpha
"""

import resource
import sys

import numpy as np

from annotator.agreement import categorical
from annotator.agreement.categorical import Readings
from tests.bench.measuring import Figure, best_pair, report

ITEMS, VALUES = 10_000_000, 5
BOUND = 3.0


def main() -> int:
    """Measure two annotators and five; of five some values are missing."""
    return report([_measured(readers, least) for readers, least in ((2, 0), (5, -1))])


def _measured(readers: int, least: int) -> Figure:
    chance = np.random.default_rng(1)
    values = chance.integers(least, VALUES, size=(readers, ITEMS), dtype=np.int8)
    before = _peak()
    ours, bare = best_pair(lambda: _alpha(values), lambda: _bare(values))
    told = f"{ours:.2f} s, bare {bare:.2f} s, {_peak() - before} MB beside the values"
    pairs = readers * (readers - 1) // 2
    return Figure(
        f"alpha, {readers} × {ITEMS:,} values", ours / bare, BOUND, False, told + f", {pairs} pairs"
    )


def _alpha(values: Readings) -> None:
    found = categorical.krippendorff_alpha(categorical.coincidences_of(values, VALUES))
    if found.value is None or abs(found.value) > 0.01:
        raise AssertionError(found)


def _bare(values: Readings) -> None:
    """Count the pairs of every two annotators, in codes that need no other number type."""
    for at, mine in enumerate(values):
        for theirs in values[at + 1 :]:
            np.bincount((mine + 1) * np.int8(VALUES + 1) + (theirs + 1))


def _peak() -> int:
    """Return the most memory that was ever taken, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    sys.exit(main())
