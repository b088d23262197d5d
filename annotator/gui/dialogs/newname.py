"""The first step: what the project is called and where its file will be."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from annotator.gui import fonts
from annotator.gui.dialogs.draft import Draft
from annotator.gui.dialogs.frame import TroubleLine, row
from annotator.gui.dialogs.newpage import NewPage
from annotator.gui.dialogs.pathline import PathLine
from annotator.gui.look import Look
from annotator.gui.widgets.buttons import Button
from annotator.gui.widgets.fields import LineField
from annotator.gui.widgets.words import Words

_WIDEST = 480
_LONGEST_TITLE = 200


class NamePage(NewPage):
    """A title, a folder, and the path that follows from both."""

    def __init__(self, look: Look, draft: Draft) -> None:
        text = look.language.text
        about = text("A project is one file; it holds the articles and all labels.")
        super().__init__(look, draft, text("What is the project called?"), about)
        if draft.folder == Path():
            draft.folder = usual_folder()
        self.field = LineField(look, text("Name of the project"), draft.title)
        self.field.setMaxLength(_LONGEST_TITLE)
        self.field.setFixedWidth(_WIDEST)
        self.folder = LineField(look, text("Folder"), str(draft.folder), direction="ltr")
        self.folder.setFont(fonts.code())
        self.browse = Button(look, text("Choose…"), icon="folder-open")
        self.browse.clicked.connect(self._on_browse_clicked)
        self.folder.setFixedWidth(_WIDEST - 8 - self.browse.sizeHint().width())
        self.path = PathLine(look)
        self.trouble = TroubleLine(look)
        self.trouble.setMaximumWidth(_WIDEST)
        for name, part in ((text("Name of the project"), self.field), (text("Folder"), None)):
            self.parts.addWidget(Words(look, name, "head"))
            line = row(part) if part else row(self.folder, self.browse)
            line.addStretch(1)
            self.parts.addLayout(line)
        self.parts.addWidget(self.path)
        self.parts.addWidget(self.trouble)
        self.parts.addStretch(1)
        self.field.textChanged.connect(self._on_text_changed)
        self.folder.textChanged.connect(self._on_text_changed)
        self._on_text_changed()

    @property
    def is_answered(self) -> bool:
        """Whether there is a title, and a file of that name can be made there."""
        return bool(self.draft.title) and self.draft.trouble() is None

    @property
    def note(self) -> str:
        """The title."""
        return self.draft.title

    @property
    def first(self) -> QWidget:
        """The title."""
        return self.field

    def _on_text_changed(self) -> None:
        self.draft.title = self.field.text().strip()
        self.draft.folder = Path(self.folder.text().strip() or ".").expanduser().absolute()
        self.path.show_path(str(self.draft.path) if self.draft.title else "")
        self.trouble.show_trouble(self.draft.trouble() if self.draft.title else None)
        self.answered.emit()

    def _on_browse_clicked(self) -> None:
        title = self.look.language.text("Where to keep the project")
        name = QFileDialog.getExistingDirectory(self, title, str(self.draft.folder))
        if name:
            self.folder.setText(name)


def usual_folder() -> Path:
    """Return where people keep their documents."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    folder = Path(QStandardPaths.writableLocation(place))
    return folder if folder.is_dir() else Path.home()
