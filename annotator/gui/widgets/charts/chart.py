"""What all charts share: spots that pointer and keys reach, each of which says what it is."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip

from annotator.gui.look import Look
from annotator.gui.models.agreementplot import Opening, Spot
from annotator.gui.widgets.charts.surface import BODY, Surface
from annotator.gui.widgets.focus import draw_ring
from annotator.gui.widgets.literal import shown, tooltip

_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Chart(Surface):
    """A chart; `opened` says what was clicked, or entered with Return."""

    opened = Signal(object)  # Opening

    def __init__(
        self, look: Look, name: str, *, head: int = 0, top: int = 0, foot: int = 0
    ) -> None:
        """Keep `head`, `top` and `foot` pixels for what stays; `name` is for readers."""
        super().__init__(look, head, top, foot)
        self._spots: list[Spot] = []
        self._content = (0.0, 0.0)
        self._current = 0
        self._hovered: Spot | None = None
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    # --- what a chart of its own says ---

    def lay_out(self, width: float, height: float) -> tuple[float, float, list[Spot]]:
        """Return how wide and high the body is, and its spots, for a view of that size."""
        raise NotImplementedError

    def draw(self, painter: QPainter) -> None:
        """Draw everything with `part`, which clips to a part and is mirrored."""
        raise NotImplementedError

    # --- spots ---

    @property
    def spots(self) -> Sequence[Spot]:
        """All spots, row by row."""
        return self._spots

    def settle(self) -> None:
        """Lay everything out anew: what is shown, or the room for it, is another."""
        size = self.viewport().size()
        wide, high, self._spots = self.lay_out(size.width(), size.height())
        self._content = (wide, high)
        rooms = (size.width() - self._head, size.height() - self._top - self._foot)
        bars = (self.horizontalScrollBar(), self.verticalScrollBar())
        for bar, room, content in zip(bars, rooms, (wide, high), strict=True):
            bar.setRange(0, max(0, round(content - room)))
            bar.setPageStep(max(1, room))
        self._current = min(self._current, max(len(self._spots) - 1, 0))
        self._hovered = None
        self._tell()
        self.viewport().update()

    def current(self) -> Spot | None:
        """Return the spot that the keys are on."""
        return self._spots[self._current] if self._spots else None

    def box_of(self, spot: Spot) -> QRect:
        """Return where a spot is in the viewport."""
        return self.placed(spot.box.x, spot.box.y, spot.box.width, spot.box.height).toRect()

    def spot_at(self, point: QPointF) -> Spot | None:
        """Return the spot at a point of the viewport; nothing outside the body."""
        x = self.viewport().width() - point.x() if self._look.is_rtl else point.x()
        x, y = x - self._head, point.y() - self._top
        if x < 0 or y < 0 or y >= self._room_below():
            return self._of_row(point.y())
        x += self.horizontalScrollBar().value()
        y += self.verticalScrollBar().value()
        return next((spot for spot in self._spots if spot.box.has(x, y)), None)

    def _room_below(self) -> int:
        return self.viewport().height() - self._top - self._foot

    def _of_row(self, y: float) -> Spot | None:
        """Return what a name beside the body stands for; of a grid nothing."""
        return None

    # --- drawing ---

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chart, and the ring around the spot that the keys are on."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.viewport().rect(), self._look.theme["raised"])
        self.draw(painter)
        painter.setClipRect(self.clip_of(BODY))
        spot = self.current()
        if self._hovered is not None and self._hovered.opens is not None:
            self._outline(painter, self._hovered)
        if self.hasFocus() and spot is not None:
            draw_ring(painter, self._look, QRectF(self.box_of(spot)), 3)
        painter.end()

    def _outline(self, painter: QPainter, spot: Spot) -> None:
        painter.setPen(self._look.theme["accent"])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(self.box_of(spot)).adjusted(0.5, 0.5, -0.5, -0.5))

    # --- keys and pointer ---

    def go_to(self, spot: Spot) -> None:
        """Put the keys on a spot, and bring it into view."""
        self._current = self._spots.index(spot)
        view = self.clip_of(BODY)
        box, at = spot.box, self.placed(spot.box.x, spot.box.y, spot.box.width, spot.box.height)
        bar = self.verticalScrollBar()
        if at.top() < view.top():
            bar.setValue(round(box.y))
        elif at.bottom() > view.bottom():
            bar.setValue(round(box.y + box.height - view.height()))
        bar = self.horizontalScrollBar()
        if at.left() < view.left() or at.right() > view.right():
            is_before = box.x < bar.value()
            bar.setValue(round(box.x if is_before else box.end - view.width()))
        self._tell()
        self.viewport().update()

    def _tell(self) -> None:
        """Let readers say what the keys are on."""
        spot = self.current()
        self.setAccessibleDescription(shown(spot.said) if spot is not None else "")

    def _step(self, key: int) -> None:
        spot = self.current()
        if spot is None:
            return
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            by = 1 if key == Qt.Key.Key_Down else -1
            rows = [one for one in self._spots if one.row == spot.row + by]
            middle = spot.box.x + spot.box.width / 2
            found = min(
                rows, key=lambda one: abs(one.box.x + one.box.width / 2 - middle), default=None
            )
        else:
            by = 1 if (key == Qt.Key.Key_Left) == self._look.is_rtl else -1
            mine = [one for one in self._spots if one.row == spot.row]
            at = mine.index(spot) + by
            found = mine[at] if 0 <= at < len(mine) else None
        if found is not None:
            self.go_to(found)

    def open_spot(self, spot: Spot | None) -> None:
        """Say that the places of a spot are asked for."""
        if spot is not None and isinstance(spot.opens, Opening):
            self.opened.emit(spot.opens)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go along the spots with the arrows; Return opens the places."""
        arrows = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif event.key() in arrows:
            self._step(event.key())
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._spots:
            self.go_to(self._spots[0 if event.key() == Qt.Key.Key_Home else -1])
        elif event.key() in _OPENING:
            self.open_spot(self.current())
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what is under the pointer."""
        spot = self.spot_at(event.position())
        if spot != self._hovered:
            self._hovered = spot
            can_open = spot is not None and spot.opens is not None
            hand = Qt.CursorShape.PointingHandCursor
            self.viewport().setCursor(hand if can_open else Qt.CursorShape.ArrowCursor)
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the places of what is clicked."""
        spot = self.spot_at(event.position())
        if spot is not None and event.button() == Qt.MouseButton.LeftButton:
            self.go_to(spot)
            self.open_spot(spot)

    def leave(self) -> None:
        """Show nothing as under the pointer."""
        if self._hovered is not None:
            self._hovered = None
            self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show no ring."""
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay everything out for the new size."""
        super().resizeEvent(event)
        self.settle()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Draw anew: the heads stay."""
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell what is under the pointer, plainly."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tip(event.pos(), event.globalPos())
            return True
        if event.type() is QEvent.Type.Leave:
            self.leave()
        return super().viewportEvent(event)

    def _show_tip(self, point: QPoint, at: QPoint) -> None:
        spot = self.spot_at(QPointF(point))
        QToolTip.showText(at, tooltip(spot.said) if spot is not None else "", self.viewport())
