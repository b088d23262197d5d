"""The types that can be labelled with, kind by kind: names, keys, colours, guidelines. Pure.

Retired types are not offered; a type without a key has none here either.
"""

from collections.abc import Mapping

import msgspec

from annotator.core.labelschema import EntityType, EventType, LabelSchema
from annotator.gui.models.drawing import name_of, tone_of
from annotator.i18n import Language, marked

KINDS = ("entity", "event", "stance", "relation")
KIND_NAMES = {
    "entity": marked("Entities"),
    "event": marked("Events"),
    "stance": marked("Stances"),
    "relation": marked("Relations"),
}
KIND_KEYS = {"stance": "s", "relation": "v"}
"""Keys that begin a label of a kind, whatever its type."""


class OfferedType(msgspec.Struct, frozen=True):
    """One type: `key` is the Latin letter of its place on the keyboard, or "".

    `slot` is an entity's colour, `tone` a stance's. `names` are all names it can be found by.
    """

    kind: str
    id: str
    name: str
    names: tuple[str, ...]
    key: str = ""
    slot: str = ""
    tone: str = ""
    guideline: str = ""
    short: str = ""


def offered(
    schema: LabelSchema, language: Language, slots: Mapping[str, str], kind: str
) -> list[OfferedType]:
    """Return what of `kind` can be labelled, in the order of the label schema."""
    made = {
        "entity": lambda: [_of_type("entity", one, language, slots) for one in schema.entities],
        "event": lambda: [_of_type("event", one, language, slots) for one in schema.events],
        "stance": lambda: _values(schema, language),
        "relation": lambda: [
            OfferedType("relation", one.id, name_of(language, one), (one.ar, one.en, one.id))
            for one in schema.relations
        ],
    }[kind]()
    return [one for one in made if one.id not in schema.retired]


def _of_type(
    kind: str, one: EntityType | EventType, language: Language, slots: Mapping[str, str]
) -> OfferedType:
    names = (one.ar, one.en, one.ar_short, one.en_short, one.id)
    guideline = getattr(one, f"guideline_{language.code}") or one.guideline_ar or one.guideline_en
    slot = slots.get(one.id, "") if kind == "entity" else ""
    given = tuple(dict.fromkeys(filter(None, names)))
    name, short = name_of(language, one), name_of(language, one, short=True)
    return OfferedType(kind, one.id, name, given, one.key, slot, "", guideline, short)


def _values(schema: LabelSchema, language: Language) -> list[OfferedType]:
    values = schema.stance.values + schema.stance.off_scale
    return [
        OfferedType(
            "stance",
            one.id,
            name_of(language, one),
            (one.ar, one.en, one.id),
            tone=tone_of(schema, one.id)[1],
        )
        for one in values
    ]
