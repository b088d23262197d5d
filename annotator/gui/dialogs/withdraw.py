"""Withdraw the article in view, after it is said what that means, and bring articles back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from annotator.core.model import Article
from annotator.gui.dialogs.cellview import CellView
from annotator.gui.dialogs.questionswork import Seen, brought_back, seen, withdrawn
from annotator.gui.dialogs.working import SummingUp
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.gui.models.cells import name_cell, number_cell
from annotator.gui.widgets.literal import Literal
from annotator.gui.widgets.words import Words, hairline
from annotator.i18n import marked
from annotator.store.project import Project

_SIZE = (620, 480)
_TITLES = (marked("Title"), marked("Characters"))


class WithdrawDialog(SummingUp):
    """Withdraws `article`, where one is in view; those that are withdrawn can be brought back."""

    changed = Signal()  # an article was withdrawn, or brought back

    def __init__(
        self,
        look: Look,
        project: Project,
        jobs: Jobs,
        article: Article | None = None,
        parent: QWidget | None = None,
    ) -> None:
        text = look.language.text
        super().__init__(look, text("Withdraw an article"), project, jobs, parent)
        self._article = article
        self.seen = Seen((), 0)
        self.title = Literal(look, article.title if article else "", lines=2)
        self.summary = Words(look, text("Looking …"), "strong", wraps=True)
        self.list_head = Words(look, text("Withdrawn articles"), "head")
        self.view = CellView(look, text("Withdrawn articles"), [text(one) for one in _TITLES])
        self._put_together()
        (self.back,) = self._put_foot(text("Withdraw"), text("Bring back"))
        self.choices = (self.view, self.back)
        self.go.clicked.connect(self._on_go_clicked)
        self.back.clicked.connect(self._on_back_clicked)
        self.view.selectionModel().currentRowChanged.connect(self._offer)
        self.resize(*_SIZE)
        self._look_again()

    def _put_together(self) -> None:
        about = self.look.language.text(
            "An article that is withdrawn is kept with its text, its labels and its history, and"
            " hidden: it is in no list, no export, no agreement, and nobody labels it any more."
            " Annotators have it until your next reply. It can be brought back at any time."
        )
        self.body.addWidget(self.title)
        self.body.addWidget(Words(self.look, about, "small", wraps=True))
        self.body.addWidget(self.summary)
        self.body.addWidget(hairline())
        self.body.addWidget(self.list_head)
        self.body.addWidget(self.view)
        self.body.addStretch(1)
        self.title.setVisible(self._article is not None)

    # --- looking ---

    def _look_again(self) -> None:
        self._look(seen(self._article.sha256 if self._article else ""), self._on_seen)
        self._offer()

    def _on_seen(self, found: Seen) -> None:
        self.seen = found
        self.view.show_rows(
            [(name_cell(one.title), number_cell(one.length)) for one in found.withdrawn]
        )
        self.list_head.setVisible(bool(found.withdrawn))
        if found.withdrawn:
            self.view.choose(len(found.withdrawn) - 1)
        self.summary.setText(self._said())
        self._offer()

    def _said(self) -> str:
        text = self.look.language.text
        if self._article is None:
            return text("No article is shown that could be withdrawn.")
        if self._is_withdrawn:
            return text("The article is withdrawn.")
        n = self.seen.n_labels
        return text("Labels of everybody that go out of sight with it: {n}.", n=n)

    @property
    def _is_withdrawn(self) -> bool:
        return self._article in self.seen.withdrawn

    @property
    def chosen(self) -> Article | None:
        """The withdrawn article that is chosen."""
        at = self.view.currentIndex().row()
        return self.seen.withdrawn[at] if 0 <= at < len(self.seen.withdrawn) else None

    def _offer(self) -> None:
        can = self._article is not None and not self._is_withdrawn and not self.is_looking
        self.go.setEnabled(can)
        self.back.setEnabled(self.chosen is not None)

    # --- doing ---

    def _on_go_clicked(self) -> None:
        if self._article is not None:
            self._do(withdrawn(self._article.sha256), self._on_changed)

    def _on_back_clicked(self) -> None:
        if self.chosen is not None:
            self._do(brought_back(self.chosen.sha256), self._on_changed)

    def _on_changed(self, _: None) -> None:
        self._look_again()
        self.changed.emit()
