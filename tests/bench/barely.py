"""The bare limit of writing: the very rows of a file into the same tables, one table at a time."""

import sqlite3
from pathlib import Path

from annotator.store import opening
from tests.bench.measuring import seconds


def empty_tables(made: Path, path: Path, tables: tuple[str, ...]) -> sqlite3.Connection:
    """Return a new file with the same tables and indexes, without triggers and foreign keys."""
    connection = opening.connect(path, "rwc")
    connection.execute("PRAGMA page_size=8192")
    connection.execute("PRAGMA foreign_keys=OFF")
    for table in tables:
        connection.execute(sql_of(made, table))
    query = "SELECT sql FROM sqlite_master WHERE type='index' AND tbl_name=? AND sql IS NOT NULL"
    for table in tables:
        for (sql,) in sqlite3.connect(made).execute(query, (table,)):
            connection.execute(sql)
    return connection


def sql_of(made: Path, table: str) -> str:
    """Return the SQL that made `table` in the file `made`."""
    query = "SELECT sql FROM sqlite_master WHERE name=?"
    return str(sqlite3.connect(made).execute(query, (table,)).fetchone()[0])


def copied(made: Path, connection: sqlite3.Connection, table: str) -> float:
    """Write the rows that `table` has in `made` by one executemany; return its CPU seconds."""
    source = sqlite3.connect(made)
    names = [row[1] for row in source.execute(f"PRAGMA table_info({table})")]
    told = ",".join(f'"{name}"' for name in names)
    marks = ",".join("?" * len(names))
    rows = source.execute(f"SELECT {told} FROM {table}").fetchall()
    return seconds(
        lambda: connection.executemany(f"INSERT INTO {table}({told}) VALUES({marks})", rows)
    )


def copied_together(made: Path, bare: Path, tables: tuple[str, ...]) -> float:
    """Write the rows of `tables` into a new file, in one transaction; return the CPU seconds."""
    connection = empty_tables(made, bare, tables)
    connection.execute("BEGIN")
    spent = sum(copied(made, connection, table) for table in tables)
    return spent + seconds(lambda: connection.execute("COMMIT"))
