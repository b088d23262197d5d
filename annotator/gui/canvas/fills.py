"""Tints, lanes and chips of a line: put together when its labels change, then only painted.

x is relative to the text column, y to the baseline. A line may bear a hundred labels, and what is
put together for each anew at every painting is what a person waits for.
"""

from collections.abc import Iterator
from math import ceil
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPixmap

from annotator.gui.canvas.geometry import Chip
from annotator.gui.canvas.inks import Inks
from annotator.gui.canvas.laid import Piece
from annotator.gui.canvas.marks import Mark
from annotator.gui.canvas.measures import Measures
from annotator.gui.canvas.scene import Scene
from annotator.gui.canvas.shown import Shown
from annotator.gui.canvas.signs import Signs

_DASH, _PERIOD = 6.0, 9.0
_THIN = 1.25  # one of the two lines of a double underline


class Fill(NamedTuple):
    """A rectangle and its ink; smooth where its edges are not whole pixels."""

    box: QRectF
    ink: QColor
    is_smooth: bool = False


class LineFills(NamedTuple):
    """What of a line is only filled and stamped; `rest` are the pieces whose strokes are drawn.

    `key` tells for whom, and for what in hand and under the pointer, it was put together.
    """

    key: tuple[object, ...]
    tints: list[Fill]
    lanes: list[Fill]
    chips: list[tuple[QPointF, QPixmap]]
    rest: list[int]


def paint(painter: QPainter, fills: list[Fill], x: int = 0, baseline: int = 0) -> None:
    """Fill rectangles of a line."""
    painter.translate(x, baseline)
    was_smooth = False
    for box, ink, is_smooth in fills:
        if is_smooth is not was_smooth:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, is_smooth)
            was_smooth = is_smooth
        painter.fillRect(box, ink)
    if was_smooth:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.translate(-x, -baseline)


class Filler:
    """Puts the fills of lines together in one look."""

    def __init__(self, inks: Inks, signs: Signs, measures: Measures) -> None:
        self._inks, self._signs, self._measures = inks, signs, measures

    def of(self, shown: Shown, scene: Scene, ratio: float) -> LineFills:
        """Return the fills of a line, made once for what is hovered and in hand on it.

        `ratio` is the number of pixels of the device for one of the page.
        """
        geometry = shown.geometry
        hovered = scene.hovered if scene.hovered in geometry.uids else ""
        hand = scene.hand if scene.hand in geometry.uids else ""
        key = (self, hovered, hand, ratio)
        made = geometry.fills
        if not isinstance(made, LineFills) or made.key != key:
            pieces = range(len(shown.line.pieces))
            tints = [fill for n in pieces for fill in self._tint(shown, n, hovered, hand)]
            rest = [n for n in pieces if not _is_filled(shown.line.pieces[n].mark)]
            drawn = set(rest)
            lanes = [fill for n in pieces if n not in drawn for fill in self._lane(shown, n)]
            chips = [self._chip(shown, chip, hand, ratio) for chip in geometry.chips]
            geometry.fills = made = LineFills(key, tints, lanes, chips, rest)
        return made

    def _chip(self, shown: Shown, chip: Chip, hand: str, ratio: float) -> tuple[QPointF, QPixmap]:
        is_in_hand = bool(hand) and chip.marks[0].uid == hand
        picture = self._signs.picture(chip, is_in_hand=is_in_hand, ratio=ratio)
        lift = 1 if chip.marks[0].kind == "evidence" else 0
        y = chip_top(shown, self._measures) - shown.baseline - lift
        return QPointF(chip.left, y), picture

    def _tint(self, shown: Shown, n: int, hovered: str, hand: str) -> Iterator[Fill]:
        mark = shown.line.pieces[n].mark
        ink = None
        is_inner = shown.geometry.is_inner[n]
        if mark.is_suggested or mark.kind == "evidence":
            return
        if mark.kind == "event":
            if not mark.is_pending and not mark.is_unsaved:
                ink = self._inks["accent_soft" if mark.uid == hand else "event_tint"]
        elif not self._inks.is_contrast:
            slot = self._inks.slot(mark.slot)
            ink = slot.chip if is_inner or mark.uid == hovered else slot.tint
        if ink is None:
            return
        up, height = shown.laid.face.box_up, shown.laid.face.box_up + shown.laid.face.box_down
        is_less = is_inner and mark.kind == "entity"
        for left, right in shown.geometry.boxes[n]:
            box = QRectF(left, -up, right - left, height)
            yield Fill(box.adjusted(0, 3, 0, -2) if is_less else box, ink)

    def _lane(self, shown: Shown, n: int) -> Iterator[Fill]:
        mark = shown.line.pieces[n].mark
        slot, is_rtl = self._inks.slot(mark.slot), shown.laid.paragraph.is_rtl
        y = lane_y(shown, n, self._measures) - shown.baseline
        for left, right in parted(shown, n):
            box = QRectF(left, y, right - left, self._measures.thick)
            yield from underline(box, slot.line, slot.pattern, is_rtl=is_rtl)


def _is_filled(mark: Mark) -> bool:
    """Whether a mark has no stroke but an underline that is filled."""
    is_plain = not (mark.is_pending or mark.is_unsaved or mark.has_problem)
    return mark.kind == "entity" and not mark.is_suggested and is_plain


def chip_top(shown: Shown, measures: Measures) -> int:
    """Return the y, in the viewport, of the tops of the chips over a line."""
    return shown.y + shown.line.base + shown.line.more - measures.chip


def lane_y(shown: Shown, n: int, measures: Measures) -> int:
    """Return the y, in the viewport, of the lane of a piece."""
    below = shown.baseline + round(shown.laid.face.box_down) + 2
    return below + measures.lane * shown.line.lanes[n]


def parted(shown: Shown, n: int) -> Iterator[tuple[int, int]]:
    """Yield the boxes of a lane, 1 px short of each true end so that neighbours part."""
    piece, boxes = shown.line.pieces[n], shown.geometry.boxes[n]
    at_left, at_right = _ends(piece, is_rtl=shown.laid.paragraph.is_rtl)
    for k, (left, right) in enumerate(boxes):
        less = 1 if at_left and k == 0 else 0
        short = 1 if at_right and k == len(boxes) - 1 else 0
        yield round(left) + less, round(right) - short


def _ends(piece: Piece, *, is_rtl: bool) -> tuple[bool, bool]:
    return (piece.is_end, piece.is_start) if is_rtl else (piece.is_start, piece.is_end)


def underline(box: QRectF, ink: QColor, pattern: str, *, is_rtl: bool) -> Iterator[Fill]:
    """Yield the rectangles of an underline by its pattern: "solid", "dash" or "double"."""
    if pattern == "dash":
        for n in range(ceil(box.width() / _PERIOD)):
            width = min(_DASH, box.width() - n * _PERIOD)
            left = box.right() - n * _PERIOD - width if is_rtl else box.left() + n * _PERIOD
            yield Fill(QRectF(left, box.top(), width, box.height()), ink)
    elif pattern == "double":
        for y in (box.top() - 0.25, box.bottom() - _THIN + 0.25):
            yield Fill(QRectF(box.left(), y, box.width(), _THIN), ink, is_smooth=True)
    else:
        yield Fill(box, ink)
