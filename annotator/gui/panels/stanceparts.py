"""Parts of a stance's card: the values with their digits, the evidence, the voice."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.core.labelschema import LabelSchema
from annotator.core.model import Extent
from annotator.gui.look import Look
from annotator.gui.models.drawing import tone_of
from annotator.gui.panels.chipbutton import ChipButton
from annotator.gui.panels.part import Part
from annotator.gui.panels.wells import WellButton, WellFace
from annotator.gui.widgets.card import Box, FormRow
from annotator.gui.widgets.chip import ChipFace
from annotator.gui.widgets.flow import Flow
from annotator.gui.widgets.literal import is_rtl
from annotator.gui.widgets.segments import Choice, Segments
from annotator.gui.widgets.words import Words, hairline
from annotator.i18n import marked

VOICES = (("reported", marked("Reported")), ("author", marked("The paper")))


def chip_of(schema: LabelSchema, value: str, name: str) -> ChipFace | None:
    """Return the pill of a value with its sign; None for what is off the scale, or not known."""
    if value not in [item.id for item in schema.stance.values]:
        return None
    return ChipFace(name, tone_of(schema, value)[1])


class ValueRow(Part):
    """The values that a stance may have, each with its digit."""

    chosen = Signal(str)

    def __init__(self, look: Look, schema: LabelSchema) -> None:
        super().__init__()
        self._look, self._schema = look, schema

    def show_values(self, names: Mapping[str, str], on: str) -> None:
        """Show the values in `names`, of which `on` is the present one."""

        def build(column: QVBoxLayout) -> None:
            box = Box("well", QVBoxLayout())
            box.parts.setContentsMargins(6, 2, 6, 2)
            inside = QWidget()
            flow = Flow(inside, 8)
            for n, (value, name) in enumerate(names.items(), 1):
                flow.addWidget(self._button(value, name, str(n), is_on=value == on))
            box.parts.addWidget(inside)
            column.addWidget(box)

        self.show_value((tuple(names.items()), on) if names else None, build)

    def _button(self, value: str, name: str, key: str, *, is_on: bool) -> QWidget:
        chip = chip_of(self._schema, value, name)
        button = (
            ChipButton(self._look, chip, name, key=key, is_asking=is_on)
            if chip
            else WellButton(self._look, WellFace(name, is_quote=False, key=key, is_on=is_on))
        )
        button.setObjectName(f"value:{value}")
        button.clicked.connect(lambda: self.chosen.emit(value))
        return button


class EvidenceRows(Part):
    """The pieces of evidence, each with its cross; without any the whole article is meant."""

    place_asked = Signal(int, int)
    removal_asked = Signal(int)
    addition_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(2)
        self._look = look

    def show_evidence(self, evidence: Extent, *, can_add: bool, is_closed: bool) -> None:
        """Show `evidence`; `can_add` says that something is selected in the text."""

        def build(column: QVBoxLayout) -> None:
            box = QWidget()
            inside = QVBoxLayout(box)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.setSpacing(3)
            for n, (start, end, quote) in enumerate(evidence):
                well = self._piece(n, start, end, quote, is_closed=is_closed)
                inside.addWidget(well, 0, Qt.AlignmentFlag.AlignLeft)
            if not evidence:
                inside.addWidget(Words(self._look, self.text("The whole article"), "second"))
            if not is_closed:
                addition = self._addition(can_add=can_add)
                inside.addWidget(addition, 0, Qt.AlignmentFlag.AlignLeft)
            column.addWidget(hairline())
            column.addWidget(FormRow(self._look, self.text("Evidence"), box))

        self.show_value((evidence, can_add, is_closed), build)

    def text(self, msgid: str) -> str:
        """Return a sentence in the language of the window."""
        return self._look.language.text(msgid)

    def _piece(self, n: int, start: int, end: int, quote: str, *, is_closed: bool) -> QWidget:
        marks = "«{}»" if is_rtl(quote) else "“{}”"  # the marks of the quote's own script
        face = WellFace(marks.format(quote), is_removable=not is_closed, name=quote)
        well = WellButton(self._look, face)
        well.setObjectName(f"evidence:{n}")
        well.clicked.connect(lambda: self.place_asked.emit(start, end))
        well.removal_asked.connect(lambda: self.removal_asked.emit(n))
        return well

    def _addition(self, *, can_add: bool) -> QWidget:
        more, none = self.text("Add what is selected"), self.text("Select text to add evidence")
        said = more if can_add else none
        face = WellFace(said, is_quote=False, key="Shift S" if can_add else "", state="empty")
        well = WellButton(self._look, face)
        well.setObjectName("add_evidence")
        well.setEnabled(can_add)
        well.clicked.connect(self.addition_asked)
        return well


class VoiceRow(Part):
    """Whether the paper says it itself or tells what others say."""

    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look

    def show_voice(self, voice: str, *, is_closed: bool) -> None:
        """Show `voice`."""

        def build(column: QVBoxLayout) -> None:
            choices = [Choice(id, self._look.language.text(name)) for id, name in VOICES]
            name = self._look.language.text("Voice")
            segments = Segments(self._look, name, choices, [voice])
            segments.setObjectName("voice")
            segments.setEnabled(not is_closed)
            segments.values_chosen.connect(self._on_values_chosen)
            column.addWidget(FormRow(self._look, name, segments))

        self.show_value((voice, is_closed), build)

    def _on_values_chosen(self, values: tuple[str, ...]) -> None:
        for value in values:
            self.chosen.emit(value)
