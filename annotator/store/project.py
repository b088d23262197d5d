"""A project file, open: what it is, what it holds, and the gesture through which it is written."""

import datetime
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from annotator import paths
from annotator.arabic.fold import fold_name
from annotator.core import operations as op
from annotator.core.errors import UserError
from annotator.core.labelschema import LabelSchema
from annotator.core.model import LEAD, Annotator, Article, Label, Layer, Region
from annotator.core.operations import Scope
from annotator.core.schematoml import read_schema
from annotator.core.uids import annotator_uid, layer_uid, new_project
from annotator.store import opening, storedlabels
from annotator.store.keptschemas import schema_of
from annotator.store.layerreading import StoredReading
from annotator.store.replica import replica_of
from annotator.store.transaction import Clock, Gesture, Part, committed
from annotator.store.turn import Turn
from annotator.store.whereabouts import ANYWHERE, Whereabouts

ANNOTATABLE = "headline lead body subhead caption"
_ARTICLE = "SELECT sha256,title,length,source,language,meta FROM articles"
_LAYER = (
    "SELECT a.sha256,n.uid,l.status,l.suggestions FROM layers l"
    " JOIN articles a ON a.id=l.article JOIN annotators n ON n.id=l.annotator WHERE l.id=?"
)

Now = Callable[[], str]


def utc_minute() -> str:
    """Return the time, UTC, to the minute: `2026-11-21T18:40Z`."""
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%MZ")


class Project:
    """One project file on one connection; each thread opens its own and they share a `Turn`."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path,
        *,
        replica: str = "",
        turn: Turn | None = None,
        now: Now = utc_minute,
        whereabouts: Whereabouts = ANYWHERE,
    ) -> None:
        self.connection = connection  # for the modules of `store`
        self.path = path
        self.whereabouts = whereabouts
        self.turn = turn or Turn()
        self._now = now
        self._replica = replica
        self._schema: tuple[int, LabelSchema] | None = None
        self._text = ("", "")
        settings = dict(self.connection.execute("SELECT name,value FROM settings"))
        self.uid = settings["project"]
        self.title = settings["title"]
        self.role = settings["role"]
        self._handed = settings.get("handed", "")  # tells files apart that stand in one place
        self.owner = settings.get("annotator", "")  # uid of who alone writes here
        self.keeps_times = settings["times"] == "minute"
        self.annotatable = frozenset(settings["annotatable"].split())

    # --- opening and closing ---

    @classmethod
    def create(cls, path: Path, toml: str, title: str = "") -> Self:
        """Make a project file at `path` with the label schema `toml`; refuse an existing file."""
        read_schema(toml)
        uid = new_project()
        opening.make_file(path, lambda made: cls._first_rows(made, path, uid, toml, title))
        return cls.open(path)

    @classmethod
    def _first_rows(
        cls, connection: sqlite3.Connection, path: Path, uid: str, toml: str, title: str
    ) -> None:
        settings = {
            "project": uid,
            "title": (title or path.stem).encode("utf-8", "replace").decode(),
            "role": LEAD,
            "times": "minute",
            "annotatable": ANNOTATABLE,
            "indexed": "0",
        }
        connection.executemany("INSERT INTO settings(name,value) VALUES(?,?)", settings.items())
        project = cls(connection, path, replica=replica_of(uid, path, paths.data_folder()))
        with project.transaction("new", LEAD) as gesture:
            gesture.within(op.PROJECT).set(op.LABEL_SCHEMA, "", {"toml": toml})

    @classmethod
    def open(cls, path: Path, turn: Turn | None = None, now: Now = utc_minute) -> Self:
        """Open the project file at `path`; raise `UserError` with what it is instead."""
        whereabouts = Whereabouts.of(path)
        connection = opening.open_file(path)
        return cls(connection, path, turn=turn, now=now, whereabouts=whereabouts)

    def close(self) -> None:
        """Close the connection. Nothing waits to be saved: every gesture already is."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def is_writing(self) -> bool:
        """Whether a gesture is being written on this connection."""
        return self.connection.in_transaction

    @property
    def replica(self) -> str:
        """The name of this file at this place, drawn at the first write."""
        if not self._replica:
            of_file = self.uid + self._handed
            self._replica = replica_of(of_file, self.path, paths.data_folder())
        return self._replica

    # --- what it holds ---

    @property
    def label_schema(self) -> LabelSchema:
        """The label schema in force."""
        query = "SELECT max(id) FROM label_schemas"
        newest = self.connection.execute(query).fetchone()[0]
        if self._schema is None or self._schema[0] != newest:
            self._schema = newest, schema_of(self.schema_toml(), paths.data_folder())
        return self._schema[1]

    def schema_toml(self) -> str:
        """Return the label schema in force, as it was written."""
        query = "SELECT toml FROM label_schemas ORDER BY id DESC LIMIT 1"
        return str(self.connection.execute(query).fetchone()[0])

    def article(self, name: str) -> Article:
        """Return the article that `name`, a uid or a SHA-256, names; raise `unknown_article`."""
        is_hex = len(name) in (16, 64) and not set(name) - set("0123456789abcdef")
        found = None
        if is_hex:
            query = _ARTICLE + " WHERE sha256>=? AND sha256<?"
            found = self.connection.execute(query, (name, name + "g")).fetchone()
        if found is None:
            raise UserError("unknown_article", article=name)
        return Article(*found)

    def is_withdrawn(self, article: str) -> bool:
        """Whether the article with that SHA-256 is in the project, and was taken out."""
        query = "SELECT 1 FROM articles WHERE sha256=? AND withdrawn=1"
        return self.connection.execute(query, (article,)).fetchone() is not None

    def text(self, article: str) -> str:
        """Return the text of the article with SHA-256 `article`; the last one read is kept."""
        if self._text[0] != article:
            row = self.connection.execute(
                "SELECT text FROM texts JOIN articles a ON a.id=article WHERE a.sha256=?",
                (article,),
            ).fetchone()
            self._text = article, row[0]
        return self._text[1]

    def regions(self, article: str) -> list[Region]:
        """Return the regions of an article in text order."""
        found = self.connection.execute(
            'SELECT start,"end",role,r.source FROM regions r JOIN articles a ON a.id=r.article'
            " WHERE a.sha256=? ORDER BY start",
            (article,),
        )
        return [Region(*row) for row in found]

    def annotator(self, name: str) -> Annotator | None:
        """Return who is called `name` in this project, however it is spelled, or by that uid."""
        everyone = self.annotators()
        derived, folded = annotator_uid(self.uid, name), fold_name(name)
        tests: tuple[Callable[[Annotator], bool], ...] = (
            lambda one: one.uid in (derived, name),
            lambda one: fold_name(one.name) == folded,
        )
        return next((one for test in tests for one in everyone if test(one)), None)

    def annotators(self) -> list[Annotator]:
        """Return everyone who labels in this project, in the order in which they came."""
        query = "SELECT uid,name,kind FROM annotators ORDER BY id"
        return [Annotator(*row) for row in self.connection.execute(query)]

    def layer(self, article: str, annotator: str) -> Layer:
        """Return the layer of `annotator` (a uid) over `article` (a SHA-256): new if not begun."""
        query = "SELECT status,suggestions FROM layers WHERE uid=?"
        found = self.connection.execute(query, (layer_uid(article, annotator),)).fetchone()
        return Layer(article, annotator, *(found or ()))

    def layer_row(self, layer: Layer) -> int | None:
        """Return the row id of `layer`, or None where it has not begun."""
        query = "SELECT id FROM layers WHERE uid=?"
        key = (layer_uid(layer.article, layer.annotator),)
        found = self.connection.execute(query, key).fetchone()
        return int(found[0]) if found else None

    def labels(self, layer: Layer) -> list[Label]:
        """Return the labels of `layer`, kind by kind."""
        row = self.layer_row(layer)
        return [] if row is None else storedlabels.labels_of(self.connection, row)

    def has_more_labels(self, layer: Layer, n: int) -> bool:
        """Whether labels of `layer` lie in the text in more than `n` places."""
        row = self.layer_row(layer)
        query = "SELECT 1 FROM spans WHERE layer=? LIMIT 1 OFFSET ?"
        return row is not None and self.connection.execute(query, (row, n)).fetchone() is not None

    def reading(self, layer: Layer) -> StoredReading:
        """Return the labels of `layer` as checks ask for them."""
        return StoredReading(self.connection, self.layer_row(layer), self.label_schema)

    def layer_of(self, label: str, annotator: str = "") -> Layer:
        """Return the layer in which the label `label` stands; raise `unknown_label`.

        Where several have one of that uid, the layer of `annotator` (a uid) is meant.
        """
        layers = [
            Layer(*self.connection.execute(_LAYER, (row,)).fetchone())
            for row in storedlabels.layers_of_label(self.connection, label)
        ]
        if not layers:
            raise UserError("unknown_label", uid=label)
        return next((layer for layer in layers if layer.annotator == annotator), layers[0])

    # --- the one way in ---

    @contextmanager
    def committed(self) -> Iterator[None]:
        """Run a block in one transaction of this file, where it stands at its place."""
        try:
            with committed(self.connection, self.path.name, self.whereabouts):
                yield
        except BaseException:
            self._schema = None  # it may have been another in what is rolled back
            raise

    def interrupt(self) -> None:
        """Break off what the connection does this moment, from any thread: `cancelled` is raised.

        A transaction under way is rolled back. Nothing where the project is closed.
        """
        with suppress(sqlite3.ProgrammingError):
            self.connection.interrupt()

    @contextmanager
    def transaction(self, kind: str, who: str, *, by_person: bool = True) -> Iterator[Gesture]:
        """Write one gesture, in as many scopes as it touches: all of it or nothing.

        `kind` is what history calls it, `who` an annotator's uid or the role lead. The operations
        are on the gesture once the block has ended.
        """
        with self.turn.taken(by_person), self.committed():
            gesture = Gesture(self, self.clock(), kind=kind, who=who, at=self.time())
            yield gesture
            gesture.record()

    @contextmanager
    def gesture(self, layer: Layer, kind: str, *, even_done: bool = False) -> Iterator[Part]:
        """Write one gesture in one layer, in the name of its annotator."""
        scope = Scope(layer.article, layer.annotator)
        with self.transaction(kind, layer.annotator) as gesture:
            yield gesture.within(scope, even_done=even_done)

    def time(self) -> str:
        """Return the time that operations carry: UTC to the minute, or nothing by setting."""
        return self._now() if self.keeps_times else ""

    def clock(self) -> Clock:
        """Return where this replica's counters stand in the file."""
        counters = {
            name: (counter, lamport)
            for name, counter, lamport in self.connection.execute(
                "SELECT replica,counter,lamport FROM replicas"
            )
        }
        counter = counters.get(self.replica, (0, 0))[0]
        lamport = max((lamport for _, lamport in counters.values()), default=0)
        return Clock(self.replica, counter, lamport)
