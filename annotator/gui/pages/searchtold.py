"""What stands in the place of the list: what can be typed, that nothing was found, or trouble."""

from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from annotator.core.labelschema import LabelSchema
from annotator.gui.look import Look
from annotator.gui.models.searchasked import Asked
from annotator.gui.models.searchfilters import filters_told
from annotator.gui.pages.searchoptions import LEVELS
from annotator.gui.pages.searchwork import Change, Wider
from annotator.gui.widgets.buttons import Button
from annotator.gui.widgets.card import Box
from annotator.gui.widgets.words import Words
from annotator.i18n import Language, marked

if TYPE_CHECKING:
    from annotator.services.searchingorder import InOrder

_CHANGES: dict[Change, str] = {
    "level": marked("With alike letters"),
    "clitics": marked("With letters attached before the word"),
    "filters": marked("Without the filters"),
}
_ACTS: dict[Change, str] = {
    "level": marked("Look with alike letters"),
    "clitics": marked("Look with attached letters"),
    "filters": marked("Remove the filter"),
}


def sorted_told(found: "InOrder", language: Language) -> str:
    """Return what is to be known of sorted places: no date, or more than are sorted; "" if none."""
    if found.is_undated:
        return language.text(
            "None of these articles has a date in its details: the places keep their order."
        )
    n = f"{len(found.spots):,}"
    return "" if found.is_whole else language.text("Sorted are the first {n} places.", n=n)


class SearchTold(Box):
    """One or two sentences in the middle, and at most one way to find more."""

    wider_asked = Signal(object)  # Asked

    def __init__(self, look: Look) -> None:
        super().__init__("paper", QVBoxLayout())
        self._look = look
        self._wider: Asked | None = None
        self.sentence = Words(look, "", "second", wraps=True)
        self.more = Words(look, "", "hint", wraps=True)
        self.button = Button(look, "")
        self.button.clicked.connect(lambda: self.wider_asked.emit(self._wider))
        for words in (self.sentence, self.more):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.parts.setContentsMargins(24, 24, 24, 24)
        self.parts.setSpacing(10)
        self.parts.addStretch(1)
        self.parts.addWidget(self.sentence)
        self.parts.addWidget(self.more)
        self.parts.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.parts.addStretch(2)
        self.show_hint()

    def show_hint(self) -> None:
        """Say what can be looked for."""
        text = self._look.language.text
        self.show_sentence(
            text("Write a word or a phrase: it is found in all articles, however it is spelled."),
            text("Enter goes on to the places, and from a place into its article."),
        )

    def show_none(self, asked: Asked) -> None:
        """Say that there is no place, and how spellings were compared."""
        text = self._look.language.text
        level = next(text(name) for one, name, _ in LEVELS if one == asked.level)
        self.show_sentence(text("No places. Match: {level}.", level=level))

    def show_wider(self, schema: LabelSchema, asked: Asked, wider: Wider) -> None:
        """Offer what finds more than `asked`: all that it changes, and how many places that has."""
        n = wider.numbers.n
        if not n:
            return
        language = self._look.language
        found = language.plural("{n} place", "{n} places", n)
        if not wider.numbers.is_whole:
            found = language.text("at least {places}", places=found)
        changes = [language.text(_CHANGES[one]) for one in wider.changes]
        if "filters" in wider.changes:
            filters = " · ".join(filters_told(language, schema, replace(asked, is_prefix=False)))
            changes[-1] = f"{changes[-1]} ({filters})"
        told = language.listed(changes)
        self.more.setText(language.text("{changes}: {found}", changes=told, found=found))
        act = _ACTS[wider.changes[0]] if len(wider.changes) == 1 else marked("Look this way")
        self.button.show_words(language.text(act))
        self._wider = wider.asked
        self.more.show()
        self.button.show()

    def show_searching(self) -> None:
        """Say that it takes a while, and how it is stopped."""
        text = self._look.language.text
        self.show_sentence(text("Searching …"), text("Esc stops it, and so does another query."))

    def show_sentence(self, sentence: str, more: str = "") -> None:
        """Say a sentence of ours."""
        self.sentence.setText(sentence)
        self.more.setText(more)
        self.more.setVisible(bool(more))
        self.button.hide()
