"""`change`: a label with the fields that a line gives, refused where its kind has no such field."""

from collections.abc import Callable
from typing import Any

from annotator.core import retyping
from annotator.core.errors import UserError
from annotator.core.model import (
    Answer,
    Argument,
    Entity,
    Event,
    Extent,
    Label,
    Layer,
    Relation,
    Stance,
    replace,
)
from annotator.services import gestures
from annotator.services.references import References, extent, head, pairs

Fields = dict[str, Any]


def changed(names: References, label: Label, layer: Layer, given: gestures.Change) -> Label:
    """Return `label`, which stands in `layer`, with the given fields."""
    fields = {
        name: value
        for name in given.__struct_fields__
        if name != "uid" and (value := getattr(given, name)) is not None
    }
    text = names.project.text(layer.article)
    made: Label = _CHANGED[type(label)](names, label, text, fields)
    for name in ("note", "doubt"):
        if name in fields:
            made = replace(made, **{name: fields.pop(name)})
    if "attributes" in fields and hasattr(made, "attributes"):
        made = replace(made, attributes=pairs(fields.pop("attributes")))
    if fields:
        raise UserError("unknown_key", key=min(fields), where="")
    return made


def _named(names: References, label: Entity | Event, text: str, fields: Fields) -> Label:
    if "type" in fields:
        label = retyping.retyped(names.project.label_schema, label, fields.pop("type"))
    label = replace(label, extent=_new_extent(text, label.extent, fields))
    if isinstance(label, Entity):
        if "head" in fields:
            label = replace(label, head=head(text, fields.pop("head")))
        for name in ("subtype", "link"):
            if name in fields:
                label = replace(label, **{name: fields.pop(name)})
    return label


def _argument(names: References, label: Argument, _: str, fields: Fields) -> Label:
    for name in ("event", "filler"):
        if name in fields:
            label = replace(label, **{name: names.uid(fields.pop(name))})
    return replace(label, type=fields.pop("role", label.type))


def _stance(names: References, label: Stance, text: str, fields: Fields) -> Label:
    if "holder" in fields:
        label = replace(label, holder=names.holder(fields.pop("holder")))
    if isinstance(fields.get("target"), gestures.PartyGiven):
        label = replace(label, target=names.target(fields.pop("target")))
    if "evidence" in fields:
        spans = extent(text, fields.pop("evidence"), fields.pop("quotes", None))
        label = replace(label, evidence=spans)
    value, voice = fields.pop("value", label.type), fields.pop("voice", label.voice)
    return replace(label, type=value, voice=voice)


def _relation(names: References, label: Relation, _: str, fields: Fields) -> Label:
    if "source" in fields:
        label = replace(label, source=names.uid(fields.pop("source")))
    if isinstance(fields.get("target"), str):
        label = replace(label, target=names.uid(fields.pop("target")))
    return replace(label, type=fields.pop("type", label.type))


def _answer(_: References, label: Answer, __: str, fields: Fields) -> Label:
    return replace(label, values=tuple(fields.pop("values", label.values)))


_CHANGED: dict[type[Label], Callable[..., Label]] = {
    Entity: _named,
    Event: _named,
    Argument: _argument,
    Stance: _stance,
    Relation: _relation,
    Answer: _answer,
}


def _new_extent(text: str, old: Extent, fields: Fields) -> Extent:
    if "spans" in fields:
        return extent(text, fields.pop("spans"), fields.pop("quotes", None))
    if not {"start", "end"} & fields.keys():
        return old
    if len(old) > 1:
        raise UserError("missing_key", key="spans", where="")
    start, end = fields.pop("start", old[0].start), fields.pop("end", old[0].end)
    quote = fields.pop("quote", None)
    return extent(text, [(start, end)], None if quote is None else [quote])
