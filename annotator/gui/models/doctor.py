"""What the doctor found as rows and sentences. Pure."""

from collections.abc import Iterator
from dataclasses import replace

from annotator.gui.models.cells import Cell, Row, code_cell
from annotator.gui.widgets.literal import isolated, shown
from annotator.i18n import Language, marked
from annotator.services import doctorsentences
from annotator.services.doctoring import Repair
from annotator.store.doctor import Examination
from annotator.store.doctorfindings import Finding

TITLES = (marked("Code"), marked("What was found"))
"""The titles over the rows."""
FOUND = 1
"""The number of the column that takes the room."""
_IN_SENTENCE = 80


def row_of(language: Language, finding: Finding) -> Row:
    """Return the row of a finding; its place, which strangers may name, stands literally in it."""
    place = isolated(shown(finding.where, _IN_SENTENCE), is_rtl=False)
    said = doctorsentences.message(replace(finding, where=place), language)
    return code_cell(finding.code), Cell(said, doctorsentences.message(finding, language))


def summary(language: Language, found: Examination) -> str:
    """Return in a sentence what an examination found."""
    if found.is_sound:
        return language.text("The file is sound.")
    n = sum(one.n for one in found.findings)
    return language.plural("{n} finding", "{n} findings", n)


def repaired(language: Language, repair: Repair) -> Iterator[str]:
    """Yield what a repaired copy is, in sentences."""
    name = isolated(shown(repair.path.name, _IN_SENTENCE), is_rtl=False)
    yield language.text("Repaired copy: {path}", path=name)
    yield from doctorsentences.made(repair.made, language)
    if not repair.after.is_sound:
        yield language.text("The copy is not sound either: examine it.")
