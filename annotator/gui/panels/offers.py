"""What lists to choose from offer: types of the label schema, and labels by their quotes."""

from collections.abc import Iterable

from annotator.core.labelschema import EntityType, EventType
from annotator.core.model import Label
from annotator.gui.models.drawing import name_of
from annotator.gui.models.naming import Naming, quote_of
from annotator.gui.panels.chooser import Offer


def entity_types(naming: Naming) -> list[Offer]:
    """Return the types of entities that are not retired."""
    return _types(naming, naming.schema.entities)


def event_types(naming: Naming) -> list[Offer]:
    """Return the types of events that are not retired."""
    return _types(naming, naming.schema.events)


def _types(naming: Naming, types: Iterable[EntityType | EventType]) -> list[Offer]:
    return [
        Offer(
            type_.id,
            name_of(naming.language, type_),
            (type_.id, type_.ar, type_.en, type_.ar_short, type_.en_short, type_.key),
            naming.slots.get(type_.id, "") if isinstance(type_, EntityType) else "",
        )
        for type_ in types
        if type_.id not in naming.schema.retired
    ]


def label_offers(naming: Naming, labels: Iterable[Label]) -> list[Offer]:
    """Return `labels` by their quotes; what they are stands behind."""
    return [
        Offer(
            label.uid,
            f"{quote_of(label)} · {naming.type_of(label, short=True)}",
            (quote_of(label),),
            naming.slot(label),
        )
        for label in labels
    ]
