"""Articles, annotators, layers and the six kinds of label.

Values only: to change one, `replace` it and put it through a gesture. Labels and articles are
frozen structs rather than dataclasses: a project holds millions, and a frozen dataclass takes 15
times as long to make. Offsets are code points, half-open, in logical order.
"""

from typing import NamedTuple

import msgspec
from msgspec.structs import replace as replace

KINDS = ("entity", "event", "argument", "stance", "relation", "answer")
LETTER = {
    "entity": "E",
    "event": "V",
    "argument": "A",
    "stance": "S",
    "relation": "R",
    "answer": "Q",
}
STATUSES = ("new", "started", "done", "skipped")
ANNOTATOR_KINDS = ("human", "machine", "gold")
ROLES = (
    "headline",
    "lead",
    "body",
    "subhead",
    "caption",
    "byline",
    "date",
    "source",
    "keywords",
    "related",
    "nav",
    "noise",
)
BY_RULE, BY_PERSON = "rule", "person"
REGION_SOURCES = (BY_RULE, BY_PERSON)
"""Who gave a region its role."""
LEAD = "lead"
"""Who an operation names when nobody in particular did it: the role, not a person."""


class Span(NamedTuple):
    """A stretch of text with the quote under it.

    A tuple rather than a dataclass because it sorts in text order and a project holds millions.
    """

    start: int
    end: int
    quote: str


Extent = tuple[Span, ...]
Attributes = tuple[tuple[str, str], ...]


class Origin(msgspec.Struct, frozen=True, gc=False):
    """Where a label came from; `confidence` is an integer of thousandths, 0 to 1000."""

    by: str = "person"
    source: str = ""
    confidence: int = 1000


PERSON = Origin()


class Party(msgspec.Struct, frozen=True, gc=False):
    """A holder (author or entity) or a target (topic, entity or event) of a stance."""

    kind: str
    ref: str = ""


AUTHOR = Party("author")


class Entity(msgspec.Struct, frozen=True, gc=False):
    """A mention of something: `extent` has one span, or several where it is interrupted."""

    uid: str
    extent: Extent
    type: str
    subtype: str = ""
    head: Extent = ()
    link: str = ""
    attributes: Attributes = ()
    note: str = ""
    doubt: str = ""
    origin: Origin = PERSON
    decision: str = ""
    votes: Attributes = ()


class Event(msgspec.Struct, frozen=True, gc=False):
    """Something that happens, by the extent of its trigger."""

    uid: str
    extent: Extent
    type: str
    attributes: Attributes = ()
    note: str = ""
    doubt: str = ""
    origin: Origin = PERSON
    decision: str = ""
    votes: Attributes = ()


class Argument(msgspec.Struct, frozen=True, gc=False):
    """`filler` (the uid of an entity or an event) plays `type`, a role, in `event`."""

    uid: str
    event: str
    type: str
    filler: str
    note: str = ""
    doubt: str = ""
    origin: Origin = PERSON
    decision: str = ""
    votes: Attributes = ()


class Stance(msgspec.Struct, frozen=True, gc=False):
    """`holder` takes the value `type` towards `target`; empty evidence is the whole article."""

    uid: str
    holder: Party
    target: Party
    type: str
    voice: str = "author"
    evidence: Extent = ()
    attributes: Attributes = ()
    note: str = ""
    doubt: str = ""
    origin: Origin = PERSON
    decision: str = ""
    votes: Attributes = ()


class Relation(msgspec.Struct, frozen=True, gc=False):
    """`source` and `target` are uids of entities or events."""

    uid: str
    type: str
    source: str
    target: str
    attributes: Attributes = ()
    note: str = ""
    doubt: str = ""
    origin: Origin = PERSON
    decision: str = ""
    votes: Attributes = ()


class Answer(msgspec.Struct, frozen=True, gc=False):
    """The answer to `type`, a question about the whole article."""

    uid: str
    type: str
    values: tuple[str, ...]
    note: str = ""
    doubt: str = ""
    origin: Origin = PERSON
    decision: str = ""
    votes: Attributes = ()


Label = Entity | Event | Argument | Stance | Relation | Answer
CLASSES: dict[str, type[Label]] = {
    "entity": Entity,
    "event": Event,
    "argument": Argument,
    "stance": Stance,
    "relation": Relation,
    "answer": Answer,
}
KIND_OF: dict[type[Label], str] = {cls: kind for kind, cls in CLASSES.items()}


class Article(msgspec.Struct, frozen=True, gc=False):
    """An article without its text; `length` is in code points, `meta` a JSON object as text."""

    sha256: str
    title: str
    length: int
    source: str = ""
    language: str = "ar"
    meta: str = "{}"

    @property
    def uid(self) -> str:
        """The first 16 hex digits of the SHA-256 of the text."""
        return self.sha256[:16]


class Annotator(msgspec.Struct, frozen=True):
    """Who reads: a human, a machine or the gold reading."""

    uid: str
    name: str
    kind: str = "human"


class Layer(msgspec.Struct, frozen=True):
    """One annotator's reading of one article, named by the article's SHA-256 and the uid."""

    article: str
    annotator: str
    status: str = "new"
    suggestions: str = "none"


class Region(NamedTuple):
    """The role of a stretch of an article; `source` is one of `REGION_SOURCES`."""

    start: int
    end: int
    role: str
    source: str = BY_RULE


def extent_of(label: Label) -> Extent:
    """Return the spans by which `label` lies in the text; none for what points to labels."""
    if isinstance(label, Entity | Event):
        return label.extent
    return label.evidence if isinstance(label, Stance) else ()


def hull(extent: Extent) -> tuple[int, int]:
    """Return where `extent` starts and ends, over its gaps.

    >>> hull((Span(0, 5, "وزيرا"), Span(9, 13, "مصر ")))
    (0, 13)
    """
    return extent[0].start, extent[-1].end


def points_to(label: Label) -> tuple[str, ...]:
    """Return the uids of the labels without which `label` does not stand."""
    if isinstance(label, Argument):
        return label.event, label.filler
    if isinstance(label, Relation):
        return label.source, label.target
    if isinstance(label, Stance):
        parties = (label.holder, label.target)
        return tuple(party.ref for party in parties if party.kind in ("entity", "event"))
    return ()


def extent_at(text: str, offsets: list[tuple[int, int]]) -> Extent:
    """Return the extent at `offsets` (pairs of code points) with the quotes of `text`.

    >>> extent_at("قال بوتين", [(4, 9)])
    (Span(start=4, end=9, quote='بوتين'),)
    """
    return tuple(Span(start, end, text[start:end]) for start, end in offsets)
