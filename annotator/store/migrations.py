"""Migrations of a project file: appended, self-contained, never edited.

A file that has them all is opened without this module, and so without sqlite-utils, which takes
longer to load than the rest of the store.
"""

import sqlite3

from annotator.core.errors import UserError
from annotator.store import fingerprints, tables
from annotator.store.sqliteutils import Database, Migrations

_migrations = Migrations("hashiya")


def apply(connection: sqlite3.Connection, name: str = "") -> None:
    """Run the migrations that the file of `connection` has not had yet: all of them or none.

    Raise `strange_tables`, with the file's `name`, where its tables are not ours after that: what
    it says of the migrations that it had is not true.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        _migrations.apply(Database(connection, execute_plugins=False))
        connection.execute(f"PRAGMA user_version={tables.VERSION}")
        if fingerprints.of(connection) != fingerprints.FINGERPRINT:
            raise UserError("strange_tables", path=name)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def apply_first(connection: sqlite3.Connection, n: int) -> None:
    """Run the first `n` migrations on an empty file, as an earlier release did."""
    database = Database(connection, execute_plugins=False)
    names = [one.name for one in _migrations.pending(database)]
    _migrations.apply(database, stop_before=names[n:][:1])


@_migrations()
def m001_the_tables(database: Database) -> None:
    """Make every table, trigger and view of the first release."""
    for statement in tables.FIRST_RELEASE:
        database.execute(statement)


@_migrations()
def m002_texts_before_their_articles(database: Database) -> None:
    """Let a text come before its article: a big import writes its texts ahead."""
    for statement in tables.TEXTS_FIRST:
        database.execute(statement)


@_migrations()
def m003_hand_ins_taken_back(database: Database) -> None:
    """Let a hand-in be taken back: name the operations that are left out."""
    for statement in tables.TAKEN_BACK:
        database.execute(statement)


@_migrations()
def m004_agreement(database: Database) -> None:
    """Keep what agreement is made of, article by article, and find extents with gaps."""
    for statement in tables.AGREEMENT:
        database.execute(statement)
