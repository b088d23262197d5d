"""Small forms made from the questions of a label schema: one of, many of, scale, text.

A form says what a person answered as soon as she has; no values take the answer back.
"""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QVBoxLayout, QWidget

from annotator.core.labelschema import Question
from annotator.gui.dressing import direction_of
from annotator.gui.look import Look
from annotator.gui.models.drawing import name_of
from annotator.gui.widgets.literal import Literal, in_menu, is_rtl, shown, tooltip
from annotator.gui.widgets.segments import Choice, Segments
from annotator.gui.widgets.words import Words

_TEXT_HEIGHT = 88
_LONGEST_NAME = 60


class Form(QWidget):
    """One question; `answered` has the values that are on after a person's act."""

    answered = Signal(tuple)

    def show_values(self, values: Sequence[str]) -> None:
        """Show these values as the answer; nothing is said to have been answered."""
        raise NotImplementedError


class OneOf(Form):
    """Segments of which one is on; pressed again it is taken back."""

    def __init__(self, look: Look, question: Question) -> None:
        super().__init__()
        choices = [Choice(value.id, name_of(look.language, value)) for value in question.values]
        name = name_of(look.language, question)
        self.segments = Segments(look, name, choices, is_optional=True)
        self.segments.values_chosen.connect(self.answered)
        _column(self, self.segments)

    def show_values(self, values: Sequence[str]) -> None:
        """Show which one is on."""
        self.segments.show_values(values)


class ManyOf(Form):
    """Boxes to tick, any number of them."""

    def __init__(self, look: Look, question: Question) -> None:
        super().__init__()
        self.boxes = {value.id: _box(name_of(look.language, value)) for value in question.values}
        for box in self.boxes.values():
            box.clicked.connect(self._on_clicked)
        _column(self, *self.boxes.values())

    def _on_clicked(self) -> None:
        self.answered.emit(tuple(id for id, box in self.boxes.items() if box.isChecked()))

    def show_values(self, values: Sequence[str]) -> None:
        """Show which ones are ticked."""
        for id, box in self.boxes.items():
            box.setChecked(id in values)


class Scale(Form):
    """Numbers in order, both ends and the chosen one named; pressed again it is taken back."""

    def __init__(self, look: Look, question: Question) -> None:
        super().__init__()
        self._names = {value.id: name_of(look.language, value) for value in question.values}
        choices = [Choice(id, str(n)) for n, id in enumerate(self._names, 1)]
        name = name_of(look.language, question)
        self.segments = Segments(look, name, choices, is_optional=True)
        self.segments.values_chosen.connect(self._on_chosen)
        self.chosen = Literal(look, role="accent")
        names = list(self._names.values())
        ends = [
            Literal(look, f"{n} {end}", role="text_3")
            for n, end in ((1, names[0]), (len(names), names[-1]))
        ]
        _column(self, self.segments, self.chosen, *ends)

    def _on_chosen(self, values: tuple[str, ...]) -> None:
        self._name(values)
        self.answered.emit(values)

    def _name(self, values: Sequence[str]) -> None:
        self.chosen.show_text("".join(self._names.get(value, value) for value in values[:1]))
        self.chosen.setVisible(bool(values))

    def show_values(self, values: Sequence[str]) -> None:
        """Show which one is on, and what it is called."""
        self.segments.show_values(values)
        self._name(values)


class TextForm(Form):
    """Some lines; they are saved when the field is left, or by Ctrl+Return; Esc drops them."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self.field = _Lines(look, name)
        self.field.left.connect(self._on_left)
        self.hint = Words(look, look.language.text("Saved when you leave the field"), "hint")
        self.hint.hide()
        self.field.textChanged.connect(self._on_text_changed)
        _column(self, self.field, self.hint)

    @property
    def text(self) -> str:
        """What is written, without blank lines around it."""
        return self.field.toPlainText().strip()

    def _on_text_changed(self) -> None:
        self.hint.setVisible(self.field.is_changed)

    def _on_left(self) -> None:
        self.hint.hide()
        self.answered.emit((self.text,) if self.text else ())

    def show_values(self, values: Sequence[str]) -> None:
        """Show the text, unless another one is being typed."""
        self.field.show_text(values[0] if values else "")


class _Lines(QPlainTextEdit):
    left = Signal()

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._kept = ""
        self.setAccessibleName(shown(name))
        self.setTabChangesFocus(True)
        self.setFixedHeight(_TEXT_HEIGHT)
        self._usual = direction_of(look)
        self.textChanged.connect(self._on_text_changed)
        self._on_text_changed()

    @property
    def is_changed(self) -> bool:
        """Whether something else is written than what is kept."""
        return self.toPlainText().strip() != self._kept.strip()

    def show_text(self, text: str) -> None:
        """Show `text` as what is kept."""
        is_being_typed = self.hasFocus() and self.is_changed
        self._kept = text
        if not is_being_typed and self.is_changed:
            self.setPlainText(text)

    def _on_text_changed(self) -> None:
        """Run as the text runs, and as the interface while there is none."""
        text = self.toPlainText()
        way = Qt.LayoutDirection.RightToLeft if is_rtl(text) else Qt.LayoutDirection.LeftToRight
        option = self.document().defaultTextOption()
        option.setTextDirection(way if text.strip() else self._usual)
        self.document().setDefaultTextOption(option)

    def _leave(self) -> None:
        if self.is_changed:
            self._kept = self.toPlainText()
            self.left.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Save what was typed."""
        super().focusOutEvent(event)
        self._leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save by Ctrl+Return, drop by Esc."""
        is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_return and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._leave()
        elif event.key() == Qt.Key.Key_Escape and self.is_changed:
            self.setPlainText(self._kept)
        else:
            super().keyPressEvent(event)


def _text(look: Look, question: Question) -> Form:
    return TextForm(look, name_of(look.language, question))


FORMS: Mapping[str, Callable[[Look, Question], Form]] = {
    "one": OneOf,
    "many": ManyOf,
    "scale": Scale,
    "text": _text,
}
"""The form of each kind of question."""


def form_for(look: Look, question: Question) -> Form:
    """Return the form of `question`."""
    form = FORMS[question.kind](look, question)
    form.setObjectName(f"question:{question.id}")
    return form


def _box(name: str) -> QCheckBox:
    box = QCheckBox(in_menu(name, _LONGEST_NAME))
    box.setAccessibleName(shown(name))
    if len(name) > _LONGEST_NAME:
        box.setToolTip(tooltip(name))
    return box


def _column(whole: QWidget, *parts: QWidget) -> None:
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    for part in parts:
        column.addWidget(part)
