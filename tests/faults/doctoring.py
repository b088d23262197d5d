"""Bits that flip: how many of them the doctor sees.

    .venv/bin/python -m tests.faults.doctoring [HARMFUL]

flips single bits of a project file, one at a time, until so many of the flips (800 unless said)
changed something that the file says; every second one falls on what is written on the first page
of a table or an index, each in its turn, so that small ones are met too. Prints counts, and exits
1 where the doctor missed one.
"""

import random
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from itertools import cycle
from pathlib import Path
from typing import Any

from annotator.store import doctor, opening
from tests import projects
from tests.faults import doctored
from tests.faults.twocores import in_halves

Said = dict[str, list[tuple[Any, ...]]]
_INDEX = ("words", "titles")
_OWN = tuple(f"{table}_{part}" for table in _INDEX for part in ("data", "idx", "config"))
"""How SQLite keeps the index: what it says is asked of the index itself."""
_SKIPPED = 1 << 24
_WHEN = "_sqlite_migrations"
"""When a migration ran is asked by nobody; only which did."""
_SAYING = {"progress": "WHERE n<>0"}
"""Rows that say something: none of a status counts as much as no row, whatever its name."""
HARMFUL = 800


def main() -> int:
    """Print what was seen; return 1 where a harmful flip was missed."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else HARMFUL
    began = time.perf_counter()
    found = in_halves(_in_its_own_file, wanted, 2)
    counted = sum((counts for counts, _ in found), Counter())
    missed = [place for _, places in found for place in places]
    for what, n in sorted(counted.items()):
        print(f"{what}: {n}")
    print(f"{time.perf_counter() - began:.0f} s")
    for at in missed:
        print(f"missed: {at}")
    return 1 if missed else 0


def _in_its_own_file(wanted: int, seed: int) -> tuple[Counter[str], list[str]]:
    with projects.quick_folder() as folder:
        return flipped(doctored.lead_file(folder), wanted, random.Random(seed))


def flipped(path: Path, wanted: int, chance: random.Random) -> tuple[Counter[str], list[str]]:
    """Flip bits until `wanted` flips were harmful; return counts, and where one was missed."""
    whole, before = path.read_bytes(), said(path)
    assert before is not None
    trial = path.with_name("flipped.hashiya")
    counted: Counter[str] = Counter()
    missed = []
    places = _places(path, whole, chance)
    while counted["harmful"] < wanted:
        at, bit = next(places), chance.randrange(8)
        trial.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << bit]) + whole[at + 1 :])
        counted["flips"] += 1
        now = said(trial)
        is_harmful = now is None or _has_changed(before, now)
        if not is_harmful:
            counted["harmless"] += 1
            continue
        findings = doctor.examined(trial).findings
        counted["harmful"] += 1
        counted.update(f"harmful in {table}" for table in _tables_that_differ(before, now))
        counted["seen by quick_check"] += not _is_well(trial, "quick_check")
        counted["seen by integrity_check"] += not _is_well(trial, "integrity_check")
        counted["seen by the doctor"] += bool(findings)
        if not findings:
            missed.append(f"byte {at} bit {bit}, {_differing(before, now)}")
    trial.unlink(missing_ok=True)
    return counted, missed


def _places(path: Path, whole: bytes, chance: random.Random) -> Iterator[int]:
    """Yield places of bytes: by turns anywhere, and on the first page of each table and index."""
    with closing(sqlite3.connect(path)) as connection:
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        query = "SELECT rootpage FROM sqlite_master WHERE rootpage>0 ORDER BY rootpage"
        roots = [root for (root,) in connection.execute(query)]
    for root in cycle(roots):
        yield chance.randrange(len(whole))
        page = range((root - 1) * size, root * size)
        yield chance.choice([at for at in page if whole[at]])


def said(path: Path) -> Said | None:
    """Return every row of every table of a file, and what it is; None where it cannot be read."""
    try:
        with closing(opening.connect(path, "ro")) as connection:
            told = {table: _rows(connection, table) for table in _tables(connection)}
            for table in _INDEX:
                name = f"temp.{table}_told"
                query = f"CREATE VIRTUAL TABLE {name} USING fts5vocab(main,{table},instance)"
                connection.execute(query)
                told[table] = connection.execute(f"SELECT * FROM {name}").fetchall()
            told["itself"] = [
                connection.execute(f"PRAGMA {name}").fetchone()
                for name in ("application_id", "user_version")
            ]
    except (sqlite3.Error, UnicodeDecodeError):
        return None
    return told


def _has_changed(before: Said, now: Said) -> bool:
    """Whether a file says something else; counters may skip numbers, but never go back."""
    if any(before[table] != now.get(table) for table in before if table != "replicas"):
        return True
    pairs = zip(before["replicas"], now["replicas"], strict=False)
    skips = (new - old for one, other in pairs for old, new in zip(one[1:], other[1:], strict=True))
    names = [[row[0] for row in told["replicas"]] for told in (before, now)]
    return names[0] != names[1] or not all(0 <= skip < _SKIPPED for skip in skips)


def _tables(connection: sqlite3.Connection) -> list[str]:
    query = "SELECT name FROM sqlite_master WHERE type='table' ORDER BY name"
    names = [name for (name,) in connection.execute(query)]
    return ["sqlite_master", *(name for name in names if name not in (*_INDEX, *_OWN))]


def _rows(connection: sqlite3.Connection, table: str) -> list[tuple[Any, ...]]:
    columns = "migration_set,name" if table == _WHEN else "*"
    some = _SAYING.get(table, "")
    return connection.execute(f'SELECT {columns} FROM "{table}" {some} ORDER BY 1,2').fetchall()


def _is_well(path: Path, check: str) -> bool:
    try:
        with closing(sqlite3.connect(path)) as connection:
            return connection.execute(f"PRAGMA {check}").fetchall() == [("ok",)]
    except (sqlite3.Error, UnicodeDecodeError):
        return False


def _tables_that_differ(before: Said, now: Said | None) -> list[str]:
    if now is None:
        return ["no table: unreadable"]
    return [table for table in before if before[table] != now.get(table)]


def _differing(before: Said, now: Said | None) -> str:
    if now is None:
        return "unreadable"
    tables = _tables_that_differ(before, now)
    rows = [set(now.get(table, ())) ^ set(before[table]) for table in tables]
    return f"{', '.join(tables)}: {[str(row)[:160] for some in rows for row in some][:2]}"


if __name__ == "__main__":
    sys.exit(main())
