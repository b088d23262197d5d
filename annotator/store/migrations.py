"""Migrations of a project file: appended, self-contained, never edited.

A file that has them all is opened without this module, and so without sqlite-utils, which takes
longer to load than the rest of the store.
"""

import sqlite3

from annotator.store import tables
from annotator.store.sqliteutils import Database, Migrations

_migrations = Migrations("hashiya")


def apply(connection: sqlite3.Connection) -> None:
    """Run the migrations that the file of `connection` has not had yet."""
    _migrations.apply(Database(connection, execute_plugins=False))


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
