"""All keys on one sheet: those of the one table of actions, and those of the label schema."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPoint, Signal
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QScrollArea, QWidget

from annotator.core.errors import UserError
from annotator.core.labelschema import LabelSchema
from annotator.core.model import replace
from annotator.files import replacing
from annotator.gui import fonts
from annotator.gui.dialogs.frame import Frame, column, row
from annotator.gui.dialogs.keytable import Group, Key, groups, spread
from annotator.gui.dressing import direction_of
from annotator.gui.look import Look
from annotator.gui.theme import Theme
from annotator.gui.widgets.keycap import KeyCap
from annotator.gui.widgets.literal import Literal
from annotator.gui.widgets.words import Words, hairline

_COLUMNS = 3
_COLUMN_WIDTH = 316
_DOTS = 300  # an inch, of the printed page
_MILLIMETRES = QPageLayout.Unit.Millimeter


class Sheet(QWidget):
    """The keys in columns, as they are shown and as they are printed."""

    def __init__(self, look: Look, found: list[Group]) -> None:
        super().__init__()
        self._look = look
        self.setProperty("box", "paper")
        self.setLayoutDirection(direction_of(look))
        columns = row(gap=32, margins=(24, 20, 24, 20))
        for part in spread(found, _COLUMNS):
            columns.addWidget(self._column(part))
        self.setLayout(columns)

    def _column(self, part: list[Group]) -> QWidget:
        held = QWidget()
        held.setFixedWidth(_COLUMN_WIDTH)
        lines = column(gap=4)
        for group in part:
            lines.addWidget(Words(self._look, group.name, "head"))
            lines.addWidget(hairline())
            for key in group.keys:
                lines.addLayout(self._line(key))
            lines.addSpacing(16)
        lines.addStretch(1)
        held.setLayout(lines)
        return held

    def _line(self, key: Key) -> QHBoxLayout:
        name = Literal(self._look, key.name, font=fonts.window(12))
        name.setMinimumHeight(22)
        line = row(name, gap=6)
        line.setStretch(0, 1)
        for latin, arabic in key.caps:
            line.addWidget(KeyCap(self._look, latin, arabic))
        return line


class KeySheet(Frame):
    """The sheet of keys; without a project it has no types. It can be saved for printing."""

    saved = Signal(object)  # the Path of the PDF

    def __init__(
        self, look: Look, schema: LabelSchema | None = None, parent: QWidget | None = None
    ) -> None:
        text = look.language.text
        super().__init__(look, text("Keys"), parent)
        self.groups = groups(look, schema)
        self._schema = schema
        scroll = QScrollArea()
        scroll.setWidget(Sheet(look, self.groups))
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.body.addWidget(scroll, 1)
        told = text("Keys are meant by their place, whatever language the keyboard speaks.")
        self.add_to_foot(Words(look, told, "hint"))
        save = self.add_button(text("Save for printing…"))
        save.clicked.connect(self._on_save_clicked)
        close = self.add_button(text("Close"), is_default=True)
        close.clicked.connect(self.accept)
        self.add_cap("Esc")
        self.resize(1120, 720)

    def save_pdf(self, path: Path) -> None:
        """Write the sheet to `path`, in light colours; say what is wrong where that cannot be."""
        try:
            _write(path, Sheet(_for_paper(self.look), self.groups))
        except UserError as trouble:
            self.trouble.show_trouble(trouble)
        else:
            self.trouble.say("")
            self.saved.emit(path)

    def _on_save_clicked(self) -> None:
        title = self.look.language.text("Save the sheet of keys")
        name, _ = QFileDialog.getSaveFileName(self, title, "hashiya-keys.pdf", "PDF (*.pdf)")
        if name:
            self.save_pdf(Path(name))


def _for_paper(look: Look) -> Look:
    return replace(look, theme=Theme.of("light"), is_compact=False)


def _write(path: Path, sheet: Sheet) -> None:
    """Draw `sheet` on one page, as large as it fits, whole or not at all."""
    sheet.setStyleSheet(Theme.of("light").sheet())
    sheet.adjustSize()
    with replacing(path) as file:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        _draw(QPdfWriter(buffer), sheet)
        file.write(bytes(buffer.data().data()))


def _draw(writer: QPdfWriter, sheet: Sheet) -> None:
    size, turned = QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait
    writer.setPageLayout(QPageLayout(size, turned, QMarginsF(10, 10, 10, 10), _MILLIMETRES))
    writer.setResolution(_DOTS)
    painter = QPainter(writer)
    room = painter.viewport()
    scale = min(room.width() / sheet.width(), room.height() / sheet.height())
    painter.scale(scale, scale)
    sheet.render(painter, QPoint())
    painter.end()
