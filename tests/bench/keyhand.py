"""A person who labels in the real window by keys alone, and how much she has to do for it.

Actions are counted: one press of a key, one click, one drag. Movement is counted apart: wheel,
arrows, and the way of the pointer to another place. Only events of mouse and keys reach the
program; what is read between them is what eyes would see.
"""

from collections import Counter
from dataclasses import dataclass, field

from PySide6.QtCore import Qt

from annotator.core.model import Event
from annotator.gui.program import Program
from tests.bench.wantedlabels import Row
from tests.journeys.typist import Typist

_NONE, _ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


@dataclass
class Tally:
    """Actions and movements by the kind of label that they were for, and how many were made."""

    kind: str = ""
    actions: Counter[str] = field(default_factory=Counter)
    moves: Counter[str] = field(default_factory=Counter)
    held: Counter[str] = field(default_factory=Counter)  # actions with Alt, Ctrl or Shift held
    made: Counter[str] = field(default_factory=Counter)
    why: Counter[tuple[str, str]] = field(default_factory=Counter)

    def act(self, what: str, *, is_held: bool = False) -> None:
        """Count an action."""
        self.actions[self.kind] += 1
        self.held[self.kind] += is_held
        self.why[self.kind, what] += 1

    def move(self) -> None:
        """Count a movement."""
        self.moves[self.kind] += 1

    def add(self, other: "Tally") -> None:
        """Count in what another has counted."""
        for mine, others in (
            (self.actions, other.actions),
            (self.moves, other.moves),
            (self.held, other.held),
            (self.made, other.made),
        ):
            mine.update(others)
        self.why.update(other.why)


class Keys(Typist):
    """A person at the keyboard; she lets go of what is in hand only where it is in the way."""

    def __init__(self, program: Program, tally: Tally) -> None:
        super().__init__(program)
        self.tally = tally

    def press(self, key: int, modifiers: Qt.KeyboardModifier = _NONE, text: str = "") -> None:
        """Press a key; arrows are movement, but with Alt, where they take a label in hand."""
        is_arrow = Qt.Key(key) in _ARROWS and not modifiers & _ALT
        if is_arrow:
            self.tally.move()
        else:
            name = Qt.Key(key).name.removeprefix("Key_") if key in set(Qt.Key) else str(key)
            self.tally.act(name, is_held=modifiers is not _NONE)
        super().press(key, modifiers, text)

    def do(self, gesture: Row) -> None:
        """Make one label, then give it its subtype."""
        self.tally.kind = gesture["do"]
        subtype = gesture.get("subtype", "")
        super().do({key: value for key, value in gesture.items() if key != "subtype"})
        self.tally.made[gesture["do"]] += 1
        if subtype:
            known = self._session.schema.entity_types[gesture["type"]].subtypes
            self.tally.kind = "subtype"
            self.press(ord("1") + [item.id for item in known].index(subtype))
            self.tally.made["subtype"] += 1

    def _take_stance(self, gesture: Row) -> None:
        super()._take_stance(gesture)
        for start, end in gesture.get("evidence", ())[1:]:
            self.select(start, end)
            self.press(Qt.Key.Key_S, Qt.KeyboardModifier.ShiftModifier)

    def select(self, start: int, end: int) -> None:
        """Select a place; a selection that is there is let go by the first arrow."""
        if isinstance(self._session.label(self._session.hand), Event) or self._has_draft:
            self.press(Qt.Key.Key_Escape)
        pressed, self.press = self.press, self._press_but_escape  # type: ignore[method-assign]
        try:
            super().select(start, end)
        finally:
            self.press = pressed  # type: ignore[method-assign]

    def _press_but_escape(
        self, key: int, modifiers: Qt.KeyboardModifier = _NONE, text: str = ""
    ) -> None:
        if key != Qt.Key.Key_Escape:
            type(self).press(self, key, modifiers, text)

    @property
    def _has_draft(self) -> bool:
        assert self.program.window.page is not None
        return bool(self.program.window.page.far_side.hand.has_draft)
