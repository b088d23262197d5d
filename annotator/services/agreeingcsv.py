"""The report as one table of figures for spreadsheets: UTF-8 with BOM, no formulas."""

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

from annotator.agreement.figures import Figure
from annotator.agreement.report import Confusion, SpanReport, ValueReport
from annotator.files import replacing
from annotator.formats.csvcells import guarded
from annotator.services.agreeing import AgreementReport

HEAD = ("what", "measure", "of", "value", "low", "high", "n", "n_articles", "n_disputed", "reason")
_SPAN_FIGURES = ("strict", "boundary", "overlap", "detection", "label_alpha")

Row = tuple[str, str, str, Figure | int]


def as_csv(report: AgreementReport) -> str:
    """Return the report as CSV: a row for each figure and each count."""
    told = io.StringIO(newline="")
    writer = csv.writer(told, lineterminator="\r\n")
    writer.writerow(HEAD)
    for what, measure, of, found in _rows(report):
        names = [guarded(name) for name in (what, measure, of)]
        if isinstance(found, int):
            writer.writerow([*names, found, *[""] * 6])
            continue
        numbers = (found.value, found.low, found.high)
        counts = (found.n, found.n_articles, found.n_disputed)
        told_numbers = ["" if number is None else repr(number) for number in numbers]
        writer.writerow([*names, *told_numbers, *counts, found.reason or found.no_interval])
    return told.getvalue()


def write_csv(report: AgreementReport, path: Path) -> None:
    """Write the report as CSV in the place of `path`, whole or not at all."""
    with replacing(path) as file:
        file.write(as_csv(report).encode("utf-8-sig", "replace"))


def _rows(report: AgreementReport) -> Iterator[Row]:
    if report.entities is not None:
        yield from _spans("entities", report.entities)
    if report.events is not None:
        yield from _fields("events", report.events, _EVENT_FIGURES)
        yield from _spans("triggers", report.events.triggers)
        yield from _table("events", "role", report.events.roles)
    if report.stances is not None:
        yield "stances", "target_f1", "", report.stances.target_f1
        for row in report.stances.target_pairs:
            yield "stances", "target_f1", f"{row.first.name},{row.second.name}", row.target_f1
        yield from _values("stances", report.stances.values)
    if report.relations is not None:
        yield from _fields("relations", report.relations, ("ends_f1", "strict", "type_alpha"))
        yield from _table("relations", "type", report.relations.confusion)
    for answer in report.answers:
        yield from _values(answer.name, answer)
    for article in report.articles:
        yield "articles", "n_disputed", article.uid, article.n_disputed


_EVENT_FIGURES = (
    *("ti", "tc", "ai", "ac", "ai_plus", "ac_plus", "ai_overlap"),
    *("ai_given_trigger", "ac_given_trigger", "type_alpha", "role_alpha"),
)


def _fields(what: str, found: object, names: tuple[str, ...]) -> Iterator[Row]:
    for name in names:
        yield what, name, "", getattr(found, name)


def _spans(what: str, found: SpanReport) -> Iterator[Row]:
    yield from _fields(what, found, (*_SPAN_FIGURES, "outer", "inner"))
    for row in found.by_type:
        yield what, "strict", row.type, row.strict
        yield what, "overlap", row.type, row.overlap
        yield what, "unitized", row.type, row.unitized
    for pair in found.by_pair:
        for name in _SPAN_FIGURES:
            yield what, name, f"{pair.first.name},{pair.second.name}", getattr(pair, name)
    for counts in (found.disagreements.kinds, found.disagreements.reasons):
        for name, n in counts.items():
            yield what, "disagreement", name, n
    yield from _table(what, "type", found.confusion)


def _table(what: str, measure: str, found: Confusion) -> Iterator[Row]:
    for (one, other), n in sorted(found.items()):
        yield what, f"{measure}_confusion", f"{one} / {other}", n


def _values(what: str, found: ValueReport) -> Iterator[Row]:
    named: Mapping[str, Figure] = {
        "percent": found.percent,
        **{f"alpha_{name}": figure for name, figure in found.alphas.items()},
        **found.others,
    }
    for name, figure in named.items():
        yield what, name, "", figure
    for row in found.by_pair:
        yield what, "cohen_kappa", f"{row.first.name},{row.second.name}", row.cohen_kappa
    yield from _table(what, "value", found.confusion)
