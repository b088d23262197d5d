"""Every type of label as a bar: strict F1 with its interval, overlap as a diamond, and n. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from annotator.agreement.report import SpanReport, TypeRow
from annotator.gui.models.agreementnames import TypeNames
from annotator.gui.models.agreementplot import Box, Opening, Scale, Spot
from annotator.i18n import Language, marked
from annotator.services.agreeingplaces import Where
from annotator.services.agreeingwords import at_most, interval_of, value_of, why

FEW = 30
"""Labels below which a type is grey."""
NAME, NUMBER, ROW, AXIS = 124, 44, 22, 18
"""Pixels: room of names and of numbers, of a row, and of the axis below."""


@dataclass(frozen=True, slots=True)
class TypeBar:
    """One type; values are None where they are undefined."""

    name: str
    slot: str
    n: int
    strict: float | None
    low: float | None
    high: float | None
    overlap: float | None
    is_few: bool
    said: str
    opens: Opening


def bars(found: SpanReport, what: str, names: TypeNames, language: Language) -> tuple[TypeBar, ...]:
    """Return a bar for each type, those with most labels first."""
    return tuple(_bar(row, what, names, language) for row in found.by_type)


def _bar(row: TypeRow, what: str, names: TypeNames, language: Language) -> TypeBar:
    name, strict = names.name(what, row.type), row.strict
    title = language.text(marked("Disagreements: {name}"), name=name)
    opens = Opening(title, (Where(what, type=row.type, disputed=True),))
    is_few = row.n < FEW
    return TypeBar(
        name,
        names.slot(what, row.type),
        row.n,
        strict.value,
        None if is_few else strict.low,
        None if is_few else strict.high,
        row.overlap.value,
        is_few,
        _said(row, name, language),
        opens,
    )


def _said(row: TypeRow, name: str, language: Language) -> str:
    lines = [
        name,
        language.text(marked("strict F1 {value}"), value=value_of(row.strict)),
        language.text(marked("95 % interval {interval}"), interval=interval_of(row.strict))
        if interval_of(row.strict)
        else why(row.strict, language),
        at_most(row.strict, language),
        language.text(marked("overlap F1 {value}"), value=value_of(row.overlap)),
        language.plural("{n} label", "{n} labels", row.n),
    ]
    if row.n < FEW:
        lines.append(language.text(marked("fewer than 30 labels: too few to judge by")))
    return "\n".join(filter(None, lines))


def lay_out(shown: Sequence[TypeBar], width: float) -> tuple[Scale, float, list[Spot]]:
    """Return the scale, how high all rows are, and the row of each type."""
    scale = Scale(NAME, max(width - NAME - NUMBER, 40))
    spots = [
        Spot(n, 0, Box(0, n * ROW, width, ROW), bar.said, bar.opens) for n, bar in enumerate(shown)
    ]
    return scale, ROW * len(shown), spots
