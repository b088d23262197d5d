"""Consistency of one annotator's labels: asked in a window, shown by the session."""

from typing import TYPE_CHECKING

from annotator.gui.fileacts import show

if TYPE_CHECKING:
    from annotator.gui.dialogs.consistencywork import Alike
    from annotator.gui.program import Program
    from annotator.gui.session import Session
    from annotator.gui.window import Window


def ask(window: "Window", program: "Program") -> None:
    """Show the places of names that are labelled in different ways."""
    from annotator.gui.dialogs.consistency import ConsistencyDialog

    session = program.session
    if session is None:
        return
    if session.annotator is None:
        window.ask_who()
        return
    session.flush()
    dialog = ConsistencyDialog(
        window.look, session.project, session.annotator, program.jobs, window
    )
    dialog.labelled.connect(lambda made: _show(session, made))
    dialog.taken_back.connect(session.read_again)
    dialog.place_asked.connect(window.paging.show_place)
    show(dialog)


def _show(session: "Session", made: "Alike") -> None:
    session.note_wide(made.gesture, {made.article})
