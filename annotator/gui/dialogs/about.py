"""What Hashiya is: its version, and under which licences the program, faces and icons stand."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from annotator import __version__, paths
from annotator.gui import fonts
from annotator.gui.dialogs.frame import Frame, row
from annotator.gui.look import Look
from annotator.gui.widgets.buttons import Button
from annotator.gui.widgets.logo import Logo
from annotator.gui.widgets.words import Words, hairline
from annotator.i18n import marked


@dataclass(frozen=True, slots=True)
class Part:
    """The program, or a part that others made; `file` among the resources holds its licence."""

    name: str
    licence: str
    file: str = ""


PARTS = (
    Part(marked("Hashiya"), "GPL-3.0-or-later", "../LICENSE"),
    Part("Noto Naskh Arabic", "SIL OFL 1.1", "fonts/NotoNaskhArabic-OFL.txt"),
    Part("IBM Plex Sans Arabic", "SIL OFL 1.1", "fonts/IBMPlexSansArabic-OFL.txt"),
    Part("IBM Plex Mono", "SIL OFL 1.1", "fonts/IBMPlexMono-OFL.txt"),
    Part(marked("Lucide icons"), "ISC", "icons/LICENSE"),
    Part("Qt, PySide6", "LGPL-3.0"),
)


class About(Frame):
    """The version, the licences, and their texts where they lie beside the program."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        text = look.language.text
        super().__init__(look, text("About Hashiya"), parent, says_title=False)
        self.body.addLayout(row(Logo(look), Words(look, text("Hashiya"), "display"), None, gap=12))
        self.body.addWidget(Words(look, text("Version {version}", version=__version__), "second"))
        told = text("A note in the margin: entities, events and stance in Arabic articles.")
        self.body.addWidget(Words(look, told, wraps=True))
        self.body.addWidget(hairline())
        self.body.addWidget(Words(look, text("Licences"), "head"))
        self.licence = _page()
        for part in PARTS:
            self.body.addLayout(self._line(part))
        self.body.addWidget(self.licence, 1)
        self.body.addStretch(0)
        close = self.add_button(text("Close"), is_default=True)
        close.clicked.connect(self.accept)
        self.add_cap("Esc")
        self.resize(520, 480)

    def _line(self, part: Part) -> QHBoxLayout:
        text = self.look.language.text
        line = row(
            Words(self.look, text(part.name)), Words(self.look, part.licence, "code"), gap=12
        )
        line.addStretch(1)
        file = paths.resource(part.file)
        if part.file and file.is_file():
            read = Button(self.look, text("Read it"), "quiet")
            read.setAccessibleName(text("Read it") + ": " + text(part.name))
            read.clicked.connect(lambda: self._on_read_clicked(file))
            line.addWidget(read)
        return line

    def _on_read_clicked(self, file: Path) -> None:
        try:
            text = file.read_text("utf-8")
        except OSError:
            text = self.look.language.text("It cannot be read.")
        self.licence.setPlainText(text)
        self.licence.show()


def _page() -> QPlainTextEdit:
    """Return the place for the text of a licence; it is English, and there once it is asked for."""
    page = QPlainTextEdit()
    page.setReadOnly(True)
    page.setFont(fonts.code())
    page.setTabChangesFocus(True)
    page.setMinimumHeight(160)
    page.hide()
    return page
