"""`hashiya/1`: one layer a line, offsets in code points, every key there with the same type.

Here the format is registered and a line gets its bytes; `jsonlwrite` makes the row, `jsonlread`
reads one, `features` has the column types for loaders.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import orjson

from annotator.core.labelschema import LabelSchema
from annotator.formats.base import Unit
from annotator.formats.jsonlread import units_of
from annotator.formats.jsonlwrite import FORMAT, Page, row_of

_ESCAPED = re.compile(
    rb"\xe2(?:\x80[\x8e\x8f\xa8-\xae]|\x81[\xa6-\xa9])|\xc2\x85|\xef\xbb\xbf|\xd8\x9c"
)
"""U+0085, U+2028, U+2029, U+FEFF and the bidi controls, in UTF-8."""
_SIGNS = (b"\xc2\x85", b"\xef\xbb\xbf", b"\xd8\x9c")
_PUNCTUATION = (
    (b"\xe2\x80", frozenset(b"\x8e\x8f\xa8\xa9\xaa\xab\xac\xad\xae")),
    (b"\xe2\x81", frozenset(b"\xa6\xa7\xa8\xa9")),
)
"""The first bytes that curly quotes and dashes share with the signs, and the last of the signs."""


class HashiyaJsonl:
    """Our own rows: nothing is lost in them."""

    name = FORMAT
    reads = True
    writes = True
    unit = "code points"
    losses: tuple[str, ...] = ()

    def recognises(self, path: Path, head: bytes) -> bool:
        """Take a first line that begins as ours does, or an empty file of that name."""
        start = head.lstrip()
        is_ours = start.startswith(b"{") and b'"hashiya/' in start[:200]
        return is_ours or (not start and path.suffix.lower() == ".jsonl")

    def units(self, path: Path, encoding: str) -> Iterator[Unit]:
        """Yield a unit for each line; the encoding of JSONL is always UTF-8."""
        return units_of(path)


HASHIYA = HashiyaJsonl()


def line_of(page: Page, schema: LabelSchema) -> bytes:
    """Return `page` as one line, with its line feed."""
    line = orjson.dumps(row_of(page, schema), option=orjson.OPT_APPEND_NEWLINE)
    return _ESCAPED.sub(_escape, line) if _has_sign(line) else line


def _has_sign(line: bytes) -> bool:
    """Whether anything in `line` is to be escaped: far faster than to search by the expression."""
    return any(sign in line for sign in _SIGNS) or any(
        rest[0] in last for first, last in _PUNCTUATION for rest in line.split(first)[1:]
    )


def _escape(found: re.Match[bytes]) -> bytes:
    return b"\\u%04x" % ord(found[0].decode())
