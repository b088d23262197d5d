"""Walking over pages: what SQLite wrote is found without it, and no bytes make it loop or raise."""

import random
import sqlite3
import time
import tracemalloc
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.store import walking
from annotator.store.walking import Record, blob, integer, text

PAGE_SIZES = (512, 1024, 4096, 8192, 65536)
VALUES: list[object] = [
    *(None, 0, 1, -1, 127, -128, 2**15, -(2**23), 2**31, 2**47, 2**63 - 1, -(2**63)),
    *(1.5, -1e300, "", "نص", "ا" * 40, "س" * 300, "م" * 9000, "ه" * 70_000, b"", b"\0\xff" * 5000),
]


def walked(path: Path) -> list[Record]:
    return list(walking.records(path, lambda _: "rows", lambda _: "keys", lambda _n, _of: None))


@pytest.mark.parametrize("page_size", PAGE_SIZES)
def test_every_value_that_sqlite_wrote_is_read_as_it_was(tmp_path: Path, page_size: int) -> None:
    path = tmp_path / "x.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA page_size={page_size}")
        connection.execute("CREATE TABLE a(id INTEGER PRIMARY KEY, x, y)")
        connection.execute("CREATE TABLE b(x PRIMARY KEY, y) WITHOUT ROWID")
        rows = [(n, x, VALUES[-n]) for n, x in enumerate(VALUES, 1)]
        connection.executemany("INSERT INTO a VALUES(?,?,?)", rows)
        connection.executemany("INSERT INTO b VALUES(?,?)", [(f"{n}", x) for n, x, _ in rows])
        connection.commit()

    found = walked(path)

    assert {one.row: one.values[1:] for one in found if one.table == "rows"} == {
        row: (x, y) for row, x, y in rows
    }
    assert {one.values for one in found if one.table == "keys"} == {(f"{n}", x) for n, x, _ in rows}
    assert not any(one.is_free for one in found)


def test_without_its_header_the_same_is_found_and_what_was_given_free_is_told_with_it(
    tmp_path: Path,
) -> None:
    path = tmp_path / "x.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA page_size=8192")
        connection.execute("PRAGMA secure_delete=OFF")
        connection.execute("CREATE TABLE a(x)")
        connection.execute("CREATE TABLE b(x)")
        for table in "ab":
            rows = [(f"{table} {n} " + "x" * 500,) for n in range(100)]
            connection.executemany(f"INSERT INTO {table} VALUES(?)", rows)
        connection.commit()
        connection.execute("DROP TABLE a")
        connection.commit()
    whole = walked(path)
    raw = path.read_bytes()

    path.write_bytes(bytes(100) + raw[100:])

    assert {one.is_free for one in whole if str(one.values[0]).startswith("a ")} == {True}
    assert {one.is_free for one in whole if str(one.values[0]).startswith("b ")} == {False}
    assert {one.values for one in walked(path)} == {one.values for one in whole}


def _hostile(page: bytes, n_pages: int) -> bytes:
    return (bytes(8192) + page * n_pages)[: 8192 * (n_pages + 1)]


def _leaf(cells: bytes, place: int, n: int) -> bytes:
    """Return a page with `n` places that all are `place`, and `cells` at its end."""
    head = bytes([13]) + bytes(2) + n.to_bytes(2, "big") + bytes(3) + place.to_bytes(2, "big") * n
    return head + bytes(8192 - len(head) - len(cells)) + cells


LONG = bytes([0xBF, 0xFF, 0xFF, 0x7F])
"""A length of some 134 million, as SQLite spells it."""
HOSTILE = {
    "zeros": bytes(8192),
    "all of ones": b"\xff" * 8192,
    "every byte a leaf": b"\x0d" * 8192,
    "overlapping cells": b"\x0d\0\0" + (4000).to_bytes(2, "big") + bytes(3)
    + b"".join(n.to_bytes(2, "big") for n in range(4000, 8090)),
    "a chain that is a circle": _leaf(LONG + bytes([1, 3, 0, 0xFF]) + b"\0\0\0\2" * 20, 8100, 900),
}  # fmt: skip


@pytest.mark.parametrize("page", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_makes_it_neither_loop_nor_swell(tmp_path: Path, page: bytes) -> None:
    path = tmp_path / "x"
    path.write_bytes(_hostile(page.ljust(8192, b"\0")[:8192], 200))
    tracemalloc.start()
    began = time.process_time()

    for found in walking.records(path, lambda _: "a", lambda _: "b", lambda _n, _of: None):
        assert isinstance(found.values, tuple)

    took, (_, most) = time.process_time() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert took < 20
    assert most < 64 * 1024 * 1024


@given(st.binary(max_size=3000), st.integers(0, 2**32))
@settings(max_examples=200)
def test_no_bytes_raise(tmp_path_factory: pytest.TempPathFactory, data: bytes, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    path = tmp_path_factory.mktemp("walk") / "x"
    head = b"SQLite format 3\0" + bytes([2, 0]) if chance.random() < 0.5 else b""
    kinds = [bytes([chance.choice((2, 10, 13))]) + chance.randbytes(511) for _ in range(4)]
    path.write_bytes(head + data + b"".join(kinds))

    walked(path)
    walking.is_likely(path)


def test_an_empty_file_has_no_records_and_no_likely_page(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"")

    assert walked(path) == []
    assert not walking.is_likely(path)
    assert not walking.is_likely(tmp_path / "gone")


def test_serial_types_are_told_apart() -> None:
    assert [kind for kind in range(16) if integer(kind)] == [1, 2, 3, 4, 5, 6, 8, 9]
    assert [kind for kind in range(16) if text(kind)] == [13, 15]
    assert [kind for kind in range(16) if blob(kind)] == [12, 14]
    assert text(13 + 2 * 64, 64)
    assert not text(13 + 2 * 63, 64)
