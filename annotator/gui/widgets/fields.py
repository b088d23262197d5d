"""Fields to type into: a line, a search with its key, some lines."""

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from annotator.gui import icons
from annotator.gui.dressing import direction_of
from annotator.gui.look import Look
from annotator.gui.widgets.buttons import IconButton
from annotator.gui.widgets.focus import draw_ring
from annotator.gui.widgets.keycap import KeyCap
from annotator.gui.widgets.literal import is_rtl, shown

_HEIGHT = 30
_EDGE = 8
_ICON = 16
_DIRECTIONS = {
    "auto": None,
    "rtl": Qt.LayoutDirection.RightToLeft,
    "ltr": Qt.LayoutDirection.LeftToRight,
}


class LineField(QLineEdit):
    """A line to type into.

    It runs as what is typed runs, and as the interface while it is empty; `direction` ltr is for
    codes, addresses and English names, rtl for Arabic names.
    """

    def __init__(
        self, look: Look, name: str, text: str = "", *, hint: str = "", direction: str = "auto"
    ) -> None:
        """Hold `text`; `name` is for readers, `hint` is seen while the field is empty."""
        super().__init__()
        self._look, self._fixed = look, _DIRECTIONS[direction]
        self._now: Qt.LayoutDirection | None = None
        self.setAccessibleName(shown(name))
        self.setPlaceholderText(shown(hint))
        self.textChanged.connect(self._on_text_changed)
        self.setText(text)
        self._on_text_changed(text)

    def _on_text_changed(self, text: str) -> None:
        direction = self._direction_of(text)
        if direction is not self._now:
            self._now = direction
            self._run(direction)

    def _direction_of(self, text: str) -> Qt.LayoutDirection:
        if self._fixed is not None:
            return self._fixed
        return _way(is_rtl=is_rtl(text)) if text.strip() else direction_of(self._look)

    def _run(self, direction: Qt.LayoutDirection) -> None:
        """Let the text run so.

        WORKAROUND(QLineEdit, Qt 6.11): it follows the first strong letter, or while it is empty the
        keyboard's language, whatever its layout direction; only the keys for directions change it.
        """
        self.setLayoutDirection(direction)
        is_right = direction is Qt.LayoutDirection.RightToLeft
        key = Qt.Key.Key_Direction_R if is_right else Qt.Key.Key_Direction_L
        self.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))


class SearchField(QWidget):
    """A line with a lens or a funnel where it begins and its key, or a way to empty it, at the end.

    The icon and the key keep their sides when what is typed runs the other way.
    """

    text_changed = Signal(str)

    def __init__(
        self, look: Look, hint: str, *, icon: str = "search", latin: str = "", arabic: str = ""
    ) -> None:
        """Show `hint` while nothing is typed; `latin` and `arabic` are the legends of its key."""
        super().__init__()
        self._look, self._icon = look, icon
        self.line = LineField(look, hint, hint=hint)
        self.line.setProperty("look", "bare")
        self._cap = KeyCap(look, latin, arabic) if latin else None
        self._clear = IconButton(look, "x", look.language.text("Clear"))
        self._clear.setFixedSize(_HEIGHT - 2, _HEIGHT - 2)
        self._lay_out()
        self.setFocusProxy(self.line)
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self._on_text_changed)
        self._clear.clicked.connect(self.line.clear)
        self._show_end(is_empty=True)

    def text(self) -> str:
        """Return what is typed."""
        return self.line.text()

    def _lay_out(self) -> None:
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(_EDGE, 1, _EDGE, 1)
        row.setSpacing(_EDGE)
        row.addSpacing(_ICON + 2)
        row.addWidget(self.line, 1)
        if self._cap:
            row.addWidget(self._cap)
        row.addWidget(self._clear)

    def _show_end(self, *, is_empty: bool) -> None:
        self._clear.setVisible(not is_empty)
        if self._cap:
            self._cap.setVisible(is_empty)

    def _on_text_changed(self, text: str) -> None:
        self._show_end(is_empty=not text)
        self.text_changed.emit(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Draw the frame anew when the line gets the keyboard or loses it."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame and the icon."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.theme["line_strong"], 1))
        painter.setBrush(self._look.theme["field"])
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        left = self.width() - _EDGE - _ICON if self._look.is_rtl else _EDGE
        place = QRectF(left, (self.height() - _ICON) / 2, _ICON, _ICON)
        icons.draw(painter, self._look, self._icon, place, "text_3")
        if self.line.hasFocus():
            draw_ring(painter, self._look, QRectF(self.rect()))


class TextField(QPlainTextEdit):
    """Some lines to type into, all running as their words run; Tab goes on to the next field."""

    def __init__(self, look: Look, name: str, text: str = "", *, hint: str = "") -> None:
        """Hold `text`; `name` is for readers, `hint` is seen while the field is empty."""
        super().__init__()
        self._look = look
        self.setAccessibleName(shown(name))
        self.setPlaceholderText(shown(hint))
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._on_text_changed)
        self.setPlainText(text)
        self._on_text_changed()

    def _on_text_changed(self) -> None:
        """Set the side of the lines: Qt leaves those of right-to-left text at the left."""
        text = self.toPlainText()
        runs_rtl = is_rtl(text) if text.strip() else self._look.is_rtl
        option = self.document().defaultTextOption()
        side = Qt.AlignmentFlag.AlignRight if runs_rtl else Qt.AlignmentFlag.AlignLeft
        direction = _way(is_rtl=runs_rtl)
        if (option.alignment(), option.textDirection()) != (side, direction):
            option.setAlignment(side)
            option.setTextDirection(direction)
            self.document().setDefaultTextOption(option)

    def sizeHint(self) -> QSize:
        """Ask for three lines."""
        return QSize(200, 3 * self.fontMetrics().lineSpacing() + 22)

    def minimumSizeHint(self) -> QSize:
        """Ask for two lines."""
        return QSize(100, 2 * self.fontMetrics().lineSpacing() + 22)


def _way(*, is_rtl: bool) -> Qt.LayoutDirection:
    return Qt.LayoutDirection.RightToLeft if is_rtl else Qt.LayoutDirection.LeftToRight
