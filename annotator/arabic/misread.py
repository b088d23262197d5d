"""Texts that were damaged before they came: UTF-8 read in another encoding, letters lost.

Nothing is decoded from a file here: these are texts as they stand.
"""

import functools
import re

from annotator.arabic.characters import ARABIC_LETTERS

LOST = "\ufffd"
"""What stands for a character that could not be read."""
_LEADS = {"cp1256": "ظ", "cp1252": "Ù"}
"""What each makes of D9, with which the UTF-8 of half the Arabic letters begins."""
_SAMPLE = 80
"""Characters at a place of a long text that are looked at: what is everywhere shows there."""
_ENOUGH = 4
_ONE_IN = 10
"""A text that was misread has as many of these; in any other there is one in hundreds."""
_SHAPES = "\ufb50-\ufdff\ufe70-\ufefc"
_ARABIC = re.compile(f"[{ARABIC_LETTERS}{_SHAPES}]")
_ALIF = "ا"
"""One letter in eight of Arabic: a line without it is odd."""
_FEWEST_LETTERS = 30
_FEW_ARABIC = 0.3
"""The share of Arabic letters below which a text is hardly Arabic."""


def misread_as(text: str) -> str:
    """Return the encoding in which `text`, which was UTF-8, was read; nothing where it was not.

    It is `cp1256`, `cp1252` or `latin-1`.

    >>> misread_as("قال الوزير".encode().decode("cp1256"))
    'cp1256'
    """
    middle = len(text) // 2
    sample = text[middle : middle + _SAMPLE]
    for encoding, lead in _LEADS.items():
        n = text.count(lead) if lead in sample else 0
        if n >= _ENOUGH and n * _ONE_IN > len(text):
            is_latin = encoding == "cp1252" and _has_controls(text)
            return "latin-1" if is_latin else encoding
    return ""


def reread(text: str) -> str:
    """Return what `text` was before it was misread; nothing where that cannot be told exactly.

    >>> reread("قال الوزير".encode().decode("latin-1"))
    'قال الوزير'
    """
    encoding = misread_as(text)
    if not encoding:
        return ""
    known = _bytes_in(encoding)
    try:
        return bytes(known[sign] for sign in text).decode().removeprefix("\ufeff")
    except (KeyError, UnicodeDecodeError):
        return ""


def is_hardly_arabic(text: str) -> bool:
    """Whether less than three letters in ten of a text of some length are Arabic.

    >>> is_hardly_arabic("He said so in Moscow, and said it again: بوتين"), is_hardly_arabic("قال")
    (True, False)
    """
    middle = len(text) // 2
    parts = text[:_SAMPLE], text[middle : middle + _SAMPLE], text[-_SAMPLE:]
    is_long = len(text) > 3 * _SAMPLE
    if is_long and _ALIF in parts[0] and _ALIF in parts[1] and _ALIF in parts[2]:
        return False
    n_letters = sum(map(str.isalpha, text))
    if n_letters < _FEWEST_LETTERS:
        return False
    return len(_ARABIC.findall(text)) < _FEW_ARABIC * n_letters


def _has_controls(text: str) -> bool:
    """Whether bytes 80–9F became controls, where code page 1252 has signs for nearly all."""
    return any(sign in text for sign in map(chr, range(0x80, 0xA0)) if sign not in _UNUSED)


_UNUSED = frozenset("\x81\x8d\x8f\x90\x9d")
"""Bytes for which code page 1252 has nothing: programs pass them through."""


@functools.cache
def _bytes_in(encoding: str) -> dict[str, int]:
    """Return the byte of each character in `encoding`, with those that it passes through."""
    found = {}
    for byte in range(256):
        try:
            found[bytes([byte]).decode(encoding)] = byte
        except UnicodeDecodeError:
            found[chr(byte)] = byte
    return found
