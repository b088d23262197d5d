"""The head of the page of search: the query, how many places there are, and the options."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout

from annotator.gui import fonts
from annotator.gui.look import Look
from annotator.gui.models.searchasked import Order
from annotator.gui.pages.searchwork import Numbers
from annotator.gui.widgets.buttons import IconButton
from annotator.gui.widgets.card import Box
from annotator.gui.widgets.fields import LineField
from annotator.gui.widgets.progressline import ProgressLine
from annotator.gui.widgets.segments import Choice, Segments
from annotator.gui.widgets.words import Words
from annotator.i18n import marked

HEIGHT = 52
_FIELD, _FIELD_HEIGHT = 320, 34
_TYPED = 180
"""Milliseconds without a key until what was typed is looked for."""
ORDERS: tuple[tuple[Order, str], ...] = (
    ("", marked("Article")),
    ("date", marked("Date")),
    ("before", marked("What is before")),
    ("after", marked("What is after")),
)
"""How places can be sorted, with the names."""
_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SearchHead(Box):
    """A field that runs from right to left; Return looks at once, Down goes on to the list."""

    typed = Signal()  # another query, after a moment
    entered = Signal()  # Return
    left_down = Signal()
    left = Signal()  # Esc
    options_asked = Signal()
    sorted_anew = Signal()

    def __init__(self, look: Look, query: str, order: str = "") -> None:
        super().__init__("panel", QHBoxLayout())
        self._look = look
        text = look.language.text
        self.setFixedHeight(HEIGHT)
        self.field = LineField(
            look,
            text("What to look for"),
            query,
            hint=text("Words in the articles"),
            direction="rtl",
        )
        self.field.setFont(fonts.article(17))
        self.field.setMinimumWidth(_FIELD // 2)
        self.field.setMaximumWidth(_FIELD)
        self.field.setFixedHeight(_FIELD_HEIGHT)
        self.count = Words(look, "", "second")
        self.line = ProgressLine(look, text("Searching …"))
        self.line.setFixedWidth(90)
        self.line.hide()
        orders = [Choice(value, text(name)) for value, name in ORDERS]
        self.orders = Segments(look, text("Sort by"), orders, [order])
        self.options = IconButton(look, "funnel", text("Match and filters"))
        self.options.setCheckable(True)
        self._later = QTimer(self, singleShot=True, interval=_TYPED)
        self._put_together()
        self.field.installEventFilter(self)
        self.field.textChanged.connect(lambda _: self._later.start())
        self._later.timeout.connect(self.typed)
        self.options.clicked.connect(self.options_asked)
        self.orders.values_chosen.connect(lambda _: self.sorted_anew.emit())

    def _put_together(self) -> None:
        row = self.parts
        row.setContentsMargins(20, 0, 12, 0)
        row.setSpacing(10)
        row.addWidget(Words(self._look, self._look.language.text("Search"), "title"))
        row.addSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.count)
        row.addStretch(1)
        row.addWidget(self.line)
        row.addWidget(Words(self._look, self._look.language.text("Sort by"), "second"))
        row.addWidget(self.orders, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.options)

    @property
    def is_waiting(self) -> bool:
        """Whether what was typed has not been told yet."""
        return self._later.isActive()

    def query(self) -> str:
        """Return what is typed."""
        return self.field.text()

    def set_query(self, query: str) -> None:
        """Show a query that is looked for at once; nothing is said to have been typed."""
        self.field.setText(query)
        self._later.stop()

    def order(self) -> Order:
        """Return how places are to be sorted, "" as the articles are."""
        return next((value for value, _ in ORDERS if (value,) == self.orders.values()), "")

    def show_searching(self, *, is_on: bool) -> None:
        """Show how far a search has come that takes a while."""
        self.line.show_progress(0, 1)
        self.line.setVisible(is_on)

    def take_keys(self) -> None:
        """Give the keys to the field, all of it selected."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def show_numbers(self, numbers: Numbers | None, *, is_counting: bool = False) -> None:
        """Say how many places there are; while they are counted, that they are."""
        language = self._look.language
        if numbers is None:
            self.count.setText(language.text("counting …") if is_counting else "")
            return
        places = language.plural("{n} place", "{n} places", numbers.n)
        if not numbers.is_whole:
            places = language.text("at least {places}", places=places)
        articles = language.plural("in {n} article", "in {n} articles", numbers.n_articles)
        self.count.setText(f"{places} {articles}" if numbers.n else places)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that lead out of the field."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.key() in _RETURN and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._later.stop()
            self.entered.emit()
            return True
        if event.key() == Qt.Key.Key_Down:
            self.left_down.emit()
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return True
        return False
