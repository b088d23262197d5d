"""What goes out of a file: operations as lines of canonical JSON, and articles.

History is only added to, so what was there at the beginning is one moment of the file without any
lock: rows above the last one of that moment are passed over.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from annotator.core import operations as op
from annotator.core.bundles import ArticleRecord
from annotator.core.canonical import text_digest
from annotator.core.operations import Operation, Scope
from annotator.store import history
from annotator.store.bulk import last_id
from annotator.store.project import Project
from annotator.store.trouble import sound

LINE_COLUMNS = "o.kind,o.replica,o.sequence,o.prev,o.lamport,o.who,o.at,o.gesture,o.undoes,o.body"
_ORDER = "o.lamport,o.replica,o.sequence,o.hash"
_LAYERS = (
    "SELECT l.id,a.sha256,n.uid FROM layers l JOIN articles a ON a.id=l.article"
    " JOIN annotators n ON n.id=l.annotator WHERE (?='' OR n.uid=?)"
    " AND EXISTS (SELECT 1 FROM operations WHERE layer=l.id AND id<=?)"
    " ORDER BY n.uid,a.sha256"
)
_ARTICLES = (
    "SELECT a.id,a.sha256,a.title,a.source,a.language,a.meta,a.encoding,a.rules FROM articles a"
)
_OF_ANNOTATOR = (
    " WHERE EXISTS (SELECT 1 FROM layers l JOIN annotators n ON n.id=l.annotator"
    " WHERE l.article=a.id AND n.uid=?)"
)


class Outgoing:
    """What goes out of `project`: all of it, or the layers of one annotator (a uid)."""

    def __init__(self, project: Project, annotator: str = "") -> None:
        """Take down the moment; nothing is read yet."""
        self._project = project
        self._connection = project.connection
        self._annotator = annotator
        self._last = last_id(project.connection, "operations")
        key = (annotator, annotator, self._last)
        with sound(project.path.name):
            found = self._connection.execute(_LAYERS, key).fetchall()
        self._layers: list[tuple[int, str, str]] = found

    @property
    def n_layers(self) -> int:
        """How many layers have operations."""
        return len(self._layers)

    @property
    def n_operations(self) -> int:
        """How many operations there are, those of the project's scope of everybody included."""
        if not self._annotator:
            return int(self._count("SELECT count(*) FROM operations WHERE id<=?"))
        query = "SELECT count(*) FROM operations WHERE layer=? AND id<=?"
        return sum(self._count(query, layer) for layer, _, _ in self._layers)

    def _count(self, query: str, *key: int) -> int:
        return int(self._connection.execute(query, (*key, self._last)).fetchone()[0])

    def of_project(self) -> list[Operation]:
        """Return the operations of the project's scope in their order, all of them."""
        with sound(self._project.path.name):
            return sorted(history.operations_of(self._connection, None), key=op.order)

    def of_layers(self) -> Iterator[bytes]:
        """Yield the operations of the layers as lines, layer by layer, each in its order."""
        query = (
            f"SELECT {LINE_COLUMNS} FROM operations o WHERE o.layer=? AND o.id<=? ORDER BY {_ORDER}"
        )
        for layer, article, annotator in self._layers:
            scope = Scope(article, annotator)
            with sound(self._project.path.name):
                found = self._connection.execute(query, (layer, self._last)).fetchall()
                lines = [line_of(scope, row) for row in found]
            yield from lines

    def articles(self, named_only: Iterable[str] = ()) -> Iterator[ArticleRecord]:
        """Yield the articles with their texts; those of `named_only` (SHA-256s) without."""
        without = frozenset(named_only)
        key = (self._annotator,) if self._annotator else ()
        query = _ARTICLES + (_OF_ANNOTATOR if key else "") + " ORDER BY a.sha256"
        with sound(self._project.path.name):
            found = self._connection.execute(query, key).fetchall()
        for row, sha256, *told in found:
            if sha256 in without:
                yield ArticleRecord(sha256)
            else:
                with sound(self._project.path.name):
                    record = _whole(self._connection, row, sha256, told)
                yield record


def assigned(project: Project, annotator: str) -> frozenset[str]:
    """Return the articles (SHA-256) that are assigned to an annotator."""
    query = "SELECT article FROM assignments WHERE annotator=?"
    with sound(project.path.name):
        return frozenset(name for (name,) in project.connection.execute(query, (annotator,)))


def read_by(project: Project, annotator: str) -> frozenset[str]:
    """Return the articles (SHA-256) that an annotator has, withdrawn ones too."""
    query = (
        "SELECT a.sha256 FROM layers l JOIN articles a ON a.id=l.article"
        " JOIN annotators n ON n.id=l.annotator WHERE n.uid=?"
    )
    found = project.connection.execute(query, (annotator,))
    return assigned(project, annotator).union(name for (name,) in found)


def _whole(connection: sqlite3.Connection, row: int, sha256: str, told: list[str]) -> ArticleRecord:
    query = "SELECT text FROM texts WHERE article=?"
    text = connection.execute(query, (row,)).fetchone()[0]
    if text_digest(text) != sha256:
        raise ValueError("an article is named by the hash of its text")
    query = 'SELECT start,"end",role,source FROM regions WHERE article=? ORDER BY start'
    regions = tuple(connection.execute(query, (row,)).fetchall())
    title, source, language, meta, encoding, rules = told
    return ArticleRecord(sha256, title, source, language, meta, encoding, rules, regions, text)


def line_of(scope: Scope, row: tuple[Any, ...]) -> bytes:
    """Return the canonical JSON of a stored operation, given as its `LINE_COLUMNS`.

    Its body is spelled already.
    """
    kind, replica, sequence, prev, lamport, who, at, gesture, undoes, body = row
    numbers = (replica, sequence, prev, lamport)
    head = Operation(kind, scope, *numbers, who, at, gesture, (), undoes)
    return op.around(head, history.spelled_body(body))
