"""The ground of a chart: a body that scrolls, and names beside, above and below it that stay.

Everything is counted from the reading side, and mirrored here.
"""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from annotator.gui import fonts
from annotator.gui.look import Look
from annotator.gui.widgets.literal import broken, draw_line, is_rtl, shown

_CENTRE = int(Qt.AlignmentFlag.AlignCenter | Qt.AlignmentFlag.AlignAbsolute)
_LONGEST = 80
_STEP = 22
BODY, HEAD, TOP, FOOT, CORNER = range(5)
"""Where something is drawn: what scrolls, beside it, above it, below it, and what never moves."""


class Surface(QAbstractScrollArea):
    """What a chart is drawn on."""

    def __init__(self, look: Look, head: int, top: int, foot: int) -> None:
        """Keep so many pixels beside, above and below the body for what stays."""
        super().__init__()
        self._look, self._head, self._top, self._foot = look, head, top, foot
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setViewport(QWidget())
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.setSingleStep(_STEP)

    # --- geometry ---

    def placed(self, x: float, y: float, width: float, height: float, part: int = BODY) -> QRectF:
        """Return the rectangle in the viewport of what lies at `x`, `y` of a part."""
        if part in (BODY, TOP, FOOT):
            x += self._head - self.horizontalScrollBar().value()
        if part in (BODY, HEAD):
            y += self._top - self.verticalScrollBar().value()
        elif part == FOOT:
            y += self.viewport().height() - self._foot
        left = self.viewport().width() - x - width if self._look.is_rtl else x
        return QRectF(left, y, width, height)

    def point(self, x: float, y: float, part: int = BODY) -> QPointF:
        """Return the point of the viewport that lies at `x`, `y` of a part."""
        box = self.placed(x, y, 0, 0, part)
        return QPointF(box.left(), box.top())

    def clip_of(self, part: int) -> QRectF:
        """Return what of the viewport belongs to a part."""
        size = self.viewport().size()
        wide, high = size.width() - self._head, size.height() - self._top - self._foot
        x = 0 if part in (HEAD, CORNER) else self._head
        y = {TOP: 0, CORNER: 0, FOOT: size.height() - self._foot}.get(part, self._top)
        width = {HEAD: self._head, CORNER: size.width()}.get(part, wide)
        height = {TOP: self._top, FOOT: self._foot, CORNER: size.height()}.get(part, high)
        left = size.width() - x - width if self._look.is_rtl else x
        return QRectF(left, y, width, height)

    # --- words ---

    def write(
        self,
        painter: QPainter,
        box: QRectF,
        words: str,
        role: str = "text",
        *,
        px: int = 12,
        strong: bool = False,
        centred: bool = False,
    ) -> None:
        """Write words into `box`, from the reading side or in the middle; too long ones are cut."""
        face = fonts.window(px, strong=strong)
        painter.setFont(face)
        painter.setPen(self._look.theme[role])
        self.write_plain(painter, box, words, centred=centred)

    def write_plain(
        self, painter: QPainter, box: QRectF, words: str, *, centred: bool = False
    ) -> None:
        """Write words in the painter's own face and ink."""
        line = broken(shown(words, _LONGEST), painter.font(), max(round(box.width()), 1), 1)[0]
        box = box.adjusted(0, -1, 0, -1)
        if centred:
            painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            way = (
                Qt.TextFlag.TextForceRightToLeft
                if is_rtl(line)
                else Qt.TextFlag.TextForceLeftToRight
            )
            painter.drawText(box, _CENTRE | int(way) | int(Qt.TextFlag.TextDontClip), line)
            return
        runs_rtl = self._look.is_rtl if is_rtl(line) or self._look.is_rtl else False
        draw_line(painter, box.toRect(), line, is_rtl=runs_rtl, at_right=self._look.is_rtl)
