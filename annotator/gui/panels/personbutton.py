"""Who labels, on a button in the bar on top: as much of the name as there is room for."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QSizePolicy,
    QStyle,
    QStyleOptionToolButton,
    QStylePainter,
    QToolButton,
    QWidget,
)

from annotator.gui.widgets.literal import is_rtl, isolated, shown, tooltip

_LONGEST = 24
"""Code points for which room is asked."""
_LEAST = 72
"""Pixels that are enough to know a name by, its margins included."""


class PersonButton(QToolButton):
    """A name; where it is cut the whole stands in the tooltip, before what a click does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._hint = "", ""
        self.setProperty("look", "quiet")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_person(self, name: str, hint: str) -> None:
        """Show `name`, which a person wrote; `hint` is a sentence of ours on the button."""
        self._name, self._hint = name, hint
        self.setAccessibleName(shown(name))
        self.setText(self._as_text(self._longest()))
        self._tell()

    @property
    def seen(self) -> str:
        """The name as it is drawn: cut where there is not the room."""
        margins = super().sizeHint().width() - self._width_of(self.text().replace("&&", "&"))
        room = self.width() - margins
        return self.fontMetrics().elidedText(self._longest(), Qt.TextElideMode.ElideRight, room)

    def _longest(self) -> str:
        return shown(self._name, _LONGEST)

    def _as_text(self, words: str) -> str:
        return isolated(words, is_rtl=is_rtl(self._name)).replace("&", "&&")

    def _tell(self) -> None:
        is_whole = self.seen == shown(self._name)
        self.setToolTip(self._hint if is_whole else f"{tooltip(self._name)}\n{self._hint}")

    def _width_of(self, words: str) -> int:
        return self.fontMetrics().horizontalAdvance(words)

    def sizeHint(self) -> QSize:
        """Ask for the room of the whole name, up to a length."""
        # two more than measured: half pixels must not cut a name that has its room
        return super().sizeHint() + QSize(2, 0)

    def minimumSizeHint(self) -> QSize:
        """Ask for the least that says something."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), _LEAST), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell the whole where it is cut."""
        super().resizeEvent(event)
        self._tell()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it like every quiet button, with what there is room for."""
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text = self._as_text(self.seen)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
