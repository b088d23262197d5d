"""The paper's stance on one topic: all values visible; not yet judged is a dashed frame."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.core.labelschema import LabelSchema, Named
from annotator.core.model import Stance
from annotator.gui import fonts
from annotator.gui.look import Look
from annotator.gui.models.drawing import name_of
from annotator.gui.panels.part import Part
from annotator.gui.widgets.buttons import Button
from annotator.gui.widgets.literal import Literal
from annotator.gui.widgets.segments import Choice, Segments
from annotator.gui.widgets.words import Words
from annotator.i18n import marked

STATES = {
    "": ("", ""),
    "pending": (marked("being saved"), "hint"),
    "unsaved": (marked("not saved"), "error"),
}


class TopicRow(QWidget):
    """A topic, how it was judged, and the values to judge it with."""

    judged = Signal(str)  # the value, or "" where it was taken back
    opened = Signal()

    def __init__(self, look: Look, schema: LabelSchema, topic: Named) -> None:
        super().__init__()
        self._look = look
        self._is_judged = False
        name = name_of(look.language, topic)
        choices = [
            Choice(value.id, name_of(look.language, value))
            for value in schema.stance_values.values()
        ]
        self.segments = Segments(look, name, choices, is_optional=True)
        self.segments.setObjectName(f"topic:{topic.id}")
        self.segments.values_chosen.connect(self._on_values_chosen)
        self._verdict = Part()
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 10, 8)
        column.setSpacing(4)
        column.addWidget(Literal(look, name, font=fonts.window(13, strong=True), lines=2))
        column.addWidget(self._verdict)
        column.addWidget(self.segments)

    def show_stance(self, stance: Stance | None, *, state: str = "", is_closed: bool) -> None:
        """Show the stance that was taken, or that none was yet."""
        self._is_judged = stance is not None
        values = (stance.type,) if stance else ()
        if self.segments.values() != values:
            self.segments.show_values(values)
        self.segments.setEnabled(not is_closed)
        n = len(stance.evidence) if stance else 0
        value = (values, n, state)

        def build(column: QVBoxLayout) -> None:
            column.addLayout(self._said(values, n, state))

        self._verdict.show_value(value if not values or n or state else None, build)
        self.update()

    def _said(self, values: tuple[str, ...], n: int, state: str) -> QHBoxLayout:
        say = self._look.language
        row = QHBoxLayout()
        row.setSpacing(6)
        if not values:
            row.addWidget(Words(self._look, say.text("Not judged yet"), "hint"))
        if n:
            button = Button(self._look, say.plural("{n} place", "{n} places", n), "quiet")
            button.setAccessibleName(say.text("Show the evidence"))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(self.opened)
            row.addWidget(button)
        said, kind = STATES[state]
        if said:
            row.addWidget(Words(self._look, say.text(said), kind))
        row.addStretch(1)
        return row

    def _on_values_chosen(self, values: tuple[str, ...]) -> None:
        self.judged.emit(values[0] if values else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame: dashed while the topic was not judged."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        style = Qt.PenStyle.SolidLine if self._is_judged else Qt.PenStyle.DashLine
        role = "line" if self._is_judged else "line_strong"
        painter.setPen(QPen(self._look.theme[role], 1, style))
        painter.setBrush(Qt.BrushStyle.NoBrush if self._is_judged else self._look.theme["panel"])
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
