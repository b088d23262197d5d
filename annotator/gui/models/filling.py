"""Filling the roles of an event: which role asks, what may fill it, what stands nearest. Pure."""

import heapq
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from annotator.core.labelschema import LabelSchema, Role, allows
from annotator.core.model import KIND_OF, Argument, Entity, Event, Extent, Label, hull

Filler = Entity | Event
DIGITS = 9
"""How many things a key each can be given: the digits without zero."""


class Slot(msgspec.Struct, frozen=True):
    """A role of the event in hand with what fills it; `role` is None where no such role exists."""

    id: str
    role: Role | None
    arguments: tuple[Argument, ...] = ()

    @property
    def is_missing(self) -> bool:
        """Whether the label schema wants more fillers here than there are."""
        return self.role is not None and len(self.arguments) < self.role.min

    @property
    def may_hold_more(self) -> bool:
        """Whether one more filler may play this role."""
        return self.role is not None and (self.role.max == 0 or len(self.arguments) < self.role.max)


def slots_of(schema: LabelSchema, event: Event, arguments: Iterable[Argument]) -> tuple[Slot, ...]:
    """Return the roles of `event` in the schema's order, then those that it should not have."""
    filled: dict[str, list[Argument]] = {}
    for argument in arguments:
        filled.setdefault(argument.type, []).append(argument)
    found = schema.event_types.get(schema.current(event.type))
    roles = {role.id: role for role in found.roles} if found else {}
    ids = [*roles, *(id for id in filled if id not in roles)]
    return tuple(Slot(id, roles.get(id), tuple(filled.get(id, ()))) for id in ids)


def asking(slots: Sequence[Slot], chosen: str = "", passed: frozenset[str] = frozenset()) -> str:
    """Return the role that the next filler is for, or "".

    The one that was `chosen`; else the first empty one, required ones first, but for those that
    were `passed` over; else the last filled one that may hold more.
    """
    if any(slot.id == chosen and slot.may_hold_more for slot in slots):
        return chosen
    empty = [slot for slot in slots if not slot.arguments and slot.role]
    waiting = [slot for slot in empty if slot.id not in passed]
    first = [slot.id for slot in waiting if slot.is_missing] + [slot.id for slot in waiting]
    filled = [slot.id for slot in slots if slot.arguments and slot.may_hold_more]
    return first[0] if first else filled[-1] if filled else ""


def following(slots: Sequence[Slot], active: str, step: int = 1) -> str:
    """Return the next role that may hold more, going round; "" where there is none."""
    open_ones = [slot.id for slot in slots if slot.may_hold_more]
    if not open_ones:
        return ""
    if active not in open_ones:
        return open_ones[0 if step > 0 else -1]
    return open_ones[(open_ones.index(active) + step) % len(open_ones)]


def numbered(slots: Iterable[Slot]) -> dict[str, int]:
    """Return a number for each filler by its uid, from 1, in the order of the roles."""
    fillers = [argument.filler for slot in slots for argument in slot.arguments]
    return {uid: n for n, uid in enumerate(dict.fromkeys(fillers), 1)}


def why_not(
    schema: LabelSchema, labels: Mapping[str, Label], slot: Slot, event: str, filler: Label
) -> str:
    """Return the code by which `filler` may not play the role of `slot` in `event`; "" if it may.

    >>> from annotator.core.model import Stance, Party
    >>> slot = Slot("actor", Role("actor", "Actor", "الفاعل", ("PERS",)))
    >>> schema = LabelSchema("s")
    >>> why_not(schema, {}, slot, "V1", Entity("E1", (), "PERS"))
    ''
    >>> why_not(schema, {}, slot, "V1", Entity("E1", (), "GPE"))
    'bad_filler'
    """
    if slot.role is None or not fits(schema, slot.role.fillers, filler):
        return "bad_filler"
    if any(argument.filler == filler.uid for argument in slot.arguments):
        return "twin"
    if not slot.may_hold_more:
        return "too_many_fillers"
    is_back = isinstance(filler, Event) and leads_to(labels, filler.uid, event)
    return "circle" if is_back else ""


def fits(schema: LabelSchema, fillers: Iterable[str], label: Label) -> bool:
    """Whether `fillers`, types or the words entity and event, take `label`."""
    is_placed = isinstance(label, Entity | Event)
    return is_placed and allows(fillers, KIND_OF[type(label)], schema.current(label.type))


def taking(schema: LabelSchema, fillers: Iterable[str]) -> Callable[[Label], bool]:
    """Return `fits` for many labels: each type is looked at once."""
    known: dict[tuple[type, str], bool] = {}
    wanted = tuple(fillers)

    def takes(label: Label) -> bool:
        key = type(label), label.type
        if key not in known:
            known[key] = fits(schema, wanted, label)
        return known[key]

    return takes


def leads_to(labels: Mapping[str, Label], start: str, event: str) -> bool:
    """Whether `event` is the event `start` or is reached from it by way of arguments."""
    fillers: dict[str, list[str]] = {}
    for label in labels.values():
        if isinstance(label, Argument):
            fillers.setdefault(label.event, []).append(label.filler)
    seen: set[str] = set()
    todo = [start]
    while todo:
        uid = todo.pop()
        if uid == event:
            return True
        if uid not in seen:
            seen.add(uid)
            todo += fillers.get(uid, ())
    return False


def near(
    labels: Iterable[Label], place: Extent, n: int, is_wanted: Callable[[Filler], bool]
) -> list[Filler]:
    """Return the `n` entities and events nearest to `place` that are wanted, nearest first.

    Of two as near the earlier one goes first, and of two in one place the shorter.
    """
    start, end = hull(place) if place else (0, 0)

    def distance(label: Filler) -> tuple[int, int, int, str]:
        first, last = hull(label.extent)
        gap = max(first - end, start - last, 0)
        return gap, first, last, label.uid

    found = (
        label
        for label in labels
        if isinstance(label, Entity | Event) and label.extent and is_wanted(label)
    )
    return heapq.nsmallest(n, found, key=distance)


def candidates(
    schema: LabelSchema,
    labels: Mapping[str, Label],
    event: Event,
    slots: Sequence[Slot],
    active: str,
    n: int = DIGITS,
) -> list[Filler]:
    """Return what may play the role `active` in `event` and plays none yet, nearest first."""
    slot = next((slot for slot in slots if slot.id == active), None)
    if slot is None or slot.role is None:
        return []
    taken = {argument.filler for one in slots for argument in one.arguments} | {event.uid}
    takes = taking(schema, slot.role.fillers)

    def is_wanted(label: Filler) -> bool:
        return label.uid not in taken and takes(label)

    nearest = near(labels.values(), event.extent, n, is_wanted)
    return [one for one in nearest if not why_not(schema, labels, slot, event.uid, one)]
