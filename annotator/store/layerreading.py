"""One layer of the file as checks ask for it: only the rows that a question needs are read."""

import sqlite3

from annotator.core.labelschema import LabelSchema
from annotator.core.model import (
    KIND_OF,
    Answer,
    Argument,
    Entity,
    Event,
    Label,
    Relation,
    Stance,
    hull,
)
from annotator.core.reading import said_by
from annotator.store import storedlabels

_POINTING = {
    "argument": "x.event=? OR x.filler=?",
    "stance": "(x.holder_kind='entity' AND x.holder=?) OR (x.target_kind<>'topic' AND x.target=?)",
    "relation": "x.source_label=? OR x.target_label=?",
}


class StoredReading:
    """The labels of a layer (`layer` is its row id, None where it has not begun)."""

    def __init__(
        self, connection: sqlite3.Connection, layer: int | None, schema: LabelSchema
    ) -> None:
        self._connection = connection
        self._layer = layer
        self._schema = schema
        self._symmetric = frozenset(item.id for item in schema.relations if item.symmetric)

    def label(self, uid: str) -> Label | None:
        """Return the label `uid` of this layer, or None."""
        return (
            None if self._layer is None else storedlabels.label(self._connection, uid, self._layer)
        )

    def twins(self, label: Label) -> list[Label]:
        """Return the other labels that say the same as `label`."""
        current = self._schema.current
        said = said_by(label, self._symmetric, current)
        return [
            other
            for other in self._near(label)
            if other.uid != label.uid and said_by(other, self._symmetric, current) == said
        ]

    def arguments_of(self, event: str) -> list[Argument]:
        """Return the arguments of the event with uid `event`."""
        found = self._where("argument", "x.event=?", (event,))
        return [label for label in found if isinstance(label, Argument)]

    def pointing_to(self, uid: str) -> list[Label]:
        """Return the labels that do not stand without the label `uid`."""
        return [
            label
            for kind, condition in _POINTING.items()
            for label in self._where(kind, condition, (uid, uid))
        ]

    def answer_to(self, question: str) -> Label | None:
        """Return the answer to `question`, or None."""
        return next(iter(self._where("answer", "x.question=?", (question,))), None)

    def _near(self, label: Label) -> list[Label]:
        """Return the labels, `label` among them, that an index finds as possibly the same."""
        kind = KIND_OF[type(label)]
        match label:
            case Entity() | Event():
                key = (*hull(label.extent), self._schema.current(label.type))
                return self._where(kind, 'x.start=? AND x."end"=? AND x.type=?', key)
            case Argument():
                return self._where(kind, "x.event=? AND x.filler=?", (label.event, label.filler))
            case Stance():
                return self._where(kind, "x.target=?", (label.target.ref,))
            case Relation():
                return self._where(kind, "x.type=?", (self._schema.current(label.type),))
            case Answer():
                return self._where(kind, "x.question=?", (label.type,))

    def _where(self, kind: str, condition: str, key: tuple[object, ...]) -> list[Label]:
        if self._layer is None:
            return []
        return storedlabels.where(self._connection, self._layer, kind, condition, key)
