"""A label schema to choose: its name, what it is for, some of its chips, and how much it has."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy

from annotator.core.labelschema import LabelSchema
from annotator.gui import fonts
from annotator.gui.dialogs import schemas
from annotator.gui.dialogs.frame import column, row
from annotator.gui.dialogs.schemas import Bundled
from annotator.gui.look import Look
from annotator.gui.widgets.card import Box
from annotator.gui.widgets.chip import Chip
from annotator.gui.widgets.literal import Literal, in_menu
from annotator.gui.widgets.words import Words


class SchemaCard(Box):
    """A card with a disc to choose it by; a click anywhere on it chooses it too."""

    chosen = Signal()

    def __init__(self, look: Look, about: Bundled, schema: LabelSchema) -> None:
        """Show the bundled label schema `about`, or a person's own: then its name is theirs."""
        super().__init__("card", column(gap=6, margins=(16, 10, 16, 10)))
        text = look.language.text
        name = text(about.name) if about.about else schema.name
        self.disc = QRadioButton(in_menu(name, 30))
        self.disc.setFont(fonts.window(strong=True))
        self.disc.setAutoExclusive(False)
        self.disc.toggled.connect(self._on_toggled)
        head = row(self.disc, gap=8)
        code = Literal(look, about.id, font=fonts.code(), role="text_2")
        head.addWidget(code)
        head.addStretch(1)
        if about.is_usual:
            head.addWidget(Words(look, text("Recommended"), "accent"))
        told = text(about.about) if about.about else text("Your own label schema.")
        counts = schemas.counted(look.language, schema)
        self.disc.setAccessibleDescription(f"{told} {counts}")
        chips = row(gap=5)
        for face in schemas.faces(look, schema, about.shown):
            chips.addWidget(Chip(look, face))
        chips.addStretch(1)
        for part in (head, Words(look, told, "small"), chips, Words(look, counts, "hint")):
            if isinstance(part, Words):
                part.setMinimumWidth(10)
                self.parts.addWidget(part)
            else:
                self.parts.addLayout(part)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _on_toggled(self, is_on: bool) -> None:
        self.set_ground("hand" if is_on else "card")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the card."""
        self.disc.setFocus()
        self.disc.click()
        event.accept()
