"""Labels under other uids, and under the names that their types have now."""

from collections.abc import Sequence

from annotator.core.labelschema import LabelSchema
from annotator.core.model import KIND_OF, Answer, Argument, Label, Party, Relation, Stance, replace


def is_known(schema: LabelSchema, label: Label) -> bool:
    """Whether the label schema has the type of `label`: its type, role, value or question."""
    match KIND_OF[type(label)]:
        case "entity":
            return schema.current(label.type) in schema.entity_types
        case "event":
            return schema.current(label.type) in schema.event_types
        case "argument":
            return label.type in schema.all_roles
        case "stance":
            return label.type in schema.stance_values
        case "relation":
            return schema.current(label.type) in schema.relation_types
        case _:
            return label.type in schema.question_types


def with_current_type(schema: LabelSchema, label: Label) -> Label:
    """Return `label` with its type as it is called after renaming."""
    if isinstance(label, Argument | Stance | Answer):
        return label
    current = schema.current(label.type)
    return label if current == label.type else replace(label, type=current)


def renamed(labels: Sequence[Label], names: dict[str, str]) -> list[Label]:
    """Return `labels` with uids, and what points to them, replaced as `names` says."""
    return [_renamed(label, names) for label in labels]


def _renamed(label: Label, names: dict[str, str]) -> Label:
    label = replace(label, uid=names.get(label.uid, label.uid))
    match label:
        case Argument():
            event, filler = (
                names.get(label.event, label.event),
                names.get(label.filler, label.filler),
            )
            return replace(label, event=event, filler=filler)
        case Relation():
            source, target = label.source, label.target
            return replace(
                label, source=names.get(source, source), target=names.get(target, target)
            )
        case Stance():
            return replace(
                label, holder=_party(label.holder, names), target=_party(label.target, names)
            )
    return label


def _party(party: Party, names: dict[str, str]) -> Party:
    return replace(party, ref=names.get(party.ref, party.ref)) if party.kind != "topic" else party
