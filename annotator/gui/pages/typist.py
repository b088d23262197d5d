"""Keys pressed in the article: each is turned into one intent, or into a move of what is in hand.

A letter is a type of the label schema, found by the place of its key. Digits, Return and the like
go to the card in hand first.
"""

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from annotator.core.errors import UserError
from annotator.core.model import Entity, Event, Label, extent_at, hull, points_to, replace
from annotator.gui.canvas.paragraphs import has_arabic
from annotator.gui.canvas.view import Canvas
from annotator.gui.keys import Layout
from annotator.gui.models import aiming, edges
from annotator.gui.models.aiming import Aim, Where
from annotator.gui.models.heirs import heir_of
from annotator.gui.panels.hand import HandPanel
from annotator.gui.session import Session
from annotator.services import snapping

_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier


class Pressed(msgspec.Struct, frozen=True):
    """A key: the place that names it, and what was held down with it."""

    place: str
    is_shifted: bool
    is_alt: bool


class Typist(QObject):
    """Types labels into the canvas."""

    asked_again = Signal(str)  # uid of a label whose removal takes others with it
    left = Signal()  # Esc, where nothing is in hand and nothing selected

    def __init__(self, session: Session, canvas: Canvas, hand: HandPanel, layout: Layout) -> None:
        super().__init__(canvas)
        self._session = session
        self._canvas = canvas
        self._hand = hand
        self._layout = layout
        self._removing = ""
        canvas.snap = self.snap
        session.hand_changed.connect(self._on_hand_changed)

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key means in the article; return whether it meant anything."""
        if event.modifiers() & _CONTROL or self._session.reading is None:
            return False
        pressed = self._pressed(event)
        if pressed is None:
            return False
        self._session.read_rest()
        if not pressed.is_alt and self._hand.press_key(pressed.place, pressed.is_shifted):
            return True
        return self._act(pressed)

    def _pressed(self, event: QKeyEvent) -> Pressed | None:
        is_shifted = bool(event.modifiers() & _SHIFT)
        is_alt = bool(event.modifiers() & _ALT)
        named = _NAMED.get(Qt.Key(event.key()))
        place = named or self._layout.place(event.text(), event.nativeScanCode())
        return Pressed(place, is_shifted, is_alt) if place else None

    def _act(self, pressed: Pressed) -> bool:
        acts: dict[str, Callable[[], None]] = {
            "escape": self.let_go,
            "delete": self.remove,
            "x": self.remove,
            "s": self.begin_stance,
            "v": self._hand.begin_relation,
            "[": lambda: self.move_edge(at_left=True, by_word=pressed.is_shifted),
            "]": lambda: self.move_edge(at_left=False, by_word=pressed.is_shifted),
        }
        if pressed.place in acts and not (pressed.is_shifted and pressed.place in "xsv"):
            acts[pressed.place]()
            return True
        return self._type(pressed)

    def _type(self, pressed: Pressed) -> bool:
        schema = self._session.schema
        kind, types = (
            ("event", schema.events) if pressed.is_shifted else ("entity", schema.entities)
        )
        known = [item for item in types if item.id not in schema.retired]
        found = next((item for item in known if item.key == pressed.place), None)
        if found is None:
            return False
        self.label(kind, found.id, inside=pressed.is_alt)
        return True

    # --- what keys, the palette and the command list do ---

    def label(self, kind: str, type_name: str, *, inside: bool = False) -> None:
        """Label the place that is aimed at, give the label there another type, or remove it."""
        self._session.read_rest()
        reading = self._session.reading
        if reading is None:
            return
        labels = self._near(reading.text)
        where, kind_of = self._where(kind), _CLASS[kind]
        target = aiming.aim(reading.text, labels, where, kind_of, inside=inside, snap=self.snap)
        if target.label is not None:
            self._retype(target.label, type_name)
        elif target.extent:
            self._add(target, kind, type_name, inside=inside)
        else:
            self._session.refused.emit(UserError("nothing_selected"))

    def _add(self, target: Aim, kind: str, type_name: str, *, inside: bool) -> None:
        is_filler = kind == "entity" and not inside and self._canvas.selection() is not None
        if is_filler and self._hand.fill_with_new(target.extent, type_name):
            return
        intents = self._session.intents
        add = intents.add_event if kind == "event" else intents.add_entity
        self._session.do(add(target.extent, type_name))

    def _retype(self, label: Entity | Event, type_name: str) -> None:
        if label.type == type_name:
            self._session.take_in_hand(label.uid)
            self.remove()
        else:
            self._session.do(self._session.intents.retype(label, type_name))

    def _near(self, text: str) -> list[Label]:
        """Return what a key can be meant for: of 20,000 labels those at the caret, and in hand."""
        start, end = self._canvas.selection() or (self._canvas.caret(),) * 2
        places = {aiming.trimmed(text, start, end)[0], start, max(start - 1, 0)}
        found = [uid for place in sorted(places) for uid in self._canvas.marks_at(place)]
        uids = dict.fromkeys([*found, self._session.hand])
        return [label for uid in uids if (label := self._session.label(uid)) is not None]

    def _where(self, kind: str) -> Where:
        held = self._session.label(self._session.hand)
        hand = self._session.hand if isinstance(held, _CLASS[kind]) else ""
        return Where(self._canvas.selection(), self._canvas.caret(), hand)

    def let_go(self) -> None:
        """Let go of what is in hand, then of the selection."""
        if self._session.hand or self._hand.has_draft:
            self._hand.let_go()
            self._session.take_in_hand("")
        elif self._canvas.selection() is not None:
            self._canvas.clear_selection()
        else:
            self.left.emit()

    def remove(self) -> None:
        """Remove what is in hand, or the innermost label at the caret; ask where others go too."""
        label = self._meant()
        if label is None:
            self._session.refused.emit(UserError("nothing_in_hand"))
            return
        going = self._session.going_with(label.uid)
        if going and self._removing != label.uid:
            self._session.take_in_hand(label.uid)
            self._removing = label.uid
            self.asked_again.emit(label.uid)
            return
        with_it = tuple(other.uid for other in going)
        self._session.do(self._session.intents.remove(label.uid, with_it))

    def heir(self) -> Entity | None:
        """Return the mention that could take the place of the label whose removal was asked for."""
        label = self._session.label(self._removing)
        if not isinstance(label, Entity):
            return None
        return heir_of(label, self._session.shown_labels().values())

    def hand_over(self) -> None:
        """Remove the label, and let what points to it point to another mention of the same."""
        heir, uid = self.heir(), self._removing
        if heir is None:
            self._session.refused.emit(UserError("nothing_in_hand"))
            return
        labels = self._session.shown_labels().values()
        pointing = tuple(label for label in labels if uid in points_to(label))
        self._session.do(self._session.intents.remove_for(uid, heir.uid, pointing))

    def _meant(self) -> Label | None:
        held = self._session.label(self._session.hand)
        if held is not None:
            return held
        if self._session.reading is None:
            return None
        near = self._near(self._session.reading.text)
        around = aiming.labels_around(near, self._canvas.caret())
        return around[0] if around else None

    def begin_stance(self) -> None:
        """Begin a stance, with the selection as its evidence."""
        reading, selection = self._session.reading, self._canvas.selection()
        if reading is None:
            return
        place = aiming.trimmed(reading.text, *selection) if selection else (0, 0)
        has_place = place[0] < place[1]
        self._hand.begin_stance(extent_at(reading.text, [place]) if has_place else ())
        self._canvas.clear_selection()

    def move_edge(self, *, at_left: bool, by_word: bool = False) -> None:
        """Move an edge of what is in hand or selected, as seen, to its next cut or by a word."""
        self._move(at_left, edges.grown_at if by_word else edges.cut_at)

    def move_edge_by_letter(self, *, at_left: bool, to_left: bool) -> None:
        """Move an edge of what is in hand or selected by one grapheme, as the eye sees it."""

        def moved(text: str, start: int, end: int, *, at_start: bool) -> tuple[int, int]:
            step = 1 if to_left == has_arabic(text[start:end]) else -1
            if at_start:
                return edges.moved_by_letter(text, start, step), end
            return start, edges.moved_by_letter(text, end, step)

        self._move(at_left, moved)

    def _move(self, at_left: bool, how: Callable[..., tuple[int, int]]) -> None:
        reading, meant = self._session.reading, self._with_edges()
        if reading is None or meant is None:
            self._session.refused.emit(UserError("nothing_in_hand"))
            return
        uid, start, end = meant
        at_start = at_left != has_arabic(reading.text[start:end])
        place = how(reading.text, start, end, at_start=at_start)
        if uid:
            self.set_place(uid, *place)
        elif place[0] < place[1]:
            self._canvas.select(*place)

    def _with_edges(self) -> tuple[str, int, int] | None:
        """Return whose edges are meant: the label in hand, else what is selected apart from it."""
        label, selection = self._session.label(self._session.hand), self._canvas.selection()
        place = hull(label.extent) if isinstance(label, Entity | Event) else None
        if selection and (place is None or selection[1] <= place[0] or place[1] <= selection[0]):
            return "", *selection
        return (label.uid, *place) if label is not None and place is not None else None

    def snap(self, word: tuple[int, int]) -> tuple[int, int]:
        """Return what a label takes of a word, by the clitic policy of the label schema."""
        reading = self._session.reading
        if reading is None:
            return word
        session = self._session
        return snapping.as_labelled(session.project, session.schema.clitics, reading.text, *word)

    def set_place(self, uid: str, start: int, end: int) -> None:
        """Give the label `uid` another place, where it has one span and the place is one."""
        label, reading = self._session.label(uid), self._session.reading
        if reading is None or not isinstance(label, Entity | Event) or start >= end:
            return
        if len(label.extent) == 1 and hull(label.extent) != (start, end):
            moved = replace(label, extent=extent_at(reading.text, [(start, end)]))
            self._session.do(self._session.intents.change(moved))

    def go_outward(self) -> None:
        """Take the label in hand that is around the one in hand."""
        self._step(aiming.outward)

    def go_inward(self) -> None:
        """Take the label in hand that is inside the one in hand."""
        self._step(aiming.inward)

    def _step(self, how: Callable[..., Label | None]) -> None:
        label = self._meant()
        if label is None or not self._session.hand:
            self._session.take_in_hand(label.uid if label else "")
            return
        labels = self._session.shown_labels().values()
        found = how([one for one in labels if isinstance(one, Entity | Event)], label)
        if found is not None:
            self._session.take_in_hand(found.uid)

    def _on_hand_changed(self) -> None:
        if self._session.hand != self._removing:
            self._removing = ""


_CLASS: dict[str, type[Entity] | type[Event]] = {"entity": Entity, "event": Event}
_NAMED = {
    Qt.Key.Key_Escape: "escape",
    Qt.Key.Key_Delete: "delete",
    Qt.Key.Key_Backspace: "delete",
    Qt.Key.Key_Return: "return",
    Qt.Key.Key_Enter: "return",
    Qt.Key.Key_Tab: "tab",
}
