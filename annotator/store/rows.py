"""Labels into rows: one table a kind, their spans, attributes and votes in tables of their own.

The type that a table shows is the one after renaming; the body in history keeps the given one.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import orjson

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
from annotator.store.tables import LABEL_TABLES

OWN = {
    "entity": ("type", "given", "subtype", "start", '"end"', "link"),
    "event": ("type", "given", "start", '"end"'),
    "argument": ("event", "role", "filler"),
    "stance": ("holder_kind", "holder", "target_kind", "target", "value", "voice"),
    "relation": ("type", "given", "source_label", "target_label"),
    "answer": ("question", '"values"'),
}
COMMON = ("note", "doubt", "origin", "source", "confidence", "decision")
COLUMNS = {kind: ("uid", "layer", *own, *COMMON) for kind, own in OWN.items()}
INSERT = {
    kind: f"INSERT INTO {LABEL_TABLES[kind]}({','.join(columns)})"
    f" VALUES({','.join('?' * len(columns))})"
    for kind, columns in COLUMNS.items()
}
INSERT_SPAN = 'INSERT INTO spans(layer,label,part,n,start,"end",quote) VALUES(?,?,?,?,?,?,?)'
INSERT_ATTRIBUTE = "INSERT INTO attributes(layer,label,name,value) VALUES(?,?,?,?)"
INSERT_VOTE = "INSERT INTO votes(layer,label,n,annotator,value) VALUES(?,?,?,?,?)"
SATELLITES = ("spans", "attributes", "votes")
LABEL_KINDS = frozenset(LABEL_TABLES)

Row = tuple[Any, ...]


def row_of(label: Label, layer: int, schema: LabelSchema) -> Row:
    """Return the row of `label` in the table of its kind, in the order of `COLUMNS`."""
    origin = label.origin
    common = (
        label.note,
        label.doubt,
        origin.by,
        origin.source,
        origin.confidence / 1000,
        label.decision,
    )
    return (label.uid, layer, *_OWN_VALUES[type(label)](label, schema), *common)


def _types(given: str, schema: LabelSchema) -> tuple[str, str]:
    """Return the type after renaming, and the given one where that is another."""
    current = schema.current(given)
    return current, "" if current == given else given


def _of_entity(label: Entity, schema: LabelSchema) -> Row:
    start, end = hull(label.extent)
    return *_types(label.type, schema), label.subtype, start, end, label.link


def _of_event(label: Event, schema: LabelSchema) -> Row:
    return *_types(label.type, schema), *hull(label.extent)


def _of_argument(label: Argument, _: LabelSchema) -> Row:
    return label.event, label.type, label.filler


def _of_stance(label: Stance, _: LabelSchema) -> Row:
    holder, target = label.holder, label.target
    return holder.kind, holder.ref, target.kind, target.ref, label.type, label.voice


def _of_relation(label: Relation, schema: LabelSchema) -> Row:
    return *_types(label.type, schema), label.source, label.target


def _of_answer(label: Answer, _: LabelSchema) -> Row:
    return label.type, orjson.dumps(label.values).decode()


_OWN_VALUES: dict[type[Label], Callable[..., Row]] = {
    Entity: _of_entity,
    Event: _of_event,
    Argument: _of_argument,
    Stance: _of_stance,
    Relation: _of_relation,
    Answer: _of_answer,
}


def span_rows(label: Label, layer: int) -> list[Row]:
    """Return the rows of the spans of `label`: extent, head, evidence."""
    if isinstance(label, Entity | Event):
        uid = label.uid
        found: list[Row] = [(layer, uid, "extent", n, *span) for n, span in enumerate(label.extent)]
        if isinstance(label, Entity) and label.head:
            found += [(layer, uid, "head", n, *span) for n, span in enumerate(label.head)]
        return found
    if isinstance(label, Stance):
        return [(layer, label.uid, "evidence", n, *span) for n, span in enumerate(label.evidence)]
    return []


def attribute_rows(label: Label, layer: int) -> Iterator[Row]:
    """Yield the rows of the attributes of `label`."""
    for name, value in getattr(label, "attributes", ()):
        yield layer, label.uid, name, value


def vote_rows(label: Label, layer: int) -> Iterator[Row]:
    """Yield the rows of the votes behind a label of the gold layer."""
    for n, (annotator, value) in enumerate(label.votes):
        yield layer, label.uid, n, annotator, value


def insert(
    connection: sqlite3.Connection, layer: int, labels: Iterable[Label], schema: LabelSchema
) -> None:
    """Write `labels` into the layer with row id `layer`; the file refuses a quote that differs."""
    waiting = Waiting()
    waiting.add(layer, labels, schema)
    waiting.write(connection)


class Waiting:
    """Rows of labels that wait to be written together, table by table."""

    def __init__(self) -> None:
        self._labels: dict[str, list[Row]] = {kind: [] for kind in INSERT}
        self._satellites: dict[str, list[Row]] = {
            INSERT_SPAN: [],
            INSERT_ATTRIBUTE: [],
            INSERT_VOTE: [],
        }

    def __len__(self) -> int:
        return sum(map(len, self._labels.values()))

    def add(self, layer: int, labels: Iterable[Label], schema: LabelSchema) -> None:
        """Let the rows of `labels`, which stand in `layer`, wait."""
        spans, attributes, votes = self._satellites.values()
        for label in labels:
            self._labels[KIND_OF[type(label)]].append(row_of(label, layer, schema))
            spans += span_rows(label, layer)
            if getattr(label, "attributes", ()):
                attributes += attribute_rows(label, layer)
            if label.votes:
                votes += vote_rows(label, layer)

    def write(self, connection: sqlite3.Connection) -> None:
        """Write what waits."""
        for kind, found in self._labels.items():
            if found:
                connection.executemany(INSERT[kind], found)
                found.clear()
        for query, found in self._satellites.items():
            if found:
                connection.executemany(query, found)
                found.clear()


def delete(connection: sqlite3.Connection, layer: int, kind: str, uid: str) -> None:
    """Take the rows of the label `uid` out of the tables."""
    connection.execute(f"DELETE FROM {LABEL_TABLES[kind]} WHERE uid=? AND layer=?", (uid, layer))
    for table in SATELLITES:
        connection.execute(f"DELETE FROM {table} WHERE layer=? AND label=?", (layer, uid))


def clear(connection: sqlite3.Connection, layer: int) -> None:
    """Take every label of a layer out of the tables."""
    for table in (*LABEL_TABLES.values(), *SATELLITES, "held"):
        connection.execute(f"DELETE FROM {table} WHERE layer=?", (layer,))
