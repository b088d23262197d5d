"""The overview: a few figures of each part as rows of point, interval, target and number. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from annotator.agreement.figures import FREE_TEXT, NOT_ORDERED, Figure
from annotator.agreement.report import (
    EventReport,
    PairRow,
    Reader,
    RelationReport,
    SpanReport,
    StanceReport,
    TargetPair,
    ValuePair,
    ValueReport,
)
from annotator.gui.models.agreementplot import Box, Opening, Scale, Spot, low_of
from annotator.gui.models.drawing import name_of
from annotator.i18n import Language, marked
from annotator.services.agreeing import AgreementReport
from annotator.services.agreeingplaces import Where
from annotator.services.agreeingwords import (
    TARGETS,
    at_most,
    figure_name,
    interval_of,
    value_of,
    why,
)

TITLES = {
    "entities": marked("Entities"),
    "events": marked("Events"),
    "stances": marked("Stances"),
    "relations": marked("Relations"),
    "answers": marked("Questions"),
}
_ROWS = {
    "entities": (
        ("detection", marked("Detection F1"), "entities"),
        ("strict", marked("Strict F1"), "entities"),
        ("label_alpha", marked("Alpha of the type"), "entities"),
    ),
    "events": (
        ("ti", marked("Trigger F1"), "events"),
        ("tc", marked("Trigger + type F1"), "events"),
        ("ai", marked("Argument F1"), "arguments"),
        ("ac", marked("Argument + role F1"), "arguments"),
    ),
    "stances": (
        ("target_f1", marked("Target F1"), "stances"),
        ("ordinal", marked("Ordinal alpha"), "stances"),
        ("nominal", marked("Nominal alpha"), "stances"),
    ),
    "relations": (
        ("ends_f1", marked("Ends F1"), "relations"),
        ("strict", marked("Ends + type F1"), "relations"),
        ("type_alpha", marked("Alpha of the type"), "relations"),
    ),
}
"""What each strip shows: the field, its short name, and of which items it opens those that it
counts as disagreement."""
_HEADLINES = ("set", "ordinal", "nominal")
"""The alpha that stands for a question: the first of these that its values allow."""
_NO_ORDER = (NOT_ORDERED, FREE_TEXT)
_STATES = {
    "good": marked("the target is reached"),
    "undecided": marked("undecided: the interval holds the target"),
    "below": marked("below the target"),
    "open": marked("without an interval it is undecided"),
}
NAME, VALUE, END, TOP, AXIS = 112, 46, 14, 4, 16
"""Pixels: room of names, of values, behind the axis, above the rows, and of the axis' numbers."""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure: `state` is good, undecided, below, open (no interval), plain or undefined."""

    name: str
    figure: Figure
    target: float | None
    state: str
    value: str
    said: str
    opens: Opening | None


@dataclass(frozen=True, slots=True)
class Strip:
    """The figures of one part, and how much they are over."""

    what: str
    title: str
    note: str
    rows: tuple[FigureRow, ...]

    @property
    def is_funnel(self) -> bool:
        """Whether the rows are in the order in which agreement is lost."""
        return self.what == "events"


def strips(report: AgreementReport, language: Language) -> tuple[Strip, ...]:
    """Return the strips of what was compared; relations only where there are any."""
    made = []
    for what in _ROWS:
        part = getattr(report, what)
        if part is None or (what == "relations" and not part.n_relations):
            continue
        rows = tuple(
            _row(
                (what, field),
                language.text(name),
                Where(of, figure=field),
                _figure(part, field),
                language,
            )
            for field, name, of in _ROWS[what]
        )
        made.append(Strip(what, language.text(TITLES[what]), _note(report, part, language), rows))
    if any(answer.n_items for answer in report.answers):
        made.append(_questions(report, language))
    return tuple(made)


def _questions(report: AgreementReport, language: Language) -> Strip:
    """Return the strip of questions: the alpha of each, or why it has none."""
    known = {question.id: question for question in report.label_schema.questions}
    rows = []
    for answer in report.answers:
        name = name_of(language, known[answer.name])
        field = next(one for one in _HEADLINES if _is_allowed(answer, one))
        where = Where("answers", question=answer.name, figure=field)
        row = _row(("answers", field), name, where, answer.alphas[field], language)
        percent = f"{figure_name('percent', language)}: {value_of(answer.percent)}"
        rows.append(replace(row, said=f"{name}\n{row.said}\n{percent}"))
    part = next(answer for answer in report.answers if answer.n_items)
    what = "answers"
    title, note = language.text(TITLES[what]), _note(report, part, language)
    return Strip(what, title, note, tuple(rows))


def _is_allowed(answer: ValueReport, field: str) -> bool:
    found = answer.alphas.get(field)
    return field == "nominal" or (found is not None and found.reason not in _NO_ORDER)


def lowest(shown: Iterable[Strip]) -> dict[str, float]:
    """Return where the axis of each strip begins: one for all, and one for questions.

    Many questions are hard; their figures would squeeze those of labels.
    """
    groups: dict[bool, list[Strip]] = {}
    for strip in shown:
        groups.setdefault(strip.what == "answers", []).append(strip)
    return {strip.what: _low(group) for group in groups.values() for strip in group}


def _low(group: Iterable[Strip]) -> float:
    return low_of(
        value
        for strip in group
        for row in strip.rows
        for value in (row.figure.value, row.figure.low, row.target)
        if value is not None
    )


def state_of(figure: Figure, target: float | None) -> str:
    """Return what a figure says of its target; an interval that holds it leaves it undecided.

    >>> state_of(Figure(0.8, low=0.7, high=0.9), 0.75), state_of(Figure(0.8), 0.75)
    ('undecided', 'open')
    """
    if figure.value is None:
        return "undefined"
    if figure.low is None or figure.high is None:
        return "open"
    if target is None:
        return "plain"
    if figure.low > target:
        return "good"
    return "below" if figure.high < target else "undecided"


def lay_out(
    rows: Sequence[FigureRow], width: float, height: float, low: float
) -> tuple[Scale, list[Spot]]:
    """Return the scale, and the row of each figure, in a chart of that size."""
    start = NAME + VALUE
    scale = Scale(start, max(width - start - END, 40), low)
    each = max((height - AXIS - TOP) / max(len(rows), 1), 20)
    spots = [
        Spot(n, 0, Box(0, TOP + n * each, width, each), row.said, row.opens)
        for n, row in enumerate(rows)
    ]
    return scale, spots


def _figure(part: object, field: str) -> Figure:
    if isinstance(part, StanceReport) and field != "target_f1":
        return part.values.alphas[field]
    found = getattr(part, field)
    if not isinstance(found, Figure):
        raise TypeError(field)
    return found


def _row(
    of: tuple[str, str], name: str, where: Where, figure: Figure, language: Language
) -> FigureRow:
    target = TARGETS.get(".".join(of))
    state = state_of(figure, target)
    title = language.text(marked("Disagreements: {name}"), name=name)
    opens = Opening(title, (where,)) if figure.value is not None else None
    said = _said(of[1], figure, target, state, language)
    return FigureRow(name, figure, target, state, value_of(figure), said, opens)


def _said(field: str, figure: Figure, target: float | None, state: str, language: Language) -> str:
    told = [f"{figure_name(field, language)}: {value_of(figure)}"]
    interval = interval_of(figure)
    if interval:
        told.append(language.text(marked("95 % interval {interval}"), interval=interval))
    if figure.value is None or not interval:
        told.append(why(figure, language))
    told.append(at_most(figure, language))
    if figure.is_wide:
        told.append(language.text(marked("fewer than 50 articles: the interval is wide")))
    told.append(language.plural("{n} article", "{n} articles", figure.n_articles))
    if target is not None:
        told.append(language.text(marked("target {target}"), target=f"{target:g}"))
    if state in _STATES and (target is not None):
        told.append(language.text(_STATES[state]))
    return "\n".join(filter(None, told))


def _note(report: AgreementReport, part: object, language: Language) -> str:
    n_articles = getattr(part, "n_articles", 0)
    articles = language.plural("{n} article", "{n} articles", n_articles)
    readers = {reader.uid for pair in _pairs(part) for reader in pair}
    n_readers = len(readers) if readers else sum(row.n_joint > 0 for row in report.readers)
    annotators = language.plural("{n} annotator", "{n} annotators", n_readers)
    return f"{articles} · {annotators}"


def _pairs(part: object) -> Iterator[tuple[Reader, Reader]]:
    """Yield the annotators who met in a part of the report."""
    rows: Sequence[PairRow | TargetPair | ValuePair] = ()
    if isinstance(part, EventReport):
        rows = part.triggers.by_pair
    elif isinstance(part, StanceReport):
        rows = part.target_pairs
    elif isinstance(part, SpanReport | RelationReport | ValueReport):
        rows = part.by_pair
    for row in rows:
        yield row.first, row.second
