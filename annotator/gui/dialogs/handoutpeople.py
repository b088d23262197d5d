"""Who gets articles and how many parts each: those of the project, and new names."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QSpinBox, QVBoxLayout, QWidget

from annotator.gui.dialogs.frame import column, row
from annotator.gui.dialogs.names import name_trouble, same_person
from annotator.gui.look import Look
from annotator.gui.models.handout import Known, load_of
from annotator.gui.widgets.buttons import Button, IconButton
from annotator.gui.widgets.fields import LineField
from annotator.gui.widgets.literal import in_menu, literal, shown, tooltip
from annotator.gui.widgets.troubles import worded
from annotator.gui.widgets.words import Words
from annotator.i18n import marked

Person = tuple[str, int]
"""A name and a share."""
_SAME = marked("“{name}” is in the project already: this is the same person.")
_LONGEST, _MOST_PARTS = 40, 99
_SPIN, _BUTTON = 76, 30


class PeopleField(QWidget):
    """Boxes for those who are known, lines for new names; each with a share.

    Return in a line goes on to the next one, Backspace in an empty one takes it away.
    """

    people_changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._known: Sequence[Known] = ()
        self.known: list[KnownRow] = []
        self.new: list[NewRow] = []
        text = look.language.text
        self._lines: QVBoxLayout = column(gap=4)
        self.add = Button(look, text("Somebody new"), "quiet", icon="plus")
        self.add.clicked.connect(self.add_line)
        share = Words(look, text("Share"), "hint")
        share.setFixedWidth(_SPIN)
        head = row(Words(look, text("Who gets articles"), "head"), None, share, _BUTTON + 8)
        self.setLayout(column(head, self._lines, row(self.add, None), gap=4))

    def show_known(self, known: Sequence[Known]) -> None:
        """Offer the people of the project; those who have articles are ticked."""
        self._known = known
        for one in known:
            line = KnownRow(self._look, one)
            line.changed.connect(self.people_changed)
            self._put(line)
            self.known.append(line)
        if not known:
            self.add_line()
        self.people_changed.emit()

    def add_line(self) -> None:
        """Offer a line for one more new name, and go there."""
        line = NewRow(self._look, self._known)
        line.changed.connect(self.people_changed)
        line.next_asked.connect(lambda: self._go_on_from(line))
        line.removed.connect(lambda: self._remove(line))
        self._put(line)
        self.new.append(line)
        line.field.setFocus()
        self.people_changed.emit()

    def _put(self, line: QWidget) -> None:
        """Show a line at once: what is not seen cannot have the keyboard."""
        self._lines.addWidget(line)
        line.show()

    def _go_on_from(self, line: "NewRow") -> None:
        if not line.name:
            return
        at = self.new.index(line) + 1
        if at < len(self.new):
            self.new[at].field.setFocus()
        else:
            self.add_line()

    def _remove(self, line: "NewRow") -> None:
        at = self.new.index(line)
        self.new.remove(line)
        self._lines.removeWidget(line)
        line.hide()
        line.deleteLater()
        rest = self.new[max(at - 1, 0) :]
        (rest[0].field if rest else self.add).setFocus()
        self.people_changed.emit()

    @property
    def people(self) -> list[Person]:
        """Who is to get articles, in the order in which they are seen."""
        known = [(one.name, one.share.value()) for one in self.known if one.box.isChecked()]
        return known + [(one.name, one.share.value()) for one in self.new if one.name]

    @property
    def is_good(self) -> bool:
        """Whether there is somebody, and everybody can be called so."""
        return bool(self.people) and all(one.is_good for one in self.new)


class KnownRow(QWidget):
    """Somebody who is in the project already."""

    changed = Signal()

    def __init__(self, look: Look, known: Known) -> None:
        super().__init__()
        self.name = known.annotator.name
        self.box = QCheckBox(in_menu(self.name, _LONGEST))
        self.box.setAccessibleName(shown(self.name))
        self.box.setToolTip(tooltip(self.name) if len(self.name) > _LONGEST else "")
        self.box.setChecked(known.assigned > 0)
        self.share = _share(look, self.name)
        self.share.setEnabled(self.box.isChecked())
        load = Words(look, load_of(look.language, known), "hint")
        self.setLayout(row(self.box, None, load, self.share, _BUTTON + 8))
        self.box.toggled.connect(self._on_toggled)
        self.share.valueChanged.connect(self.changed)

    def _on_toggled(self, is_on: bool) -> None:
        self.share.setEnabled(is_on)
        self.changed.emit()


class NewRow(QWidget):
    """A name that may be new; what is wrong with it is said under it as it is typed."""

    changed = Signal()
    next_asked = Signal()
    removed = Signal()

    def __init__(self, look: Look, known: Sequence[Known]) -> None:
        super().__init__()
        self._look, self._known = look, [one.annotator for one in known]
        text = look.language.text
        self.field = _NameField(look, text("Name"), hint=text("Name"))
        self.field.next_asked.connect(self.next_asked)
        self.field.removal_asked.connect(self.removed)
        self.share = _share(look, text("somebody new"))
        gone = IconButton(look, "x", text("Take this line out"))
        gone.clicked.connect(self.removed)
        self.trouble = Words(look, "", "error", wraps=True)
        self.same = Words(look, "", "doubt", wraps=True)
        line = row(self.field, self.share, gone)
        line.setStretch(0, 1)
        self.setLayout(column(line, self.trouble, self.same, gap=4))
        self.field.textChanged.connect(self._on_text_changed)
        self.share.valueChanged.connect(self.changed)
        self._on_text_changed()

    @property
    def name(self) -> str:
        """The name as it is to be kept: without blanks at its ends."""
        return " ".join(self.field.text().split())

    @property
    def is_good(self) -> bool:
        """Whether nobody is named, or somebody who can be called so."""
        is_known = same_person(self.name, self._known) is not None
        return not self.name or is_known or name_trouble(self.name) is None

    def _on_text_changed(self) -> None:
        language = self._look.language
        trouble = None if self.is_good else name_trouble(self.name)
        self.trouble.setText(worded(trouble, language) if trouble else "")
        self.trouble.setVisible(trouble is not None)
        person = same_person(self.name, self._known)
        self.same.setText(language.text(_SAME, name=literal(person.name)) if person else "")
        self.same.setVisible(person is not None)
        self.changed.emit()


class _NameField(LineField):
    """A line that is left and taken away by keys; Return is not the dialog's here."""

    next_asked = Signal()
    removal_asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on by Return, and go away by Backspace where nothing is written."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.next_asked.emit()
        elif event.key() == Qt.Key.Key_Backspace and not self.text():
            self.removal_asked.emit()
        else:
            super().keyPressEvent(event)


def _share(look: Look, name: str) -> QSpinBox:
    box = QSpinBox()
    box.setRange(1, _MOST_PARTS)
    box.setFixedWidth(_SPIN)
    box.setAccessibleName(look.language.text("Share of {name}", name=shown(name, _LONGEST)))
    return box
