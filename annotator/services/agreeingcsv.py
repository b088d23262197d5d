"""The report as one table of figures for spreadsheets: UTF-8 with BOM, no formulas.

Its first rows say what was compared and how. Written row by row.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import IO

from annotator.agreement.figures import Figure
from annotator.agreement.report import Confusion, SpanReport, ValueReport
from annotator.files import replacing
from annotator.formats.csvcells import guarded
from annotator.services.agreeing import AgreementReport, ArticleRow
from annotator.services.agreeingdrift import Drift
from annotator.services.agreeingkeys import pair_key, settings

HEAD = (
    *("what", "measure", "of", "value", "low", "high", "n", "n_articles", "n_disputed", "reason"),
    "greatest_rate",
)
"""`greatest_rate`, where no interval is shown: how many of all items may differ at most (95 %)."""
_SPAN_FIGURES = ("strict", "boundary", "overlap", "detection", "label_alpha")
_ALL = "all"
_TEXT_TARGETS = "mention"
"""Stands where a topic's id would: for targets that lie in the text."""

Row = tuple[str, str, str, Figure | int | str]


def as_csv(report: AgreementReport) -> str:
    """Return the report as CSV: a row for each setting, each figure and each count."""
    told = io.StringIO(newline="")
    _write(report, told)
    return told.getvalue()


def write_csv(report: AgreementReport, path: Path) -> None:
    """Write the report as CSV in the place of `path`, whole or not at all."""
    with replacing(path) as file:
        told = io.TextIOWrapper(file, "utf-8-sig", "replace", newline="")
        _write(report, told)
        told.detach()


def _write(report: AgreementReport, to: IO[str]) -> None:
    writer = csv.writer(to, lineterminator="\r\n")
    writer.writerow(HEAD)
    for what, measure, of, found in _rows(report):
        names = [guarded(name) for name in (what, measure, of)]
        if not isinstance(found, Figure):
            value = guarded(found) if isinstance(found, str) else found
            writer.writerow([*names, value, *[""] * (len(HEAD) - 4)])
            continue
        *numbers, rate = (
            "" if number is None else repr(number)
            for number in (found.value, found.low, found.high, found.greatest_rate)
        )
        counts = (found.n, found.n_articles, found.n_disputed)
        writer.writerow([*names, *numbers, *counts, found.reason or found.no_interval, rate])


def _rows(report: AgreementReport) -> Iterator[Row]:
    for part in (_settings, _readers, _entities, _events, _stances, _relations):
        yield from part(report)
    for answer in report.answers:
        yield from _values(answer.name, answer)
    for drift in report.drifts:
        yield from _drift(drift)
    for text in report.strings:
        yield "texts", "n_disputed", text.text, text.n
        for type_, n in text.types.items():
            yield "texts", "type", f"{text.text} / {type_}", n
    for article in report.articles:
        yield from _article(article)


def _readers(report: AgreementReport) -> Iterator[Row]:
    for row in report.readers:
        for name in ("n_articles", "n_joint", "n_labels", "n_seen"):
            yield "annotators", name, row.reader.name, getattr(row, name)


def _entities(report: AgreementReport) -> Iterator[Row]:
    if report.entities is not None:
        yield from _spans("entities", report.entities)
        yield from _unitizing(report)


def _events(report: AgreementReport) -> Iterator[Row]:
    if report.events is not None:
        yield from _fields("events", report.events, _EVENT_FIGURES)
        yield from _spans("triggers", report.events.triggers)
        yield from _table("events", "role", report.events.roles)


def _stances(report: AgreementReport) -> Iterator[Row]:
    found = report.stances
    if found is None:
        return
    yield "stances", "target_f1", "", found.target_f1
    for row in found.target_pairs:
        yield "stances", "target_f1", pair_key((row.first, row.second)), row.target_f1
    yield from _values("stances", found.values)
    for topic, figure in found.by_topic.items():
        yield "stances", "topic_alpha", topic or _TEXT_TARGETS, figure


def _relations(report: AgreementReport) -> Iterator[Row]:
    found = report.relations
    if found is None:
        return
    yield from _fields("relations", found, ("ends_f1", "strict", "type_alpha"))
    for pair in found.by_pair:
        yield "relations", "strict", pair_key((pair.first, pair.second)), pair.target_f1
    yield from _table("relations", "type", found.confusion)


_EVENT_FIGURES = (
    *("ti", "tc", "ai", "ac", "ai_plus", "ac_plus", "ai_overlap"),
    *("ai_given_trigger", "ac_given_trigger", "type_alpha", "role_alpha"),
)


def _settings(report: AgreementReport) -> Iterator[Row]:
    """Yield what was asked, as the answer in JSON has it: a row for each of several values."""
    names = {row.reader.uid: row.reader.name for row in report.readers}
    for key, told in settings(report).items():
        if isinstance(told, dict):
            yield from (("settings", f"{key}_{name}", "", str(one)) for name, one in told.items())
        elif isinstance(told, list):
            of = [str(names.get(one, one)) for one in told or [_ALL]]
            yield from (("settings", key, "", one) for one in of)
        else:
            yield "settings", key, "", str(told).lower() if isinstance(told, bool) else told


def _fields(what: str, found: object, names: Iterable[str], of: str = "") -> Iterator[Row]:
    for name in names:
        yield what, name, of, getattr(found, name)


def _spans(what: str, found: SpanReport) -> Iterator[Row]:
    yield from _fields(what, found, (*_SPAN_FIGURES, "outer", "inner"))
    yield what, "pair_mean", "", replace(found.pair_mean, low=None, high=None)
    yield what, "place_alpha", "", found.unitized
    for row in found.by_type:
        yield what, "n_labels", row.type, row.n
        yield from _fields(what, row, ("strict", "overlap", "unitized"), row.type)
    for pair in found.by_pair:
        yield from _fields(what, pair, _SPAN_FIGURES, pair_key((pair.first, pair.second)))
    told = found.disagreements
    for measure, counts in (
        ("disagreement", told.kinds),
        ("disagreement", told.reasons),
        ("missing", told.missing),
    ):
        for name, n in counts.items():
            yield what, measure, name, n
    yield from _table(what, "type", found.confusion)


def _unitizing(report: AgreementReport) -> Iterator[Row]:
    found = report.unitized
    if found is None:
        return
    yield "outermost", "u_alpha", "", found.unitized
    yield "outermost", "place_alpha", "", found.place
    yield "outermost", "value_alpha", "", found.value
    for row in found.by_type:
        yield "outermost", "one_type_alpha", row.type, row.alpha
        covered = Figure(row.coverage, row.alpha.n, row.alpha.n_articles)
        yield "outermost", "one_type_coverage", row.type, covered


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
    for value, figure in found.by_value.items():
        yield what, "value_alpha", value, figure
    for row in found.by_pair:
        yield from _fields(what, row, ("percent", "cohen_kappa"), pair_key((row.first, row.second)))
    yield from _table(what, "value", found.confusion)


def _drift(found: Drift) -> Iterator[Row]:
    of = found.reader.name
    yield found.what, "drift_first_window", of, found.first
    yield found.what, "drift_last_window", of, found.last
    yield found.what, "drift_average", of, found.average
    yield found.what, "drift_limit", of, found.limit
    yield found.what, "drift_n_flagged", of, len(found.flagged)
    for step in found.flagged:
        average = Figure(step.moment.average, 1, 1)
        yield found.what, "drift_flagged", f"{of},{step.article}", average


def _article(row: ArticleRow) -> Iterator[Row]:
    yield "articles", "n_disputed", row.uid, row.n_disputed
    reason = "" if row.strict is not None else "no_items"
    figure = Figure(row.strict, row.n_items, 1, row.n_disputed, reason=reason)
    yield "articles", "strict", row.uid, figure
