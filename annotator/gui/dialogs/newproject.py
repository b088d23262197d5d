"""A new project in four steps; nothing is made before the last, and going back loses nothing."""

import itertools

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QFrame,
    QRadioButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator import paths
from annotator.core.errors import UserError
from annotator.gui.dialogs.draft import Draft
from annotator.gui.dialogs.frame import TroubleLine, column, row
from annotator.gui.dialogs.making import Made, Making
from annotator.gui.dialogs.newarticles import ArticlesPage
from annotator.gui.dialogs.newmade import MadePage
from annotator.gui.dialogs.newname import NamePage
from annotator.gui.dialogs.newpage import NewPage
from annotator.gui.dialogs.newschema import SchemaPage
from annotator.gui.dialogs.newsteps import Step
from annotator.gui.dialogs.newwho import WhoPage
from annotator.gui.dressing import direction_of
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.gui.widgets.buttons import Button, with_key
from annotator.gui.widgets.card import Box
from annotator.gui.widgets.logo import Logo
from annotator.gui.widgets.progressline import ProgressLine
from annotator.gui.widgets.words import Words, hairline
from annotator.i18n import marked

_SIDE, _PADDING = 344, 64
_TWO_COLUMNS = 1200
STEPS = (
    (marked("Name and place"), marked("one file that holds everything")),
    (marked("What will be labelled?"), marked("the label schema")),
    (marked("Articles"), marked("files or a folder, read as they are")),
    (marked("Who labels?"), marked("your name on your labels")),
)
_ONWARD = (
    marked("Next: what is labelled"),
    marked("Next: articles"),
    marked("Next: who labels"),
    marked("Make the project"),
)


class NewProject(QDialog):
    """Asks four questions, then makes the project; `draft` holds what was answered before."""

    project_made = Signal(object, str)  # the Path of the file; the uid of the annotator
    action_asked = Signal(str)  # open_project, open_samples, language

    def __init__(
        self, look: Look, jobs: Jobs, draft: Draft | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.look, self.draft = look, draft or Draft()
        self._jobs = jobs
        self._ways: list[Button] = []
        self._made: Made | None = None
        self._making: Making | None = None
        self.setWindowTitle(look.language.text("New project"))
        self.setLayoutDirection(direction_of(look))
        self.articles = ArticlesPage(look, self.draft, jobs)
        self._schema = SchemaPage(look, self.draft)
        self.pages: tuple[NewPage, ...] = (
            NamePage(look, self.draft),
            self._schema,
            self.articles,
            WhoPage(look, self.draft),
        )
        self.steps = [
            Step(look, n, look.language.text(name), look.language.text(hint))
            for n, (name, hint) in enumerate(STEPS, 1)
        ]
        whole = row(self._side(), hairline(is_upright=True), gap=0)
        whole.addWidget(self._main(), 1)
        self.setLayout(whole)
        for before, after in itertools.pairwise([self.next, *self._ways]):
            QWidget.setTabOrder(before, after)
        for page in self.pages:
            page.answered.connect(self._show_state)
        for n, step in enumerate(self.steps):
            step.asked.connect(lambda n=n: self.go_to(n))
        self.setMinimumSize(1000, 640)
        self.resize(1280, 800)
        self.go_to(self.draft.step)

    # --- putting it together ---

    def _side(self) -> QWidget:
        text = self.look.language.text
        head = row(Logo(self.look, 30), Words(self.look, text("Hashiya"), "display"), None, gap=12)
        side = column(gap=6, margins=(28, 32, 24, 22))
        side.addLayout(head)
        side.addWidget(Words(self.look, text("A new project in four steps"), "second"))
        side.addSpacing(18)
        for step in self.steps:
            side.addWidget(step)
        side.addStretch(1)
        side.addWidget(hairline())
        for id, icon, name, key in self._other_ways():
            button = Button(self.look, name, "quiet", icon)
            button.clicked.connect(lambda _=False, id=id: self.action_asked.emit(id))
            side.addLayout(row(with_key(self.look, button, key) if key else button, None))
            self._ways.append(button)
        box = Box("panel", side)
        box.setFixedWidth(_SIDE)
        return box

    def _other_ways(self) -> list[tuple[str, str, str, str]]:
        """Return what else one may have come for."""
        text = self.look.language.text
        other = "English" if self.look.language.code == "ar" else "العربية"
        ways = [("open_project", "folder-open", text("Open a project that is there"), "Ctrl O")]
        if (paths.seeds() / "articles").is_dir():
            ways.append(("open_samples", "book-open", text("Try it on five articles"), ""))
        return [*ways, ("language", "languages", other, "")]

    def _main(self) -> QWidget:
        self.stack = QStackedWidget()
        for page in self.pages:
            self.stack.addWidget(page)
        self.made_page = MadePage(self.look)
        self.stack.addWidget(self.made_page)
        self.stack.setProperty("box", "paper")
        scroll = QScrollArea()
        scroll.setWidget(self.stack)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll = scroll
        self.trouble = TroubleLine(self.look)
        main: QVBoxLayout = column(gap=14, margins=(_PADDING, 52, _PADDING, 26))
        main.addWidget(scroll, 1)
        main.addWidget(self.trouble)
        main.addWidget(hairline())
        main.addLayout(self._foot())
        return Box("paper", main)

    def _foot(self) -> QVBoxLayout:
        text = self.look.language.text
        self.back = Button(self.look, text("Back"), icon="arrow-left")
        self.back.clicked.connect(self.go_back)
        self.hint = Words(
            self.look, text("All of this can be changed later without loss."), "small"
        )
        self.line = ProgressLine(self.look, text("How far the import has come"))
        self.line.setFixedWidth(200)
        self.stop = Button(self.look, text("Stop"))
        self.stop.clicked.connect(self._on_stop_clicked)
        self.next = Button(self.look, "", "primary")
        self.next.clicked.connect(self.go_on)
        foot = row(self.back, None, self.line, self.hint, 10, self.stop)
        foot.addWidget(with_key(self.look, self.next, "Enter"))
        self.line.hide()
        self.stop.hide()
        return column(foot)

    # --- going ---

    @property
    def page(self) -> NewPage:
        """The question that is asked now."""
        return self.pages[self.draft.step]

    def go_to(self, step: int) -> None:
        """Ask the question `step`, counted from 0."""
        self.draft.step = step
        self.stack.setCurrentWidget(self.page)
        self._scroll.verticalScrollBar().setValue(0)
        self.trouble.say("")
        self._show_state()
        (self.page.first or self.next).setFocus()

    def go_back(self) -> None:
        """Ask the question before; nothing is lost."""
        if self.draft.step and not self._is_making:
            self.go_to(self.draft.step - 1)

    def go_on(self) -> None:
        """Ask the next question, or make the project after the last."""
        if self._made is not None:
            self._tell()
        elif not self.page.is_answered or self._is_making:
            return
        elif self.draft.step + 1 < len(self.pages):
            self.go_to(self.draft.step + 1)
        else:
            self._make()

    @property
    def _is_making(self) -> bool:
        return self._making is not None and self._made is None

    def _show_state(self) -> None:
        """Show in the list of steps and at the foot where one is."""
        text, now = self.look.language.text, self.draft.step
        is_made = self._made is not None
        for n, (page, step) in enumerate(zip(self.pages, self.steps, strict=True)):
            state = "now" if n == now and not is_made else "done" if n < now or is_made else "next"
            note = page.note if n <= now else ""
            step.show_state(state, note, is_open=n < now and not is_made and not self._is_making)
        self.back.setVisible(now > 0 and not is_made)
        self.back.setEnabled(not self._is_making)
        self.next.show_words(text("Open the project") if is_made else text(_ONWARD[now]))
        self.next.setEnabled(is_made or (self.page.is_answered and not self._is_making))
        self.hint.setVisible(now == 1 and not is_made)
        self.line.setVisible(self._is_making)
        self.stop.setVisible(self._is_making)

    # --- making ---

    def _make(self) -> None:
        self.trouble.say("")
        self._making = Making(self.draft, self._jobs, self)
        self._making.progressed.connect(self.line.show_progress)
        self._making.made.connect(self._on_made)
        self._making.failed.connect(self._on_failed)
        self.line.show_progress(0, 1)
        self._show_state()
        self._making.start()

    def _on_failed(self, trouble: UserError) -> None:
        self._making = None
        self.trouble.show_trouble(trouble)
        self._show_state()

    def _on_made(self, made: Made) -> None:
        self._made = made
        if made.trouble is None and not (made.report and made.report.refused):
            self._tell()
            return
        self.made_page.show_made(made)
        self.stack.setCurrentWidget(self.made_page)
        self._show_state()
        self.next.setFocus()

    def _on_stop_clicked(self) -> None:
        if self._making is not None:
            self._making.stop()

    def _tell(self) -> None:
        if self._made is not None:
            self.accept()
            self.project_made.emit(self._made.path, self._made.annotator.uid)

    def reject(self) -> None:
        """Close, the draft stays; reading in is stopped first, and what is made is opened."""
        if self._is_making:
            self._on_stop_clicked()
        elif self._made is not None:
            self._tell()
        else:
            self.articles.stop()
            super().reject()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have one column of cards where there is no room for two."""
        super().resizeEvent(event)
        self._schema.lay_out(2 if self.width() >= _TWO_COLUMNS else 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter go on wherever one is, but press the button that has the keyboard."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            here = self.focusWidget()
            if isinstance(here, QAbstractButton) and not isinstance(here, QRadioButton):
                here.click()
            else:
                self.go_on()
            return
        super().keyPressEvent(event)
