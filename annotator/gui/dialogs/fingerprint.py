"""The fingerprint of a bundle, large and in groups of four, to be read out and compared."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget

from annotator.gui import fonts
from annotator.gui.dialogs.frame import column, row
from annotator.gui.look import Look
from annotator.gui.models.handin import in_fours
from annotator.gui.widgets.buttons import IconButton
from annotator.gui.widgets.card import Box
from annotator.gui.widgets.literal import isolated
from annotator.gui.widgets.words import Words

_PX = 20


class FingerprintCard(Box):
    """Hidden until there is a fingerprint; `told` says what it is good for."""

    def __init__(self, look: Look, told: str) -> None:
        super().__init__("soft", column(gap=2, margins=(12, 8, 12, 10)))
        text = look.language.text
        self._fingerprint = ""
        self._code = QLabel()
        self._code.setFont(fonts.code(_PX))
        self._code.setTextFormat(Qt.TextFormat.PlainText)
        self._copy = IconButton(look, "copy", text("Copy the fingerprint"))
        self._copy.clicked.connect(self._on_copy_clicked)
        self.parts.addWidget(Words(look, text("Fingerprint"), "head"))
        line = QWidget()
        line.setLayout(row(self._code, self._copy, None))
        self.parts.addWidget(line)
        self.parts.addWidget(Words(look, told, "hint", wraps=True))
        self.hide()

    @property
    def fingerprint(self) -> str:
        """What is shown; empty where nothing is."""
        return self._fingerprint

    def show_fingerprint(self, fingerprint: str) -> None:
        """Show another one, or none."""
        self._fingerprint = fingerprint
        self._code.setText(isolated(in_fours(fingerprint), is_rtl=False))
        self._code.setAccessibleName(" ".join(fingerprint))
        self.setVisible(bool(fingerprint))

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._fingerprint)
