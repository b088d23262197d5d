"""What is to be merged: bundles and project files, chosen or dropped, each with what is said of it.

Files of one name are told apart by their folders, as far as that takes.
"""

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from annotator.core.filenames import names_apart
from annotator.gui.dialogs.frame import column, row
from annotator.gui.dialogs.mergetold import SourceTold
from annotator.gui.dialogs.pathline import PathLine
from annotator.gui.dialogs.scrolled import scrolled
from annotator.gui.dialogs.sources import dropped
from annotator.gui.dropping import MERGED
from annotator.gui.look import Look
from annotator.gui.panels.part import clear
from annotator.gui.widgets.buttons import Button, IconButton
from annotator.gui.widgets.card import Box
from annotator.gui.widgets.literal import Literal
from annotator.gui.widgets.words import Words, hairline

_TALLEST = 260


class MergeSources(Box):
    """The list of them, and where they are chosen or dropped."""

    sources_changed = Signal()

    def __init__(self, look: Look, sources: Iterable[Path] = ()) -> None:
        super().__init__("sheet", column(gap=8, margins=(12, 12, 12, 12)))
        self._look = look
        self.sources: tuple[Path, ...] = tuple(dict.fromkeys(_files(sources)))
        self.rows: list[SourceRow] = []
        text = look.language.text
        self.files = Button(look, text("Choose files…"), icon="file-plus")
        self.files.clicked.connect(self._on_files_clicked)
        self._list: QVBoxLayout = column(gap=6)
        inner = QWidget()
        inner.setProperty("box", "paper")
        inner.setLayout(self._list)
        self._scroll = scrolled(inner)
        self.parts.addWidget(self._scroll)
        self.parts.addLayout(row(self.files, Words(look, text("or drop them here"), "hint"), None))
        self.setAcceptDrops(True)
        self._show()

    def add(self, paths: Sequence[Path]) -> None:
        """Take `paths` in behind those that are there; of a folder the bundles in it."""
        self._become(tuple(dict.fromkeys((*self.sources, *_files(paths)))))

    def leave_out(self, paths: Sequence[Path]) -> None:
        """Take `paths` out of the list."""
        self._become(tuple(one for one in self.sources if one not in paths))

    def tell(self, told: Mapping[str, SourceTold], otherwise: str = "") -> None:
        """Say of each source what is known of it by its name, told apart from the others."""
        for name, one in zip(names_apart(self.sources), self.rows, strict=True):
            one.tell(told.get(name, SourceTold(otherwise)))
        self._fit()

    @property
    def refused(self) -> list[Path]:
        """The sources that are refused, as far as they were looked at."""
        return [one.path for one in self.rows if one.is_refused]

    def _become(self, sources: tuple[Path, ...]) -> None:
        if sources != self.sources:
            self.sources = sources
            self._show()
            self.sources_changed.emit()

    def _show(self) -> None:
        clear(self._list)
        self.rows = []
        for path in self.sources:
            line = SourceRow(self._look, path)
            line.removed.connect(lambda one=path: self.leave_out([one]))
            if self.rows:
                self._list.addWidget(hairline())
            self._list.addWidget(line)
            self.rows.append(line)
        self._scroll.setVisible(bool(self.rows))
        self._fit()

    def _fit(self) -> None:
        """Be as high as the list is, up to a limit from which on it is scrolled."""
        width = max(self._scroll.viewport().width(), 200)
        height = self._list.heightForWidth(width)
        self._scroll.setFixedHeight(min(_TALLEST, max(height, self._list.sizeHint().height()) + 2))

    def _on_files_clicked(self) -> None:
        text = self._look.language.text
        kinds = [text("Bundles and projects") + " (*.zip *.hashiya)", text("All files") + " (*)"]
        title = text("Choose files to merge")
        names, _ = QFileDialog.getOpenFileNames(self, title, "", ";;".join(kinds))
        self.add([Path(name) for name in names])

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


class SourceRow(QWidget):
    """One file: its name and folder, and under them who it is of, or why it is refused."""

    removed = Signal()

    def __init__(self, look: Look, path: Path) -> None:
        super().__init__()
        self.path, self.is_refused = path, False
        text = look.language.text
        name = Literal(look, path.name or str(path))
        name.setAccessibleDescription(str(path))
        place = PathLine(look, str(path.parent))
        self.gone = IconButton(look, "x", text("Take out {name}", name=path.name))
        self.gone.clicked.connect(self.removed)
        self._told = Words(look, "", "small", wraps=True)
        self._trouble = Words(look, "", "error", wraps=True)
        line = row(name, place, self.gone, gap=12)
        line.setStretch(1, 1)
        self.setLayout(column(line, self._told, self._trouble, gap=2))
        self.tell(SourceTold(""))

    @property
    def said(self) -> str:
        """What is said of the file now."""
        return self._trouble.text() or self._told.text()

    def tell(self, told: SourceTold) -> None:
        """Say something else of it."""
        self.is_refused = told.is_refused
        for part, is_on in ((self._told, not told.is_refused), (self._trouble, told.is_refused)):
            part.setText(told.said if is_on else "")
            part.setVisible(is_on and bool(told.said))


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield `paths`, in place of each folder what in it can be merged.

    A folder in which there is nothing of that, or which cannot be read, stands for itself: it is
    refused with a sentence.
    """
    for path in paths:
        inside: list[Path] = []
        with contextlib.suppress(OSError):
            if path.is_dir():
                inside = sorted(one for one in path.iterdir() if one.suffix.lower() in MERGED)
        yield from inside or [path]
