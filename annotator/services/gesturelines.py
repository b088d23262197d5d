"""Gestures spelled as lines of `apply`: what could not be written, to be kept and done later.

The shapes are those of `gestures`. A label that no file has named yet is called `$name`, as its
first line says; every later line knows it by that.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from annotator.core.model import (
    Answer,
    Argument,
    Attributes,
    Entity,
    Event,
    Extent,
    Label,
    Party,
    Relation,
    Stance,
)

Fields = dict[str, Any]
_SIGNS = ("\u0085", "\u061c", "\u200e", "\u200f", "\ufeff", *map(chr, range(0x2028, 0x202F)))
_ISOLATES = map(chr, range(0x2066, 0x206A))
_ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in (*_SIGNS, *_ISOLATES)}
"""What an editor may take for the end of a line, or turns text round: written as JSON may."""


class Spelling:
    """One run of lines: which labels it has made so far."""

    def __init__(self, name_of: Callable[[str], str]) -> None:
        """`name_of` returns the name of a label that no file has named; empty for a uid."""
        self._name_of = name_of
        self._made: set[str] = set()

    def labels(self, article: str, shown: Sequence[Label], removed: Sequence[str]) -> Iterator[str]:
        """Yield the lines that make or change `shown`, in the article of that uid, and remove.

        With the first of `removed` the others go, which point to it.
        """
        for label in shown:
            name = self._name_of(label.uid)
            if name and name not in self._made:
                self._made.add(name)
                yield spelled(self._adding(article, label, name))
            else:
                yield spelled(self._changing(label))
        for uid in removed[:1]:
            yield spelled({"do": "remove", "uid": self._ref(uid)})

    def _ref(self, uid: str) -> str:
        name = self._name_of(uid)
        return f"${name}" if name else uid

    def _party(self, party: Party) -> str:
        return "author" if party.kind == "author" else self._ref(party.ref)

    # --- labels ---

    def _adding(self, article: str, label: Label, name: str) -> Fields:
        do = _ADDED[type(label)]
        place = {} if isinstance(label, Argument | Relation) else {"article": article}
        said = self._fields(label, _placed)
        if isinstance(label, Answer):
            said |= {"question": label.type}
        head: Fields = {"do": do, "as": name, **place}
        return head | {key: value for key, value in said.items() if value not in ("", [], None)}

    def _changing(self, label: Label) -> Fields:
        return {"do": "change", "uid": self._ref(label.uid), **self._fields(label, _spans)}

    def _fields(self, label: Label, placed: Callable[[Extent], Fields]) -> Fields:
        """Return what a label says; `placed` spells its extent."""
        said: Fields = {}
        match label:
            case Entity():
                head = [label.head[0].start, label.head[0].end] if label.head else []
                said = {"type": label.type, **placed(label.extent), "subtype": label.subtype}
                said |= {"head": head, "link": label.link}
            case Event():
                said = {"type": label.type, **placed(label.extent)}
            case Argument():
                ends = {"event": self._ref(label.event), "filler": self._ref(label.filler)}
                said = {"role": label.type, **ends}
            case Stance():
                target = label.target
                ref = target.ref if target.kind == "topic" else self._ref(target.ref)
                said = {"target": {"kind": target.kind, "ref": ref}, "value": label.type}
                said |= {"holder": self._party(label.holder), "voice": label.voice}
                said |= _spans(label.evidence, "evidence")
            case Relation():
                ends = {"source": self._ref(label.source), "target": self._ref(label.target)}
                said = {"type": label.type, **ends}
            case Answer():
                said = {"values": list(label.values)}
        if not isinstance(label, Argument | Answer):
            said["attributes"] = _pairs(label.attributes)
        return {**said, "note": label.note, "doubt": label.doubt}


_ADDED: dict[type[Label], str] = {
    Entity: "add_entity",
    Event: "add_event",
    Argument: "add_argument",
    Stance: "add_stance",
    Relation: "add_relation",
    Answer: "answer",
}


def spelled(fields: Fields) -> str:
    """Return a gesture as a line, without its line feed; Arabic stays as it is.

    >>> spelled({"do": "add_entity", "quote": "بوتين"})
    '{"do":"add_entity","quote":"بوتين"}'
    """
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)


def _placed(extent: Extent) -> Fields:
    """Return where an extent lies, by start and end where it has one span."""
    if len(extent) != 1:
        return _spans(extent)
    ((start, end, quote),) = extent
    return {"start": start, "end": end, "quote": quote}


def _spans(extent: Extent, name: str = "spans") -> Fields:
    return {name: [[one.start, one.end] for one in extent], "quotes": [one.quote for one in extent]}


def _pairs(attributes: Attributes) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in attributes]
