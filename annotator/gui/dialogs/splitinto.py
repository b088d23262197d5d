"""What a type is split into: a line for each, with its code and, where it is new, its names."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.core.labelschema import Named
from annotator.gui import fonts
from annotator.gui.dialogs.frame import column, row
from annotator.gui.look import Look
from annotator.gui.widgets.buttons import Button
from annotator.gui.widgets.fields import LineField

_LEAST, _MOST = 2, 9
_WIDTHS = (132, 120, 120)
"""Pixels of the code and of the names in Arabic and English."""


class SplitInto(QWidget):
    """Lines to write types into; two at the beginning, and more on demand."""

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.lines: list[SplitLine] = []
        self._column: QVBoxLayout = column(gap=4)
        self.add = Button(look, look.language.text("One more type"), "quiet", icon="plus")
        self.add.clicked.connect(self._on_add_clicked)
        self.setLayout(column(self._column, row(self.add, None), gap=4))
        self.clear()

    def clear(self) -> None:
        """Begin anew, with two empty lines."""
        for line in self.lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = []
        for _ in range(_LEAST):
            self._add_line()

    def into(self) -> tuple[Named, ...]:
        """Return the types that are written; nothing where they are fewer than two."""
        found = tuple(one.type for one in self.lines if one.type.id)
        return found if len(found) >= _LEAST else ()

    def _add_line(self) -> None:
        line = SplitLine(self._look, len(self.lines) + 1)
        for field in line.fields:
            field.textChanged.connect(self.changed)
        self.lines.append(line)
        self._column.addWidget(line)
        self.add.setVisible(len(self.lines) < _MOST)

    def _on_add_clicked(self) -> None:
        self._add_line()
        self.lines[-1].code.setFocus()


class SplitLine(QWidget):
    """One type; names that are left out are those that it has, or its code."""

    def __init__(self, look: Look, n: int) -> None:
        """Make the line of the type with the number `n`, which is told to readers."""
        super().__init__()
        text = look.language.text
        hints = (text("Code"), text("Arabic name"), text("English name"))
        names = [f"{hint} {n}" for hint in hints]
        self.code = LineField(look, names[0], hint=hints[0], direction="ltr")
        self.code.setFont(fonts.code())
        self.arabic = LineField(look, names[1], hint=hints[1], direction="rtl")
        self.english = LineField(look, names[2], hint=hints[2], direction="ltr")
        self.fields = (self.code, self.arabic, self.english)
        for field, width in zip(self.fields, _WIDTHS, strict=True):
            field.setFixedWidth(width)
        self.setLayout(row(*self.fields, None, gap=4))

    @property
    def type(self) -> Named:
        """The type that is written here, with empty names where none are."""
        code, arabic, english = (field.text().strip() for field in self.fields)
        return Named(code, english, arabic)
