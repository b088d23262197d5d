"""Articles that come with a bundle: written with their texts, where the project has them not."""

import sqlite3

from annotator.core.bundles import ArticleRecord
from annotator.store import ahead, givenregions
from annotator.store.bulk import last_id
from annotator.store.project import Project

_NAME = "merge"
"""Under which no import writes texts ahead."""


def is_known(project: Project, sha256: str) -> bool:
    """Whether the project has the article."""
    query = "SELECT 1 FROM articles WHERE sha256=?"
    return project.connection.execute(query, (sha256,)).fetchone() is not None


def add(project: Project, record: ArticleRecord) -> bool:
    """Write the article of `record`, within a transaction; return whether it is new.

    The search index follows later, as after an import.
    """
    if not record.text or is_known(project, record.sha256):
        return False
    connection = project.connection
    ahead.ended(connection, _NAME)
    row = last_id(connection, "articles") + 1
    _write(connection, row, record)
    return True


def _write(connection: sqlite3.Connection, row: int, record: ArticleRecord) -> None:
    connection.execute(
        "INSERT INTO articles(id,sha256,title,source,language,length,meta,encoding,rules)"
        " VALUES(?,?,?,?,?,?,?,?,?)",
        (
            row,
            record.sha256,
            record.title,
            record.source,
            record.language or "ar",
            len(record.text),
            record.meta,
            record.encoding,
            record.rules,
        ),
    )
    connection.execute("INSERT INTO texts(article,text) VALUES(?,?)", (row, record.text))
    givenregions.keep(connection, row, record.sha256, record.regions)
    connection.executemany(
        'INSERT INTO regions(article,start,"end",role,source) VALUES(?,?,?,?,?)',
        ((row, *region) for region in record.regions),
    )
