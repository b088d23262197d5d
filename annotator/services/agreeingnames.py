"""What types, roles, values, topics and questions are called, by the label schema of a report."""

from collections.abc import Mapping
from dataclasses import dataclass

from annotator.core.labelschema import LabelSchema
from annotator.i18n import Language

TOGETHER = " + "
"""Stands between the ids of several values that were given as one answer."""


@dataclass(frozen=True, slots=True)
class Naming:
    """Names in one language by id; an id that the label schema lacks stays as it is."""

    known: Mapping[str, object]
    code: str

    def __call__(self, id: str) -> str:
        """Return the name with its id behind it, of several values at once, too."""
        return TOGETHER.join(self._with_id(one) for one in id.split(TOGETHER))

    def short(self, id: str) -> str:
        """Return the short name alone, where there is one, as the head of a column has it."""
        return TOGETHER.join(self._name(one, "_short") for one in id.split(TOGETHER))

    def _with_id(self, id: str) -> str:
        name = self._name(id)
        return name if name == id else f"{name} ({id})"

    def _name(self, id: str, length: str = "") -> str:
        found = self.known.get(id)
        names = (getattr(found, f"{self.code}{ending}", "") for ending in (length, ""))
        return next(filter(None, names), id)


class SchemaNames:
    """The names of a label schema in a language, by what is compared."""

    def __init__(self, schema: LabelSchema, language: Language) -> None:
        self._code = language.code
        roles = {role.id: role for event in schema.events for role in event.roles}
        self._known: dict[str, Mapping[str, object]] = {
            "entities": schema.entity_types,
            "events": schema.event_types,
            "roles": roles,
            "stances": schema.stance_values,
            "relations": schema.relation_types,
            "topics": schema.topic_names,
            "questions": schema.question_types,
        }
        self._answers = {
            question.id: {value.id: value for value in question.values}
            for question in schema.questions
        }

    def of(self, what: str) -> Naming:
        """Return the names of entities, events, roles, stances, relations, topics or questions."""
        return Naming(self._known[what], self._code)

    def of_answers(self, question: str) -> Naming:
        """Return the names of the answers to the question with that id."""
        return Naming(self._answers.get(question, {}), self._code)
