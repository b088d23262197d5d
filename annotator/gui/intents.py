"""Intents: what a gesture in the window means, before it is written.

An intent is a value: which service is to be called, and what the layer will look like when that
has succeeded, so that it can be painted as pending at once. New labels have a provisional uid
until the file has given them theirs. No Qt here, and nothing is written.
"""

import itertools
from collections.abc import Callable, Iterator, Mapping

import msgspec

from annotator.core import retyping
from annotator.core.labelschema import LabelSchema
from annotator.core.model import (
    AUTHOR,
    Answer,
    Argument,
    Entity,
    Event,
    Extent,
    Label,
    Layer,
    Party,
    Relation,
    Stance,
    points_to,
    replace,
)
from annotator.core.operations import Operation
from annotator.core.renaming import renamed
from annotator.services import labelling, regioning
from annotator.store.project import Project

Write = Callable[[Project, Layer], Operation | None]
AHEAD = "ahead"
"""The uid under which the text shows what is being made, before anything is written."""
PROVISIONAL = "~"
"""How the uid of a label begins that is not in the file yet."""


class Intent(msgspec.Struct, frozen=True):
    """What a person meant: the gesture's name, how to write it, and what is shown until then.

    `shown` are the labels as they will be; `removed` the uids of those that will be gone. `hand`
    is the label that the person has in hand afterwards, provisional uids included.
    """

    name: str
    write: Write
    shown: tuple[Label, ...] = ()
    removed: tuple[str, ...] = ()
    hand: str = ""
    said: tuple[tuple[str, object], ...] = ()
    """What a line of `apply` says of it beside its labels, by key."""

    @property
    def uids(self) -> set[str]:
        """The uids of the labels that it touches."""
        return {label.uid for label in self.shown} | set(self.removed)

    @property
    def needed(self) -> set[str]:
        """The uids of the labels that it touches or points to."""
        return self.uids.union(*(points_to(label) for label in self.shown))

    def under(self, names: dict[str, str]) -> "Intent":
        """Return the same with the uids that the file has given meanwhile."""
        removed = tuple(names.get(uid, uid) for uid in self.removed)
        hand = names.get(self.hand, self.hand)
        return replace(self, shown=tuple(renamed(self.shown, names)), removed=removed, hand=hand)

    def names_given(self, written: Mapping[str, Label | None]) -> dict[str, str]:
        """Return the uids that the file gave in `written`, by provisional uid.

        The labels come in the same order.
        """
        rest = {uid: label for uid, label in written.items() if label is not None}
        names: dict[str, str] = {}
        for label in self.shown:
            same = (uid for uid, made in rest.items() if type(made) is type(label))
            free = next((uid for uid in same if uid not in names.values()), "")
            if free and label.uid.startswith(PROVISIONAL):
                names[label.uid] = free
        return names


class Intents:
    """Makes intents. It numbers provisional uids, and knows the label schema for defaults.

    `names` are the uids that the file has given, by provisional uid: what was meant for a label
    that could not be written then finds it once it is.
    """

    def __init__(self, schema: LabelSchema) -> None:
        self.schema = schema
        self.names: dict[str, str] = {}
        self._numbers: Iterator[int] = itertools.count(1)

    def _new(self) -> str:
        return f"{PROVISIONAL}{next(self._numbers)}"

    def add_entity(self, extent: Extent, type_name: str) -> Intent:
        """Label `extent` as an entity."""
        entity = self._usual(Entity(self._new(), extent, type_name))

        def write(project: Project, layer: Layer) -> Operation | None:
            return labelling.add_entity(project, layer, extent, type_name)

        return Intent("add_entity", write, (entity,), hand=entity.uid)

    def add_event(self, extent: Extent, type_name: str) -> Intent:
        """Label the trigger at `extent` as an event."""
        event = self._usual(Event(self._new(), extent, type_name))

        def write(project: Project, layer: Layer) -> Operation | None:
            return labelling.add_event(project, layer, extent, type_name)

        return Intent("add_event", write, (event,), hand=event.uid)

    def retype(self, label: Entity | Event, type_name: str) -> Intent:
        """Give `label` another type, without the attributes that it does not have."""
        return self.change(retyping.retyped(self.schema, label, type_name))

    def change(self, label: Label) -> Intent:
        """Write `label`, whose uid stays, as it now is."""

        def write(project: Project, layer: Layer) -> Operation | None:
            return labelling.change(project, layer, renamed([label], self.names)[0])

        return Intent("change", write, (self._usual(label),), hand=label.uid)

    def remove(self, uid: str, with_it: tuple[str, ...] = ()) -> Intent:
        """Remove the label `uid`; `with_it` are the labels that go with it."""

        def write(project: Project, layer: Layer) -> Operation | None:
            return labelling.remove(project, layer, self._name(uid))

        return Intent("remove", write, removed=(uid, *with_it))

    def remove_for(self, uid: str, other: str, pointing: tuple[Label, ...]) -> Intent:
        """Remove the label `uid`; `pointing` are those that point to it, and then to `other`."""
        moved = tuple(labelling.pointing_to_other(label, uid, other) for label in pointing)

        def write(project: Project, layer: Layer) -> Operation | None:
            return labelling.remove_for(project, layer, self._name(uid), self._name(other))

        return Intent("remove", write, moved, (uid,), hand=other)

    def fill(self, event: str, role: str, filler: str) -> Intent:
        """Let the label `filler` play `role` in `event`."""
        argument = Argument(self._new(), event, role, filler)

        def write(project: Project, layer: Layer) -> Operation | None:
            own, other = self._name(event), self._name(filler)
            return labelling.add_argument(project, layer, own, role, other)

        return Intent("add_argument", write, (argument,), hand=event)

    def fill_with_new(self, event: str, role: str, extent: Extent, type_name: str) -> Intent:
        """Label `extent` as an entity and let it play `role` in `event`: one gesture."""
        entity = self._usual(Entity(self._new(), extent, type_name))
        argument = Argument(self._new(), event, role, entity.uid)

        def write(project: Project, layer: Layer) -> Operation | None:
            own = self._name(event)
            return labelling.add_filler(project, layer, own, role, extent, type_name)

        return Intent("add_argument", write, (entity, argument), hand=event)

    def add_stance(
        self,
        target: Party,
        value: str,
        *,
        holder: Party = AUTHOR,
        voice: str = "author",
        evidence: Extent = (),
    ) -> Intent:
        """Say that `holder` takes `value` towards `target`."""
        stance = self._usual(Stance(self._new(), holder, target, value, voice, evidence))

        def write(project: Project, layer: Layer) -> Operation | None:
            return labelling.add_stance(
                project,
                layer,
                self._party(target),
                value,
                holder=self._party(holder),
                voice=voice,
                evidence=evidence,
            )

        return Intent("add_stance", write, (stance,), hand=stance.uid)

    def judge(self, before: Stance | None, topic: str, value: str) -> Intent:
        """Say what the author takes towards `topic` over the whole article; nothing is in hand.

        `before` is the author's stance that is there; its evidence stays.
        """
        if before is not None:
            return self.amend(replace(before, type=value))
        return replace(self.add_stance(Party("topic", topic), value), hand="")

    def amend(self, label: Label) -> Intent:
        """Write `label` as it now is, and leave in hand what is."""
        return replace(self.change(label), hand="")

    def relate(self, type_name: str, source: str, target: str) -> Intent:
        """Relate two labels."""
        relation = self._usual(Relation(self._new(), type_name, source, target))

        def write(project: Project, layer: Layer) -> Operation | None:
            ends = self._name(source), self._name(target)
            return labelling.add_relation(project, layer, type_name, *ends)

        return Intent("add_relation", write, (relation,), hand=relation.uid)

    def answer(self, given: Answer | None, question: str, values: tuple[str, ...]) -> Intent:
        """Answer `question`, given before or not; no values take the answer back."""

        def write(project: Project, layer: Layer) -> Operation | None:
            return labelling.answer(project, layer, question, values)

        if not values:
            return Intent("answer", write, removed=(given.uid,) if given else ())
        made = replace(given, values=values) if given else Answer(self._new(), question, values)
        return Intent("answer", write, (made,))

    def set_status(self, status: str) -> Intent:
        """Say how far the reading of the article has come."""

        def write(project: Project, layer: Layer) -> Operation | None:
            return labelling.set_status(project, layer, status)

        return Intent("set_status", write, said=(("status", status),))

    def set_role(
        self, article: str, stretch: tuple[int, int], role: str, *, is_exact: bool = False
    ) -> Intent:
        """Give a stretch of the article with that SHA-256 the role `role`, in the project."""

        def write(project: Project, layer: Layer) -> Operation | None:
            who = layer.annotator
            return regioning.set_role(project, article, stretch, role, who, is_exact=is_exact)

        start, end = stretch
        said = (("start", start), ("end", end), ("role", role), ("exact", is_exact))
        return Intent("set_role", write, said=said)

    def _name(self, uid: str) -> str:
        return self.names.get(uid, uid)

    def _party(self, party: Party) -> Party:
        return replace(party, ref=self._name(party.ref))

    def _usual(self, label: Label) -> Label:
        return retyping.with_defaults(self.schema, label)
