"""Types renamed, merged and retired in the TOML of a label schema."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import UserError
from annotator.core.schemachange import changed_toml, kind_of_type
from annotator.core.schematoml import read_schema
from annotator.services.projects import BUNDLED, schema_toml

TOML = """# ours
[schema]
name = "small"

[[entity]]
id = "PERS"  # a person
[[entity]]
id = "ORG"
[[entity]]
id = "GROUP"

[[event]]
id = "MEET"
roles = [{id = "actor", fillers = ["PERS", "ORG"]}]  # who meets
[[event]]
id = "ATTACK"
[[event.roles]]
id = "actor"
fillers = ["GROUP", "ORG"]

[stance]
values = ["against", "favor"]
holders = ["PERS", "ORG"]
targets = ["entity"]

[[relation]]
id = "part_of"
sources = ["ORG", "GROUP"]
targets = ["ORG"]

[[relation]]
id = "MEET_AGAIN"
sources = ["event"]
targets = ["event"]
"""


def refused(*change: str, toml: str = TOML) -> str:
    with pytest.raises(UserError) as trouble:
        changed_toml(toml, *change)
    return trouble.value.code


# --- renaming -----------------------------------------------------------------------------------


def test_a_type_is_renamed_wherever_it_stands() -> None:
    schema = read_schema(changed_toml(TOML, "rename", "ORG", "COMPANY"))

    assert list(schema.entity_types) == ["PERS", "COMPANY", "GROUP"]
    assert schema.current("ORG") == "COMPANY"
    assert [event.roles[0].fillers for event in schema.events] == [
        ("PERS", "COMPANY"),
        ("GROUP", "COMPANY"),
    ]
    assert schema.stance.holders == ("PERS", "COMPANY")
    assert schema.relations[0].sources == ("COMPANY", "GROUP")


def test_remarks_and_order_live() -> None:
    changed = changed_toml(TOML, "rename", "PERS", "PERSON")

    assert (
        changed.replace("PERSON", "PERS")
        .replace('\nrenamed = [{from = "PERS", to = "PERS"}]', "")
        .split()
        == TOML.split()
    )
    assert "# ours" in changed
    assert 'id = "PERSON"  # a person' in changed


def test_a_chain_of_names_is_followed() -> None:
    once = changed_toml(TOML, "rename", "PERS", "PERSON")
    twice = read_schema(changed_toml(once, "rename", "PERSON", "HUMAN"))

    assert (twice.current("PERS"), twice.current("PERSON")) == ("HUMAN", "HUMAN")


def test_a_type_can_have_its_former_name_again() -> None:
    there = changed_toml(TOML, "rename", "PERS", "PERSON")
    back = read_schema(changed_toml(there, "rename", "PERSON", "PERS"))

    assert (back.current("PERS"), back.current("PERSON")) == ("PERS", "PERS")


def test_a_former_name_of_another_type_is_refused() -> None:
    merged = changed_toml(TOML, "merge", "GROUP", "ORG")

    assert refused("rename", "PERS", "GROUP", toml=merged) == "former_name"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("rename", "NONE", "X"), "no_such_type"),
        (("rename", "actor", "X"), "no_such_type"),
        (("rename", "PERS", "ORG"), "type_exists"),
        (("rename", "PERS", "PERS"), "type_exists"),
        (("rename", "PERS", "MEET"), "type_exists"),
        (("rename", "PERS", "part_of"), "type_exists"),
        (("rename", "PERS", "two words"), "bad_schema"),
        (("rename", "PERS", "2025-01-01"), "bad_schema"),
        (("merge", "PERS", "PERS"), "cannot_merge"),
        (("merge", "PERS", "MEET"), "cannot_merge"),
        (("merge", "PERS", "NONE"), "no_such_type"),
        (("retire", "NONE"), "no_such_type"),
    ],
)
def test_what_is_in_the_way_is_said(change: tuple[str, ...], code: str) -> None:
    assert refused(*change) == code


def test_a_name_that_means_two_types_is_refused() -> None:
    twice = TOML.replace('"part_of"', '"PERS"')

    assert refused("rename", "PERS", "X", toml=twice) == "type_twice"
    assert refused("merge", "PERS", "ORG", toml=twice) == "type_twice"


# --- merging ------------------------------------------------------------------------------------


def test_a_type_is_merged_into_another() -> None:
    schema = read_schema(changed_toml(TOML, "merge", "GROUP", "ORG"))

    assert list(schema.entity_types) == ["PERS", "ORG"]
    assert schema.current("GROUP") == "ORG"
    assert schema.events[1].roles[0].fillers == ("ORG",)
    assert schema.relations[0].sources == ("ORG",)


def test_events_and_relations_are_merged_too() -> None:
    events = read_schema(changed_toml(TOML, "merge", "ATTACK", "MEET"))
    relations = read_schema(changed_toml(TOML, "merge", "MEET_AGAIN", "part_of"))

    assert (list(events.event_types), events.current("ATTACK")) == (["MEET"], "MEET")
    assert (list(relations.relation_types), relations.current("MEET_AGAIN")) == (
        ["part_of"],
        "part_of",
    )


def test_the_last_but_one_type_can_go() -> None:
    toml = changed_toml(changed_toml(TOML, "merge", "GROUP", "ORG"), "merge", "ORG", "PERS")

    assert list(read_schema(toml).entity_types) == ["PERS"]
    assert read_schema(toml).current("GROUP") == "PERS"


# --- retiring -----------------------------------------------------------------------------------


def test_a_retired_type_stays_and_is_named() -> None:
    toml = changed_toml(TOML, "retire", "ORG")
    schema = read_schema(toml)

    assert (schema.retired, "ORG" in schema.entity_types) == (("ORG",), True)
    assert schema.digest == read_schema(TOML).digest
    assert refused("retire", "ORG", toml=toml) == "is_retired"


def test_a_retired_type_can_be_renamed_and_merged() -> None:
    toml = changed_toml(TOML, "retire", "ORG")

    assert read_schema(changed_toml(toml, "rename", "ORG", "X")).retired == ("X",)
    assert read_schema(changed_toml(toml, "merge", "ORG", "PERS")).retired == ()


# --- properties ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BUNDLED)
def test_a_type_of_each_kind_of_the_bundled_schemas_can_be_changed(name: str) -> None:
    toml = schema_toml(name)
    schema = read_schema(toml)
    entities, events = sorted(schema.entity_types), sorted(schema.event_types)
    for ids in filter(None, (entities, events, sorted(schema.relation_types))):
        one, other = ids[-1], ids[0]
        assert read_schema(changed_toml(toml, "rename", one, "NEW")).current(one) == "NEW"
        assert read_schema(changed_toml(toml, "retire", one)).retired == (one,)
        if other != one:
            merged = read_schema(changed_toml(toml, "merge", one, other))
            assert merged.current(one) == other


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["rename", "merge", "retire"]),
            st.integers(0, 9),
            st.sampled_from([*"ABCD", "PERS", "ORG", "GROUP", "MEET", "ATTACK"]),
        ),
        max_size=8,
    )
)
def test_whatever_is_done_every_name_ever_used_leads_to_a_type(
    changes: list[tuple[str, int, str]],
) -> None:
    toml, used = TOML, {"PERS", "ORG", "GROUP", "MEET", "ATTACK", "part_of", "MEET_AGAIN"}
    for what, n, new in changes:
        schema = read_schema(toml)
        types = sorted(schema.entity_types | schema.event_types | schema.relation_types)
        try:
            toml = changed_toml(toml, what, types[n % len(types)], new)
        except UserError:
            continue
        used |= {new} if what == "rename" else set()

    schema = read_schema(toml)
    for name in used:
        assert kind_of_type(schema, schema.current(name))
