"""`hashiya/1`: one layer a line, offsets in code points, every key there with the same type.

Here the format is registered and a line gets its bytes; `jsonlwrite` makes the row, `jsonlread`
reads one, `features` has the column types for loaders.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

import orjson

from annotator.core.labelschema import LabelSchema
from annotator.formats.base import Unit
from annotator.formats.jsonlread import units_of
from annotator.formats.jsonlwrite import FORMAT, Page, row_of

_ESCAPED = re.compile(
    rb"\xe2(?:\x80[\x8e\x8f\xa8-\xae]|\x81[\xa6-\xa9])|\xc2\x85|\xef\xbb\xbf|\xd8\x9c"
)
"""U+0085, U+2028, U+2029, U+FEFF and the bidi controls, in UTF-8."""
_AFTER_E2 = frozenset(
    bytes((0x80, last)) for last in (0x8E, 0x8F, 0xA8, 0xA9, 0xAA, 0xAB, 0xAC, 0xAD, 0xAE)
) | frozenset(bytes((0x81, last)) for last in (0xA6, 0xA7, 0xA8, 0xA9))
"""What follows E2 in the signs of three bytes; curly quotes and dashes share that byte."""


class HashiyaJsonl:
    """Our own rows: nothing is lost in them."""

    name = FORMAT
    suffix = "jsonl"
    reads = True
    writes = True
    unit = "code points"
    losses: tuple[str, ...] = ()

    def recognises(self, name: str, head: bytes) -> bool:
        """Take a file of that name, or one whose first line begins as ours does."""
        start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
        is_ours = start.startswith(b"{") and b'"hashiya/' in start[:200]
        return is_ours or name.lower().endswith(".jsonl")

    def units(self, file: BinaryIO, name: str, encoding: str) -> Iterator[Unit]:
        """Yield a unit for each line; the encoding of JSONL is always UTF-8."""
        return units_of(file, name)


HASHIYA = HashiyaJsonl()


def line_of(page: Page, schema: LabelSchema) -> bytes:
    """Return `page` as one line, with its line feed."""
    line = orjson.dumps(row_of(page, schema), option=orjson.OPT_APPEND_NEWLINE)
    return _ESCAPED.sub(_escape, line) if _has_sign(line) else line


def _escape(found: re.Match[bytes]) -> bytes:
    return b"\\u%04x" % ord(found[0].decode())


def _has_sign(line: bytes) -> bool:
    """Whether anything in `line` is to be escaped.

    Single bytes that are rare in Arabic are looked for first: ten times as fast as the expression.
    """
    return (
        any(rest[:2] in _AFTER_E2 for rest in line.split(b"\xe2")[1:])
        or any(rest[:1] == b"\x85" for rest in line.split(b"\xc2")[1:])
        or (b"\xef" in line and b"\xef\xbb\xbf" in line)
        or any(rest[-1:] == b"\xd8" for rest in line.split(b"\x9c")[:-1])
    )
