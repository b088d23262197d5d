"""Reading a line of `hashiya/1`: strict about types, places and quotes, kind about what is missing.

A key may be missing where its empty value is clear; a key that is not ours, a wrong type, a quote
that is not the text or a reference to nothing refuses the line, and the next one is still read.
"""

from collections.abc import Iterator
from typing import BinaryIO

import msgspec
import orjson

from annotator.core import checks, places, strictjson
from annotator.core.errors import UserError, refuse
from annotator.core.model import (
    PERSON,
    Answer,
    Argument,
    Article,
    Attributes,
    Entity,
    Event,
    Extent,
    Label,
    Origin,
    Party,
    Region,
    Relation,
    Span,
    Stance,
)
from annotator.formats.base import Reading, Unit
from annotator.formats.jsonlshape import (
    USUAL,
    ArgumentRow,
    CommonRow,
    EntityRow,
    EventRow,
    OriginRow,
    PairRow,
    PartyRow,
    PlacedRow,
    RelationRow,
    Row,
    SpanRow,
    StanceRow,
)
from annotator.formats.jsonlwrite import FORMAT
from annotator.formats.plaintext import article_of, headline, refuse_length, whole_body

_LONGEST_LINE = 32 * 1024 * 1024
"""Bytes: the longest text with tens of thousands of labels has room in it."""
_DECODER = msgspec.json.Decoder(Row)
_MARK = b"\xef\xbb\xbf"  # with which other programs begin a file


class _Gesture(msgspec.Struct):
    do: str  # which every line for `apply` has, and no row


_GESTURES = msgspec.json.Decoder(_Gesture)


def units_of(file: BinaryIO, name: str) -> Iterator[Unit]:
    r"""Yield a unit for each line of the file, split at `\n` only.

    A file of nothing but lines for `apply` is one bad unit (`holds_gestures`).
    """
    are_gestures, gestures = True, list[Unit]()
    for number, line in enumerate(_lines(file), 1):
        if not line.strip():
            continue
        unit = _unit_or_trouble(name, number, line)
        are_gestures = are_gestures and unit.trouble is not None and _is_gesture(line)
        if are_gestures:
            gestures.append(unit)
            continue
        yield from gestures
        gestures.clear()
        yield unit
    if gestures:
        yield Unit(name, 0, trouble=UserError("holds_gestures"))


def _is_gesture(line: bytes) -> bool:
    try:
        _GESTURES.decode(line.removeprefix(_MARK))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return False
    return True


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Yield the lines of `file`; of one that is too long its beginning, which says as much."""
    while line := file.readline(_LONGEST_LINE + 1):
        rest = line
        while len(rest) > _LONGEST_LINE and not rest.endswith(b"\n"):
            rest = file.readline(_LONGEST_LINE + 1)
        yield line


def _unit_or_trouble(source: str, number: int, line: bytes) -> Unit:
    try:
        if len(line) > _LONGEST_LINE:
            raise UserError("line_too_long", limit=_LONGEST_LINE)
        return _unit(source, number, line)
    except UserError as trouble:
        return Unit(source, number, trouble=trouble)


def _unit(source: str, number: int, line: bytes) -> Unit:
    if number == 1:
        line = line.removeprefix(_MARK)
    row = strictjson.checked(line, _DECODER)
    if row.format != FORMAT:
        raise UserError("bad_version", format=row.format)
    _check_text(row.text)
    article = _article(row, source, number)
    regions = _regions(row, article)
    reading = _reading(row) if row.annotator.name else None
    if reading is None and _has_reading(row):
        raise UserError("missing_key", key="name", where="annotator")
    return Unit(source, number, article, row.text, "utf-8", regions, reading)


def _check_text(text: str) -> None:
    """Refuse what no text holds; half characters do not come through the parser."""
    if "\0" in text:
        raise UserError("not_text", why="nul")
    if "\r" in text:
        raise UserError("not_text", why="carriage_return")
    refuse_length(text)


def _has_reading(row: Row) -> bool:
    """Whether a row says more than an article and its regions."""
    labels = (row.entities, row.events, row.stances, row.relations, row.answers)
    return any(labels) or row.status != "new" or row.suggestions != "none"


def _article(row: Row, source: str, number: int) -> Article:
    given = row.article
    _check_meta(given.meta)
    title = given.title or headline(row.text, _given(row)) or f"{source.partition('.')[0]} {number}"
    article = article_of(row.text, title, given.source, given.language, given.meta)
    if given.sha256 not in ("", article.sha256) or given.uid not in ("", article.uid):
        raise UserError("text_differs", article=given.uid or given.sha256)
    return article


def _check_meta(meta: str) -> None:
    try:
        found = orjson.loads(meta)
    except orjson.JSONDecodeError:
        found = None
    if not isinstance(found, dict):
        raise UserError("wrong_type", why="meta", where="article.meta")


def _given(row: Row) -> tuple[Region, ...]:
    return tuple(Region(item.start, item.end, item.role, item.source) for item in row.regions)


def _regions(row: Row, article: Article) -> tuple[Region, ...]:
    found = _given(row)
    refuse(places.of_regions(found, article.length))
    return found or whole_body(row.text)


# --- labels -------------------------------------------------------------------------------------


def _reading(row: Row) -> Reading:
    annotator = row.annotator
    labels = tuple(_Labels(row).read())
    return Reading(
        annotator.uid, annotator.name, annotator.kind, row.status, row.suggestions, labels
    )


_Rest = tuple[str, str, Origin, str, Attributes]


class _Labels:
    """The labels of a row; those without a uid are numbered, for this row only."""

    def __init__(self, row: Row) -> None:
        self._row = row
        self._text = row.text
        self._seen: dict[str, tuple[int, int]] = {}

    def read(self) -> Iterator[Label]:
        """Yield the labels, those that others point to before these."""
        row = self._row
        for entity in row.entities:
            yield self._entity(entity)
        triggers = [self._event(event) for event in row.events]
        yield from triggers
        for event, trigger in zip(row.events, triggers, strict=True):
            for argument in event.arguments:
                yield self._argument(trigger.uid, argument)
        for stance in row.stances:
            yield self._stance(stance)
        for relation in row.relations:
            yield self._relation(relation)
        for answer in row.answers:
            uid, values = self._uid(answer.uid, (0, 0)), tuple(answer.values)
            yield Answer(uid, answer.question, values, *_rest(answer))

    def _entity(self, item: EntityRow) -> Entity:
        extent = self._extent(item)
        uid = self._uid(item.uid, (extent[0].start, extent[-1].end))
        head = self._spans(item.head) if item.head else ()
        pairs = _pairs(item.attributes)
        return Entity(uid, extent, item.type, item.subtype, head, item.link, pairs, *_rest(item))

    def _event(self, item: EventRow) -> Event:
        extent = self._extent(item)
        uid = self._uid(item.uid, (extent[0].start, extent[-1].end))
        return Event(uid, extent, item.type, _pairs(item.attributes), *_rest(item))

    def _argument(self, event: str, item: ArgumentRow) -> Argument:
        start, end = self._place(item.filler)
        if (item.start, item.end) not in ((start, end), (-1, -1)):
            raise UserError("bad_extent", start=item.start, end=item.end)
        if item.quote and item.quote != self._text[start:end]:
            given = {"quote": item.quote, "text": self._text[start:end]}
            raise UserError("quote_differs", start=start, end=end, **given)
        uid = self._uid(item.uid, (0, 0))
        return Argument(uid, event, item.role, item.filler, *_rest(item))

    def _stance(self, item: StanceRow) -> Stance:
        uid = self._uid(item.uid, (0, 0))
        holder, target = self._party(item.holder), self._party(item.target)
        evidence = self._spans(item.evidence) if item.evidence else ()
        pairs = _pairs(item.attributes)
        rest = _rest(item)
        return Stance(uid, holder, target, item.value, item.voice, evidence, pairs, *rest)

    def _party(self, item: PartyRow) -> Party:
        if item.kind in ("entity", "event"):
            self._place(item.ref)
        return Party(item.kind, item.ref)

    def _relation(self, item: RelationRow) -> Relation:
        for end in (item.source, item.target):
            self._place(end)
        uid, pairs = self._uid(item.uid, (0, 0)), _pairs(item.attributes)
        return Relation(uid, item.type, item.source, item.target, pairs, *_rest(item))

    def _uid(self, uid: str, place: tuple[int, int]) -> str:
        """Return `uid`, numbered where the row gives none; refuse one that stands twice."""
        name = uid or f"\0{len(self._seen)}"  # no uid in a row can hold that
        if name in self._seen:
            raise UserError("repeated_uid", uid=name)
        self._seen[name] = place
        return name

    def _place(self, uid: str) -> tuple[int, int]:
        place = self._seen.get(uid)
        if place is None or place == (0, 0):
            raise UserError("unknown_label", uid=uid)
        return place

    def _extent(self, item: PlacedRow) -> Extent:
        if not item.spans:
            return self._spans([SpanRow(item.start, item.end, item.quote)])
        extent = self._spans(item.spans)
        hull = (extent[0].start, extent[-1].end)
        if (item.start, item.end) not in (hull, (-1, -1)):
            raise UserError("bad_extent", start=item.start, end=item.end)
        if item.quote and item.quote != self._text[hull[0] : hull[1]]:
            under = self._text[hull[0] : hull[1]]
            raise UserError(
                "quote_differs", start=hull[0], end=hull[1], quote=item.quote, text=under
            )
        return extent

    def _spans(self, items: list[SpanRow]) -> Extent:
        extent = tuple(
            Span(item.start, item.end, item.quote or self._text[item.start : item.end])
            for item in items
        )
        refuse(places.of_place(self._text, extent))
        return extent


def _pairs(items: list[PairRow]) -> Attributes:
    return checks.attributes_of((item.name, item.value) for item in items) if items else ()


def _rest(item: CommonRow) -> _Rest:
    votes = tuple((vote.annotator, vote.value) for vote in item.votes) if item.votes else ()
    return item.note, item.doubt, _origin(item.origin), item.decision, votes


def _origin(item: OriginRow) -> Origin:
    if item == USUAL:
        return PERSON
    return Origin(item.by, item.source, round(item.confidence * 1000))
