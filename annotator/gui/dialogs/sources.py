"""Which files and folders are to be read: chosen or dropped, listed, taken out again."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from annotator.gui.dialogs.frame import column, row
from annotator.gui.dialogs.pathline import PathLine
from annotator.gui.look import Look
from annotator.gui.panels.part import clear
from annotator.gui.widgets.buttons import Button, IconButton
from annotator.gui.widgets.card import Box
from annotator.gui.widgets.literal import Literal
from annotator.gui.widgets.words import Words

PROJECT = ".hashiya"
_MOST_SHOWN = 5


def dropped(data: QMimeData) -> list[Path]:
    """Return the files and folders of this machine that are dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


class SourcesField(Box):
    """The sources, and where they are chosen or dropped; project files are no sources."""

    sources_changed = Signal()

    def __init__(self, look: Look, sources: Iterable[Path] = ()) -> None:
        super().__init__("sheet", column(gap=8, margins=(12, 12, 12, 12)))
        self._look = look
        self.sources: tuple[Path, ...] = tuple(sources)
        self.setAcceptDrops(True)
        text = look.language.text
        self.files = Button(look, text("Choose files…"), icon="file-plus")
        self.folder = Button(look, text("Choose a folder…"), icon="folder-open")
        self.files.clicked.connect(self._on_files_clicked)
        self.folder.clicked.connect(self._on_folder_clicked)
        self._list: QVBoxLayout = column(gap=2)
        self.hint = Words(look, text("or drop them here"), "hint")
        self.parts.addLayout(self._list)
        self.parts.addLayout(row(self.files, self.folder, self.hint, None))
        self._show()

    def add(self, paths: Sequence[Path]) -> None:
        """Take `paths` in behind those that are there; what is there already is not doubled."""
        new = [path for path in paths if path.suffix.lower() != PROJECT]
        self._become(tuple(dict.fromkeys((*self.sources, *new))))

    def remove(self, path: Path) -> None:
        """Take `path` out."""
        self._become(tuple(one for one in self.sources if one != path))

    def _become(self, sources: tuple[Path, ...]) -> None:
        if sources != self.sources:
            self.sources = sources
            self._show()
            self.sources_changed.emit()

    def _show(self) -> None:
        clear(self._list)
        for path in self.sources[:_MOST_SHOWN]:
            self._list.addWidget(self._row(path))
        n_more = len(self.sources) - _MOST_SHOWN
        if n_more > 0:
            told = self._look.language.plural("and {n} more", "and {n} more", n_more)
            self._list.addLayout(row(Words(self._look, told, "hint"), self._none_button(), None))

    def _row(self, path: Path) -> QWidget:
        text = self._look.language.text
        name = Literal(self._look, path.name or str(path))
        name.setAccessibleDescription(str(path))
        place = PathLine(self._look, str(path.parent))
        gone = IconButton(self._look, "x", text("Take out {name}", name=path.name))
        gone.clicked.connect(lambda: self.remove(path))
        whole = QWidget()
        line: QHBoxLayout = row(name, place, gone, gap=12)
        line.setStretch(1, 1)
        whole.setLayout(line)
        return whole

    def _none_button(self) -> Button:
        button = Button(self._look, self._look.language.text("Take all out"), "quiet")
        button.clicked.connect(lambda: self._become(()))
        return button

    def _on_files_clicked(self) -> None:
        text = self._look.language.text
        kinds = [text("Articles") + " (*.txt *.text *.jsonl)", text("All files") + " (*)"]
        title = text("Choose files to read")
        names, _ = QFileDialog.getOpenFileNames(self, title, "", ";;".join(kinds))
        self.add([Path(name) for name in names])

    def _on_folder_clicked(self) -> None:
        title = self._look.language.text("Choose a folder to read")
        name = QFileDialog.getExistingDirectory(self, title)
        self.add([Path(name)] if name else [])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files, and show that they can be dropped."""
        if dropped(event.mimeData()):
            self.set_ground("hand")
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Be as before."""
        self.set_ground("sheet")

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what is dropped."""
        self.set_ground("sheet")
        self.add(dropped(event.mimeData()))
        event.accept()
