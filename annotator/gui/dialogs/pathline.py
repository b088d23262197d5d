"""A path in the window: from left to right in both languages, cut in its middle."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.gui import fonts
from annotator.gui.look import Look
from annotator.gui.widgets.literal import draw_line, shown, tooltip


class PathLine(QWidget):
    """A path at the reading side; what is cut is told in the tooltip."""

    def __init__(self, look: Look, path: str = "", px: int = 12) -> None:
        super().__init__()
        self._look, self._font, self._path = look, fonts.code(px), ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_path(path)

    @property
    def text(self) -> str:
        """The path as it is shown where there is room."""
        return shown(self._path)

    def show_path(self, path: str) -> None:
        """Show another path, or nothing."""
        self._path = path
        self.setAccessibleName(self.text)
        self.updateGeometry()
        self._tell()

    def _line(self) -> str:
        middle = Qt.TextElideMode.ElideMiddle
        return QFontMetrics(self._font).elidedText(self.text, middle, self.width())

    def _tell(self) -> None:
        self.setToolTip(tooltip(self._path) if self._line() != self.text else "")
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut anew."""
        super().resizeEvent(event)
        self._tell()

    def sizeHint(self) -> QSize:
        """Ask for the room of the whole path."""
        metrics = QFontMetrics(self._font)
        return QSize(metrics.horizontalAdvance(self.text) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        """Ask for the room of a few letters."""
        return QSize(min(40, self.sizeHint().width()), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setFont(self._font)
        painter.setPen(self._look.theme["text_3"])
        draw_line(painter, self.rect(), self._line(), is_rtl=False, at_right=self._look.is_rtl)
