"""Where something is to be written: a folder or a file, typed or chosen."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from annotator.gui import fonts
from annotator.gui.dialogs.frame import row
from annotator.gui.look import Look
from annotator.gui.widgets.buttons import Button
from annotator.gui.widgets.fields import LineField


class PlaceField(QWidget):
    """A path from left to right, and a button that lets choose it."""

    place_changed = Signal()

    def __init__(self, look: Look, name: str, place: Path, *, ending: str = "") -> None:
        """Begin with `place`: a file with that ending, or a folder where there is none."""
        super().__init__()
        self._name, self._ending = name, ending
        self.field = LineField(look, name, str(place), direction="ltr")
        self.field.setFont(fonts.code())
        self.field.setCursorPosition(0)
        self.browse = Button(look, look.language.text("Choose…"), icon="folder-open")
        line = row(self.field, self.browse)
        line.setStretch(0, 1)
        self.setLayout(line)
        self.field.textChanged.connect(self.place_changed)
        self.browse.clicked.connect(self._on_browse_clicked)

    @property
    def place(self) -> Path | None:
        """The path as it is now, without blanks around it; None where there is none."""
        typed = self.field.text().strip()
        return Path(typed).expanduser().absolute() if typed else None

    def _on_browse_clicked(self) -> None:
        name = self._asked_file() if self._ending else self._asked_folder()
        if name:
            self.field.setText(name)

    def _asked_folder(self) -> str:
        return QFileDialog.getExistingDirectory(self, self._name, self.field.text())

    def _asked_file(self) -> str:
        options, kinds = QFileDialog.Option.DontConfirmOverwrite, f"*{self._ending}"
        name, _ = QFileDialog.getSaveFileName(
            self, self._name, self.field.text(), kinds, options=options
        )
        return name if not name or Path(name).suffix else f"{name}{self._ending}"
