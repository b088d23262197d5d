"""Hand-ins merged: what came when and from whom, taken back and brought back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from annotator.core.model import LEAD
from annotator.gui.dialogs.cellview import CellView
from annotator.gui.dialogs.frame import row
from annotator.gui.dialogs.receiptswork import brought_back, taken_back
from annotator.gui.dialogs.working import SummingUp
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.gui.models import receipts as told
from annotator.gui.widgets.literal import isolated
from annotator.gui.widgets.words import Words
from annotator.services.receipts import Listed, listed
from annotator.store.project import Project

_SIZE = (680, 520)


class ReceiptsDialog(SummingUp):
    """The receipts of the file, newest first; what is chosen can be taken back, and back again."""

    changed = Signal()  # something was taken back, or brought back

    def __init__(
        self, look: Look, project: Project, jobs: Jobs, parent: QWidget | None = None
    ) -> None:
        text = look.language.text
        super().__init__(look, text("Hand-ins merged"), project, jobs, parent)
        self.listed: list[Listed] = []
        titles = [text(one) for one in told.TITLES]
        self.view = CellView(look, text("Receipts"), titles, told.WHOSE)
        self.summary = Words(look, text("Looking …"), "second", wraps=True)
        self.receipt = Words(look, "", "small", wraps=True)
        about = text("What is taken back is left out of the project and stays in its history.")
        self.body.addWidget(Words(look, about, "small", wraps=True))
        self.body.addWidget(self.view)
        self.body.addLayout(row(self.receipt))
        self.body.addWidget(self.summary)
        self.body.addStretch(1)
        self._put_foot(text("Take back"))
        self.choices = (self.view,)
        self.go.clicked.connect(self._on_go_clicked)
        self.view.selectionModel().currentRowChanged.connect(self._on_row_changed)
        self.resize(*_SIZE)
        self._list_again()

    def _list_again(self) -> None:
        self._look(listed, self._on_listed)
        self.go.setEnabled(False)

    def _on_listed(self, found: list[Listed]) -> None:
        at = max(self.view.currentIndex().row(), 0)
        language = self.look.language
        self.listed = found
        self.view.show_rows(
            [
                told.row_of(language, one.receipt, is_standing=one.is_standing, is_part=one.is_part)
                for one in found
            ]
        )
        self.summary.setText("" if found else language.text("Nothing was merged into this file."))
        if found:
            self.view.choose(min(at, len(found) - 1))
            self.view.setFocus()
        self._offer()

    @property
    def chosen(self) -> Listed | None:
        """The receipt that is chosen."""
        at = self.view.currentIndex().row()
        return self.listed[at] if 0 <= at < len(self.listed) else None

    def _on_row_changed(self) -> None:
        self.summary.setText("")
        self.trouble.say("")
        self._offer()

    def _offer(self) -> None:
        """Offer what can be done with what is chosen, or say why nothing can."""
        text = self.look.language.text
        one = self.chosen
        is_back = one is not None and not one.is_standing
        self.go.show_words(text("Bring back") if is_back else text("Take back"))
        why = self._why_not(one) if one else ""
        self.go.setEnabled(one is not None and not why)
        self.go.setToolTip(why)
        code = isolated(one.receipt.uid, is_rtl=False) if one else ""
        counted = told.counts(self.look.language, one.receipt) if one else ()
        figures = (f"{name}: {n}" for name, n in counted)
        receipt = text("Receipt: {receipt}", receipt=code)
        self.receipt.setText(" · ".join((receipt, *figures)) if one else "")

    def _why_not(self, one: Listed) -> str:
        text = self.look.language.text
        if self._project.role != LEAD:
            return text("Only the lead's file can do this.")
        if not one.is_standing and not one.gesture:
            return text("It was taken back with another receipt: bring that one back.")
        return ""

    def _on_go_clicked(self) -> None:
        one = self.chosen
        if one is None:
            return
        work = taken_back(one.receipt.uid) if one.is_standing else brought_back(one.gesture)
        self._do(work, self._on_changed)

    def _on_changed(self, gesture: str) -> None:
        self._list_again()
        self.changed.emit()
