"""How annotators agree over time, on the page of a report: figures, and a line for each."""

from collections.abc import Sequence
from html import escape

from annotator.i18n import Language, marked
from annotator.services import agreeingparts as parts
from annotator.services.agreeingdrift import Drift
from annotator.services.agreeingwords import interval_of, said, value_of

_WIDE, _HIGH = 180, 28
_MOST_POINTS = 180
_THIN = 'fill="none" stroke="currentColor"'
"""For what shows the page without its style."""


def over_time(drifts: Sequence[Drift], language: Language) -> str:
    """Return the section, nothing where the report has none of it."""
    if not drifts:
        return ""
    head = (
        *(marked("Annotator"), marked("Articles"), marked("First 20"), marked("Last 20")),
        *(marked("95 % interval"), marked("Average"), marked("Limit"), marked("Flagged"), ""),
    )
    rows = [_row(one, language) for one in drifts]
    told = parts.table([language.text(title) for title in head], rows)
    note = language.text(
        marked("Strict F1 with all who read the same articles, in the order of finishing them")
    )
    return parts.section(language.text(marked("Over time")), [told], note)


def _row(one: Drift, language: Language) -> list[str]:
    name = f"{one.reader.name} · {said(one.what, language)}"
    values = [parts.number(value_of(figure)) for figure in (one.first, one.last)]
    ends = [parts.number(value_of(figure)) for figure in (one.average, one.limit)]
    why = f"<small>{escape(said(one.reason, language))}</small>" if one.reason else ""
    return [
        escape(name),
        parts.number(len(one.steps)),
        *values,
        parts.number(interval_of(one.last)),
        *ends,
        parts.number("—" if one.reason else len(one.flagged)),
        why or _line(one, language),
    ]


def _line(one: Drift, language: Language) -> str:
    """Return the average, the limit below it and what is flagged, in the direction of the page."""
    apart, last = -(-len(one.steps) // _MOST_POINTS), len(one.steps) - 1
    every = [
        step
        for at, step in enumerate(one.steps)
        if at % apart == 0 or at == last or step.moment.is_flagged
    ]
    moments = [(step.moment, _x(at, len(every), language)) for at, step in enumerate(every)]
    average = " ".join(
        f"{x:.1f},{_y(moment.average):.1f}" for moment, x in moments if moment.average is not None
    )
    limit = " ".join(
        f"{x:.1f},{_y(moment.limit):.1f}" for moment, x in moments if moment.limit is not None
    )
    dots = "".join(
        f'<circle cx="{x:.1f}" cy="{_y(moment.average):.1f}" r="2.5"/>'
        for moment, x in moments
        if moment.is_flagged and moment.average is not None
    )
    return (
        f'<svg class="over" width="{_WIDE}" height="{_HIGH}" viewBox="0 0 {_WIDE} {_HIGH}">'
        f'<polyline class="limit" {_THIN} points="{limit}"/>'
        f'<polyline {_THIN} points="{average}"/>{dots}</svg>'
    )


def _x(at: int, n: int, language: Language) -> float:
    x = 3 + (_WIDE - 6) * at / max(n - 1, 1)
    return _WIDE - x if language.direction == "rtl" else x


def _y(value: float) -> float:
    return 3 + (_HIGH - 6) * (1 - min(max(value, 0.0), 1.0))
