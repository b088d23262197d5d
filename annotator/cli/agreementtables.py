"""The tables of `hashiya agreement`: Arabic stands in the last column of each, and is not cut."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from annotator.agreement.figures import NOT_UNITIZED, Figure
from annotator.agreement.flatfigures import Unitized
from annotator.agreement.report import (
    Confusion,
    RelationReport,
    SpanReport,
    TargetPair,
    ValueReport,
)
from annotator.i18n import Language, marked
from annotator.services.agreeing import AgreementReport, StringRow
from annotator.services.agreeingdrift import Drift
from annotator.services.agreeingnames import Naming, SchemaNames
from annotator.services.agreeingwords import (
    figure_name,
    interval_of,
    said,
    topic_figures,
    value_of,
)

Line = tuple[str, Figure]
"""What a figure is called, and the figure."""
_SPAN_FIGURES = ("detection", "strict", "boundary", "overlap", "label_alpha", "outer", "inner")
_EVENT_FIGURES = (
    *("ti", "tc", "ai", "ac", "ai_plus", "ac_plus", "ai_overlap"),
    *("ai_given_trigger", "ac_given_trigger", "type_alpha", "role_alpha"),
)
_CELLS, _ARTICLES = 10, 10
"""Cells of a confusion matrix, and articles, that are shown: the files have all."""
_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its rows have as many cells as `head`; so many more rows are `left` out."""

    title: str
    head: tuple[str, ...]
    rows: Sequence[tuple[object, ...]]
    left: int = 0
    no_interval: tuple[str, ...] = ()
    """Why figures of it have no interval, by the codes of `figures`."""


def tables(report: AgreementReport, language: Language) -> Iterator[Table]:
    """Yield the tables of `report` that have a row."""
    told = _Tables(report, language)
    parts: tuple[Callable[[], Iterator[Table]], ...] = (
        *(told.entities, told.events, told.stances, told.relations, told.answers),
        *(told.drifts, told.texts, told.articles),
    )
    for part in parts:
        yield from (table for table in part() if table.rows)


class _Tables:
    """Makes the tables, each with names in the language and by the label schema."""

    def __init__(self, report: AgreementReport, language: Language) -> None:
        self._report, self._language = report, language
        self._names = SchemaNames(report.label_schema, language)

    def entities(self) -> Iterator[Table]:
        found, naming = self._report.entities, self._names.of("entities")
        if found is None:
            return
        yield self._fields(self._said("entities"), found, _SPAN_FIGURES)
        if self._report.unitized is not None:
            yield from self._unitizing(self._report.unitized, naming)
        yield from self._spans(found, naming, "")

    def events(self) -> Iterator[Table]:
        found = self._report.events
        if found is None:
            return
        yield self._fields(self._said("events"), found, _EVENT_FIGURES)
        if found.triggers.n_items:
            beside = self._text(marked("Triggers"))
            yield from self._spans(found.triggers, self._names.of("events"), beside)
        nothing = self._text(marked("no argument"))
        title = self._text(marked("Roles of aligned events"))
        yield self._confusion(title, found.roles, self._names.of("roles"), nothing)

    def stances(self) -> Iterator[Table]:
        found = self._report.stances
        if found is None:
            return
        title = self._said("stances")
        lines = [(self._figure("target_f1"), found.target_f1)]
        yield self._figures(title, [*lines, *self._values(found.values)])
        topics = topic_figures(found.by_topic, self._names.of("topics"), self._language)
        told = self._text(marked("Values of stances by topic: alpha, nominal"))
        yield self._figures(told, topics)
        yield from self._given(title, found.values, self._names.of("stances"), found.target_pairs)

    def relations(self) -> Iterator[Table]:
        found = self._report.relations
        if found is None:
            return
        title = self._said("relations")
        yield self._figures(title, self._relation_lines(found))
        pairs = [(f"{row.first.name} · {row.second.name}", row.target_f1) for row in found.by_pair]
        yield self._figures(f"{title}: {self._text(marked('Every two'))}", pairs)
        told = f"{title}: {self._text(marked('What is taken for what'))}"
        yield self._confusion(told, found.confusion, self._names.of("relations"), self._no_label)

    def answers(self) -> Iterator[Table]:
        for answer in self._report.answers:
            name = self._names.of("questions")(answer.name)
            title = self._text(marked("Question: {name}"), name=name)
            yield self._figures(title, self._values(answer))
            yield from self._given(title, answer, self._names.of_answers(answer.name))

    def drifts(self) -> Iterator[Table]:
        head = (
            *(marked("First 20"), marked("Last 20"), marked("95 % interval"), marked("Average")),
            *(marked("Limit"), marked("Flagged"), marked("Articles"), marked("Annotator")),
        )
        title = self._text(marked("Over time"))
        yield self._table(title, head, [self._drift(one) for one in self._report.drifts])

    def texts(self) -> Iterator[Table]:
        head = (marked("Items"), marked("Types"), marked("Text"))
        rows = [(row.n, self._types(row), row.text) for row in self._report.strings]
        yield self._table(self._text(marked("Texts most in dispute")), head, rows)

    def articles(self) -> Iterator[Table]:
        head = (
            *(marked("Article"), marked("Readings"), marked("Items"), marked("Disputed")),
            marked("Title"),
        )
        rows: list[tuple[object, ...]] = [
            (row.uid, row.n_readings, row.n_items, row.n_disputed, row.title)
            for row in self._report.articles[:_ARTICLES]
        ]
        left = self._report.totals.n_joint - len(rows)
        yield self._table(self._text(marked("Articles, most disputed first")), head, rows, left)

    # --- parts of them ---

    def _spans(self, found: SpanReport, naming: Naming, beside: str) -> Iterator[Table]:
        before = f"{beside}: " if beside else ""
        yield self._pairs(found, before)
        yield self._types_of(found, naming, before)
        title = before + self._text(marked("What is taken for what"))
        yield self._confusion(title, found.confusion, naming, self._no_label)
        told = found.disagreements
        counts = {**told.kinds, **told.reasons, **told.missing, "missing": told.kinds["missing"]}
        rows: list[tuple[object, ...]] = [(n, self._said(code)) for code, n in counts.items() if n]
        head = (marked("Items"), marked("Kind"))
        yield self._table(before + self._text(marked("Kinds of disagreement")), head, rows)

    def _pairs(self, found: SpanReport, before: str) -> Table:
        head = (
            *(marked("Strict"), marked("Overlap"), marked("Detection"), marked("Alpha")),
            *(marked("Articles"), marked("Every two")),
        )
        rows: list[tuple[object, ...]] = []
        for row in found.by_pair:
            figures = (row.strict, row.overlap, row.detection, row.label_alpha)
            values = [value_of(figure, _DIGITS) for figure in figures]
            rows.append((*values, row.n_articles, f"{row.first.name} · {row.second.name}"))
        return self._table(before + self._text(marked("Every two")), head, rows)

    def _types_of(self, found: SpanReport, naming: Naming, before: str) -> Table:
        has_units = found.unitized.reason != NOT_UNITIZED
        head = [marked("Strict"), marked("Overlap"), marked("Labels"), marked("Type")]
        if has_units:
            head.insert(2, marked("Unitized alpha"))
        rows: list[tuple[object, ...]] = []
        for row in found.by_type:
            figures = [row.strict, row.overlap, *([row.unitized] if has_units else [])]
            values = [value_of(figure, _DIGITS) for figure in figures]
            why = next((figure.reason for figure in figures if figure.reason), "")
            rows.append((*values, row.n, self._with_reason(naming(row.type), why)))
        title = before + self._text(marked("Every type"))
        if not has_units:
            title += f" ({self._text(marked('Unitized alpha'))}: {self._said(NOT_UNITIZED)})"
        return self._table(title, head, rows)

    def _unitizing(self, found: Unitized, naming: Naming) -> Iterator[Table]:
        title = self._text(marked("Unitized alpha over all types"))
        named = {"u_alpha": found.unitized, "place_alpha": found.place, "value_alpha": found.value}
        yield self._figures(title, [(self._figure(key), one) for key, one in named.items()])
        head = (marked("Value"), marked("Covered"), marked("Type"))
        rows: list[tuple[object, ...]] = [
            (
                value_of(row.alpha, _DIGITS),
                f"{row.coverage:.{_DIGITS}f}",
                self._with_reason(naming(row.type), row.alpha.reason),
            )
            for row in found.by_type
        ]
        yield self._table(self._text(marked("Type by type, (k)uα, experimental")), head, rows)

    def _relation_lines(self, found: RelationReport) -> list[Line]:
        return [
            (self._figure("ends_f1"), found.ends_f1),
            (self._figure("relations_strict"), found.strict),
            (self._figure("type_alpha"), found.type_alpha),
        ]

    def _values(self, found: ValueReport) -> list[Line]:
        figures = {"percent": found.percent, **found.alphas, **found.others}
        return [(self._figure(name), figure) for name, figure in figures.items()]

    def _given(
        self, title: str, found: ValueReport, naming: Naming, targets: Sequence[TargetPair] = ()
    ) -> Iterator[Table]:
        """Yield what pairs of annotators have of values, and which are taken for which."""
        f1 = {(row.first, row.second): [row.target_f1] for row in targets}
        head = [marked("Cohen's kappa"), marked("Observed"), marked("Items"), marked("Every two")]
        if targets:
            head.insert(0, marked("F1 of the targets"))
        rows: list[tuple[object, ...]] = []
        for row in found.by_pair:
            figures = (*f1.get((row.first, row.second), ()), row.cohen_kappa, row.percent)
            name = f"{row.first.name} · {row.second.name}"
            told = self._with_reason(name, row.cohen_kappa.reason)
            rows.append((*(value_of(one, _DIGITS) for one in figures), row.n_items, told))
        yield self._table(f"{title}: {self._text(marked('Every two'))}", head, rows)
        told = f"{title}: {self._text(marked('What is taken for what'))}"
        yield self._confusion(told, found.confusion, naming, self._no_label)

    def _confusion(self, title: str, found: Confusion, naming: Naming, nothing: str) -> Table:
        """Return the greatest cells off the diagonal; a pooled table has them in both orders."""
        cells = [(n, one, other) for (one, other), n in found.items() if one < other]
        cells.sort(key=lambda cell: (-cell[0], cell[1], cell[2]))
        rows: list[tuple[object, ...]] = [
            (n, " · ".join(naming(id) if id else nothing for id in (other, one)))
            for n, one, other in cells[:_CELLS]
        ]
        head = (marked("Items"), marked("One and the other"))
        return self._table(title, head, rows, len(cells) - len(rows))

    def _drift(self, one: Drift) -> tuple[object, ...]:
        ends = [value_of(figure, _DIGITS) for figure in (one.first, one.last)]
        limits = [value_of(figure, _DIGITS) for figure in (one.average, one.limit)]
        flagged: object = "—" if one.reason else len(one.flagged)
        name = f"{one.reader.name} · {self._said(one.what)}"
        told = self._with_reason(name, one.reason)
        return (*ends, interval_of(one.last), *limits, flagged, len(one.steps), told)

    def _types(self, row: StringRow) -> str:
        """Return the ids of types with their counts: letters that no Arabic text is torn by."""
        return " · ".join(f"{type_ or '—'} {n}" for type_, n in row.types.items())

    def _fields(self, title: str, found: object, names: tuple[str, ...]) -> Table:
        return self._figures(title, [(self._figure(name), getattr(found, name)) for name in names])

    def _figures(self, title: str, lines: list[Line]) -> Table:
        head = (
            *(marked("Value"), marked("95 % interval"), marked("Items"), marked("Articles")),
            marked("Figure"),
        )
        rows: list[tuple[object, ...]] = [
            (
                value_of(figure, _DIGITS),
                interval_of(figure),
                figure.n,
                figure.n_articles,
                self._with_reason(name, figure.reason),
            )
            for name, figure in lines
        ]
        codes = dict.fromkeys(figure.no_interval for _, figure in lines if figure.no_interval)
        return replace(self._table(title, head, rows), no_interval=tuple(codes))

    def _table(
        self, title: str, head: Sequence[str], rows: Sequence[tuple[object, ...]], left: int = 0
    ) -> Table:
        return Table(title, tuple(self._text(name) for name in head), rows, left)

    def _with_reason(self, name: str, reason: str) -> str:
        return f"{name} ({self._said(reason)})" if reason else name

    @property
    def _no_label(self) -> str:
        return self._text(marked("no label"))

    def _text(self, msgid: str, **data: object) -> str:
        return self._language.text(msgid, **data)

    def _said(self, code: str) -> str:
        return said(code, self._language)

    def _figure(self, name: str) -> str:
        return figure_name(name, self._language)
