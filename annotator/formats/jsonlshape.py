"""The shape of a line of `hashiya/1`, for msgspec: types, names, and what may be left out."""

from typing import Annotated, Literal

import msgspec


class Shape(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    """The base of what stands in a row."""


class SpanRow(Shape):
    """A span with its quote; without one the text is taken as it is."""

    start: int
    end: int
    quote: str = ""


class PairRow(Shape):
    """An attribute."""

    name: str
    value: str


class VoteRow(Shape):
    """What an annotator said of a label of the gold reading."""

    annotator: str
    value: str


class OriginRow(Shape):
    """Where a label came from; confidence from 0 to 1."""

    by: Literal["person", "suggestion", "decision"] = "person"
    source: str = ""
    confidence: Annotated[float, msgspec.Meta(ge=0, le=1)] = 1.0


USUAL = OriginRow()


class CommonRow(Shape, kw_only=True):
    """What every label has."""

    uid: str = ""
    note: str = ""
    doubt: str = ""
    origin: OriginRow = msgspec.field(default_factory=OriginRow)
    decision: Literal["", "unanimous", "majority", "adjudicated"] = ""
    votes: list[VoteRow] = []


class PlacedRow(CommonRow, kw_only=True):
    """What lies in the text: its hull, or its spans, or both."""

    type: str
    start: int = -1
    end: int = -1
    quote: str = ""
    spans: list[SpanRow] = []
    word_start: int = 0
    word_end: int = 0
    pre: str = ""
    post: str = ""
    attributes: list[PairRow] = []


class EntityRow(PlacedRow, kw_only=True):
    """An entity."""

    subtype: str = ""
    head: list[SpanRow] = []
    link: str = ""


class ArgumentRow(CommonRow, kw_only=True):
    """An argument, inside its event; its place is its filler's."""

    role: str
    filler: str
    start: int = -1
    end: int = -1
    quote: str = ""


class EventRow(PlacedRow, kw_only=True):
    """An event with its arguments."""

    arguments: list[ArgumentRow] = []


class PartyRow(Shape):
    """A holder or a target of a stance."""

    kind: Literal["author", "topic", "entity", "event"]
    ref: str = ""
    text: str = ""


class StanceRow(CommonRow, kw_only=True):
    """A stance."""

    holder: PartyRow
    target: PartyRow
    value: str
    voice: Literal["author", "reported"] = "author"
    evidence: list[SpanRow] = []
    attributes: list[PairRow] = []


class RelationRow(CommonRow, kw_only=True):
    """A relation."""

    type: str
    source: str
    target: str
    attributes: list[PairRow] = []


class AnswerRow(CommonRow, kw_only=True):
    """An answer."""

    question: str
    values: list[str]


class RegionRow(Shape):
    """A region."""

    start: int
    end: int
    role: str
    source: Literal["rule", "person"] = "rule"


class ArticleRow(Shape):
    """The article; what is left out is worked out from the text."""

    uid: str = ""
    sha256: str = ""
    title: str = ""
    source: str = ""
    language: str = "ar"
    meta: str = "{}"


class AnnotatorRow(Shape):
    """Who read; a row without a name brings an article only."""

    uid: str = ""
    name: str = ""
    kind: Literal["human", "machine", "gold"] = "human"


class SchemaRow(Shape):
    """By which label schema it was labelled."""

    name: str = ""
    version: str = ""
    digest: str = ""


class Row(Shape):
    """A line."""

    format: str
    text: str
    article: ArticleRow = msgspec.field(default_factory=ArticleRow)
    annotator: AnnotatorRow = msgspec.field(default_factory=AnnotatorRow)
    status: Literal["new", "started", "done", "skipped"] = "new"
    suggestions: Literal["none", "seen"] = "none"
    schema: SchemaRow = msgspec.field(default_factory=SchemaRow)
    regions: list[RegionRow] = []
    entities: list[EntityRow] = []
    events: list[EventRow] = []
    stances: list[StanceRow] = []
    relations: list[RelationRow] = []
    answers: list[AnswerRow] = []
