"""The cards of the agreement page: a title, a note that may be cut, and a chart."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.gui import fonts
from annotator.gui.look import Look
from annotator.gui.widgets.card import Box
from annotator.gui.widgets.literal import Literal
from annotator.gui.widgets.words import Words


class ChartCard(Box):
    """A card with a head of title, note and what stands at its far end, over its parts."""

    def __init__(
        self, look: Look, title: str, note: str, *parts: QWidget, beside: tuple[QWidget, ...] = ()
    ) -> None:
        super().__init__("card", QVBoxLayout())
        self.parts.setContentsMargins(14, 8, 14, 8)
        self.parts.setSpacing(6)
        self.title = Words(look, title, "strong")
        self.note = Literal(look, note, font=fonts.window(11), role="text_3", is_ours=True)
        self.note.setMinimumWidth(1)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addWidget(self.note, 1)
        for part in beside:
            part.setMinimumWidth(part.sizeHint().width())  # the note gives way, not they
            head.addWidget(part)
        self.parts.addLayout(head)
        for n, part in enumerate(parts):
            self.parts.addWidget(part, 0 if n else 1)
