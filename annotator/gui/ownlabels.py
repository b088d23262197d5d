"""What is done to the labels of whoever labels here, in many articles at once: asked in a window.

What a dialog did is shown by the session; where nobody labels yet, it is asked who does.
"""

from typing import TYPE_CHECKING

from annotator.gui.fileacts import show

if TYPE_CHECKING:
    from annotator.core.model import Annotator
    from annotator.gui.program import Program
    from annotator.gui.session import Session
    from annotator.gui.window import Window


def begun(window: "Window", program: "Program") -> "tuple[Session, Annotator] | None":
    """Return the session, with all of it written, and who labels in it; else ask who does."""
    session = program.session
    if session is None:
        return None
    if session.annotator is None:
        window.ask_who()
        return None
    session.flush()
    return session, session.annotator


def ask_for_consistency(window: "Window", program: "Program") -> None:
    """Show the places of names that are labelled in different ways."""
    from annotator.gui.dialogs.consistency import ConsistencyDialog

    found = begun(window, program)
    if found is None:
        return
    session, who = found
    dialog = ConsistencyDialog(window.look, session.project, who, program.jobs, window)
    dialog.labelled.connect(lambda made: session.note_wide(made.gesture, {made.article}))
    dialog.taken_back.connect(session.note_taken_back)
    dialog.place_asked.connect(window.paging.show_place)
    show(dialog)


def ask_for_clitics(window: "Window", program: "Program") -> None:
    """Show how many labels break the clitic policy, and let all of them be mended."""
    from annotator.gui.dialogs.mendclitics import MendCliticsDialog

    found = begun(window, program)
    if found is None:
        return
    session, who = found
    dialog = MendCliticsDialog(window.look, session.project, who, program.jobs, window)
    dialog.mended.connect(lambda made: session.note_wide(made.operations[0].gesture, made.articles))
    dialog.taken_back.connect(session.note_taken_back)
    show(dialog)
