"""The canvas: an article as it is read and labelled.

It shows what it is given and says what was done. It never reads or writes a project. Offsets are
code points of the article.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QHelpEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from annotator.gui.canvas import saying
from annotator.gui.canvas.caret import Caret
from annotator.gui.canvas.edging import Edging
from annotator.gui.canvas.marks import Stretch
from annotator.gui.canvas.pointer import (
    Clicked,
    Deed,
    EndMoved,
    Keys,
    Placed,
    Pointer,
    Selected,
    scroll_step,
)
from annotator.gui.canvas.surface import PageSurface
from annotator.gui.look import Look

if TYPE_CHECKING:
    from annotator.gui.canvas.scene import Span

_TREMBLE = 4  # pixels between the presses of a triple click
_TICK = 30  # ms between two steps of scrolling while one drags beyond an edge


class Canvas(Edging):
    """An article that one reads and labels."""

    mark_pressed = Signal(str, object)  # uid, Qt.KeyboardModifier
    mark_hovered = Signal(str)
    ends_moved = Signal(str, int, int)
    text_clicked = Signal(int)
    context_asked = Signal(str, QPoint)  # uid or "", a global point

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self._clicked_twice_at: tuple[int, QPointF] | None = None
        self._scrolling = QTimer(self, interval=_TICK)
        self._scrolling.timeout.connect(self._on_scrolling)
        self.snap: Callable[[Span], Span] = lambda word: word
        """What a double click takes of a word."""
        self._take_surface()

    def _take_surface(self) -> None:
        self._surface = PageSurface(self._page, self._scene)
        self._pointer = Pointer(self._surface, self._page.text, lambda word: self.snap(word))

    def show_article(self, text: str, stretches: Sequence[Stretch]) -> None:
        """Show another article from its beginning, without marks."""
        super().show_article(text, stretches)
        self._take_surface()
        self._scrolling.stop()

    # -- where things are

    def marks_at(self, offset: int) -> list[str]:
        """Return the uids of the marks on the character at `offset`, innermost first."""
        return self._surface.marks_at(offset)

    def point_of(self, offset: int, *, end: bool = False) -> QPoint:
        """Return a point of the viewport just inside the leading edge of the character at `offset`.

        With `end`, just inside the trailing edge of the character before it.
        """
        return self._surface.point_of(offset, end=end)

    # -- deeds

    def _do(self, deeds: Sequence[Deed], modifiers: Qt.KeyboardModifier) -> None:
        for deed in deeds:
            self._kept_x = None
            if isinstance(deed, Placed):
                self._anchor = (deed.offset, deed.offset)
                self._select(None, Caret(deed.offset, deed.of_previous))
            elif isinstance(deed, Selected):
                self._select_by(deed)
            elif isinstance(deed, Clicked):
                self._click(deed, modifiers)
            else:
                self._move_end(deed)

    def _select_by(self, deed: Selected) -> None:
        start, end = deed.start, deed.end
        fixed = (end, end) if deed.is_caret_at_start else (start, start)
        self._anchor = self._pointer.anchor() or fixed
        place = Caret(start) if deed.is_caret_at_start else Caret(end, of_previous=True)
        self._select((start, end), place)

    def _click(self, deed: Clicked, modifiers: Qt.KeyboardModifier) -> None:
        if deed.uid:
            self.mark_pressed.emit(deed.uid, modifiers)
        else:
            self.text_clicked.emit(deed.offset)

    def _move_end(self, deed: EndMoved) -> None:
        scene = self._scene
        before, after = scene.moving, (deed.start, deed.end)
        scene.moving = None if deed.is_final else after
        for start, end in (before or after, after):
            self._update_span(start, end)
        self._update_marks((deed.uid,))
        if deed.is_final:
            self.ends_moved.emit(deed.uid, deed.start, deed.end)

    # -- the pointer

    def _hover(self, point: QPointF) -> None:
        hit = self._surface.hit(point)
        shape = Qt.CursorShape.IBeamCursor
        if self._hover_edge(point):
            shape = Qt.CursorShape.SplitVCursor
        elif hit.end_of:
            shape = Qt.CursorShape.SizeHorCursor
        elif hit.uid and not hit.is_on_text:
            shape = Qt.CursorShape.PointingHandCursor
        if self.viewport().cursor().shape() != shape:
            self.viewport().setCursor(shape)
        self._set_hovered(hit.uid)

    def _set_hovered(self, uid: str) -> None:
        scene = self._scene
        if uid != scene.hovered:
            before, scene.hovered = scene.hovered, uid
            self._update_marks((before, uid))
            self.mark_hovered.emit(uid)

    def _is_third(self, event: QMouseEvent) -> bool:
        """Whether a press follows a double click at once, at the same place."""
        if self._clicked_twice_at is None:
            return False
        time, point = self._clicked_twice_at
        is_soon = event.timestamp() - time < QApplication.doubleClickInterval()
        is_near = (event.position() - point).manhattanLength() <= _TREMBLE
        return is_soon and is_near

    def _on_scrolling(self) -> None:
        """Scroll on while the pointer is held beyond an edge."""
        point = QPointF(self.viewport().mapFromGlobal(self.cursor().pos()))
        step = scroll_step(point.y(), self.viewport().height())
        if not step or not self._pointer.is_dragging:
            self._scrolling.stop()
            return
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + step)
        modifiers = QGuiApplication.keyboardModifiers()
        self._do(self._pointer.move(point, _keys(modifiers)), modifiers)

    def _show_tooltip(self, event: QHelpEvent) -> None:
        told, chip = self._edge_told(), self._surface.chip_at(QPointF(event.pos()))
        if chip is not None and not told:
            told = saying.plain_tooltip([mark.name or mark.code for mark in chip.marks])
        if told:
            QToolTip.showText(event.globalPos(), told, self.viewport())
        else:
            QToolTip.hideText()

    # -- Qt's

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Place the caret, or take hold of a handle or of an edge of a region."""
        if event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
            return
        event.accept()
        if self._press_edge(event.position()):
            return
        if self.unfold_at(round(event.position().y())):
            return
        point, keys = event.position(), _keys(event.modifiers())
        if self._is_third(event):
            deeds = self._pointer.press_third(point)
        else:
            deeds = self._pointer.press(point, keys, self._anchor)
        self._clicked_twice_at = None
        self._do(deeds, event.modifiers())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select a word; in the margin a whole region, and ask for another role of it."""
        is_left = event.button() is Qt.MouseButton.LeftButton
        if is_left and self._select_part_at(event.position()):
            self.part_asked.emit()
        elif is_left:
            self._clicked_twice_at = event.timestamp(), event.position()
            deeds = self._pointer.press_again(event.position(), _keys(event.modifiers()))
            self._do(deeds, event.modifiers())
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select, move an end or an edge, or look what is under the pointer."""
        if not event.buttons():
            self._hover(event.position())
        elif self.is_edge_held:
            self._drag_edge(event.position(), event.modifiers())
        elif event.buttons() & Qt.MouseButton.LeftButton:
            deeds = self._pointer.move(event.position(), _keys(event.modifiers()))
            self._do(deeds, event.modifiers())
            is_beyond = not self.viewport().rect().contains(event.position().toPoint())
            if is_beyond and self._pointer.is_dragging and not self._scrolling.isActive():
                self._scrolling.start()
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End what the press began."""
        if event.button() is Qt.MouseButton.LeftButton and self.is_edge_held:
            self._drag_edge(event.position(), event.modifiers())
            self._release_edge()
            self._hover(event.position())
        elif event.button() is Qt.MouseButton.LeftButton:
            self._scrolling.stop()
            deeds = self._pointer.release(event.position(), _keys(event.modifiers()))
            self._do(deeds, event.modifiers())
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Say where a menu is asked for; the caret goes there, where that is not selected.

        In the margin the menu is about the whole region.
        """
        self.unfold_at(event.pos().y())
        point = QPointF(event.pos())
        hit = self._surface.hit(point)
        start, end = self.selection() or (0, 0)
        is_by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        if is_by_mouse and not start <= hit.start < end and not self._select_part_at(point):
            self.place_caret(hit.offset)
        self.context_asked.emit(hit.uid, event.globalPos())
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell what a chip stands for, and see the pointer leave."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tooltip(event)
            return True
        if event.type() is QEvent.Type.Leave:
            self._set_hovered("")
            self._leave_edge()
        return super().viewportEvent(event)


def _keys(modifiers: Qt.KeyboardModifier) -> Keys:
    return Keys(
        has_shift=bool(modifiers & Qt.KeyboardModifier.ShiftModifier),
        has_alt=bool(modifiers & Qt.KeyboardModifier.AltModifier),
    )
