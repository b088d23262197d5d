"""Rows with something broken at random: taken whole or refused whole, and never another error."""

import json
import random
from collections.abc import Callable
from typing import Any

import pytest

from annotator.core.errors import UserError
from tests.formats import shape
from tests.formats.readings import SCHEMA
from tests.formats.rows import Row, empty, example, exported, rows_of, spelled, taken_from
from tests.projects import assert_sound

_STRANGE: list[object] = [
    "", " ", "E1", "V1", "A1", "#1", "author", "PER", "mention", "\u2028", "\ufeff", "\u0000",
    "\ud83d", "2025-05-06", "{}", "null", "ا" * 300, "بوتين", 0, 1, -1, 5, 12, 10**6, 2**63, 2**64,
    -(2**63), 10**30, 0.5, 1e300, -0.0, True, False, None, [], {}, [[]], [{}], [""], {"": ""},
]  # fmt: skip
_BYTES = [b'"', b"\\", b"{", b"}", b"[", b"]", b",", b":", b"\n", b"\r", b"\x00", b"\xff", b"\xed",
          b"\\u", b"\\ud800", b"\xc2\x85", b"\xe2\x80\xa8", b"\xef\xbb\xbf", b"0", b"-", b"e9",
          b".", b"null", b"NaN", b"\t", b" "]  # fmt: skip

Mutation = Callable[[random.Random, Row], bytes]


def _places(value: Any) -> list[tuple[Any, Any]]:  # noqa: ANN401
    """Return every place in `value` as what holds it and its key or number."""
    found = []
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in items:
        found.append((value, key))
        if isinstance(item, dict | list):
            found += _places(item)
    return found


def _spelled(row: Row) -> bytes:
    return json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _change(chance: random.Random, row: Row) -> bytes:
    holder, key = chance.choice(_places(row))
    holder[key] = chance.choice(_STRANGE)
    return _spelled(row)


def _nudge(chance: random.Random, row: Row) -> bytes:
    numbers = [(holder, key) for holder, key in _places(row) if type(holder[key]) is int]
    for holder, key in chance.sample(numbers, chance.randint(1, 3)):
        holder[key] += chance.choice([-7, -1, 1, 2, 30])
    return _spelled(row)


def _swap(chance: random.Random, row: Row) -> bytes:
    (first, one), (second, other) = chance.sample(_places(row), 2)
    try:
        first[one], second[other] = second[other], first[one]
        return _spelled(row)
    except (ValueError, RecursionError, IndexError):  # one held the other
        return b"{}"


def _copy(chance: random.Random, row: Row) -> bytes:
    lists = [(holder, key) for holder, key in _places(row) if isinstance(holder[key], list)]
    holder, key = chance.choice(lists)
    found = chance.choice([place for place in lists if place[0][place[1]]])
    holder[key] = holder[key] + json.loads(json.dumps(found[0][found[1]]))
    return _spelled(row)


def _drop(chance: random.Random, row: Row) -> bytes:
    holder, key = chance.choice(_places(row))
    del holder[key]
    return _spelled(row)


def _cut(chance: random.Random, row: Row) -> bytes:
    line = spelled(row).rstrip(b"\n")
    start = chance.randrange(len(line))
    return line[:start] + line[start + chance.randint(1, 40) :]


def _insert(chance: random.Random, row: Row) -> bytes:
    line = spelled(row).rstrip(b"\n")
    start = chance.randrange(len(line))
    return line[:start] + chance.choice(_BYTES) + line[start:]


def _flip(chance: random.Random, row: Row) -> bytes:
    line = bytearray(spelled(row).rstrip(b"\n"))
    for _ in range(chance.randint(1, 4)):
        line[chance.randrange(len(line))] ^= 1 << chance.randrange(8)
    return bytes(line)


def _repeat(chance: random.Random, row: Row) -> bytes:
    line = spelled(row).rstrip(b"\n")
    start = chance.randrange(len(line))
    return line[:start] + line[start : start + chance.randint(1, 60)] + line[start:]


_MUTATIONS: list[Mutation] = [
    _change, _change, _nudge, _swap, _copy, _drop, _cut, _insert, _flip, _repeat,
]  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_five_hundred_broken_rows_bring_nothing_but_refusals_and_whole_rows(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    lines = [
        chance.choice(_MUTATIONS)(chance, example(seed * 1000 + number)) for number in range(500)
    ]
    with empty() as project:
        report = taken_from(project, spelled(example(99_999)) + b"\n".join(lines) + b"\n")

        assert all(isinstance(one.trouble, UserError) for one in report.refused)
        assert all(one.line > 0 and one.source == "rows.jsonl" for one in report.refused)
        assert len(report.refused) > 250
        assert_sound(project)
        rows = rows_of(exported(project))
        assert len(rows) == report.layers > 1
        for row in rows:
            assert shape.misfits(row) == []
            assert shape.false_quotes(row) == []
            assert shape.strange_uids(row) == []
        assert shape.disorder(rows, SCHEMA.role_order) == []
