"""Looking at an article for chips over letters, and over one another. One line for each fault."""

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from annotator.gui.canvas.geometry import geometry
from annotator.gui.canvas.laid import LaidParagraph
from annotator.gui.canvas.view import Canvas

_INK = 96
"""Alpha from which a pixel of a letter is ink: soft edges are thinner."""


def chip_boxes(canvas: Canvas) -> list[QRectF]:
    """Return where the chips in view stand, in the viewport."""
    page = canvas._page  # noqa: SLF001
    chips = canvas._chips  # noqa: SLF001
    found = []
    for laid, number, y in _lines(canvas):
        line = laid.lines[number]
        for chip in geometry(laid, number, page.measures, chips).chips:
            lift = 1 if chip.marks[0].kind == "evidence" else 0
            top = y + line.base + line.more - page.measures.chip - lift
            left = page.column.text + chip.left
            found.append(QRectF(left, top, chip.right - chip.left, page.measures.chip))
    return found


def _lines(canvas: Canvas) -> Iterator[tuple[LaidParagraph, int, int]]:
    """Yield the lines in view: their paragraph, their number in it and the y of their top."""
    page = canvas._page  # noqa: SLF001
    for index, y in page.visible():
        laid = page.layout.laid(index)
        if laid is not None and not page.layout.folds.at(index):
            for number, top in enumerate(laid.tops[: len(laid.lines)]):
                yield laid, number, y + top


def ink(canvas: Canvas, ratio: int = 2) -> QImage:
    """Return the letters of the article alone, `ratio` pixels a pixel."""
    image = QImage(canvas.viewport().size() * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(0, 0, 0, 0))
    painter = QPainter(image)
    for laid, number, y in _lines(canvas):
        line = laid.lines[number]
        place = QPointF(canvas._page.column.text, y + line.baseline - line.ascent)  # noqa: SLF001
        laid.layout.lineAt(number).draw(painter, place)
    painter.end()
    return image


def covered_ink(canvas: Canvas) -> list[str]:
    """Return the chips that stand over letters."""
    letters, found = ink(canvas), []
    for box in chip_boxes(canvas):
        n = _n_inked(letters, box)
        if n:
            found.append(f"chip over {n} pixels of ink at {box.x():.0f}, {box.y():.0f}")
    return found


def _n_inked(letters: QImage, box: QRectF) -> int:
    ratio = letters.devicePixelRatio()
    scaled = QRectF(box.topLeft() * ratio, box.size() * ratio).toRect() & letters.rect()
    rows = range(scaled.top(), scaled.bottom() + 1)
    columns = range(scaled.left(), scaled.right() + 1)
    return sum(letters.pixelColor(x, y).alpha() >= _INK for y in rows for x in columns)


def chips_over_chips(canvas: Canvas) -> list[str]:
    """Return the chips that stand over one another."""
    return [
        f"chips over one another at {one.x():.0f}, {one.y():.0f}"
        for one, other in combinations(chip_boxes(canvas), 2)
        if one.intersects(other)
    ]
