"""The gestures of labelling, one function each: the window, `apply` and tests call the same.

Each is one transaction and returns its operation, or None where nothing was to be changed. Checks
run inside the transaction, on what is in the file at that moment.
"""

from collections.abc import Iterable

from annotator.core import checks, places
from annotator.core import operations as op
from annotator.core.errors import UserError, refuse
from annotator.core.model import (
    AUTHOR,
    STATUSES,
    Answer,
    Argument,
    Attributes,
    Entity,
    Event,
    Extent,
    Label,
    Layer,
    Party,
    Relation,
    Stance,
    extent_of,
    replace,
)
from annotator.core.operations import Operation
from annotator.core.retyping import with_defaults
from annotator.store.layerreading import StoredReading
from annotator.store.project import Project
from annotator.store.transaction import Part


def add_entity(
    project: Project,
    layer: Layer,
    extent: Extent,
    type_name: str,
    *,
    subtype: str = "",
    head: Extent = (),
    link: str = "",
    attributes: Attributes = (),
    note: str = "",
    doubt: str = "",
) -> Operation | None:
    """Label `extent` in `layer`; refuse what the label schema or the text forbids."""
    entity = Entity(
        "", extent, type_name, subtype, head, link, attributes=attributes, note=note, doubt=doubt
    )
    return _add(project, layer, entity, "add_entity")


def add_event(
    project: Project,
    layer: Layer,
    extent: Extent,
    type_name: str,
    *,
    attributes: Attributes = (),
    note: str = "",
    doubt: str = "",
) -> Operation | None:
    """Label the trigger at `extent` as an event."""
    event = Event("", extent, type_name, attributes=attributes, note=note, doubt=doubt)
    return _add(project, layer, event, "add_event")


def add_argument(
    project: Project,
    layer: Layer,
    event: str,
    role: str,
    filler: str,
    *,
    note: str = "",
    doubt: str = "",
) -> Operation | None:
    """Let the label `filler` play `role` in `event`; both are uids of this layer."""
    argument = Argument("", event, role, filler, note=note, doubt=doubt)
    return _add(project, layer, argument, "add_argument")


def add_filler(
    project: Project, layer: Layer, event: str, role: str, extent: Extent, type_name: str
) -> Operation | None:
    """Label `extent` as an entity that plays `role` in `event`: one gesture, both or neither."""
    with project.gesture(layer, "add_argument") as part:
        entity = Entity(part.gesture.new_uid("entity"), extent, type_name)
        _put(project, layer, part, entity)
        uid = part.gesture.new_uid("argument")
        _put(project, layer, part, Argument(uid, event, role, entity.uid))
    return part.operation


def add_stance(
    project: Project,
    layer: Layer,
    target: Party,
    value: str,
    *,
    holder: Party = AUTHOR,
    voice: str = "author",
    evidence: Extent = (),
    attributes: Attributes = (),
    note: str = "",
    doubt: str = "",
) -> Operation | None:
    """Say that `holder` takes `value` towards `target`; no evidence means the whole article."""
    stance = Stance(
        "",
        holder,
        target,
        value,
        voice,
        evidence,
        attributes=attributes,
        note=note,
        doubt=doubt,
    )
    return _add(project, layer, stance, "add_stance")


def add_relation(
    project: Project,
    layer: Layer,
    type_name: str,
    source: str,
    target: str,
    *,
    attributes: Attributes = (),
    note: str = "",
    doubt: str = "",
) -> Operation | None:
    """Relate two labels of this layer."""
    relation = Relation(
        "", type_name, source, target, attributes=attributes, note=note, doubt=doubt
    )
    return _add(project, layer, relation, "add_relation")


def answer(
    project: Project,
    layer: Layer,
    question: str,
    values: tuple[str, ...],
    *,
    note: str = "",
    doubt: str = "",
) -> Operation | None:
    """Answer a question about the article; no value takes the answer back.

    An answer given before keeps its note and its question to the lead unless new ones are given.
    """
    with project.gesture(layer, "answer") as part:
        given = part.reading.answer_to(question)
        if not values:
            _remove_all(part, [given] if given else [])
        else:
            uid = given.uid if given else part.gesture.new_uid("answer")
            kept = (note or given.note, doubt or given.doubt) if given else (note, doubt)
            _put(project, layer, part, Answer(uid, question, values, *kept))
    return part.operation


def change(project: Project, layer: Layer, label: Label) -> Operation | None:
    """Write `label`, whose uid is in `layer`, as it now is; refuse what adding would refuse."""
    with project.gesture(layer, "change") as part:
        before = part.reading.label(label.uid)
        if before is None:
            raise UserError("unknown_label", uid=label.uid)
        _put(project, layer, part, label, before)
    return part.operation


def remove(project: Project, layer: Layer, uid: str) -> Operation | None:
    """Remove the label `uid` and what points to it; the operation names all that went."""
    with project.gesture(layer, "remove") as part:
        label = part.reading.label(uid)
        if label is None:
            raise UserError("unknown_label", uid=uid)
        _remove_all(part, going_with(part.reading, label))
    return part.operation


def remove_for(project: Project, layer: Layer, uid: str, other: str) -> Operation | None:
    """Remove the label `uid` and let what points to it point to the label `other`: one gesture.

    What would then be there twice, or may not point there, goes too.
    """
    with project.gesture(layer, "remove") as part:
        label, heir = part.reading.label(uid), part.reading.label(other)
        if label is None or heir is None:
            raise UserError("unknown_label", uid=uid if label is None else other)
        for pointing in part.reading.pointing_to(uid):
            moved = pointing_to_other(pointing, uid, other)
            if checks.of_new(part.gesture.schema, part.reading, moved, pointing) is None:
                part.put(moved)
        _remove_all(part, going_with(part.reading, label))
    return part.operation


def pointing_to_other(label: Label, uid: str, other: str) -> Label:
    """Return `label` with the label `other` wherever it points to `uid`."""
    match label:
        case Argument() | Relation():
            ends = ("event", "filler") if isinstance(label, Argument) else ("source", "target")
            return replace(label, **{name: other for name in ends if getattr(label, name) == uid})
        case Stance():
            parties = {"holder": label.holder, "target": label.target}
            return replace(
                label,
                **{
                    name: replace(party, ref=other)
                    for name, party in parties.items()
                    if party.ref == uid
                },
            )
        case _:
            return label


def going_with(reading: StoredReading, label: Label) -> list[Label]:
    """Return `label` and all labels that would go with it, itself first."""
    going = {label.uid: label}
    todo = [label.uid]
    while todo:
        for other in reading.pointing_to(todo.pop()):
            if other.uid not in going:
                going[other.uid] = other
                todo.append(other.uid)
    return list(going.values())


def set_status(project: Project, layer: Layer, status: str) -> Operation | None:
    """Say how far the reading of the article has come."""
    if status not in STATUSES:
        raise UserError("unknown_value", kind="status", detail=status)
    with project.gesture(layer, "set_status", even_done=True) as part:
        part.set(op.STATUS, "", None if status == "new" else {"status": status})
    return part.operation


# --- how labels are put -------------------------------------------------------------------------


def _add(project: Project, layer: Layer, label: Label, gesture: str) -> Operation | None:
    with project.gesture(layer, gesture) as part:
        kind = gesture.removeprefix("add_")
        _put(project, layer, part, replace(label, uid=part.gesture.new_uid(kind)))
    return part.operation


def _put(
    project: Project, layer: Layer, part: Part, label: Label, before: Label | None = None
) -> None:
    schema = part.gesture.schema
    label = with_defaults(schema, label)
    is_moved = before is None or _places(label) != _places(before)
    if is_moved and (extent_of(label) or isinstance(label, Entity | Event)):
        refuse(places.of_text(project.text(layer.article), label))
    refuse(checks.of_new(schema, part.reading, label, before))
    part.put(label)


def _places(label: Label) -> tuple[Extent, Extent]:
    return extent_of(label), getattr(label, "head", ())


def _remove_all(part: Part, labels: Iterable[Label]) -> None:
    for label in labels:
        part.remove(label)
