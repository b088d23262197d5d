"""How much of something is done, as a thin line that fills from the reading side."""

from PySide6.QtWidgets import QProgressBar, QSizePolicy

from annotator.gui.look import Look

_HEIGHT = 4


class ProgressLine(QProgressBar):
    """A line of 4 px; what it means is said in words beside it and in its accessible name."""

    def __init__(self, look: Look, name: str, done: int = 0, total: int = 1) -> None:
        """Show `done` of `total`; `name` is for readers of the screen."""
        super().__init__()
        self.setTextVisible(False)
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self.show_progress(done, total)

    def show_progress(self, done: int, total: int) -> None:
        """Show `done` of `total`; of nothing it is empty."""
        self.setRange(0, max(total, 1))
        self.setValue(min(done, total))
