"""What is shown while no project is open: projects that were open here, and ways to begin."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from annotator import paths
from annotator.core.errors import UserError
from annotator.gui import fonts, settings
from annotator.gui.actions import BY_ID
from annotator.gui.dialogs.frame import TroubleLine, column, row
from annotator.gui.dialogs.keytable import caps_of
from annotator.gui.dialogs.pathline import PathLine
from annotator.gui.dialogs.sources import PROJECT, dropped
from annotator.gui.look import Look
from annotator.gui.panels.part import clear
from annotator.gui.settings import Recent, Settings
from annotator.gui.widgets.buttons import Button, IconButton
from annotator.gui.widgets.card import Box
from annotator.gui.widgets.keycap import KeyCap
from annotator.gui.widgets.literal import Literal, shown
from annotator.gui.widgets.logo import Logo
from annotator.gui.widgets.words import Words, hairline

_WIDTH = 560


class RecentRow(Box):
    """A project that was open here: its title and place; one that is gone can only be taken out."""

    asked = Signal()
    removed = Signal()

    def __init__(self, look: Look, recent: Recent) -> None:
        super().__init__("", row(gap=12, margins=(12, 8, 8, 8)))
        text = look.language.text
        path = Path(recent.path)
        self.is_there = recent.is_there
        title = recent.title or path.stem
        face = fonts.window(strong=True)
        role = "text" if self.is_there else "text_3"
        self.title = Literal(look, title, font=face, role=role)
        self.place = PathLine(look, recent.path, 11)
        self.parts.addLayout(column(self.title, self.place, gap=2), 1)
        if not self.is_there:
            self.parts.addWidget(Words(look, text("not there now"), "hint"))
        named = text("Take {name} out of the list", name=shown(title, 60))
        self.remove = IconButton(look, "x", named)
        self.remove.clicked.connect(self.removed)
        self.parts.addWidget(self.remove)
        self.setAccessibleName(shown(title))
        self.setAccessibleDescription(shown(recent.path))
        if self.is_there:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open it."""
        is_inside = self.rect().contains(event.position().toPoint())
        if self.is_there and is_inside and event.button() == Qt.MouseButton.LeftButton:
            self.asked.emit()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open it by Enter or Space; Delete takes it out of the list."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.asked.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Be seen to have the keyboard."""
        self.set_ground("soft")
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Be as the others again."""
        self.set_ground("")
        super().focusOutEvent(event)


class Welcome(QWidget):
    """Recent projects, new, open, samples, language; a project file may be dropped on it."""

    project_asked = Signal(object)  # Path
    action_asked = Signal(str)

    def __init__(self, look: Look, current: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._settings = look, current
        self.setAcceptDrops(True)
        self.rows: list[RecentRow] = []
        self.buttons: dict[str, Button] = {}
        self._list: QVBoxLayout = column(gap=2)
        self.trouble = TroubleLine(look)
        middle = QWidget()
        middle.setFixedWidth(_WIDTH)
        whole = column(row(None, middle, None), margins=(24, 0, 24, 0))
        held = Box("paper", whole)
        scroll = QScrollArea()
        scroll.setWidget(held)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setLayout(column(scroll))
        middle.setLayout(self._column())  # last, or all in it would be styled again and again
        self._show_recent()

    def _column(self) -> QVBoxLayout:
        text = self._look.language.text
        head = row(
            Logo(self._look, 40), Words(self._look, text("Hashiya"), "display"), None, gap=14
        )
        told = text("A note in the margin: entities, events and stance in Arabic articles.")
        parts = column(gap=8, margins=(0, 64, 0, 24))
        parts.addLayout(head)
        parts.addWidget(Words(self._look, told, "second", wraps=True))
        parts.addSpacing(20)
        parts.addLayout(self._acts())
        parts.addSpacing(16)
        self._head = Words(self._look, text("Recent projects"), "head")
        self._rule = hairline()
        for part in (self._head, self._rule):
            parts.addWidget(part)
        parts.addLayout(self._list)
        parts.addWidget(self.trouble)
        parts.addStretch(1)
        parts.addWidget(Words(self._look, text("A project can also be dropped here."), "hint"))
        return parts

    def _acts(self) -> QVBoxLayout:
        """Return the ways to begin, the samples where they come with the program."""
        ids = ["new_project", "open_project"]
        if (paths.seeds() / "articles").is_dir():
            ids.append("open_samples")
        acts = column(gap=6)
        for id in ids:
            acts.addLayout(self._act(id, "primary" if id == "new_project" else "second"))
        acts.addLayout(self._act("language", "quiet"))
        return acts

    def _act(self, id: str, kind: str) -> QHBoxLayout:
        action = BY_ID[id]
        other = "English" if self._look.language.code == "ar" else "العربية"
        name = other if id == "language" else self._look.language.text(action.name)
        button = Button(self._look, name, kind, action.icon)
        button.setMinimumWidth(220)
        button.setAutoDefault(True)  # Enter presses it, outside a dialog too
        button.clicked.connect(lambda: self.action_asked.emit(id))
        self.buttons[id] = button
        line = row(button)
        for latin, arabic in caps_of(action)[:1]:
            line.addWidget(KeyCap(self._look, latin, arabic))
        line.addStretch(1)
        return line

    # --- recent projects ---

    def _show_recent(self) -> None:
        clear(self._list)
        self.rows = []
        for one in self._settings.recent:
            self._add_recent(one)
        for part in (self._head, self._rule):
            part.setVisible(bool(self.rows))

    def _add_recent(self, one: Recent) -> None:
        line = RecentRow(self._look, one)
        line.asked.connect(lambda: self.project_asked.emit(Path(one.path)))
        line.removed.connect(lambda: self._on_removed(one))
        self.rows.append(line)
        self._list.addWidget(line)

    def _on_removed(self, one: Recent) -> None:
        def edit(now: Settings) -> Settings:
            return settings.without_recent(now, one.path)

        self.trouble.say("")
        try:
            self._settings = settings.change(edit)
        except UserError as trouble:
            self._settings = edit(self._settings)
            self.trouble.show_trouble(trouble)
        self._show_recent()

    # --- dropping ---

    def _project_in(self, event: QDragEnterEvent | QDropEvent) -> Path | None:
        found = (path for path in dropped(event.mimeData()) if path.suffix.lower() == PROJECT)
        return next(found, None)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a project file."""
        if self._project_in(event) is not None:
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the project that is dropped."""
        path = self._project_in(event)
        if path is not None:
            event.accept()
            self.project_asked.emit(path)
