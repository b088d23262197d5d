"""A chip that can be pressed: the type of what is in hand, a value of a stance."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from annotator.gui import fonts, icons
from annotator.gui.look import Look
from annotator.gui.widgets import chip, keycap
from annotator.gui.widgets.chip import ChipFace
from annotator.gui.widgets.focus import draw_ring
from annotator.gui.widgets.literal import shown, tooltip

_HEIGHT = 28
_ARROW = 12
_GAP = 4
_EMPTY = 40


class ChipButton(QAbstractButton):
    """A chip in a target of 28 px; `opens` draws the arrow of a list, `key` the cap of a digit.

    A face without a name is an empty place: dashed, with `hint` in it; `is_asking` says that what
    is pressed next goes there.
    """

    def __init__(
        self,
        look: Look,
        face: ChipFace,
        name: str,
        *,
        opens: bool = False,
        key: str = "",
        hint: str = "",
        is_asking: bool = False,
    ) -> None:
        super().__init__()
        self._look, self.face, self._opens, self._key = look, face, opens, key
        self._hint, self._is_asking = hint, is_asking
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(shown(name))
        self.setToolTip(tooltip(face.name))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def _before(self) -> int:
        return keycap.size_of(self._key).width() + _GAP if self._key else 0

    def _after(self) -> int:
        return _ARROW + _GAP if self._opens and self.isEnabled() else 0

    def _chip_width(self) -> int:
        if self.face.name:
            return chip.size_of(self.face).width()
        return max(_EMPTY, self.fontMetrics().horizontalAdvance(self._hint) + 18)

    def _chip_box(self) -> QRectF:
        width = self.width() - self._before() - self._after()
        left = self._after() if self._look.is_rtl else self._before()
        return QRectF(left, (self.height() - chip.HEIGHT) / 2, width, chip.HEIGHT)

    def _draw_empty(self, painter: QPainter, box: QRectF) -> None:
        role = "accent" if self._is_asking else "line_strong"
        style = Qt.PenStyle.SolidLine if self._is_asking else Qt.PenStyle.DashLine
        painter.setPen(QPen(self._look.theme[role], 1, style))
        painter.setBrush(
            self._look.theme["accent_soft"] if self._is_asking else Qt.BrushStyle.NoBrush
        )
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
        painter.setPen(self._look.theme["accent" if self._is_asking else "text_3"])
        painter.setFont(fonts.window(12))
        painter.drawText(box.adjusted(0, -1, 0, 0), Qt.AlignmentFlag.AlignCenter, self._hint)

    def sizeHint(self) -> QSize:
        """Ask for the room of the chip and what stands beside it."""
        return QSize(self._before() + self._chip_width() + self._after(), _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Ask for the room of a few letters."""
        return QSize(min(self.sizeHint().width(), 56 + self._before() + self._after()), _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self._chip_box()
        if self.face.name:
            chip.draw_chip(painter, self._look, box, self.face)
            if self._is_asking or self.isDown() or self.underMouse():
                painter.setPen(QPen(self._look.theme["accent"], 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        else:
            self._draw_empty(painter, box)
        self._draw_beside(painter)
        if self.hasFocus():
            draw_ring(painter, self._look, QRectF(self.rect()))

    def _draw_beside(self, painter: QPainter) -> None:
        middle = self.height() / 2
        if self._key:
            cap = keycap.size_of(self._key)
            left = self.width() - cap.width() if self._look.is_rtl else 0
            box = QRectF(left, middle - cap.height() / 2, cap.width(), cap.height())
            keycap.draw_cap(painter, self._look, box, self._key)
        if self._after():
            left = 0 if self._look.is_rtl else self.width() - _ARROW
            box = QRectF(left, middle - _ARROW / 2, _ARROW, _ARROW)
            icons.draw(painter, self._look, "chevron-down", box)
