"""Examining layers: what their history says against what stands in the tables."""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, NamedTuple

from annotator.core import incoming
from annotator.core.incoming import Arrived
from annotator.core.labelschema import LabelSchema
from annotator.core.model import KIND_OF, Label
from annotator.core.operations import Scope
from annotator.core.standing import told_apart
from annotator.store import doctorfindings as found
from annotator.store import doctorhistory as history
from annotator.store import registers, rows, storedlabels
from annotator.store.doctorfindings import Findings
from annotator.store.tables import LABEL_TABLES

Row = tuple[Any, ...]
Table = dict[str, set[Row]]
_SPAN = ("layer", "label", "part", "n", "start", '"end"', "quote")
_TABLES: dict[str, tuple[str, ...]] = {
    **{table: rows.COLUMNS[kind] for kind, table in LABEL_TABLES.items()},
    "spans": _SPAN,
    "attributes": ("layer", "label", "name", "value"),
    "votes": ("layer", "label", "n", "annotator", "value"),
    "held": ("layer", "label", "kind", "why"),
}
"""What is compared, column by column. Of a label's own table the uid comes before the layer."""


class StoredLayer(NamedTuple):
    """A layer as the file has it: its row id, uid, scope, status and suggestions."""

    row: int
    uid: str
    article: str | None
    annotator: str | None
    status: str
    suggestions: str
    text: str | None

    @property
    def scope(self) -> Scope | None:
        """Its scope; None where its article or its annotator is missing."""
        whole = self.article is not None and self.annotator is not None
        return Scope(self.article or "", self.annotator or "") if whole else None


@dataclass(slots=True)
class Known:
    """What the examination of layers needs to know of the rest of the file.

    `bad_texts` are articles (SHA-256) whose texts are others; `left_out` operations that were taken
    back, `noted` those before which something is known to be missing; `assigned` the layers (uids)
    that begin with an assignment, None where that is not asked.
    """

    schema: LabelSchema | None
    left_out: Collection[str] = ()
    bad_texts: Collection[str] = ()
    assigned: Collection[str] | None = None
    excused: history.Excused = history.nobody
    noted: Collection[str] = ()


def stored_after(connection: sqlite3.Connection, row: int, n: int) -> list[StoredLayer]:
    """Return the next `n` layers after the one with that row id."""
    query = f"{_LAYERS} WHERE l.id>? ORDER BY l.id LIMIT ?"
    return [StoredLayer(*found) for found in connection.execute(query, (row, n))]


def stored_of(connection: sqlite3.Connection, article: str) -> list[StoredLayer]:
    """Return the layers of an article (its SHA-256)."""
    query = f"{_LAYERS} WHERE a.sha256=? ORDER BY l.id"
    return [StoredLayer(*found) for found in connection.execute(query, (article,))]


_LAYERS = (
    "SELECT l.id,l.uid,a.sha256,n.uid,l.status,l.suggestions,t.text FROM layers l"
    " LEFT JOIN articles a ON a.id=l.article LEFT JOIN annotators n ON n.id=l.annotator"
    " LEFT JOIN texts t ON t.article=l.article"
)


@dataclass(slots=True)
class _Batch:
    """Layers that are compared together: what history says of each table, and what is there."""

    said: Table = field(default_factory=lambda: {table: set() for table in _TABLES})
    unsaid: set[int] = field(default_factory=set)  # layers whose history or text does not hold
    other_text: set[int] = field(default_factory=set)


def examine(
    connection: sqlite3.Connection, layers: Sequence[StoredLayer], known: Known, findings: Findings
) -> None:
    """Examine some layers that stand one after the other in the file."""
    if not layers:
        return
    told: dict[int, list[Row]] = defaultdict(list)
    for number, row in history.rows_of_layers(connection, layers[0].row, layers[-1].row):
        told[number].append(row)
    batch = _Batch()
    for layer in layers:
        _one(layer, told.get(layer.row, ()), known, batch, findings)
    by_row = {layer.row: layer for layer in layers}
    there = _there(connection, layers[0].row, layers[-1].row)
    _compare(batch, there, by_row, findings)


def _one(
    layer: StoredLayer, given: Sequence[Row], known: Known, batch: _Batch, findings: Findings
) -> None:
    """Fold one layer, and let what its history says wait to be compared."""
    told = history.of_scope(layer.scope, given, findings)
    history.chains(told, known.excused, findings, known.noted)
    if layer.article is None or layer.article in known.bad_texts:
        batch.other_text.add(layer.row)
    if told.bad or layer.row in batch.other_text or known.schema is None:
        batch.unsaid.add(layer.row)
        return
    if not given and known.assigned is not None and layer.uid not in known.assigned:
        findings.add(found.STATE, f"layers/{layer.uid}", "layer")
    _say(layer, told.sound, known, batch, findings)


def _say(
    layer: StoredLayer, given: Sequence[Arrived], known: Known, batch: _Batch, findings: Findings
) -> None:
    last = history.last_written(given, known.left_out).values()
    here = [change for change in last if change.after is not None]
    labels = [incoming.label_of(one) for one in here if one.kind in rows.LABEL_KINDS]
    standing, held = told_apart(labels, layer.text)
    schema, said = known.schema, batch.said
    if schema is None:
        return
    for label in standing:
        _add(said, layer.row, label, schema)
    said["held"].update(
        (layer.row, uid, storedlabels.kind_of_uid(uid), why) for uid, why in held.items()
    )
    bodies = {one.kind: incoming.body_of(one) for one in here if one.kind in _REGISTERS}
    for kind, is_now in (("status", layer.status), ("suggestions", layer.suggestions)):
        column, usual = _REGISTERS[kind]
        if bodies.get(kind, {}).get(column, usual) != is_now:
            findings.add(found.STATE, f"layers/{layer.uid}/{kind}", "status")


_REGISTERS = registers.LAYER_COLUMNS


def _add(said: Table, layer: int, label: Label, schema: LabelSchema) -> None:
    kind = KIND_OF[type(label)]
    said[LABEL_TABLES[kind]].add(rows.row_of(label, layer, schema))
    said["spans"].update(rows.span_rows(label, layer))
    said["attributes"].update(rows.attribute_rows(label, layer))
    said["votes"].update(rows.vote_rows(label, layer))


# --- the tables ---------------------------------------------------------------------------------


def _there(connection: sqlite3.Connection, first: int, last: int) -> Table:
    return {
        table: set(
            connection.execute(
                f"SELECT {','.join(columns)} FROM {table} WHERE layer BETWEEN ? AND ?",
                (first, last),
            )
        )
        for table, columns in _TABLES.items()
    }


def _compare(
    batch: _Batch, there: Table, layers: dict[int, StoredLayer], findings: Findings
) -> None:
    """Tell what differs, label by label, and what then points to nothing."""
    differing: dict[tuple[int, str], list[tuple[str, Row]]] = defaultdict(list)
    for table in _TABLES:
        for row in batch.said[table] ^ there[table]:
            differing[_label_of(table, row)].append((table, row))
    if not differing and not batch.unsaid:
        return
    said_uids, there_uids = _uids(batch.said), _uids(there)
    for (number, uid), differences in sorted(differing.items(), key=itemgetter(0)):
        if number in batch.unsaid or number not in layers:  # the latter are dangling references
            continue
        layer = layers[number]
        where = f"layers/{layer.uid}/{uid}"
        if any(table == "held" for table, _ in differences):
            findings.add(found.HELD, where)
        code, why = _what(
            differences, layer, (number, uid) in said_uids, (number, uid) in there_uids
        )
        if code:
            findings.add(code, where, why)
    _quotes(there["spans"], layers, batch.unsaid - batch.other_text, findings)
    touched = layers.keys() & ({number for number, _ in differing} | batch.unsaid)
    _pointers(there, touched, layers, findings)


def _label_of(table: str, row: Row) -> tuple[int, str]:
    """Return the layer (its row id) and the label that a row is of."""
    return (row[0], row[1]) if table in _SATELLITES else (row[1], row[0])


_SATELLITES = frozenset({*rows.SATELLITES, "held"})


def _uids(tables: Table) -> set[tuple[int, str]]:
    return {(row[1], row[0]) for table in LABEL_TABLES.values() for row in tables[table]}


def _what(
    differences: list[tuple[str, Row]], layer: StoredLayer, is_said: bool, is_there: bool
) -> tuple[str, str]:
    """Return the code, and the case of it, of what differs in the tables of one label."""
    tables = {table for table, _ in differences} - {"held"}
    if not tables:
        return "", ""
    if is_said and is_there:
        spans = (row for table, row in differences if table == "spans")
        if layer.text is not None and any(not _lies(row, layer.text) for row in spans):
            return found.QUOTE, ""
        return found.STATE, "differs"
    return found.STATE, "missing" if is_said else "added"


def _lies(span: Row, text: str) -> bool:
    start, end, quote = span[4:7]
    return bool(text[start:end] == quote)


def _quotes(
    spans: Iterable[Row],
    layers: dict[int, StoredLayer],
    unfolded: Collection[int],
    findings: Findings,
) -> None:
    """Tell the spans that are not the text, in layers whose history does not say what they are."""
    for span in spans:
        if span[0] in unfolded:
            layer = layers[span[0]]
            if layer.text is not None and not _lies(span, layer.text):
                findings.add(found.QUOTE, f"layers/{layer.uid}/{span[1]}")


def _pointers(
    there: Table, touched: Collection[int], layers: dict[int, StoredLayer], findings: Findings
) -> None:
    """Tell the arguments in `touched` layers whose event or filler is not in the tables."""
    events = {(row[1], row[0]) for row in there["events"]}
    fillers = events | {(row[1], row[0]) for row in there["entities"]}
    for uid, layer, event, _, filler, *_ in there["arguments"]:
        if layer not in touched:
            continue
        where = f"layers/{layers[layer].uid}/{uid}"
        if (layer, event) not in events:
            findings.add(found.POINTER, where, "event")
        elif (layer, filler) not in fillers:
            findings.add(found.POINTER, where, "filler")
