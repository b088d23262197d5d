"""Checks: what the label schema says about a label; whether its spans are spans is `places`.

`of_new` refuses what a gesture may not make; the same
faults, and some that a gesture may make, are *problems* of labels that stand. Nothing here reads
or writes: a `Reading` gives the labels of the layer that a check asks for.
"""

import itertools
from collections.abc import Iterable, Iterator
from typing import Protocol

import msgspec

from annotator.core import clitics, places
from annotator.core.errors import UserError
from annotator.core.labelschema import AttributeType, LabelSchema, allows
from annotator.core.model import (
    KIND_OF,
    Answer,
    Argument,
    Attributes,
    Entity,
    Event,
    Label,
    Party,
    Relation,
    Stance,
)


class Reading(Protocol):
    """The labels of one layer, as far as checks ask for them."""

    def label(self, uid: str) -> Label | None:
        """Return the label `uid` of this layer."""

    def twins(self, label: Label) -> list[Label]:
        """Return the other labels of the same kind that say the same thing in the same place."""

    def arguments_of(self, event: str) -> list[Argument]:
        """Return the arguments of `event`."""


class Problem(msgspec.Struct, frozen=True):
    """What breaks the label schema: a code, the label, and what it is about."""

    code: str
    uid: str
    kind: str
    detail: str = ""


# --- the label schema ---------------------------------------------------------------------------

REFUSED = frozenset(
    {
        "unknown_type",
        "unknown_subtype",
        "unknown_role",
        "unknown_attribute",
        "unknown_value",
        "unknown_topic",
        "unknown_label",
        "bad_filler",
        "bad_holder",
        "bad_target",
        "bad_voice",
        "bad_values",
        "twin",
        "circle",
    }
)
"""Problems that a gesture may not make; the others are listed and mended."""


def of_new(
    schema: LabelSchema, reading: Reading, label: Label, before: Label | None = None
) -> UserError | None:
    """Return why a gesture may not add `label`, or change `before` into it.

    What was wrong before may stay so: a note can be put on a label that came in with a problem.
    """
    known = set(problems_of(schema, reading, before)) if before else set()
    for problem in problems_of(schema, reading, label):
        if problem.code in REFUSED and problem not in known:
            why = {"why": problem.kind} if problem.code == "twin" else {}
            return UserError(problem.code, kind=problem.kind, detail=problem.detail, **why)
    return None


def problems_of(
    schema: LabelSchema, reading: Reading, label: Label, text: str | None = None
) -> Iterator[Problem]:
    """Yield what is wrong with `label` by the label schema, and by `text` where it is given."""
    kind = KIND_OF[type(label)]
    for code, detail in _faults(schema, reading, label):
        yield Problem(code, label.uid, kind, detail)
    if reading.twins(label):
        yield Problem("twin", label.uid, kind, label.type)
    if text is not None:
        trouble = places.of_text(text, label)
        fault = None if trouble else clitics.fault_of(schema.clitics, text, label)
        if trouble:
            yield Problem(trouble.code, label.uid, kind)
        elif fault:
            yield Problem(fault[0], label.uid, kind, fault[1])


def _faults(schema: LabelSchema, reading: Reading, label: Label) -> Iterator[tuple[str, str]]:
    match label:
        case Entity():
            yield from _of_entity(schema, label)
        case Event():
            yield from _of_event(schema, reading, label)
        case Argument():
            yield from _of_argument(schema, reading, label)
        case Stance():
            yield from _of_stance(schema, reading, label)
        case Relation():
            yield from _of_relation(schema, reading, label)
        case Answer():
            yield from _of_answer(schema, label)


def _of_entity(schema: LabelSchema, label: Entity) -> Iterator[tuple[str, str]]:
    known = schema.entity_types.get(schema.current(label.type))
    if known is None:
        yield "unknown_type", label.type
        return
    if label.subtype and label.subtype not in [item.id for item in known.subtypes]:
        yield "unknown_subtype", label.subtype
    yield from _of_split(schema, label.type)
    yield from _of_attributes(known.attributes, clitics.others(label.attributes))


def _of_split(schema: LabelSchema, type_id: str) -> Iterator[tuple[str, str]]:
    """Yield that a type was split and one of others is to be chosen; the detail names them."""
    if schema.split:
        choices = schema.choices.get(schema.current(type_id))
        if choices is not None:
            yield "type_split", " / ".join(choices)


def _of_event(schema: LabelSchema, reading: Reading, label: Event) -> Iterator[tuple[str, str]]:
    known = schema.event_types.get(schema.current(label.type))
    if known is None:
        yield "unknown_type", label.type
        return
    yield from _of_split(schema, label.type)
    yield from _of_attributes(known.attributes, clitics.others(label.attributes))
    filled = [argument.type for argument in reading.arguments_of(label.uid)]
    for role in known.roles:
        n = filled.count(role.id)
        if n < role.min:
            yield "role_missing", role.id
        elif role.max and n > role.max:
            yield "too_many_fillers", role.id


def _of_attributes(
    known: tuple[AttributeType, ...], given: Attributes
) -> Iterator[tuple[str, str]]:
    values = {item.id: item.value_ids for item in known}
    for name, value in given:
        if name not in values:
            yield "unknown_attribute", name
        elif value not in values[name]:
            yield "unknown_value", f"{name}={value}"


def _of_argument(
    schema: LabelSchema, reading: Reading, label: Argument
) -> Iterator[tuple[str, str]]:
    event = reading.label(label.event)
    if not isinstance(event, Event):
        yield "unknown_label", label.event
        return
    role = schema.role(event.type, label.type)
    if role is None:
        yield "unknown_role", label.type
    else:
        yield from _of_end(schema, reading, role.fillers, label.filler)
    if comes_back(reading, label):
        yield "circle", label.event


def _of_end(
    schema: LabelSchema, reading: Reading, fillers: tuple[str, ...], uid: str
) -> Iterator[tuple[str, str]]:
    end = reading.label(uid)
    if end is None:
        yield "unknown_label", uid
    elif not _fits(schema, fillers, end):
        yield "bad_filler", uid


def _fits(schema: LabelSchema, fillers: tuple[str, ...], label: Label) -> bool:
    is_named = isinstance(label, Entity | Event)
    return is_named and allows(fillers, KIND_OF[type(label)], schema.current(label.type))


def comes_back(reading: Reading, argument: Argument) -> bool:
    """Whether the event of `argument` can be reached from its filler by way of other arguments."""
    seen: set[str] = set()
    todo = [argument.filler]
    while todo:
        uid = todo.pop()
        if uid == argument.event:
            return True
        if uid not in seen:
            seen.add(uid)
            arguments = reading.arguments_of(uid)
            todo += [other.filler for other in arguments if other.uid != argument.uid]
    return False


def _of_stance(schema: LabelSchema, reading: Reading, label: Stance) -> Iterator[tuple[str, str]]:
    if label.type not in schema.stance_values:
        yield "unknown_value", label.type
    if label.voice not in ("author", "reported"):
        yield "bad_voice", label.voice
    if not _is_holder(schema, reading, label.holder):
        yield "bad_holder", label.holder.ref or label.holder.kind
    yield from _of_target(schema, reading, label.target)
    yield from _of_attributes(schema.stance.attributes, label.attributes)


def _is_holder(schema: LabelSchema, reading: Reading, holder: Party) -> bool:
    if holder.kind == "author":
        return not holder.ref
    label = reading.label(holder.ref)
    return isinstance(label, Entity) and _fits(schema, schema.stance.holders, label)


def _of_target(schema: LabelSchema, reading: Reading, target: Party) -> Iterator[tuple[str, str]]:
    if target.kind not in schema.stance.targets:
        yield "bad_target", target.kind
    elif target.kind == "topic":
        if target.ref not in schema.topic_names:
            yield "unknown_topic", target.ref
    else:
        label = reading.label(target.ref)
        if label is None or KIND_OF[type(label)] != target.kind:
            yield "bad_target", target.ref


def _of_relation(
    schema: LabelSchema, reading: Reading, label: Relation
) -> Iterator[tuple[str, str]]:
    known = schema.relation_types.get(schema.current(label.type))
    if known is None:
        yield "unknown_type", label.type
        return
    yield from _of_split(schema, label.type)
    ends = ((label.source, known.sources), (label.target, known.targets))
    for uid, fillers in ends:
        yield from _of_end(schema, reading, fillers, uid)
    if label.source == label.target:
        yield "circle", label.source
    yield from _of_attributes(known.attributes, label.attributes)


def _of_answer(schema: LabelSchema, label: Answer) -> Iterator[tuple[str, str]]:
    known = schema.question_types.get(label.type)
    if known is None:
        yield "unknown_type", label.type
        return
    ids = [value.id for value in known.values]
    n = len(label.values)
    if known.kind != "text" and any(value not in ids for value in label.values):
        yield "unknown_value", " ".join(label.values)
    elif n == 0 or (n > 1 and known.kind != "many") or len(set(label.values)) < n:
        yield "bad_values", label.type


def attributes_of(pairs: Iterable[tuple[str, str]]) -> Attributes:
    """Return `pairs` sorted by name, as labels keep them; refuse a name that is given twice."""
    found = tuple(sorted(pairs))
    for (name, _), (following, _) in itertools.pairwise(found):
        if name == following:
            raise UserError("repeated_attribute", key=name)
    return found
