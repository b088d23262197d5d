"""Which backups stay: by their numbers, because clocks jump; the time only parts days and months.

Pure: what is removed from the disk is `backing`'s.
"""

from collections.abc import Sequence
from dataclasses import dataclass

NEWEST = 12
DAYS = 14
MONTHS = 12
CAP = 2_000_000_000
"""Bytes of all backups of one project file, their texts included."""
_DAY, _MONTH = len("2026-11-22"), len("2026-11")


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup that passed its check: `at` is UTC to the minute, `size` in bytes."""

    number: int
    at: str
    size: int
    n_operations: int


def outgoing(copies: Sequence[Kept], room: int = CAP) -> list[Kept]:
    """Return those of `copies` that go, oldest first.

    The newest 12 stay, the last one of each of 14 days and of each of 12 months. Where the rest
    takes more than `room` bytes the oldest go too; but never the newest one, nor the one with the
    most history: it may be that the file was emptied, or put back as it was long ago.
    """
    newest_first = sorted(copies, key=lambda one: -one.number)
    staying = {one.number for one in newest_first[:NEWEST]}
    staying |= _last_of_each(newest_first, _DAY, DAYS)
    staying |= _last_of_each(newest_first, _MONTH, MONTHS)
    fixed = _fixed(newest_first)
    staying |= fixed
    size = sum(one.size for one in copies if one.number in staying)
    for one in reversed(newest_first):
        if size > room and one.number in staying - fixed:
            staying.discard(one.number)
            size -= one.size
    return [one for one in reversed(newest_first) if one.number not in staying]


def _fixed(newest_first: Sequence[Kept]) -> set[int]:
    """Return the numbers of those that never go."""
    if not newest_first:
        return set()
    fullest = max(newest_first, key=lambda one: (one.n_operations, one.number))
    return {newest_first[0].number, fullest.number}


def _last_of_each(newest_first: Sequence[Kept], length: int, most: int) -> set[int]:
    """Return the numbers of the last one of each day or month, of so many of these at most."""
    last: dict[str, int] = {}
    for one in newest_first:
        last.setdefault(one.at[:length], one.number)
    return set(list(last.values())[:most])
