"""The guideline of a type of the label schema, in the language of the window, as plain text."""

from PySide6.QtWidgets import QWidget

from annotator.core.labelschema import EntityType, EventType, Named, Role
from annotator.gui import fonts
from annotator.gui.dialogs.frame import Frame, row
from annotator.gui.look import Look
from annotator.gui.widgets.fields import TextField
from annotator.gui.widgets.literal import Literal, literal, shown, tooltip
from annotator.gui.widgets.words import Words
from annotator.i18n import marked

_LONGEST = 30
"""Code points of a name in the list: a word that is wider than the list could not be broken."""
_SUBTYPES, _ROLES = marked("Subtypes"), marked("Roles")


class Guideline(Frame):
    """What the label schema says about `type_`: its name, id and guideline, subtypes or roles."""

    def __init__(
        self, look: Look, type_: EntityType | EventType, parent: QWidget | None = None
    ) -> None:
        text = look.language.text
        title = text("Guideline of this type")
        super().__init__(look, title, parent, says_title=False)
        name = Literal(look, _named(look, type_), font=fonts.window(16, strong=True))
        code = Literal(look, type_.id, font=fonts.code(), role="text_3")
        self.body.addLayout(row(name, code, None, gap=12))
        own, other = type_.guideline_ar, type_.guideline_en
        if look.language.code != "ar":
            own, other = other, own
        if other and not own:
            told = text("It is written in the other language only.")
            self.body.addWidget(Words(look, told, "small"))
        nothing = text("The label schema says nothing more about this type.")
        self.text = _page(look, title, own or other or nothing)
        self.body.addWidget(self.text, 1)
        self._add_parts(type_)
        close = self.add_button(text("Close"), is_default=True)
        close.clicked.connect(self.accept)
        self.add_cap("Esc")
        self.resize(480, 340)

    def _add_parts(self, type_: EntityType | EventType) -> None:
        is_entity = isinstance(type_, EntityType)
        parts = type_.subtypes if isinstance(type_, EntityType) else type_.roles
        if not parts:
            return
        title = self.look.language.text(_SUBTYPES if is_entity else _ROLES)
        names = [_named(self.look, part) for part in parts]
        # names that are isolated tell a label no direction: the mark before them does
        mark = "\u200f" if self.look.is_rtl else "\u200e"
        told = mark + self.look.language.listed(literal(name, _LONGEST) for name in names)
        listed = Words(self.look, told, "second", wraps=True)
        if any(len(name) > _LONGEST for name in names):
            listed.setToolTip("\n".join(map(tooltip, names)))
        head = Words(self.look, title, "head")
        head.setFixedWidth(74)
        line = row(head, listed)
        line.setStretch(1, 1)
        self.body.addLayout(line)


def _named(look: Look, item: EntityType | EventType | Named | Role) -> str:
    return item.ar if look.language.code == "ar" else item.en


def _page(look: Look, name: str, text: str) -> TextField:
    page = TextField(look, name, "\n".join(shown(line) for line in text.splitlines()))
    page.setReadOnly(True)
    page.setFont(fonts.window(14))
    return page
