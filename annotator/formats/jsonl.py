"""`hashiya/1`: one layer a line, offsets in code points, every key there with the same type.

Here a row is written and the format is registered; `jsonlread` reads one, `features` has the
column types for loaders.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from annotator.arabic.tokens import attached, word_edges
from annotator.core.labelschema import LabelSchema
from annotator.core.model import (
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
    Span,
    Stance,
)
from annotator.formats.base import Unit
from annotator.formats.jsonlread import units_of

FORMAT = "hashiya/1"
_ESCAPED = re.compile(
    rb"\xe2(?:\x80[\x8e\x8f\xa8-\xae]|\x81[\xa6-\xa9])|\xc2\x85|\xef\xbb\xbf|\xd8\x9c"
)
"""U+0085, U+2028, U+2029, U+FEFF and the bidi controls, in UTF-8."""

Map = dict[str, Any]


class HashiyaJsonl:
    """Our own rows: nothing is lost in them."""

    name = FORMAT
    reads = True
    writes = True
    unit = "code points"
    losses: tuple[str, ...] = ()

    def recognises(self, path: Path, head: bytes) -> bool:
        """A first line that begins as ours does, or an empty file of that name."""
        start = head.lstrip()
        is_ours = start.startswith(b"{") and b'"hashiya/' in start[:200]
        return is_ours or (not start and path.suffix.lower() == ".jsonl")

    def units(self, path: Path, encoding: str) -> Iterator[Unit]:
        """Yield a unit for each line; the encoding of JSONL is always UTF-8."""
        return units_of(path)


HASHIYA = HashiyaJsonl()


@dataclass(frozen=True, slots=True)
class Page:
    """What a row is made of: one layer with its article, text and labels."""

    article: Article
    text: str
    annotator: Annotator
    layer: Layer
    regions: Sequence[Region]
    labels: Sequence[Label]


def line_of(page: Page, schema: LabelSchema) -> bytes:
    """Return `page` as one line, with its line feed."""
    line = orjson.dumps(row_of(page, schema), option=orjson.OPT_APPEND_NEWLINE)
    return _ESCAPED.sub(_escape, line)


def _escape(found: re.Match[bytes]) -> bytes:
    return b"\\u%04x" % ord(found[0].decode())


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
            "relations": self._sorted(Relation, _relation_order, self._relation),
            "answers": self._sorted(Answer, _answer_order, self._answer),
        }

    def _in_text_order(self, kind: type[Entity] | type[Event]) -> list[Any]:
        return sorted(self._kinds.get(kind, ()), key=_text_order)

    def _sorted(
        self,
        kind: type[Label],
        order: Callable[[Any], tuple[str, ...]],
        write: Callable[[Any], Map],
    ) -> list[Map]:
        return [write(label) for label in sorted(self._kinds.get(kind, ()), key=order)]

    def _entity(self, label: Entity) -> Map:
        return {
            "uid": label.uid,
            "type": label.type,
            "subtype": label.subtype,
            **self._place(label.extent),
            "spans": _spans(label.extent),
            "head": _spans(label.head),
            **self._words(label.extent),
            "attributes": _pairs(label.attributes),
            "link": label.link,
            **_common(label),
        }

    def _event(self, label: Event, arguments: list[Argument]) -> Map:
        roles, hulls = self._schema.role_order, self._hulls
        event = self._schema.current(label.type)

        def order(item: Argument) -> tuple[int, str, int, str]:
            place = roles.get((event, item.type), len(roles))
            return place, item.type, hulls[item.filler][0], item.uid

        return {
            "uid": label.uid,
            "type": label.type,
            **self._place(label.extent),
            "spans": _spans(label.extent),
            **self._words(label.extent),
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
            "type": label.type,
            "source": label.source,
            "target": label.target,
            "attributes": _pairs(label.attributes),
            **_common(label),
        }

    def _answer(self, label: Answer) -> Map:
        values = list(label.values)
        return {"uid": label.uid, "question": label.type, "values": values, **_common(label)}

    def _place(self, extent: Extent) -> Map:
        start, end = extent[0].start, extent[-1].end
        return {"start": start, "end": end, "quote": self._text[start:end]}

    def _words(self, extent: Extent) -> Map:
        start, end = extent[0].start, extent[-1].end
        first, last = word_edges(self._text, start, end)
        pre, post = attached(self._text, start, end)
        return {"word_start": first, "word_end": last, "pre": pre, "post": post}


def _text_order(label: Entity | Event) -> tuple[int, int, str, str]:
    return label.extent[0].start, -label.extent[-1].end, label.type, label.uid


def _stance_order(label: Stance) -> tuple[str, ...]:
    return label.target.kind, label.target.ref, label.holder.kind, label.holder.ref, label.uid


def _relation_order(label: Relation) -> tuple[str, ...]:
    return label.type, label.uid


def _answer_order(label: Answer) -> tuple[str, ...]:
    return label.type, label.uid


def _spans(extent: Extent) -> list[Map]:
    return [_span(span) for span in extent]


def _span(span: Span) -> Map:
    return {"start": span.start, "end": span.end, "quote": span.quote}


def _pairs(pairs: Sequence[tuple[str, str]]) -> list[Map]:
    return [{"name": name, "value": value} for name, value in pairs]


def _common(label: Label) -> Map:
    return {
        "note": label.note,
        "doubt": label.doubt,
        "origin": _origin(label.origin),
        "decision": label.decision,
        "votes": [{"annotator": who, "value": value} for who, value in label.votes],
    }


def _origin(origin: Origin) -> Map:
    return {"by": origin.by, "source": origin.source, "confidence": origin.confidence / 1000}
