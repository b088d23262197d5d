"""A line of a real article on a sheet, labelled by a label schema."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from annotator.core.labelschema import LabelSchema
from annotator.gui.canvas.marks import Stretch
from annotator.gui.canvas.sheet import Sheet
from annotator.gui.dialogs import sample
from annotator.gui.dialogs.frame import column
from annotator.gui.look import Look
from annotator.gui.widgets.card import Box
from annotator.gui.widgets.literal import literal
from annotator.gui.widgets.words import Words

_TWO_LINES, _FOUR_LINES = 128, 236
_ZOOM = 20


class SampleSheet(Box):
    """The sentence with its labels; a label schema of other types leaves it bare and says so."""

    def __init__(self, look: Look) -> None:
        super().__init__("sheet", column(gap=2, margins=(3, 10, 3, 4)))
        self._look = look
        self.said = Words(look, "", "head")
        self.said.setContentsMargins(13, 0, 13, 0)
        self.sheet = Sheet(look)
        self.sheet.setFrameShape(QFrame.Shape.NoFrame)
        self.sheet.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.sheet.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.sheet.setVerticalScrollBarPolicy(off)
        self.sheet.setHorizontalScrollBarPolicy(off)
        self.parts.addWidget(self.said)
        self.parts.addWidget(self.sheet)
        self.sheet.set_zoom(_ZOOM)
        stretch = Stretch(0, len(sample.TEXT), "body", "", is_annotatable=True)
        self.sheet.show_article(sample.TEXT, [stretch])

    def show_wide(self, *, is_wide: bool) -> None:
        """Be as high as the sentence needs in a wide window, or in a narrow one."""
        self.sheet.setFixedHeight(_TWO_LINES if is_wide else _FOUR_LINES)

    def show_schema(self, name: str, schema: LabelSchema) -> None:
        """Label the sentence as `schema`, called `name`, would have it."""
        text = self._look.language.text
        marks = sample.marks(self._look, schema)
        shown = literal(name)
        said = text("This is “{name}” on a line of a real article", name=shown)
        self.said.setText(said if marks else text("“{name}” has none of these types.", name=shown))
        self.sheet.set_marks(marks)
        self.sheet.setAccessibleName(said)
