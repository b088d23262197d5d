"""Places that a figure opens: what both readings have there, in words and as marks. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from annotator.arabic.graphemes import graphemes
from annotator.core.labelschema import LabelSchema
from annotator.gui.canvas.marks import Mark
from annotator.gui.canvas.saying import cut, harmless
from annotator.gui.models.agreementnames import TypeFace, TypeNames
from annotator.gui.models.drawing import tone_of
from annotator.i18n import Language
from annotator.services.agreeingplaces import Mark as Marked
from annotator.services.agreeingplaces import Place
from annotator.services.agreeingwords import said

if TYPE_CHECKING:
    from annotator.agreement.report import Reader

AT_MOST = 200
"""Places that are listed."""
_BRIEF, _CONTEXT = 8, 60
"""Code points of a name where there is little room, and of a text that a row shows."""


class Found(msgspec.Struct, frozen=True):
    """A place, and what was compared there (entities, events, roles, …)."""

    what: str
    place: Place


@dataclass(frozen=True, slots=True)
class Voice:
    """What one annotator has at a place: her name, and the type as a chip; None for no label."""

    reader: str
    face: TypeFace | None
    nothing: str


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place as a list shows it: the text there, both voices, why they differ, the article."""

    quote: str
    voices: tuple[Voice, Voice]
    why: str
    title: str
    said: str


def in_order(found: Iterable[Found]) -> tuple[Found, ...]:
    """Return places article by article, as these were first found, in the order of the text."""
    places = list(dict.fromkeys(found))
    order: dict[str, int] = {}
    for one in places:
        order.setdefault(one.place.article, len(order))

    def at(one: Found) -> tuple[object, ...]:
        place = one.place
        return order[place.article], hull_of(place), one.what, place.first.uid, place.second.uid

    return tuple(sorted(places, key=at))


def hull_of(place: Place) -> tuple[int, int]:
    """Return where a place lies, over both readings; (0, 0) where it lies nowhere in the text."""
    spans = [span for mark in (place.one, place.other) if mark is not None for span in mark.spans]
    if not spans:
        return 0, 0
    return min(start for start, _ in spans), max(end for _, end in spans)


class PlaceWords:
    """Makes rows and marks of places, for one label schema in one language."""

    def __init__(self, schema: LabelSchema, language: Language) -> None:
        self._schema, self._language = schema, language
        self._names = TypeNames(schema, language)

    def row(self, found: Found) -> PlaceRow:
        """Return how the place stands in the list."""
        place = found.place
        voices = (
            self._voice(found.what, place.first, place.one),
            self._voice(found.what, place.second, place.other),
        )
        quote = cut(_longer(place), _CONTEXT)
        codes = filter(None, (place.kind, place.reason))
        why = " · ".join(dict.fromkeys(said(code, self._language) for code in codes))
        told = [f"{one.reader}: {one.face.name if one.face else one.nothing}" for one in voices]
        spoken = "\n".join((self._language.quoted(quote), *told, why, place.title))
        return PlaceRow(quote, voices, why, place.title, spoken)

    def _voice(self, what: str, reader: "Reader", mark: Marked | None) -> Voice:
        face = self._names.face(what, mark.type) if mark is not None else None
        return Voice(reader.name, face, self._names.nothing(what))

    def marks(self, found: Found) -> list[Mark]:
        """Return both readings as the canvas draws them, the first above the second."""
        place = found.place
        pairs = (("first", place.first, place.one), ("second", place.second, place.other))
        firsts = {_initial(reader.name) for _, reader, _ in pairs}
        return [
            self._mark(uid, found.what, reader.name, mark, is_short=len(firsts) == len(pairs))
            for uid, reader, mark in pairs
            if mark is not None and mark.spans
        ]

    def _mark(self, uid: str, what: str, reader: str, mark: Marked, *, is_short: bool) -> Mark:
        """Return a mark; `is_short` says that the first letters of both names differ."""
        names, brief = self._names, _initial(reader) if is_short else cut(reader, _BRIEF)
        long, short = (
            names.name(what, mark.type, short=only_short) for only_short in (False, True)
        )
        sign, tone = tone_of(self._schema, mark.type) if what == "stances" else ("", "")
        kind = {"events": "event", "stances": "evidence"}.get(what, "entity")
        slot = names.slot("entities", mark.type) if kind == "entity" else ""
        return Mark(
            uid,
            kind,
            mark.spans,
            f"{cut(reader)}: {long}",
            f"{brief}: {short}",
            mark.type,
            slot,
            sign=sign,
            tone=tone,
        )


def _initial(name: str) -> str:
    """Return the first letter of a name with its marks, for where there is little room."""
    plain = harmless(name)
    start, end = next(iter(graphemes(plain)), (0, 0))
    return plain[start:end]


def _longer(place: Place) -> str:
    """Return the text at a place: that of the reading which takes more."""
    texts: Sequence[str] = [mark.text for mark in (place.one, place.other) if mark is not None]
    return max(texts, key=len, default="")
