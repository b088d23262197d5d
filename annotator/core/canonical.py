"""Canonical JSON: the one spelling of a value, over which it is hashed.

Sorted keys, no white space, UTF-8, integers, strings, lists and maps only: orjson then gives the
bytes that the standard library's json would give.
"""

import hashlib

import orjson


def encoded(value: object) -> bytes:
    """Return the canonical JSON of `value`; the caller keeps floats out of it."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def digest(value: object) -> str:
    """Return the SHA-256, in hex, of the canonical JSON of `value`."""
    return hashlib.sha256(encoded(value)).hexdigest()


def text_digest(text: str) -> str:
    """Return the SHA-256, in hex, of the UTF-8 of `text`: an article's identity."""
    return hashlib.sha256(text.encode()).hexdigest()
