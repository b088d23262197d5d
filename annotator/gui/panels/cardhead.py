"""The first lines of a card: what it is, its type, its quote, and what may be asked of it."""

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from annotator.gui import fonts
from annotator.gui.actions import BY_ID
from annotator.gui.look import Look
from annotator.gui.panels.chipbutton import ChipButton
from annotator.gui.panels.part import Part
from annotator.gui.widgets.buttons import Button, IconButton
from annotator.gui.widgets.chip import ChipFace
from annotator.gui.widgets.keycap import KeyCap
from annotator.gui.widgets.literal import Literal
from annotator.gui.widgets.quote import NONE, Attached, Quote
from annotator.i18n import marked

TITLES = {
    "entity": marked("Entity in hand"),
    "event": marked("Event in hand"),
    "stance": marked("Stance in hand"),
    "relation": marked("Relation in hand"),
    "draft_stance": marked("New stance"),
    "draft_relation": marked("New relation"),
}
_STATES = {
    "": ("", ""),
    "pending": (marked("being saved"), "text_3"),
    "unsaved": (marked("not saved"), "error"),
    "draft": (marked("draft, not saved"), "text_3"),
}
_MENU = ("note", "doubt", "relation", "guideline", "remove")


class Head(msgspec.Struct, frozen=True):
    """What the first lines say: `state` is "", pending, unsaved or draft."""

    kind: str
    state: str
    chip: ChipFace | None = None
    quote: str = ""
    is_doubtful: bool = False
    is_closed: bool = False
    letters: Attached = NONE


class CardHead(Part):
    """Title, type, quote, flag and more."""

    action_asked = Signal(str)
    type_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(8)
        self._look = look

    def show_head(self, head: Head) -> None:
        """Show `head`; a label without a chip has its type elsewhere."""

        def build(column: QVBoxLayout) -> None:
            column.addLayout(self._title_row(head))
            if head.chip is not None:
                column.addLayout(self._label_row(head, head.chip))

        self.show_value(head, build)

    def text(self, msgid: str, **data: object) -> str:
        """Return a sentence in the language of the window."""
        return self._look.language.text(msgid, **data)

    def _title_row(self, head: Head) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        title = self.text(TITLES[head.kind])
        face = fonts.window(13, strong=True)
        row.addWidget(Literal(self._look, title, font=face, role="accent"))
        said, role = _STATES[head.state]
        if said:
            row.addWidget(Literal(self._look, self.text(said), font=fonts.window(11), role=role))
        row.addStretch(1)
        if head.chip is None and head.state != "draft":
            row.addWidget(self._flag(head))
            row.addWidget(self._more(head))
        let_go = Button(self._look, self.text("Let go"), "quiet")
        let_go.setObjectName("let_go")
        let_go.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        let_go.clicked.connect(lambda: self.action_asked.emit("let_go"))
        row.addWidget(let_go)
        row.addWidget(KeyCap(self._look, "Esc"))
        return row

    def _label_row(self, head: Head, face: ChipFace) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        name = self.text("Change the type: {type}", type=face.name)
        chip = ChipButton(self._look, face, name, opens=True)
        chip.setObjectName("type")
        chip.setEnabled(not head.is_closed)
        chip.clicked.connect(self.type_asked)
        row.addWidget(chip)
        row.addWidget(Quote(self._look, head.quote, head.letters, font=fonts.article(16)), 1)
        row.addWidget(self._flag(head))
        row.addWidget(self._more(head))
        return row

    def _flag(self, head: Head) -> QWidget:
        role = "doubt" if head.is_doubtful else "text_2"
        flag = IconButton(self._look, "flag", *self._told("doubt"), role=role)
        flag.setObjectName("flag")
        flag.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        flag.setEnabled(not head.is_closed)
        flag.clicked.connect(lambda: self.action_asked.emit("doubt"))
        return flag

    def _told(self, action: str) -> tuple[str, str]:
        """Return the name and the first key of an action."""
        found = BY_ID[action]
        return self.text(found.name), found.keys[0] if found.keys else ""

    def _more(self, head: Head) -> QWidget:
        more = IconButton(self._look, "ellipsis", self.text("More"))
        more.setObjectName("more")
        more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = QMenu(more)
        for id in _MENU:
            name, key = self._told(id)
            item = menu.addAction(f"{name}\t{key}" if key else name)
            item.setEnabled(id == "guideline" or not head.is_closed)
            item.triggered.connect(lambda _=False, id=id: self.action_asked.emit(id))
        more.setMenu(menu)
        more.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        return more
