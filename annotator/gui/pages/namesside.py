"""Beside the list of names: what can be done with those that are chosen, and what may be one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.gui import fonts
from annotator.gui.look import Look
from annotator.gui.models.nameslist import NamesWords
from annotator.gui.pages.namesspellings import NamesSpellings
from annotator.gui.widgets.buttons import Button, IconButton
from annotator.gui.widgets.card import Box, Card
from annotator.gui.widgets.fields import LineField
from annotator.gui.widgets.literal import Literal, in_menu
from annotator.gui.widgets.words import Words, hairline
from annotator.services.names import Name
from annotator.services.namesproposed import Proposal

WIDTH = 338
_EDGE = 14
_CARDS = 20
"""Proposals that are shown at once."""


class NamesSide(QScrollArea):
    """The shared name of what is chosen, its spellings, and cards of names that may be one."""

    given = Signal(str)  # the chosen names, or the ticked spellings, are to share this
    taken_off = Signal()  # the chosen name's, or its ticked spellings', shared name
    accepted = Signal(object)  # Proposal
    refused = Signal(object)  # Proposal: they are different
    shown_asked = Signal(object)  # Proposal: choose its names in the list
    left = Signal()  # the card that had the keyboard is gone, and none is left

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._words: NamesWords | None = None
        self._names: list[Name] = []
        self._proposals: list[Proposal] = []
        self.cards: list[ProposalCard] = []
        self._can_change = True
        text = look.language.text
        self.head = Words(look, "", "head")
        self.field = LineField(
            look, text("Name shared across articles"), hint=text("Shared name"), direction="auto"
        )
        self.field.setFont(fonts.article(16))
        self.field.setFixedHeight(34)
        self.spellings = NamesSpellings(look, self.field)
        self.give = Button(look, "", "primary")
        self.take_off = Button(look, "", icon="scissors")
        self.note = Words(look, "", "hint", wraps=True)
        self.proposed = Words(look, "", "head")
        self._put_together()
        self.field.textChanged.connect(lambda _: self._allow())
        self.field.returnPressed.connect(self._on_give)
        self.spellings.turned.connect(self._allow)
        self.give.clicked.connect(self._on_give)
        self.take_off.clicked.connect(self.taken_off)
        self.show_names([], None)

    def _put_together(self) -> None:
        inside = Box("panel", QVBoxLayout())
        column = inside.parts
        column.setContentsMargins(_EDGE, 14, _EDGE, 12)
        column.setSpacing(8)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(8)
        for part in (self.head, self.field, self.spellings, self.give, self.take_off, self.note):
            column.addWidget(part)
        column.addWidget(hairline())
        column.addWidget(self.proposed)
        column.addLayout(self._cards)
        column.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFixedWidth(WIDTH)

    # --- what is chosen ---

    def show_names(self, names: list[Name], words: NamesWords | None) -> None:
        """Show what can be done with `names`; the same ones keep what is typed and ticked."""
        known = {(one.link, one.key) for one in self._names}
        is_same = {(one.link, one.key) for one in names} == known
        self._names, self._words = names, words
        if not is_same or not names:
            linked = next((one for one in names if one.link), None)
            first = linked or (max(names, key=lambda one: one.n) if names else None)
            self.field.setText(first.shown if first else "")
        self.spellings.show_name(names[0] if len(names) == 1 else None)
        self._allow()

    def ticked(self) -> list[str]:
        """Return the spellings that are ticked."""
        return self.spellings.ticked()

    def names(self) -> list[Name]:
        """Return the names that are shown."""
        return self._names

    def allow(self, *, can_change: bool) -> None:
        """Let things be done, or not while something is."""
        self._can_change = can_change
        self._allow()

    def _allow(self) -> None:
        language, names, n = self._look.language, self._names, len(self._names)
        text, is_some = language.text, bool(self.ticked())
        heads = {0: text("No name is chosen"), 1: text("The name in hand")}
        self.head.setText(heads.get(n) or language.plural("{n} name", "{n} names", n))
        if n > 1:
            self.give.show_words(text("Make them one name"))
        elif is_some:
            self.give.show_words(text("Give this name to the ticked spellings"))
        else:
            self.give.show_words(text("Let its labels share this name"))
        said = text("Take the name off the ticked spellings") if is_some else text("Take it off")
        self.take_off.show_words(said)
        is_linked = n == 1 and bool(names[0].link)
        self.take_off.setVisible(is_linked)
        self.field.setEnabled(bool(n))
        is_new = not is_linked or self.field.text().strip() != names[0].link
        is_open = self._can_change and any(one.n_open for one in names)
        typed = bool(self.field.text().strip())
        self.give.setEnabled(is_open and is_new and typed)
        self.take_off.setEnabled(is_open)
        self._say(n)

    def _say(self, n: int) -> None:
        text, names = self._look.language.text, self._names
        if not n:
            said = text("Choose a name in the list; with Ctrl or Shift several, to make them one.")
        elif not any(one.n_open for one in names):
            said = text("None of these labels can be changed: they are done, or other people's.")
        elif len({one.types[0][0] for one in names}) > 1:
            said = text("Their types differ.")
        else:
            said = ""
        self.note.setText(said)
        self.note.setVisible(bool(said))

    def _on_give(self) -> None:
        if self.give.isEnabled():
            self.given.emit(self.field.text())

    # --- what may be one ---

    def show_proposals(self, found: Sequence[Proposal], words: NamesWords) -> None:
        """Show the first proposals, and how many there are."""
        held = QApplication.focusWidget()
        had_keys = any(old.isAncestorOf(held) for old in self.cards if held is not None)
        for old in self.cards:
            self._cards.removeWidget(old)
            old.deleteLater()
        self._proposals = list(found)
        self.cards = [self._card(one, words) for one in found[:_CARDS]]
        for card in self.cards:
            self._cards.addWidget(card)
        text = self._look.language.text
        said = text("Same name? {n}", n=f"{len(found):,}") if found else text("Same name? None")
        self.proposed.setText(said)
        if had_keys and self.cards:
            self.cards[0].accept.setFocus()
        elif had_keys:
            self.left.emit()

    def _card(self, one: Proposal, words: NamesWords) -> "ProposalCard":
        card = ProposalCard(self._look, one, words)
        card.accept.clicked.connect(lambda: self.accepted.emit(one))
        card.refuse.clicked.connect(lambda: self.refused.emit(one))
        card.choose.clicked.connect(lambda: self.shown_asked.emit(one))
        return card


class ProposalCard(Card):
    """Names that may be one: how often each stands, why, and what a person says to it."""

    def __init__(self, look: Look, proposal: Proposal, words: NamesWords) -> None:
        super().__init__(look)
        text = look.language.text
        self.proposal = proposal
        for one in proposal.names:
            self.parts.addWidget(_row(look, one, words))
        self.parts.addWidget(Words(look, words.why(proposal), "hint", wraps=True))
        if proposal.types_differ:
            self.parts.addWidget(Words(look, text("Their types differ."), "doubt", wraps=True))
        self.accept = Button(look, text("One name"), icon="link")
        self.refuse = Button(look, text("Not the same"))
        self.choose = IconButton(look, "eye", text("Show them in the list"))
        names = " · ".join(in_menu(one.shown, 40) for one in proposal.names)
        for button in (self.accept, self.refuse, self.choose):
            button.setAccessibleDescription(names)
        foot = QHBoxLayout()
        foot.setSpacing(6)
        for part in (self.accept, self.refuse):
            foot.addWidget(part)
        foot.addStretch(1)
        foot.addWidget(self.choose)
        self.parts.addLayout(foot)


def _row(look: Look, name: Name, words: NamesWords) -> QWidget:
    part = QWidget()
    row = QHBoxLayout(part)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(Literal(look, name.shown, font=fonts.article(16)), 1)
    types = Literal(look, words.types(name), font=fonts.window(12), role="text_3")
    row.addWidget(types)
    return part
