"""What labels, and parts of the label schema, are called in one language. Pure.

Ids that the label schema does not know stand for themselves.
"""

from collections.abc import Mapping

import msgspec

from annotator.core.labelschema import LabelSchema
from annotator.core.model import (
    KIND_OF,
    Argument,
    Entity,
    Event,
    Label,
    Party,
    Relation,
    Stance,
    extent_of,
)
from annotator.gui.models.drawing import name_of
from annotator.i18n import Language


class Naming(msgspec.Struct, frozen=True):
    """Names in one language; `slots` are the colours of the entity types."""

    language: Language
    schema: LabelSchema
    slots: Mapping[str, str]

    def type_of(self, label: Label, *, short: bool = False) -> str:
        """Return the name of a label's type: of a stance that of its value."""
        match label:
            case Entity():
                return self._named(self.schema.entity_types.get(label.type), label.type, short)
            case Event():
                return self._named(self.schema.event_types.get(label.type), label.type, short)
            case Relation():
                return self._named(self.schema.relation_types.get(label.type), label.type)
            case Stance():
                return self.value(label.type)
        return label.type

    def type_called(self, kind: str, id: str) -> str:
        """Return the name of the type `id` of entities, events or relations."""
        known: dict[str, Mapping[str, object]] = {
            "entity": self.schema.entity_types,
            "event": self.schema.event_types,
            "relation": self.schema.relation_types,
        }
        return self._named(known.get(kind, {}).get(id), id)

    def choices_of(self, label: Label) -> str:
        """Return the names of the types that the label's was split into, with strokes between."""
        schema, kind = self.schema, KIND_OF[type(label)]
        found = schema.choices.get(schema.current(label.type), ())
        return " / ".join(self.type_called(kind, one) for one in found)

    def role(self, event_type: str, role: str) -> str:
        """Return the name of a role of an event type."""
        return self._named(self.schema.role(event_type, role), role)

    def role_of(self, argument: Argument, labels: Mapping[str, Label]) -> str:
        """Return the name of the role that an argument gives."""
        event = labels.get(argument.event)
        return self.role(event.type, argument.type) if isinstance(event, Event) else argument.type

    def value(self, value: str) -> str:
        """Return the name of a stance's value."""
        return self._named(self.schema.stance_values.get(value), value)

    def party(self, party: Party, labels: Mapping[str, Label]) -> str:
        """Return what a party of a stance is called: a topic's name, or the quote of a label."""
        if party.kind == "author":
            return self.language.text("The paper")
        if party.kind == "topic":
            return self._named(self.schema.topic_names.get(party.ref), party.ref)
        label = labels.get(party.ref)
        return quote_of(label) if label else party.ref

    def slot(self, label: Label | None) -> str:
        """Return the colour slot of an entity; "" for everything else."""
        return self.slots.get(label.type, "") if isinstance(label, Entity) else ""

    def _named(self, type_: object, id: str, short: bool = False) -> str:
        return name_of(self.language, type_, short=short) if type_ else id


def quote_of(label: Label) -> str:
    """Return the text under a label; its pieces with an ellipsis between them."""
    return " … ".join(quote for _, _, quote in extent_of(label))
