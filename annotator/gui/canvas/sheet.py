"""The sheet: an article on the screen, scrolled, zoomed and painted with its marks.

What a person does to it is not known here; see `view`. Only what changed is laid out and painted
anew, and where one reads stays where it is.
"""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QRect, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from annotator.gui.canvas import shifts
from annotator.gui.canvas.inks import Inks
from annotator.gui.canvas.layout import Layout
from annotator.gui.canvas.links import LinkPainter
from annotator.gui.canvas.marks import Link, Mark, Stretch
from annotator.gui.canvas.measures import COMPACT, LEAST, MOST, USUAL, Measures
from annotator.gui.canvas.page import Page, Place, View
from annotator.gui.canvas.painter import BEYOND, Painter
from annotator.gui.canvas.saying import CHIPS
from annotator.gui.canvas.scene import Scene, Span
from annotator.gui.canvas.signs import Signs
from annotator.gui.look import Look

_FLASH = 900  # ms


class Sheet(QAbstractScrollArea):
    """Shows an article and its marks."""

    zoom_changed = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._inks = Inks(look.theme)
        self._chips = "name"
        self._scene = Scene()
        self._resting: Place | None = None  # where one reads while width and zoom change
        self._flashing = QTimer(self, interval=_FLASH, singleShot=True)
        self._flashing.timeout.connect(self._on_flash_ended)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # A bar that comes and goes would change the width, and the width the height.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setViewport(QWidget())  # for one that Qt made, every kind of widget would be loaded
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._take_zoom(COMPACT if look.is_compact else USUAL)
        self._page = Page(Layout("", ()), self.viewport().size(), self._measures, self._chips)

    def _take_zoom(self, px: int) -> None:
        self._measures = Measures(px, is_compact=self._look.is_compact)
        self._dress()

    def _dress(self) -> None:
        language = self._look.language
        question = "؟" if self._look.is_rtl else "?"
        self._signs = Signs(self._inks, self._measures, question)
        self._painter = Painter(self._inks, self._signs, self._measures, self._chips, language)
        self._links = LinkPainter(self._inks, self._measures, language, self._chips)

    # -- what is shown

    def show_article(self, text: str, stretches: Sequence[Stretch]) -> None:
        """Show another article from its beginning, without marks."""
        self._scene = self._scene.of_another_article()
        self._page = Page(
            Layout(text, stretches), self.viewport().size(), self._measures, self._chips
        )
        self._settle()

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Show these marks and no other; a mark that is the same object is not drawn again."""
        before = self._page.view()
        self._take_marks(before, self._page.layout.set_marks(marks))

    def change_marks(self, gone: Iterable[str], marks: Iterable[Mark]) -> None:
        """Let go of the marks with the uids `gone`, and show `marks`, each for the one before."""
        before = self._page.view()
        self._take_marks(before, self._page.layout.change_marks(gone, marks))

    def _take_marks(self, before: View, growths: dict[int, int]) -> None:
        if self._scene.links:
            self._add(growths, self._page.layout.set_links(self._heads()))
        self._regrow(before, growths)

    def set_event_in_hand(self, uid: str, links: Sequence[Link]) -> None:
        """Show the links of an event; "" for none."""
        scene, before = self._scene, self._page.view()
        touched = {scene.hand, uid, *(link.filler for link in (*scene.links, *links))}
        scene.hand, scene.links = uid, tuple(links)
        growths = dict.fromkeys(self._paragraphs_of(touched), 0)
        self._add(growths, self._page.layout.set_links(self._heads()))
        self._regrow(before, growths)

    def _heads(self) -> list[int]:
        """Return where the marks begin that links of the event in hand end at."""
        fillers = (self._page.layout.marks.get(link.filler) for link in self._scene.links)
        return [mark.spans[0][0] for mark in fillers if mark is not None and mark.spans]

    @staticmethod
    def _add(growths: dict[int, int], more: Mapping[int, int]) -> None:
        for index, growth in more.items():
            growths[index] = growths.get(index, 0) + growth

    def set_current(self, uid: str) -> None:
        """Frame the label in hand and give it handles; "" for none."""
        touched = (self._scene.current, uid)
        self._scene.current = uid
        self._update_marks(touched)

    def set_hits(self, spans: Iterable[Span], current: int) -> None:
        """Frame search hits, which come in order; `current` is the number of one of them, or -1."""
        self._scene.set_hits(list(spans), current)
        self.viewport().update()

    def flash(self, start: int, end: int) -> None:
        """Show for a moment where `[start, end)` is."""
        self._on_flash_ended()
        self._scene.flash = (start, end)
        self._update_span(start, end)
        self._flashing.start()

    def set_chips(self, chips: str) -> None:
        """Let chips say the name or the code, or turn them off: "name", "code", "off"."""
        if chips not in CHIPS:
            raise ValueError(chips)
        if chips != self._chips:
            self._chips = chips
            self._dress()
            self._set_anew()

    # -- where one reads

    def set_zoom(self, px: int) -> None:
        """Set the text at `px` pixels, 16 to 36, and read on at the same place."""
        px = min(max(LEAST, px), MOST)
        if px != self._measures.px:
            self._take_zoom(px)
            self._set_anew()
            self.zoom_changed.emit(px)

    def zoom(self) -> int:
        """Return the size of the text in pixels."""
        return self._measures.px

    def place(self) -> Place:
        """Return where one reads."""
        return self._page.place()

    def restore(self, place: Place) -> None:
        """Read on at `place`."""
        self._page.restore(place)
        self._moved()

    def scroll_to(self, start: int, end: int) -> None:
        """Let `[start, end)` be seen; nothing moves where it is."""
        self._page.reveal(start, end)
        self._moved()

    def box_of(self, start: int, end: int) -> QRect:
        """Return the rectangle in the viewport around what is laid out of `[start, end)`."""
        return self._page.box_of(start, end)

    def unfold_at(self, y: int) -> bool:
        """Show what the folded row at `y` stands for; return whether there is one."""
        index = next((n for n, _ in self._page.between(y, y + 1)), None)
        if index is None or not self._page.layout.unfold(index):
            return False
        self._page.settle()
        self._moved()
        return True

    # -- keeping up

    def _settle(self) -> None:
        """Lay out what is in view; before the first show nobody knows how wide that is."""
        if self.isVisible():
            self._page.settle()
        self._moved()

    def _set_anew(self) -> None:
        # The same place for every step of a resize: lines begin elsewhere in each.
        place = self._resting or self._page.place()
        self._page.set(self.viewport().size(), self._measures, self._chips)
        if self.isVisible():
            self._page.restore(place)
        self._moved()
        self._resting = place

    def _regrow(self, before: View, growths: Mapping[int, int]) -> None:
        """Go on where one read, and paint what differs from what is on the screen."""
        if any(growths.values()) and self.isVisible():
            self._page.restore(before.place)
            self._sync()
            self._shift(shifts.move(before.tops, dict(self._page.visible()), growths))
        self._update_paragraphs(growths)

    def _shift(self, move: shifts.Move) -> None:
        """Move what is on the screen, or paint it where that cannot be."""
        column, height = self._page.column, self._page.size.height()
        area = QRect(column.left, move.top, column.right - column.left, height - move.top)
        is_whole = self.viewport().devicePixelRatioF().is_integer()
        if move.by and is_whole and abs(move.by) < height:
            self.viewport().scroll(0, move.by, area)
        else:
            self.viewport().update(area)

    def _update_paragraphs(self, indexes: Iterable[int]) -> None:
        shown = {index for index, _ in self._page.visible()}
        for index in shown.intersection(indexes):
            rect = self._page.rect_of(index).adjusted(0, -BEYOND, 0, BEYOND)
            self.viewport().update(rect)

    def _update_marks(self, uids: Iterable[str]) -> None:
        self._update_paragraphs(self._paragraphs_of(uids))

    def _paragraphs_of(self, uids: Iterable[str]) -> set[int]:
        index = self._page.layout.marks
        marks = (index.get(uid) for uid in uids if uid)
        return {n for mark in marks if mark is not None for n in index.paragraphs_of(mark)}

    def _update_span(self, start: int, end: int) -> None:
        layout = self._page.layout
        first, last = layout.index_of(start), layout.index_of(end)
        shown = [index for index, _ in self._page.visible() if first <= index <= last]
        self._update_paragraphs(shown)

    def _on_flash_ended(self) -> None:
        if self._scene.flash:
            flash, self._scene.flash = self._scene.flash, None
            self._update_span(*flash)

    def _sync(self) -> None:
        """Tell the bar where one reads."""
        self._resting = None
        bar, page = self.verticalScrollBar(), self._page
        with QSignalBlocker(bar):
            bar.setRange(0, page.lowest)
            bar.setPageStep(max(1, page.size.height() - 40))
            bar.setSingleStep(page.measures.faces[0].line)
            bar.setValue(page.top)

    def _moved(self) -> None:
        self._sync()
        self.viewport().update()

    def _scroll_by_bar(self, value: int) -> None:
        """Go to where the bar is; what was seen before is moved, not painted."""
        page = self._page
        known = dict(page.visible())
        page.top = value
        page.settle()
        moved = next((page.y_of(n) - y for n, y in known.items() if page.is_in_view(n)), None)
        self._sync()
        self._shift(shifts.Move(0, moved or 0))

    # -- Qt's

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Follow the bar."""
        value = self.verticalScrollBar().value()
        if value != self._page.top:
            self._scroll_by_bar(value)

    def showEvent(self, event: QShowEvent) -> None:
        """Lay out what comes into view."""
        self._settle()
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the text in the new width, and keep the topmost line."""
        size = self.viewport().size()
        if size.width() != self._page.size.width():
            self._set_anew()
        elif size != self._page.size:
            self._page.resize_height(size)
            self._sync()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, scroll without."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            steps = event.angleDelta().y() / 120
            self.set_zoom(self.zoom() + (steps > 0) - (steps < 0))
            event.accept()
            return
        super().wheelEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the paragraphs that show in what is to be painted."""
        painter = QPainter(self.viewport())
        page, clip = self._page, event.rect()
        painter.fillRect(clip, self._inks["paper"])
        for index, y in page.between(clip.top() - BEYOND, clip.bottom() + 1 + BEYOND):
            self._painter.paint(painter, page.layout, index, y, page.column, clip, self._scene)
            self._links.paint(painter, page, index, y, self._scene)
        line = QRect(page.column.line, clip.top(), 1, clip.height())
        painter.fillRect(line, self._inks["line"])
        painter.end()
