"""What is taken for what: the confusion matrix, with a row and a column for no label. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from annotator.agreement.report import NO_SPAN, Confusion, PairRow
from annotator.gui.canvas.saying import cut
from annotator.gui.models.agreementnames import TypeNames
from annotator.gui.models.agreementplot import Box, Opening, Spot, cell_size
from annotator.i18n import Language, marked
from annotator.services.agreeing import AgreementReport
from annotator.services.agreeingplaces import Where

KINDS = ("entities", "events", "roles")
KIND_NAMES = {
    "entities": marked("entities"),
    "events": marked("events"),
    "roles": marked("roles"),
}
HEAD, TOP, LEAST_WIDE, LEAST_HIGH, MOST_HIGH = 92, 40, 40, 20, 30
"""Pixels of the names beside and above, and of the cells."""
_DIFFERS = 5
"""So many times darker a share of differing items is than one of agreeing ones."""


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """How many the first calls the row's type and the second the column's; `share` is 0 to 1."""

    row: int
    column: int
    n: int
    is_same: bool
    share: float
    said: str
    opens: Opening | None


@dataclass(frozen=True, slots=True)
class Matrix:
    """Types by types; `rows` and `columns` are who is shown in them, empty for all together."""

    names: tuple[str, ...]
    cells: tuple[MatrixCell, ...]
    rows: str = ""
    columns: str = ""

    @property
    def last(self) -> int:
        """The number of the row, and of the column, that stands for no label."""
        return len(self.names) - 1


def pair_of(report: AgreementReport, kind: str, pair: tuple[str, str]) -> PairRow | None:
    """Return what two annotators have of `kind`, where that is known for them alone."""
    rows: tuple[PairRow, ...] = ()
    if kind == "entities" and report.entities is not None:
        rows = report.entities.by_pair
    elif kind == "events" and report.events is not None:
        rows = report.events.triggers.by_pair
    return next((row for row in rows if (row.first.uid, row.second.uid) == pair), None)


def matrix_types(report: AgreementReport, kind: str) -> list[str]:
    """Return the types that the matrix of all together has, in its order."""
    return _in_order(_pooled(report, kind))


def matrix(
    report: AgreementReport,
    kind: str,
    pair: tuple[str, str],
    names: TypeNames,
    language: Language,
) -> Matrix:
    """Return the matrix of `kind`, of the annotators `pair` or of all ("", "") together."""
    row = pair_of(report, kind, pair)
    found = row.confusion if row is not None else _pooled(report, kind)
    types = _in_order(found)
    who = (row.first.uid, row.second.uid) if row is not None else ("", "")
    cells = [
        _cell(found, at, (a, b), Where(kind, *who, a=a, b=b), names, language)
        for at, (a, b) in _grid(types)
    ]
    said = tuple(names.name(kind, type_, short=True) for type_ in types)
    if row is None:
        return Matrix(said, tuple(cells))
    return Matrix(said, tuple(cells), cut(row.first.name), cut(row.second.name))


def _pooled(report: AgreementReport, kind: str) -> Confusion:
    if kind == "entities":
        return report.entities.confusion if report.entities is not None else {}
    if report.events is None:
        return {}
    return report.events.roles if kind == "roles" else report.events.triggers.confusion


def _in_order(found: Confusion) -> list[str]:
    """Return the types that occur, the most frequent first, and no label at the end."""
    totals: dict[str, int] = {}
    for (a, b), n in found.items():
        totals[a] = totals.get(a, 0) + n
        totals[b] = totals.get(b, 0) + n
    totals.pop(NO_SPAN, None)
    return [*sorted(totals, key=lambda type_: (-totals[type_], type_)), NO_SPAN] if totals else []


def _grid(types: list[str]) -> list[tuple[tuple[int, int], tuple[str, str]]]:
    return [
        ((row, column), (a, b)) for row, a in enumerate(types) for column, b in enumerate(types)
    ]


def _cell(
    found: Mapping[tuple[str, str], int],
    at: tuple[int, int],
    types: tuple[str, str],
    where: Where,
    names: TypeNames,
    language: Language,
) -> MatrixCell:
    n, is_same = found.get(types, 0), types[0] == types[1]
    total = sum(count for (a, _), count in found.items() if a == types[0]) or 1
    share = min(1.0, n / total * (1 if is_same else _DIFFERS))
    one, other = (names.name(where.what, type_) for type_ in types)
    said = language.text(marked("{one} taken for {other}: {n}"), one=one, other=other, n=n)
    if is_same:
        said = language.text(marked("{one} with both: {n}"), one=one, n=n)
    opens = Opening(said, (where,)) if n else None
    return MatrixCell(*at, n, is_same, share, said, opens)


def lay_out(shown: Matrix, width: float, height: float) -> tuple[float, float, list[Spot]]:
    """Return how wide and high the cells are together, and each; names stand beside and above."""
    n = len(shown.names)
    wide = cell_size(width - HEAD, n, LEAST_WIDE, width)
    high = cell_size(height - TOP, n, LEAST_HIGH, MOST_HIGH)
    spots = [
        Spot(cell.row, cell.column, Box(wide * cell.column, high * cell.row, wide, high),
             cell.said, cell.opens)
        for cell in shown.cells
    ]  # fmt: skip
    return wide * n, high * n, spots
