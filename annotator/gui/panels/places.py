"""Places of a figure: the list beside the text, in which both readings are marked."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from annotator.core.labelschema import LabelSchema
from annotator.core.model import Region
from annotator.gui import fonts
from annotator.gui.canvas.sheet import Sheet
from annotator.gui.look import Look
from annotator.gui.models.agreementplaces import Found, PlaceRow, PlaceWords, Voice, hull_of
from annotator.gui.models.drawing import Drawing
from annotator.gui.pages.agreementwork import Places
from annotator.gui.panels.placerows import PlaceList
from annotator.gui.panels.textrows import chip_of
from annotator.gui.slots import slots_of
from annotator.gui.widgets.buttons import Button, IconButton
from annotator.gui.widgets.card import Box
from annotator.gui.widgets.chip import Chip
from annotator.gui.widgets.empty import Empty
from annotator.gui.widgets.literal import Literal
from annotator.gui.widgets.words import Words

Texts = Callable[[str], tuple[str, Sequence[Region], frozenset[str]]]
"""Gives the text of an article (by its uid), its regions, and the roles that are labelled."""
_HEAD = 46
_NEXT, _PREVIOUS, _OPEN = "F3", "Shift+F3", "Return"
_LIST, _TEXT = 304, 900


class PlacesPane(QWidget):
    """One place after another; Esc goes back to the figures."""

    closed = Signal()
    place_asked = Signal(str, int, int)  # the article's uid, start and end in its text

    def __init__(self, look: Look, schema: LabelSchema, texts: Texts) -> None:
        super().__init__()
        self._look, self._texts = look, texts
        self._words = PlaceWords(schema, look.language)
        self._drawing = Drawing(schema, look.language, slots_of(schema.entities))
        self._found: tuple[Found, ...] = ()
        self._article = ""
        self._make_parts()
        self._put_together()
        for key, by in ((_NEXT, 1), (_PREVIOUS, -1)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda by=by: self.step(by))

    # --- what it is made of ---

    def _make_parts(self) -> None:
        look, text = self._look, self._look.language.text
        self.back = IconButton(look, "arrow-left", text("Back to the figures"), "Esc")
        self.back.clicked.connect(self.closed)
        self.title = Literal(look, "", font=fonts.window(16, strong=True), is_ours=True)
        self.count = Words(look, "", "hint")
        self.previous = IconButton(look, "chevron-left", text("Previous place"), _PREVIOUS)
        self.previous.clicked.connect(lambda: self.step(-1))
        self.next = IconButton(look, "chevron-right", text("Next place"), _NEXT)
        self.next.clicked.connect(lambda: self.step(1))
        self.open = Button(look, text("Open the article"), "primary")
        self.open.clicked.connect(self._on_open_asked)
        self.list = PlaceList(look, text("Places"))
        self.list.currentRowChanged.connect(self._show_place)
        self.list.entered.connect(self._on_open_asked)
        self.sheet = Sheet(look)
        self.sheet.setAccessibleName(text("Text of the article"))
        self._readings = QHBoxLayout()
        self._readings.setSpacing(8)
        self._none = Empty(look, text("No place is left: the labels have changed since"))

    def _put_together(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 14, 0)
        head.setSpacing(8)
        for part in (self.back, self.title, self.count):
            head.addWidget(part, int(part is self.title))
        for button in (self.previous, self.next, self.open):
            head.addWidget(button)
        bar = Box("panel", head)
        bar.setFixedHeight(_HEAD)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.list)
        splitter.addWidget(self._article_side())
        splitter.setChildrenCollapsible(False)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([_LIST, _TEXT])
        self._stack = QStackedWidget()
        self._stack.addWidget(splitter)
        self._stack.addWidget(self._none)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self._stack, 1)

    def _article_side(self) -> QWidget:
        self.article = Literal(self._look, "", font=fonts.article(16, bold=True))
        self.why = Words(self._look, "", "hint")
        told = Box("paper", QVBoxLayout())
        told.parts.setContentsMargins(24, 10, 24, 8)
        told.parts.setSpacing(6)
        told.parts.addWidget(self.article)
        told.parts.addLayout(self._readings)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(told)
        column.addWidget(self.sheet, 1)
        return side

    # --- what is shown ---

    @property
    def row(self) -> int:
        """The number of the place in view, -1 for none."""
        return self.list.currentRow()

    def show_places(self, places: Places, row: int = 0) -> None:
        """List places, and show one of them."""
        self._found, self._article = places.found, ""
        self.title.show_text(places.opening.title)
        self.count.setText(self._counted(places))
        self.list.show_rows([self._words.row(one) for one in places.found])
        self._stack.setCurrentIndex(0 if places.found else 1)
        for part in (self.previous, self.next, self.open):
            part.setEnabled(bool(places.found))
        if places.found:
            self.list.setCurrentRow(min(max(row, 0), len(places.found) - 1))
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _counted(self, places: Places) -> str:
        language, n = self._look.language, len(places.found)
        if places.has_more:
            return language.text("the first {n} places", n=n)
        return language.plural("{n} place", "{n} places", n)

    def step(self, by: int) -> None:
        """Show the next place, or the one before."""
        row = self.list.currentRow() + by
        if 0 <= row < self.list.count():
            self.list.setCurrentRow(row)

    def _show_place(self, row: int) -> None:
        if not 0 <= row < len(self._found):
            return
        found = self._found[row]
        said = self._words.row(found)
        self.article.show_text(said.title)
        self._show_readings(said)
        if found.place.article != self._article:
            self._show_article(found.place.article)
        self.sheet.set_marks(self._words.marks(found))
        start, end = hull_of(found.place)
        if end:
            self.sheet.scroll_to(start, end)
            self.sheet.flash(start, end)
        self.previous.setEnabled(row > 0)
        self.next.setEnabled(row < len(self._found) - 1)

    def _show_article(self, article: str) -> None:
        text, regions, annotatable = self._texts(article)
        self.sheet.show_article(text, self._drawing.stretches(regions, annotatable))
        self._article = article

    def _show_readings(self, said: PlaceRow) -> None:
        """Show what both have there, and why they differ."""
        while (item := self._readings.takeAt(0)) is not None:
            part = item.widget()
            if part is not None:
                part.hide()
                part.deleteLater()
        for voice in said.voices:
            self._readings.addWidget(Literal(self._look, voice.reader, role="text_2"))
            self._readings.addWidget(self._has(voice))
            self._readings.addSpacing(12)
        self._readings.addWidget(Words(self._look, said.why, "hint"))
        self._readings.addStretch(1)

    def _has(self, voice: Voice) -> QWidget:
        if voice.face is None:
            return Words(self._look, voice.nothing, "small")
        return Chip(self._look, chip_of(voice.face))

    def _on_open_asked(self) -> None:
        if 0 <= self.row < len(self._found):
            place = self._found[self.row].place
            self.place_asked.emit(place.article, *hull_of(place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
