"""Paragraphs of an article as the canvas lays them out, and their positions in Qt's units.

A paragraph ends at a line feed and at Unicode's own line and paragraph separator, which Qt would
take for ends of lines too; the separators belong to no paragraph. Nothing here needs Qt.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

from annotator.arabic.characters import ARABIC_LETTERS
from annotator.arabic.offsets import OffsetMap

_ARABIC_LETTER = re.compile(f"[{ARABIC_LETTERS}]")
SEPARATORS = "\n\u2028\u2029"
_ANY_SEPARATOR = re.compile(f"[{SEPARATORS}]")

# What Qt would drop, swap, break a line at, lay out as a gap or as an object.
_UNSAFE = re.compile("[\0-\x1f\x7f-\x9f\ufeff\ufffc-\uffff\ufdd0-\ufdef\ud800-\udfff]")
_WORD_JOINER, _REPLACEMENT, _SYMBOL_FOR_NUL, _SYMBOL_FOR_DELETE = (
    "\u2060",
    "\ufffd",
    0x2400,
    "\u2421",
)


class Paragraph:
    """`[start, end)` of the article, its end of line left out; all else is made when asked for."""

    # With a __dict__ for what is made when asked for; a page has thousands, and few are looked at.
    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
        self.start = start
        self.end = end

    @cached_property
    def text(self) -> str:
        """The paragraph as the article has it."""
        return self._text[self.start : self.end]

    @cached_property
    def is_rtl(self) -> bool:
        """Whether it runs from right to left: unless it says something without an Arabic letter."""
        if _ARABIC_LETTER.search(self._text, self.start, self.end):
            return True
        return not self.text.strip()

    @cached_property
    def display(self) -> str:
        """The paragraph as Qt can take it, code point for code point."""
        return _UNSAFE.sub(_shown, self.text)

    def units(self, offset: int) -> int:
        """Return how many UTF-16 units of the paragraph lie before `offset` of the article."""
        return self._map.to_units(offset - self.start)

    def offset(self, units: int) -> int:
        """Return the offset in the article of the character that holds position `units`."""
        return self.start + self._map.from_units(units)

    @cached_property
    def _map(self) -> OffsetMap:
        return OffsetMap.utf16(self.display)


def split(text: str) -> list[Paragraph]:
    r"""Return the paragraphs of `text`, always at least one.

    >>> [(p.start, p.end, p.is_rtl) for p in split("خبر\n\nCBS News")]
    [(0, 3, True), (4, 4, True), (5, 13, False)]
    """
    paragraphs = []
    start = 0
    for end in _ends(text):
        paragraphs.append(Paragraph(text, start, end))
        start = end + 1
    paragraphs.append(Paragraph(text, start, len(text)))
    return paragraphs


def has_arabic(text: str) -> bool:
    """Whether there is an Arabic letter in `text`."""
    return _ARABIC_LETTER.search(text) is not None


def paragraph_at(paragraphs: Sequence[Paragraph], offset: int) -> int:
    """Return the index of the paragraph that `offset` stands in; its separator is its end."""
    return max(0, bisect_right(paragraphs, offset, key=lambda paragraph: paragraph.start) - 1)


def _ends(text: str) -> Iterator[int]:
    """Yield where each separator of `text` stands."""
    if any(separator in text for separator in SEPARATORS[1:]):
        yield from (found.start() for found in _ANY_SEPARATOR.finditer(text))
        return
    end = text.find("\n")
    while end >= 0:
        yield end
        end = text.find("\n", end + 1)


def _shown(unsafe: re.Match[str]) -> str:
    """Return what stands on the screen for a character that Qt cannot take."""
    character = unsafe[0]
    if character == "\t":
        return " "
    if character == "\ufeff":
        return _WORD_JOINER
    if character < " ":
        return chr(_SYMBOL_FOR_NUL + ord(character))
    return _SYMBOL_FOR_DELETE if character == "\x7f" else _REPLACEMENT
