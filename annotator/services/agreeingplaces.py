"""Where the items of a figure lie: the places that a window opens, with both readings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotator.agreement import edges, placing
from annotator.agreement.placing import Found, Marked
from annotator.agreement.report import NO_SPAN, Reader
from annotator.agreement.sought import DISPUTED_BY, Sought, articles_with, text_key
from annotator.agreement.spans import KINDS, MISSING_REASONS, NONE
from annotator.agreement.texts import Trim
from annotator.services import agreeingcounts, agreeingsums
from annotator.services.agreeingcounts import Counts
from annotator.services.agreeingsums import Asked
from annotator.services.progress import SILENT, Progress, go_on
from annotator.store import comparing
from annotator.store.comparing import Compared
from annotator.store.comparingrows import Numbering
from annotator.store.project import Project

_LOOKED_AT = 20
"""Articles that are compared in one go."""
_TABLES = {"entities": "entities", "events": "events", "roles": "events", "arguments": "events"}


@dataclass(frozen=True, slots=True)
class Where:
    """Which items are meant; what is left empty, or None, is any.

    `what` is entities, events (their triggers), roles, arguments, stances, relations or answers.
    `first` and `second` are the uids of a pair, `reader` is one of any. `kind` and `reason` are as
    `Disagreements` names them. `a` and `b` are the types of the first and the second, "" for no
    label there; without a pair in either order. `type` is on either side. `text` is that of a
    label on either side, however spelled; `question` the id that `answers` are about. `disputed`
    leaves out what agrees. `figure` is the name of a figure of `what`, as in `DISPUTED_BY`: only
    what it counts as disagreement is meant. Arguments are not paired otherwise than by a figure,
    so they need one.
    """

    what: str
    first: str = ""
    second: str = ""
    kind: str = ""
    reason: str = ""
    a: str | None = None
    b: str | None = None
    type: str = ""
    article: str = ""
    text: str = ""
    question: str = ""
    disputed: bool = False
    figure: str = ""
    reader: str = ""
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """What one reading has at a place: label, type (role, value), spans in code points, text.

    The uid is that of the label, of the event for a role, and empty for an answer. `spans` are the
    hull of an entity or a trigger, both ends of a relation, the evidence of a stance.
    """

    uid: str
    type: str
    spans: tuple[tuple[int, int], ...]
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """One item: the article, who the two are, and what each of them has; None for nothing."""

    article: str
    title: str
    first: Reader
    second: Reader
    kind: str
    reason: str
    one: Mark | None
    other: Mark | None


def places(
    project: Project, asked: Asked, where: Where, limit: int = 200, progress: Progress = SILENT
) -> tuple[Place, ...]:
    """Return the places that `where` means, among what `asked` compares, `limit` at most.

    Articles with most such items come first; in an article the order of the text holds.
    """
    trim = Trim(asked.trim, asked.punctuation)
    counts = agreeingcounts.up_to_date(project, trim)
    names = Numbering(counts.names)
    sought = _sought(project, where, names)
    wanted = _articles(project, asked, where, counts, sought)
    choice = agreeingsums.choice_of(project, asked, counts.articles)
    found: list[Place] = []
    for first in range(0, len(wanted), _LOOKED_AT):
        go_on(progress, first, len(wanted))
        some = wanted[first : first + _LOOKED_AT]
        for told, batch in agreeingcounts.batches(
            project,
            sorted(some),
            names,
            trim,
            who=choice.who,
            without_seen=choice.without_seen,
            with_rows=True,
        ):
            items = placing.found_in(batch, where.what, sought.question, where.figure)
            fitting = filter(sought.fits, items)
            mine = [item for item in fitting if _has_type(item, choice.types, names)]
            found += _named(project, told, mine, names, some, where.what)
        if len(found) >= limit:
            break
    return tuple(found[:limit])


def _sought(project: Project, where: Where, names: Numbering) -> Sought:
    """Return `where` in numbers; refuse words that mean nothing."""
    if where.what not in placing.FAMILIES:
        raise ValueError(where.what)
    if where.kind and where.kind not in (*KINDS, "missing_first", "missing_second"):
        raise ValueError(where.kind)
    if where.reason and where.reason not in (*edges.REASONS, *MISSING_REASONS):
        raise ValueError(where.reason)
    if (where.figure or where.what == "arguments") and (
        (where.what, where.figure) not in DISPUTED_BY
    ):
        raise ValueError(where.figure)
    rows = {uid: row for row, uid in comparing.annotator_rows(project).items()}
    pair = None
    if where.first:
        pair = rows.get(where.first, -1), rows.get(where.second, -1)
    return Sought(
        where.what,
        pair,
        where.kind,
        where.reason,
        _number(where.a, names),
        _number(where.b, names),
        _number(where.type or None, names),
        text_key(where.text) if where.text else None,
        names.number(where.question) if where.question else -1,
        where.disputed,
        where.figure,
        _on_scale(project, where, names),
        rows.get(where.reader, -1) if where.reader else None,
    )


def _on_scale(project: Project, where: Where, names: Numbering) -> frozenset[int] | None:
    """Return the values that a figure of an order is over; None where it is over all."""
    if where.figure not in ("ordinal", "interval"):
        return None
    schema = project.label_schema
    ranked = schema.stance.values
    if where.what == "answers":
        ranked = next(one.values for one in schema.questions if one.id == where.question)
    return frozenset(names.number(one.id) for one in ranked)


def _number(name: str | None, names: Numbering) -> int | None:
    if name is None:
        return None
    return NONE if name == NO_SPAN else names.number(name)


def _articles(
    project: Project, asked: Asked, where: Where, counts: Counts, sought: Sought
) -> list[int]:
    """Return the row ids of the articles to look at, those with most such items first."""
    found = [counts.articles[at] for at in articles_with(counts.cells, sought)]
    for named in (asked.articles, where.articles, (where.article,) if where.article else ()):
        if named:
            kept = set(comparing.articles_named(project, named))
            found = [row for row in found if row in kept]
    return found


def _has_type(found: Found, types: frozenset[str], names: Numbering) -> bool:
    marks = [mark for mark in (found.one, found.other) if mark is not None]
    return not types or any(names.names[mark.type] in types for mark in marks)


def _named(
    project: Project,
    told: Compared,
    found: Sequence[Found],
    names: Numbering,
    order: Sequence[int],
    what: str,
) -> Iterator[Place]:
    """Yield items as places, in the order of articles and of the text."""
    titles = comparing.titles(project, told.articles)
    readers = agreeingsums.readers(project)
    rows = {mark.row for item in found for mark in (item.one, item.other) if mark is not None}
    uids = comparing.label_uids(project, _TABLES[what], rows) if what in _TABLES else {}
    place = {row: at for at, row in enumerate(order)}
    for item in sorted(found, key=lambda one: (place[told.articles[one.article]], one.at)):
        text = told.texts[item.article]
        marks = [_mark(mark, text, names, uids) for mark in (item.one, item.other)]
        yield Place(
            *titles[told.articles[item.article]],
            readers[item.first],
            readers[item.second],
            item.kind,
            item.reason,
            marks[0],
            marks[1],
        )


def _mark(marked: Marked | None, text: str, names: Numbering, uids: dict[int, str]) -> Mark | None:
    if marked is None:
        return None
    quotes = " … ".join(text[start:end] for start, end in marked.spans)
    uid = marked.uid or uids.get(marked.row, "")
    return Mark(uid, names.names[marked.type], marked.spans, quotes)
