"""The fourth step: who labels. One name is enough; others come with their own files later."""

from PySide6.QtWidgets import QWidget

from annotator.gui.dialogs.draft import Draft
from annotator.gui.dialogs.newpage import NewPage
from annotator.gui.dialogs.whofield import WhoField
from annotator.gui.look import Look
from annotator.gui.widgets.words import Words

_WIDEST = 420


class WhoPage(NewPage):
    """The name of the person at this machine."""

    def __init__(self, look: Look, draft: Draft) -> None:
        text = look.language.text
        about = text("Every label carries your name, and what others label stays theirs.")
        super().__init__(look, draft, text("Who labels?"), about)
        self.who = WhoField(look, draft.who)
        self.who.setMaximumWidth(_WIDEST)
        self.parts.addWidget(Words(look, text("Your name"), "head"))
        self.parts.addWidget(self.who)
        self.parts.addStretch(1)
        self.who.name_changed.connect(self._on_name_changed)

    @property
    def is_answered(self) -> bool:
        """Whether somebody can be called so."""
        return self.who.is_good

    @property
    def note(self) -> str:
        """The name."""
        return self.draft.who

    @property
    def first(self) -> QWidget:
        """The field for the name."""
        return self.who.field

    def _on_name_changed(self) -> None:
        self.draft.who = self.who.name
        self.answered.emit()
