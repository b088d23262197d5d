"""How far annotators agree, and where not: the whole report of a project."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator import __version__
from annotator.agreement import overview, whole
from annotator.agreement.flatfigures import Unitized
from annotator.agreement.overview import ReaderRow, Totals
from annotator.agreement.report import (
    DisputedString,
    EventReport,
    RelationReport,
    SpanReport,
    StanceReport,
    ValueReport,
)
from annotator.agreement.valuereport import Scale
from annotator.agreement.whole import WHATS, Scales
from annotator.core.labelschema import LabelSchema, Named, Question
from annotator.services import agreeingunits
from annotator.services.agreeingdrift import Drift, drifts
from annotator.services.agreeingsums import (
    EVERYTHING,
    Asked,
    Known,
    choice_of,
    up_to_date,
)
from annotator.services.progress import SILENT, Progress
from annotator.store import comparing
from annotator.store.project import Project

__all__ = [
    "EVERYTHING",
    "WHATS",
    "AgreementReport",
    "ArticleRow",
    "Asked",
    "Known",
    "StringRow",
    "agreement",
]


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article that several read, with how many of its items are disputed.

    `strict` is the F1 of its entities and triggers, None where nobody marked any.
    """

    uid: str
    title: str
    n_readings: int
    n_items: int
    n_disputed: int
    strict: float | None


@dataclass(frozen=True, slots=True)
class StringRow:
    """A text that is treated differently: how often each type ("" is no label) was given.

    `n` counts the disagreements. `article` (uid), `start` and `end` are one place where it stands.
    """

    text: str
    types: dict[str, int]
    n: int
    article: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class AgreementReport:
    """All figures, with what was asked. What was not asked for is None, or empty.

    `articles` are those that several read, most disputed first: all of them in full, else some of
    `totals.n_joint`. `drifts` are there in full, or where asked for; `unitized` in full only.
    `not_kept` is the code of what forbade to keep the counts in the file (the figures are the
    same), empty where they are kept.
    """

    asked: Asked
    totals: Totals
    readers: tuple[ReaderRow, ...]
    entities: SpanReport | None
    events: EventReport | None
    stances: StanceReport | None
    relations: RelationReport | None
    answers: tuple[ValueReport, ...]
    articles: tuple[ArticleRow, ...]
    strings: tuple[StringRow, ...]
    title: str
    label_schema: LabelSchema
    drifts: tuple[Drift, ...] = ()
    unitized: Unitized | None = None
    version: str = __version__
    not_kept: str = ""

    @property
    def schema(self) -> tuple[str, str]:
        """Name and version of the label schema."""
        return self.label_schema.name, self.label_schema.version


def agreement(
    project: Project,
    asked: Asked = EVERYTHING,
    progress: Progress = SILENT,
    known: Known | None = None,
    *,
    in_full: bool = False,
    over_time: bool = False,
) -> AgreementReport:
    """Return how far the annotators of `project` agree.

    Compared are layers of people that are done now, on articles that were not withdrawn, and of
    them the labels in regions that are labelled. With `known` from an earlier call only what
    changed since is looked at. Raise `unknown_annotator`, `unknown_article` for names that are not
    there, and `unknown_type` for types that the label schema lacks.

    One `in_full`, for a file, has all articles, everybody over time, and what has to be looked at
    in the texts; one `over_time` the second of these only.
    """
    ready = up_to_date(project, asked, progress, known or Known())
    choice = choice_of(project, ready.asked, ready.articles)
    schema, most = project.label_schema, None if in_full else overview.MOST_ARTICLES
    told = whole.whole_report(ready.sums, ready.names, choice, scales(schema), most)
    readers = [row.reader for row in told.readers]
    has_units = in_full and told.entities is not None
    figures = (told.totals, told.readers, told.entities, told.events, told.stances)
    return AgreementReport(
        ready.asked,
        *figures,
        told.relations,
        told.answers,
        _article_rows(project, ready.articles, told),
        _string_rows(project, ready.articles, told.strings),
        project.title,
        schema,
        drifts(project, ready, readers, progress) if in_full or over_time else (),
        agreeingunits.unitized(project, ready, progress) if has_units else None,
        not_kept=ready.not_kept,
    )


# --- the label schema ----------------------------------------------------------------------------


def scales(schema: LabelSchema) -> Scales:
    """Return what the label schema says of values."""
    stance = schema.stance
    values = _ids(stance.values + stance.off_scale)
    ranks = tuple(float(at) for at, _ in enumerate(stance.values, 1)) if stance.ordered else ()
    questions = tuple(_scale(question) for question in schema.questions)
    return Scales(Scale("stance", values, ranks), questions, _ids(schema.topics))


def _scale(question: Question) -> Scale:
    """Return the scale of a question: numbers when all ids are numbers, else ranks from 1."""
    ids = _ids(question.values)
    is_scale = question.kind == "scale"
    numbers = _numbers(ids) if is_scale else ()
    if numbers:
        numbers, ids = zip(*sorted(zip(numbers, ids, strict=True)), strict=True)
    ranks = tuple(float(at) for at, _ in enumerate(ids, 1)) if is_scale else ()
    return Scale(
        question.id,
        ids,
        numbers or ranks,
        are_numbers=is_scale,
        is_set=question.kind == "many",
        is_text=question.kind == "text",
    )


def _numbers(ids: Sequence[str]) -> tuple[float, ...]:
    """Return the numbers that all of `ids` are, in their order; none where one is no number."""
    try:
        found = tuple(float(name) for name in ids)
    except ValueError:
        return ()
    return found if all(abs(number) < float("inf") for number in found) else ()


def _ids(named: Iterable[Named]) -> tuple[str, ...]:
    return tuple(one.id for one in named)


# --- names for numbers ---------------------------------------------------------------------------


def _article_rows(
    project: Project, numbered: Sequence[int], told: whole.Whole
) -> tuple[ArticleRow, ...]:
    titles = comparing.titles(project, (numbered[one.article] for one in told.articles))
    return tuple(
        ArticleRow(
            *titles[numbered[one.article]],
            one.n_readings,
            one.n_items,
            one.n_disputed,
            one.strict,
        )
        for one in told.articles
    )


def _string_rows(
    project: Project, numbered: Sequence[int], strings: Sequence[DisputedString]
) -> tuple[StringRow, ...]:
    rows = []
    titles = comparing.titles(project, {numbered[one.article] for one in strings})
    for one in strings:
        uid, _ = titles[numbered[one.article]]
        text = project.text(project.article(uid).sha256)[one.start : one.end]
        rows.append(StringRow(text, dict(one.types), one.n, uid, one.start, one.end))
    return tuple(rows)
