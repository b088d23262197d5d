"""Where an import is got ready: a file of its own, so that the project is touched once and whole.

Everything is decoded, checked, numbered and hashed here; then one transaction copies it. A cancel,
a crash or a refused source before that leaves the project as it was.
"""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from annotator.core import operations as op
from annotator.core.bodies import body_of
from annotator.core.model import KIND_OF, Annotator, Article, Label, Layer, Region
from annotator.core.operations import Change, Operation, Scope
from annotator.core.uids import layer_uid
from annotator.store import history, rows, storedlabels
from annotator.store.project import Project
from annotator.store.tables import LABEL_TABLES
from annotator.store.transaction import Gesture, bulk_spans, committed

_BULK_FROM = 2000
"""Spans from which on quotes are compared by one query instead of row by row."""
_OPERATION = (
    "hash,replica,sequence,prev,lamport,layer,who,at,kind,gesture,undoes,body"  # as history.INSERT
)
_IN_MEMORY = 16_000_000
"""Code points of articles that wait in memory, at most 64 MB; with more they go to the file."""
_TABLES = f"""
CREATE TABLE articles(n INTEGER PRIMARY KEY, sha256 TEXT UNIQUE, title, source, language, length,
  meta, encoding, rules, text, regions);
CREATE TABLE annotators(uid TEXT PRIMARY KEY, name, kind) WITHOUT ROWID;
CREATE TABLE layers(n INTEGER PRIMARY KEY, uid TEXT UNIQUE, article, annotator, status,
  suggestions);
CREATE TABLE operations({_OPERATION});
CREATE TABLE spans(layer, label, part, n, start, "end", quote);
CREATE TABLE attributes(layer, label, name, value);
CREATE TABLE votes(layer, label, n, annotator, value);
"""
_INSERT_ARTICLE = (
    "INSERT OR IGNORE INTO articles(sha256,title,source,language,length,meta,encoding,rules,text,"
    "regions) VALUES(?,?,?,?,?,?,?,?,?,?)"
)


@dataclass(slots=True)
class Copied:
    """What one copy brought into the project: articles and layers that were new.

    `taken` are the numbers of layers that somebody began while the import was made ready.
    """

    articles: int
    layers: int
    taken: frozenset[int]


class Staging:
    """The file in which one import is made ready; the project is only read until `copy`.

    Articles wait in memory as long as they are few: each would else be written twice.
    """

    def __init__(self, project: Project, who: str, gesture: str) -> None:
        self._project = project
        self._who = who
        self._gesture = gesture
        self._folder = Path(tempfile.mkdtemp(prefix="hashiya-import-"))
        self._path = self._folder / "staging.sqlite"
        self._connection = sqlite3.connect(self._path, isolation_level=None)
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-32768"):
            self._connection.execute("PRAGMA " + pragma)
        for statement in _TABLES.split(";"):
            self._connection.execute(statement)
        for kind, columns in rows.COLUMNS.items():
            self._connection.execute(f"CREATE TABLE {LABEL_TABLES[kind]}({','.join(columns)})")
        self._connection.execute("BEGIN")
        self._clock = project.clock()
        self._at = project.time()
        self._articles: dict[str, tuple[Any, ...]] = {}
        self._waiting = 0
        self._uids: set[str] = set()
        self._known_prefixes: dict[str, bool] = {}
        self._n_layers = 0
        self.n_spans = 0

    def close(self) -> None:
        """Throw the file away."""
        self._connection.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    # --- what is there already ---

    def has_layer(self, uid: str) -> bool:
        """Whether this import already has the layer."""
        query = "SELECT 1 FROM layers WHERE uid=?"
        return self._connection.execute(query, (uid,)).fetchone() is not None

    def is_taken(self, uid: str) -> bool:
        """Whether a label of the project or of this import already has that uid.

        Uids grow, so those of one replica share their first nine characters: where the project has
        none of these, its tables need not be asked for each.
        """
        if uid in self._uids:
            return True
        prefix = uid[:9]
        table = LABEL_TABLES[storedlabels.kind_of_uid(uid) or "entity"]
        if prefix not in self._known_prefixes:
            query = f"SELECT 1 FROM {table} WHERE uid>=? AND uid<? LIMIT 1"
            found = self._project.connection.execute(query, (prefix, prefix + "~")).fetchone()
            self._known_prefixes[prefix] = found is not None
        if not self._known_prefixes[prefix]:
            return False
        query = f"SELECT 1 FROM {table} WHERE uid=?"
        return self._project.connection.execute(query, (uid,)).fetchone() is not None

    # --- putting ---

    def add_article(
        self, article: Article, text: str, encoding: str, regions: Sequence[Region], rules: str
    ) -> bool:
        """Make an article ready; return whether it is new to the project and to this import."""
        sha256 = article.sha256
        if sha256 in self._articles or self._has_article(sha256):
            return False
        self._articles[sha256] = (
            sha256,
            article.title,
            article.source,
            article.language,
            article.length,
            article.meta,
            encoding,
            rules,
            text,
            orjson.dumps([tuple(region) for region in regions]).decode(),
        )
        self._waiting += len(text)
        if self._waiting > _IN_MEMORY:
            self._connection.executemany(_INSERT_ARTICLE, self._articles.values())
            self._articles.clear()
            self._waiting = 0
        return True

    def _has_article(self, sha256: str) -> bool:
        query = "SELECT 1 FROM articles WHERE sha256=?"
        files = (self._connection, self._project.connection)
        return any(file.execute(query, (sha256,)).fetchone() for file in files)

    def add_layer(self, layer: Layer, annotator: Annotator, labels: list[Label]) -> int:
        """Make a new layer ready, with its labels and the operations that record them.

        Return the number under which it waits.
        """
        self._connection.execute(
            "INSERT OR IGNORE INTO annotators VALUES(?,?,?)",
            (annotator.uid, annotator.name, annotator.kind),
        )
        self._n_layers += 1
        number = self._n_layers
        uid = layer_uid(layer.article, layer.annotator)
        self._connection.execute(
            "INSERT INTO layers VALUES(?,?,?,?,?,?)",
            (number, uid, layer.article, layer.annotator, layer.status, layer.suggestions),
        )
        self._uids.update(label.uid for label in labels)
        self._write_labels(number, labels)
        self._write_operations(number, layer, labels)
        return number

    def _write_labels(self, layer: int, labels: list[Label]) -> None:
        schema = self._project.label_schema
        by_kind: dict[str, list[rows.Row]] = {}
        for label in labels:
            by_kind.setdefault(KIND_OF[type(label)], []).append(rows.row_of(label, layer, schema))
        for kind, found in by_kind.items():
            self._connection.executemany(rows.INSERT[kind], found)
        spans = [row for label in labels for row in rows.span_rows(label, layer)]
        self.n_spans += len(spans)
        self._connection.executemany(rows.INSERT_SPAN, spans)
        attributes = (row for label in labels for row in rows.attribute_rows(label, layer))
        self._connection.executemany(rows.INSERT_ATTRIBUTE, attributes)
        votes = (row for label in labels if label.votes for row in rows.vote_rows(label, layer))
        self._connection.executemany(rows.INSERT_VOTE, votes)

    def _write_operations(self, number: int, layer: Layer, labels: list[Label]) -> None:
        changes = [
            Change(KIND_OF[type(label)], label.uid, None, body_of(label)) for label in labels
        ]
        if layer.status != "new":
            changes.append(Change(op.STATUS, "", None, {"status": layer.status}))
        if layer.suggestions != "none":
            changes.append(Change(op.SUGGESTIONS, "", None, {"suggestions": layer.suggestions}))
        prev = ""
        for n, first in enumerate(range(0, max(1, len(changes)), op.BULK_LIMIT)):
            self._clock.lamport += 1
            operation = Operation(
                "import",
                Scope(layer.article, layer.annotator),
                self._clock.replica,
                n + 1,
                prev,
                self._clock.lamport,
                self._who,
                self._at,
                self._gesture,
                tuple(changes[first : first + op.BULK_LIMIT]),
            )
            named, body = op.recorded(operation)
            self._connection.execute(history.INSERT, history.row_of(named, body, number))
            prev = named.hash

    # --- copying ---

    def copy(self) -> Copied:
        """Copy everything into the project: one transaction, all of it or nothing."""
        project, connection = self._project, self._project.connection
        self._connection.execute("COMMIT")
        connection.execute("ATTACH DATABASE ? AS staging", (str(self._path),))
        try:
            with (
                project.turn.taken(by_person=False),
                committed(connection, project.path.name),
                self._quotes_checked(connection),
            ):
                return self._copy(connection)
        finally:
            connection.execute("DETACH DATABASE staging")

    @contextmanager
    def _quotes_checked(self, connection: sqlite3.Connection) -> Iterator[None]:
        if self.n_spans < _BULK_FROM:
            yield
        else:
            with bulk_spans(connection):
                yield

    def _copy(self, connection: sqlite3.Connection) -> Copied:
        last_article = _last(connection, "articles")
        last_layer = _last(connection, "layers")
        for statement in _COPY_ARTICLES:
            connection.execute(statement, {"last": last_article})
        self._write_waiting(connection)
        self._name_annotators(connection)
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
            (self._clock.replica, self._clock.counter, self._clock.lamport),
        )
        n_articles = "SELECT count(*) FROM main.articles WHERE id>?"
        added = connection.execute(n_articles, (last_article,)).fetchone()[0]
        return Copied(added, self._n_layers - len(taken), taken)

    def _write_waiting(self, connection: sqlite3.Connection) -> None:
        """Write the articles that waited in memory, those left out that came in meanwhile."""
        known = "SELECT 1 FROM main.articles WHERE sha256=?"
        number = _last(connection, "articles")
        rows_ = [
            row
            for row in self._articles.values()
            if connection.execute(known, row[:1]).fetchone() is None
        ]
        numbered = list(enumerate(rows_, number + 1))
        connection.executemany(
            f"INSERT INTO main.articles(id,{_ARTICLE}) VALUES(?,?,?,?,?,?,?,?,?)",
            ((n, *row[:8]) for n, row in numbered),
        )
        connection.executemany(
            "INSERT INTO main.texts(article,text) VALUES(?,?)", ((n, row[8]) for n, row in numbered)
        )
        connection.executemany(
            'INSERT INTO main.regions(article,start,"end",role,source) VALUES(?,?,?,?,?)',
            ((n, *region) for n, row in numbered for region in orjson.loads(row[9])),
        )

    def _name_annotators(self, connection: sqlite3.Connection) -> None:
        """Record new annotators in the project's scope, before the layers that need them."""
        new = connection.execute(
            "SELECT uid,name,kind FROM staging.annotators"
            " WHERE uid NOT IN (SELECT uid FROM main.annotators) ORDER BY uid"
        ).fetchall()
        if new:
            clock = self._project.clock()
            gesture = Gesture(
                self._project, clock, kind="import", who=self._who, at=self._at, name=self._gesture
            )
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
    "operations": tuple(_OPERATION.split(",")),
}
