"""One backup: a file that holds all of a project file but the texts of its articles.

Texts never change and are kept once (`backuptexts`). What can be made again is left out too:
indexes and, of a very large project, the tables of labels, which history says; so whoever writes
meanwhile waits for a moment only. The tables have no constraints, and their statements lie beside
them: a backup is no project and is never opened as one.
"""

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from annotator.store import opening, tables
from annotator.store.turn import Turn

APPLICATION_ID = 0x48534842
"""`HSHB`: at byte 68 of the file."""
MOST_SPANS = 300_000
"""Spans up to which the tables of labels are in it: they are read in one go, 1 s for a million."""
LABELS = (*tables.LABEL_TABLES.values(), "spans", "attributes", "votes", "held")
"""The tables that a refold of the layers fills."""
HISTORY_AT_ONCE = 5000
"""Operations that are read before others may write again."""

_TEXTS = "texts"
_MADE_AGAIN = ("agreement_basis", "agreement_cells")
_OWN = "CREATE TABLE backup(name TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID"
_STATEMENTS = "CREATE TABLE statements(id INTEGER PRIMARY KEY, type, name, sql)"
_SHADOWS = ("data", "idx", "content", "docsize")
"""What FTS5 keeps of an index beside its settings."""
_PASSING = ("indexed", "ahead", "unrecorded")
"""Settings that say how far work is which goes on by itself, or what this machine does not hold."""

Step = Callable[[int, int], None]
"""Is told how many of how many operations have been copied, and may raise to stop."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a backup says of itself.

    `name` is that of the project file, `handed` tells handed-out files of one project apart,
    `version` is `user_version`; `state` is the same only for files that say the same; `at` is UTC,
    to the minute, by the clock of this machine. `has_labels` says whether the tables of labels
    are in it. `place` is the whole path of the project file as bytes; empty in early backups.
    """

    reason: str
    at: str
    name: str
    project: str
    handed: str
    title: str
    version: int
    state: str
    n_articles: int
    n_labels: int
    n_operations: int
    has_labels: int
    place: bytes = b""


def write(path: Path, to: Path, reason: str, at: str, turn: Turn, step: Step) -> Facts:
    """Write the project file at `path`, as it is in one moment, to `to`; it is not yet durable.

    History is only added to, so most of it is read without keeping anybody from writing.
    """
    with closing(opening.connect(path)) as connection:
        connection.execute("PRAGMA cache_size=-16384")
        connection.execute("PRAGMA cache_spill=ON")  # what is written need not wait in memory
        _begin(to)
        connection.execute("ATTACH DATABASE ? AS copy", (str(to),))
        for setting in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-4096"):
            connection.execute(f"PRAGMA copy.{setting}")
        shapes = _shapes(connection)
        for shape in shapes:
            connection.execute(shape.made)
        _copy_history(connection, shapes, step)
        with turn.taken(by_person=False):
            connection.execute("BEGIN")
            facts = facts_of(connection, path, reason, at)
            _copy_rest(connection, shapes, facts)
            connection.execute("COMMIT")
    return facts


def facts_of(connection: sqlite3.Connection, path: Path, reason: str = "", at: str = "") -> Facts:
    """Return what a backup of the project file at `path`, open on `connection`, would say."""
    settings = dict(connection.execute("SELECT name,value FROM main.settings"))
    return Facts(
        reason,
        at,
        path.name,
        settings["project"],
        settings.get("handed", ""),
        settings["title"],
        connection.execute("PRAGMA main.user_version").fetchone()[0],
        state_of(connection),
        _count(connection, "articles"),
        sum(_count(connection, table) for table in tables.LABEL_TABLES.values()),
        _count(connection, "operations"),
        int(_count(connection, "spans") <= MOST_SPANS),
        os.fsencode(os.path.realpath(path)),
    )


def _count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM main.{table}").fetchone()[0])


def state_of(connection: sqlite3.Connection) -> str:
    """Return a hash that is the same only where the project file says the same."""
    settings = connection.execute("SELECT name,value FROM main.settings ORDER BY name").fetchall()
    told: list[object] = [row for row in settings if row[0] not in _PASSING]
    for query in _STATE:
        told += connection.execute(query).fetchall()
    return hashlib.sha256(repr(told).encode()).hexdigest()


_STATE = (
    "PRAGMA main.user_version",
    "SELECT id,hash FROM main.operations ORDER BY id DESC LIMIT 1",
    "SELECT id,sha256 FROM main.articles ORDER BY id DESC LIMIT 1",
    "SELECT count(*) FROM main.receipts",
)


# --- writing ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Shape:
    """A table: its name, its columns in SQL, and the statement that makes it in the backup."""

    name: str
    columns: str
    made: str

    @property
    def copied(self) -> str:
        """The statement that copies its rows."""
        return (
            f'INSERT INTO copy."{self.name}"({self.columns})'
            f' SELECT {self.columns} FROM main."{self.name}"'
        )


def _begin(to: Path) -> None:
    with closing(sqlite3.connect(to, isolation_level=None)) as made:
        made.execute(f"PRAGMA page_size={tables.PAGE_SIZE}")
        made.execute(f"PRAGMA application_id={APPLICATION_ID}")
        made.execute(_OWN)
        made.execute(_STATEMENTS)


def _shapes(connection: sqlite3.Connection) -> list[_Shape]:
    """Return the tables that are copied, whatever the version of the file."""
    found = connection.execute(
        "SELECT name,sql FROM main.sqlite_master WHERE type='table' AND sql IS NOT NULL"
    ).fetchall()
    virtual = [name for name, sql in found if sql.upper().startswith("CREATE VIRTUAL")]
    left_out = {*virtual, _TEXTS, *_MADE_AGAIN}
    left_out.update(f"{name}_{part}" for name in virtual for part in _SHADOWS)
    return [_shape(connection, name, sql) for name, sql in found if name not in left_out]


def _shape(connection: sqlite3.Connection, name: str, sql: str) -> _Shape:
    columns = connection.execute(f'PRAGMA main.table_info("{name}")').fetchall()
    keys = [row[1] for row in columns if row[5]]
    is_row_id = "WITHOUT ROWID" not in sql.upper() and [
        row[2].upper() for row in columns if row[5]
    ] == ["INTEGER"]
    named = [f'"{row[1]}"' for row in columns]
    made = [
        column + (" INTEGER PRIMARY KEY" if is_row_id and row[1] in keys else "")
        for column, row in zip(named, columns, strict=True)
    ]
    return _Shape(name, ",".join(named), f'CREATE TABLE copy."{name}"({",".join(made)})')


def _copy_history(connection: sqlite3.Connection, shapes: list[_Shape], step: Step) -> None:
    """Copy the operations that are there, some at a time."""
    total = connection.execute("SELECT count(*) FROM main.operations").fetchone()[0]
    done = 0
    while _copy_operations(connection, shapes, f" LIMIT {HISTORY_AT_ONCE}") == HISTORY_AT_ONCE:
        done += HISTORY_AT_ONCE
        step(done, total)


def _copy_operations(connection: sqlite3.Connection, shapes: list[_Shape], limit: str = "") -> int:
    """Copy the operations after the last one that was copied; return how many."""
    shape = next(shape for shape in shapes if shape.name == "operations")
    last = connection.execute("SELECT coalesce(max(id),0) FROM copy.operations").fetchone()[0]
    query = f"{shape.copied} WHERE id>? ORDER BY id{limit}"
    return connection.execute(query, (last,)).rowcount


def _copy_rest(connection: sqlite3.Connection, shapes: list[_Shape], facts: Facts) -> None:
    _copy_operations(connection, shapes)
    left_out = {"operations", *(() if facts.has_labels else LABELS)}
    for shape in shapes:
        if shape.name not in left_out:
            connection.execute(shape.copied)
    connection.execute(
        "INSERT INTO copy.statements(type,name,sql) SELECT type,name,sql FROM main.sqlite_master"
        " WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid"
    )
    told = asdict(facts).items()
    connection.executemany("INSERT INTO copy.backup(name,value) VALUES(?,?)", told)


# --- reading ------------------------------------------------------------------------------------


def opened(path: Path) -> sqlite3.Connection:
    """Return a connection that reads the backup at `path`."""
    connection = opening.connect(path, "ro")
    try:
        if connection.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
            raise sqlite3.DatabaseError("this is no backup")
    except BaseException:
        connection.close()
        raise
    return connection


def facts_in(connection: sqlite3.Connection) -> Facts:
    """Return what the backup says of itself; raise `sqlite3.DatabaseError` where it does not."""
    told = dict(connection.execute("SELECT name,value FROM backup"))
    try:
        named = [field.name for field in fields(Facts) if field.name != "place"]
        return Facts(**{name: told[name] for name in named}, place=told.get("place", b""))
    except KeyError as error:
        raise sqlite3.DatabaseError("this is no backup") from error


def articles_in(connection: sqlite3.Connection) -> Iterator[tuple[int, str]]:
    """Yield the row id and the SHA-256 of every article of a backup."""
    return connection.execute("SELECT id,sha256 FROM articles ORDER BY id")


def check(path: Path, expected: Facts) -> None:
    """Raise `sqlite3.DatabaseError` unless the backup at `path` is sound and says `expected`."""
    with closing(opened(path)) as connection:
        n_operations = connection.execute("SELECT count(*) FROM operations").fetchone()[0]
        if (
            connection.execute("PRAGMA quick_check").fetchall() != [("ok",)]
            or facts_in(connection) != expected
            or n_operations != expected.n_operations
        ):
            raise sqlite3.DatabaseError("the backup is not sound")
