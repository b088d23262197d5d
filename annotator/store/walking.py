"""Walking over the pages of a file that SQLite cannot read, for records that can be read in them.

No header, no table of tables and no tree is needed: a page is known by its shape, a record by the
columns that it has. Nothing here believes what it reads: whoever asks counts the hashes. A file may
be anything at all: no byte of it makes this loop, swell or raise. The form of pages and records is
SQLite's own (https://www.sqlite.org/fileformat2.html).
"""

import mmap
import struct
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from annotator.store import tables

Value = int | float | str | bytes | None
Step = Callable[[int, int], None]
"""Is told how many of how many pages were walked over, and may raise to stop."""
Shape = Callable[[tuple[int, ...]], str]
"""Returns the name of the table whose records have columns of those serial types, or nothing."""

NULL = 0
_MAGIC = b"SQLite format 3\0"
_HEADER = 100
_SIZES = tuple(1 << n for n in range(9, 17))
_ROWS, _KEYS, _INNER_KEYS = 0x0D, 0x0A, 0x02
_HEADS = {_ROWS: 8, _KEYS: 8, _INNER_KEYS: 12}
"""Bytes before the places of the cells, by kind of page: pages of other kinds hold no records."""
_WIDTHS = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)
"""Bytes of a value, by serial type up to 9."""
_LEAST_CELL = 6
"""Bytes of the shortest cell with its place: on a page with more of them nothing is ours."""
_MOST_COLUMNS = 32
_MOST_BYTES = 128 * 1024 * 1024
"""Bytes of the longest record: twice the longest operation."""
_MOST_USES = 3
"""Records that may claim one overflow page: a page that was given free and taken again has two."""
_STEP_PAGES = 256
_CLEARLY = 4
"""Times that our pages must fit better than those that the header speaks of."""
_LOOKED_AT = 1000
"""Pages of a file that may be anything."""


class Record(NamedTuple):
    """A record: its table, its row id (None where it has none), and its values.

    `is_free` says that its page was given free: what it says may be of an earlier time.
    """

    table: str
    row: int | None
    values: tuple[Value, ...]
    is_free: bool


def integer(kind: int) -> bool:
    """Whether a serial type is one of integers."""
    return 1 <= kind <= 6 or kind in (8, 9)


def text(kind: int, length: int | None = None) -> bool:
    """Whether a serial type is one of texts, of `length` bytes where that is said."""
    return kind >= 13 and kind % 2 == 1 and length in (None, (kind - 13) // 2)


def blob(kind: int) -> bool:
    """Whether a serial type is one of bytes."""
    return kind >= 12 and kind % 2 == 0


def records(path: Path, rows: Shape, keys: Shape, step: Step) -> Iterator[Record]:
    """Yield the records of the file at `path` whose shape is known, page by page.

    `rows` knows those of tables with row ids, `keys` those of tables and indexes without. Nobody
    may write the file meanwhile.
    """
    if path.stat().st_size == 0:
        return
    with (
        path.open("rb") as file,
        closing(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)) as raw,
    ):
        yield from _Walk(raw, {_ROWS: rows, _KEYS: keys, _INNER_KEYS: keys}).records(step)


class _Walk:
    """One walk over one file."""

    def __init__(self, raw: mmap.mmap, shapes: Mapping[int, Shape]) -> None:
        self._raw = raw
        self._shapes = shapes
        self._size = page_size(raw)
        self._n_pages = -(-len(raw) // self._size)
        self._uses = bytearray(self._n_pages + 1)
        self._is_free = _given_free(raw, self._size)

    def records(self, step: Step) -> Iterator[Record]:
        for number in range(1, self._n_pages + 1):
            if number % _STEP_PAGES == 1:
                step(number - 1, self._n_pages)
            page = self._page(number)
            if number > 1 and page[0] in _HEADS:  # the first one is of SQLite itself
                yield from self._on(page, is_free=bool(self._is_free[number]))

    def _page(self, number: int) -> bytes:
        at = (number - 1) * self._size
        return self._raw[at : at + self._size].ljust(self._size, b"\0")

    def _on(self, page: bytes, *, is_free: bool) -> Iterator[Record]:
        """Yield the records on a page. Cells do not overlap, so all of them fit into one page."""
        left = self._size
        for at in _places(page):
            cell = self._cell(page, at)
            if cell is not None:
                found, n_local = cell
                left -= n_local
                if left < 0:
                    return
                yield found._replace(is_free=is_free)

    def _cell(self, page: bytes, at: int) -> tuple[Record, int] | None:
        """Return the record whose cell begins at `at`, and how many bytes of it lie there."""
        try:
            is_rows = page[0] == _ROWS
            total, at = _varint(page, at + (4 if page[0] == _INNER_KEYS else 0))
            row, at = _varint(page, at) if is_rows else (None, at)
            n_local = _n_local(total, self._size, is_rows=is_rows)
            head, place = _varint(page, at)
            is_here = 0 < head <= min(n_local, len(page) - at)
            types, width = _types(page[place : at + head]) if is_here else ((), 0)
            if head + width != total or total > _MOST_BYTES:
                return None
            table = self._shapes[page[0]](types)
            body = self._whole(page, at, n_local, total) if table else None
            if body is None:
                return None
            return Record(table, row, _values(body, head, types), is_free=False), n_local
        except (IndexError, struct.error):
            return None

    def _whole(self, page: bytes, at: int, n_local: int, total: int) -> bytes | None:
        """Return all bytes of a record, with those on overflow pages; None where some lack."""
        if total == n_local:
            return page[at : at + total] if at + total <= len(page) else None
        found = bytearray(page[at : at + n_local])
        (following,) = struct.unpack_from(">I", page, at + n_local)
        while len(found) < total:
            if not 0 < following <= self._n_pages or self._uses[following] >= _MOST_USES:
                return None
            self._uses[following] += 1
            further = self._page(following)
            (following,) = struct.unpack_from(">I", further)
            found += further[4 : 4 + total - len(found)]
        return bytes(found)


# --- pages ----------------------------------------------------------------------------------------


def page_size(raw: mmap.mmap | bytes) -> int:
    """Return the size of the pages of a file: what its header says, or ours where that fits better.

    What fits is told by the share of pages that begin as one with records does.
    """
    ours = tables.PAGE_SIZE
    if raw[: len(_MAGIC)] != _MAGIC or len(raw) < _HEADER:
        return ours
    (said,) = struct.unpack_from(">H", raw, 16)
    said = 65536 if said == 1 else said
    if said not in _SIZES or said == ours:
        return ours
    return ours if _likely(raw, ours) > _CLEARLY * _likely(raw, said) else said


def _likely(raw: mmap.mmap | bytes, size: int) -> float:
    """Return the share of pages of that size that begin as one with records does.

    At the wrong size most pages begin in the middle of another.
    """
    places = range(size, len(raw) - 7, size)
    return sum(_is_likely(raw, at, size) for at in places) / max(len(places), 1)


def _is_likely(raw: mmap.mmap | bytes, at: int, size: int) -> bool:
    if len(raw) < at + 8:
        return False
    kind, _, n_cells, content = struct.unpack_from(">BHHH", raw, at)
    head = _HEADS.get(kind)
    return head is not None and n_cells > 0 and head + 2 * n_cells <= (content or 65536) <= size


def is_likely(path: Path) -> bool:
    """Whether any of some pages of the file at `path` begins as one with records does.

    A thousand at most are looked at, evenly over the file.
    """
    size = tables.PAGE_SIZE
    try:
        n_pages = path.stat().st_size // size
        with path.open("rb") as file:
            for number in range(1, n_pages, max(1, n_pages // _LOOKED_AT)):
                file.seek(number * size)
                if _is_likely(file.read(8), 0, size):
                    return True
    except OSError:
        return False
    return False


def _given_free(raw: mmap.mmap, size: int) -> bytearray:
    """Return which pages the header says to be free; none where that cannot be read."""
    free = bytearray(-(-len(raw) // size) + 1)
    if raw[: len(_MAGIC)] != _MAGIC or len(raw) < _HEADER:
        return free
    (trunk,) = struct.unpack_from(">I", raw, 32)
    while 0 < trunk <= len(raw) // size and not free[trunk]:
        free[trunk] = 1
        at = (trunk - 1) * size
        trunk, n = struct.unpack_from(">II", raw, at)
        for (leaf,) in struct.iter_unpack(">I", raw[at + 8 : at + 8 + 4 * min(n, size // 4 - 2)]):
            if 0 < leaf < len(free):
                free[leaf] = 1
    return free


def _places(page: bytes) -> Iterator[int]:
    """Yield where the cells of a page begin, each once."""
    (n,) = struct.unpack_from(">H", page, 3)
    head = _HEADS[page[0]]
    if n > (len(page) - head) // _LEAST_CELL:
        return
    found = struct.unpack_from(f">{n}H", page, head)
    yield from (at for at in dict.fromkeys(found) if head + 2 * n <= at < len(page))


# --- records --------------------------------------------------------------------------------------


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """Return the integer that begins at `at`, and where it ends: seven bits a byte, at most nine.

    >>> _varint(bytes([0x81, 0x02]), 0)
    (130, 2)
    """
    value = 0
    for n in range(8):
        byte = data[at + n]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + n + 1
    value = value << 8 | data[at + 8]
    return value - (1 << 64) if value >> 63 else value, at + 9


def _n_local(total: int, size: int, *, is_rows: bool) -> int:
    """Return how many of the `total` bytes of a record lie in its cell; the rest overflows."""
    most = size - 35 if is_rows else (size - 12) * 64 // 255 - 23
    if total <= most:
        return total
    least = (size - 12) * 32 // 255 - 23
    some = least + (total - least) % (size - 4)
    return some if some <= most else least


@lru_cache(maxsize=4096)
def _types(head: bytes) -> tuple[tuple[int, ...], int]:
    """Return the serial types that a head names, and the bytes of all values; or `IndexError`."""
    found, at = list[int](), 0
    while at < len(head):
        kind, at = _varint(head, at)
        if kind < 0 or len(found) == _MOST_COLUMNS:
            raise IndexError
        found.append(kind)
    return tuple(found), sum(map(_width, found))


def _width(kind: int) -> int:
    return _WIDTHS[kind] if kind < len(_WIDTHS) else max(0, (kind - 12) // 2)


def _values(body: bytes, at: int, types: tuple[int, ...]) -> tuple[Value, ...]:
    """Return the values of a record; bytes that are no UTF-8 become U+FFFD, which no hash bears."""
    found: list[Value] = []
    for kind in types:
        raw = body[at : at + _width(kind)]
        at += len(raw)
        if text(kind):
            found.append(raw.decode("utf-8", "replace"))
        elif kind == NULL:
            found.append(None)
        elif integer(kind):
            found.append(int.from_bytes(raw, "big", signed=True) if raw else kind - 8)
        else:
            found.append(raw if blob(kind) else struct.unpack(">d", raw)[0])
    return tuple(found)
