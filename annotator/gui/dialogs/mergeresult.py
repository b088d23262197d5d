"""What a merge left: the receipt, the copy of what was before, and the way back and forth again."""

from collections.abc import Callable

from PySide6.QtCore import Signal

from annotator.core.model import LEAD
from annotator.gui.dialogs.frame import column, row
from annotator.gui.dialogs.pathline import PathLine
from annotator.gui.dialogs.receiptswork import brought_back, taken_back
from annotator.gui.look import Look
from annotator.gui.widgets.buttons import Button
from annotator.gui.widgets.card import Box
from annotator.gui.widgets.literal import isolated
from annotator.gui.widgets.words import Words
from annotator.i18n import marked
from annotator.services.merging import MergeReport
from annotator.services.progress import Progress
from annotator.store.project import Project

Work = Callable[[Project, Progress], str]
"""What returns the gesture that can be undone next, or nothing."""


class MergeResult(Box):
    """Hidden until something was merged."""

    taking_back_asked = Signal()

    def __init__(self, look: Look, role: str) -> None:
        super().__init__("soft", column(gap=4, margins=(12, 8, 12, 10)))
        self._look, self._role = look, role
        self._receipt, self._gesture = "", ""
        text = look.language.text
        self.receipt = Words(look, "", "small")
        self._kept = Words(look, text("Copy of what was before:"), "small")
        self.backup = PathLine(look)
        self.take_back = Button(look, text("Take back"), icon="undo-2")
        self.take_back.clicked.connect(self.taking_back_asked)
        kept = row(self._kept, self.backup)
        kept.setStretch(1, 1)
        self.parts.addLayout(row(self.receipt, None, self.take_back))
        self.parts.addLayout(kept)
        self.hide()

    def show_report(self, report: MergeReport | None) -> None:
        """Show what a merge left, or nothing."""
        self._receipt = report.receipt if report else ""
        language = self._look.language
        code = isolated(self._receipt, is_rtl=False)
        self.receipt.setText(language.text("Receipt: {receipt}", receipt=code))
        backup = str(report.backup) if report and report.backup else ""
        self.backup.show_path(backup)
        self._kept.setVisible(bool(backup))
        self.show_gesture("")
        self.setVisible(bool(self._receipt))

    def show_gesture(self, gesture: str) -> None:
        """Offer to undo the taking back `gesture`, or to take back where there is none."""
        text = self._look.language.text
        self._gesture = gesture
        self.take_back.show_words(text("Bring back") if gesture else text("Take back"))
        if self._role != LEAD:
            self.take_back.setEnabled(False)
            self.take_back.setToolTip(text("Only the lead's file can do this."))

    def next_work(self) -> tuple[Work, str]:
        """Return what the button means now, and the sentence that says that it was done."""
        if self._gesture:
            said = marked("What was merged is back.")
            return brought_back(self._gesture), said
        said = marked("What was merged is taken back; it stays in the history.")
        return taken_back(self._receipt), said
