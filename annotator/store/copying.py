"""Copying what an import made ready into the project, in one transaction: all of it or nothing.

Many texts go ahead of their articles, in transactions of their own, so that the last one is short.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from annotator.core import operations as op
from annotator.core.errors import UserError
from annotator.store import ahead, history, rows, trouble
from annotator.store.bulk import checked_at_the_end, last_id
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


class Waiting(NamedTuple):
    """An article whose text waits in memory, and its number in the import."""

    n: int
    sha256: str
    length: int
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Ready:
    """What is ready: a file with the tables of `staging`, and texts that wait in memory.

    The file has the first texts. `first_lamport` is the greatest in the project when the operations
    began to be numbered, `names_at` the number kept for the operation that names new annotators,
    before their layers.
    """

    path: Path
    waiting: list[Waiting]
    n_articles: int
    n_letters: int
    n_layers: int
    n_spans: int
    first_lamport: int
    names_at: int
    clock: Clock
    who: str
    at: str
    gesture: str

    def texts(self) -> Iterator[ahead.Text]:
        """Yield the text of every article."""
        if len(self.waiting) < self.n_articles:
            with closing(sqlite3.connect(self.path)) as staged:
                yield from staged.execute(_STAGED_TEXTS)
        for one in self.waiting:
            yield one.n, one.sha256, one.length, one.text


def copied(project: Project, ready: Ready, step: Callable[[], None]) -> Copied:
    """Copy `ready` into `project`; leave out layers that somebody began meanwhile.

    `step` is called between two transactions, and may raise: the project is as it was then.
    """
    try:
        ahead.clear(project, ready.gesture)
        known = None
        if ready.n_letters > ahead.AT_ONCE:
            known = ahead.write(project, ready.gesture, ready.texts(), step)
        return _copied(project, ready, known)
    except BaseException:
        with suppress(UserError, sqlite3.Error):  # the next import throws away what stays
            ahead.throw_away(project, ready.gesture)
        raise


def _copied(project: Project, ready: Ready, known: set[int] | None) -> Copied:
    """Copy `ready` but the `known` articles; where that is None the texts are still to write."""
    connection = project.connection
    with trouble.told(ready.path.parent.parent.name):
        connection.execute("ATTACH DATABASE ? AS staging", (str(ready.path),))
        # It is thrown away in any case; else a third journal would tie the two, beside the project.
        connection.execute("PRAGMA staging.synchronous=OFF")
    connection.execute("PRAGMA cache_spill=ON")  # beyond the cache readers wait: memory is bounded
    try:
        with (
            project.turn.taken(by_person=False),
            project.committed(),
            _checked(connection, ready.n_articles + ready.n_spans),
        ):
            is_own = ahead.ended(connection, ready.gesture)
            if known is None or not is_own:
                known = set[int]()
                for some in ahead.chunks(ready.texts()):
                    known |= ahead.put(connection, some)
            return _copy(project, ready, known)
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


def _copy(project: Project, ready: Ready, known: set[int]) -> Copied:
    connection = project.connection
    last_article, last_layer = last_id(connection, "articles"), last_id(connection, "layers")
    for statement in _COPY_ARTICLES:
        key = {"last": last_article, "known": json.dumps([*known])}
        connection.execute(statement.format(new=_BUT_KNOWN if known else ""), key)
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
    new = [one for one in ready.waiting if one.n not in known]
    texts = {last_article + one.n: (one.title, one.text) for one in new}
    return Copied(ready.n_articles - len(known), ready.n_layers - len(taken), taken, texts)


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


_ARTICLE = "sha256,title,source,language,length,meta,encoding,rules"
_STAGED_TEXTS = (
    "SELECT n,sha256,length,text FROM texts CROSS JOIN articles USING(n) ORDER BY texts.n"
)
_BUT_KNOWN = " WHERE n NOT IN (SELECT value FROM json_each(:known))"
_COPY_ARTICLES = (
    f"INSERT INTO main.articles(id,{_ARTICLE}) SELECT :last+n,{_ARTICLE}"
    " FROM staging.articles{new} ORDER BY n",
    'INSERT INTO main.regions(article,start,"end",role,source)'
    ' SELECT :last+n,start,"end",role,source FROM staging.regions{new} ORDER BY rowid',
    "INSERT INTO main.regions_given(article,regions,seal) SELECT :last+n,given,seal"
    " FROM staging.articles{new} ORDER BY n",
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
