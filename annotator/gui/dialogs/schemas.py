"""Label schemas to begin with: what the bundled ones are called and what each of them has."""

from collections.abc import Iterator
from dataclasses import dataclass

from annotator.core.labelschema import LabelSchema
from annotator.core.schematoml import read_schema
from annotator.gui.look import Look
from annotator.gui.slots import slots_of
from annotator.gui.widgets.chip import SIGNS, ChipFace
from annotator.i18n import Language, marked
from annotator.services.projects import schema_toml

_MOST_CHIPS = 5


@dataclass(frozen=True, slots=True)
class Bundled:
    """A label schema that comes with the program; `shown` are the types its card has chips of."""

    id: str
    name: str
    about: str
    shown: tuple[str, ...]
    is_usual: bool = False


BUNDLED = (
    Bundled(
        "news",
        marked("News"),
        marked("Entities, events and stance for news articles."),
        ("PERS", "ORG", "GPE", "CONSULT", "favor"),
        is_usual=True,
    ),
    Bundled(
        "wojood",
        marked("Wojood entities"),
        marked("Nested entities with the types and subtypes of Wojood."),
        ("PERS", "OCC", "NORP", "DATE", "MONEY"),
    ),
    Bundled(
        "ace",
        marked("ACE events"),
        marked("Events with their arguments, after ACE 2005."),
        ("Attack", "Meet", "Transport"),
    ),
    Bundled(
        "stance",
        marked("Stances"),
        marked("The stance of the paper or a speaker on a topic, with its evidence."),
        ("favor", "neutral", "against"),
    ),
)


def bundled(id: str) -> LabelSchema:
    """Return the bundled label schema `id`."""
    return read_schema(schema_toml(id))


def counted(language: Language, schema: LabelSchema) -> str:
    """Return how much a label schema has, in words: `21 entity types · 19 event types`."""
    n_subtypes = sum(len(one.subtypes) for one in schema.entities)
    n_values = len(schema.stance.values)
    said = [
        language.plural("{n} entity type", "{n} entity types", len(schema.entities)),
        language.plural("{n} subtype", "{n} subtypes", n_subtypes),
        language.plural("{n} event type", "{n} event types", len(schema.events)),
        language.plural("{n} stance value", "{n} stance values", n_values),
        language.plural("{n} topic", "{n} topics", len(schema.topics)),
    ]
    there = (
        bool(schema.entities),
        bool(n_subtypes) and not schema.events,
        bool(schema.events),
        bool(n_values),
        bool(schema.topics) and not schema.events,
    )
    return " · ".join(one for one, is_there in zip(said, there, strict=True) if is_there)


def faces(look: Look, schema: LabelSchema, shown: tuple[str, ...] = ()) -> Iterator[ChipFace]:
    """Yield the chips of the types called `shown`, else of the first of each kind."""
    known = _faces(look, schema)
    if shown:
        yield from (known[id] for id in shown if id in known)
        return
    yield from list(known.values())[:_MOST_CHIPS]


def _faces(look: Look, schema: LabelSchema) -> dict[str, ChipFace]:
    slots, code = slots_of(schema.entities), look.language.code
    short = f"{code}_short"
    entities = {
        one.id: ChipFace(getattr(one, short) or getattr(one, code), "entity", slots[one.id])
        for one in schema.entities
    }
    events = {
        one.id: ChipFace(getattr(one, short) or getattr(one, code), "event")
        for one in schema.events
    }
    values = {
        one.id: ChipFace(getattr(one, code), one.id)
        for one in schema.stance.values
        if one.id in SIGNS
    }
    return entities | events | values
