"""The middle of the page of search: the list of places, or what is said where there is none."""

from collections.abc import Sequence

from PySide6.QtWidgets import QStackedWidget

from annotator.gui.look import Look
from annotator.gui.models.kwic import KwicRow
from annotator.gui.models.searchasked import Asked
from annotator.gui.pages.searchtold import SearchTold
from annotator.gui.panels.kwic import KwicList


class SearchPlaces(QStackedWidget):
    """Shows the one or the other; where something is said the list is empty."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.list = KwicList(look, look.language.text("Places"))
        self.told = SearchTold(look)
        for part in (self.list, self.told):
            self.addWidget(part)

    @property
    def has_list(self) -> bool:
        """Whether the list is shown, with rows."""
        return bool(self.list.rows.rows) and self.currentWidget() is self.list

    def show_rows(self, rows: Sequence[KwicRow], current: int) -> None:
        """Show these places, one of them the current one."""
        self.list.rows.show_rows(rows)
        self.setCurrentWidget(self.list)
        self.list.go_to(current)

    def show_hint(self) -> None:
        """Say what can be looked for."""
        self._empty()
        self.told.show_hint()

    def show_none(self, asked: Asked) -> None:
        """Say that there is no place."""
        self._empty()
        self.told.show_none(asked)

    def show_searching(self) -> None:
        """Say that it takes a while: what another search found is no longer shown."""
        self._empty()
        self.told.show_searching()

    def show_sentence(self, sentence: str, more: str = "") -> None:
        """Say a sentence of ours."""
        self._empty()
        self.told.show_sentence(sentence, more)

    def _empty(self) -> None:
        self.list.rows.show_rows(())
        self.setCurrentWidget(self.told)
