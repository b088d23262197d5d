"""Mending all attached letters of one annotator: asked in a window, shown by the session."""

from typing import TYPE_CHECKING

from annotator.gui.fileacts import show

if TYPE_CHECKING:
    from annotator.gui.program import Program
    from annotator.gui.session import Session
    from annotator.gui.window import Window
    from annotator.services.clitics import Mended


def ask(window: "Window", program: "Program") -> None:
    """Show how many labels break the policy, and let all of them be mended."""
    from annotator.gui.dialogs.mendclitics import MendCliticsDialog

    session = program.session
    if session is None:
        return
    if session.annotator is None:
        window.ask_who()
        return
    session.flush()
    dialog = MendCliticsDialog(
        window.look, session.project, session.annotator, program.jobs, window
    )
    dialog.mended.connect(lambda made: _show(session, made))
    dialog.taken_back.connect(session.read_again)
    show(dialog)


def _show(session: "Session", made: "Mended") -> None:
    session.note_wide(made.operations[0].gesture, made.articles)
