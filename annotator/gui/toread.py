"""What was recovered of a damaged file, open in the window to be looked at: nothing is written."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from annotator.core.errors import UserError
from annotator.core.model import Annotator
from annotator.gui.session import Session
from annotator.gui.widgets.buttons import Button
from annotator.gui.widgets.card import Box
from annotator.gui.widgets.literal import isolated, shown
from annotator.gui.widgets.words import Words

if TYPE_CHECKING:
    from annotator.gui.look import Look
    from annotator.gui.program import Program
    from annotator.gui.window import Window
    from annotator.services.recovering import Recovered
    from annotator.store.project import Project

_IN_SENTENCE = 80
_UNDER_THE_TOP_BAR = 2
"""The place in the column of the window's parts."""


class ToRead:
    """Opens what was recovered, and says as long as it is open what it is and what is missing."""

    def __init__(self, program: "Program") -> None:
        self._program = program
        self._found: Recovered | None = None  # goes with the next one, or with the program

    def open(self, found: "Recovered") -> None:
        """Open what was recovered in place of the project that is open."""
        program = self._program
        if not program.again.may_leave():
            return
        program.close_project()
        self._found = found
        project = found.opened()
        session = program.session = Session(project, _reader(program, project))
        session.not_read.connect(program.attending.meet)
        program.window.show_session(session)
        if session.annotator is not None:
            program.window.restore_place_in_project()

    def say_over(self, window: "Window", session: Session | None) -> None:
        """Say it over the page of `session` in `window`, as long as that is shown."""
        for bar in window.findChildren(Standing):
            bar.hide()
            bar.deleteLater()
        central = window.centralWidget()
        column = central.layout() if central is not None else None
        if session is None or self._found is None or not session.project.is_only_read:
            return
        if isinstance(column, QVBoxLayout):
            column.insertWidget(_UNDER_THE_TOP_BAR, self._bar(window.look, self._found))

    def _bar(self, look: "Look", found: "Recovered") -> "Standing":
        from annotator.services.recoverywords import missing

        text = look.language.text
        name = isolated(shown(found.source.name, _IN_SENTENCE), is_rtl=False)
        said = " ".join(missing(found.recovery, look.language))
        sentence = text(
            "“{path}” is damaged. This is what can be read of it, to be looked at: nothing can be"
            " labelled here. {missing}",
            path=name,
            missing=said,
        )
        bar = Standing(look, sentence, text("As a new file…"))
        bar.act.clicked.connect(lambda: self._ask_where(bar))
        return bar

    def _ask_where(self, parent: QWidget) -> None:
        if self._found is None:
            return
        text = self._program.look.language.text
        source = self._found.source
        kinds = text("Hashiya projects") + " (*.hashiya)"
        beside = str(source.with_name(f"{source.stem}-recovered.hashiya"))
        to, _ = QFileDialog.getSaveFileName(parent, text("As a new file…"), beside, kinds)
        if to:
            self.keep_as(Path(to))

    def keep_as(self, to: Path) -> None:
        """Make what is looked at the new file `to`, and open that."""
        if self._found is None:
            return
        try:
            self._found.keep(to)
        except UserError as trouble:
            self._program.window.tell_trouble(trouble)
        else:
            self._program.open_project(to)


def _reader(program: "Program", project: "Project") -> Annotator | None:
    """Return whose reading is shown first: hers who labelled there, else the first one's."""
    who = program.settings.of_project(project.uid).who
    everyone = project.annotators()
    return next((one for one in everyone if one.uid == who), next(iter(everyone), None))


class Standing(Box):
    """A sentence over the page that stays, and one thing that can be done."""

    def __init__(self, look: "Look", sentence: str, button: str) -> None:
        super().__init__("doubt", QHBoxLayout())
        self.parts.setContentsMargins(14, 6, 8, 6)
        self.parts.setSpacing(8)
        self.sentence = Words(look, sentence, wraps=True)
        self.act = Button(look, button)
        self.parts.addWidget(self.sentence, 1)
        self.parts.addWidget(self.act, 0)
