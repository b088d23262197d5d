"""Long forms on two cores: the trials in two processes, half of them in each, their counts added.

Each half draws its own lots. A work that is given is found by its name in the other process.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import fields, replace
from typing import Any, TypeVar

CORES = 2
_Count = TypeVar("_Count")


def halves(n: int) -> list[int]:
    """Return `n` in as many parts as there are cores, none larger than another by more than one.

    >>> halves(5)
    [3, 2]
    """
    return [(n + core) // CORES for core in reversed(range(CORES))]


def in_halves(work: Callable[[int, int], _Count], n: int, seed: int) -> list[_Count]:
    """Return what `work` says of each half of `n` trials; the seed of each is its second number."""
    with ProcessPoolExecutor(CORES) as pool:
        seeds = [seed + CORES * 1000 * core for core in range(CORES)]
        return list(pool.map(work, halves(n), seeds))


def summed(counts: Sequence[Any]) -> Any:  # noqa: ANN401
    """Return counts of one kind, dataclasses, as one: their numbers are added."""
    first = counts[0]
    told = {
        one.name: sum(getattr(count, one.name) for count in counts)
        for one in fields(first)
        if isinstance(getattr(first, one.name), int)
    }
    return replace(first, **told)
