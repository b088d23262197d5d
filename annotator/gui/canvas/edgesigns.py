"""How an edge between regions is painted that is under the pointer or held by it."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from annotator.gui.canvas import edges, saying
from annotator.gui.canvas.inks import Inks
from annotator.gui.canvas.marks import Stretch
from annotator.gui.canvas.page import Page

_THICK = 2
_ROW = 20
_RIGHT = (
    Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
)


def paint(
    painter: QPainter,
    page: Page,
    inks: Inks,
    offset: int,
    grown: Stretch | None,
    *,
    is_down: bool,
) -> None:
    """Paint a line at `offset`: in the margin, and once a region grows across the page.

    The role that grows is named beside it, on its own side: above where the edge went down.
    """
    y = edges.y_of(page, offset)
    if not -_ROW <= y <= page.size.height() + _ROW:
        return
    column, accent = page.column, inks["accent"]
    is_inside = not edges.is_line_start(page.text, offset)
    left = column.left if grown is not None and not is_inside else column.line
    painter.fillRect(QRectF(left, round(y) - 1, column.right - left, _THICK), accent)
    if is_inside:
        painter.fillRect(_upright(page, offset), accent)
    if grown is not None:
        beside = -_ROW // 2 if is_inside else -_ROW - 2 if is_down else 3
        _name(painter, page, inks, grown.name, round(y) + beside)


def _upright(page: Page, offset: int) -> QRectF:
    """Return the bar before the character at `offset`, which stands inside of a line."""
    index = page.layout.index_of(offset)
    laid = page.lines_of(index)
    units = laid.paragraph.units(offset)
    number = laid.line_of(units)
    x = page.column.text + laid.line_map(number).edge(units, of_previous=False)
    top = page.y_of(index) + laid.tops[number] + laid.lines[number].baseline - laid.face.box_up
    return QRectF(round(x) - 1, top, _THICK, laid.face.box_up + laid.face.box_down)


def _name(painter: QPainter, page: Page, inks: Inks, name: str, top: int) -> None:
    """Write the role over what stands in the margin there."""
    column = page.column
    box = QRect(column.line + 1, top, column.right - column.line - 1, _ROW)
    painter.fillRect(box, inks["accent_soft"])
    painter.setFont(page.measures.margin_strong)
    painter.setPen(inks["accent"])
    inner = box.adjusted(5, 0, -6, 0)
    said = QFontMetricsF(painter.font()).elidedText(
        saying.harmless(name), Qt.TextElideMode.ElideRight, inner.width()
    )
    painter.drawText(inner, _RIGHT, said)
