"""Parts of a card that several kinds of label have: attributes, relations, a note."""

from collections.abc import Iterable

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.core import clitics
from annotator.core.labelschema import AttributeType
from annotator.core.model import Attributes
from annotator.gui.actions import BY_ID
from annotator.gui.look import Look
from annotator.gui.models.drawing import name_of
from annotator.gui.panels.part import Part
from annotator.gui.panels.wells import WellButton, WellFace
from annotator.gui.widgets.buttons import IconButton
from annotator.gui.widgets.card import FormRow
from annotator.gui.widgets.literal import Literal
from annotator.gui.widgets.segments import Choice, Segments
from annotator.gui.widgets.words import Words, hairline

_LETTERS = 104
"""Pixels of the name of the row about attached letters."""


class AttributeRows(Part):
    """The attributes of a label, each with all its values; what no type knows is told in red."""

    chosen = Signal(str, tuple)  # the attribute's id, and the value or none

    def __init__(self, look: Look) -> None:
        super().__init__(2)
        self._look = look

    def show_attributes(
        self, types: Iterable[AttributeType], given: Attributes, *, is_closed: bool
    ) -> None:
        """Show `types` with the values that are `given`."""
        known = tuple(types)
        ids = {item.id for item in known}
        strange = tuple(pair for pair in clitics.others(given) if pair[0] not in ids)
        is_right = clitics.RIGHT in dict(given)

        def build(column: QVBoxLayout) -> None:
            column.addWidget(hairline())
            for type_ in known:
                column.addWidget(self._row(type_, dict(given).get(type_.id, ""), is_closed))
            for name, value in strange:
                column.addWidget(
                    FormRow(self._look, name, Literal(self._look, value, role="error"))
                )
            if is_right:
                column.addWidget(self._said_right(is_closed))

        value = (known, given, is_closed) if known or strange or is_right else None
        self.show_value(value, build)

    def _said_right(self, is_closed: bool) -> QWidget:
        """Return the row that says so of attached letters, with what takes it back."""
        text = self._look.language.text
        off = IconButton(self._look, "x", text("Look at it again"))
        off.setObjectName("not_right")
        off.setEnabled(not is_closed)
        off.clicked.connect(lambda: self.chosen.emit(clitics.RIGHT, ()))
        said = Words(self._look, text("right as they are"), "second")
        return FormRow(self._look, text("Attached letters"), said, off, width=_LETTERS)

    def _row(self, type_: AttributeType, value: str, is_closed: bool) -> QWidget:
        language = self._look.language
        name = name_of(language, type_)
        choices = [Choice(item.id, name_of(language, item)) for item in type_.values]
        segments = Segments(
            self._look, name, choices, [value], is_optional=not type_.default and bool(value)
        )
        segments.setObjectName(f"attribute:{type_.id}")
        segments.setEnabled(not is_closed)
        segments.values_chosen.connect(lambda on, id=type_.id: self.chosen.emit(id, on))
        return FormRow(self._look, name, segments)


class RelationRow(msgspec.Struct, frozen=True):
    """A relation as the label in hand sees it: its uid, its name, and its other end."""

    uid: str
    name: str
    face: WellFace


class RelationRows(Part):
    """The relations of a label; a press takes one in hand, its cross removes it."""

    relation_pressed = Signal(str)
    removal_asked = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(2)
        self._look = look

    def show_relations(self, rows: tuple[RelationRow, ...]) -> None:
        """Show `rows`."""

        def build(column: QVBoxLayout) -> None:
            column.addWidget(hairline())
            for row in rows:
                column.addWidget(FormRow(self._look, row.name, self._well(row)))

        self.show_value(rows, build)

    def _well(self, row: RelationRow) -> QWidget:
        well = WellButton(self._look, row.face)
        well.setObjectName(f"relation:{row.uid}")
        well.clicked.connect(lambda: self.relation_pressed.emit(row.uid))
        well.removal_asked.connect(lambda: self.removal_asked.emit(row.uid))
        return well


class NoteLine(Part):
    """The note of a label as it stands; a press asks to write it."""

    writing_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look

    def show_note(self, note: str, *, is_closed: bool) -> None:
        """Show `note`, or nothing."""

        def build(column: QVBoxLayout) -> None:
            column.addWidget(hairline())
            line = QHBoxLayout()
            line.setSpacing(6)
            line.addWidget(self._button(is_closed), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(Literal(self._look, note, role="text_2", lines=6), 1)
            column.addLayout(line)

        self.show_value((note, is_closed) if note else None, build)

    def _button(self, is_closed: bool) -> QWidget:
        action = BY_ID["note"]
        name = self._look.language.text(action.name)
        button = IconButton(self._look, "message-square", name, action.keys[0])
        button.setObjectName("note")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setEnabled(not is_closed)
        button.clicked.connect(self.writing_asked)
        return button
