"""What was made: said only where something was refused or stopped, so that it is not missed."""

from PySide6.QtWidgets import QWidget

from annotator.gui.dialogs.frame import TroubleLine, column
from annotator.gui.dialogs.making import Made
from annotator.gui.dialogs.refusals import refusal_view
from annotator.gui.dialogs.told import imported_of
from annotator.gui.look import Look
from annotator.gui.widgets.words import Words


class MadePage(QWidget):
    """The project is there; here is what of the articles is not."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.said = Words(look, "", "strong", wraps=True)
        self.trouble = TroubleLine(look)
        self.table, self._refused = refusal_view(look)
        title = Words(look, look.language.text("The project is made"), "display")
        self.setLayout(column(title, self.said, self.trouble, gap=14))
        whole = self.layout()
        if whole is not None:
            whole.addWidget(self.table)

    def show_made(self, made: Made) -> None:
        """Say what was read in and what was not."""
        language = self._look.language
        report = made.report
        self.said.setText(imported_of(language, report) if report else "")
        self.said.setVisible(report is not None)
        self.trouble.show_trouble(made.trouble)
        if report is not None:
            self._refused.show_refused(report.refused, report.remarks)
        self.table.setVisible(bool(report and (report.refused or report.remarks)))
