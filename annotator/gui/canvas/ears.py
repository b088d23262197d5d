"""Ears of a chip: `و|شخص`, the letters that the label in hand leaves out of its words.

A chip says the type; only that of the label in hand has ears, on the side where the letters stand
in the text, and only where no other chip does. Nothing moves for them.
"""

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from annotator.arabic.tokens import attached
from annotator.gui.canvas import saying, signs
from annotator.gui.canvas.chips import APART
from annotator.gui.canvas.geometry import Chip
from annotator.gui.canvas.inks import Inks
from annotator.gui.canvas.measures import Measures
from annotator.gui.canvas.scene import Scene, Span
from annotator.gui.canvas.shown import Shown

_CENTRE = Qt.AlignmentFlag.AlignCenter | Qt.AlignmentFlag.AlignAbsolute
_LONGEST = 6  # code points of letters that are shown
_AROUND, _UNDER = 8, 3  # pixels: around the letters, and behind the round corner of the chip


class Ear(NamedTuple):
    """Letters beside a chip, from `left` to `right` of the text column."""

    left: float
    right: float
    letters: str
    is_at_right: bool


def ears(shown: Shown, scene: Scene, measures: Measures) -> Iterator[Ear]:
    """Yield the ears of the chip of the label in hand, where that chip stands on this line."""
    chip = shown.geometry.chip_of(scene.current) if scene.current else None
    if chip is None or chip.is_more or scene.moving:
        return
    mark = chip.marks[0]
    before, after = _letters(shown, (mark.spans[0][0], mark.spans[-1][1]))
    for letters, is_at_right in ((before, chip.is_rtl), (after, not chip.is_rtl)):
        if letters and len(letters) <= _LONGEST:
            width = measures.chip_width(letters) + round(_AROUND * measures.half)
            left = chip.right if is_at_right else chip.left - width
            ear = Ear(left, left + width, letters, is_at_right)
            if _has_room(ear, chip, shown):
                yield ear


def _letters(shown: Shown, hull: Span) -> tuple[str, str]:
    """Return what is written together with the ends of a label, as it may be shown."""
    paragraph = shown.laid.paragraph
    start, end = hull[0] - paragraph.start, hull[1] - paragraph.start
    if start < 0 or end > len(paragraph.text):
        return "", ""
    before, after = attached(paragraph.text, start, end)
    return saying.harmless(before), saying.harmless(after)


def _has_room(ear: Ear, chip: Chip, shown: Shown) -> bool:
    others = (one for one in shown.geometry.chips if one is not chip)
    is_free = all(ear.right + APART <= one.left or one.right + APART <= ear.left for one in others)
    return is_free and ear.left + shown.x >= 0


def paint(
    painter: QPainter, shown: Shown, scene: Scene, chip_top: float, inks: Inks, measures: Measures
) -> None:
    """Draw the ears of a line; the chip, whose top is at `chip_top`, is drawn over them."""
    for ear in ears(shown, scene, measures):
        box = QRectF(shown.x + ear.left, chip_top, ear.right - ear.left, measures.chip)
        under = (-_UNDER, 0) if ear.is_at_right else (0, _UNDER)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        signs.tab(painter, box.adjusted(under[0], 0, under[1], 0), inks["paper"], inks["line"])
        painter.setFont(measures.chip_font)
        painter.setPen(inks["text_3"])
        painter.drawText(box.adjusted(0, -2, 0, 0), _CENTRE, ear.letters)
        painter.restore()
