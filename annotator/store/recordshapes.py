"""Which table a record of a project file belongs to, told by the serial types of its columns.

`named` is the index of articles by SHA-256, and of operations by hash; `by_status` that of layers.
"""

import zlib
from functools import lru_cache

from annotator.core.incoming import LONGEST_LINE
from annotator.store.walking import NULL, blob, integer, text

_ROWS = {
    "NT": "texts",
    "NTT": "regions_given",
    "NTTT": "annotators",
    "NTTTT": "label_schemas",
    "NTIITT": "layers",
    "NTTTTITTTI": "articles",
    **{f"NTTITI{layer}TTTTT{body}": "operations" for layer in "NI" for body in "TB"},
}
_KEYS = {
    "TT": "settings",
    "TII": "replicas",
    "TTTTT": "receipts",
    "IIITT": "regions",
    "TI": "named",
    "ITII": "by_status",
}
_LENGTHS = {
    "articles": (1, 64),
    "operations": (1, 64),
    "named": (0, 64),
    "replicas": (0, 8),
    "regions_given": (2, 32),
}
"""Columns whose texts are of one length, in bytes, by table."""


@lru_cache(maxsize=4096)
def of_row(types: tuple[int, ...]) -> str:
    """Return the table of a record with a row id whose columns have `types`, or nothing."""
    return _named(types, _ROWS) if types and types[0] == NULL else ""


@lru_cache(maxsize=4096)
def of_key(types: tuple[int, ...]) -> str:
    """Return the table or index of a record without a row id, or nothing."""
    return _named(types, _KEYS) if 2 <= len(types) <= 5 else ""


def _named(types: tuple[int, ...], known: dict[str, str]) -> str:
    table = known.get("".join(map(_letter, types)), "")
    if table in _LENGTHS:
        column, length = _LENGTHS[table]
        return table if text(types[column], length) else ""
    return table


def _letter(kind: int) -> str:
    if kind == NULL:
        return "N"
    if integer(kind):
        return "I"
    if text(kind):
        return "T"
    return "B" if blob(kind) else "F"


def is_too_long(body: bytes) -> bool:
    """Whether a body that is packed is longer than any of ours, or cannot be unpacked."""
    packed = zlib.decompressobj()
    try:
        left = LONGEST_LINE
        while left > 0 and not packed.eof:
            some = packed.decompress(body, 1 << 20)
            body, left = packed.unconsumed_tail, left - len(some)
            if not some and not body:
                return True
    except zlib.error:
        return True
    return left <= 0
