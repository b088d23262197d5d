"""How each annotator agrees with the others over time: a line for each of them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

from annotator.agreement.drift import WINDOW
from annotator.gui.canvas.saying import cut
from annotator.gui.models.agreementplot import Box, Opening, Scale, Spot
from annotator.i18n import Language, marked
from annotator.services.agreeing import AgreementReport
from annotator.services.agreeingdrift import Drift
from annotator.services.agreeingplaces import Where
from annotator.services.agreeingwords import interval_of, said, value_of

NAME, VALUE, END, ROW = 112, 46, 30, 36
"""Pixels: room of names and values, behind the lines, and of a row."""
MOST_POINTS = 200
"""The latest articles of a line: more would lie on one another."""
_FIGURES = {"entities": "strict", "events": "tc"}


@dataclass(frozen=True, slots=True)
class TimeRow:
    """One annotator: averages and limits article by article, None before there is one.

    `value` is strict F1 of the window that ends now; `why` says why there is no limit.
    """

    name: str
    value: str
    averages: tuple[float | None, ...]
    limits: tuple[float | None, ...]
    flagged: tuple[bool, ...]
    why: str
    said: str
    opens: Opening | None


def rows(report: AgreementReport, what: str, language: Language) -> tuple[TimeRow, ...]:
    """Return a row for each annotator whose readings of `what` (entities, events) others met."""
    return tuple(_row(drift, language) for drift in report.drifts if drift.what == what)


def _row(drift: Drift, language: Language) -> TimeRow:
    name, latest = cut(drift.reader.name), drift.steps[-MOST_POINTS:]
    moments = [step.moment for step in latest]
    window = [step.article for step in drift.steps[-WINDOW:]]
    title = language.text(marked("Disagreements of {name} in her latest articles"), name=name)
    where = Where(
        drift.what,
        reader=drift.reader.uid,
        articles=tuple(window),
        figure=_FIGURES[drift.what],
    )
    return TimeRow(
        name,
        value_of(drift.last),
        tuple(moment.average for moment in moments),
        tuple(moment.limit for moment in moments),
        tuple(moment.is_flagged for moment in moments),
        said(drift.reason, language),
        _said(drift, name, language),
        Opening(title, (where,)) if window else None,
    )


def _said(drift: Drift, name: str, language: Language) -> str:
    last, n = drift.last, len(drift.steps)
    told = [name, language.plural("{n} article", "{n} articles", n)]
    value = value_of(last)
    told.append(language.text(marked("Strict F1 of the latest 20 articles: {value}"), value=value))
    if interval_of(last):
        interval = interval_of(last)
        told.append(language.text(marked("95 % interval {interval}"), interval=interval))
    if drift.reason:
        why = said(drift.reason, language)
        told.append(language.text(marked("No limit: {why}"), why=why))
    else:
        told.append(
            language.plural(
                "below the limit at {n} article", "below the limit at {n} articles",
                len(drift.flagged),
            )
        )  # fmt: skip
    return "\n".join(told)


def lowest(shown: Sequence[TimeRow]) -> float:
    """Return where the axis of all lines begins: a tenth that has room for them, 0.8 at most."""
    told = [value for row in shown for value in (*row.averages, *row.limits) if value is not None]
    return min(max(floor(min(told, default=1.0) * 10) / 10, 0.0), 0.8)


def lay_out(shown: Sequence[TimeRow], width: float) -> tuple[float, Scale, list[Spot]]:
    """Return how high the rows are together, where a line runs (0 to 1), and the rows."""
    start = NAME + VALUE
    spots = [
        Spot(at, 0, Box(0, at * ROW, width, ROW), row.said, row.opens)
        for at, row in enumerate(shown)
    ]
    return ROW * len(shown), Scale(start, max(width - start - END, 40)), spots


def line(values: Sequence[float | None], along: Scale, up: Scale) -> list[tuple[float, float]]:
    """Return the points of a line: along the articles, and up from its foot.

    >>> line((None, 0.5, 1.0), Scale(0, 100), Scale(0, 20))
    [(50.0, 10.0), (100.0, 20.0)]
    """
    last = max(len(values) - 1, 1)
    return [
        (along.at(at / last), up.at(value)) for at, value in enumerate(values) if value is not None
    ]
