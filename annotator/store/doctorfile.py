"""Examining the file itself: its header, whose it is, its tables, its pages, its references.

What does not belong to a project is taken out of the copy that is examined before anything is read,
so that nothing of theirs runs: neither a trigger nor an index that could lie about what there is.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from functools import cache
from pathlib import Path

from annotator.core.uids import layer_uid
from annotator.store import doctorfindings as found
from annotator.store import opening, tables
from annotator.store.doctorfindings import Findings

_MAGIC = b"SQLite format 3\0"
_OK = [("ok",)]
_MOST_FAULTS = 20
"""Faults of pages that SQLite is asked for: one is enough to say that there are some."""
_BETWEEN_LOOKS = 200_000
"""Steps of SQLite's machine, some 10 ms, between two looks whether to stop."""

_MIGRATIONS = "_sqlite_migrations"
"""A table of sqlite-utils, which has other columns in other versions of it."""
Objects = dict[tuple[str, str], str]
"""What a file is made of: its table and its SQL without white space, by type and name."""


def opened(copy: Path, findings: Findings) -> sqlite3.Connection | None:
    """Open the copy of a file; None where SQLite takes it for none of its own."""
    with copy.open("rb") as file:
        magic = file.read(len(_MAGIC))
    connection = None
    try:
        if magic != _MAGIC:
            raise sqlite3.DatabaseError("no header")
        connection = opening.connect(copy)
        connection.execute("PRAGMA journal_mode=DELETE").fetchone()
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("PRAGMA synchronous=OFF")
        if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise sqlite3.DatabaseError("nothing is in it")
    except (sqlite3.Error, UnicodeDecodeError):
        findings.add(found.UNREADABLE)
        if connection is not None:
            connection.close()
        return None
    return connection


def stopping(connection: sqlite3.Connection, go_on: Callable[[], None]) -> None:
    """Let `go_on`, which may raise, be asked while SQLite works: then it stops."""

    def look() -> int:
        try:
            go_on()
        except Exception:  # asked again, and raised, by whoever meets the stop
            return 1
        return 0

    connection.set_progress_handler(look, _BETWEEN_LOOKS)


# --- whose it is, and what it is made of --------------------------------------------------------


def identity(connection: sqlite3.Connection, findings: Findings) -> bool:
    """Examine what the file says that it is; return whether this program knows its tables."""
    if _pragma(connection, "application_id") != tables.APPLICATION_ID:
        findings.add(found.IDENTITY, found.FILE, "application")
    version = _pragma(connection, "user_version")
    n_migrations = _n_migrations(connection)
    if n_migrations > tables.VERSION:
        findings.add(found.IDENTITY, found.FILE, "newer")
        return False
    if version != n_migrations:
        findings.add(found.IDENTITY, found.FILE, "version")
    return True


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def _n_migrations(connection: sqlite3.Connection) -> int:
    """Return how many migrations the file has had, as far as it tells."""
    query = "SELECT count(*) FROM _sqlite_migrations WHERE migration_set='hashiya'"
    with suppress(sqlite3.Error):
        return int(connection.execute(query).fetchone()[0])
    return tables.VERSION


def made_of(connection: sqlite3.Connection, findings: Findings) -> bool:
    """Examine tables, triggers, indexes and views; return whether every table can be read.

    A file of an earlier release is brought up to date: it is a copy. Strange objects go.
    """
    there = _objects(connection)
    ours = _ours(_n_migrations(connection))
    for key in sorted(there.keys() - ours.keys()):
        findings.add(found.TABLES, f"tables/{key[1]}", "added")
        _drop(connection, *key)
    for key in sorted(ours.keys() - there.keys()):
        findings.add(found.TABLES, f"tables/{key[1]}", "missing")
    for key in sorted(ours.keys() & there.keys()):
        if ours[key] != there[key]:
            findings.add(found.TABLES, f"tables/{key[1]}", "changed")
            if key[0] != "table":
                _drop(connection, *key)
    is_readable = all(there.get(key) == sql for key, sql in ours.items() if key[0] == "table")
    if is_readable and len(ours) < len(_ours(tables.VERSION)):
        from annotator.store import migrations  # with sqlite-utils

        migrations.apply(connection)
    return is_readable


def _objects(connection: sqlite3.Connection) -> Objects:
    query = "SELECT type,name,tbl_name,sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_stat%'"
    return {
        (kind, name): " ".join((of, *_spelling(connection, name, sql).split()))
        for kind, name, of, sql in connection.execute(query).fetchall()
    }


def _spelling(connection: sqlite3.Connection, name: str, sql: str | None) -> str:
    """Return the statement of an object; of what others spell, as they like, the columns."""
    if name not in tables.MADE_BY_OTHERS:
        return sql or ""
    if name == _MIGRATIONS:
        return ""
    query = "SELECT name,type,pk FROM pragma_table_info(?)"
    return repr(connection.execute(query, (name,)).fetchall())


@cache
def _ours(n_migrations: int) -> Objects:
    """Return what a file is made of that has had so many migrations and nothing else."""
    from annotator.store import migrations

    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrations.apply_first(connection, n_migrations)
        return _objects(connection)


def _drop(connection: sqlite3.Connection, kind: str, name: str) -> None:
    quoted = '"' + name.replace('"', '""') + '"'
    with suppress(sqlite3.Error):  # a table whose module is not here cannot go, nor run
        connection.execute(f"DROP {kind} {quoted}")


# --- pages and references -----------------------------------------------------------------------


def pages(connection: sqlite3.Connection, findings: Findings, *, is_quick: bool) -> None:
    """Let SQLite check its pages: how they hang together and, if not quickly, all indexes."""
    check = "quick_check" if is_quick else "integrity_check"
    told = connection.execute(f"PRAGMA {check}({_MOST_FAULTS})").fetchall()
    if told != _OK:
        findings.add(found.PAGES)


def references(connection: sqlite3.Connection, findings: Findings) -> None:
    """Examine whether every row that names another finds it, and layers are named as they are."""
    for table, row, *_ in connection.execute("PRAGMA foreign_key_check"):
        findings.add(found.REFERENCES, f"tables/{table}/{row or ''}", "dangling")
    for uid, article, annotator in connection.execute(_LAYERS):
        if layer_uid(article, annotator) != uid:
            findings.add(found.REFERENCES, f"layers/{uid}", "layer")


_LAYERS = (
    "SELECT l.uid,a.sha256,n.uid FROM layers l JOIN articles a ON a.id=l.article"
    " JOIN annotators n ON n.id=l.annotator"
)
