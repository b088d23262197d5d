"""Labels as rows: one table a kind, their spans, attributes and votes in tables of their own.

The type that a table shows is the one after renaming; the body in history keeps the given one.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from typing import Any, cast

import orjson

from annotator.core.bodies import Body, body_of
from annotator.core.labelschema import LabelSchema
from annotator.core.model import (
    KIND_OF,
    LETTER,
    PERSON,
    Answer,
    Argument,
    Attributes,
    Entity,
    Event,
    Extent,
    Label,
    Origin,
    Party,
    Relation,
    Span,
    Stance,
    hull,
)
from annotator.store.tables import LABEL_TABLES

_OWN = {
    "entity": ("type", "subtype", "start", '"end"', "link"),
    "event": ("type", "start", '"end"'),
    "argument": ("event", "role", "filler"),
    "stance": ("holder_kind", "holder", "target_kind", "target", "value", "voice"),
    "relation": ("type", "source_label", "target_label"),
    "answer": ("question", '"values"'),
}
_COMMON = ("note", "doubt", "origin", "source", "confidence", "decision")
COLUMNS = {kind: ("uid", "layer", *own, *_COMMON) for kind, own in _OWN.items()}
INSERT = {
    kind: f"INSERT INTO {LABEL_TABLES[kind]}({','.join(columns)})"
    f" VALUES({','.join('?' * len(columns))})"
    for kind, columns in COLUMNS.items()
}
_SELECT = {
    kind: f"SELECT uid,{','.join(own + _COMMON)} FROM {LABEL_TABLES[kind]}"
    for kind, own in _OWN.items()
}
_IN_ORDER = {
    "entity": ' ORDER BY start,"end" DESC,type,uid',
    "event": ' ORDER BY start,"end" DESC,type,uid',
    "argument": " ORDER BY uid",
    "stance": " ORDER BY uid",
    "relation": " ORDER BY type,uid",
    "answer": " ORDER BY question,uid",
}
INSERT_SPAN = 'INSERT INTO spans(layer,label,part,n,start,"end",quote) VALUES(?,?,?,?,?,?,?)'
INSERT_ATTRIBUTE = "INSERT INTO attributes(layer,label,name,value) VALUES(?,?,?,?)"
INSERT_VOTE = "INSERT INTO votes(layer,label,n,annotator,value) VALUES(?,?,?,?,?)"
SATELLITES = ("spans", "attributes", "votes")
LABEL_KINDS = frozenset(LABEL_TABLES)
_KIND_OF_LETTER = {letter: kind for kind, letter in LETTER.items()}

Row = tuple[Any, ...]


def kind_of_uid(uid: str) -> str | None:
    """Return the kind that the first letter of a label's uid tells, or None."""
    return _KIND_OF_LETTER.get(uid[:1])


# --- writing ------------------------------------------------------------------------------------


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


def _of_entity(label: Entity, schema: LabelSchema) -> Row:
    start, end = hull(label.extent)
    return schema.current(label.type), label.subtype, start, end, label.link


def _of_event(label: Event, schema: LabelSchema) -> Row:
    return schema.current(label.type), *hull(label.extent)


def _of_argument(label: Argument, _: LabelSchema) -> Row:
    return label.event, label.type, label.filler


def _of_stance(label: Stance, _: LabelSchema) -> Row:
    holder, target = label.holder, label.target
    return holder.kind, holder.ref, target.kind, target.ref, label.type, label.voice


def _of_relation(label: Relation, schema: LabelSchema) -> Row:
    return schema.current(label.type), label.source, label.target


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
_PARTS = (("extent", "extent"), ("head", "head"), ("evidence", "evidence"))


def span_rows(label: Label, layer: int) -> Iterator[Row]:
    """Yield the rows of the spans of `label`: extent, head, evidence."""
    for part, name in _PARTS:
        for n, span in enumerate(getattr(label, name, ())):
            yield layer, label.uid, part, n, *span


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
    for label in labels:
        connection.execute(INSERT[KIND_OF[type(label)]], row_of(label, layer, schema))
        connection.executemany(INSERT_SPAN, span_rows(label, layer))
        connection.executemany(INSERT_ATTRIBUTE, attribute_rows(label, layer))
        connection.executemany(INSERT_VOTE, vote_rows(label, layer))


def delete(connection: sqlite3.Connection, layer: int, kind: str, uid: str) -> None:
    """Take the rows of the label `uid` out of the tables."""
    connection.execute(f"DELETE FROM {LABEL_TABLES[kind]} WHERE uid=? AND layer=?", (uid, layer))
    for table in SATELLITES:
        connection.execute(f"DELETE FROM {table} WHERE layer=? AND label=?", (layer, uid))


def clear(connection: sqlite3.Connection, layer: int) -> None:
    """Take every label of a layer out of the tables."""
    for table in (*LABEL_TABLES.values(), *SATELLITES, "held"):
        connection.execute(f"DELETE FROM {table} WHERE layer=?", (layer,))


# --- reading ------------------------------------------------------------------------------------

Parts = dict[str, dict[str, Extent]]


def labels_of(connection: sqlite3.Connection, layer: int, kind: str = "") -> list[Label]:
    """Return the labels of a layer, kind by kind, each in the order of export."""
    kinds = (kind,) if kind else tuple(LABEL_TABLES)
    satellites = _Satellites(connection, layer)
    return [
        satellites.label(kind, row)
        for kind in kinds
        for row in connection.execute(_SELECT[kind] + " WHERE layer=?" + _IN_ORDER[kind], (layer,))
    ]


def label(connection: sqlite3.Connection, uid: str, layer: int) -> Label | None:
    """Return the label `uid` of the layer with row id `layer`, or None."""
    kind = kind_of_uid(uid)
    if kind is None:
        return None
    query = _SELECT[kind] + " WHERE uid=? AND layer=?"
    row = connection.execute(query, (uid, layer)).fetchone()
    return _Satellites(connection, layer, uid).label(kind, row) if row else None


def body(connection: sqlite3.Connection, uid: str, layer: int) -> Body | None:
    """Return the body of the label `uid` of a layer, or None."""
    found = label(connection, uid, layer)
    return None if found is None else body_of(found)


def has_labels(connection: sqlite3.Connection, layer: int) -> bool:
    """Whether any label stands in a layer."""
    return any(
        connection.execute(f"SELECT 1 FROM {table} WHERE layer=? LIMIT 1", (layer,)).fetchone()
        for table in LABEL_TABLES.values()
    )


def layer_of_label(connection: sqlite3.Connection, uid: str) -> int | None:
    """Return the row id of the layer that the label `uid` stands in."""
    kind = kind_of_uid(uid)
    if kind is None:
        return None
    query = f"SELECT layer FROM {LABEL_TABLES[kind]} WHERE uid=?"
    row = connection.execute(query, (uid,)).fetchone()
    return cast(int, row[0]) if row else None


def where(
    connection: sqlite3.Connection, layer: int, kind: str, condition: str, values: Row
) -> list[Label]:
    """Return the labels of one kind in a layer for which `condition`, written here, holds."""
    query = f"{_SELECT[kind]} WHERE layer=? AND ({condition})"
    rows = connection.execute(query, (layer, *values)).fetchall()
    return [_Satellites(connection, layer, row[0]).label(kind, row) for row in rows]


class _Satellites:
    """Spans, attributes and votes of a layer, or of one label of it."""

    def __init__(self, connection: sqlite3.Connection, layer: int, uid: str = "") -> None:
        only = " AND label=?" if uid else ""
        key = (layer, uid) if uid else (layer,)
        self._spans: dict[tuple[str, str], Extent] = {}
        self._attributes: dict[str, Attributes] = {}
        self._votes: dict[str, Attributes] = {}
        query = f'SELECT label,part,start,"end",quote FROM spans WHERE layer=?{only}'
        for name, part, *span in connection.execute(query, key):
            self._spans[name, part] = (*self._spans.get((name, part), ()), Span(*span))
        query = f"SELECT label,name,value FROM attributes WHERE layer=?{only}"
        for name, *pair in connection.execute(query, key):
            self._attributes[name] = (*self._attributes.get(name, ()), (pair[0], pair[1]))
        query = f"SELECT label,annotator,value FROM votes WHERE layer=?{only}"
        for name, *pair in connection.execute(query, key):
            self._votes[name] = (*self._votes.get(name, ()), (pair[0], pair[1]))

    def label(self, kind: str, row: Row) -> Label:
        uid = row[0]
        note, doubt, by, source, confidence, decision = row[-6:]
        own = row[1:-6]
        is_person = by == "person" and not source and confidence == 1
        common: dict[str, Any] = {
            "note": note,
            "doubt": doubt,
            "origin": PERSON if is_person else Origin(by, source, round(confidence * 1000)),
            "decision": decision,
            "votes": self._votes.get(uid, ()),
        }
        if kind not in ("argument", "answer"):
            common["attributes"] = self._attributes.get(uid, ())
        return _MADE[kind](self, uid, own, common)

    def _entity(self, uid: str, own: Row, common: dict[str, Any]) -> Label:
        type_, subtype, _, _, link = own
        extent, head = self._spans[uid, "extent"], self._spans.get((uid, "head"), ())
        return Entity(uid, extent, type_, subtype=subtype, head=head, link=link, **common)

    def _event(self, uid: str, own: Row, common: dict[str, Any]) -> Label:
        return Event(uid, self._spans[uid, "extent"], own[0], **common)

    def _argument(self, uid: str, own: Row, common: dict[str, Any]) -> Label:
        return Argument(uid, *own, **common)

    def _stance(self, uid: str, own: Row, common: dict[str, Any]) -> Label:
        holder_kind, holder, target_kind, target, value, voice = own
        evidence = self._spans.get((uid, "evidence"), ())
        parties = (Party(holder_kind, holder), Party(target_kind, target))
        return Stance(uid, *parties, value, voice=voice, evidence=evidence, **common)

    def _relation(self, uid: str, own: Row, common: dict[str, Any]) -> Label:
        return Relation(uid, *own, **common)

    def _answer(self, uid: str, own: Row, common: dict[str, Any]) -> Label:
        return Answer(uid, own[0], tuple(orjson.loads(own[1])), **common)


_MADE: dict[str, Callable[[_Satellites, str, Row, dict[str, Any]], Label]] = {
    "entity": _Satellites._entity,
    "event": _Satellites._event,
    "argument": _Satellites._argument,
    "stance": _Satellites._stance,
    "relation": _Satellites._relation,
    "answer": _Satellites._answer,
}
