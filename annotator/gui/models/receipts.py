"""What was merged, as rows: when, whose, how much, and whether it stands. Pure."""

from collections.abc import Sequence

from PySide6.QtCore import QDateTime, Qt

from annotator.gui.models.cells import Cell, Row, code_cell, name_cell, number_cell, words_cell
from annotator.gui.widgets.literal import literal
from annotator.i18n import Language, marked
from annotator.store.receipts import Receipt

TITLES = (marked("When"), marked("Whose"), marked("New"), marked("State"))
"""The titles over the rows."""
WHOSE = 1
"""The number of the column that takes the room."""


def row_of(language: Language, receipt: Receipt, *, is_standing: bool, is_part: bool) -> Row:
    """Return the row of a receipt; of one source of several the time is not said again."""
    state = language.text("Stands") if is_standing else language.text("Taken back")
    whose = receipt.name or language.text("The lead")
    return (
        code_cell("" if is_part else local_time(receipt.at)),
        Cell(f"– {literal(whose)}", whose) if is_part else name_cell(whose),
        number_cell(receipt.counts.get("new", 0)),
        words_cell(state, "" if is_standing else "text_3"),
    )


def local_time(at: str) -> str:
    """Return a time of the history, which is UTC, as clocks here have it; empty where none is."""
    when = QDateTime.fromString(at, Qt.DateFormat.ISODate)
    return when.toLocalTime().toString("yyyy-MM-dd HH:mm") if when.isValid() else at


def counts(language: Language, receipt: Receipt) -> Sequence[tuple[str, int]]:
    """Return the other counts of a receipt, with their names."""
    told = {
        "same": language.text("Known already"),
        "changed": language.text("Labels changed"),
        "held": language.text("Labels held"),
        "problems": language.text("Problems"),
    }
    return [
        (name, receipt.counts[field]) for field, name in told.items() if field in receipt.counts
    ]
