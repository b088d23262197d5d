"""The second step: what will be labelled. A bundled label schema, or a person's own TOML file."""

from pathlib import Path

from PySide6.QtWidgets import QButtonGroup, QFileDialog, QGridLayout, QLabel, QWidget

from annotator.core.errors import UserError
from annotator.core.labelschema import LabelSchema
from annotator.core.schemafaults import Fault
from annotator.core.schematoml import checked_schema
from annotator.gui import icons
from annotator.gui.dialogs import schemas
from annotator.gui.dialogs.draft import Draft
from annotator.gui.dialogs.frame import TroubleLine, row
from annotator.gui.dialogs.newpage import NewPage
from annotator.gui.dialogs.samplesheet import SampleSheet
from annotator.gui.dialogs.schemacard import SchemaCard
from annotator.gui.dialogs.schemas import BUNDLED, Bundled
from annotator.gui.look import Look
from annotator.gui.widgets.buttons import Button
from annotator.gui.widgets.card import Box
from annotator.gui.widgets.literal import literal
from annotator.gui.widgets.troubles import worded
from annotator.gui.widgets.words import Words
from annotator.services.projects import schema_toml
from annotator.services.wording import fault_sentence

_MOST_FAULTS = 6
"""More faults than these are counted: a person mends the first ones first."""


class SchemaPage(NewPage):
    """Cards to choose from, and a line of a real article as the chosen one would label it."""

    def __init__(self, look: Look, draft: Draft) -> None:
        text = look.language.text
        about = text(
            "Take a ready label schema or bring your own. It is text that people can edit."
        )
        super().__init__(look, draft, text("What will be labelled?"), about)
        self.sample = SampleSheet(look)
        self.cards: dict[str, SchemaCard] = {}
        self._schemas: dict[str, LabelSchema] = {}
        self._group = QButtonGroup(self)
        self._n_columns = 2
        self._grid = QGridLayout()
        self._grid.setSpacing(14)
        for one in BUNDLED:
            self._add_card(one, schemas.bundled(one.id))
        self.parts.addLayout(self._grid)
        self.parts.addWidget(self.sample)
        self.parts.addWidget(self._own_row())
        self.trouble = TroubleLine(look)
        self.parts.addWidget(self.trouble)
        self.parts.addStretch(1)
        if draft.own_schema:
            self.take_file(Path(draft.own_schema), is_chosen=draft.schema == draft.own_schema)
        self._choose(draft.schema if draft.schema in self.cards else BUNDLED[0].id)

    def _add_card(self, about: Bundled, schema: LabelSchema, key: str = "") -> None:
        key = key or about.id
        card = SchemaCard(self.look, about, schema)
        card.disc.toggled.connect(lambda is_on: self._on_chosen(key) if is_on else None)
        self._group.addButton(card.disc)
        self.cards[key], self._schemas[key] = card, schema
        self.lay_out(self._n_columns)

    def lay_out(self, n_columns: int) -> None:
        """Put the cards in one column or two, as there is room."""
        self._n_columns = n_columns
        for card in self.cards.values():
            self._grid.removeWidget(card)
        for at, card in enumerate(self.cards.values()):
            self._grid.addWidget(card, at // n_columns, at % n_columns)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, n_columns - 1)
        self.sample.show_wide(is_wide=n_columns > 1)

    def _own_row(self) -> Box:
        text = self.look.language.text
        picture = QLabel()
        picture.setPixmap(icons.icon(self.look, "upload").pixmap(16, 16))
        self.own = Button(self.look, text("Choose a file…"))
        self.own.clicked.connect(self._on_own_clicked)
        told = Words(self.look, text("I have a label schema in a TOML file or a project"), "second")
        return Box("well", row(picture, told, None, self.own, gap=10, margins=(16, 8, 12, 8)))

    @property
    def note(self) -> str:
        """The name of what is chosen."""
        about = next((one for one in BUNDLED if one.id == self.draft.schema), None)
        if about is not None:
            return self.look.language.text(about.name)
        return self._schemas[self.draft.schema].name

    @property
    def first(self) -> QWidget:
        """The card that is chosen."""
        return self.cards[self.draft.schema].disc

    def _choose(self, key: str) -> None:
        self.cards[key].disc.setChecked(True)

    def _on_chosen(self, key: str) -> None:
        self.draft.schema = key
        self.sample.show_schema(self.note, self._schemas[key])
        self.answered.emit()

    def take_file(self, path: Path, *, is_chosen: bool = True) -> None:
        """Offer the label schema in the file at `path`, or say what is wrong with it."""
        language = self.look.language
        self.trouble.say("")
        try:
            schema, faults = checked_schema(schema_toml(str(path)))
        except UserError as trouble:
            self.trouble.say(worded(trouble, language))
            return
        if schema is None or faults:
            self.trouble.say(self._told(path, faults))
            return
        self._put_own(path, schema)
        if is_chosen:
            self._choose(str(path))

    def _put_own(self, path: Path, schema: LabelSchema) -> None:
        """Show a card for a person's own label schema, in the place of the one before it."""
        key, old = str(path), self.draft.own_schema
        if old in self.cards:
            self._choose(BUNDLED[0].id)
            self._group.removeButton(self.cards[old].disc)
            self._grid.removeWidget(self.cards[old])
            self.cards.pop(old).deleteLater()
        self.draft.own_schema = key
        self._add_card(Bundled(path.name, schema.name, "", ()), schema, key)

    def _told(self, path: Path, faults: list[Fault]) -> str:
        language = self.look.language
        said = [
            fault_sentence(one.code, one.where, literal(one.value) if one.value else "", language)
            for one in faults[:_MOST_FAULTS]
        ]
        n_more = len(faults) - len(said)
        if n_more > 0:
            said.append(language.plural("and {n} more", "and {n} more", n_more))
        name = literal(path.name)
        return "\n".join(
            [language.text("“{name}” has faults and was not taken:", name=name), *said]
        )

    def _on_own_clicked(self) -> None:
        text = self.look.language.text
        kinds = [text("Label schemas") + " (*.toml *.hashiya)", text("All files") + " (*)"]
        title = text("Choose a label schema")
        name, _ = QFileDialog.getOpenFileName(self, title, "", ";;".join(kinds))
        if name:
            self.take_file(Path(name))
