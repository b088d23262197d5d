"""Hand out: who gets articles, what each would get, and then one file for each."""

from collections.abc import Sequence

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QScrollArea, QWidget

from annotator.gui.dialogs import handoutwork
from annotator.gui.dialogs.cellview import CellView
from annotator.gui.dialogs.frame import column
from annotator.gui.dialogs.handoutnumbers import Dealing
from annotator.gui.dialogs.handoutpeople import PeopleField
from annotator.gui.dialogs.placefield import PlaceField
from annotator.gui.dialogs.scrolled import scrolled
from annotator.gui.dialogs.working import WorkDialog
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.gui.models import handout
from annotator.gui.models.handout import Known
from annotator.gui.widgets.segments import Choice, Segments
from annotator.gui.widgets.words import Words, hairline
from annotator.services.assigning import Plan, Wish, planned
from annotator.services.handing_out import (
    Handed,
    HandedOut,
    assign_and_hand_out,
    undo_hand_out,
)
from annotator.store.project import Project

_SIZE = (760, 720)


class HandOutDialog(WorkDialog):
    """Assigns articles and writes a file for each annotator, after a look at who would get what."""

    handed_out = Signal(object)  # HandedOut
    taken_back = Signal()  # what was handed out last is as it was before

    def __init__(
        self, look: Look, project: Project, jobs: Jobs, parent: QWidget | None = None
    ) -> None:
        text = look.language.text
        super().__init__(look, text("Hand out articles"), project, jobs, parent)
        self.plan: Plan | None = None
        self._done: HandedOut | None = None
        self.people = PeopleField(look)
        self.dealing = Dealing(look)
        self.givers: Segments | None = None
        self.place = PlaceField(look, text("Folder"), handoutwork.usual_folder(project, "files"))
        self.summary = Words(look, text("Looking …"), "strong", wraps=True)
        self.facts = Words(look, "", "small", wraps=True)
        self.planned = CellView(look, text("Who would get what"), _titles(look, handout.PLANNED))
        self.files = CellView(look, text("The files"), _titles(look, handout.HANDED))
        self._put_together()
        self.folder, self.undo, self.preview = self._put_foot(
            text("Hand out"), text("Show in folder"), text("Undo"), text("Preview")
        )
        self.choices = (self._choices, self.preview, self.undo)
        self._listen()
        self.resize(*_SIZE)
        self._look(handoutwork.known, self._on_known)
        self.go.setEnabled(False)
        self.preview.setEnabled(False)

    def _put_together(self) -> None:
        text = self.look.language.text
        told = text("Each annotator gets a file with her articles and nothing of anybody else's.")
        self.body.addWidget(Words(self.look, told, "small", wraps=True))
        self._taking = column(gap=4)
        who, place = QWidget(), column(Words(self.look, text("Folder"), "head"), self.place, gap=4)
        who.setLayout(column(self.people, None))
        people = scrolled(who)
        people.verticalScrollBar().rangeChanged.connect(lambda: self._show_line(people))
        self._choices = QWidget()
        choices = column(people, self._taking, self.dealing, place, gap=12)
        choices.setStretch(0, 1)
        self._choices.setLayout(choices)
        self.body.addWidget(self._choices, 1)
        self.body.addWidget(hairline())
        for part in (self.summary, self.facts, self.planned, self.files):
            self.body.addWidget(part)
        self.facts.hide()

    def _listen(self) -> None:
        self.people.people_changed.connect(self._on_choice_changed)
        self.dealing.dealing_changed.connect(self._on_choice_changed)
        self.place.place_changed.connect(self._on_place_changed)
        self.preview.clicked.connect(self._on_preview_clicked)
        self.go.clicked.connect(self._on_go_clicked)
        self.folder.clicked.connect(self._on_folder_clicked)
        self.undo.clicked.connect(self._on_undo_clicked)
        self.folder.hide()
        self.undo.hide()

    def _show_line(self, people: QScrollArea) -> None:
        """Scroll to the line that is being written, where one was added out of view."""
        written = self.focusWidget()
        if written is not None and people.isAncestorOf(written):
            people.ensureWidgetVisible(written)

    # --- choosing ---

    def _on_known(self, known: Sequence[Known]) -> None:
        text = self.look.language.text
        givers = [one for one in known if one.unfinished]
        if givers:
            named = [Choice(one.annotator.name, one.annotator.name) for one in givers]
            name = text("Take over what these have not finished")
            self.givers = Segments(self.look, name, named, takes_several=True)
            self.givers.values_chosen.connect(self._on_choice_changed)
            self._taking.addWidget(Words(self.look, name, "head"))
            self._taking.addWidget(self.givers)
        self.people.show_known(known)
        first = self.people.known[0].box if self.people.known else self.people.new[0].field
        first.setFocus()

    def wish(self) -> Wish:
        """Return what is chosen, in the words of `services.assigning`."""
        people = self.people.people
        givers = self.givers.values() if self.givers else ()
        return Wish(
            tuple(name for name, _ in people),
            tuple(share for _, share in people),
            1 if givers else self.dealing.overlap.value(),
            0 if givers else self.dealing.double.value(),
            self.dealing.seed.value(),
            givers,
        )

    def _on_choice_changed(self) -> None:
        """Forget a plan that is no longer what is chosen."""
        self.plan = None
        self.trouble.say("")
        self._look_no_more()
        self.dealing.set_taking_over(is_on=bool(self.wish().taken_from))
        self.planned.show_rows(())
        self._show_files(None)
        is_good = self.people.is_good
        text = self.look.language.text
        told = text("Look first who would get what: nothing is assigned by that.")
        self.summary.setText(told if is_good else text("Tick or name who gets articles."))
        self.facts.hide()
        self._offer()

    def _on_place_changed(self) -> None:
        self.trouble.say("")
        self._offer()

    def _offer(self) -> None:
        """Offer what can be done next: a look, or handing out what was looked at."""
        can_go = self.plan is not None and self.place.place is not None
        self.preview.setEnabled(self.people.is_good)
        self.go.setEnabled(can_go)
        self.preview.setDefault(not can_go)
        self.go.setDefault(can_go)

    # --- looking ---

    def _on_preview_clicked(self) -> None:
        wish = self.wish()
        self.summary.setText(self.look.language.text("Comparing articles …"))
        self._look(lambda project, progress: planned(project, wish, progress), self._on_planned)
        self._offer()

    def _on_planned(self, plan: Plan) -> None:
        self.plan = plan
        self.summary.setText(self.look.language.text("Who would get what:"))
        self.facts.setText(" ".join(handout.facts(self.look.language, plan)))
        self.facts.show()
        self.planned.show_rows(handout.rows_of_plan(plan))
        self._show_files(None)
        self._offer()
        self.go.setFocus()

    # --- handing out ---

    def _on_go_clicked(self) -> None:
        plan, place = self.plan, self.place.place
        if plan is None or place is None:
            return
        self.summary.setText(self.look.language.text("Writing files …"))
        self._do(
            lambda project, progress: assign_and_hand_out(project, plan, place, progress=progress),
            self._on_handed_out,
        )

    def _on_handed_out(self, done: HandedOut) -> None:
        self.plan = None
        self.planned.show_rows(())
        self.facts.hide()
        self.summary.setText(handout.handed_out(self.look.language, done.files))
        self._show_files(done)
        self._offer()
        self.close_button.setFocus()
        self.handed_out.emit(done)

    def _show_files(self, done: HandedOut | None) -> None:
        self._done = done
        self.files.show_rows(handout.rows_of_files(done.files) if done else ())
        self.folder.setVisible(done is not None)
        self.undo.setVisible(done is not None and bool(done.gesture))

    def _on_undo_clicked(self) -> None:
        done = self._done
        if done is not None:
            self.summary.setText(self.look.language.text("Taking back …"))
            self._do(
                lambda project, progress: undo_hand_out(project, done, progress=progress),
                self._on_taken_back,
            )

    def _on_taken_back(self, files: Sequence[Handed]) -> None:
        self._show_files(None)
        self.summary.setText(handout.taken_back(self.look.language, files))
        self._offer()
        self.close_button.setFocus()
        self.taken_back.emit()

    def _on_stopped(self, *, was_doing: bool) -> None:
        text = self.look.language.text
        told = text("Stopped. Nothing was assigned and no file was written.")
        if self._done is not None:
            told = text("Stopped. What was handed out stays as it is.")
        self.summary.setText(told if was_doing else text("Stopped."))
        self._offer()

    def _on_trouble(self) -> None:
        self.summary.setText("")
        self._offer()

    def _on_folder_clicked(self) -> None:
        place = self.place.place
        if place is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(place)))


def _titles(look: Look, titles: Sequence[str]) -> list[str]:
    return [look.language.text(one) for one in titles]
