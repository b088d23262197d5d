"""Copying what an import made ready into the project: one transaction, all of it or nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from annotator.core import operations as op
from annotator.store import history, rows
from annotator.store.bulk import checked_at_the_end
from annotator.store.project import Project
from annotator.store.tables import LABEL_TABLES
from annotator.store.transaction import Clock, Gesture

_BULK_FROM = 1000
"""Articles and spans from which on they are checked by one query instead of row by row."""


@dataclass(slots=True)
class Copied:
    """What one copy brought into the project: articles and layers that were new.

    `taken` are the numbers of layers that somebody began while the import was made ready, `texts`
    title and text by id of the articles that waited in memory: the index has them at hand.
    """

    articles: int
    layers: int
    taken: frozenset[int]
    texts: dict[int, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Ready:
    """What is ready: a file with the tables of `staging`, and the articles that wait in memory.

    `first_lamport` is the greatest in the project when the operations began to be numbered,
    `names_at` the number kept for the operation that names new annotators, before their layers.
    """

    path: Path
    articles: list[tuple[Any, ...]]
    n_layers: int
    n_spans: int
    first_lamport: int
    names_at: int
    clock: Clock
    who: str
    at: str
    gesture: str


def copied(project: Project, ready: Ready) -> Copied:
    """Copy `ready` into `project`; leave out layers that somebody began meanwhile."""
    connection = project.connection
    connection.execute("ATTACH DATABASE ? AS staging", (str(ready.path),))
    connection.execute("PRAGMA cache_spill=ON")  # beyond the cache readers wait: memory is bounded
    try:
        with (
            project.turn.taken(by_person=False),
            project.committed(),
            _checked(connection, len(ready.articles) + ready.n_spans),
        ):
            return _copy(project, ready)
    finally:
        connection.execute("PRAGMA cache_spill=OFF")
        connection.execute("DETACH DATABASE staging")


@contextmanager
def _checked(connection: sqlite3.Connection, n_rows: int) -> Iterator[None]:
    if n_rows < _BULK_FROM:
        yield
    else:
        with checked_at_the_end(connection):
            yield


def _copy(project: Project, ready: Ready) -> Copied:
    connection = project.connection
    last_article, last_layer = _last(connection, "articles"), _last(connection, "layers")
    for statement in _COPY_ARTICLES:
        connection.execute(statement, {"last": last_article})
    texts = _write_waiting(connection, ready.articles)
    behind = _renumber(project, ready)
    _name_annotators(project, ready, ready.names_at + behind)
    taken = frozenset(row for (row,) in connection.execute(_TAKEN))
    free = f"NOT IN ({','.join(map(str, sorted(taken)))})"
    connection.execute(_COPY_LAYERS.format(free=free), {"last": last_layer})
    for table, columns in _COPIED.items():
        told = ",".join(columns)
        moved = ",".join(f"layer+{last_layer}" if name == "layer" else name for name in columns)
        connection.execute(
            f"INSERT INTO main.{table}({told}) SELECT {moved} FROM staging.{table}"
            f" WHERE layer {free} ORDER BY rowid"
        )
    connection.execute(
        "INSERT INTO replicas(replica,counter,lamport) VALUES(?,?,?)"
        " ON CONFLICT(replica) DO UPDATE SET lamport=max(lamport,excluded.lamport)",
        (ready.clock.replica, ready.clock.counter, ready.clock.lamport),
    )
    n_articles = "SELECT count(*) FROM main.articles WHERE id>?"
    added = connection.execute(n_articles, (last_article,)).fetchone()[0]
    return Copied(added, ready.n_layers - len(taken), taken, texts)


def _write_waiting(
    connection: sqlite3.Connection, articles: list[tuple[Any, ...]]
) -> dict[int, tuple[str, str]]:
    """Write the articles that waited in memory, those left out that came in meanwhile.

    Return title and text of each by its id.
    """
    known = "SELECT 1 FROM main.articles WHERE sha256=?"
    number = _last(connection, "articles")
    new = articles
    if number:
        new = [row for row in articles if connection.execute(known, row[:1]).fetchone() is None]
    numbered = list(enumerate(new, number + 1))
    connection.executemany(
        f"INSERT INTO main.articles(id,{_ARTICLE}) VALUES(?,?,?,?,?,?,?,?,?)",
        ((n, *row[:8]) for n, row in numbered),
    )
    connection.executemany(
        "INSERT INTO main.texts(article,text) VALUES(?,?)", ((n, row[8]) for n, row in numbered)
    )
    connection.executemany(
        'INSERT INTO main.regions(article,start,"end",role,source) VALUES(?,?,?,?,?)',
        ((n, *region) for n, row in numbered for region in row[9]),
    )
    return {n: (row[1], row[8]) for n, row in numbered}


def _renumber(project: Project, ready: Ready) -> int:
    """Give the operations later numbers where gestures were made while they were got ready.

    Return by how much.
    """
    connection = project.connection
    behind = max(0, project.clock().lamport - ready.first_lamport)
    ready.clock.lamport += behind
    previous, last = "", (0, 0)
    while behind and (page := list(_staged(connection, last[0]))):
        for number, layer, operation in page:
            prev = previous if layer == last[1] else ""
            later = replace(operation, lamport=operation.lamport + behind, prev=prev)
            named, _ = op.recorded(later)
            previous, last = named.hash, (number, layer)
            connection.execute(
                "UPDATE staging.operations SET hash=?,prev=?,lamport=? WHERE rowid=?",
                (named.hash, prev, named.lamport, number),
            )
    return behind


def _staged(connection: sqlite3.Connection, after: int) -> Iterator[tuple[int, int, op.Operation]]:
    """Yield the next operations with their row ids and layers; those of a layer stand together."""
    query = (
        "SELECT o.rowid,o.layer,l.article,l.annotator,o.kind,o.replica,o.sequence,o.prev,o.lamport,"
        "o.who,o.at,o.gesture,o.body FROM staging.operations o JOIN staging.layers l ON l.n=o.layer"
        " WHERE o.rowid>? ORDER BY o.rowid LIMIT 200"
    )
    for row in connection.execute(query, (after,)).fetchall():
        number, layer, article, annotator, kind, *head, body = row
        replica, sequence, prev, lamport, who, at, gesture = head
        scope, changes = op.Scope(article, annotator), op.changes_from(history.plain_body(body))
        operation = op.Operation(
            kind, scope, replica, sequence, prev, lamport, who, at, gesture, changes
        )
        yield number, layer, operation


def _name_annotators(project: Project, ready: Ready, lamport: int) -> None:
    """Record new annotators in the project's scope, before the layers that need them."""
    new = project.connection.execute(
        "SELECT uid,name,kind FROM staging.annotators"
        " WHERE uid NOT IN (SELECT uid FROM main.annotators) ORDER BY uid"
    ).fetchall()
    if not new:
        return
    clock = project.clock()
    clock.lamport = lamport - 1
    gesture = Gesture(project, clock, kind="import", who=ready.who, at=ready.at, name=ready.gesture)
    part = gesture.within(op.PROJECT)
    for uid, name, kind in new:
        part.set(op.ANNOTATOR, uid, {"name": name, "kind": kind})
    gesture.record()


def _last(connection: sqlite3.Connection, table: str) -> int:
    found: Any = connection.execute(f"SELECT coalesce(max(id),0) FROM main.{table}").fetchone()[0]
    return int(found)


_ARTICLE = "sha256,title,source,language,length,meta,encoding,rules"
_COPY_ARTICLES = (
    f"INSERT INTO main.articles({_ARTICLE}) SELECT {_ARTICLE} FROM staging.articles s"
    " WHERE NOT EXISTS (SELECT 1 FROM main.articles a WHERE a.sha256=s.sha256) ORDER BY n",
    "INSERT INTO main.texts(article,text) SELECT a.id,s.text FROM main.articles a"
    " JOIN staging.articles s ON s.sha256=a.sha256 WHERE a.id>:last ORDER BY a.id",
    'INSERT INTO main.regions(article,start,"end",role,source)'
    " SELECT a.id,json_extract(r.value,'$[0]'),json_extract(r.value,'$[1]'),"
    "json_extract(r.value,'$[2]'),json_extract(r.value,'$[3]') FROM main.articles a"
    " JOIN staging.articles s ON s.sha256=a.sha256 JOIN json_each(s.regions) r"
    " WHERE a.id>:last ORDER BY a.id",
)
_COPY_LAYERS = (
    "INSERT INTO main.layers(id,uid,article,annotator,status,suggestions)"
    " SELECT s.n+:last,s.uid,a.id,r.id,s.status,s.suggestions FROM staging.layers s"
    " JOIN main.articles a ON a.sha256=s.article JOIN main.annotators r ON r.uid=s.annotator"
    " WHERE s.n {free} ORDER BY s.n"
)
_TAKEN = "SELECT s.n FROM staging.layers s JOIN main.layers l ON l.uid=s.uid"
_COPIED = {
    **{LABEL_TABLES[kind]: columns for kind, columns in rows.COLUMNS.items()},
    "spans": ("layer", "label", "part", "n", "start", '"end"', "quote"),
    "attributes": ("layer", "label", "name", "value"),
    "votes": ("layer", "label", "n", "annotator", "value"),
    "operations": history.COLUMNS,
}
