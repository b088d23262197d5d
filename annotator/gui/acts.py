"""What acts in a window have to hand: the window, the program, and what is there at the moment."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.core.model import LEAD

if TYPE_CHECKING:
    from annotator.gui.pages.labelling import LabelPage
    from annotator.gui.program import Program
    from annotator.gui.session import Session
    from annotator.gui.window import Window


def there(session: "Session | None") -> set[str]:
    """Return which needs of actions are met."""
    if session is None:
        return set()
    project = session.project
    found = {
        "lead": project.role == LEAD,
        "anybody": not project.owner,
        "article": session.reading is not None,
        "hand": bool(session.hand),
    }
    return {"project"} | {need for need, is_met in found.items() if is_met}


class Acts(QObject):
    """Acts of one window. Actions are allowed only where what they need is there."""

    def __init__(self, window: "Window", program: "Program") -> None:
        super().__init__(window)
        self._window, self._program = window, program

    @property
    def _session(self) -> "Session":
        session = self._program.session
        if session is None:
            raise LookupError("an action that needs a project was done without one")
        return session

    @property
    def _page(self) -> "LabelPage":
        page = self._window.page
        if page is None:
            raise LookupError("an action that needs a project was done without one")
        return page
