"""The label schema: what may be labelled in a project.

Frozen values, the look-ups that checks need, and the digest over what labels depend on. How it is
read from TOML and what is refused there is `schematoml`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from annotator.core import canonical

ANY_ENTITY = "entity"
ANY_EVENT = "event"
KEPT_KEYS = frozenset("svx")
"""Keys of stance, relation and remove: no type may take them."""


@dataclass(frozen=True, slots=True)
class Named:
    """An id with its names in both languages; every other part of a schema begins so."""

    id: str
    en: str
    ar: str


@dataclass(frozen=True, slots=True)
class AttributeType:
    """A small question about one label: one of `values`."""

    id: str
    en: str
    ar: str
    values: tuple[Named, ...]
    default: str = ""

    @property
    def value_ids(self) -> tuple[str, ...]:
        """The ids of the values, in the schema's order."""
        return tuple(value.id for value in self.values)


@dataclass(frozen=True, slots=True)
class Role:
    """A role of an event type. `max` is 0 where any number of fillers may play it."""

    id: str
    en: str
    ar: str
    fillers: tuple[str, ...]
    min: int = 0
    max: int = 0


@dataclass(frozen=True, slots=True)
class EntityType:
    """A type of entity."""

    id: str
    en: str
    ar: str
    en_short: str = ""
    ar_short: str = ""
    key: str = ""
    color: str = ""
    color_exact: bool = False
    guideline_en: str = ""
    guideline_ar: str = ""
    subtypes: tuple[Named, ...] = ()
    attributes: tuple[AttributeType, ...] = ()


@dataclass(frozen=True, slots=True)
class EventType:
    """A type of event with its roles, in the order in which they are shown and exported."""

    id: str
    en: str
    ar: str
    en_short: str = ""
    ar_short: str = ""
    key: str = ""
    color: str = ""
    color_exact: bool = False
    guideline_en: str = ""
    guideline_ar: str = ""
    roles: tuple[Role, ...] = ()
    attributes: tuple[AttributeType, ...] = ()


@dataclass(frozen=True, slots=True)
class StanceType:
    """What a stance may say; `values` are in order where `ordered`, `off_scale` never."""

    values: tuple[Named, ...] = ()
    ordered: bool = False
    off_scale: tuple[Named, ...] = ()
    holders: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    every_topic: bool = False
    attributes: tuple[AttributeType, ...] = ()


@dataclass(frozen=True, slots=True)
class RelationType:
    """A type of relation between labels whose types are in `sources` and `targets`."""

    id: str
    en: str
    ar: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    symmetric: bool = False
    attributes: tuple[AttributeType, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question about the whole article; `kind` is one, many, scale or text."""

    id: str
    en: str
    ar: str
    kind: str
    values: tuple[Named, ...] = ()


@dataclass(frozen=True)
class LabelSchema:
    """What may be labelled. Not slotted: its look-ups are made once and kept."""

    name: str
    version: str = "1"
    clitics: str = "exclude"
    renamed: tuple[tuple[str, str], ...] = ()
    entities: tuple[EntityType, ...] = ()
    events: tuple[EventType, ...] = ()
    stance: StanceType = StanceType()
    topics: tuple[Named, ...] = ()
    relations: tuple[RelationType, ...] = ()
    questions: tuple[Question, ...] = ()
    retired: tuple[str, ...] = ()
    split: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @cached_property
    def entity_types(self) -> dict[str, EntityType]:
        """Entity types by id."""
        return {item.id: item for item in self.entities}

    @cached_property
    def event_types(self) -> dict[str, EventType]:
        """Event types by id."""
        return {item.id: item for item in self.events}

    @cached_property
    def relation_types(self) -> dict[str, RelationType]:
        """Relation types by id."""
        return {item.id: item for item in self.relations}

    @cached_property
    def question_types(self) -> dict[str, Question]:
        """Questions by id."""
        return {item.id: item for item in self.questions}

    @cached_property
    def topic_names(self) -> dict[str, Named]:
        """Topics by id."""
        return {item.id: item for item in self.topics}

    @cached_property
    def stance_values(self) -> dict[str, Named]:
        """The values a stance may have, those off the scale last."""
        return {item.id: item for item in self.stance.values + self.stance.off_scale}

    @cached_property
    def all_roles(self) -> frozenset[str]:
        """The ids of the roles of all event types."""
        return frozenset(role.id for event in self.events for role in event.roles)

    @cached_property
    def role_order(self) -> dict[tuple[str, str], int]:
        """The place of a role among those of its event type."""
        return {
            (event.id, role.id): place
            for event in self.events
            for place, role in enumerate(event.roles)
        }

    @cached_property
    def _new_names(self) -> dict[str, str]:
        names = dict(self.renamed)
        return {old: _followed(names, old) for old in names}

    def current(self, type_id: str) -> str:
        """Return the name that the type `type_id` has after renaming.

        >>> LabelSchema("s", renamed=(("PER", "PERS"),)).current("PER")
        'PERS'
        """
        return self._new_names.get(type_id, type_id) if self.renamed else type_id

    @cached_property
    def choices(self) -> dict[str, tuple[str, ...]]:
        """The types of which one is to be chosen for each label of a type that was split."""
        return {
            old: tuple(one for one in into if one not in self.retired) for old, into in self.split
        }

    def role(self, event_type: str, role: str) -> Role | None:
        """Return the role of `event_type` (after renaming) with that id, or None."""
        found = self.event_types.get(self.current(event_type))
        return next((item for item in found.roles if item.id == role), None) if found else None

    @cached_property
    def digest(self) -> str:
        """SHA-256 over what labels depend on; names, colours, keys and guidelines are outside."""
        return canonical.digest(
            {
                "clitics": self.clitics,
                "entities": [_entity_part(item) for item in self.entities],
                "events": [_event_part(item) for item in self.events],
                "questions": [[item.id, item.kind, _ids(item.values)] for item in self.questions],
                "relations": [_relation_part(item) for item in self.relations],
                "renamed": [list(pair) for pair in self.renamed],
                "stance": _stance_part(self.stance),
                "topics": _ids(self.topics),
                **_split_part(self.split),
            }
        )


def _followed(names: dict[str, str], old: str) -> str:
    """Return the last name of a chain; reading refuses circles."""
    for _ in names:
        old = names.get(old, old)
    return old


def allows(fillers: Iterable[str], kind: str, type_id: str) -> bool:
    """Whether `fillers`, type ids or the words entity and event, take a label of that type."""
    return any(item in (type_id, kind) for item in fillers)


def _ids(items: Iterable[Named]) -> list[str]:
    return [item.id for item in items]


def _attributes_part(items: Iterable[AttributeType]) -> list[object]:
    return [[item.id, list(item.value_ids), item.default] for item in items]


def _entity_part(item: EntityType) -> list[object]:
    return [item.id, _ids(item.subtypes), _attributes_part(item.attributes)]


def _event_part(item: EventType) -> list[object]:
    roles = [[role.id, list(role.fillers), role.min, role.max] for role in item.roles]
    return [item.id, roles, _attributes_part(item.attributes)]


def _relation_part(item: RelationType) -> list[object]:
    ends = [list(item.sources), list(item.targets), int(item.symmetric)]
    return [item.id, *ends, _attributes_part(item.attributes)]


def _split_part(split: Iterable[tuple[str, Iterable[str]]]) -> dict[str, object]:
    """Return what was split; nothing where nothing was, as before there was splitting."""
    told = [[old, list(into)] for old, into in split]
    return {"split": told} if told else {}


def _stance_part(item: StanceType) -> list[object]:
    values = [_ids(item.values), int(item.ordered), _ids(item.off_scale)]
    ends = [list(item.holders), list(item.targets), int(item.every_topic)]
    return [*values, *ends, _attributes_part(item.attributes)]
