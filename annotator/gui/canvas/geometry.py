"""Where the pieces and chips of one line are, in pixels of the text column. Made when looked at."""

from collections.abc import Sequence

import msgspec

from annotator.gui.canvas import saying
from annotator.gui.canvas.chips import Placed, Wish, pack
from annotator.gui.canvas.laid import LaidParagraph, Line, Piece
from annotator.gui.canvas.marks import Mark
from annotator.gui.canvas.measures import Measures

_OVER_EDGE = 6  # how far a chip may stand out over the end of the column
_PADDING, _SIGN, _DISC = 10, 12, 13  # of a chip, before it grows with the zoom


class Chip(msgspec.Struct, frozen=True):
    """A chip in its place; `marks` are those it stands for, more than one where it says "+n"."""

    left: int
    right: int
    words: str
    marks: tuple[Mark, ...]
    is_more: bool
    is_rtl: bool


class Geometry(msgspec.Struct):
    """The boxes of each piece of a line, which pieces lie inside others, and the chips."""

    boxes: list[list[tuple[float, float]]]
    is_inner: list[bool]
    chips: list[Chip]
    uids: frozenset[str] = frozenset()
    fills: object = None  # made and kept by whoever paints

    def chip_of(self, uid: str) -> Chip | None:
        """Return the chip that stands for the mark `uid`."""
        return next((chip for chip in self.chips if any(m.uid == uid for m in chip.marks)), None)


def geometry(laid: LaidParagraph, number: int, measures: Measures, chips: str) -> Geometry:
    """Return the geometry of a line, made once until its pieces change."""
    line = laid.lines[number]
    if not isinstance(line.geometry, Geometry):
        line.geometry = _made(laid, number, measures, chips)
    return line.geometry


def _made(laid: LaidParagraph, number: int, measures: Measures, chips: str) -> Geometry:
    line = laid.lines[number]
    if not line.pieces:
        return Geometry([], [], [])
    line_map = laid.line_map(number)
    boxes = [line_map.boxes(piece.start, piece.end) for piece in line.pieces]
    placed = _chips(laid, line, boxes, measures, chips) if line.up else []
    uids = frozenset(piece.mark.uid for piece in line.pieces)
    return Geometry(boxes, _inner(line.pieces), placed, uids)


def _inner(pieces: Sequence[Piece]) -> list[bool]:
    """Return which pieces of entities lie inside another one; of two alike the second does."""
    inner, reach = [False] * len(pieces), -1
    for n in sorted(range(len(pieces)), key=lambda n: (pieces[n].start, -pieces[n].end)):
        mark, end = pieces[n].mark, pieces[n].end
        if mark.kind == "entity" and not mark.is_suggested:
            inner[n] = end <= reach
            reach = max(reach, end)
    return inner


def _chips(
    laid: LaidParagraph,
    line: Line,
    boxes: list[list[tuple[float, float]]],
    measures: Measures,
    chips: str,
) -> list[Chip]:
    is_rtl, width = laid.paragraph.is_rtl, laid.width
    heads = []
    for piece, parts in zip(line.pieces, boxes, strict=True):
        if piece.is_head and parts:
            heads.append((_wish(piece.mark, parts, width, is_rtl, measures, chips), piece.mark))
    heads.sort(key=lambda head: (head[0].edge, -head[0].far))
    row = pack(
        [wish for wish, _ in heads],
        width + _OVER_EDGE,
        lambda n: measures.chip_width(f"+{n}") + round(_PADDING * measures.half),
    )
    marks = [mark for _, mark in heads]
    return [_chip(placed, marks, width, is_rtl, chips) for placed in row]


def _wish(
    mark: Mark,
    parts: list[tuple[float, float]],
    width: int,
    is_rtl: bool,
    measures: Measures,
    chips: str,
) -> Wish:
    left, right = parts[0][0], parts[-1][1]
    edge, far = (width - right, width - left) if is_rtl else (left, right)
    around = _PADDING + bool(mark.number) * _DISC + bool(mark.sign) * _SIGN
    around = round((around + (mark.is_doubtful + mark.has_problem) * _DISC) * measures.half)
    widths = measures.chip_widths(saying.ladder(mark, chips), around)
    return Wish(float(round(edge)), far, widths)


def _chip(placed: Placed, marks: Sequence[Mark], width: int, is_rtl: bool, chips: str) -> Chip:
    meant = tuple(marks[n] for n in placed.wishes)
    words = f"+{len(meant)}" if placed.is_more else saying.ladder(meant[0], chips)[placed.rung]
    begin, end = round(placed.begin), round(placed.end)
    left, right = (width - end, width - begin) if is_rtl else (begin, end)
    return Chip(left, right, words, meant, placed.is_more, is_rtl)
