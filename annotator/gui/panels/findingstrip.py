"""A strip of a finding: what it is about, what is said of it, and the repair with its key."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from annotator.gui import fonts, icons
from annotator.gui.actions import BY_ID
from annotator.gui.look import Look
from annotator.gui.models import mending
from annotator.gui.models.findings import Finding
from annotator.gui.models.mending import Repair
from annotator.gui.panels.choicerow import ChoiceRow
from annotator.gui.widgets.card import Box
from annotator.gui.widgets.focus import draw_ring
from annotator.gui.widgets.literal import Literal, shown
from annotator.gui.widgets.strip import Strip, StripText
from annotator.gui.widgets.words import Words

_ICON = 16
_LINES = 6


class FindingStrip(QWidget):
    """One finding. A click or Return goes to its place; the button mends it.

    Where a person has to choose there is a button for each of `choices`, which are their names.
    """

    acted = Signal()
    left = Signal()  # it is right as it is
    asked = Signal()
    chosen = Signal(int)  # which of the choices

    def __init__(
        self,
        look: Look,
        finding: Finding,
        repair: Repair | None,
        choices: Sequence[str] = (),
        *,
        is_current: bool = False,
    ) -> None:
        super().__init__()
        self._look, self.finding, self.repair = look, finding, repair
        self.is_current = is_current
        self.choices = ChoiceRow(look, choices, has_keys=is_current)
        self.choices.chosen.connect(self.chosen)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(shown(f"{finding.quote}: {finding.sentence}"))
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(2)
        column.addWidget(self._body())
        if finding.answer:
            column.addWidget(self._answer())

    def _body(self) -> QWidget:
        if self.finding.kind == "note":
            return self._note()
        text = self._look.language.text
        has_choices = bool(self.choices.buttons)
        act = text(self.repair.name) if self.repair and not has_choices else ""
        can_act = bool(act) or has_choices
        key = BY_ID["repair"].keys[0].replace("+", " ") if can_act and self.is_current else ""
        is_open = self.finding.kind == "question" and not self.finding.answer
        note = text("Not answered yet") if is_open else ""
        is_ours = self.finding.kind == "problem"
        said = "" if is_ours else self.finding.sentence
        told = StripText(self.finding.quote, said, note, act, (key, ""))
        strip = Strip(self._look, self.finding.kind, told)
        if is_ours:  # in the direction of the interface, whatever is quoted in it
            strip.parts.addWidget(Words(self._look, self.finding.sentence, "error", wraps=True))
        if has_choices:
            strip.parts.addWidget(self.choices)
        if self.repair is not None and self.repair.leave is not None:
            strip.offer_to_leave(text(mending.IS_RIGHT))
        strip.acted.connect(self.acted)
        strip.left.connect(self.left)
        return strip

    def _note(self) -> QWidget:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        picture = QLabel()
        picture.setPixmap(icons.icon(self._look, "message-square").pixmap(_ICON, _ICON))
        row.addWidget(picture)
        quote = Literal(self._look, self.finding.quote, font=fonts.article(14))
        row.addWidget(quote, 1)
        box = Box("well", QVBoxLayout())
        box.parts.setContentsMargins(10, 4, 8, 6)
        box.parts.setSpacing(2)
        box.parts.addLayout(row)
        box.parts.addWidget(self._lines(self.finding.sentence, "text_2"))
        return box

    def _answer(self) -> QWidget:
        said = self._look.language.text("Answer: {answer}", answer=self.finding.answer)
        box = Box("good", QVBoxLayout())
        box.parts.setContentsMargins(10, 4, 8, 4)
        box.parts.addWidget(self._lines(said, "good"))
        return box

    def _lines(self, words: str, role: str) -> Literal:
        return Literal(self._look, words, font=fonts.window(12), role=role, lines=_LINES)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the place on Return."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.asked.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to the place on a click."""
        is_here = self.rect().contains(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and is_here:
            self.asked.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Draw the ring."""
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring around what has the keyboard, and a frame around the current problem."""
        if self.hasFocus() or self.is_current:
            draw_ring(QPainter(self), self._look, QRectF(self.rect()), 8)
