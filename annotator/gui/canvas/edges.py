"""Edges between the regions of an article on the page: where they are, and where one may be moved.

An edge is taken hold of in the margin. There it goes from line to line of the text; over the text
itself, while Alt is held, from grapheme to grapheme. Edges in folded lines are not seen.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

from annotator.gui.canvas.marks import Stretch
from annotator.gui.canvas.page import Page

_REACH = 5
"""Pixels above and below an edge at which it is taken hold of."""
_BESIDE = 3
"""Pixels before the margin line that belong to the margin."""


class Edge(msgspec.Struct, frozen=True):
    """Where regions meet: the one that ends at `offset`, the one that begins; None for a gap."""

    offset: int
    above: Stretch | None
    below: Stretch | None


class Moved(msgspec.Struct, frozen=True):
    """An edge that was moved from `edge` to `to`: `[start, end)` gets the role of `grown`."""

    edge: int
    to: int
    grown: Stretch

    @property
    def start(self) -> int:
        """Where what changes begins."""
        return min(self.edge, self.to)

    @property
    def end(self) -> int:
        """Where what changes ends."""
        return max(self.edge, self.to)


def edges_of(stretches: Iterable[Stretch], length: int) -> list[Edge]:
    """Return the edges of the regions of a text of `length` code points, in order.

    Neighbours of one role have none between them, and the text's own ends are none.
    """
    ordered = sorted(stretches, key=lambda one: one.start)
    found = []
    for above, below in pairwise((None, *ordered, None)):
        if above and below and above.end == below.start:
            if above.role != below.role:
                found.append(Edge(below.start, above, below))
            continue
        if above and above.end < length:
            found.append(Edge(above.end, above, None))
        if below and below.start > 0:
            found.append(Edge(below.start, None, below))
    return found


def moved(edge: Edge, to: int) -> Moved | None:
    """Return what moving `edge` to `to` does; None where nothing does, or nothing can grow."""
    grown = edge.above if to > edge.offset else edge.below
    return Moved(edge.offset, to, grown) if grown is not None and to != edge.offset else None


def is_in_margin(page: Page, x: float) -> bool:
    """Whether `x` of the viewport is in the margin, where edges are taken hold of."""
    return x >= page.column.line - _BESIDE


def edge_at(page: Page, edges: Sequence[Edge], y: float) -> Edge | None:
    """Return the edge nearest to `y` of the viewport, of those within reach."""
    shown = [index for index, _ in page.visible()]
    if not shown:
        return None
    starts = [edge.offset for edge in edges]
    first = bisect_left(starts, page.paragraphs[shown[0]].start)
    last = bisect_right(starts, page.paragraphs[shown[-1]].end + 1)
    near = [(abs(y_of(page, edge.offset) - y), edge) for edge in edges[first:last]]
    distance, found = min(near, key=lambda one: one[0], default=(_REACH + 1.0, None))
    return found if distance <= _REACH else None


def y_of(page: Page, offset: int) -> float:
    """Return the y of an edge in the viewport: between lines, or in the middle of one.

    Infinite where it is not seen.
    """
    index = page.layout.index_of(offset)
    fold = page.layout.folds.at(index)
    if fold is not None and offset != page.paragraphs[fold.first].start:
        is_behind = offset >= page.paragraphs[fold.end - 1].end
        return float(page.y_of(fold.end)) if is_behind else float("inf")
    if is_line_start(page.text, offset):
        is_behind = offset >= len(page.text) and page.paragraphs[index].start < offset
        return float(page.y_of(index + is_behind))
    laid = page.lines_of(index)
    number = laid.line_of(laid.paragraph.units(offset))
    up, down = laid.face.box_up, laid.face.box_down
    return page.y_of(index) + laid.tops[number] + laid.lines[number].baseline - (up - down) / 2


def line_edge(page: Page, y: float) -> int:
    """Return where the line of the text that is nearest to `y` begins or ends; never in a fold."""
    held = round(min(max(0.0, y), page.size.height() - 1.0))
    index, top = next(page.between(held, held + 1), (0, page.y_of(0)))
    fold = page.layout.folds.at(index)
    following = fold.end if fold else index + 1
    if y < (top + page.y_of(following)) / 2:
        return before_text(page.text, page.paragraphs[index].start)
    if following < len(page.paragraphs):
        return before_text(page.text, page.paragraphs[following].start)
    return len(page.text)


def before_text(text: str, offset: int) -> int:
    r"""Return `offset`, or where the next line with text begins: blanks go with what is before.

    >>> before_text("خبر\n\nعاجل", 3), before_text("خبر\n\n", 3)
    (5, 5)
    """
    while text.startswith("\n", offset):
        offset += 1
    return offset


def is_line_start(text: str, offset: int) -> bool:
    """Whether a line of `text` begins at `offset`, or the text ends there."""
    return offset in (0, len(text)) or text[offset - 1] == "\n"
