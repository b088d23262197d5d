"""The sample labels as lists of what is to be made: (text, type), and who points to whom.

What a person types in besides is left out: links, notes, doubts, heads, attributes. Labels of
several spans are left out with what points to them, because no gesture makes them; so are
relations and answers, which have no bound.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from annotator.core.labelschema import LabelSchema
from annotator.core.model import Argument, Entity, Event, Label, Party, Stance
from annotator.gui.models.filling import DIGITS
from annotator.paths import seeds

Row = dict[str, Any]
_KINDS = ("add_entity", "add_event", "add_argument", "add_stance")
_PLACED = ("add_entity", "add_event")


def wanted(name: str) -> dict[str, list[Row]]:
    """Return what the annotator `name` of the samples made, by article, in the order of making.

    It is hers, paragraph after paragraph, but that each event is followed by its arguments, and
    comes after the events that play a role in it.
    """
    lines = (seeds() / "labels" / f"{name}.jsonl").read_text("utf-8").splitlines()
    articles: dict[str, list[Row]] = {}
    known: dict[str, str] = {}
    for row in map(json.loads, lines):
        if row["do"] not in _KINDS or "spans" in row or not _is_known(row, known):
            continue
        article = row.get("article") or known[row["event"]]
        if "as" in row:
            known["$" + row["as"]] = article
        articles.setdefault(article, []).append(row)
    return {article: _in_order(rows) for article, rows in articles.items()}


def without_keys(rows: list[Row], schema: LabelSchema) -> list[Row]:
    """Return `rows` without the subtypes beyond the ninth: the digits do not reach these."""
    return [{**row, "subtype": ""} if _number(row, schema) > DIGITS else row for row in rows]


def _number(row: Row, schema: LabelSchema) -> int:
    if not row.get("subtype"):
        return 0
    known = [item.id for item in schema.entity_types[row["type"]].subtypes]
    return known.index(row["subtype"]) + 1


def left_out(name: str) -> Counter[str]:
    """Return how many labels of each kind are not replayed."""
    lines = (seeds() / "labels" / f"{name}.jsonl").read_text("utf-8").splitlines()
    written = Counter(json.loads(line)["do"] for line in lines)
    replayed = Counter(row["do"] for rows in wanted(name).values() for row in rows)
    return +(written - replayed)


def _is_known(row: Row, known: Mapping[str, str]) -> bool:
    """Whether all that `row` points to is made too."""
    target = row.get("target")
    pointed = [row.get("event"), row.get("filler"), row.get("holder")]
    if isinstance(target, dict) and target["kind"] != "topic":
        pointed.append(target["ref"])
    return all(name in known for name in pointed if name and name != "author")


def _in_order(rows: list[Row]) -> list[Row]:
    """Return `rows` with each event's arguments after it, and all fillers before it."""
    made = {"$" + row["as"]: row for row in rows if "as" in row}
    found: dict[str, Row] = {}
    last: list[Row] = []

    def make(name: str) -> None:
        if name in found or name not in made:
            return
        own = [row for row in rows if row.get("event") == name]
        for row in own:
            make(row["filler"])
        found[name] = made[name]
        found.update({f"{name} {n}": row for n, row in enumerate(own)})

    for name, row in made.items():
        if row["do"] == "add_stance":
            last.append(row)
        else:
            make(name)
    return [*found.values(), *last]


# --- what is in the file --------------------------------------------------------------------------


def meant(rows: Iterable[Row]) -> Counter[tuple[object, ...]]:
    """Return what should be in the file, each label as a plain value."""
    rows = list(rows)
    places = {"$" + row["as"]: _place(row) for row in rows if row["do"] in _PLACED}
    found: Counter[tuple[object, ...]] = Counter()
    for row in rows:
        if row["do"] in _PLACED:
            found[row["do"], _place(row), row.get("subtype", "")] += 1
        elif row["do"] == "add_argument":
            filler, event = places[row["filler"]], places[row["event"]]
            found["add_argument", event, row["role"], filler] += 1
        else:
            found[_meant_stance(row, places)] += 1
    return found


def _place(row: Row) -> tuple[object, ...]:
    return row["type"], ((row["start"], row["end"], row["quote"]),)


def _meant_stance(row: Row, places: Mapping[str, tuple[object, ...]]) -> tuple[object, ...]:
    target = row["target"]
    evidence = tuple(
        (*span, quote)
        for span, quote in zip(row.get("evidence", ()), row.get("quotes", ()), strict=True)
    )
    return (
        "add_stance",
        places.get(row["holder"], row["holder"]),
        places.get(target["ref"], target["ref"]),
        row["value"],
        row["voice"],
        evidence,
    )


def told(labels: Iterable[Label]) -> Counter[tuple[object, ...]]:
    """Return the labels of a layer as `meant` spells them."""
    by_uid = {label.uid: label for label in labels}
    return Counter(_said(label, by_uid) for label in by_uid.values())


def _said(label: Label, labels: Mapping[str, Label]) -> tuple[object, ...]:
    if isinstance(label, Entity):
        return "add_entity", _where(label), label.subtype
    if isinstance(label, Event):
        return "add_event", _where(label), ""
    if isinstance(label, Argument):
        return (
            "add_argument",
            _where(labels[label.event]),
            label.type,
            _where(labels[label.filler]),
        )
    if isinstance(label, Stance):
        parties = (_party(party, labels) for party in (label.holder, label.target))
        return ("add_stance", *parties, label.type, label.voice, _spans(label.evidence))
    return (type(label).__name__, label.uid)


def _party(party: Party, labels: Mapping[str, Label]) -> object:
    if party.kind in ("entity", "event"):
        return _where(labels[party.ref])
    return party.ref or party.kind


def _where(label: Label) -> tuple[object, ...]:
    assert isinstance(label, Entity | Event)
    return label.type, _spans(label.extent)


def _spans(extent: Iterable[Any]) -> tuple[object, ...]:
    return tuple((start, end, quote) for start, end, quote in extent)
