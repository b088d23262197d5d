"""Regions by the mouse: an edge taken hold of in the margin and moved, a whole region asked for.

What is moved is shown over the page as it stands, and laid out anew only once it is let go: the
lines stay where they are under the pointer. Escape lets all be as it was.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from annotator.gui.canvas import edges, edgesigns
from annotator.gui.canvas.edges import Edge, Moved
from annotator.gui.canvas.marks import Stretch
from annotator.gui.canvas.pointer import scroll_step
from annotator.gui.canvas.reader import Reader
from annotator.gui.canvas.surface import PageSurface
from annotator.gui.look import Look

_TICK = 30  # ms between two steps of scrolling while an edge is held beyond the viewport
_ALT = Qt.KeyboardModifier.AltModifier


class Edging(Reader):
    """A reader whose regions have edges that can be moved, where that is allowed."""

    edge_moved = Signal(int, int, str, bool)  # start, end, role; whether inside of a line
    part_asked = Signal()  # a whole region was selected, to be given another role

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._stretches: Sequence[Stretch] = ()
        self._edges: list[Edge] = []
        self._can_move = False
        self._near: Edge | None = None  # under the pointer
        self._held: Edge | None = None
        self._change: Moved | None = None
        self._held_at = QPointF()
        self._scrolling_edge = QTimer(self, interval=_TICK)
        self._scrolling_edge.timeout.connect(self._on_scrolling_edge)

    # -- what is shown

    def show_article(self, text: str, stretches: Sequence[Stretch]) -> None:
        """Show another article from its beginning, without marks."""
        super().show_article(text, stretches)
        self._take_stretches(stretches)

    def dress(self, stretches: Sequence[Stretch]) -> None:
        """Show other regions of the same article; what is held of the former ones is let go."""
        self._take_stretches(stretches)
        super().dress(stretches)

    def _take_stretches(self, stretches: Sequence[Stretch]) -> None:
        self._stretches = sorted(stretches, key=lambda one: one.start)
        self._edges = edges.edges_of(self._stretches, len(self._page.text))
        self._near = None
        self.cancel_edge()

    def let_edges_move(self, *, can_move: bool) -> None:
        """Let edges be taken hold of, or not: where regions cannot be changed."""
        self._can_move = can_move

    # -- under the pointer

    @property
    def is_edge_held(self) -> bool:
        """Whether an edge is being moved."""
        return self._held is not None

    def _edge_near(self, point: QPointF) -> Edge | None:
        if not self._can_move or not edges.is_in_margin(self._page, point.x()):
            return None
        return edges.edge_at(self._page, self._edges, point.y())

    def _hover_edge(self, point: QPointF) -> bool:
        """Show the edge under the pointer, if there is one; return whether there is."""
        near = self._edge_near(point)
        if near != self._near:
            self._near = near
            self.viewport().update()
        return near is not None

    def _leave_edge(self) -> None:
        """Show no edge as under the pointer: it went elsewhere."""
        self._near = None
        self.viewport().update()

    def _edge_told(self) -> str:
        """Return the hint for the edge under the pointer; nothing where there is none."""
        if self._near is None:
            return ""
        return self._look.language.text(
            "Drag the edge of the part; with Alt also inside a line. Escape leaves it as it was."
        )

    def _select_part_at(self, point: QPointF) -> bool:
        """Select the region beside which the margin was pressed; return whether there is one."""
        if not edges.is_in_margin(self._page, point.x()):
            return False
        offset = PageSurface(self._page, self._scene).hit(point).start
        part = next((one for one in self._stretches if one.start <= offset < one.end), None)
        if part is None:
            return False
        end = part.end - self._page.text.endswith("\n", part.start, part.end)
        self.select(part.start, max(end, part.start + 1))
        return True

    # -- held

    def _press_edge(self, point: QPointF) -> bool:
        """Take hold of the edge under the pointer; return whether there is one."""
        self._held = self._edge_near(point)
        self._held_at = point
        if self._held is not None:
            self._show_moved(None)
        return self._held is not None

    def _drag_edge(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Let the edge that is held follow the pointer."""
        if self._held is None:
            return
        self._held_at = point
        self._show_moved(edges.moved(self._held, self._reached(point, modifiers)))
        if scroll_step(point.y(), self.viewport().height()) and not self._scrolling_edge.isActive():
            self._scrolling_edge.start()

    def _reached(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> int:
        if not modifiers & _ALT:
            return edges.line_edge(self._page, point.y())
        y = min(max(0.0, point.y()), self.viewport().height() - 1.0)
        hit = PageSurface(self._page, self._scene).hit(QPointF(point.x(), y))
        return edges.before_text(self._page.text, hit.offset)

    def _show_moved(self, moved: Moved | None) -> None:
        self._change = moved
        self._scene.laid_over = (moved.start, moved.end) if moved else None
        self.viewport().update()

    def _release_edge(self) -> None:
        """Let go of the edge where it is, and say what that changes."""
        moved, text = self._change, self._page.text
        self.cancel_edge()
        if moved is not None:
            is_exact = not all(edges.is_line_start(text, one) for one in (moved.edge, moved.to))
            self.edge_moved.emit(moved.start, moved.end, moved.grown.role, is_exact)

    def cancel_edge(self) -> None:
        """Let go of an edge that is held, and leave it where it was."""
        self._scrolling_edge.stop()
        self._held = None
        self._show_moved(None)

    def _on_scrolling_edge(self) -> None:
        """Scroll on while the edge is held beyond the viewport."""
        step = scroll_step(self._held_at.y(), self.viewport().height())
        if not step or self._held is None:
            self._scrolling_edge.stop()
            return
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + step)
        self._drag_edge(self._held_at, QGuiApplication.keyboardModifiers())

    # -- Qt's

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the page, and over it the edge that is held or under the pointer."""
        super().paintEvent(event)
        edge = self._held or self._near
        if edge is not None:
            painter = QPainter(self.viewport())
            grown = self._change.grown if self._change else None
            to = self._change.to if self._change else edge.offset
            is_down = to > edge.offset
            edgesigns.paint(painter, self._page, self._inks, to, grown, is_down=is_down)
            painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let all be as it was with Escape; while an edge is held no other key means anything."""
        if self._held is None:
            super().keyPressEvent(event)
            return
        if event.key() == Qt.Key.Key_Escape:
            self.cancel_edge()
        event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Let go of what is held: the button may be let go of elsewhere."""
        self.cancel_edge()
        super().focusOutEvent(event)
