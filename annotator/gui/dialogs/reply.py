"""Reply: one bundle for each annotator, with what the lead decided, answered and assigned."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QWidget

from annotator.gui.dialogs.cellview import CellView
from annotator.gui.dialogs.frame import column, row
from annotator.gui.dialogs.handoutwork import known, usual_folder
from annotator.gui.dialogs.placefield import PlaceField
from annotator.gui.dialogs.scrolled import scrolled
from annotator.gui.dialogs.working import WorkDialog
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.gui.models.cells import Row, code_cell, name_cell, number_cell, path_cell
from annotator.gui.models.handin import in_fours
from annotator.gui.models.handout import Known, load_of
from annotator.gui.widgets.literal import in_menu, shown, tooltip
from annotator.gui.widgets.words import Words, hairline
from annotator.i18n import marked
from annotator.services.replying import Reply, reply
from annotator.store.project import Project

_SIZE = (680, 600)
_LONGEST = 40
_TITLES = (marked("Annotator"), marked("Articles"), marked("Fingerprint"), marked("File"))


class ReplyDialog(WorkDialog):
    """Writes replies to those who are ticked into a folder."""

    replied = Signal(object)  # list[Reply]

    def __init__(
        self, look: Look, project: Project, jobs: Jobs, parent: QWidget | None = None
    ) -> None:
        text = look.language.text
        super().__init__(look, text("Reply to annotators"), project, jobs, parent)
        self.boxes: list[tuple[str, QCheckBox]] = []
        self.place = PlaceField(look, text("Folder"), usual_folder(project, "replies"))
        self.summary = Words(look, text("Looking …"), "strong", wraps=True)
        self.files = CellView(look, text("The replies"), [text(one) for one in _TITLES], 3)
        self._put_together()
        (self.folder,) = self._put_foot(text("Write replies"), text("Show in folder"))
        self.choices = (self._choices,)
        self.place.place_changed.connect(self._on_choice_changed)
        self.go.clicked.connect(self._on_go_clicked)
        self.folder.clicked.connect(self._on_folder_clicked)
        self.folder.hide()
        self.resize(*_SIZE)
        self._look(known, self._on_known)
        self.go.setEnabled(False)

    def _put_together(self) -> None:
        text = self.look.language.text
        told = text(
            "A reply holds the label schema, withdrawn articles, answers to her questions and what"
            " is assigned to her; nothing of anybody else. She merges it into her file."
        )
        self.body.addWidget(Words(self.look, told, "small", wraps=True))
        self._people = column(gap=2)
        who, place = QWidget(), column(Words(self.look, text("Folder"), "head"), self.place, gap=4)
        head = Words(self.look, text("Who gets a reply"), "head")
        who.setLayout(column(head, self._people, None, gap=4))
        self._choices = QWidget()
        choices = column(scrolled(who), place, gap=12)
        choices.setStretch(0, 1)
        self._choices.setLayout(choices)
        self.body.addWidget(self._choices, 1)
        self.body.addWidget(hairline())
        self.body.addWidget(self.summary)
        self.body.addWidget(self.files)

    # --- choosing ---

    def _on_known(self, people: Sequence[Known]) -> None:
        for one in people:
            name = one.annotator.name
            box = QCheckBox(in_menu(name, _LONGEST))
            box.setAccessibleName(shown(name))
            box.setToolTip(tooltip(name) if len(name) > _LONGEST else "")
            box.setChecked(one.assigned > 0)
            box.toggled.connect(self._on_choice_changed)
            load = Words(self.look, load_of(self.look.language, one), "hint")
            self._people.addLayout(row(box, None, load))
            self.boxes.append((name, box))
        if self.boxes:
            self.boxes[0][1].setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_choice_changed()

    @property
    def names(self) -> list[str]:
        """The names of those who are ticked."""
        return [name for name, box in self.boxes if box.isChecked()]

    def _on_choice_changed(self) -> None:
        text = self.look.language.text
        self.trouble.say("")
        self._show_files(())
        self.go.setEnabled(bool(self.names) and self.place.place is not None)
        nobody = text("Nobody is in the project yet.")
        tick = text("Tick who gets a reply.")
        self.summary.setText("" if self.names else tick if self.boxes else nobody)

    # --- writing ---

    def _on_go_clicked(self) -> None:
        names, place = self.names, self.place.place
        if place is None:
            return
        self._show_files(())
        self.summary.setText(self.look.language.text("Writing files …"))
        self._do(lambda project, progress: reply(project, names, place, progress), self._on_replied)

    def _on_replied(self, replies: Sequence[Reply]) -> None:
        language = self.look.language
        written = language.plural("{n} reply", "{n} replies", len(replies))
        self.summary.setText(language.text("Written: {replies}.", replies=written))
        self._show_files(replies)
        self.close_button.setFocus()
        self.replied.emit(replies)

    def _show_files(self, replies: Sequence[Reply]) -> None:
        self.files.show_rows([_row(one) for one in replies])
        self.folder.setVisible(bool(replies))

    def _on_stopped(self, *, was_doing: bool) -> None:
        text = self.look.language.text
        told = text("Stopped. No reply was written.")
        self.summary.setText(told if was_doing else text("Stopped."))

    def _on_trouble(self) -> None:
        self.summary.setText("")

    def _on_folder_clicked(self) -> None:
        place = self.place.place
        if place is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(place)))


def _row(one: Reply) -> Row:
    code = code_cell(in_fours(one.fingerprint))
    return name_cell(one.name), number_cell(one.articles), code, path_cell(one.path)
