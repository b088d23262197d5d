"""A list to choose from by typing: types, fillers, names of things."""

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout

from annotator.gui.dialogs.finding import Entry, Place, found
from annotator.gui.look import Look
from annotator.gui.widgets.card import Box
from annotator.gui.widgets.fields import LineField
from annotator.gui.widgets.literal import literal, tooltip
from annotator.gui.widgets.swatch import draw_swatch

_ROWS = 8
_ROW_HEIGHT = 28
_SWATCH = QSize(18, 16)
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class Offer(msgspec.Struct, frozen=True):
    """Something to choose: `names` are what it is looked for under, besides `name`."""

    id: str
    name: str
    names: tuple[str, ...] = ()
    slot: str = ""


class Chooser(Box):
    """A field with what fits below it. Arrows go along the list, Return chooses, Esc leaves.

    Where it `takes_new`, what is typed can be chosen too: its id is then the text itself.
    """

    chosen = Signal(str)  # the id of what was chosen
    left = Signal()  # nothing was chosen

    def __init__(
        self, look: Look, hint: str, offers: Sequence[Offer], *, takes_new: bool = False
    ) -> None:
        super().__init__("well", QVBoxLayout())
        self._look, self._takes_new = look, takes_new
        self._offers = {offer.id: offer for offer in offers}
        self._places = [Place.of(_entry(offer)) for offer in offers]
        self.parts.setContentsMargins(6, 6, 6, 6)
        self.parts.setSpacing(4)
        self.field = LineField(look, hint, hint=hint)
        self.field.setObjectName("chooser")
        self.field.textChanged.connect(self._on_text_changed)
        self.field.installEventFilter(self)
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setIconSize(_SWATCH)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.itemClicked.connect(self._on_item_clicked)
        self.parts.addWidget(self.field)
        self.parts.addWidget(self.list)
        self.setFocusProxy(self.field)
        self._on_text_changed("")

    def _on_text_changed(self, text: str) -> None:
        self.list.clear()
        for entry in found(text, self._places):
            self.list.addItem(self._item(self._offers[entry.id]))
        if self._takes_new and text.strip() and text.strip() not in self._offers:
            self.list.addItem(self._item(Offer(text.strip(), text.strip())))
        self.list.setCurrentRow(0)
        rows = min(max(self.list.count(), 1), _ROWS)
        self.list.setFixedHeight(rows * _ROW_HEIGHT + 4)

    def _item(self, offer: Offer) -> QListWidgetItem:
        item = QListWidgetItem(literal(offer.name))
        item.setData(Qt.ItemDataRole.UserRole, offer.id)
        item.setToolTip(tooltip(offer.name))
        item.setSizeHint(QSize(0, _ROW_HEIGHT))
        if offer.slot:
            item.setIcon(_sample(self._look, offer.slot))
        return item

    def _on_item_clicked(self, item: QListWidgetItem) -> None:
        self.chosen.emit(str(item.data(Qt.ItemDataRole.UserRole)))

    def choose(self) -> None:
        """Choose what is current in the list; nothing happens where nothing fits."""
        item = self.list.currentItem()
        if item is not None:
            self._on_item_clicked(item)

    def _take_key(self, event: QKeyEvent) -> bool:
        if event.key() in _MOVES:
            self.list.keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.choose()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            return False
        return True

    def eventFilter(self, watched: object, event: object) -> bool:
        """Take the keys that mean something to the list from the field."""
        if isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress:
            return self._take_key(event)
        return False


def _entry(offer: Offer) -> Entry:
    return Entry("", offer.id, offer.name, (offer.name, *offer.names))


def _sample(look: Look, slot: str) -> QPixmap:
    picture = QPixmap(_SWATCH)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    draw_swatch(painter, look, picture.rect().toRectF(), slot)
    painter.end()
    return picture
