"""Relations between labels: which types a label may have, and what may stand at the other end."""

from collections.abc import Iterable, Mapping

import msgspec

from annotator.core.labelschema import LabelSchema, RelationType
from annotator.core.model import Label, Relation, extent_of
from annotator.gui.models.filling import DIGITS, Filler, fits, near, taking


class Tie(msgspec.Struct, frozen=True):
    """A relation as one of its labels sees it: the label at the other end."""

    relation: Relation
    other: str


def ties_of(labels: Iterable[Label], uid: str) -> tuple[Tie, ...]:
    """Return the relations of the label `uid`."""
    found = (one for one in labels if isinstance(one, Relation) and uid in (one.source, one.target))
    return tuple(Tie(one, one.target if one.source == uid else one.source) for one in found)


def types_for(schema: LabelSchema, label: Label) -> tuple[RelationType, ...]:
    """Return the types of relation that may go out from `label`, retired ones left out."""
    return tuple(
        type_
        for type_ in schema.relations
        if type_.id not in schema.retired and fits(schema, type_.sources, label)
    )


def why_not(schema: LabelSchema, labels: Mapping[str, Label], relation: Relation) -> str:
    """Return the code by which `relation` may not be made, or changed into this; "" if it may."""
    type_ = schema.relation_types.get(schema.current(relation.type))
    source, target = labels.get(relation.source), labels.get(relation.target)
    if type_ is None or source is None or target is None:
        return "unknown_label"
    if relation.source == relation.target:
        return "circle"
    if not (fits(schema, type_.sources, source) and fits(schema, type_.targets, target)):
        return "bad_filler"
    is_there = any(
        tie.other == relation.target
        and tie.relation.uid != relation.uid
        and schema.current(tie.relation.type) == type_.id
        and (type_.symmetric or tie.relation.source == relation.source)
        for tie in ties_of(labels.values(), relation.source)
    )
    return "twin" if is_there else ""


def others(
    schema: LabelSchema, labels: Mapping[str, Label], relation: Relation, n: int = DIGITS
) -> list[Filler]:
    """Return what may be the target of `relation`, nearest to its source first."""
    type_ = schema.relation_types.get(schema.current(relation.type))
    source = labels.get(relation.source)
    if type_ is None or source is None:
        return []
    tied = {
        tie.other
        for tie in ties_of(labels.values(), relation.source)
        if schema.current(tie.relation.type) == type_.id
    }

    takes = taking(schema, type_.targets)

    def is_wanted(label: Filler) -> bool:
        return label.uid != relation.source and label.uid not in tied and takes(label)

    return near(labels.values(), extent_of(source), n, is_wanted)
