"""A stance or a relation read as a sentence: parts that can be pressed, one of which asks."""

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.gui.look import Look
from annotator.gui.panels.chipbutton import ChipButton
from annotator.gui.panels.part import Part
from annotator.gui.panels.wells import WellButton, WellFace
from annotator.gui.widgets.chip import ChipFace
from annotator.gui.widgets.flow import Flow
from annotator.gui.widgets.words import Words


class Clause(msgspec.Struct, frozen=True):
    """One part of the sentence: a well, or a pill where `chip` is given."""

    id: str
    name: str
    face: WellFace
    chip: ChipFace | None = None
    is_asking: bool = False


class Sentence(Part):
    """The parts in the order in which they are read."""

    pressed = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look

    def show_clauses(
        self, clauses: tuple[Clause, ...], *, hint: str = "", is_closed: bool = False
    ) -> None:
        """Show `clauses`, and below them a `hint` at what to do."""

        def build(column: QVBoxLayout) -> None:
            box = QWidget()
            flow = Flow(box, 6)
            for clause in clauses:
                flow.addWidget(self._part(clause, is_closed=is_closed))
            column.addWidget(box)
            if hint:
                column.addWidget(Words(self._look, hint, "small", wraps=True))

        self.show_value((clauses, hint, is_closed), build)

    def _part(self, clause: Clause, *, is_closed: bool) -> QWidget:
        part = (
            ChipButton(self._look, clause.chip, clause.name, is_asking=clause.is_asking)
            if clause.chip
            else WellButton(self._look, clause.face)
        )
        part.setObjectName(f"clause:{clause.id}")
        part.setEnabled(not is_closed)
        part.clicked.connect(lambda: self.pressed.emit(clause.id))
        return part
