"""Change a type: rename, merge, retire or split it, after a look at what that touches."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from annotator.core.schemachange import MERGE, RENAME, SPLIT
from annotator.gui import fonts
from annotator.gui.dialogs.cellview import CellView
from annotator.gui.dialogs.figurerow import FigureRow
from annotator.gui.dialogs.frame import column
from annotator.gui.dialogs.receiptswork import brought_back
from annotator.gui.dialogs.splitinto import SplitInto
from annotator.gui.dialogs.working import WorkDialog
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.gui.models import typechange as told
from annotator.gui.models.typechange import Changeable
from annotator.gui.widgets.card import Box, FormRow
from annotator.gui.widgets.fields import LineField
from annotator.gui.widgets.literal import tooltip
from annotator.gui.widgets.segments import Choice, Segments
from annotator.gui.widgets.words import Words, hairline
from annotator.services.changing_schema import (
    ChangePreview,
    TypeChange,
    change_schema,
    previewed,
)
from annotator.store.project import Project

_SIZE = (640, 580)
_NAME_WIDTH, _FIELD = 96, 380
_SOON = 200
"""Milliseconds after a choice until it is looked what it would do."""


class ChangeTypeDialog(WorkDialog):
    """Changes one type of the label schema; what it would touch is counted at once."""

    changed = Signal()  # the label schema is another one now

    def __init__(
        self, look: Look, project: Project, jobs: Jobs, parent: QWidget | None = None
    ) -> None:
        text = look.language.text
        super().__init__(look, text("Change a type"), project, jobs, parent)
        self.preview: ChangePreview | None = None
        self._gesture = ""
        self._types = told.changeable(project.label_schema, look.language)
        changes = [Choice(what, text(name)) for what, name in told.CHANGES]
        self.what = Segments(look, text("What to do"), changes, [RENAME])
        self.old = _choice(text("Type"))
        self.new_name = LineField(look, text("New code"), direction="ltr")
        self.new_name.setFont(fonts.code())
        self.new_name.setFixedWidth(_FIELD)
        self.new_type = _choice(text("Into"))
        self.split_into = SplitInto(look)
        self.meaning = Words(look, "", "hint", wraps=True)
        self.summary = Words(look, "", "strong", wraps=True)
        self.figures = FigureRow(look)
        self.problems = Words(look, "", "doubt", wraps=True)
        self._doubts = Box("doubt", column(self.problems, margins=(12, 8, 12, 8)))
        self.people = CellView(look, text("Whose labels"), [text(one) for one in told.TITLES])
        self._later = QTimer(self, singleShot=True, interval=_SOON)
        self._put_together()
        (self.undo,) = self._put_foot(text("Change"), text("Undo"))
        self.undo.hide()
        self.choices = (self._choices, self.undo)
        self._offer_types()
        self._listen()
        self.resize(*_SIZE)
        self._on_choice_changed()

    def _put_together(self) -> None:
        text = self.look.language.text
        self._choices = QWidget()
        self._new_name_row = self._row(text("New code"), self.new_name)
        self._new_type_row = self._row(text("Into"), self.new_type)
        self._split_row = self._row(text("Into these"), self.split_into)
        self._choices.setLayout(
            column(
                self._row(text("Type"), self.old),
                self._row(text("What to do"), self.what),
                self.meaning,
                self._new_name_row,
                self._new_type_row,
                self._split_row,
                gap=4,
            )
        )
        self.body.addWidget(self._choices)
        self.body.addWidget(hairline())
        for part in (self.summary, self.figures, self._doubts):
            self.body.addWidget(part)
        self.body.addWidget(self.people)
        self.body.addStretch(1)
        self._doubts.hide()

    def _row(self, name: str, part: QWidget) -> FormRow:
        return FormRow(self.look, name, part, width=_NAME_WIDTH)

    def _listen(self) -> None:
        self.what.values_chosen.connect(self._on_choice_changed)
        self.old.currentIndexChanged.connect(self._on_old_changed)
        self.new_type.currentIndexChanged.connect(self._on_choice_changed)
        self.new_name.textChanged.connect(self._on_choice_changed)
        self.split_into.changed.connect(self._on_choice_changed)
        self._later.timeout.connect(self._on_look_due)
        self.go.clicked.connect(self._on_go_clicked)
        self.undo.clicked.connect(self._on_undo_clicked)

    # --- choosing ---

    def _offer_types(self) -> None:
        """Offer every type, and those of its kind to merge the chosen one into."""
        current = self.old.currentData()
        self.old.blockSignals(True)
        self.old.clear()
        for one in self._types:
            self.old.addItem(one.said, one.id)
        self.old.setCurrentIndex(max(self.old.findData(current), 0))
        self.old.blockSignals(False)
        self._offer_others()

    def _offer_others(self) -> None:
        chosen = self._chosen
        self.new_type.blockSignals(True)
        self.new_type.clear()
        for one in self._types:
            if chosen is not None and one.kind == chosen.kind and one.id != chosen.id:
                self.new_type.addItem(one.said, one.id)
        self.new_type.blockSignals(False)
        for box in (self.old, self.new_type):
            box.setToolTip(tooltip(box.currentText()))

    @property
    def _chosen(self) -> Changeable | None:
        at = self.old.currentIndex()
        return self._types[at] if 0 <= at < len(self._types) else None

    def change(self) -> TypeChange | None:
        """Return what is chosen; None where something is missing."""
        (what,) = self.what.values()
        new = {RENAME: self.new_name.text().strip(), MERGE: self.new_type.currentData() or ""}
        wanted, into = new.get(what, ""), self.split_into.into() if what == SPLIT else ()
        is_short = (what in new and not wanted) or (what == SPLIT and not into)
        if self._chosen is None or is_short:
            return None
        return TypeChange(what, self._chosen.id, wanted, into)

    def _on_old_changed(self) -> None:
        self._offer_others()
        self._on_choice_changed()

    def _on_choice_changed(self) -> None:
        text = self.look.language.text
        (what,) = self.what.values()
        self.preview = None
        self.trouble.say("")
        self._look_no_more()
        self._show(None)
        self.undo.hide()
        self._new_name_row.setVisible(what == RENAME)
        self._new_type_row.setVisible(what == MERGE)
        self._split_row.setVisible(what == SPLIT)
        self.meaning.setText(text(told.MEANINGS[what]))
        is_whole = self.change() is not None
        self.summary.setText(text("Looking …") if is_whole else "")
        self.go.setEnabled(False)
        if is_whole:
            self._later.start()
        else:
            self._later.stop()

    # --- looking ---

    def _on_look_due(self) -> None:
        change = self.change()
        if change is not None:
            self._look(
                lambda project, progress: previewed(project, change, progress), self._on_seen
            )
            self.go.setEnabled(False)

    def _on_seen(self, found: ChangePreview) -> None:
        self.preview = found
        self.summary.setText(self.look.language.text("What it would touch:"))
        self._show(found)
        self.go.setEnabled(True)

    def _show(self, found: ChangePreview | None) -> None:
        language = self.look.language
        self.figures.show_figures(told.figures(language, found) if found else ())
        said = told.problems(language, found) if found else ""
        self.problems.setText(said)
        self._doubts.setVisible(bool(said))
        self.people.show_rows(told.rows(found) if found else ())

    # --- changing ---

    def _on_go_clicked(self) -> None:
        if self.preview is None:
            return
        change = self.preview.change
        self._do(lambda project, _: change_schema(project, change), self._on_changed)

    def _on_changed(self, gesture: str) -> None:
        self._gesture = gesture
        self._read_types()
        self.summary.setText(self.look.language.text("The label schema was changed."))
        self.undo.show()
        self.undo.setFocus()
        self.changed.emit()

    def _on_undo_clicked(self) -> None:
        self._do(brought_back(self._gesture), self._on_undone)

    def _on_undone(self, _: str) -> None:
        self._read_types()
        self.summary.setText(self.look.language.text("The label schema is as it was."))
        self.undo.hide()
        self.changed.emit()

    def _read_types(self) -> None:
        """Offer the types of the label schema that holds now."""
        self._types = told.changeable(self._project.label_schema, self.look.language)
        self.preview = None
        self._later.stop()
        self.new_name.blockSignals(True)
        self.new_name.clear()
        self.new_name.blockSignals(False)
        self.split_into.clear()
        self._offer_types()
        self._show(None)
        self.go.setEnabled(False)

    def _on_stopped(self, *, was_doing: bool) -> None:
        text = self.look.language.text
        told_so = text("Stopped. The label schema is as it was.")
        self.summary.setText(told_so if was_doing else text("Stopped."))
        self.go.setEnabled(self.preview is not None)

    def _on_trouble(self) -> None:
        self.summary.setText("")
        self.go.setEnabled(False)


def _choice(name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setFixedWidth(_FIELD)
    return box
