"""How benchmarks measure: ratios of CPU seconds in one run, the best of several, and a bound.

Machines differ and are shared: only ratios are compared with a bound, in pairs A B A B.
"""

import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

SEEDS = Path(__file__).resolve().parents[2] / "seeds" / "articles"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured ratio with its bound; `is_least` says on which side of it is good."""

    what: str
    ratio: float
    bound: float
    is_least: bool
    told: str

    @property
    def is_reached(self) -> bool:
        """Whether the ratio is on the good side of the bound."""
        return self.ratio >= self.bound if self.is_least else self.ratio <= self.bound


def seconds(action: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    """Return how long `action` takes, by CPU time unless said otherwise."""
    began = clock()
    action()
    return clock() - began


def best_pair(
    ours: Callable[[], object],
    bare: Callable[[], object],
    runs: int = 3,
    clock: Callable[[], float] = time.process_time,
) -> tuple[float, float]:
    """Return the best time of `ours` and of `bare`, run in turn."""
    times = [(seconds(ours, clock), seconds(bare, clock)) for _ in range(runs)]
    return min(first for first, _ in times), min(second for _, second in times)


def report(figures: list[Figure]) -> int:
    """Print the figures; return 1 where one is outside its bound."""
    for figure in figures:
        sign = "≥" if figure.is_least else "≤"
        verdict = "ok" if figure.is_reached else "OUTSIDE"
        print(f"{figure.what}: {figure.ratio:.2f} ({sign} {figure.bound}) {verdict}; {figure.told}")
    sys.stdout.flush()
    return 0 if all(figure.is_reached for figure in figures) else 1


def words() -> list[str]:
    """Return the words of the sample articles, in order, repeats kept: real letters and marks."""
    return [
        word for path in sorted(SEEDS.glob("*.txt")) for word in path.read_text("utf-8").split()
    ]


def article(chance: random.Random, vocabulary: list[str], length: int, number: int) -> str:
    """Return a text of about `length` code points, unlike any other by its number."""
    parts = [str(number)]
    size = len(parts[0])
    while size < length:
        part = chance.choice(vocabulary)
        if size // 400 != (size + len(part) + 1) // 400:
            part += "\n"
        parts.append(part)
        size += len(part) + 1
    return " ".join(parts)
