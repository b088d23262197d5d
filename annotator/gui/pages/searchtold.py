"""What stands in the place of the list: what can be typed, that nothing was found, or trouble."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from annotator.gui.look import Look
from annotator.gui.pages.searchoptions import LEVELS
from annotator.gui.pages.searchwork import Asked, Wider
from annotator.gui.widgets.buttons import Button
from annotator.gui.widgets.card import Box
from annotator.gui.widgets.words import Words


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

    def show_wider(self, asked: Asked, wider: Wider) -> None:
        """Offer what finds more, with how many places that has."""
        n = wider.numbers.n
        if not n:
            return
        text, plural = self._look.language.text, self._look.language.plural
        found = plural("{n} place", "{n} places", n)
        if asked.has_filter and not wider.asked.has_filter:
            self.more.setText(text("Without the filter: {found}", found=found))
            self.button.show_words(text("Remove the filter"))
        else:
            self.more.setText(text("With alike letters: {found}", found=found))
            self.button.show_words(text("Look with alike letters"))
        self._wider = wider.asked
        self.more.show()
        self.button.show()

    def show_sentence(self, sentence: str, more: str = "") -> None:
        """Say a sentence of ours."""
        self.sentence.setText(sentence)
        self.more.setText(more)
        self.more.setVisible(bool(more))
        self.button.hide()
