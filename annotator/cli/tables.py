"""Tables for people, written as the rows come: what is Arabic and long stands in the last column.

Columns are as wide as the first rows need; a longer cell pushes its own line only, and a last cell
that is to be read whole goes on in the next line.
"""

import itertools
from collections.abc import Iterable, Iterator, Sequence

from annotator.cli import visual

_ROWS_MEASURED = 200
_LONGEST_CELL = 60
_GAP = "  "


def lines_of(
    head: Sequence[str],
    rows: Iterable[Sequence[object]],
    keeps_cells_apart: bool = False,
    *,
    wraps: bool = False,
) -> Iterator[str]:
    """Yield the lines of a table with `head`; nothing where there are no rows.

    Cells that are too long are cut; the last of a row is not where the table `wraps`.
    """
    wide = (line for row in rows for line in (_lines_of_row(row) if wraps else [row]))
    cells = (tuple(_cell(value, keeps_cells_apart) for value in row) for row in wide)
    first = list(itertools.islice(cells, _ROWS_MEASURED))
    if not first:
        return
    top = tuple(_cell(value, keeps_cells_apart) for value in head)
    widths = [max(map(_width, column)) for column in zip(top, *first, strict=True)]
    for row in itertools.chain([top], first, cells):
        yield _line(row, widths)


def _lines_of_row(row: Sequence[object]) -> Iterator[Sequence[object]]:
    """Yield a row, and rows that hold only what its last cell has no room for."""
    lines: list[str] = []
    for word in visual.printable(str(row[-1])).split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _width(longer) <= _LONGEST_CELL:
            lines[-1] = longer
        else:
            lines.append(word)
    yield *row[:-1], lines[0]
    for line in lines[1:]:
        yield *[""] * (len(row) - 1), line


def _cell(value: object, is_apart: bool) -> str:
    text = visual.printable(str(value))
    if _width(text) > _LONGEST_CELL:
        text = text[: _LONGEST_CELL - 1] + "…"
    return visual.set_apart(text) if is_apart else text


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    padded = [cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)]
    return _GAP.join(padded).rstrip()


def _width(text: str) -> int:
    """Return how many columns `text` takes in a terminal: marks take none, some letters two."""
    from rich.cells import cell_len

    return cell_len(text)
