"""Sentences of a text, by offsets: a view for reading, never stored as truth.

A line always ends one. Within a line a stop ends one, with the quotes and brackets that close
behind it; dots in a row do not, they are pauses in the language of news. Text that is translated by
machines or has no stops comes out in whole paragraphs.
"""

import functools
import re
from collections.abc import Iterator

from annotator.arabic.characters import ARABIC_LETTERS, DIGITS, MARKS, TATWEEL

_ABBREVIATIONS = (
    "ق.م|ب.م|ص.ب|ت.م|إ.د|ا.د|أ.د|م.م|د.ب.أ|أ.ف.ب|أ.ش.أ|e.g|i.e|etc|vs|mr|mrs|ms|dr|st|no|vol|pp"
)
_CLOSING = r"[\"'”’»›)\]]"
_GOES_ON = "،؛,;:)»”\\]"
"""What a sentence goes on with, after a stop that belongs to what was quoted."""


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield `(start, end)` of each sentence of `text`, without the blanks around it.

    >>> list(sentences("قال د. سعيد: نعم! ثم.. غادر 3.5 كم."))
    [(0, 17), (18, 35)]
    """
    start = 0
    for line in text.split("\n"):
        yield from _of_line(line, start)
        start += len(line) + 1


def _of_line(line: str, offset: int) -> Iterator[tuple[int, int]]:
    start = 0
    for stop in _stop().finditer(line):
        if stop.start() < start or not _ends(line, start, stop):
            continue
        yield from _stripped(line, start, stop.end(), offset)
        start = stop.end()
    yield from _stripped(line, start, len(line), offset)


def _stripped(line: str, start: int, end: int, offset: int) -> Iterator[tuple[int, int]]:
    said = line[start:end].strip()
    if said:
        first = line.index(said, start)
        yield offset + first, offset + first + len(said)


def _ends(line: str, start: int, stop: re.Match[str]) -> bool:
    """Whether a stop ends the sentence that began at `start`."""
    after = line[stop.end() :].lstrip()
    if not after:
        return True
    if after[0] in _GOES_ON:
        return False
    signs = stop["signs"]
    if signs == ".":
        before = line[start : stop.start()]
        return not (_abbreviation().search(before) or _list_number().fullmatch(before))
    return not (set(signs) <= {".", "…"})


@functools.cache
def _stop() -> re.Pattern[str]:
    """Return what finds a stop with what closes behind it, before a blank or the end of a line."""
    return re.compile(rf"(?P<signs>[.!?؟۔…]+){_CLOSING}*(?=\s|$)")


@functools.cache
def _abbreviation() -> re.Pattern[str]:
    """Return what finds a letter alone, or another abbreviation, at the end."""
    letter = rf"[A-Za-z{ARABIC_LETTERS}][{MARKS}{TATWEEL}]*"
    known = _ABBREVIATIONS.replace(".", r"\.")
    return re.compile(rf"(?<![\w{MARKS}])(?:{letter}(?:\.{letter})*|{known})$", re.IGNORECASE)


@functools.cache
def _list_number() -> re.Pattern[str]:
    """Return what fits the number of an item at the beginning."""
    return re.compile(rf"\s*[({{\[]?[{DIGITS}]{{1,3}}")
