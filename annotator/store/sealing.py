"""Seals: hashes over what no history vouches for, so that a change behind the program's back shows.

Sealed are what a file is (settings that never change), receipts, and titles and details of articles
as they came. They stop mistakes and bits that flip, not somebody who reckons them anew.
"""

import sqlite3
from collections.abc import Iterable, Mapping

from annotator.core import canonical

FIXED = ("project", "title", "role", "times", "annotatable", "annotator", "handed")
"""Settings that never change: what a file is."""
SETTINGS = "sealed"
ARTICLES = "sealed_articles"
_ARTICLES = (
    "SELECT id,sha256,title,source,language,length,meta,encoding,rules FROM articles"
    " WHERE id>? AND id<=? ORDER BY id"
)
_KEEP = (
    "INSERT INTO settings(name,value) VALUES(?,?)"
    " ON CONFLICT(name) DO UPDATE SET value=excluded.value"
)


def of(values: Iterable[object]) -> str:
    """Return the seal over some strings, integers, maps and lists."""
    return canonical.digest(list(values))[:32]


# --- settings -----------------------------------------------------------------------------------


def seal_settings(connection: sqlite3.Connection) -> None:
    """Seal what the file is, once its settings are written."""
    told = dict(connection.execute("SELECT name,value FROM settings"))
    connection.execute(_KEEP, (SETTINGS, _of_settings(told)))


def has_changed_settings(settings: Mapping[str, str]) -> bool:
    """Whether the settings are others than were sealed; those of an earlier release are not."""
    return settings.get(SETTINGS, _of_settings(settings)) != _of_settings(settings)


def _of_settings(settings: Mapping[str, str]) -> str:
    return of([name, settings.get(name, "")] for name in FIXED)


# --- articles -----------------------------------------------------------------------------------


def seal_articles(connection: sqlite3.Connection, indexed: int, through: int) -> None:
    """Seal the articles up to the row id `through`; those up to `indexed` were indexed before.

    The seal goes on from the last one, so one is enough for all. Articles that an earlier release
    indexed stay unsealed.
    """
    query = "SELECT value FROM settings WHERE name=?"
    row = connection.execute(query, (ARTICLES,)).fetchone()
    first, last, seal = _parts(row[0]) if row else (indexed, indexed, "")
    seal = _sealed(connection, last, through, seal)
    connection.execute(_KEEP, (ARTICLES, f"{first}:{through}:{seal}"))


def has_changed_articles(connection: sqlite3.Connection, settings: Mapping[str, str]) -> bool:
    """Whether articles read otherwise than when they were sealed."""
    told = settings.get(ARTICLES)
    indexed = settings.get("indexed", "0")
    if told is None:
        return SETTINGS in settings and indexed != "0"
    try:
        first, last, seal = _parts(told)
    except ValueError:
        return True
    return str(last) != indexed or _sealed(connection, first, last, "") != seal


def _parts(told: str) -> tuple[int, int, str]:
    first, last, seal = told.split(":")
    return int(first), int(last), seal


def _sealed(connection: sqlite3.Connection, after: int, through: int, seal: str) -> str:
    for row in connection.execute(_ARTICLES, (after, through)):
        seal = of((seal, *row))
    return seal
