"""Writing a line of `hashiya/1`: keys in the format's order, labels in the format's order.

An export of a million labels goes through here: what looks written out at length is so for speed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from annotator.arabic.tokens import attached, word_edges
from annotator.core.labelschema import LabelSchema
from annotator.core.model import (
    PERSON,
    Annotator,
    Answer,
    Argument,
    Article,
    Entity,
    Event,
    Extent,
    Label,
    Layer,
    Origin,
    Party,
    Region,
    Relation,
    Stance,
)

FORMAT = "hashiya/1"

Map = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """What a row is made of: one layer with its article, text and labels."""

    article: Article
    text: str
    annotator: Annotator
    layer: Layer
    regions: Sequence[Region]
    labels: Sequence[Label]


def row_of(page: Page, schema: LabelSchema) -> Map:
    """Return `page` as a row: keys in the format's order."""
    article, writer = page.article, _Writer(page, schema)
    return {
        "format": FORMAT,
        "article": {
            "uid": article.uid,
            "sha256": article.sha256,
            "title": article.title,
            "source": article.source,
            "language": article.language,
            "meta": article.meta,
        },
        "text": page.text,
        "annotator": {
            "uid": page.annotator.uid,
            "name": page.annotator.name,
            "kind": page.annotator.kind,
        },
        "status": page.layer.status,
        "suggestions": page.layer.suggestions,
        "schema": {"name": schema.name, "version": schema.version, "digest": schema.digest},
        "regions": [_region(region) for region in page.regions],
        **writer.labels(),
    }


def _region(region: Region) -> Map:
    start, end, role, source = region
    return {"start": start, "end": end, "role": role, "source": source}


class _Writer:
    """The labels of one page as maps, in the order of the format."""

    def __init__(self, page: Page, schema: LabelSchema) -> None:
        self._text = page.text
        self._schema = schema
        self._current = schema.current
        self._kinds: dict[type[Label], list[Any]] = {}
        for label in page.labels:
            self._kinds.setdefault(type(label), []).append(label)
        # where a label lies: what argument, holder and target quote of the label they name
        self._hulls: dict[str, tuple[int, int]] = {
            label.uid: (label.extent[0].start, label.extent[-1].end)
            for kind in (Entity, Event)
            for label in self._kinds.get(kind, ())
        }

    def labels(self) -> Map:
        """Return the labels by the keys of the row, each list in the order of the format."""
        arguments: dict[str, list[Argument]] = {}
        for argument in self._kinds.get(Argument, ()):
            arguments.setdefault(argument.event, []).append(argument)
        return {
            "entities": [self._entity(label) for label in self._in_text_order(Entity)],
            "events": [
                self._event(label, arguments.get(label.uid, []))
                for label in self._in_text_order(Event)
            ],
            "stances": self._sorted(Stance, _stance_order, self._stance),
            "relations": self._sorted(Relation, self._relation_order, self._relation),
            "answers": self._sorted(Answer, _answer_order, self._answer),
        }

    def _in_text_order(self, kind: type[Entity] | type[Event]) -> list[Any]:
        return sorted(self._kinds.get(kind, ()), key=self._text_order)

    def _text_order(self, label: Entity | Event) -> tuple[int, int, str, str]:
        extent = label.extent
        return extent[0].start, -extent[-1].end, self._current(label.type), label.uid

    def _relation_order(self, label: Relation) -> tuple[str, ...]:
        return self._current(label.type), label.uid

    def _sorted(
        self,
        kind: type[Label],
        order: Callable[[Any], tuple[str, ...]],
        write: Callable[[Any], Map],
    ) -> list[Map]:
        return [write(label) for label in sorted(self._kinds.get(kind, ()), key=order)]

    def _entity(self, label: Entity) -> Map:
        extent = label.extent
        start, end = extent[0].start, extent[-1].end
        first, last, pre, post = self._words(start, end)
        return {
            "uid": label.uid,
            "type": self._current(label.type),
            "subtype": label.subtype,
            "start": start,
            "end": end,
            "quote": extent[0].quote if len(extent) == 1 else self._text[start:end],
            "spans": _spans(extent),
            "head": _spans(label.head),
            "word_start": first,
            "word_end": last,
            "pre": pre,
            "post": post,
            "attributes": _pairs(label.attributes),
            "link": label.link,
            "note": label.note,
            "doubt": label.doubt,
            "origin": _origin(label.origin),
            "decision": label.decision,
            "votes": _votes(label.votes),
        }

    def _event(self, label: Event, arguments: list[Argument]) -> Map:
        roles, hulls = self._schema.role_order, self._hulls
        event = self._schema.current(label.type)

        def order(item: Argument) -> tuple[int, str, int, str]:
            place = roles.get((event, item.type), len(roles))
            return place, item.type, hulls[item.filler][0], item.uid

        start, end = label.extent[0].start, label.extent[-1].end
        first, last, pre, post = self._words(start, end)
        return {
            "uid": label.uid,
            "type": event,
            "start": start,
            "end": end,
            "quote": self._text[start:end],
            "spans": _spans(label.extent),
            "word_start": first,
            "word_end": last,
            "pre": pre,
            "post": post,
            "attributes": _pairs(label.attributes),
            "arguments": [self._argument(item) for item in sorted(arguments, key=order)],
            **_common(label),
        }

    def _argument(self, label: Argument) -> Map:
        start, end = self._hulls[label.filler]
        return {
            "uid": label.uid,
            "role": label.type,
            "filler": label.filler,
            "start": start,
            "end": end,
            "quote": self._text[start:end],
            **_common(label),
        }

    def _stance(self, label: Stance) -> Map:
        return {
            "uid": label.uid,
            "holder": self._party(label.holder),
            "target": self._party(label.target),
            "value": label.type,
            "voice": label.voice,
            "evidence": _spans(label.evidence),
            "attributes": _pairs(label.attributes),
            **_common(label),
        }

    def _party(self, party: Party) -> Map:
        return {"kind": party.kind, "ref": party.ref, "text": self._party_text(party)}

    def _party_text(self, party: Party) -> str:
        if party.kind == "topic":
            topic = self._schema.topic_names.get(party.ref)
            return topic.ar if topic else ""
        start, end = self._hulls.get(party.ref, (0, 0))
        return self._text[start:end]

    def _relation(self, label: Relation) -> Map:
        return {
            "uid": label.uid,
            "type": self._current(label.type),
            "source": label.source,
            "target": label.target,
            "attributes": _pairs(label.attributes),
            **_common(label),
        }

    def _answer(self, label: Answer) -> Map:
        values = list(label.values)
        return {"uid": label.uid, "question": label.type, "values": values, **_common(label)}

    def _words(self, start: int, end: int) -> tuple[int, int, str, str]:
        """Return the edges of the words touched, and the letters attached before and after."""
        text = self._text
        # most labels are whole words: see that before calling anybody
        if (
            (not start or text[start - 1].isspace())
            and (end == len(text) or text[end].isspace())
            and not (text[start].isspace() or text[end - 1].isspace())
        ):
            return start, end, "", ""
        return *word_edges(text, start, end), *attached(text, start, end)


def _stance_order(label: Stance) -> tuple[str, ...]:
    return label.target.kind, label.target.ref, label.holder.kind, label.holder.ref, label.uid


def _answer_order(label: Answer) -> tuple[str, ...]:
    return label.type, label.uid


def _spans(extent: Extent) -> list[Map]:
    if not extent:
        return []
    return [{"start": start, "end": end, "quote": quote} for start, end, quote in extent]


def _pairs(pairs: Sequence[tuple[str, str]]) -> list[Map]:
    return [{"name": name, "value": value} for name, value in pairs] if pairs else []


def _votes(votes: Sequence[tuple[str, str]]) -> list[Map]:
    return [{"annotator": who, "value": value} for who, value in votes] if votes else []


def _common(label: Label) -> Map:
    return {
        "note": label.note,
        "doubt": label.doubt,
        "origin": _origin(label.origin),
        "decision": label.decision,
        "votes": _votes(label.votes),
    }


_BY_PERSON: Map = {"by": "person", "source": "", "confidence": 1.0}


def _origin(origin: Origin) -> Map:
    if origin is PERSON:
        return _BY_PERSON
    return {"by": origin.by, "source": origin.source, "confidence": origin.confidence / 1000}
