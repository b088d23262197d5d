"""The event in hand: its trigger, its roles and what fills them, its attributes."""

from annotator.core.model import Argument, Entity, Event, Extent
from annotator.gui.canvas.marks import Link
from annotator.gui.look import Look
from annotator.gui.models import filling
from annotator.gui.models.filling import Filler, Slot
from annotator.gui.models.naming import quote_of
from annotator.gui.panels.handcard import HandCard
from annotator.gui.panels.offers import event_types, label_offers
from annotator.gui.panels.rolerows import FilledBy, Near, NearRow, RoleRow, RoleRows
from annotator.gui.session import Session
from annotator.gui.widgets.chip import ChipFace

_NEAR = 5
_FIRST_LIST = 200


class EventCard(HandCard):
    """One role *asks*: what is pressed in the text, or by its digit, fills that one."""

    kind = Event

    def __init__(self, look: Look, session: Session, uid: str) -> None:
        super().__init__(look, session, uid)
        self._chosen = ""
        self._passed: frozenset[str] = frozenset()
        self._slots: tuple[Slot, ...] | None = None
        self.roles, self.near = RoleRows(look), NearRow(look)
        self.roles.role_chosen.connect(self.choose_role)
        self.roles.filler_pressed.connect(self.show_place)
        self.roles.removal_asked.connect(self.remove_label)
        self.roles.list_asked.connect(self.choose_filler)
        self.near.taken.connect(self.press_entity)
        self.near.list_asked.connect(self.choose_filler)
        self.attributes, self.relations = self.attribute_rows(), self.relation_rows()
        self.note = self.note_line()
        self.add_parts(self.roles, self.near, self.attributes, self.relations, self.note)

    # --- what is there ---

    @property
    def in_hand(self) -> Event | None:
        """The event as it is shown."""
        label = self.label
        return label if isinstance(label, Event) else None

    def slots(self) -> tuple[Slot, ...]:
        """Return the roles with what fills them."""
        if self._slots is None:
            event, arguments = self.in_hand, self.session.arguments_of(self.uid)
            found = filling.slots_of(self.session.schema, event, arguments) if event else ()
            self._slots = found
        return self._slots

    def forget(self) -> None:
        """Look for the fillers again: labels have changed."""
        self._slots = None

    @property
    def asking(self) -> str:
        """The role that asks; "" where none does."""
        if self.is_closed:
            return ""
        return filling.asking(self.slots(), self._chosen, self._passed)

    def _slot(self, role: str) -> Slot | None:
        return next((slot for slot in self.slots() if slot.id == role), None)

    def candidates(self, n: int = _NEAR) -> list[Filler]:
        """Return what may fill the role that asks, nearest first."""
        event = self.in_hand
        if event is None:
            return []
        labels = self.session.shown_labels()
        slots = self.slots()
        return filling.candidates(self.session.schema, labels, event, slots, self.asking, n)

    def numbers(self) -> dict[str, int]:
        """Return the numbers of the fillers."""
        return filling.numbered(self.slots())

    def links(self) -> list[Link]:
        """Return the arguments of the event."""
        event = self.in_hand
        if event is None:
            return []
        return [
            Link(self.uid, argument.filler, self.naming.role(event.type, argument.type))
            for slot in self.slots()
            for argument in slot.arguments
        ]

    # --- showing it ---

    def refresh(self) -> None:
        """Show the event as it is."""
        event = self.in_hand
        if event is None:
            return
        type_ = self.session.schema.event_types.get(event.type)
        self.show_head("event", ChipFace(self.naming.type_of(event), "event"))
        self._show_roles(event)
        self._show_near()
        self.show_attributes(self.attributes, type_.attributes if type_ else ())
        self.show_relations(self.relations)
        self.show_note(self.note)

    def _show_roles(self, event: Event) -> None:
        numbers, asking = self.numbers(), self.asking
        rows = tuple(
            RoleRow(
                slot.id,
                self.naming.role(event.type, slot.id),
                tuple(self._filled_by(argument, numbers) for argument in slot.arguments),
                is_required=bool(slot.role and slot.role.min),
                is_missing=slot.is_missing,
                is_asking=slot.id == asking,
                may_hold_more=slot.may_hold_more,
                takes_events=self._takes_events(slot),
                is_unknown=slot.role is None,
            )
            for slot in self.slots()
        )
        self.roles.show_roles(rows, is_closed=self.is_closed)

    def _filled_by(self, argument: Argument, numbers: dict[str, int]) -> FilledBy:
        face = self.face_of(
            argument.filler,
            self.state_of(argument.uid),
            number=numbers[argument.filler],
            is_removable=True,
        )
        return FilledBy(argument.uid, argument.filler, face)

    def _takes_events(self, slot: Slot) -> bool:
        events = {"event", *self.session.schema.event_types}
        return slot.role is not None and not events.isdisjoint(slot.role.fillers)

    def _show_near(self) -> None:
        found = self.candidates(_NEAR + 1)
        first = len(self.numbers()) + 1
        n_keys = min(_NEAR, max(filling.DIGITS + 1 - first, 0))
        near = tuple(
            Near(label.uid, self.face_of(label.uid, key=str(first + n)))
            for n, label in enumerate(found[:n_keys])
        )
        self.near.show_near(near, has_more=len(found) > n_keys)

    # --- changing it ---

    def choose_role(self, role: str) -> None:
        """Let `role` ask."""
        self._chosen = role
        self._passed -= {role}
        self.told.emit("")
        self.refresh()

    def next_role(self, step: int = 1) -> bool:
        """Let the next role ask that may hold more; the one that asked is passed over."""
        asking = self.asking
        role = "" if self.is_closed else filling.following(self.slots(), asking, step)
        if not role:
            return False
        passed = self._passed | {asking}
        self.choose_role(role)
        self._passed = passed - {role}
        return True

    def press_entity(self, uid: str) -> bool:
        """Fill the role that asks; what does not fit there is not taken, a circle is told."""
        label, slot = self.session.label(uid), self._slot(self.asking)
        if label is None or slot is None or uid == self.uid:
            return False
        labels = self.session.shown_labels()
        why = filling.why_not(self.session.schema, labels, slot, self.uid, label)
        if why:
            self.told.emit(why if why == "circle" else "")
            return why == "circle"
        self.told.emit("")
        self._chosen = ""
        self.session.do(self.session.intents.fill(self.uid, slot.id, uid))
        return True

    def fill_with_new(self, extent: Extent, type_name: str) -> bool:
        """Label `extent` and let it play the role that asks, where that takes the type."""
        event, slot = self.in_hand, self._slot(self.asking)
        if event is None or slot is None or slot.role is None or extent == event.extent:
            return False
        there = self._entity_at(extent, type_name)
        if there is not None:
            return self.press_entity(there.uid)
        if not filling.fits(self.session.schema, slot.role.fillers, Entity("", extent, type_name)):
            return False
        self.told.emit("")
        self._chosen = ""
        self.session.do(self.session.intents.fill_with_new(self.uid, slot.id, extent, type_name))
        return True

    def _entity_at(self, extent: Extent, type_name: str) -> Entity | None:
        labels = self.session.shown_labels().values()
        found = (one for one in labels if isinstance(one, Entity))
        return next((one for one in found if (one.extent, one.type) == (extent, type_name)), None)

    def press_key(self, place: str, *, is_shifted: bool) -> bool:
        """Take digits, shifted to remove, and Return, shifted to go back."""
        if place == "return":
            return self.next_role(-1 if is_shifted else 1)
        if place == "0" and not is_shifted and self.asking:
            self.choose_filler()
            return True
        if len(place) != 1 or place not in "123456789":
            return False
        return self._remove_number(int(place)) if is_shifted else self._take_number(int(place))

    def _take_number(self, number: int) -> bool:
        """Fill the role that asks with what has `number`; a filler that may not is shown."""
        fillers = list(self.numbers())
        if number <= len(fillers):
            uid = fillers[number - 1]
            if not self.press_entity(uid):
                self.show_place(uid)
            return True
        near = self.candidates()
        at = number - len(fillers) - 1
        return at < len(near) and self.press_entity(near[at].uid)

    def _remove_number(self, number: int) -> bool:
        fillers = list(self.numbers())
        if number > len(fillers) or self.is_closed:
            return False
        uid = fillers[number - 1]
        found = [one for one in self.session.arguments_of(self.uid) if one.filler == uid]
        self.remove_label(found[-1].uid)
        return True

    def choose_filler(self) -> None:
        """Open the list of all that may fill the role that asks."""
        offers = label_offers(self.naming, self.candidates(_FIRST_LIST))
        if offers:
            event = self.in_hand
            role = self.naming.role(event.type, self.asking) if event else ""
            self.open_choice(self.text("Filler of {role}", role=role), offers, self._take)

    def _take(self, uid: str) -> None:
        self.press_entity(uid)

    def choose_type(self) -> None:
        """Open the list of the types of events."""
        event = self.in_hand
        if event is not None and not self.is_closed:
            offers = event_types(self.naming)
            self.open_choice(
                self.text("Type of “{quote}”", quote=quote_of(event)), offers, self._retype
            )

    def _retype(self, type_name: str) -> None:
        event = self.in_hand
        if event is not None and type_name != event.type:
            self.session.do(self.session.intents.retype(event, type_name))
