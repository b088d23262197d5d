"""What is in the window of a program with an open project."""

from annotator.gui.pages.labelling import LabelPage
from annotator.gui.program import Program
from annotator.gui.session import Session


def page_of(program: Program) -> LabelPage:
    """Return the page of labelling."""
    assert program.window.page is not None
    return program.window.page


def session_of(program: Program) -> Session:
    """Return the session."""
    assert program.session is not None
    return program.session
