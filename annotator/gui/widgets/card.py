"""Cards, wells and the rows of a form: what panels are put together from."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from annotator.gui import fonts
from annotator.gui.look import Look
from annotator.gui.widgets.literal import Literal
from annotator.gui.widgets.words import Words

_PADDING, _GAP = 12, 8
_NAME_WIDTH = 74
_ROW_HEIGHT = 34
_WELL_HEIGHT = 28
_LESS = 6  # what a row loses where the window is compact


class Box(QFrame):
    """A ground of the style sheet (`card`, `hand`, `well`, `soft`, `doubt` …) with a layout."""

    def __init__(self, ground: str, layout: QBoxLayout) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("box", ground)
        self.setLayout(layout)
        self.parts = layout

    def set_ground(self, ground: str) -> None:
        """Stand on another ground."""
        if self.property("box") == ground:
            return
        self.setProperty("box", ground)
        self.style().unpolish(self)
        self.style().polish(self)
        self.update()


class Card(Box):
    """A raised card, its parts one under another; only what is in hand has the accent frame."""

    def __init__(self, look: Look, *, is_in_hand: bool = False) -> None:
        super().__init__("hand" if is_in_hand else "card", QVBoxLayout())
        padding = _PADDING - 4 if look.is_compact else _PADDING
        self.parts.setContentsMargins(padding, padding - 2, padding, padding)
        self.parts.setSpacing(_GAP - 2 if look.is_compact else _GAP)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def set_in_hand(self, is_in_hand: bool) -> None:
        """Take the accent frame, or lose it."""
        self.set_ground("hand" if is_in_hand else "card")


class Well(Box):
    """A sunken row: a filler, near candidates, suggestions."""

    def __init__(self, look: Look, *parts: QWidget) -> None:
        super().__init__("well", QHBoxLayout())
        self.parts.setContentsMargins(6, 0, 8, 0)
        self.parts.setSpacing(6)
        for part in parts:
            self.parts.addWidget(part)
        self.setMinimumHeight(_WELL_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)


class FormRow(QWidget):
    """A name 74 px wide and what belongs to it; a longer name is cut, and told in its tooltip."""

    def __init__(
        self, look: Look, name: str, *parts: QWidget, is_required: bool = False, width: int = 0
    ) -> None:
        """Put `parts` beside `name`, which may come from the label schema."""
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        row.addWidget(_name(look, name, width or _NAME_WIDTH, is_required=is_required))
        for part in parts:
            row.addWidget(part)
        row.addStretch(1)
        self.setMinimumHeight(_ROW_HEIGHT - _LESS if look.is_compact else _ROW_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)


def _name(look: Look, name: str, width: int, *, is_required: bool) -> QWidget:
    column = QWidget()
    column.setFixedWidth(width)
    row = QHBoxLayout(column)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(3)
    row.addWidget(Literal(look, name, font=fonts.window(), role="text_2"))
    if is_required:
        star = Words(look, "*", "error")
        star.setAccessibleName(look.language.text("required"))
        row.addWidget(star)
    row.addStretch(1)
    return column
