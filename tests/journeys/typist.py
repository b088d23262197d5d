"""A person at the keyboard: she reads what the window shows and presses keys, nothing else.

Only `QKeyEvent`s reach the program. What is read between them is what eyes would see: where the
caret is, which card is in hand and which numbers it shows.
"""

import functools
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPlainTextEdit, QWidget

from annotator.gui.keys import layout
from annotator.gui.panels.eventcard import EventCard
from annotator.gui.panels.stancecard import StanceCard
from annotator.gui.panels.stanceview import NEAR
from annotator.gui.program import Program

_NONE, _SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
_CONTROL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
_MOST_STEPS = 5000
_EVERYTHING = 10_000
_PATIENCE = 20.0


@dataclass
class Typist:
    """Types into the window of `program`, in Latin or in Arabic characters."""

    program: Program
    is_arabic: bool = False
    pressed: int = 0
    moved: int = 0
    names: dict[str, str] = field(default_factory=dict)

    # --- keys ---

    def press(self, key: int, modifiers: Qt.KeyboardModifier = _NONE, text: str = "") -> None:
        """Press and release one key where the keyboard's focus is.

        QTest asks shortcuts first, as a window system does, but can type Latin text only.
        """
        self.pressed += 1
        target = QApplication.focusWidget() or self.program.window
        if text and not text.isascii():
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(target, QKeyEvent(kind, key, modifiers, text))
        else:
            QTest.keyClick(target, Qt.Key(key), modifiers)
        QApplication.processEvents()

    def write(self, text: str) -> None:
        """Write `text` into the field that has the keyboard."""
        for sign in text:
            code = ord(sign.upper())
            event = QKeyEvent(QEvent.Type.KeyPress, code, _NONE, sign)
            QApplication.sendEvent(QApplication.focusWidget() or self.program.window, event)
        self.pressed += len(text)

    def letter(self, place: str, modifiers: Qt.KeyboardModifier = _NONE) -> None:
        """Press the key of a type: its Latin letter, or the Arabic one on the same key."""
        text = layout().arabic_legend(place) if self.is_arabic else place
        code = ord(text[0].upper()) if self.is_arabic else ord(place.upper())
        self.press(code, modifiers, text if self.is_arabic or not modifiers else text.upper())

    def move(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = _NONE) -> None:
        """Press a key that only moves."""
        self.press(key, modifiers)
        self.moved += 1

    # --- where one is ---

    @property
    def _canvas(self) -> Any:  # noqa: ANN401
        page = self.program.window.page
        assert page is not None
        return page.canvas

    @property
    def _session(self) -> Any:  # noqa: ANN401
        assert self.program.session is not None
        return self.program.session

    def go_to(self, offset: int) -> None:
        """Move the caret to `offset`: by paragraphs, by words, then by letters."""
        steps: tuple[tuple[Qt.Key, Qt.Key, Qt.KeyboardModifier], ...] = (
            (Qt.Key.Key_Down, Qt.Key.Key_Up, _CONTROL),
            (Qt.Key.Key_Left, Qt.Key.Key_Right, _CONTROL),
            (Qt.Key.Key_Left, Qt.Key.Key_Right, _NONE),
        )
        for onward, back, modifiers in steps:
            self._near(offset, onward, back, modifiers)
        assert self._canvas.caret() == offset, (self._canvas.caret(), offset)

    def _near(self, offset: int, onward: Qt.Key, back: Qt.Key, held: Qt.KeyboardModifier) -> None:
        """Press on while that brings the caret nearer, in either direction."""
        for key in (onward, back):
            for _ in range(_MOST_STEPS):
                before = self._canvas.caret()
                if before == offset:
                    return
                self.move(key, held)
                if abs(self._canvas.caret() - offset) >= abs(before - offset):
                    self._take_back(key, held, before)
                    break

    def _take_back(self, key: Qt.Key, held: Qt.KeyboardModifier, place: int) -> None:
        opposite = {
            Qt.Key.Key_Left: Qt.Key.Key_Right,
            Qt.Key.Key_Right: Qt.Key.Key_Left,
            Qt.Key.Key_Up: Qt.Key.Key_Down,
            Qt.Key.Key_Down: Qt.Key.Key_Up,
        }[key]
        if self._canvas.caret() != place:
            self.move(opposite, held)

    def select(self, start: int, end: int) -> None:
        """Select `[start, end)` with Shift and the arrows: words first, then letters."""
        self.press(Qt.Key.Key_Escape)
        self.press(Qt.Key.Key_Escape)
        self.go_to(start)
        while self._end(start) < end:
            self.move(Qt.Key.Key_Left, _SHIFT | _CONTROL)
        while self._end(start) != end:
            onward = self._end(start) < end
            self.move(Qt.Key.Key_Left if onward else Qt.Key.Key_Right, _SHIFT)
        assert self._canvas.selection() == (start, end), (self._canvas.selection(), (start, end))

    def _end(self, start: int) -> int:
        return int((self._canvas.selection() or (start, start))[1])

    # --- gestures ---

    def do(self, gesture: dict[str, Any]) -> None:
        """Do one gesture of `apply` by keys alone."""
        acts = {
            "add_entity": self._label,
            "add_event": self._label,
            "add_argument": self._fill,
            "add_stance": self._take_stance,
            "answer": self._answer,
            "set_status": self._finish,
        }
        acts[gesture["do"]](gesture)
        assert not self._session.unsaved

    def _label(self, gesture: dict[str, Any]) -> None:
        schema = self._session.schema
        is_event = gesture["do"] == "add_event"
        known = schema.event_types if is_event else schema.entity_types
        before = set(self._session.labels)
        self.select(gesture["start"], gesture["end"])
        self.letter(known[gesture["type"]].key, _SHIFT if is_event else _NONE)
        made = self._made_since(before)
        self.names["$" + gesture["as"]] = made
        if gesture.get("subtype"):
            ids = [item.id for item in known[gesture["type"]].subtypes]
            n = ids.index(gesture["subtype"]) + 1
            if n <= 9:
                self.press(ord("0") + n)
        subtype = "" if is_event else self._session.label(made).subtype
        assert subtype == gesture.get("subtype", "")

    def _made_since(self, before: set[str]) -> str:
        """Return the label that is new; a copy that is being made holds the file for a moment."""
        limit = time.monotonic() + _PATIENCE
        while not set(self._session.labels) - before and time.monotonic() < limit:
            QTest.qWait(20)
        (made,) = set(self._session.labels) - before
        return str(made)

    def _fill(self, gesture: dict[str, Any]) -> None:
        event, filler = self.names[gesture["event"]], self.names[gesture["filler"]]
        card = self._card_of(event)
        for _ in range(20):
            if card.asking == gesture["role"]:
                break
            self.press(Qt.Key.Key_Return)
        assert card.asking == gesture["role"], (card.asking, gesture)
        before = set(self._session.labels)
        self._take(card, filler)
        assert len(set(self._session.labels) - before) == 1, gesture

    def _card_of(self, event: str) -> EventCard:
        """Take an event in hand by moving the caret into its trigger and going outward."""
        page = self.program.window.page
        assert page is not None
        if self._session.hand != event:
            self.press(Qt.Key.Key_Escape)
            self.press(Qt.Key.Key_Escape)
            self.go_to(self._session.label(event).extent[0].start + 1)
            for _ in range(10):
                if self._session.hand == event:
                    break
                self.press(Qt.Key.Key_Up, _ALT)
        card = page.far_side.hand.card
        assert isinstance(card, EventCard)
        assert card.uid == event
        return card

    def _take(self, card: EventCard, filler: str) -> None:
        """Press the number of a near candidate, or choose it from the list of all."""
        near = [one.uid for one in card.candidates()]
        n = len(card.numbers())
        if filler in near and n + near.index(filler) + 1 <= 9:
            self.press(ord("0") + n + near.index(filler) + 1)
            return
        self.press(ord("0"))
        everything = card.candidates(10_000)
        for _ in range([one.uid for one in everything].index(filler)):
            self.press(Qt.Key.Key_Down)
        self.press(Qt.Key.Key_Return)

    def _take_stance(self, gesture: dict[str, Any]) -> None:
        for start, end in gesture.get("evidence", ())[:1]:
            self.select(start, end)
        if not gesture.get("evidence"):
            self.press(Qt.Key.Key_Escape)
            self.press(Qt.Key.Key_Escape)
        before = set(self._session.labels)
        self.letter("s")
        card = self._stance_card()
        holder, target = gesture["holder"], gesture["target"]
        parts = {
            "target": (target["kind"], self.names.get(target["ref"], target["ref"])),
            "value": ("value", gesture["value"]),
            "holder": ("author", "") if holder == "author" else ("entity", self.names[holder]),
        }
        for _ in range(9):
            if card.asking not in parts:
                break
            kind, ref = parts.pop(card.asking)
            self._say(card, kind, ref)
            card = self._stance_card()
        (made,) = set(self._session.labels) - before
        stance = self._session.label(made)
        assert (stance.type, stance.voice) == (gesture["value"], gesture["voice"]), stance
        self.names["$" + gesture["as"]] = made

    def _say(self, card: StanceCard, kind: str, ref: str) -> None:
        if kind == "value":
            values = list(self._session.schema.stance_values)
            self.press(ord("1") + values.index(ref))
            return
        near = [(party.kind, party.ref) for party in card.parties(NEAR)[:NEAR]]
        if (kind, ref) in near:
            self.press(ord("1") + near.index((kind, ref)))
            return
        self.press(ord("0"))
        labels = [
            party.ref for party in card.parties(_EVERYTHING) if party.kind in ("entity", "event")
        ]
        for _ in range(labels.index(ref)):
            self.press(Qt.Key.Key_Down)
        self.press(Qt.Key.Key_Return)

    def _stance_card(self) -> StanceCard:
        page = self.program.window.page
        assert page is not None
        card = page.far_side.hand.card
        assert isinstance(card, StanceCard), card
        return card

    def _answer(self, gesture: dict[str, Any]) -> None:
        """Go through the questions with Tab and the arrows, as eyes see where the focus is."""
        self.press(Qt.Key.Key_6, _CONTROL)
        schema = self._session.schema
        question = schema.question_types[gesture["question"]]
        is_scale = question.kind == "scale"
        names = {value.id: value.id if is_scale else value.ar for value in question.values}
        wanted = [names.get(value, value) for value in gesture["values"]]
        if question.kind == "text":
            self._tab_to(lambda widget: isinstance(widget, QPlainTextEdit))
            self.write(wanted[0])
            self.press(Qt.Key.Key_2, _CONTROL)  # leaving the field saves it
            return
        for name in wanted:
            self._tab_to(functools.partial(_says, name))
            self.press(Qt.Key.Key_Space)
        self.press(Qt.Key.Key_2, _CONTROL)

    def _tab_to(self, is_there: Callable[[QWidget], bool]) -> None:
        """Press Tab, and on each stop the arrow, until the focus is where it should be."""
        for _ in range(200):
            for _ in range(40):
                widget = QApplication.focusWidget()
                if widget is not None and is_there(widget):
                    return
                self.press(Qt.Key.Key_Down)
                if QApplication.focusWidget() is widget:
                    break
            self.press(Qt.Key.Key_Tab)
        raise AssertionError("the keyboard does not come there")

    def _finish(self, gesture: dict[str, Any]) -> None:
        assert gesture["status"] == "done"
        self.press(Qt.Key.Key_Escape)
        self.press(Qt.Key.Key_Return, _CONTROL)


def _says(name: str, widget: QWidget) -> bool:
    return isinstance(widget, QAbstractButton) and widget.accessibleName() == name


def focus(widget: QWidget) -> None:
    """Give the keys to `widget`, as a click into it would."""
    widget.setFocus(Qt.FocusReason.MouseFocusReason)
