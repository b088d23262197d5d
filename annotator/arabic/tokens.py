"""Tokens and words of a text, by offsets that are exact.

A token ends where the script changes: in `بـ"خطوة` the clitic, the quote and the word are three. A
*white-space word* is what stands between blanks, punctuation and clitics included.
"""

import functools
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from annotator.arabic.characters import (
    ARABIC_LETTERS,
    DIGITS,
    EUROPEAN_LETTERS,
    JOINERS,
    MARKS,
    TATWEEL,
    ZWJ,
)

TokenKind = Literal["url", "mail", "tag", "number", "arabic", "latin", "dots", "other"]

# A mark, a selector of a shape and a skin tone go with the character before them.
_FOLLOWING = f"{MARKS}\ufe00-\ufe0f\U0001f3fb-\U0001f3ff"
_SPELLED = (
    r"(?P<url>(?:https?://|www\.)[^\s<>«»“”\"،؛]+[^\s<>«»“”\"،؛.,:;!?؟)\]])"
    r"|(?P<mail>[A-Za-z0-9._%+-]{1,64}+@[A-Za-z0-9-]{1,63}+\.[A-Za-z0-9.-]{0,190}[A-Za-z])"
    rf"|(?P<tag>[#@][\w{MARKS}{JOINERS}]+)"
    rf"|(?P<number>[{DIGITS}]+(?:[.,٫٬][{DIGITS}]+)*)"
    rf"|(?P<arabic>[{ARABIC_LETTERS}{TATWEEL}][{ARABIC_LETTERS}{MARKS}{JOINERS}]*)"
    rf"|(?P<latin>[{EUROPEAN_LETTERS}][{EUROPEAN_LETTERS}{MARKS}]*"
    rf"(?:['’.&-][{EUROPEAN_LETTERS}][{EUROPEAN_LETTERS}{MARKS}]*)*)"
    r"|(?P<dots>\.{2,}|…+)"
    rf"|(?P<other>[\U0001f1e6-\U0001f1ff]{{2}}|\S[{_FOLLOWING}]*(?:{ZWJ}[^\s\w][{_FOLLOWING}]*)*)"
)


@functools.cache
def _token() -> re.Pattern[str]:
    """Return what finds tokens; compiled late, for it takes its time."""
    return re.compile(_SPELLED)


_NO_WORDS = ("dots", "other")
# What goes with a letter without being one.
_GO_WITH_LETTERS = frozenset(re.findall(f"[{MARKS}{JOINERS}]", "".join(map(chr, range(0x2010)))))


class Token(NamedTuple):
    """One token: `[start, end)` of the text, and its kind."""

    start: int
    end: int
    kind: TokenKind


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of `text`; every character that is not white space is in exactly one.

    >>> [text[start:end] for text in ["لـ CBS.. 3.5%"] for start, end, _ in tokens(text)]
    ['لـ', 'CBS', '..', '3.5', '%']
    """
    for found in _token().finditer(text):
        yield Token(*found.span(), found.lastgroup)  # type: ignore[arg-type] # groups are kinds


def words(text: str) -> Iterator[tuple[int, int]]:
    """Yield `(start, end)` of each token that is a word, a number, a tag or an address.

    >>> list(words("قال: نعم!"))
    [(0, 3), (5, 8)]
    """
    return ((start, end) for start, end, kind in tokens(text) if kind not in _NO_WORDS)


def word_at(text: str, offset: int) -> tuple[int, int] | None:
    """Return the word that holds or touches `offset`, the one after it before the one before it.

    Looks no further than to the next blanks.

    >>> word_at("قال: نعم!", 6), word_at("قال: نعم!", 3), word_at("قال: نعم!", 4)
    ((5, 8), (0, 3), None)
    """
    blanks = _blank_before(text, offset), _blank_after(text, offset)
    touching = [
        found.span()
        for found in _token().finditer(text, *blanks)
        if found.start() <= offset <= found.end() and found.lastgroup not in _NO_WORDS
    ]
    return touching[-1] if touching else None


def word_edges(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the white-space words touched by `[start, end)` begin and end.

    A span of nothing but white space touches none and is returned as it is.

    >>> word_edges("قال وبوتين، أمس", 5, 10)
    (4, 11)
    """
    first, last = start, end
    while first < last and text[first].isspace():
        first += 1
    while first < last and text[last - 1].isspace():
        last -= 1
    if first == last:
        return start, end
    return _blank_before(text, first), _blank_after(text, last)


def attached(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the letters directly before and after `[start, end)`, with their marks and joiners.

    Empty where something else than a letter stands there.

    >>> attached("لـCBS وكتابهم.", 7, 11), attached("لـCBS وكتابهم.", 2, 5)
    (('و', 'هم'), ('لـ', ''))
    """
    first, last, length = start, end, len(text)
    while first and ((before := text[first - 1]).isalpha() or before in _GO_WITH_LETTERS):
        first -= 1
    while last < length and ((after := text[last]).isalpha() or after in _GO_WITH_LETTERS):
        last += 1
    return _if_lettered(text[first:start]), _if_lettered(text[end:last])


def _if_lettered(attachment: str) -> str:
    """Return `attachment` unless it is marks and joiners only."""
    return attachment if any(map(str.isalpha, attachment)) else ""


def _blank_before(text: str, offset: int) -> int:
    """Return where the white-space word begins that reaches up to `offset`."""
    while offset and not text[offset - 1].isspace():
        offset -= 1
    return offset


def _blank_after(text: str, offset: int) -> int:
    """Return where the white-space word ends that begins before or at `offset`."""
    while offset < len(text) and not text[offset].isspace():
        offset += 1
    return offset
