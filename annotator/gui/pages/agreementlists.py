"""The card of what is disputed most: texts that are treated differently, and articles."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from annotator.gui.look import Look
from annotator.gui.models import agreementrows
from annotator.gui.models.agreementnames import TypeNames
from annotator.gui.pages.agreementcards import ChartCard
from annotator.gui.panels.textrows import TextRows
from annotator.gui.widgets.empty import Empty
from annotator.gui.widgets.segments import Choice, Segments
from annotator.i18n import marked
from annotator.services.agreeing import AgreementReport

if TYPE_CHECKING:
    from annotator.gui.models.agreementrows import TextRow

LISTS = {"strings": marked("texts"), "articles": marked("articles")}
_NOTES = {
    "strings": marked("the same text, treated differently"),
    "articles": marked("by how many items are disputed"),
}


class DisputedCard(QWidget):
    """Two lists; `opened` says what was clicked."""

    opened = Signal(object)  # Opening

    def __init__(
        self, look: Look, report: AgreementReport, names: TypeNames, shown_list: str
    ) -> None:
        super().__init__()
        self._look = look
        text, language = look.language.text, look.language
        self.shown_list = shown_list
        self.rows: dict[str, tuple[TextRow, ...]] = {
            "strings": agreementrows.string_rows(report, names, language),
            "articles": agreementrows.article_rows(report, language),
        }
        self.lists = {one: TextRows(look, text(name)) for one, name in LISTS.items()}
        self._none = Empty(look, text("No differences: everybody agrees"))
        self._stack = QStackedWidget()
        for one, view in self.lists.items():
            view.show_rows(self.rows[one])
            view.opened.connect(self.opened)
            self._stack.addWidget(view)
        self._stack.addWidget(self._none)
        title = text("Most disputed")
        choices = [Choice(one, text(name)) for one, name in LISTS.items()]
        self.choice = Segments(look, title, choices, [shown_list])
        self.choice.values_chosen.connect(lambda chosen: self._show(chosen[0]))
        self._card = ChartCard(look, title, "", self._stack, beside=(self.choice,))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card)
        self._show(shown_list)

    def _show(self, wanted: str) -> None:
        self.shown_list = wanted
        self._card.note.show_text(self._look.language.text(_NOTES[wanted]))
        self._stack.setCurrentWidget(self.lists[wanted] if self.rows[wanted] else self._none)
