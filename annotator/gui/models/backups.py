"""The backups of a file as rows: when, how much is in them, and why they were made. Pure."""

from annotator.gui.models.cells import Cell, Row, code_cell, number_cell, words_cell
from annotator.gui.models.receipts import local_time
from annotator.gui.widgets.literal import isolated, shown
from annotator.i18n import Language, marked
from annotator.services.restoringwords import reason_of, size_of
from annotator.store.backupfolder import Backup

TITLES = (
    marked("Number"),
    marked("When"),
    marked("Articles"),
    marked("Labels"),
    marked("Size"),
    marked("Why"),
)
"""The titles over the rows."""
WHY = 5
"""The number of the column that takes the room."""


def row_of(language: Language, backup: Backup) -> Row:
    """Return the row of a backup."""
    facts = backup.facts
    return (
        number_cell(backup.number),
        code_cell(local_time(facts.at)),
        number_cell(facts.n_articles),
        number_cell(facts.n_labels),
        code_cell(size_of(backup)),
        _why(language, backup),
    )


def _why(language: Language, backup: Backup) -> Cell:
    """Return why a backup was made, and where the file stood that has been moved since."""
    reason = reason_of(backup, language)
    if backup.elsewhere is None:
        return words_cell(reason)
    whole = language.text(_ELSEWHERE, reason=reason, path=backup.elsewhere)
    place = isolated(shown(str(backup.elsewhere), _IN_CELL), is_rtl=False)
    return Cell(language.text(_ELSEWHERE, reason=reason, path=place), whole)


_ELSEWHERE = marked("{reason}, when it was “{path}”")
_IN_CELL = 80
