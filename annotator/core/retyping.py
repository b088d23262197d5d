"""A label with the attributes of its type: defaults put in, those of another type left out."""

from annotator.core import clitics
from annotator.core.labelschema import AttributeType, LabelSchema
from annotator.core.model import Answer, Argument, Entity, Event, Label, Relation, Stance, replace


def retyped(schema: LabelSchema, label: Entity | Event, type_name: str) -> Entity | Event:
    """Return `label` as one of another type, without the attributes which that type lacks.

    What was said of its attached letters stays: they are the same.
    """
    known = _attribute_types(schema, replace(label, type=type_name))
    said_right = dict(label.attributes).get(clitics.RIGHT, "")
    values = {item.id: item.value_ids for item in known} | {clitics.RIGHT: (said_right,)}
    kept = tuple(pair for pair in label.attributes if pair[1] in values.get(pair[0], ()))
    if isinstance(label, Event):
        return replace(label, type=type_name, attributes=kept)
    found = schema.entity_types.get(schema.current(type_name))
    subtypes = [item.id for item in found.subtypes] if found else []
    subtype = label.subtype if label.subtype in subtypes else ""
    return replace(label, type=type_name, attributes=kept, subtype=subtype)


def with_defaults(schema: LabelSchema, label: Label) -> Label:
    """Return `label` with the attributes that its type gives a default, sorted by name."""
    if isinstance(label, Argument | Answer):
        return label
    given = dict(label.attributes)
    usual = {item.id: item.default for item in _attribute_types(schema, label) if item.default}
    return replace(label, attributes=tuple(sorted({**usual, **given}.items())))


def _attribute_types(schema: LabelSchema, label: Label) -> tuple[AttributeType, ...]:
    match label:
        case Entity():
            found = schema.entity_types.get(schema.current(label.type))
        case Event():
            return _of(schema.event_types.get(schema.current(label.type)))
        case Relation():
            return _of(schema.relation_types.get(schema.current(label.type)))
        case Stance():
            return schema.stance.attributes
        case _:
            return ()
    return _of(found)


def _of(found: object) -> tuple[AttributeType, ...]:
    return getattr(found, "attributes", ())
