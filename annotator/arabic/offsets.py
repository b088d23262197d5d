"""Offsets of Arabic text in the units that others count.

Everything inside Hashiya is a code point. Nothing here knows Qt, files or labels.

A position in the middle of a character belongs to that character's start. Text is never decoded
again on the way: two lone surrogates are two characters, though their bytes look like one.
"""

import functools
import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

_ASTRAL = re.compile("[\U00010000-\U0010ffff]+")


@functools.cache
def _same_width_in_utf8() -> re.Pattern[str]:
    """Return what finds runs of characters of one size; compiled late, for it takes its time."""
    return re.compile("([\0-\x7f]+)|([\x80-\u07ff]+)|([\u0800-\uffff]+)|([\U00010000-\U0010ffff]+)")


def to_utf16(text: str, offset: int) -> int:
    """Return where code point `offset` falls when `text` is counted in UTF-16 units.

    >>> to_utf16("😀 وزير", 2)
    3
    """
    return len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2


def from_utf16(text: str, units: int) -> int:
    """Return the code point that holds position `units` of `text` counted in UTF-16 units.

    >>> from_utf16("😀 وزير", 3), from_utf16("😀 وزير", 1)
    (2, 0)
    """
    return OffsetMap.utf16(text).from_units(units)


def to_utf8(text: str, offset: int) -> int:
    """Return where code point `offset` falls when `text` is counted in bytes of UTF-8.

    >>> to_utf8("وزير 😀", 4)
    8
    """
    return len(text[:offset].encode("utf-8", "surrogatepass"))


def from_utf8(text: str, units: int) -> int:
    """Return the code point that holds byte `units` of `text` written in UTF-8.

    >>> from_utf8("وزير 😀", 8), from_utf8("وزير 😀", 7)
    (4, 3)
    """
    return OffsetMap.utf8(text).from_units(units)


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Code points of one text on one side, units of any size on the other; there and back.

    Between two break points every character has the same number of units, which may be none. The
    last break point is the end of the text. Memory grows with the break points, not with the text.

    >>> qt = OffsetMap.utf16("😀 وزير")
    >>> qt.to_units(2), qt.from_units(3)
    (3, 2)
    """

    offsets: Sequence[int]
    units: Sequence[int]

    @classmethod
    def utf16(cls, text: str) -> Self:
        """Map `text` to UTF-16 units; break points surround each run of astral characters."""
        return cls.of_runs(text, ((*found.span(), 2) for found in _ASTRAL.finditer(text)))

    @classmethod
    def utf8(cls, text: str) -> Self:
        """Map `text` to bytes of UTF-8; break points stand where characters change their size."""
        runs = (
            (*found.span(), found.lastindex or 1) for found in _same_width_in_utf8().finditer(text)
        )
        return cls.of_runs(text, runs)

    @classmethod
    def of_runs(cls, text: str, runs: Iterable[tuple[int, int, int]]) -> Self:
        """Map `text` given its `(start, end, units of each character)`; one unit elsewhere.

        The runs are in order, not empty, and do not overlap.
        """
        offsets, units = array("q", [0]), array("q", [0])
        offset = unit = 0
        for start, end, width in runs:
            if start > offset:
                unit += start - offset
                offsets.append(start)
                units.append(unit)
            unit += (end - start) * width
            offset = end
            offsets.append(end)
            units.append(unit)
        if len(text) > offset:
            offsets.append(len(text))
            units.append(unit + len(text) - offset)
        return cls(offsets, units)

    def to_units(self, offset: int) -> int:
        """Return the units before code point `offset`; IndexError when that is outside the text."""
        if not 0 <= offset <= self.offsets[-1]:
            raise IndexError(f"offset {offset} is outside 0–{self.offsets[-1]}")
        run = bisect_right(self.offsets, offset) - 1
        beyond = offset - self.offsets[run]
        return self.units[run] + (beyond * self._width(run) if beyond else 0)

    def from_units(self, units: int) -> int:
        """Return the code point that holds position `units`; IndexError when that is outside.

        Where characters have no units, it is the first character after them.
        """
        if not 0 <= units <= self.units[-1]:
            raise IndexError(f"position {units} is outside 0–{self.units[-1]}")
        run = bisect_right(self.units, units) - 1
        beyond = units - self.units[run]
        return self.offsets[run] + (beyond // self._width(run) if beyond else 0)

    def _width(self, run: int) -> int:
        """Return the units of each character between this break point and the next."""
        characters = self.offsets[run + 1] - self.offsets[run]
        return (self.units[run + 1] - self.units[run]) // characters
