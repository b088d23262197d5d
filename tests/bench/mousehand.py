"""A person who labels in the real window, by mouse and keys, and how much she has to do for it.

Only events of mouse and keys reach the program, counted as `keyhand` says; what is read between
them is what eyes would see.
"""

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from annotator.core.model import Event
from annotator.gui.canvas.view import Canvas
from annotator.gui.canvas.words import word_holding
from annotator.gui.pages.labelling import LabelPage
from annotator.gui.panels.eventcard import EventCard
from annotator.gui.panels.stancecard import StanceCard
from annotator.gui.panels.stanceview import NEAR
from annotator.gui.program import Program
from annotator.gui.session import Session
from tests.bench.keyhand import Keys, Tally
from tests.bench.wantedlabels import Row

_NONE, _SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
_CONTROL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
_LEFT, _NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
_MARGIN, _NOTCH, _MOST_NOTCHES = 40, 120, 500
_CHIP = 28


class Mouse:
    """A person with a mouse in one hand and the keyboard under the other."""

    def __init__(self, program: Program, tally: Tally) -> None:
        self.program, self.tally = program, tally
        self.names: dict[str, str] = {}
        self._typist = Keys(program, tally)
        self._hovered = ""
        self._clock, self._is_dragging = 0, False
        self._pointer: tuple[QWidget, QPoint] | None = None
        self.canvas.mark_hovered.connect(self._on_mark_hovered)

    def _on_mark_hovered(self, uid: str) -> None:
        self._hovered = uid

    @property
    def page(self) -> LabelPage:
        """The page of labelling."""
        assert self.program.window.page is not None
        return self.program.window.page

    @property
    def canvas(self) -> Canvas:
        """The article."""
        return self.page.canvas

    @property
    def session(self) -> Session:
        """The session."""
        assert self.program.session is not None
        return self.program.session

    # --- the mouse ---

    def _send(
        self, kind: QEvent.Type, widget: QWidget, point: QPoint, held: Qt.KeyboardModifier = _NONE
    ) -> None:
        self._clock += 1
        button = _NO_BUTTON if kind is QEvent.Type.MouseMove else _LEFT
        is_down = kind is QEvent.Type.MouseButtonPress or self._is_dragging
        place = QPointF(widget.mapToGlobal(point))
        buttons = _LEFT if is_down else _NO_BUTTON
        event = QMouseEvent(kind, QPointF(point), place, button, buttons, held)
        event.setTimestamp(self._clock * 1000)  # no two presses make a double click
        QApplication.sendEvent(widget, event)

    def _travel(self, widget: QWidget, point: QPoint) -> None:
        """Bring the pointer to a place."""
        if (widget, point) != self._pointer:
            self.tally.move()
        self._pointer = widget, point
        self._send(QEvent.Type.MouseMove, widget, point)

    def click(self, widget: QWidget, point: QPoint, held: Qt.KeyboardModifier = _NONE) -> None:
        """Click at a place."""
        self._travel(widget, point)
        self.tally.act("click", is_held=held is not _NONE)
        self._send(QEvent.Type.MouseButtonPress, widget, point, held)
        self._send(QEvent.Type.MouseButtonRelease, widget, point, held)
        QApplication.processEvents()

    def drag(self, start: QPoint, end: QPoint, held: Qt.KeyboardModifier) -> None:
        """Drag over the article."""
        widget = self.canvas.viewport()
        self._travel(widget, start)
        self.tally.act("drag", is_held=held is not _NONE)
        self._send(QEvent.Type.MouseButtonPress, widget, start, held)
        self._is_dragging = True
        for point in ((start + end) / 2, end):
            self._send(QEvent.Type.MouseMove, widget, point, held)
        self._is_dragging = False
        self._send(QEvent.Type.MouseButtonRelease, widget, end, held)
        self._pointer = widget, end
        QApplication.processEvents()

    def bring(self, start: int, end: int) -> None:
        """Turn the wheel until a place is in view."""
        bar = self.canvas.verticalScrollBar()
        for _ in range(_MOST_NOTCHES):
            top = self.canvas.point_of(start).y()
            bottom = self.canvas.point_of(end, end=True).y()
            if top < _MARGIN and bar.value() > bar.minimum():
                self._turn(1)
            elif bottom > self.canvas.viewport().height() - _MARGIN and bar.value() < bar.maximum():
                self._turn(-1)
            else:
                return
        raise AssertionError("the wheel does not come there")

    def _turn(self, notches: int) -> None:
        self.tally.move()
        widget = self.canvas.viewport()
        point = QPointF(widget.rect().center())
        phase = Qt.ScrollPhase.NoScrollPhase
        angle = QPoint(0, notches * _NOTCH)
        place = QPointF(widget.mapToGlobal(point.toPoint()))
        event = QWheelEvent(point, place, QPoint(), angle, _NO_BUTTON, _NONE, phase, False)
        QApplication.sendEvent(widget, event)
        QApplication.processEvents()

    # --- places in the article ---

    def select(self, start: int, end: int) -> None:
        """Select a place by one drag: with Alt where it is less than whole words."""
        self.bring(start, end)
        assert self.session.reading is not None
        text = self.session.reading.text
        first, last = word_holding(text, start), word_holding(text, end - 1)
        is_whole = bool(first and last and first[0] == start and last[1] == end)
        held = _NONE if is_whole else _ALT
        ends = self.canvas.point_of(start), self.canvas.point_of(end, end=True)
        if self._is_handle(ends[0]):
            ends = ends[1], ends[0]
            if self._is_handle(ends[0]):
                self.key("escape")
        self.drag(*ends, held)
        assert self.canvas.selection() == (start, end), (self.canvas.selection(), (start, end))

    def _is_handle(self, point: QPoint) -> bool:
        """Whether the pointer shows there that it would move the edge of the label in hand."""
        self._send(QEvent.Type.MouseMove, self.canvas.viewport(), point)
        return self.canvas.viewport().cursor().shape() is Qt.CursorShape.SizeHorCursor

    def press_label(self, uid: str, held: Qt.KeyboardModifier = _NONE) -> bool:
        """Click on a label or on its chip; return whether it can be seen anywhere."""
        label = self.session.label(uid)
        extent = getattr(label, "extent", ())
        assert extent
        self.bring(extent[0].start, extent[-1].end)
        for point in self._points(uid, extent[0].start, extent[-1].end):
            self._send(QEvent.Type.MouseMove, self.canvas.viewport(), point)
            if self._hovered == uid and not self._is_handle(point):
                self.click(self.canvas.viewport(), point, held)
                return True
        return False

    def _points(self, uid: str, start: int, end: int) -> Iterator[QPoint]:
        """Yield where the label may be: on its own letters, then on chips over it."""
        for offset in range(start, end):
            if self.canvas.marks_at(offset)[:1] == [uid]:
                yield self.canvas.point_of(offset)
        for offset in range(start, end):
            at = self.canvas.point_of(offset)
            yield from (at - QPoint(0, up) for up in range(4, _CHIP, 3))

    # --- keys ---

    def key(self, place: str, held: Qt.KeyboardModifier = _NONE) -> None:
        """Press a key by its place or its name."""
        self.canvas.setFocus()
        named = {"escape": Qt.Key.Key_Escape, "return": Qt.Key.Key_Return}
        text = "" if place in named else place.upper() if held else place
        self._typist.press(named.get(place) or ord(place.upper()), held, text)

    # --- gestures ---

    def do(self, row: Row) -> None:
        """Make one label, and give it its subtype."""
        acts: dict[str, Callable[[Row], None]] = {
            "add_entity": self._entity,
            "add_event": self._event,
            "add_argument": self._argument,
            "add_stance": self._stance,
        }
        self.tally.kind = row["do"]
        before = set(self.session.labels)
        acts[row["do"]](row)
        self.session.flush()
        QApplication.processEvents()
        new = set(self.session.labels) - before
        assert len(new) == 1, (row, new)
        if "as" in row:
            self.names["$" + row["as"]] = new.pop()
        self.tally.made[row["do"]] += 1
        if row.get("subtype"):
            self._subtype(row)

    def _entity(self, row: Row) -> None:
        if isinstance(self.session.label(self.session.hand), Event):
            self.key("escape")  # or it would play a role
        self.select(row["start"], row["end"])
        self.key(self.session.schema.entity_types[row["type"]].key)

    def _subtype(self, row: Row) -> None:
        self.tally.kind = "subtype"
        known = [item.id for item in self.session.schema.entity_types[row["type"]].subtypes]
        self.key(str(known.index(row["subtype"]) + 1))
        self.tally.made["subtype"] += 1

    def _event(self, row: Row) -> None:
        self.select(row["start"], row["end"])
        self.key(self.session.schema.event_types[row["type"]].key, _SHIFT)

    def _argument(self, row: Row) -> None:
        event, filler = self.names[row["event"]], self.names[row["filler"]]
        if self.session.hand != event:
            assert self.press_label(event, _CONTROL)
        card = self._card(EventCard)
        assert card.uid == event
        if card.asking != row["role"]:
            self._choose_role(card, row["role"])
        if not self.press_label(filler):
            self._take(card, filler)

    def _choose_role(self, card: EventCard, role: str) -> None:
        """Click on the role in the card; where it is not in view press Return until it asks."""
        QApplication.processEvents()
        well = card.findChild(QWidget, f"role:{role}")
        if well is not None and not well.visibleRegion().isEmpty():
            self.click(well, well.rect().center())
        for _ in range(12):
            if card.asking == role:
                return
            self.key("return")
        raise AssertionError(role)

    def _take(self, card: EventCard, filler: str) -> None:
        """Press the number of what is hidden under other labels."""
        near = [one.uid for one in card.candidates()]
        self.key(str(len(card.numbers()) + near.index(filler) + 1))

    def _stance(self, row: Row) -> None:
        target, holder = row["target"], row["holder"]
        if holder == "author" and target["kind"] == "topic" and not row.get("evidence"):
            self._judge(target["ref"], row["value"])
            return
        evidence = row.get("evidence", [])
        if evidence:
            self.select(*evidence[0])
        self.key("s")
        while self._card(StanceCard).asking:
            self._say(self._card(StanceCard), holder, target, row["value"])
        for start, end in evidence[1:]:
            self.select(start, end)
            self.key("s", _SHIFT)

    def _say(self, card: StanceCard, holder: str, target: dict[str, str], value: str) -> None:
        """Say the part that the card asks for."""
        if card.asking == "value":
            self.key(str(list(self.session.schema.stance_values).index(value) + 1))
        elif card.asking == "holder" and holder == "author":
            self.key("return")
        elif card.asking == "target" and target["kind"] == "topic":
            self._number(card, "topic", target["ref"])
        else:
            uid = self.names[holder if card.asking == "holder" else target["ref"]]
            if not self.press_label(uid):
                kind = "entity" if card.asking == "holder" else target["kind"]
                self._number(card, kind, uid)

    def _number(self, card: StanceCard, kind: str, ref: str) -> None:
        near = [(party.kind, party.ref) for party in card.parties(NEAR)[:NEAR]]
        self.key(str(near.index((kind, ref)) + 1))

    def _judge(self, topic: str, value: str) -> None:
        """Judge the whole article, in its tab."""
        self._typist.press(Qt.Key.Key_6, _CONTROL)
        row = self.page.far_side.article.findChild(QWidget, f"topic:{topic}")
        assert row is not None
        wanted = list(self.session.schema.stance_values).index(value)
        button = row.findChildren(QAbstractButton)[wanted]
        assert not button.visibleRegion().isEmpty()
        self.click(button, button.rect().center())

    def _card(self, kind: type[Any]) -> Any:  # noqa: ANN401
        card = self.page.far_side.hand.card
        assert isinstance(card, kind), card
        return card
