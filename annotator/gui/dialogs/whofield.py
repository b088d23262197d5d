"""A field for an annotator's name that says, as it is typed, why a name will not do."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from annotator.core.model import Annotator
from annotator.gui.dialogs.frame import column
from annotator.gui.dialogs.names import name_trouble, same_person
from annotator.gui.look import Look
from annotator.gui.widgets.fields import LineField
from annotator.gui.widgets.literal import literal
from annotator.gui.widgets.troubles import worded
from annotator.gui.widgets.words import Words


class WhoField(QWidget):
    """The field with one line under it; `known` are those whose names are taken already."""

    name_changed = Signal()

    def __init__(self, look: Look, name: str = "", known: Sequence[Annotator] = ()) -> None:
        super().__init__()
        self._look, self._known = look, known
        text = look.language.text
        self.field = LineField(look, text("Your name"), name, hint=text("Your name"))
        self.trouble = Words(look, "", "error", wraps=True)
        self.same = Words(look, "", "doubt", wraps=True)
        self.setLayout(column(self.field, self.trouble, self.same, gap=6))
        self.field.textChanged.connect(self._on_text_changed)
        self._on_text_changed()

    @property
    def name(self) -> str:
        """The name as it is to be kept: without blanks at its ends."""
        return " ".join(self.field.text().split())

    @property
    def person(self) -> Annotator | None:
        """Who is meant, where the name is one that is there, however it is spelled."""
        return same_person(self.name, self._known)

    @property
    def is_good(self) -> bool:
        """Whether somebody can be called so."""
        return bool(self.name) and (self.person is not None or name_trouble(self.name) is None)

    def _on_text_changed(self) -> None:
        language = self._look.language
        is_bad = bool(self.name) and not self.is_good
        trouble = name_trouble(self.name) if is_bad else None
        self.trouble.setText(worded(trouble, language) if trouble else "")
        self.trouble.setVisible(is_bad)
        person = self.person
        is_other = person is not None and person.name != self.name
        self.same.setText(
            language.text(
                "“{name}” is in the project already: this is the same person.",
                name=literal(person.name) if person else "",
            )
        )
        self.same.setVisible(is_other)
        self.name_changed.emit()
