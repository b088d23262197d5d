"""Questions of annotators as rows: who asks, about what, and what was answered. Pure."""

from annotator.gui.models.cells import Row, name_cell, words_cell
from annotator.gui.widgets.literal import literal
from annotator.i18n import Language, marked
from annotator.services.questions import Question
from annotator.services.wording import word

TITLES = (marked("Annotator"), marked("About"), marked("Question"), marked("Answer of the lead"))
"""The titles over the rows."""
ASKED = 2
"""The number of the column that takes the room."""


def row_of(language: Language, one: Question) -> Row:
    """Return the row of a question."""
    state = (
        name_cell(one.answer) if one.answer else words_cell(language.text("no answer yet"), "doubt")
    )
    return name_cell(one.annotator), name_cell(about(language, one)), name_cell(one.text), state


def about(language: Language, one: Question) -> str:
    """Return what is asked about: the text of the label, or its kind and type."""
    return one.quote or f"{word(one.kind, language)} {one.type}"


def place(language: Language, one: Question) -> str:
    """Return in which article that is."""
    return language.text("In the article {title}", title=language.quoted(literal(one.title, 60)))


def n_open(language: Language, found: list[Question]) -> str:
    """Say how many questions have no answer yet."""
    if not found:
        return language.text("Nobody asks anything.")
    return language.text("Without an answer: {n}.", n=sum(not one.answer for one in found))
