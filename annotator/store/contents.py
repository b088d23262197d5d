"""What a project file holds, read from its connection: the part of a `Project` that only reads."""

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from annotator import paths
from annotator.arabic.fold import fold_name
from annotator.core.errors import UserError
from annotator.core.labelschema import LabelSchema
from annotator.core.model import Annotator, Article, Label, Layer, Region
from annotator.core.uids import annotator_uid, layer_uid
from annotator.store import storedlabels
from annotator.store.keptschemas import schema_of
from annotator.store.layerreading import StoredReading
from annotator.store.trouble import reads

if TYPE_CHECKING:
    from collections.abc import Callable

_ARTICLE = "SELECT sha256,title,length,source,language,meta FROM articles"
_LAYER = (
    "SELECT a.sha256,n.uid,l.status,l.suggestions FROM layers l"
    " JOIN articles a ON a.id=l.article JOIN annotators n ON n.id=l.annotator WHERE l.id=?"
)


class Contents:
    """What stands in a project file: its settings, articles, annotators, layers and labels."""

    path: Path

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection  # for the modules of `store`
        self._schema: tuple[int, LabelSchema] | None = None
        self._text = ("", "")
        settings = dict(connection.execute("SELECT name,value FROM settings"))
        self.uid: str = settings["project"]
        self.title: str = settings["title"]
        self.role: str = settings["role"]
        self._handed: str = settings.get("handed", "")  # tells files apart that stand in one place
        self.owner: str = settings.get("annotator", "")  # uid of who alone writes here
        self.keeps_times = settings["times"] == "minute"
        self.annotatable = frozenset(settings["annotatable"].split())

    @property
    @reads
    def label_schema(self) -> LabelSchema:
        """The label schema in force."""
        query = "SELECT max(id) FROM label_schemas"
        newest = self.connection.execute(query).fetchone()[0]
        if self._schema is None or self._schema[0] != newest:
            self._schema = newest, schema_of(self.schema_toml(), paths.data_folder())
        return self._schema[1]

    @reads
    def schema_toml(self) -> str:
        """Return the label schema in force, as it was written."""
        query = "SELECT toml FROM label_schemas ORDER BY id DESC LIMIT 1"
        return str(self.connection.execute(query).fetchone()[0])

    @reads
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

    @reads
    def is_withdrawn(self, article: str) -> bool:
        """Whether the article with that SHA-256 is in the project, and was taken out."""
        query = "SELECT 1 FROM articles WHERE sha256=? AND withdrawn=1"
        return self.connection.execute(query, (article,)).fetchone() is not None

    @reads
    def text(self, article: str) -> str:
        """Return the text of the article with SHA-256 `article`; the last one read is kept."""
        if self._text[0] != article:
            row = self.connection.execute(
                "SELECT text FROM texts JOIN articles a ON a.id=article WHERE a.sha256=?",
                (article,),
            ).fetchone()
            self._text = article, row[0]
        return self._text[1]

    @reads
    def regions(self, article: str) -> list[Region]:
        """Return the regions of an article in text order."""
        found = self.connection.execute(
            'SELECT start,"end",role,r.source FROM regions r JOIN articles a ON a.id=r.article'
            " WHERE a.sha256=? ORDER BY start",
            (article,),
        )
        return [Region(*row) for row in found]

    @reads
    def annotator(self, name: str) -> Annotator | None:
        """Return who is called `name` in this project, however it is spelled, or by that uid."""
        everyone = self.annotators()
        derived, folded = annotator_uid(self.uid, name), fold_name(name)
        tests: tuple[Callable[[Annotator], bool], ...] = (
            lambda one: one.uid in (derived, name),
            lambda one: fold_name(one.name) == folded,
        )
        return next((one for test in tests for one in everyone if test(one)), None)

    @reads
    def annotators(self) -> list[Annotator]:
        """Return everyone who labels in this project, in the order in which they came."""
        query = "SELECT uid,name,kind FROM annotators ORDER BY id"
        return [Annotator(*row) for row in self.connection.execute(query)]

    @reads
    def layer(self, article: str, annotator: str) -> Layer:
        """Return the layer of `annotator` (a uid) over `article` (a SHA-256): new if not begun."""
        query = "SELECT status,suggestions FROM layers WHERE uid=?"
        found = self.connection.execute(query, (layer_uid(article, annotator),)).fetchone()
        return Layer(article, annotator, *(found or ()))

    @reads
    def layer_row(self, layer: Layer) -> int | None:
        """Return the row id of `layer`, or None where it has not begun."""
        query = "SELECT id FROM layers WHERE uid=?"
        key = (layer_uid(layer.article, layer.annotator),)
        found = self.connection.execute(query, key).fetchone()
        return int(found[0]) if found else None

    @reads
    def labels(self, layer: Layer) -> list[Label]:
        """Return the labels of `layer`, kind by kind."""
        row = self.layer_row(layer)
        return [] if row is None else storedlabels.labels_of(self.connection, row)

    @reads
    def has_more_labels(self, layer: Layer, n: int) -> bool:
        """Whether labels of `layer` lie in the text in more than `n` places."""
        row = self.layer_row(layer)
        query = "SELECT 1 FROM spans WHERE layer=? LIMIT 1 OFFSET ?"
        return row is not None and self.connection.execute(query, (row, n)).fetchone() is not None

    @reads
    def reading(self, layer: Layer) -> StoredReading:
        """Return the labels of `layer` as checks ask for them."""
        return StoredReading(self.connection, self.layer_row(layer), self.label_schema)

    @reads
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
