"""Lines that are always noise: asked for in a window, at a line of the article or for all rules."""

from typing import TYPE_CHECKING

from annotator.core.errors import UserError
from annotator.gui.fileacts import show
from annotator.gui.ownlabels import begun
from annotator.services import regioning

if TYPE_CHECKING:
    from annotator.core.noiselines import NoiseLine
    from annotator.gui.program import Program
    from annotator.gui.session import Session
    from annotator.gui.window import Window


def ask_at_line(window: "Window", program: "Program") -> None:
    """Ask whether the line at the caret, or what is selected, is always noise on its site."""
    from annotator.core import noiselines

    page = window.page
    reading = page.regioning.may_change() if page is not None else None
    if page is None or reading is None or program.session is None:
        return
    start, end = regioning.snapped(reading.text, *page.regioning.meant())
    try:
        rule = noiselines.made(reading.article.source, reading.text[start:end])
    except UserError as trouble:
        program.session.refused.emit(trouble)
        return
    ask(window, program, rule)


def ask(window: "Window", program: "Program", new: "NoiseLine | None" = None) -> None:
    """Show the rules, and `new`, to be kept."""
    from annotator.gui.dialogs.noiselines import NoiseLinesDialog

    found = begun(window, program)
    if found is None:
        return
    session, who = found
    dialog = NoiseLinesDialog(window.look, session.project, who, program.jobs, new, window)
    dialog.kept.connect(
        lambda made: session.note_wide(made.gesture, made.articles or _in_view(session))
    )
    dialog.removed.connect(lambda gesture: session.note_wide(gesture, _in_view(session)))
    dialog.taken_back.connect(session.note_taken_back)
    dialog.place_asked.connect(window.paging.show_place)
    show(dialog)


def _in_view(session: "Session") -> frozenset[str]:
    """Return the SHA-256 of the article that is in view by now, if there is one."""
    return frozenset({session.reading.article.sha256} if session.reading else ())
