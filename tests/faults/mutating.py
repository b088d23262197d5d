"""Data changed at random: bytes flipped, cut and doubled, and values that nobody expects."""

import contextlib
import copy
import json
import random
import sqlite3
from pathlib import Path
from typing import Any

HOSTILE: list[Any] = [
    None, True, False, 0, 1, -1, 2**31, 2**53, 2**63, 10**30, 1.5, 1e300, "", " ", "a", "é", "\0",
    "\ud800", "\u202e", "\u2028", "\ufeff", "x" * 5000, "ا" * 300, "0" * 64, "{}", "../../x",
    "V00000000000001", "2099-13-45T99:99Z", [], [[]], [[[]]], {}, {"a": {}}, [0, 0, ""], {"": ""},
]  # fmt: skip
_TOKENS = [
    *(b'"', b"\\", b"{", b"}", b"[", b"]", b",", b":", b"\n", b"\r", b"\0", b"\xff", b"\xed", b"="),
    *(b"\\u", b"\\ud800", b"\xe2\x80\xa8", b"\xef\xbb\xbf", b"0", b"-", b"e9", b".", b"null", b"#"),
    *(b"NaN", b"\t", b" ", b"[[", b"]]", b'"""', b"\x7f\xff\xff\xff", b"\xff\xff\xff\xff"),
]


def flipped(data: bytes, chance: random.Random) -> bytes:
    """Return `data` with some bytes flipped, cut out, doubled, put in, or the rest cut off."""
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(found) + 1)
        match chance.randrange(6):
            case 0 | 1 if at < len(found):
                found[at] ^= 1 << chance.randrange(8)
            case 2:
                del found[at : at + chance.choice((1, 4, 100))]
            case 3:
                found[at:at] = chance.choice(_TOKENS)
            case 4:
                found[at:at] = found[at : at + chance.choice((10, 200, 5000))]
            case _ if chance.random() < 0.3:
                del found[at:]
    return bytes(found)


def other_value(line: bytes, chance: random.Random) -> bytes:
    """Return a line of JSON with values changed, taken out, or put elsewhere."""
    value = json.loads(line)
    for _ in range(chance.choice((1, 1, 1, 3))):
        holder, key = chance.choice(_places(value) or [({"": ""}, "")])
        match chance.randrange(4):
            case 0:
                with contextlib.suppress(LookupError):
                    del holder[key]
            case 1 if isinstance(holder, dict):
                holder[str(chance.choice(HOSTILE))[:20]] = copy.deepcopy(holder.get(key))
            case 2 if type(holder[key]) is int:
                holder[key] += chance.choice((-1, 1, 1000))
            case _:
                holder[key] = copy.deepcopy(chance.choice(HOSTILE))
    return json.dumps(value, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")


def _places(value: Any) -> list[tuple[Any, Any]]:  # noqa: ANN401
    """Return every place in `value` as what holds it and its key or number."""
    found = []
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in items:
        found.append((value, key))
        if isinstance(item, dict | list):
            found += _places(item)
    return found


def other_lines(data: bytes, chance: random.Random) -> bytes:
    """Return lines of JSON as nobody would write them: as bytes, in value, or in order."""
    if chance.random() < 0.5:
        return flipped(data, chance)
    lines = data.splitlines()
    at = chance.randrange(len(lines))
    match chance.randrange(4):
        case 0:
            chance.shuffle(lines)
        case 1:
            lines.insert(at, chance.choice(lines))
        case _:
            lines[at] = other_value(lines[at], chance)
    return b"".join(line + b"\n" for line in lines)


def other_file(path: Path, whole: bytes, page: int, chance: random.Random) -> None:
    """Write to `path` the SQLite file `whole` with something wrong: in bits, in pages, in rows."""
    found = bytearray(whole)
    n_pages = len(found) // page
    match chance.randrange(6):
        case 0:
            found[:100] = flipped(bytes(found[:100]), chance)[:100].ljust(100, b"\0")
        case 1:
            at = chance.randrange(n_pages) * page
            found[at : at + page] = flipped(bytes(found[at : at + page]), chance).ljust(page)[:page]
        case 2:
            one, other = (chance.randrange(n_pages) * page for _ in range(2))
            found[one : one + page] = found[other : other + page]
        case 3:
            del found[chance.randrange(len(found)) :]
        case 4:
            for _ in range(chance.choice((1, 8, 64, 512))):
                found[chance.randrange(len(found))] ^= 1 << chance.randrange(8)
        case _:
            path.write_bytes(found)
            other_rows(path, chance)
            return
    path.write_bytes(found)


def other_rows(path: Path, chance: random.Random) -> None:
    """Change rows behind the program's back, where its triggers let somebody."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        query = "SELECT name FROM sqlite_master WHERE type='table' AND sql NOT LIKE '% fts5%'"
        tables = [name for (name,) in connection.execute(query)]
        connection.execute("PRAGMA ignore_check_constraints=ON")
        for _ in range(chance.choice((1, 3, 10))):
            table = chance.choice(tables)
            value = chance.choice([*HOSTILE[:-8], b"", b"\x78\x9c\x00", chance.randbytes(40)])
            with contextlib.suppress(sqlite3.Error, OverflowError, UnicodeEncodeError):
                columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
                connection.execute(
                    f'UPDATE "{table}" SET "{chance.choice(columns)}"=? WHERE rowid='  # noqa: S608
                    f'(SELECT rowid FROM "{table}" ORDER BY random() LIMIT 1)',
                    (value,),
                )
