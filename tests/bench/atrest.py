"""CPU seconds as those of the machine of the bounds when it is at rest.

A virtual machine may run at a quarter of its speed for minutes; a loop of a million additions says
how fast it is at the moment.
"""

import time
from collections.abc import Callable
from typing import NamedTuple

USUAL = 0.046
"""CPU seconds of the loop on the machine of the bounds."""


class Time(NamedTuple):
    """Seconds of CPU, and by the clock."""

    cpu: float
    wall: float

    def __str__(self) -> str:
        return f"{self.cpu:.2f} s of CPU, {self.wall:.2f} s by the clock"


def timed(work: Callable[[], object]) -> Time:
    """Return how long `work` takes."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Time(time.process_time() - cpu, time.perf_counter() - wall)


def mood() -> float:
    """Return the CPU seconds that a million additions take now."""
    began = time.process_time()
    n = 0
    while n < 1_000_000:
        n += 1
    return time.process_time() - began


def slowness(moods: list[float]) -> float:
    """Return how many times slower than usual the machine was, by the middle of `moods`."""
    return max(1.0, sorted(moods)[len(moods) // 2] / USUAL)


def loop_told(slowed: float) -> str:
    """Return what the loop takes on a machine that is so many times slower, in words."""
    return f"the loop takes {slowed * USUAL * 1000:.0f} ms"
