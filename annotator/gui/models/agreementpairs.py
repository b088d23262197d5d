"""Every two annotators: the heat map, and the reasons of their disagreements as bars. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from annotator.agreement.report import PairRow, Reader, SpanReport
from annotator.gui.canvas.saying import cut, harmless
from annotator.gui.models.agreementplot import Box, Opening, Spot, cell_size
from annotator.i18n import Language, marked
from annotator.services.agreeingplaces import Where
from annotator.services.agreeingwords import at_most, interval_of, said, value_of, why

FEW = 20
"""Articles below which a cell is hatched."""
HEAD, TOP, LEAST_WIDE, LEAST_HIGH, MOST_HIGH = 66, 24, 40, 26, 44
"""Pixels of the names beside and above the heat map, and of its cells."""
PALE, FULL = 0.6, 0.95
"""The values at which a cell is as pale and as dark as it gets."""
_LETTERS = frozenset(("particle", "particle_and_article"))
GROUPS = ("letter", "edge", "type", "missing")
GROUP_NAMES = {
    "letter": marked("attached letter"),
    "edge": marked("other edge"),
    "type": marked("the type"),
    "missing": marked("only one has it"),
}
"""Why two differ: the span by an attached letter or otherwise, only the type, or all of it."""


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A cell: a value above the diagonal, a count below; `share` (0 to 1) is how dark it is."""

    row: int
    column: int
    kind: str  # "value", "count", "same", "none"
    text: str = ""
    share: float = 0.0
    is_hatched: bool = False
    said: str = ""
    opens: Opening | None = None


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Annotators by annotators."""

    names: tuple[str, ...]
    cells: tuple[HeatCell, ...]


def heat_map(
    found: SpanReport, what: str, readers: Sequence[Reader], language: Language
) -> HeatMap:
    """Return the heat map of the strict F1 of `what` for `readers`, in their order."""
    pairs = {frozenset((pair.first.uid, pair.second.uid)): pair for pair in found.by_pair}
    cells = []
    for row, one in enumerate(readers):
        for column, other in enumerate(readers):
            pair = pairs.get(frozenset((one.uid, other.uid)))
            cells.append(_cell((row, column), pair, what, (one, other), language))
    return HeatMap(tuple(harmless(reader.name) for reader in readers), tuple(cells))


def _cell(
    at: tuple[int, int],
    pair: PairRow | None,
    what: str,
    two: tuple[Reader, Reader],
    language: Language,
) -> HeatCell:
    row, column = at
    if row == column:
        return HeatCell(row, column, "same", said=harmless(two[0].name))
    names = pair_name(*two)
    if pair is None:
        none = language.text(marked("{names}: no article in common"), names=names)
        return HeatCell(row, column, "none", "—" if row < column else "0", said=none)
    told = _told(pair, names, language)
    opens = _all_of(pair, what, language)
    if row > column:
        return HeatCell(row, column, "count", str(pair.n_articles), said=told, opens=opens)
    value = pair.strict.value
    share = 0.0 if value is None else min(max((value - PALE) / (FULL - PALE), 0.0), 1.0)
    is_hatched = pair.n_articles < FEW
    text = value_of(pair.strict)
    return HeatCell(row, column, "value", text, share, is_hatched, told, opens)


def pair_name(first: Reader, second: Reader) -> str:
    """Return both names, in the order of reading."""
    return f"{cut(first.name)} · {cut(second.name)}"


def _told(pair: PairRow, names: str, language: Language) -> str:
    lines = [f"{names}: F1 {value_of(pair.strict)}"]
    interval = interval_of(pair.strict)
    if interval:
        lines.append(language.text(marked("95 % interval {interval}"), interval=interval))
    else:
        lines += [why(pair.strict, language), at_most(pair.strict, language)]
    lines.append(language.plural("{n} article", "{n} articles", pair.n_articles))
    return "\n".join(filter(None, lines))


def _all_of(pair: PairRow, what: str, language: Language) -> Opening:
    title = language.text(marked("Disagreements: {name}"), name=pair_name(pair.first, pair.second))
    where = Where(what, pair.first.uid, pair.second.uid, disputed=True)
    return Opening(title, (where,))


def heat_spots(heat: HeatMap, width: float, height: float) -> tuple[float, float, list[Spot]]:
    """Return how wide and high the map is, and its cells; names stand beside and above it."""
    n = len(heat.names)
    wide = cell_size(width - HEAD, n, LEAST_WIDE, width)
    high = cell_size(height - TOP, n, LEAST_HIGH, MOST_HIGH)
    spots = [
        Spot(cell.row, cell.column, Box(wide * cell.column, high * cell.row, wide, high),
             cell.said, cell.opens)
        for cell in heat.cells
    ]  # fmt: skip
    return wide * n, high * n, spots


# --- why they differ ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar: which group, how many, what it says and opens."""

    group: str
    n: int
    said: str
    opens: Opening


@dataclass(frozen=True, slots=True)
class Stack:
    """The disagreements of two annotators."""

    name: str
    parts: tuple[Part, ...]
    said: str
    opens: Opening

    @property
    def n(self) -> int:
        """How many there are."""
        return sum(part.n for part in self.parts)


def stacks(found: SpanReport, what: str, language: Language) -> tuple[Stack, ...]:
    """Return a bar of `what` for each two annotators who differ anywhere, those with most first."""
    made = []
    for pair in found.by_pair:
        name = pair_name(pair.first, pair.second)
        parts = tuple(part for group in GROUPS if (part := _part(pair, what, group, language)).n)
        n = sum(part.n for part in parts)
        counted = language.plural("{n} difference", "{n} differences", n)
        told = f"{name}: {counted}"
        if parts:
            made.append(Stack(name, parts, told, _all_of(pair, what, language)))
    return tuple(sorted(made, key=lambda one: -one.n))


def _part(pair: PairRow, what: str, group: str, language: Language) -> Part:
    kinds, reasons = pair.disagreements.kinds, pair.disagreements.reasons
    first, second = pair.first.uid, pair.second.uid
    if group in ("letter", "edge"):
        mine = {code: n for code, n in reasons.items() if (code in _LETTERS) == (group == "letter")}
        wheres = tuple(Where(what, first, second, reason=code) for code in mine)
        n = sum(mine.values())
        why_ = language.listed(f"{said(code, language)} {count}" for code, count in mine.items())
    else:
        kind = {"type": "label", "missing": "missing"}[group]
        wheres = (Where(what, first, second, kind=kind),)
        n, why_ = kinds.get(kind, 0), _sides(pair, language) if kind == "missing" else ""
    name = f"{pair_name(pair.first, pair.second)} · {language.text(GROUP_NAMES[group])}"
    told = "\n".join(filter(None, (f"{name}: {n}", why_)))
    return Part(group, n, told, Opening(name, wheres))


def _sides(pair: PairRow, language: Language) -> str:
    kinds = pair.disagreements.kinds
    told = marked("only with {name}: {n}")
    return language.listed(
        language.text(told, name=cut(reader.name), n=kinds.get(kind, 0))
        for reader, kind in ((pair.first, "missing_second"), (pair.second, "missing_first"))
    )


STACK_HEAD, STACK_ROW, STACK_LEAST = 108, 30, 3
"""Pixels of the names beside the bars, of a row, and of the least part of a bar."""


def stack_spots(shown: Sequence[Stack], width: float) -> tuple[float, list[Spot]]:
    """Return how high the bars are, and their parts; the longest bar fills the width."""
    most = max((stack.n for stack in shown), default=1)
    room = max(width - STACK_HEAD - 4, 40)
    spots = []
    for row, stack in enumerate(shown):
        x = float(STACK_HEAD)
        for column, part in enumerate(stack.parts):
            wide = max(room * part.n / most, STACK_LEAST)
            box = Box(x, row * STACK_ROW, wide, STACK_ROW)
            spots.append(Spot(row, column, box, part.said, part.opens))
            x += wide
    return STACK_ROW * len(shown), spots
