"""Labels out of rows: those of a layer, one by uid, or those for which a condition holds."""

import itertools
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import Any

import orjson

from annotator.core.bodies import Body, body_of
from annotator.core.model import (
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
    replace,
)
from annotator.store.rows import COMMON, OWN, Row
from annotator.store.tables import LABEL_TABLES

_PLACED = ("entity", "event")
_GIVEN_TYPE = "coalesce(nullif(x.given,''),x.type)"


def _columns(names: tuple[str, ...]) -> str:
    """Return columns as a label has them: its type as it was given."""
    told = (
        _GIVEN_TYPE if name == "type" and "given" in names else "x." + name
        for name in names
        if name != "given"
    )
    return ",".join(told)


_SELECT = {
    kind: f"SELECT x.layer,x.uid,{_columns(own + COMMON)}"
    + (',s.start,s."end",s.quote' if kind in _PLACED else "")
    + f" FROM {LABEL_TABLES[kind]} x"
    + (
        " JOIN spans s ON s.layer=x.layer AND s.label=x.uid AND s.part='extent'"
        if kind in _PLACED
        else ""
    )
    for kind, own in OWN.items()
}
"""A label that lies in the text comes in a row for each of its spans, nearly always one."""
_SELECT_SOME = {kind: select.replace(" JOIN ", " CROSS JOIN ") for kind, select in _SELECT.items()}
"""The same where labels are looked for: SQLite would begin with all spans of the layer else."""
_ORDER = {
    "entity": 'x.start,x."end" DESC,x.type,x.uid,s.n',
    "event": 'x.start,x."end" DESC,x.type,x.uid,s.n',
    "argument": "x.uid",
    "stance": "x.uid",
    "relation": "x.type,x.uid",
    "answer": "x.question,x.uid",
}
_KIND_OF_LETTER = {letter: kind for kind, letter in LETTER.items()}


def kind_of_uid(uid: str) -> str | None:
    """Return the kind that the first letter of a label's uid tells, or None."""
    return _KIND_OF_LETTER.get(uid[:1])


def labels_of(connection: sqlite3.Connection, layer: int, kind: str = "") -> list[Label]:
    """Return the labels of a layer, kind by kind, each in the order of export."""
    return labels_of_layers(connection, [layer], kind)[layer]


def labels_of_layers(
    connection: sqlite3.Connection, layers: Sequence[int], kind: str = ""
) -> dict[int, list[Label]]:
    """Return the labels of several layers (row ids, at most some hundreds) in one go."""
    satellites = _Satellites(connection, layers)
    found: dict[int, list[Label]] = {layer: [] for layer in layers}
    marks = ",".join("?" * len(layers))
    for name in (kind,) if kind else LABEL_TABLES:
        query = f"{_SELECT[name]} WHERE x.layer IN ({marks}) ORDER BY x.layer,{_ORDER[name]}"
        for layer, rows in itertools.groupby(connection.execute(query, layers), itemgetter(0)):
            found[layer] += satellites.labels(name, rows)
    return found


def label(connection: sqlite3.Connection, uid: str, layer: int) -> Label | None:
    """Return the label `uid` of the layer with row id `layer`, or None."""
    kind = kind_of_uid(uid)
    if kind is None:
        return None
    return next(iter(where(connection, layer, kind, "x.uid=?", (uid,))), None)


def body(connection: sqlite3.Connection, uid: str, layer: int) -> Body | None:
    """Return the body of the label `uid` of a layer, or None."""
    found = label(connection, uid, layer)
    return None if found is None else body_of(found)


def where(
    connection: sqlite3.Connection, layer: int, kind: str, condition: str, values: Row
) -> list[Label]:
    """Return the labels of one kind in a layer for which `condition`, written here, holds.

    In it the table of the kind is `x`.
    """
    order = "x.uid,s.n" if kind in _PLACED else "x.uid"
    query = f"{_SELECT_SOME[kind]} WHERE x.layer=? AND ({condition}) ORDER BY {order}"
    rows = connection.execute(query, (layer, *values)).fetchall()
    return [
        made
        for uid, group in itertools.groupby(rows, itemgetter(1))
        for made in _Satellites(connection, [layer], uid).labels(kind, group)
    ]


def has_labels(connection: sqlite3.Connection, layer: int) -> bool:
    """Whether any label stands in a layer."""
    return any(
        connection.execute(f"SELECT 1 FROM {table} WHERE layer=? LIMIT 1", (layer,)).fetchone()
        for table in LABEL_TABLES.values()
    )


def layers_of_label(connection: sqlite3.Connection, uid: str) -> list[int]:
    """Return the row ids of the layers that a label `uid` stands in.

    One, but where histories came together in which the same rows had been imported for different
    people.
    """
    kind = kind_of_uid(uid)
    if kind is None:
        return []
    query = f"SELECT layer FROM {LABEL_TABLES[kind]} WHERE uid=? ORDER BY layer"
    return [row for (row,) in connection.execute(query, (uid,))]


class _Satellites:
    """What belongs to the labels of a layer, or to one of them, in tables of its own."""

    def __init__(
        self, connection: sqlite3.Connection, layers: Sequence[int], uid: str = ""
    ) -> None:
        only = f" IN ({','.join('?' * len(layers))})" + (" AND label=?" if uid else "")
        key = (*layers, uid) if uid else tuple(layers)
        query = f"SELECT layer,label,name,value FROM attributes WHERE layer{only}"
        self.attributes = _grouped(connection.execute(query + " ORDER BY layer,label,name", key))
        query = f"SELECT layer,label,annotator,value FROM votes WHERE layer{only}"
        self.votes = _grouped(connection.execute(query + " ORDER BY layer,label,n", key))
        query = (
            f'SELECT layer,label,part,start,"end",quote FROM spans WHERE layer{only}'
            " AND part<>'extent' ORDER BY layer,label,part,n"
        )
        self.spans: dict[tuple[int, str, str], Extent] = {}
        for place, name, part, *span in connection.execute(query, key):
            of_label = (place, name, part)
            self.spans[of_label] = (*self.spans.get(of_label, ()), Span(*span))

    def labels(self, kind: str, found: Iterable[Row]) -> list[Label]:
        """Return the labels of one kind whose rows are `found`."""
        return _MADE[kind](self, found)


_Rest = tuple[Any, ...]


def _grouped(found: Iterable[Row]) -> dict[tuple[int, str], Attributes]:
    """Return pairs by layer and label: the same uid may stand in two layers."""
    groups: dict[tuple[int, str], Attributes] = {}
    for layer, name, *pair in found:
        groups[layer, name] = (*groups.get((layer, name), ()), (pair[0], pair[1]))
    return groups


def _origin(by: str, source: str, confidence: float) -> Origin:
    if by == "person" and confidence == 1 and not source:
        return PERSON
    return Origin(by, source, round(confidence * 1000))


def _entities(near: _Satellites, found: Iterable[Row]) -> list[Label]:
    """Make entities; this and the next are written out at length because exports live on them."""
    made: list[Label] = []
    uid, spans, attributes, votes = "", near.spans, near.attributes, near.votes
    for (
        layer, name, type_, subtype, _, _, link,
        note, doubt, by, source, confidence, decision, start, end, quote,
    ) in found:  # fmt: skip
        if name == uid:
            made[-1] = _longer(made[-1], Span(start, end, quote))
            continue
        uid = name
        head = spans.get((layer, uid, "head"), ()) if spans else ()
        pairs = attributes.get((layer, uid), ()) if attributes else ()
        cast = votes.get((layer, uid), ()) if votes else ()
        origin = _origin(by, source, confidence)
        extent = (Span(start, end, quote),)
        made.append(
            Entity(
                uid, extent, type_, subtype, head, link, pairs, note, doubt, origin, decision, cast
            )
        )
    return made


def _events(near: _Satellites, found: Iterable[Row]) -> list[Label]:
    made: list[Label] = []
    uid = ""
    for row in found:
        span = Span(*row[-3:])
        if row[1] == uid:
            made[-1] = _longer(made[-1], span)
            continue
        uid = row[1]
        pairs = near.attributes.get(row[:2], ())
        made.append(Event(uid, (span,), row[2], pairs, *_rest(near, row[:-3])))
    return made


def _longer(label: Label, span: Span) -> Label:
    """Return a label with one span more: rows come in the order of its spans."""
    if not isinstance(label, Entity | Event):
        raise TypeError("only entities and events lie in the text by an extent")
    return replace(label, extent=(*label.extent, span))


def _rest(near: _Satellites, row: Row) -> _Rest:
    note, doubt, by, source, confidence, decision = row[-6:]
    return note, doubt, _origin(by, source, confidence), decision, near.votes.get(row[:2], ())


def _arguments(near: _Satellites, found: Iterable[Row]) -> list[Label]:
    return [Argument(*row[1:5], *_rest(near, row)) for row in found]


def _stances(near: _Satellites, found: Iterable[Row]) -> list[Label]:
    made: list[Label] = []
    for row in found:
        uid, holder_kind, holder, target_kind, target, value, voice = row[1:8]
        evidence = near.spans.get((row[0], uid, "evidence"), ())
        pairs = near.attributes.get(row[:2], ())
        parties = Party(holder_kind, holder), Party(target_kind, target)
        rest = _rest(near, row)
        made.append(Stance(uid, *parties, value, voice, evidence, pairs, *rest))
    return made


def _relations(near: _Satellites, found: Iterable[Row]) -> list[Label]:
    made: list[Label] = []
    for row in found:
        uid, type_, source, target = row[1:5]
        pairs = near.attributes.get(row[:2], ())
        made.append(Relation(uid, type_, source, target, pairs, *_rest(near, row)))
    return made


def _answers(near: _Satellites, found: Iterable[Row]) -> list[Label]:
    return [Answer(row[1], row[2], tuple(orjson.loads(row[3])), *_rest(near, row)) for row in found]


_MADE: dict[str, Callable[[_Satellites, Iterable[Row]], list[Label]]] = {
    "entity": _entities,
    "event": _events,
    "argument": _arguments,
    "stance": _stances,
    "relation": _relations,
    "answer": _answers,
}
