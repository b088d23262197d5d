"""What types are called in charts of agreement, and in which colour. Pure."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.core.labelschema import LabelSchema
from annotator.gui.models.drawing import name_of, tone_of
from annotator.gui.slots import slots_of
from annotator.i18n import Language, marked

if TYPE_CHECKING:
    from collections.abc import Mapping

NOTHING = marked("no label")
NO_ARGUMENT = marked("no argument")
_UNKNOWN_SLOT = "o3"


@dataclass(frozen=True, slots=True)
class TypeFace:
    """A type as a chip shows it; `kind` and `slot` as `widgets.chip` has them."""

    name: str
    kind: str = "entity"
    slot: str = ""


class TypeNames:
    """Names and colours of the types of a label schema, by what is compared."""

    def __init__(self, schema: LabelSchema, language: Language) -> None:
        self._schema, self._language = schema, language
        self._slots = slots_of(schema.entities)
        roles = {role.id: role for event in schema.events for role in event.roles}
        values = {
            one.id: one for question in schema.questions for one in question.values
        }  # ids of values may recur in several questions, under names that are alike
        self._known: dict[str, Mapping[str, object]] = {
            "entities": schema.entity_types,
            "events": schema.event_types,
            "roles": roles,
            "arguments": roles,
            "stances": schema.stance_values,
            "relations": schema.relation_types,
            "answers": values,
        }

    def name(self, what: str, id: str, *, short: bool = False) -> str:
        """Return what the type `id` of `what` is called; "" is no label."""
        if not id:
            return self.nothing(what)
        found = self._known[what].get(id)
        return name_of(self._language, found, short=short) if found is not None else id

    def nothing(self, what: str) -> str:
        """Return what stands where one has nothing."""
        return self._language.text(NO_ARGUMENT if what in ("roles", "arguments") else NOTHING)

    def slot(self, what: str, id: str) -> str:
        """Return the colour slot of an entity type; of others nothing."""
        return self._slots.get(id, _UNKNOWN_SLOT) if what == "entities" else ""

    def face(self, what: str, id: str) -> TypeFace:
        """Return how a chip shows the type: an entity's tint, a stance's pill, else a dark tab."""
        name = self.name(what, id, short=True)
        if what == "entities":
            return TypeFace(name, "entity", self.slot(what, id))
        if what == "stances":
            return TypeFace(name, tone_of(self._schema, id)[1])
        return TypeFace(name, "event")
