"""Labels into rows: one table a kind, their spans, attributes and votes in tables of their own.

The type that a table shows is the one after renaming; the body in history keeps the given one.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from operator import itemgetter
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
)
from annotator.store.tables import LABEL_TABLES

Row = tuple[Any, ...]

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
SPANS = ("layer", "label", "part", "n", "start", '"end"', "quote")
ATTRIBUTES = ("layer", "label", "name", "value")
VOTES = ("layer", "label", "n", "annotator", "value")


def _insert(table: str, columns: Sequence[str], n_rows: int = 1) -> str:
    row = f"({','.join('?' * len(columns))})"
    return f"INSERT INTO {table}({','.join(columns)}) VALUES{','.join([row] * n_rows)}"


INSERT = {kind: _insert(LABEL_TABLES[kind], columns) for kind, columns in COLUMNS.items()}
INSERT_SPAN = _insert("spans", SPANS)
INSERT_ATTRIBUTE = _insert("attributes", ATTRIBUTES)
INSERT_VOTE = _insert("votes", VOTES)
SATELLITES = ("spans", "attributes", "votes")
_MENTIONS = (Entity, Event)
LABEL_KINDS = frozenset(LABEL_TABLES)


def row_of(label: Label, layer: int, schema: LabelSchema) -> Row:
    """Return the row of `label` in the table of its kind, in the order of `COLUMNS`."""
    return _ROW_OF[type(label)](label, layer, schema)


def _types(given: str, schema: LabelSchema) -> tuple[str, str]:
    """Return the type after renaming, and the given one where that is another."""
    current = schema.current(given)
    return current, "" if current == given else given


def _common(label: Label) -> Row:
    origin = label.origin
    told = (origin.by, origin.source, origin.confidence / 1000)
    return label.note, label.doubt, *told, label.decision


def _of_entity(label: Entity, layer: int, schema: LabelSchema) -> Row:
    extent, given, origin = label.extent, label.type, label.origin
    current = schema.current(given)
    return (
        label.uid,
        layer,
        current,
        "" if current == given else given,
        label.subtype,
        extent[0][0],
        extent[-1][1],
        label.link,
        label.note,
        label.doubt,
        origin.by,
        origin.source,
        origin.confidence / 1000,
        label.decision,
    )


def _of_event(label: Event, layer: int, schema: LabelSchema) -> Row:
    extent = label.extent
    own = (*_types(label.type, schema), extent[0][0], extent[-1][1])
    return label.uid, layer, *own, *_common(label)


def _of_argument(label: Argument, layer: int, _: LabelSchema) -> Row:
    return label.uid, layer, label.event, label.type, label.filler, *_common(label)


def _of_stance(label: Stance, layer: int, _: LabelSchema) -> Row:
    holder, target = label.holder, label.target
    parties = (holder.kind, holder.ref, target.kind, target.ref)
    return label.uid, layer, *parties, label.type, label.voice, *_common(label)


def _of_relation(label: Relation, layer: int, schema: LabelSchema) -> Row:
    own = (*_types(label.type, schema), label.source, label.target)
    return label.uid, layer, *own, *_common(label)


def _of_answer(label: Answer, layer: int, _: LabelSchema) -> Row:
    values = orjson.dumps(label.values).decode()
    return label.uid, layer, label.type, values, *_common(label)


_ROW_OF: dict[type[Label], Callable[..., Row]] = {
    Entity: _of_entity,
    Event: _of_event,
    Argument: _of_argument,
    Stance: _of_stance,
    Relation: _of_relation,
    Answer: _of_answer,
}


def span_rows(label: Label, layer: int) -> list[Row]:
    """Return the rows of the spans of `label`: extent, head, evidence."""
    uid = label.uid
    if isinstance(label, _MENTIONS):
        extent = label.extent
        if len(extent) == 1:
            found: list[Row] = [(layer, uid, "extent", 0, *extent[0])]
        else:
            found = [(layer, uid, "extent", n, *span) for n, span in enumerate(extent)]
        if isinstance(label, Entity) and label.head:
            found += [(layer, uid, "head", n, *span) for n, span in enumerate(label.head)]
        return found
    if isinstance(label, Stance):
        return [(layer, uid, "evidence", n, *span) for n, span in enumerate(label.evidence)]
    return []


def attribute_rows(label: Label, layer: int) -> list[Row]:
    """Return the rows of the attributes of `label`."""
    return [(layer, label.uid, *pair) for pair in getattr(label, "attributes", ())]


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


_USUAL = {
    "given": "",
    "subtype": "",
    "link": "",
    "note": "",
    "doubt": "",
    "origin": "person",
    "source": "",
    "confidence": 1.0,
    "decision": "",
}
"""What the tables of labels put in by themselves."""
_MOST_VALUES = 999
"""Of one statement: any SQLite takes so many."""


class _Usual:
    """Rows of a kind that hold nothing unusual are written without what is usual.

    Nearly all are such, and each value that is bound takes time.
    """

    def __init__(self, kind: str) -> None:
        columns = COLUMNS[kind]
        said = [n for n, name in enumerate(columns) if name not in _USUAL]
        left_out = [n for n, name in enumerate(columns) if name in _USUAL]
        self.columns = [columns[n] for n in said]
        self._said, self._left_out = itemgetter(*said), itemgetter(*left_out)
        self._usual = tuple([_USUAL[columns[n]] for n in left_out])

    def told_apart(self, rows: list[Row]) -> tuple[list[Row], list[Row]]:
        """Return what the usual ones of `rows` say in `columns`, and the others as they are."""
        said, left_out, usual = self._said, self._left_out, self._usual
        others = [row for row in rows if left_out(row) != usual]
        if others:
            rows = [row for row in rows if left_out(row) == usual]
        return [said(row) for row in rows], others


_USUAL_OF = {kind: _Usual(kind) for kind in COLUMNS}


class Waiting:
    """Rows of labels that wait to be written together, table by table."""

    def __init__(self) -> None:
        self._labels: dict[str, list[Row]] = {kind: [] for kind in INSERT}
        self._spans: list[Row] = []
        self._attributes: list[Row] = []
        self._votes: list[Row] = []

    def __len__(self) -> int:
        return sum(map(len, self._labels.values()))

    def add(self, layer: int, labels: Iterable[Label], schema: LabelSchema) -> None:
        """Let the rows of `labels`, which stand in `layer`, wait."""
        for label in labels:
            kind = type(label)
            self._labels[KIND_OF[kind]].append(_ROW_OF[kind](label, layer, schema))
            if not isinstance(label, Argument):
                self._spans += span_rows(label, layer)
                if getattr(label, "attributes", ()):
                    self._attributes += attribute_rows(label, layer)
            if label.votes:
                self._votes += vote_rows(label, layer)

    def write(self, connection: sqlite3.Connection) -> None:
        """Write what waits."""
        for kind, found in self._labels.items():
            if not found:
                continue
            usual, others = _USUAL_OF[kind].told_apart(found)
            _write(connection, LABEL_TABLES[kind], _USUAL_OF[kind].columns, usual)
            _write(connection, LABEL_TABLES[kind], COLUMNS[kind], others)
            found.clear()
        _write(connection, "spans", SPANS, self._spans)
        _write(connection, "attributes", ATTRIBUTES, self._attributes)
        _write(connection, "votes", VOTES, self._votes)
        for rows in (self._spans, self._attributes, self._votes):
            rows.clear()


def _write(
    connection: sqlite3.Connection, table: str, columns: Sequence[str], rows: list[Row]
) -> None:
    """Write `rows`, as many by one statement as it takes: one by one it takes twice as long.

    For each statement SQLite opens tables and makes the lists that constraints look in.
    """
    if not rows:
        return
    at_once = _MOST_VALUES // len(columns)
    n = len(rows) - len(rows) % at_once
    if n:
        some = (chain.from_iterable(rows[k : k + at_once]) for k in range(0, n, at_once))
        connection.executemany(_insert(table, columns, at_once), map(tuple, some))
    if rows[n:]:
        connection.executemany(_insert(table, columns), rows[n:])


def delete(connection: sqlite3.Connection, layer: int, kind: str, uid: str) -> None:
    """Take the rows of the label `uid` out of the tables."""
    connection.execute(f"DELETE FROM {LABEL_TABLES[kind]} WHERE uid=? AND layer=?", (uid, layer))
    for table in SATELLITES:
        connection.execute(f"DELETE FROM {table} WHERE layer=? AND label=?", (layer, uid))


def clear(connection: sqlite3.Connection, layer: int) -> None:
    """Take every label of a layer out of the tables."""
    for table in (*LABEL_TABLES.values(), *SATELLITES, "held"):
        connection.execute(f"DELETE FROM {table} WHERE layer=?", (layer,))
