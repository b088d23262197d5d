"""Label every occurrence: proposals in their context, the ticked ones labelled in one gesture."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from annotator.core.model import Annotator
from annotator.gui.dialogs import markallwork as work
from annotator.gui.dialogs.frame import row
from annotator.gui.dialogs.markallchoices import MarkAllChoices
from annotator.gui.dialogs.markallwork import Proposed, Wanted
from annotator.gui.dialogs.working import WorkDialog
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.gui.models import markall as told
from annotator.gui.models.markall import Done
from annotator.gui.panels.kwic import KwicList
from annotator.gui.widgets.buttons import Button
from annotator.gui.widgets.empty import Empty
from annotator.gui.widgets.words import Words
from annotator.store.project import Project

_SIZE = (1000, 640)
_SOON = 200
"""Milliseconds after a choice until it is looked which places it has."""


class MarkAllDialog(WorkDialog):
    """Looks for the places of a name at once, and labels those that stay ticked."""

    labelled = Signal(object)  # Done
    taken_back = Signal(str)  # the gesture
    place_asked = Signal(str, int, int)  # the article's SHA-256, start and end in its text

    def __init__(
        self,
        look: Look,
        project: Project,
        who: Annotator,
        jobs: Jobs,
        wanted: Wanted,
        parent: QWidget | None = None,
    ) -> None:
        """Begin with `wanted`, whose article is the one in view, or none; a type may be missing."""
        text = look.language.text
        super().__init__(look, text("Label every occurrence"), project, jobs, parent)
        self._who = who
        self.proposed: Proposed | None = None
        self._done: Done | None = None
        self.wanted = MarkAllChoices(look, project.label_schema, wanted)
        self.list = KwicList(look, text("Places"), has_ticks=True)
        self._none = Empty(look, text("No place of this name in what is labelled"))
        self._nothing = Empty(look, text("Choose a name and a type: its places are listed here."))
        self.summary = Words(look, "", "strong")
        self.n_ticked = Words(look, "", "second")
        self.all = Button(look, text("Tick all"), "quiet")
        self.none = Button(look, text("Tick none"), "quiet")
        self._later = QTimer(self, singleShot=True, interval=_SOON)
        self._put_together()
        (self.undo,) = self._put_foot(text("Label the ticked places"), text("Undo"))
        self.undo.hide()
        self.go.setDefault(False)  # Return in the name is no answer yet
        self.add_cap("Ctrl ⏎")
        self.choices = (self.wanted, self.list, self.undo, self.all, self.none)
        self._listen()
        self.resize(*_SIZE)
        self._on_choice_changed()

    def _put_together(self) -> None:
        self._stack = QStackedWidget()
        for part in (self.list, self._none, self._nothing):
            self._stack.addWidget(part)
        self.body.addWidget(self.wanted)
        self.body.addLayout(row(self.summary, None, self.n_ticked, self.all, self.none))
        self.body.addWidget(self._stack, 1)

    def _listen(self) -> None:
        self.wanted.changed.connect(self._on_choice_changed)
        self._later.timeout.connect(self._on_look_due)
        at_once = QShortcut(QKeySequence("Ctrl+Return"), self)
        at_once.activated.connect(self.go.click)
        self.list.rows.on_ticked = self._offer
        self.list.entered.connect(self._on_row_entered)
        self.all.clicked.connect(lambda: self._tick(is_on=True))
        self.none.clicked.connect(lambda: self._tick(is_on=False))
        self.go.clicked.connect(self._on_go_clicked)
        self.undo.clicked.connect(self._on_undo_clicked)

    # --- looking ---

    @property
    def is_waiting(self) -> bool:
        """Whether the places of what is chosen are still to come."""
        return self._later.isActive() or self.is_looking or self.is_busy

    def _on_choice_changed(self) -> None:
        self.proposed, self._done = None, None
        self.trouble.say("")
        self.undo.hide()
        self._look_no_more()
        wanted = self.wanted.wanted()
        if wanted is None:
            self._later.stop()
            self.list.rows.show_rows(())
            self._stack.setCurrentWidget(self._nothing)
        else:
            self._later.start()
        self.summary.setText(self.look.language.text("Looking …") if wanted else "")
        self._offer()

    def _on_look_due(self) -> None:
        wanted = self.wanted.wanted()
        if wanted is not None:
            self._look(work.proposing(wanted, self._who), self._on_proposed)
            self._offer()

    def _on_proposed(self, found: Proposed) -> None:
        self.proposed = found
        language, schema = self.look.language, self._project.label_schema
        rows = told.rows(schema, language, found.proposals, found.places)
        self.list.rows.show_rows(rows, told.ticked_first(found.proposals))
        self._stack.setCurrentWidget(self.list if rows else self._none)
        self.list.go_to(0)
        if self._done is None:
            summary = told.summary(language, found.proposals, is_whole=found.is_whole)
            self.summary.setText(summary)
        self._offer()

    def _tick(self, *, is_on: bool) -> None:
        self.list.rows.turn(range(len(self.list.rows.rows)), is_on=is_on)

    def _offer(self) -> None:
        """Let only that be done which can be done now."""
        n = len(self.list.rows.ticked) if self.proposed is not None else 0
        has_rows = self.proposed is not None and any(one.can_tick for one in self.list.rows.rows)
        self.n_ticked.setText(self.look.language.text("Ticked: {n}", n=n) if has_rows else "")
        for button in (self.all, self.none):
            button.setVisible(has_rows)
        self.go.setEnabled(bool(n) and not self.is_busy)

    def _on_row_entered(self, number: int) -> None:
        one = self.list.rows.rows[number]
        self.place_asked.emit(one.article, one.start, one.end)

    # --- labelling ---

    def _on_go_clicked(self) -> None:
        if self.proposed is None or not self.list.rows.ticked:
            return
        chosen = [self.proposed.proposals[number] for number in sorted(self.list.rows.ticked)]
        self._do(work.labelling(chosen, self._who, self.proposed.wanted.type), self._on_labelled)

    def _on_labelled(self, done: Done) -> None:
        self._done = done
        self.summary.setText(told.labelled(self.look.language, done))
        self.undo.setVisible(bool(done.gesture))
        self.labelled.emit(done)
        self._look_again()
        self.undo.setFocus()

    def _on_undo_clicked(self) -> None:
        if self._done is not None:
            self._do(work.taking_back(self._done.gesture, self._who), self._on_taken_back)

    def _on_taken_back(self, _: int) -> None:
        self.summary.setText(self.look.language.text("The labels are as they were."))
        self.undo.hide()
        if self._done is not None:
            self.taken_back.emit(self._done.gesture)
        self._look_again()

    def _look_again(self) -> None:
        """List the places as they are labelled now."""
        self.proposed = None
        self._on_look_due()

    # --- where it does not come to its end ---

    def _on_stopped(self, *, was_doing: bool) -> None:
        text = self.look.language.text
        told_so = text("Stopped. Nothing was labelled.")
        self.summary.setText(told_so if was_doing else text("Stopped."))
        self._offer()

    def _on_trouble(self) -> None:
        self.summary.setText("")
        self._offer()
