"""The settings: language, theme, size of text, names over labels, density, digits; at once."""

from dataclasses import dataclass

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from annotator.core.errors import UserError
from annotator.gui import settings
from annotator.gui.dialogs.frame import Frame
from annotator.gui.look import Look
from annotator.gui.settings import Settings
from annotator.gui.widgets.card import FormRow
from annotator.gui.widgets.segments import Choice, Segments
from annotator.gui.widgets.words import Words
from annotator.i18n import marked

_NAME_WIDTH = 130


@dataclass(frozen=True, slots=True)
class Row:
    """One setting: the field of `Settings`, what it is called, and its values with their names."""

    field: str
    name: str
    values: tuple[tuple[str, object, str], ...]  # as told, as kept, as shown


_SIZES = (18, 20, 22, 24, 28, 32)
ROWS = (
    Row(
        "language",
        marked("Language"),
        (("system", "", marked("As the system")), ("ar", "ar", "العربية"), ("en", "en", "English")),
    ),
    Row(
        "theme",
        marked("Colours"),
        (
            ("system", "system", marked("As the system")),
            ("light", "light", marked("Light")),
            ("dark", "dark", marked("Dark")),
            ("contrast", "contrast", marked("High contrast")),
        ),
    ),
    Row(
        "zoom",
        marked("Size of articles"),
        tuple((str(size), size, str(size)) for size in _SIZES),
    ),
    Row(
        "chips",
        marked("Names over labels"),
        (
            ("name", "name", marked("Name")),
            ("code", "code", marked("Code")),
            ("off", "off", marked("None")),
        ),
    ),
    Row(
        "is_compact",
        marked("Density"),
        (("wide", False, marked("Comfortable")), ("tight", True, marked("Compact"))),
    ),
    Row(
        "digits",
        marked("Digits of the window"),
        (("western", "western", "0123"), ("arabic", "arabic", "٠١٢٣")),
    ),
)


class SettingsDialog(Frame):
    """Shows `current` and keeps each choice at once; there is nothing to confirm.

    The window is built anew for another language or theme, this dialog with it.
    """

    settings_changed = Signal(object)  # Settings

    def __init__(self, look: Look, current: Settings, parent: QWidget | None = None) -> None:
        text = look.language.text
        super().__init__(look, text("Settings"), parent)
        self.current = current
        self.rows: dict[str, Segments] = {}
        for one in ROWS:
            self.body.addWidget(self._row(one))
        told = text("Settings are kept on this machine, and no project holds them.")
        self.body.addWidget(Words(look, told, "hint", wraps=True))
        self.body.addStretch(1)
        close = self.add_button(text("Close"), is_default=True)
        close.clicked.connect(self.accept)
        self.add_cap("Esc")
        self.resize(600, 400)

    def _row(self, one: Row) -> FormRow:
        text = self.look.language.text
        choices = [Choice(told, text(name)) for told, _, name in one.values]
        segments = Segments(self.look, text(one.name), choices, self._on(one))
        segments.setObjectName(one.field)
        segments.setMinimumWidth(400)
        segments.values_chosen.connect(lambda values: self._on_chosen(one, values[0]))
        self.rows[one.field] = segments
        return FormRow(self.look, text(one.name), segments, width=_NAME_WIDTH)

    def _on(self, one: Row) -> list[str]:
        now = getattr(self.current, one.field)
        return [told for told, kept, _ in one.values if kept == now]

    def _on_chosen(self, one: Row, told: str) -> None:
        value = next(kept for name, kept, _ in one.values if name == told)

        def edit(now: Settings) -> Settings:
            return replace(now, **{one.field: value})

        self.trouble.say("")
        try:
            self.current = settings.change(edit)
        except UserError as trouble:
            self.current = edit(self.current)
            self.trouble.show_trouble(trouble)
        self.settings_changed.emit(self.current)
