"""A few counts side by side: the figure, and under it what is counted."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from annotator.gui.dialogs.frame import column
from annotator.gui.look import Look
from annotator.gui.panels.part import clear
from annotator.gui.widgets.flow import Flow
from annotator.gui.widgets.words import Words

Figure = tuple[str, int]
"""What is counted, in the language of the window, and how many there are."""


class FigureRow(QWidget):
    """Hidden while there is nothing to count; it goes on in the next row where one is full."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._flow = Flow(self, gap=24)
        self.hide()

    def show_figures(self, figures: Sequence[Figure]) -> None:
        """Show other counts."""
        clear(self._flow)
        for name, n in figures:
            part = QWidget()
            figure, said = Words(self._look, f"{n:,}", "figure"), Words(self._look, name, "hint")
            part.setLayout(column(figure, said, gap=0))
            part.setAccessibleName(f"{name}: {n}")
            self._flow.addWidget(part)
        self.setVisible(bool(figures))
        self.updateGeometry()
