"""Who labels: asked once a project, chosen among those who are there, or a new name."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QRadioButton, QScrollArea, QVBoxLayout, QWidget

from annotator.core.errors import UserError
from annotator.core.model import LEAD, Annotator
from annotator.gui.dialogs.frame import Frame, column, row
from annotator.gui.dialogs.whofield import WhoField
from annotator.gui.look import Look
from annotator.gui.widgets.avatar import Avatar
from annotator.gui.widgets.literal import in_menu, shown, tooltip
from annotator.gui.widgets.words import Words
from annotator.services import annotators
from annotator.store.project import Project

_NEW = -2
_TALLEST = 240


class Who(Frame):
    """Asks who labels in `project`; `current` is the uid of who does so now."""

    annotator_chosen = Signal(object)  # Annotator

    def __init__(
        self, look: Look, project: Project, current: str = "", parent: QWidget | None = None
    ) -> None:
        text = look.language.text
        super().__init__(look, text("Who labels?"), parent)
        self._project = project
        self.known = [one for one in project.annotators() if one.kind == "human"]
        told = text("Every label carries your name, and what others label stays theirs.")
        self.body.addWidget(Words(look, told, "small", wraps=True))
        self._group = QButtonGroup(self)
        self.body.addWidget(self._list(self.known, current))
        self.field = WhoField(look, known=project.annotators())
        self._put_new()
        self.body.addStretch(1)
        cancel = self.add_button(text("Cancel"))
        cancel.clicked.connect(self.reject)
        self.go = self.add_button("", "primary", is_default=True)
        self.go.clicked.connect(self._on_go_clicked)
        self.field.name_changed.connect(self._on_name_changed)
        self._group.idToggled.connect(self._on_choice_changed)
        self.resize(420, 360)
        self._choose_first(current)

    @property
    def choices(self) -> list[QRadioButton]:
        """The people to choose from; the last is somebody new, where the file takes one."""
        return [one for one in self._group.buttons() if isinstance(one, QRadioButton)]

    def _list(self, known: Sequence[Annotator], current: str) -> QScrollArea:
        people = QWidget()
        lines: QVBoxLayout = column(gap=2)
        for number, one in enumerate(known):
            lines.addLayout(row(Avatar(self.look, one.name), self._choice(one.name, number), gap=8))
        people.setLayout(lines)
        scroll = QScrollArea()
        scroll.setWidget(people)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFixedHeight(min(_TALLEST, lines.sizeHint().height() + 2))
        scroll.setVisible(bool(known))
        return scroll

    def _choice(self, name: str, number: int) -> QRadioButton:
        button = QRadioButton(in_menu(name, 40))
        button.setAccessibleName(shown(name))
        button.setToolTip(tooltip(name) if len(name) > 40 else "")
        self._group.addButton(button, number)
        return button

    def _put_new(self) -> None:
        """Offer a new name; in a file that was handed out to one annotator there is none."""
        text = self.look.language.text
        self._new = QRadioButton(text("Somebody new") if self.known else text("You are"))
        self._group.addButton(self._new, _NEW)
        is_open = self._project.role == LEAD
        self._new.setVisible(is_open and bool(self.known))
        self.body.addWidget(self._new)
        self.body.addWidget(self.field)
        self.field.setVisible(is_open)
        if not is_open:
            told = text("This file was handed out to one annotator and takes no other.")
            self.body.addWidget(Words(self.look, told, "hint", wraps=True))

    def _choose_first(self, current: str) -> None:
        at = next((n for n, one in enumerate(self.known) if one.uid == current), 0)
        button = self._group.button(at) if self.known else self._new
        button.setChecked(True)
        (self.field.field if button is self._new else button).setFocus()
        self._on_choice_changed()

    @property
    def chosen(self) -> Annotator | None:
        """Who of those who are there is chosen, by the list or by a name that means them."""
        number = self._group.checkedId()
        return self.field.person if number == _NEW else self.known[number]

    def _on_name_changed(self) -> None:
        if self.field.field.text():
            self._new.setChecked(True)
        self._on_choice_changed()

    def _on_choice_changed(self) -> None:
        self.trouble.say("")
        is_new = self._new.isChecked()
        language = self.look.language
        person = self.chosen
        name = person.name if person else self.field.name
        self.go.setEnabled(bool(person) or (is_new and self.field.is_good))
        said = language.text("Label as {name}", name=language.quoted(shown(name, 24)))
        self.go.show_words(said if name else language.text("Go on"))

    def _on_go_clicked(self) -> None:
        person = self.chosen
        if person is not None and person.kind != "human":
            self.trouble.show_trouble(UserError("bad_name", name=person.name, why="name_kept"))
            return
        try:
            person = person or annotators.ensure(self._project, self.field.name)
        except UserError as trouble:
            self.trouble.show_trouble(trouble)
            return
        self.annotator_chosen.emit(person)
        self.accept()
