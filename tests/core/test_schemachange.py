"""Types renamed, merged, retired and split in the TOML of a label schema."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import UserError
from annotator.core.labelschema import LabelSchema, Named
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


def refused(what: str, old: str, new: str = "", toml: str = TOML) -> str:
    with pytest.raises(UserError) as trouble:
        changed_toml(toml, what, old, new)
    return trouble.value.code


def split(old: str, *into: str, toml: str = TOML) -> str:
    return changed_toml(toml, "split", old, into=[Named(one, "", "") for one in into])


def split_refused(old: str, *into: str, toml: str = TOML) -> str:
    with pytest.raises(UserError) as trouble:
        split(old, *into, toml=toml)
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
        (("retire", "NONE", ""), "no_such_type"),
    ],
)
def test_what_is_in_the_way_is_said(change: tuple[str, str, str], code: str) -> None:
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


# --- splitting ----------------------------------------------------------------------------------


def test_a_split_type_is_retired_and_its_choices_are_there() -> None:
    schema = read_schema(split("ORG", "FIRM", "GROUP", "PARTY"))

    assert schema.choices == {"ORG": ("FIRM", "GROUP", "PARTY")}
    assert schema.retired == ("ORG",)
    assert list(schema.entity_types) == ["PERS", "ORG", "FIRM", "PARTY", "GROUP"]
    assert schema.digest != read_schema(TOML).digest


def test_what_a_type_becomes_may_stand_wherever_it_may() -> None:
    schema = read_schema(split("ORG", "FIRM", "GROUP"))

    assert [event.roles[0].fillers for event in schema.events] == [
        ("PERS", "ORG", "FIRM", "GROUP"),
        ("GROUP", "ORG", "FIRM"),
    ]
    assert schema.stance.holders == ("PERS", "ORG", "FIRM", "GROUP")
    assert schema.relations[0].targets == ("ORG", "FIRM", "GROUP")


@pytest.mark.parametrize(("old", "kind"), [("MEET", "events"), ("part_of", "relations")])
def test_a_new_type_takes_what_the_old_one_took(old: str, kind: str) -> None:
    toml = changed_toml(TOML, "split", old, into=(Named("A", "Aye", "ألف"), Named("B", "", "")))
    found = {one.id: one for one in getattr(read_schema(toml), kind)}

    assert (found["A"].en, found["A"].ar, found["B"].ar) == ("Aye", "ألف", "B")
    for part in ("roles", "sources", "targets", "attributes"):
        assert getattr(found["A"], part, ()) == getattr(found[old], part, ())
    assert list(found).index("A") == list(found).index(old) + 1


def test_splitting_keeps_remarks_and_order() -> None:
    kept = split("ORG", "FIRM", "PARTY").splitlines()

    assert [line for line in TOML.splitlines() if line not in kept] == [
        'roles = [{id = "actor", fillers = ["PERS", "ORG"]}]  # who meets',
        'fillers = ["GROUP", "ORG"]',
        'holders = ["PERS", "ORG"]',
        'sources = ["ORG", "GROUP"]',
        'targets = ["ORG"]',
    ]


@pytest.mark.parametrize(
    ("old", "into", "code"),
    [
        ("NONE", ("A", "B"), "no_such_type"),
        ("ORG", ("A",), "split_needs_two"),
        ("ORG", ("A", "A"), "split_needs_two"),
        ("ORG", (), "split_needs_two"),
        ("ORG", ("A", "ORG"), "cannot_split"),
        ("ORG", ("A", "MEET"), "cannot_split"),
        ("ORG", ("A", "two words"), "bad_schema"),
    ],
)
def test_what_is_in_the_way_of_splitting_is_said(
    old: str, into: tuple[str, ...], code: str
) -> None:
    assert split_refused(old, *into) == code


def test_what_was_changed_before_is_in_the_way_of_splitting() -> None:
    once = split("ORG", "FIRM", "PARTY")
    merged = changed_toml(TOML, "merge", "GROUP", "ORG")
    retired = changed_toml(TOML, "retire", "GROUP")

    assert split_refused("ORG", "A", "B", toml=once) == "is_split"
    assert split_refused("PERS", "ORG", "A", toml=once) == "cannot_split"
    assert split_refused("PERS", "GROUP", "A", toml=merged) == "former_name"
    assert split_refused("PERS", "GROUP", "A", toml=retired) == "cannot_split"
    assert split_refused("MEET", "A", "B", toml=TOML.replace("part_of", "MEET")) == "type_twice"


def choices_after(*changes: tuple[str, str, str]) -> dict[str, tuple[str, ...]]:
    toml = split("ORG", "FIRM", "PARTY")
    for change in changes:
        toml = changed_toml(toml, *change)
    return read_schema(toml).choices


def test_choices_follow_what_is_done_with_types_later() -> None:
    assert choices_after(("rename", "FIRM", "BANK")) == {"ORG": ("BANK", "PARTY")}
    assert choices_after(("rename", "ORG", "BODY")) == {"BODY": ("FIRM", "PARTY")}
    assert choices_after(("retire", "FIRM", "")) == {"ORG": ("PARTY",)}
    assert choices_after(("merge", "FIRM", "PERS")) == {"ORG": ("PERS", "PARTY")}
    assert choices_after(("merge", "FIRM", "PARTY")) == {"ORG": ("PARTY",)}
    assert choices_after(("merge", "FIRM", "ORG")) == {"ORG": ("PARTY",)}
    assert choices_after(("merge", "FIRM", "ORG"), ("merge", "PARTY", "ORG")) == {}
    assert choices_after(("merge", "ORG", "PERS")) == {}


def test_a_choice_that_is_split_too_is_replaced_by_its_own() -> None:
    toml = split("FIRM", "BANK", "SHOP", toml=split("ORG", "FIRM", "PARTY"))

    assert read_schema(toml).choices == {
        "ORG": ("BANK", "SHOP", "PARTY"),
        "FIRM": ("BANK", "SHOP"),
    }


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
        assert read_schema(split(one, "NEW", "OTHER", toml=toml)).choices == {one: ("NEW", "OTHER")}
        if other != one:
            merged = read_schema(changed_toml(toml, "merge", one, other))
            assert merged.current(one) == other


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["rename", "merge", "retire", "split"]),
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
        old = types[n % len(types)]
        try:
            if what == "split":
                toml = split(old, new, f"{new}{n}", toml=toml)
            else:
                toml = changed_toml(toml, what, old, new)
        except UserError:
            continue
        used |= {new} if what == "rename" else set()
        used |= {new, f"{new}{n}"} if what == "split" else set()

    schema = read_schema(toml)
    for name in used:
        assert kind_of_type(schema, schema.current(name))
    assert_splits_stand(schema)


def assert_splits_stand(schema: LabelSchema) -> None:
    for old, choices in schema.choices.items():
        assert old in schema.retired
        assert old not in choices
        assert {kind_of_type(schema, one) for one in choices} <= {kind_of_type(schema, old)}
