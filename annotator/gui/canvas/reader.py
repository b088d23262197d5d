"""An article that is read: selection and caret, moved by keys, copied, told to screen readers."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from annotator.gui.canvas import caret
from annotator.gui.canvas.accessible import Proxy
from annotator.gui.canvas.caret import Caret, Movement
from annotator.gui.canvas.keyboard import STEPS, zoomed
from annotator.gui.canvas.keyboard import movement as movement_of
from annotator.gui.canvas.marks import Stretch
from annotator.gui.canvas.page import Place
from annotator.gui.canvas.scene import Span
from annotator.gui.canvas.sheet import Sheet
from annotator.gui.look import Look


class Reader(Sheet):
    """A sheet with a caret in it."""

    selection_changed = Signal()
    caret_moved = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(look.language.text("Text of the article"))
        self._proxy: Proxy | None = None
        self._anchor: Span = (0, 0)  # what stays selected when a selection is extended
        self._kept_x: float | None = None  # while one goes up and down

    def show_article(self, text: str, stretches: Sequence[Stretch]) -> None:
        """Show another article from its beginning, without marks."""
        super().show_article(text, stretches)
        self._anchor, self._kept_x = (0, 0), None
        self._tell_readers()

    def dress(self, stretches: Sequence[Stretch]) -> None:
        """Show other regions of the same article; marks, caret and where one reads stay."""
        place, layout = self.place(), self._page.layout
        layout.dress(stretches)
        self._set_anew()
        fold = layout.folds.at(layout.index_of(place.offset))
        if self.isVisible():
            self.restore(Place(layout.paragraphs[fold.first].start, 0) if fold else place)

    def set_unseen(self, *, is_shown: bool) -> None:
        """Show small signs for what is not seen in the text, or none."""
        if is_shown != self._scene.shows_unseen:
            self._scene.shows_unseen = is_shown
            self.viewport().update()

    def describe(self, said: str) -> None:
        """Tell readers of the screen something about where the caret is."""
        self.setAccessibleDescription(said)
        if self._proxy is not None:
            self._proxy.setAccessibleDescription(said)

    # -- selection and caret

    def selection(self) -> Span | None:
        """Return what is selected, or None."""
        return self._scene.selection

    def caret(self) -> int:
        """Return the offset of the caret."""
        return self._scene.caret

    def select(self, start: int, end: int) -> None:
        """Select `[start, end)`; the caret goes to its end."""
        self._anchor = (start, start)
        self._select((start, end), Caret(end, of_previous=True))

    def place_caret(self, offset: int) -> None:
        """Put the caret at `offset`; nothing stays selected."""
        self._anchor = (offset, offset)
        self._select(None, Caret(offset))

    def hits(self) -> tuple[tuple[Span, ...], int]:
        """Return the hits that are framed, and the number of the current one or -1."""
        return tuple(self._scene.hits), self._scene.current_hit

    def clear_selection(self) -> None:
        """Select nothing; the caret stays, and what is selected next begins there."""
        self._anchor = (self.caret(), self.caret())
        self._select(None, self._caret())

    def copy(self) -> None:
        """Copy what is selected, every code point as it is in the article."""
        if self._scene.selection:
            start, end = self._scene.selection
            # WORKAROUND(Qt for Python, 6.11): text is decoded by the byte order mark that it
            # begins with, which is lost then; so one goes before it.
            text = self._page.text[start:end]
            sign = "\ufeff" if text.startswith(("\ufeff", "\ufffe")) else ""
            QGuiApplication.clipboard().setText(sign + text)

    def select_all(self) -> None:
        """Select the whole article."""
        self.select(0, len(self._page.text))

    # -- how they change

    def _caret(self) -> Caret:
        return Caret(self._scene.caret, self._scene.is_caret_of_previous)

    def _select(self, selection: Span | None, place: Caret) -> None:
        """Select, put the caret, paint what that changes, and say it."""
        scene = self._scene
        selection = selection if selection and selection[0] < selection[1] else None
        is_other, has_moved = selection != scene.selection, place.offset != scene.caret
        for start, end in (*_differing(scene.selection, selection), (scene.caret, scene.caret)):
            self._update_span(start, end)
        scene.selection = selection
        scene.caret, scene.is_caret_of_previous = place
        self._update_span(place.offset, place.offset)
        self._tell_readers_of_caret()
        if is_other:
            self.selection_changed.emit()
        if has_moved:
            self.caret_moved.emit(place.offset)

    # -- keys

    def _move(self, movement: Movement, *, is_extending: bool, times: int = 1) -> None:
        page, place = self._page, self._caret()
        is_upright = movement in ("up", "down")
        x = self._kept_x
        if is_upright and x is None:
            x = caret.x_of(page, place)
        for _ in range(times):
            place = caret.moved(page, place, movement, x)
        self._kept_x = x if is_upright else None
        if is_extending:
            start, end = self._anchor
            self._select((min(start, place.offset), max(end, place.offset)), place)
        else:
            self._anchor = (place.offset, place.offset)
            self._select(None, place)
        self.scroll_to(place.offset, place.offset)

    def _take_key(self, event: QKeyEvent) -> bool:
        """Do what a key says; return whether it says anything here."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_all()
        elif px := zoomed(event, self.zoom()):
            self.set_zoom(px)
        else:
            return self._take_movement(event)
        return True

    def _take_movement(self, event: QKeyEvent) -> bool:
        is_extending = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in STEPS:
            lines = max(1, self.viewport().height() // self._page.measures.faces[0].line - 2)
            self._move(STEPS[event.key()], is_extending=is_extending, times=lines)
            return True
        here = self._page.layout.index_of(self._scene.caret)
        is_rtl = self._page.paragraphs[here].is_rtl
        found = movement_of(event.key(), event.modifiers(), is_rtl=is_rtl)
        if found:
            self._move(found, is_extending=is_extending)
        return found is not None

    # -- readers of the screen

    def _tell_readers(self) -> None:
        if self._proxy is None:
            name = self._look.language.text("Text of the article")
            self._proxy = Proxy.where_asked_for(self.viewport(), name)
        if self._proxy is not None:
            self._proxy.show_text("\n".join(p.display for p in self._page.paragraphs))

    def _tell_readers_of_caret(self) -> None:
        if self._proxy is not None:
            start, end = self._scene.selection or (self._scene.caret, self._scene.caret)
            self._proxy.show_caret(start, end)

    # -- Qt's

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the caret, copy, zoom; every other key is left to the window."""
        event.setAccepted(self._take_key(event))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the caret."""
        self._scene.has_caret = True
        self._update_span(self._scene.caret, self._scene.caret)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the caret."""
        self._scene.has_caret = False
        self._update_span(self._scene.caret, self._scene.caret)
        super().focusOutEvent(event)


def _differing(before: Span | None, after: Span | None) -> list[Span]:
    """Return the spans that are selected in one of two selections only."""
    if before is None or after is None:
        return [span for span in (before, after) if span]
    starts, ends = sorted((before[0], after[0])), sorted((before[1], after[1]))
    return [(a, b) for a, b in (starts, ends) if a < b]
