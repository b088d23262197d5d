"""Where an import is got ready: a file of its own, so that the project is touched once and whole.

Everything is decoded, checked, numbered and hashed here; then `copying` brings it in. A cancel, a
crash or a refused source leaves the project as it was.
"""

import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

from annotator.core import operations as op
from annotator.core.bodies import body_of
from annotator.core.model import KIND_OF, Annotator, Article, Label, Layer, Region
from annotator.core.operations import Change, Operation, Scope
from annotator.core.uids import layer_uid
from annotator.store import givenregions, history, rows, storedlabels, trouble
from annotator.store.copying import Copied, Ready, Waiting, copied
from annotator.store.project import Project
from annotator.store.tables import LABEL_TABLES
from annotator.store.workfolder import WorkFolder

_IN_MEMORY = 24_000_000
"""Code points of texts that wait in memory, at most 96 MB; with more they go to the file."""
_TABLES = f"""
CREATE TABLE articles(n INTEGER PRIMARY KEY, sha256, title, source, language, length,
  meta, encoding, rules, given, seal);
CREATE TABLE texts(n INTEGER PRIMARY KEY, text);
CREATE TABLE regions(n, start, "end", role, source);
CREATE TABLE annotators(uid TEXT PRIMARY KEY, name, kind) WITHOUT ROWID;
CREATE TABLE layers(n INTEGER PRIMARY KEY, uid TEXT UNIQUE, article, annotator, status,
  suggestions);
CREATE TABLE operations({",".join(history.COLUMNS)});
CREATE TABLE spans(layer, label, part, n, start, "end", quote);
CREATE TABLE attributes(layer, label, name, value);
CREATE TABLE votes(layer, label, n, annotator, value);
"""
_INSERT_ARTICLE = (
    "INSERT INTO articles(n,sha256,title,source,language,length,meta,encoding,rules,given,seal)"
    " VALUES(?,?,?,?,?,?,?,?,?,?,?)"
)


_BY_NAME = "CREATE UNIQUE INDEX IF NOT EXISTS articles_by_name ON articles(sha256)"
"""Asked once articles no longer wait in memory; a small import is spared it."""


class Staging:
    """The file in which one import is made ready; the project is only read until `copy`.

    Texts wait in memory as long as they are few: each would else be written twice.
    """

    def __init__(self, project: Project, who: str, gesture: str) -> None:
        self._project = project
        self._who = who
        self._gesture = gesture
        self._clock = project.clock()
        self._first_lamport = self._clock.lamport
        self._names_at = 0
        self._known = {one.uid for one in project.annotators()}
        self._at = project.time()
        self._articles: dict[str, tuple[Any, ...]] = {}
        self._waiting = self._n_letters = self._n_staged = 0
        query = "SELECT EXISTS (SELECT 1 FROM articles)"
        self._has_others = bool(project.connection.execute(query).fetchone()[0])
        self._uids: set[int] = set()  # their hashes: half the memory of a million names
        self._known_prefixes: dict[str, bool] = {}
        replicas = project.connection.execute("SELECT replica FROM replicas")
        self._replicas = {replica for (replica,) in replicas}
        self._n_layers = 0
        self.n_spans = 0
        self._folder = WorkFolder("import")
        self._path = self._folder.path / "staging.sqlite"
        try:
            with trouble.told(self._path.parent.parent.name):
                self._connection = sqlite3.connect(self._path, isolation_level=None)
        except BaseException:
            self._folder.throw_away()
            raise
        try:
            self._make_tables()
        except BaseException:
            self.close()
            raise

    def _make_tables(self) -> None:
        with trouble.told(self._path.parent.parent.name):
            for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-32768"):
                self._connection.execute("PRAGMA " + pragma)
            for statement in _TABLES.split(";"):
                self._connection.execute(statement)
            for kind, columns in rows.COLUMNS.items():
                self._connection.execute(f"CREATE TABLE {LABEL_TABLES[kind]}({','.join(columns)})")
            self._connection.execute("BEGIN")

    def close(self) -> None:
        """Throw the file away."""
        self._connection.close()
        self._folder.throw_away()

    # --- what is there already ---

    def has_layer(self, uid: str) -> bool:
        """Whether this import already has the layer."""
        return self._has_ready("SELECT 1 FROM layers WHERE uid=?", uid)

    def is_taken(self, uid: str) -> bool:
        """Whether a label of the project or of this import already has that uid.

        Uids grow, so those of one replica share their first nine characters: where the project has
        none of these, its tables need not be asked for each.
        """
        if hash(uid) in self._uids:
            return True
        if uid[1:9] in self._replicas:
            return True  # made here, and perhaps to be brought back by an undo
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
        if sha256 in self._articles or (self._has_others and self._has_article(sha256)):
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
            *givenregions.spelled(sha256, regions),
            text,
            regions,
        )
        self._n_letters += len(text)
        self._waiting += len(text)
        if self._waiting > _IN_MEMORY:
            self._write_articles(with_texts=True)
            self._articles.clear()
            self._waiting = 0
            self._has_others = True
        return True

    def _has_article(self, sha256: str) -> bool:
        query = "SELECT 1 FROM articles WHERE sha256=?"
        if self._has_ready(query, sha256):
            return True
        return self._project.connection.execute(query, (sha256,)).fetchone() is not None

    def _has_ready(self, query: str, key: str) -> bool:
        """Whether what is ready has a row; trouble in asking is of the file here."""
        with trouble.told(self._path.parent.parent.name):
            return self._connection.execute(query, (key,)).fetchone() is not None

    def _write_articles(self, *, with_texts: bool) -> list[Waiting]:
        """Write the articles that wait; return them with their numbers."""
        numbered = list(enumerate(self._articles.values(), self._n_staged + 1))
        self._n_staged += len(numbered)
        regions = ((n, *region) for n, row in numbered for region in row[11])
        with trouble.told(self._path.parent.parent.name):
            self._connection.executemany(_INSERT_ARTICLE, ((n, *row[:10]) for n, row in numbered))
            self._connection.executemany("INSERT INTO regions VALUES(?,?,?,?,?)", regions)
            if with_texts:
                texts = ((n, row[10]) for n, row in numbered)
                self._connection.executemany("INSERT INTO texts VALUES(?,?)", texts)
                self._connection.execute(_BY_NAME)
        return [Waiting(n, row[0], row[4], row[1], row[10]) for n, row in numbered]

    def add_layer(self, layer: Layer, annotator: Annotator, labels: list[Label]) -> int:
        """Make a new layer ready, with its labels and the operations that record them.

        Return the number under which it waits.
        """
        with trouble.told(self._path.parent.parent.name):
            return self._add_layer(layer, annotator, labels)

    def _add_layer(self, layer: Layer, annotator: Annotator, labels: list[Label]) -> int:
        if annotator.uid not in self._known and not self._names_at:
            self._clock.lamport += 1
            self._names_at = self._clock.lamport
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
        self._uids.update(hash(label.uid) for label in labels)
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

    def copy(self, step: Callable[[], None]) -> Copied:
        """Copy everything into the project, all of it or nothing; call `step` now and then."""
        waiting = self._write_articles(with_texts=False)
        with trouble.told(self._path.parent.parent.name):
            self._connection.execute("COMMIT")
        ready = Ready(
            self._path,
            waiting,
            self._n_staged,
            self._n_letters,
            self._n_layers,
            self.n_spans,
            self._first_lamport,
            self._names_at,
            self._clock,
            self._who,
            self._at,
            self._gesture,
        )
        return copied(self._project, ready, step)
