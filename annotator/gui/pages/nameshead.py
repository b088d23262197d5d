"""The head of the page of names: what is looked for, in which order, and whose labels count."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout

from annotator.core.labelschema import LabelSchema
from annotator.gui import fonts
from annotator.gui.look import Look
from annotator.gui.models.nameslist import ORDERS
from annotator.gui.models.types import offered
from annotator.gui.pages.nameswork import NamesPlace
from annotator.gui.widgets.buttons import IconButton
from annotator.gui.widgets.card import Box
from annotator.gui.widgets.fields import LineField
from annotator.gui.widgets.literal import literal
from annotator.gui.widgets.progressline import ProgressLine
from annotator.gui.widgets.segments import Choice, Segments
from annotator.gui.widgets.words import Words

_TYPED = 180
"""Milliseconds without a key until what was typed is looked for."""
MINE, EVERYONE = "mine", "everyone"
_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)


class NamesHead(Box):
    """A field, how many names there are, and under it a type, an order and whose labels count."""

    changed = Signal()  # another text, after a moment, or another type or order
    whose_changed = Signal()
    left_down = Signal()
    left = Signal()  # Esc
    side_asked = Signal()

    def __init__(
        self, look: Look, schema: LabelSchema, place: NamesPlace, *, is_anybody: bool
    ) -> None:
        super().__init__("panel", QVBoxLayout())
        self._look = look
        text = look.language.text
        self.field = LineField(
            look,
            text("Which names"),
            place.text,
            hint=text("Part of a name, however it is spelled"),
            direction="rtl",
        )
        self.field.setFont(fonts.article(17))
        self.field.setFixedHeight(34)
        self.field.setMaximumWidth(320)
        self.count = Words(look, "", "second")
        self.line = ProgressLine(look, text("Counting …"))
        self.line.setFixedWidth(90)
        self.side = IconButton(look, "panel-right", text("The name in hand, and proposals"))
        self.side.setCheckable(True)
        self.type = self._types(schema, place.type)
        orders = [Choice(value, text(name)) for value, name in ORDERS]
        self.order = Segments(look, text("Order"), orders, [place.order])
        whose = [Choice(MINE, text("My labels")), Choice(EVERYONE, text("Everyone's"))]
        on = MINE if place.is_mine and is_anybody else EVERYONE
        self.whose = Segments(look, text("Whose labels"), whose, [on])
        self.allow_mine(is_anybody)
        self._later = QTimer(self, singleShot=True, interval=_TYPED)
        self._put_together()
        self._listen()

    def _types(self, schema: LabelSchema, chosen: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(self._look.language.text("Type"))
        box.addItem(self._look.language.text("All types"), "")
        for one in offered(schema, self._look.language, {}, "entity"):
            box.addItem(literal(one.name, 40), one.id)
        box.setCurrentIndex(max(box.findData(chosen), 0))
        return box

    def _put_together(self) -> None:
        title = Words(self._look, self._look.language.text("Names"), "title")
        first, second = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(10)
        first.addWidget(title)
        first.addWidget(self.field, 1)
        first.addWidget(self.count)
        first.addStretch(1)
        first.addWidget(self.line)
        first.addWidget(self.side)
        second.setSpacing(14)
        second.addWidget(self.type)
        second.addWidget(self.order)
        second.addWidget(self.whose)
        second.addStretch(1)
        self.parts.setContentsMargins(20, 9, 12, 9)
        self.parts.setSpacing(8)
        self.parts.addLayout(first)
        self.parts.addLayout(second)

    def _listen(self) -> None:
        self.field.installEventFilter(self)
        self.field.textChanged.connect(lambda _: self._later.start())
        self._later.timeout.connect(self.changed)
        self.type.currentIndexChanged.connect(lambda _: self._change())
        self.order.values_chosen.connect(lambda _: self._change())
        self.whose.values_chosen.connect(lambda _: self.whose_changed.emit())
        self.side.clicked.connect(self.side_asked)

    def _change(self) -> None:
        """Tell at once that something else is looked for."""
        self._later.stop()
        self.changed.emit()

    @property
    def is_waiting(self) -> bool:
        """Whether what was typed has not been told yet."""
        return self._later.isActive()

    def ask_for_all(self) -> None:
        """Look for all names, of all types, at once."""
        self.field.clear()
        self.type.setCurrentIndex(0)
        if self.is_waiting:
            self._change()

    @property
    def is_mine(self) -> bool:
        """Whether only the labels of whoever labels here count."""
        return self.whose.values() == (MINE,)

    def allow_mine(self, is_anybody: bool) -> None:
        """Offer whose labels count, where anybody labels here; else everyone's do."""
        if is_anybody != self.whose.isEnabled():
            self.whose.setEnabled(is_anybody)
            self.whose.show_values([MINE if is_anybody else EVERYONE])

    def asked(self) -> tuple[str, str, str]:
        """Return the text, the type and the order that are chosen."""
        (order,) = self.order.values()
        return self.field.text(), self.type.currentData(), order

    def take_keys(self) -> None:
        """Give the keys to the field, all of it selected."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def show_number(self, n: int, of: int, *, is_whole: bool) -> None:
        """Say how many names are shown, of how many there are where that is more."""
        language = self._look.language
        said = language.plural("{n} name", "{n} names", n)
        if n < of:
            said = language.text("{found} of {n}", found=said, n=f"{of:,}")
        self.count.setText(said if is_whole else language.text("{said} so far", said=said))

    def show_progress(self, done: int, total: int) -> None:
        """Show how far counting has come; nothing of a `total` of 0."""
        self.line.setVisible(bool(total))
        self.line.show_progress(done, total)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that lead out of the field."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.key() in _RETURN:
            if self.is_waiting:
                self._change()
            self.left_down.emit()
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return True
        return False
