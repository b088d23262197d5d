"""The label schema: what is bundled is sound, and the digest is of what labels depend on."""

import tomllib
from dataclasses import replace
from typing import Any

import pytest

from annotator import paths
from annotator.core.labelschema import (
    AttributeType,
    EntityType,
    EventType,
    LabelSchema,
    Named,
    Question,
    RelationType,
    Role,
    StanceType,
    allows,
)
from annotator.core.schematoml import checked_schema, read_schema
from tests.projects import SCHEMA

BUNDLED = ("news", "ace", "wojood", "stance")


def bundled(name: str) -> str:
    return paths.resource(f"schemas/{name}.toml").read_text("utf-8")


# --- what is bundled ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BUNDLED)
def test_a_bundled_label_schema_is_read_without_faults(name: str) -> None:
    schema, faults = checked_schema(bundled(name))
    assert faults == []
    assert schema is not None
    assert schema.name == name


@pytest.mark.parametrize("name", BUNDLED)
def test_every_part_of_a_bundled_label_schema_has_a_name_in_both_languages(name: str) -> None:
    schema = read_schema(bundled(name))
    parts: list[Any] = [*schema.entities, *schema.events, *schema.topics, *schema.relations]
    parts += [*schema.questions, *schema.stance.values, *schema.stance.off_scale]
    parts += [role for event in schema.events for role in event.roles]
    arabic = {part.id: part.ar for part in parts if not any("ء" <= one <= "ي" for one in part.ar)}
    assert arabic == {}
    assert all(part.en for part in parts)


def test_news_has_the_types_that_it_is_made_of() -> None:
    schema = read_schema(bundled("news"))
    assert (len(schema.entities), len(schema.events)) == (21, 19)
    assert "STATEMENT" in schema.event_types
    for event in schema.events:
        assert [role.id for role in event.roles] == [
            "actor",
            "recipient",
            "place",
            "date",
            "theme",
        ]
    assert [value.id for value in schema.stance.values] == ["against", "neutral", "favor"]
    assert list(schema.relation_types) == ["same_as"]


@pytest.mark.parametrize("name", BUNDLED)
def test_every_key_of_a_bundled_label_schema_is_one_type_alone(name: str) -> None:
    schema = read_schema(bundled(name))
    for types in (schema.entities, schema.events):
        keys = [item.key for item in types if item.key]
        assert len(set(keys)) == len(keys)
        assert set(keys).isdisjoint("svx")


# --- look-ups -------------------------------------------------------------------------------------


def test_look_ups_give_each_thing_by_its_id() -> None:
    schema = read_schema(SCHEMA)
    assert list(schema.entity_types) == ["PERS", "ORG", "GPE"]
    assert list(schema.event_types) == ["MEET", "ATTACK"]
    assert list(schema.relation_types) == ["same_as", "part_of"]
    assert list(schema.question_types) == ["genre", "sections", "quality", "summary"]
    assert list(schema.topic_names) == ["peace-talks", "vaccines"]
    assert list(schema.stance_values) == ["against", "neutral", "favor", "unrelated"]
    assert schema.all_roles == {"actor", "place", "theme", "cause"}
    assert schema.role_order["MEET", "theme"] == 2


def test_what_has_no_name_is_called_by_its_id() -> None:
    schema = read_schema(SCHEMA)
    assert schema.entity_types["ORG"].ar == "ORG"
    assert schema.entity_types["PERS"].subtypes[0] == Named("NAMED", "NAMED", "NAMED")


def test_a_filler_is_a_type_or_any_of_a_kind() -> None:
    assert allows(("PERS", "event"), "entity", "PERS")
    assert allows(("PERS", "event"), "event", "MEET")
    assert not allows(("PERS", "event"), "entity", "ORG")
    assert not allows((), "entity", "PERS")


def test_renamed_types_are_followed_to_the_end_of_the_chain_and_two_may_become_one() -> None:
    chain = (("A", "B"), ("C", "D"), ("B", "C"), ("X", "D"))
    schema = LabelSchema("s", renamed=chain)
    assert [schema.current(old) for old in "ABCDXY"] == ["D", "D", "D", "D", "D", "Y"]
    assert LabelSchema("s", renamed=chain[::-1]).current("A") == "D"


def test_a_role_is_found_under_the_old_and_the_new_name_of_its_event() -> None:
    event = EventType("NEW", "n", "ج", roles=(Role("actor", "a", "ف", ("entity",)),))
    schema = LabelSchema("s", events=(event,), renamed=(("OLD", "NEW"),))
    assert schema.role("OLD", "actor") == schema.role("NEW", "actor") == event.roles[0]
    assert schema.role("NEW", "place") is None
    assert schema.role("NOPE", "actor") is None


# --- the digest -----------------------------------------------------------------------------------

WHOLE = LabelSchema(
    "s",
    entities=(
        EntityType(
            "PERS",
            "Person",
            "شخص",
            key="p",
            color="n1",
            subtypes=(Named("ONE", "One", "واحد"),),
            attributes=(AttributeType("m", "M", "م", (Named("x", "X", "س"),), "x"),),
        ),
    ),
    events=(EventType("MEET", "Meet", "لقاء", roles=(Role("actor", "A", "ف", ("PERS",), 1, 2),)),),
    stance=StanceType((Named("favor", "For", "مع"),), holders=("PERS",), targets=("topic",)),
    topics=(Named("t", "T", "م"),),
    relations=(RelationType("same", "Same", "نفس", ("entity",), ("entity",)),),
    questions=(Question("q", "Q", "س", "one", (Named("x", "X", "س"),)),),
)
_PERS, _MEET, _SAME, _Q = WHOLE.entities[0], WHOLE.events[0], WHOLE.relations[0], WHOLE.questions[0]
_ROLE = _MEET.roles[0]
_OUTSIDE = {
    "name": replace(WHOLE, name="t"),
    "version": replace(WHOLE, version="2"),
    "retired": replace(WHOLE, retired=("OLD",)),
    "english": replace(WHOLE, entities=(replace(_PERS, en="Human"),)),
    "arabic": replace(WHOLE, entities=(replace(_PERS, ar="إنسان"),)),
    "short names": replace(WHOLE, entities=(replace(_PERS, en_short="P", ar_short="ش"),)),
    "key": replace(WHOLE, entities=(replace(_PERS, key="q"),)),
    "color": replace(WHOLE, entities=(replace(_PERS, color="#ff0000", color_exact=True),)),
    "guideline": replace(WHOLE, events=(replace(_MEET, guideline_ar="دليل", guideline_en="g"),)),
    "a role's name": replace(WHOLE, events=(replace(_MEET, roles=(replace(_ROLE, ar="فاعل"),)),)),
    "a topic's name": replace(WHOLE, topics=(Named("t", "Talks", "محادثات"),)),
    "a value's name": replace(WHOLE, questions=(replace(_Q, values=(Named("x", "", ""),)),)),
}
_INSIDE = {
    "clitics": replace(WHOLE, clitics="include"),
    "renamed": replace(WHOLE, renamed=(("PER", "PERS"),)),
    "an id": replace(WHOLE, entities=(replace(_PERS, id="PER"),)),
    "an entity more": replace(WHOLE, entities=(_PERS, EntityType("ORG", "", ""))),
    "a subtype": replace(WHOLE, entities=(replace(_PERS, subtypes=()),)),
    "an attribute": replace(WHOLE, entities=(replace(_PERS, attributes=()),)),
    "an attribute's value": replace(
        WHOLE, entities=(replace(_PERS, attributes=(AttributeType("m", "M", "م", (), "x"),)),)
    ),
    "an attribute's default": replace(
        WHOLE, entities=(replace(_PERS, attributes=(replace(_PERS.attributes[0], default=""),)),)
    ),
    "an event's id": replace(WHOLE, events=(replace(_MEET, id="TALK"),)),
    "a role's id": replace(WHOLE, events=(replace(_MEET, roles=(replace(_ROLE, id="x"),)),)),
    "fillers": replace(
        WHOLE, events=(replace(_MEET, roles=(replace(_ROLE, fillers=("entity",)),)),)
    ),
    "min": replace(WHOLE, events=(replace(_MEET, roles=(replace(_ROLE, min=0),)),)),
    "max": replace(WHOLE, events=(replace(_MEET, roles=(replace(_ROLE, max=0),)),)),
    "a stance value": replace(WHOLE, stance=replace(WHOLE.stance, values=())),
    "off scale": replace(WHOLE, stance=replace(WHOLE.stance, off_scale=(Named("u", "", ""),))),
    "ordered": replace(WHOLE, stance=replace(WHOLE.stance, ordered=True)),
    "holders": replace(WHOLE, stance=replace(WHOLE.stance, holders=("entity",))),
    "targets": replace(WHOLE, stance=replace(WHOLE.stance, targets=("entity",))),
    "every topic": replace(WHOLE, stance=replace(WHOLE.stance, every_topic=True)),
    "a topic": replace(WHOLE, topics=()),
    "a relation": replace(WHOLE, relations=(replace(_SAME, id="same_as"),)),
    "sources": replace(WHOLE, relations=(replace(_SAME, sources=("PERS",)),)),
    "symmetric": replace(WHOLE, relations=(replace(_SAME, symmetric=True),)),
    "a question": replace(WHOLE, questions=(replace(_Q, id="p"),)),
    "a question's kind": replace(WHOLE, questions=(replace(_Q, kind="many"),)),
    "a question's values": replace(WHOLE, questions=(replace(_Q, values=()),)),
}


@pytest.mark.parametrize("what", _OUTSIDE)
def test_the_digest_does_not_depend_on(what: str) -> None:
    assert _OUTSIDE[what].digest == WHOLE.digest


@pytest.mark.parametrize("what", _INSIDE)
def test_the_digest_depends_on(what: str) -> None:
    assert _INSIDE[what].digest != WHOLE.digest


def test_no_two_of_these_changes_have_the_same_digest() -> None:
    digests = [schema.digest for schema in _INSIDE.values()]
    assert len(set(digests)) == len(digests)


@pytest.mark.parametrize("name", BUNDLED)
def test_comments_and_layout_are_outside_the_digest(name: str) -> None:
    toml = bundled(name)
    spread = toml.replace("\n\n", "\n# تعليق\n\n\n")
    assert spread != toml
    assert read_schema(spread).digest == read_schema(toml).digest
    assert tomllib.loads(spread) == tomllib.loads(toml)
