"""What can be read of a damaged file and of its newest backup, put together in tables to read from.

The tables are called like those of a project and have no constraints: what is in them is not
believed but salvaged from (`salvaging`). Rows of the file keep their row ids; those of the backup
get others (`OF_BACKUP` is added), because two files may have numbered differently. What a page that
was given free says counts only where a hash vouches for it.
"""

import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import orjson

from annotator.core.canonical import text_digest
from annotator.core.model import LEAD, STATUSES
from annotator.core.operations import ANNOTATOR
from annotator.core.uids import layer_uid
from annotator.store import backupfile, history, recordshapes, sealing, walking
from annotator.store.backupfolder import Backup
from annotator.store.walking import Record, Step, Value

OF_BACKUP = 1 << 40
"""What is added to row ids of the backup: no file has as many rows."""
_TABLES = """
CREATE TABLE settings(name TEXT PRIMARY KEY, value);
CREATE TABLE replicas(replica TEXT PRIMARY KEY, counter, lamport);
CREATE TABLE receipts(uid TEXT PRIMARY KEY, at, name, bundle, counts);
CREATE TABLE regions(article, start, "end", role, source, PRIMARY KEY(article,start));
CREATE TABLE regions_given(article, regions, seal);
CREATE TABLE label_schemas(id INTEGER PRIMARY KEY, name, version, digest, toml);
CREATE TABLE annotators(id INTEGER PRIMARY KEY, uid, name, kind);
CREATE TABLE articles(id INTEGER PRIMARY KEY, sha256, title, source, language, length, meta,
  encoding, rules);
CREATE TABLE texts(id INTEGER PRIMARY KEY, article, sha256, text);
CREATE TABLE layers(id INTEGER PRIMARY KEY, uid, article, annotator);
CREATE TABLE operations(id INTEGER PRIMARY KEY, hash, replica, sequence, prev, lamport, layer, who,
  at, kind, gesture, undoes, body);
CREATE TABLE named(sha256, id);
CREATE INDEX texts_by_name ON texts(sha256); CREATE INDEX given_by ON regions_given(article);
CREATE INDEX texts_by_article ON texts(article); CREATE INDEX layers_of_articles ON layers(article);
"""
_SETTINGS = (
    "journal_mode=OFF",
    "synchronous=OFF",
    "cache_size=-32768",
    "locking_mode=EXCLUSIVE",  # nobody else knows of it: no lock for each row that is asked for
)
_COLUMNS = {
    "settings": "name,value",
    "replicas": "replica,counter,lamport",
    "receipts": "uid,at,name,bundle,counts",
    "regions": 'article,start,"end",role,source',
    "regions_given": "article,regions,seal",
    "label_schemas": "id,name,version,digest,toml",
    "annotators": "id,uid,name,kind",
    "articles": "id,sha256,title,source,language,length,meta,encoding,rules",
    "layers": "id,uid,article,annotator",
    "operations": "id,hash,replica,sequence,prev,lamport,layer,who,at,kind,gesture,undoes,body",
    "texts": "article,sha256,text",
    "named": "sha256,id",
}
_KINDS = frozenset({"human", "machine", "gold"})
_HASHED = frozenset({"operations", "texts", "named", "regions_given"})
"""Tables of which the rows on free pages count too."""
_AT_ONCE = 500

Row = tuple[Any, ...]


def gathered(copy: Path | None, backup: Backup | None, to: Path, step: Step) -> sqlite3.Connection:
    """Return a connection to tables at `to` with what can be read of a file and of its backup.

    `copy` is a copy of the file that nobody else uses. `step` is told of pages that were read.
    Raise `sqlite3.DatabaseError` where the backup cannot be read.
    """
    connection = sqlite3.connect(to, isolation_level=None)
    try:
        for setting in _SETTINGS:
            connection.execute(f"PRAGMA {setting}")
        connection.executescript("BEGIN;" + _TABLES)
        if copy is not None:
            _take_file(
                connection, walking.records(copy, recordshapes.of_row, recordshapes.of_key, step)
            )
            _name_annotators(connection)
            _name_texts(connection)
        if backup is not None:
            _take_backup(connection, backup)
        connection.execute(_ONLY_THEIRS)
        connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return connection


_ONLY_THEIRS = (
    "DELETE FROM replicas WHERE replica NOT IN (SELECT replica FROM operations)"
    " AND EXISTS (SELECT 1 FROM operations)"
)
"""Rows of an index on types of eight letters look the same."""


# --- the file -------------------------------------------------------------------------------------


def _take_file(connection: sqlite3.Connection, records: Iterator[Record]) -> None:
    for found in records:
        if not found.is_free or found.table in _HASHED:
            taken = _TAKEN[found.table](found.row or 0, found.values)
            if taken is not None:
                _put(connection, *taken)


def _put(connection: sqlite3.Connection, table: str, row: Row) -> None:
    """Write a row; where another has its row id, both are kept: one may be right."""
    try:
        connection.execute(_INSERT[table], row)
    except sqlite3.IntegrityError:
        if table in _NUMBERED:
            connection.execute(_INSERT[table], (None, *row[1:]))


_INSERT = {
    table: f"INSERT INTO {table}({columns}) VALUES({','.join('?' * len(columns.split(',')))})"
    for table, columns in _COLUMNS.items()
}
_NUMBERED = frozenset(table for table, columns in _COLUMNS.items() if columns.startswith("id,"))

Taken = tuple[str, Row] | None


def _operation(row: int, values: tuple[Value, ...]) -> Taken:
    body = values[-1]
    return (
        None
        if isinstance(body, bytes) and recordshapes.is_too_long(body)
        else ("operations", (row, *values[1:]))
    )


def _text(row: int, values: tuple[Value, ...]) -> Taken:
    said = str(values[1])
    return "texts", (row, text_digest(said), said)


def _article(row: int, values: tuple[Value, ...]) -> Taken:
    return "articles", (row, *values[1:9])


def _layer(row: int, values: tuple[Value, ...]) -> Taken:
    return "layers", (row, *values[1:4])


def _layer_by_status(_row: int, values: tuple[Value, ...]) -> Taken:
    """Return the row of a layer, without its uid, as the index on status says it."""
    annotator, status, article, row = values
    return ("layers", (row, "", article, annotator)) if status in STATUSES else None


def _annotator(row: int, values: tuple[Value, ...]) -> Taken:
    return ("annotators", (row, *values[1:])) if values[3] in _KINDS else None


def _setting(_row: int, values: tuple[Value, ...]) -> Taken:
    return ("settings", values) if values[0] in sealing.FIXED else None


_TAKEN: dict[str, Callable[[int, tuple[Value, ...]], Taken]] = {
    "operations": _operation,
    "texts": _text,
    "articles": _article,
    "layers": _layer,
    "by_status": _layer_by_status,
    "annotators": _annotator,
    "settings": _setting,
    "label_schemas": lambda row, values: ("label_schemas", (row, *values[1:])),
    "replicas": lambda _, values: ("replicas", values),
    "receipts": lambda _, values: ("receipts", values),
    "regions": lambda _, values: ("regions", values),
    "regions_given": lambda row, values: ("regions_given", (row, *values[1:])),
    "named": lambda _, values: ("named", values),
}


def _name_annotators(connection: sqlite3.Connection) -> None:
    """Write anew the rows of annotators that are gone: a layer's uid is a hash over theirs.

    Who they may be is said by history. Who is not found by a layer is written all the same: it may
    be tried whose an operation is.
    """
    known = {uid for (uid,) in connection.execute("SELECT uid FROM annotators")}
    named = [uid for uid in _said_to_annotate(connection) if uid not in known]
    found = {}
    for row, layer, sha256 in connection.execute(_OF_NOBODY).fetchall() if named else ():
        if row not in found:
            uid = next((one for one in named if layer_uid(sha256, one) == layer), None)
            if uid is not None:
                found[row] = uid
    rest: list[tuple[int | None, str]] = [(None, uid) for uid in named if uid not in found.values()]
    for number, uid in (*found.items(), *rest):
        _put(connection, "annotators", (number, uid, uid, "human"))


_OF_NOBODY = (
    "SELECT l.annotator,l.uid,coalesce(a.sha256,t.sha256) FROM layers l"
    " LEFT JOIN articles a ON a.id=l.article LEFT JOIN texts t ON t.article=l.article"
    " WHERE l.annotator NOT IN (SELECT id FROM annotators)"
    " AND coalesce(a.sha256,t.sha256) IS NOT NULL"
)


def _said_to_annotate(connection: sqlite3.Connection) -> list[str]:
    """Return the uids of annotators that history names, whether or not its hashes hold."""
    found: dict[str, None] = {}
    for (body,) in connection.execute("SELECT body FROM operations WHERE layer IS NULL"):
        with suppress(ValueError, KeyError, TypeError, IndexError, AttributeError, zlib.error):
            changes = history.plain_body(body)["changes"]
            found.update((str(one["uid"]), None) for one in changes if one["kind"] == ANNOTATOR)
    query = "SELECT DISTINCT who FROM operations WHERE layer IS NOT NULL"
    found.update((str(who), None) for (who,) in connection.execute(query) if who != LEAD)
    return list(found)


def _name_texts(connection: sqlite3.Connection) -> None:
    """Let each text stand with its article; where the row of that is gone, say it anew.

    That somebody names the SHA-256 of the text is needed: the index of articles, or a layer, whose
    uid is a hash over it.
    """
    connection.execute(_STAND)
    connection.execute("CREATE INDEX named_by_name ON named(sha256)")
    for article, sha256 in connection.execute(_UNNAMED).fetchall():
        if _is_vouched_for(connection, article, sha256):
            _put(connection, "articles", (article, sha256, "", "", "ar", 0, "{}", "", ""))
    connection.execute(_STAND)


_STAND = "UPDATE texts SET article=a.id FROM articles a WHERE a.sha256=texts.sha256"
_UNNAMED = (
    "SELECT article,sha256 FROM texts WHERE sha256 NOT IN (SELECT sha256 FROM articles)"
    " GROUP BY sha256"
)


def _is_vouched_for(connection: sqlite3.Connection, article: int, sha256: str) -> bool:
    query = "SELECT 1 FROM named WHERE sha256=? AND id=?"
    if connection.execute(query, (sha256, article)).fetchone() is not None:
        return True
    query = "SELECT l.uid,n.uid FROM layers l, annotators n WHERE l.article=?"
    found = connection.execute(query, (article,))
    return any(layer_uid(sha256, str(annotator)) == layer for layer, annotator in found)


# --- the backup -----------------------------------------------------------------------------------

_SHIFTED = {
    "articles": (0,),
    "annotators": (0,),
    "layers": (0, 2, 3),
    "operations": (0, 6),
    "regions": (0,),
    "regions_given": (0,),
    "settings": (),
    "replicas": (),
    "receipts": (),
}
"""Columns of each table that are row ids."""


def _take_backup(connection: sqlite3.Connection, backup: Backup) -> None:
    has_schema = connection.execute("SELECT 1 FROM label_schemas").fetchone() is not None
    with closing(backupfile.opened(backup.path)) as source:
        there = {name for (name,) in source.execute("SELECT name FROM sqlite_master")}
        for table in there.intersection(_SHIFTED):  # an earlier release has not all of them
            rows = source.execute(f"SELECT {_COLUMNS[table]} FROM {table}")
            connection.executemany(
                _INSERT[table].replace("INSERT", "INSERT OR IGNORE", 1),
                (_shifted(table, row, _SHIFTED[table]) for row in rows),
            )
        if not has_schema:
            rows = source.execute(f"SELECT {_COLUMNS['label_schemas']} FROM label_schemas")
            connection.executemany(_INSERT["label_schemas"], rows)


def _shifted(table: str, row: Row, columns: tuple[int, ...]) -> Row:
    found = list(row)
    for at in columns:
        if found[at] is not None:
            found[at] += OF_BACKUP
    if table == "receipts":
        with suppress(ValueError, KeyError, TypeError):
            told = orjson.loads(found[-1])
            told["operations"] = [[OF_BACKUP + n for n in one] for one in told["operations"]]
            found[-1] = orjson.dumps(told).decode()
    return tuple(found)
