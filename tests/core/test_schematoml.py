"""Label schemas as TOML: each fault has a code and its place in the file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import UserError
from annotator.core.schemafaults import Fault
from annotator.core.schematoml import checked_schema, read_schema
from tests.core.labels import SOME
from tests.projects import SCHEMA

HEAD = '[schema]\nname = "s"\n'
ENTITY = '[[entity]]\nid = "PERS"\n'
EVENT = '[[event]]\nid = "MEET"\n'


def faults_of(toml: str) -> list[Fault]:
    return checked_schema(toml)[1]


def codes_of(toml: str) -> set[str]:
    return {fault.code for fault in faults_of(toml)}


def test_a_sound_label_schema_has_no_faults() -> None:
    schema, faults = checked_schema(SCHEMA)
    assert (schema is not None, faults) == (True, [])


def test_a_name_is_enough() -> None:
    assert faults_of(HEAD) == []


def test_reading_a_label_schema_with_faults_is_refused_with_all_of_them() -> None:
    toml = HEAD + ENTITY + 'key = "v"\ncolor = "red"\n'
    with pytest.raises(UserError, match="bad_schema") as trouble:
        read_schema(toml)
    assert trouble.value.data["faults"] == [
        ["schema_bad_key", "entity[0].key", "v"],
        ["schema_bad_color", "entity[0].color", "red"],
    ]


_EVENT_WITH = EVENT + "roles = [%s]\n"
_ROLE = '{id = "actor", fillers = ["entity"]%s}'
_STANCE = '[stance]\nvalues = ["favor"]\nholders = ["entity"]\ntargets = ["topic"]\n'
_RELATION = '[[relation]]\nid = "same"\nsources = ["entity"]\ntargets = ["entity"]\n'
_QUESTION = '[[question]]\nid = "q"\nkind = "%s"\n'


@pytest.mark.parametrize(
    ("toml", "code", "where", "value"),
    [
        ("= no toml", "schema_not_toml", None, ""),
        ("a = [", "schema_not_toml", None, ""),
        ("", "schema_nameless", "schema.name", ""),
        ('name = "s"', "schema_nameless", "schema.name", ""),
        ('schema = "s"', "schema_nameless", "schema.name", ""),
        ('[schema]\nname = ""', "schema_nameless", "schema.name", ""),
        (HEAD + "[colors]\n", "schema_unknown_key", "colors", ""),
        (HEAD + 'author = "x"\n', "schema_unknown_key", "schema.author", ""),
        (HEAD + ENTITY + 'colour = "n1"\n', "schema_unknown_key", "entity[0].colour", ""),
        (
            HEAD + _EVENT_WITH % (_ROLE % ", most = 2"),
            "schema_unknown_key",
            "event[0].roles[0].most",
            "",
        ),
        (HEAD + _STANCE + "order = true\n", "schema_unknown_key", "stance.order", ""),
        (
            HEAD + ENTITY + 'subtypes = [{id = "A", key = "a"}]\n',
            "schema_unknown_key",
            "entity[0].subtypes[0].key",
            "",
        ),
        ("[schema]\nname = 5", "schema_wrong_type", "schema.name", None),
        (HEAD + "version = 1\n", "schema_wrong_type", "schema.version", None),
        (HEAD + '[[entity]]\nen = "x"\n', "schema_wrong_type", "entity[0]", None),
        (HEAD + "[[entity]]\nid = 5\n", "schema_wrong_type", "entity[0].id", None),
        (HEAD + '[entity]\nid = "PERS"\n', "schema_wrong_type", "entity", None),
        (HEAD + ENTITY + "color_exact = 1\n", "schema_wrong_type", "entity[0].color_exact", None),
        (HEAD + ENTITY + 'subtypes = "A"\n', "schema_wrong_type", "entity[0].subtypes", None),
        (HEAD + ENTITY + "subtypes = [3]\n", "schema_wrong_type", "entity[0].subtypes[0]", None),
        (
            HEAD + _EVENT_WITH % (_ROLE % ', min = "1"'),
            "schema_wrong_type",
            "event[0].roles[0].min",
            None,
        ),
        (
            HEAD + _EVENT_WITH % (_ROLE % ", min = true"),
            "schema_wrong_type",
            "event[0].roles[0].min",
            None,
        ),
        (
            HEAD + _EVENT_WITH % (_ROLE % ", min = 0.5"),
            "schema_wrong_type",
            "event[0].roles[0].min",
            None,
        ),
        (HEAD + '[[question]]\nid = "q"\n', "schema_wrong_type", "question[0]", None),
        (HEAD + "renamed = [1]\n", "schema_wrong_type", "schema.renamed[0]", None),
        (HEAD + 'renamed = [{from = "A"}]\n', "schema_wrong_type", "schema.renamed[0][1]", None),
        (HEAD + 'renamed = "A"\n', "schema_wrong_type", "schema.renamed", None),
        (HEAD + "split = [1]\n", "schema_wrong_type", "schema.split[0]", None),
        (HEAD + 'split = [{from = "A"}]\n', "schema_wrong_type", "schema.split[0][1]", None),
        (
            HEAD + 'split = [{from = "PERS", into = ["B"], to = "C"}]\n' + ENTITY,
            "schema_unknown_key",
            "schema.split[0].to",
            "",
        ),
        (
            HEAD + 'split = [{from = "A", into = ["PERS"]}]\n' + ENTITY,
            "schema_unknown_filler",
            "schema.split[0].from",
            "A",
        ),
        (
            HEAD + 'split = [{from = "PERS", into = ["MEET"]}]\n' + ENTITY + EVENT,
            "schema_unknown_filler",
            "schema.split[0].into",
            "MEET",
        ),
        (
            HEAD + 'split = [{from = "PERS", into = ["PERS"]}]\n' + ENTITY,
            "schema_bad_value",
            "schema.split[0].into",
            "PERS",
        ),
        (
            HEAD + 'split = [{from = "PERS", into = []}]\n' + ENTITY,
            "schema_no_filler",
            "schema.split[0].into",
            "",
        ),
        (HEAD + 'clitics = "some"\n', "schema_bad_value", "schema.clitics", "some"),
        (HEAD + ENTITY + ENTITY, "schema_repeated_id", "entity", "PERS"),
        (
            HEAD + ENTITY + '[[event]]\nid = "PERS"\n',
            "schema_repeated_id",
            "entity, event",
            "PERS",
        ),
        (HEAD + '[[topic]]\nid = "t"\n' * 2, "schema_repeated_id", "topic", "t"),
        (HEAD + _RELATION * 2, "schema_repeated_id", "relation", "same"),
        (HEAD + (_QUESTION % "text") * 2, "schema_repeated_id", "question", "q"),
        (
            HEAD + _EVENT_WITH % ", ".join([_ROLE % ""] * 2),
            "schema_repeated_id",
            "event[0].roles",
            "actor",
        ),
        (
            HEAD + ENTITY + 'subtypes = ["A", "A"]\n',
            "schema_repeated_id",
            "entity[0].subtypes",
            "A",
        ),
        (
            HEAD + ENTITY + 'attributes = [{id = "m", values = ["x", "x"]}]\n',
            "schema_repeated_id",
            "entity[0].attributes[0].values",
            "x",
        ),
        (
            HEAD
            + ENTITY
            + 'attributes = [{id = "m", values = ["x"]}, {id = "m", values = ["x"]}]\n',
            "schema_repeated_id",
            "entity[0].attributes",
            "m",
        ),
        (
            HEAD + _STANCE + 'off_scale = ["favor"]\n',
            "schema_repeated_id",
            "stance.values",
            "favor",
        ),
        (
            HEAD + 'renamed = [{from = "A", to = "B"}, {from = "A", to = "C"}]\n',
            "schema_repeated_id",
            "schema.renamed",
            "A",
        ),
        (HEAD + '[[entity]]\nid = ""\n', "schema_bad_id", "entity[0].id", ""),
        (HEAD + '[[entity]]\nid = "شخص"\n', "schema_bad_id", "entity[0].id", "شخص"),
        (HEAD + '[[entity]]\nid = "A B"\n', "schema_bad_id", "entity[0].id", "A B"),
        (HEAD + '[[entity]]\nid = "A\\n"\n', "schema_bad_id", "entity[0].id", "A\n"),
        (HEAD + '[[entity]]\nid = "1A"\n', "schema_bad_id", "entity[0].id", "1A"),
        (HEAD + '[[topic]]\nid = "a:b"\n', "schema_bad_id", "topic[0].id", "a:b"),
        (
            HEAD + (_QUESTION % "one") + 'values = ["2025-05-06"]\n',
            "schema_bad_id",
            "question[0].values[0].id",
            "2025-05-06",
        ),
        (
            HEAD + (_QUESTION % "one") + 'values = ["2025-5"]\n',
            "schema_bad_id",
            "question[0].values[0].id",
            "2025-5",
        ),
        (
            HEAD + (_QUESTION % "one") + 'values = ["2025-05-06T10"]\n',
            "schema_bad_id",
            "question[0].values[0].id",
            "2025-05-06T10",  # common loaders turn this into a timestamp too
        ),
        (
            HEAD + ENTITY + 'attributes = [{id = "m", values = ["نعم"]}]\n',
            "schema_bad_id",
            "entity[0].attributes[0].values[0].id",
            "نعم",
        ),
        (
            HEAD + _EVENT_WITH % '{id = "the actor", fillers = ["entity"]}',
            "schema_bad_id",
            "event[0].roles[0].id",
            "the actor",
        ),
        (HEAD + 'renamed = [{from = "A", to = "A"}]\n', "schema_circle", "schema.renamed", "A"),
        (
            HEAD + 'renamed = [{from = "A", to = "B"}, {from = "B", to = "A"}]\n',
            "schema_circle",
            "schema.renamed",
            "A",
        ),
        (
            HEAD + ENTITY + 'key = "p"\n[[entity]]\nid = "ORG"\nkey = "p"\n',
            "schema_repeated_key",
            "entity",
            "p",
        ),
        (
            HEAD + EVENT + 'key = "m"\n[[event]]\nid = "TALK"\nkey = "m"\n',
            "schema_repeated_key",
            "event",
            "m",
        ),
        (HEAD + ENTITY + 'key = "s"\n', "schema_bad_key", "entity[0].key", "s"),
        (HEAD + ENTITY + 'key = "v"\n', "schema_bad_key", "entity[0].key", "v"),
        (HEAD + EVENT + 'key = "x"\n', "schema_bad_key", "event[0].key", "x"),
        (HEAD + ENTITY + 'key = "P"\n', "schema_bad_key", "entity[0].key", "P"),
        (HEAD + ENTITY + 'key = "pp"\n', "schema_bad_key", "entity[0].key", "pp"),
        (HEAD + ENTITY + 'key = "ش"\n', "schema_bad_key", "entity[0].key", "ش"),
        (HEAD + ENTITY + 'key = "1"\n', "schema_bad_key", "entity[0].key", "1"),
        (HEAD + ENTITY + 'color = "n9"\n', "schema_bad_color", "entity[0].color", "n9"),
        (HEAD + ENTITY + 'color = "#fff"\n', "schema_bad_color", "entity[0].color", "#fff"),
        (HEAD + EVENT + 'color = "red"\n', "schema_bad_color", "event[0].color", "red"),
        (
            HEAD + _EVENT_WITH % '{id = "actor", fillers = ["PERS"]}',
            "schema_unknown_filler",
            "event[0].roles[0].fillers",
            "PERS",
        ),
        (
            HEAD + _STANCE.replace('holders = ["entity"]', 'holders = ["PERS"]'),
            "schema_unknown_filler",
            "stance.holders",
            "PERS",
        ),
        (
            HEAD + _RELATION.replace('sources = ["entity"]', 'sources = ["topic"]'),
            "schema_unknown_filler",
            "relation[0].sources",
            "topic",
        ),
        (
            HEAD + _EVENT_WITH % '{id = "actor", fillers = []}',
            "schema_no_filler",
            "event[0].roles[0].fillers",
            "",
        ),
        (
            HEAD + _RELATION.replace('targets = ["entity"]', "targets = []"),
            "schema_no_filler",
            "relation[0].targets",
            "",
        ),
        (
            HEAD + _STANCE.replace('holders = ["entity"]', ""),
            "schema_no_filler",
            "stance.holders",
            "",
        ),
        (
            HEAD + _STANCE.replace('targets = ["topic"]', 'targets = ["place"]'),
            "schema_bad_value",
            "stance.targets",
            "place",
        ),
        (
            HEAD + _EVENT_WITH % (_ROLE % ", min = 3, max = 2"),
            "schema_bad_value",
            "event[0].roles[0].min",
            "3..2",
        ),
        (
            HEAD + _EVENT_WITH % (_ROLE % ", min = -1"),
            "schema_bad_value",
            "event[0].roles[0].min",
            "-1..0",
        ),
        (
            HEAD + ENTITY + 'attributes = [{id = "m", values = ["x"], default = "y"}]\n',
            "schema_bad_value",
            "entity[0].attributes[0].default",
            "y",
        ),
        (
            HEAD + _RELATION + 'attributes = [{id = "m", values = ["x"], default = "y"}]\n',
            "schema_bad_value",
            "relation[0].attributes[0].default",
            "y",
        ),
        (
            HEAD + _STANCE + 'attributes = [{id = "m", values = ["x"], default = "y"}]\n',
            "schema_bad_value",
            "stance.attributes[0].default",
            "y",
        ),
        (HEAD + _QUESTION % "several", "schema_bad_value", "question[0].kind", "several"),
        (HEAD + _QUESTION % "one", "schema_bad_values", "question[0].values", "one"),
        (HEAD + _QUESTION % "many", "schema_bad_values", "question[0].values", "many"),
        (HEAD + _QUESTION % "scale", "schema_bad_values", "question[0].values", "scale"),
        (
            HEAD + (_QUESTION % "text") + 'values = ["a"]\n',
            "schema_bad_values",
            "question[0].values",
            "text",
        ),
    ],
)
def test_each_fault_is_named_with_its_place(
    toml: str, code: str, where: str | None, value: str | None
) -> None:
    found = [fault for fault in faults_of(toml) if fault.code == code]
    assert where is None or where in {fault.where for fault in found}
    told = {fault.value for fault in found if where in (None, fault.where)}
    assert told
    assert value is None or value in told or code == "schema_not_toml"


@pytest.mark.parametrize(
    "toml",
    [
        HEAD + ENTITY + 'key = "p"\n' + EVENT + 'key = "p"\n',
        HEAD + ENTITY + 'color = "n1"\n[[entity]]\nid = "A.b_c-1"\ncolor = "#A0b1C2"\n',
        HEAD + (_QUESTION % "scale") + 'values = ["-1", "0", "1.5", "10"]\n',
        HEAD + (_QUESTION % "text"),
        HEAD + _EVENT_WITH % (_ROLE % ", min = 2, max = 2"),
        HEAD + EVENT + _EVENT_WITH.replace("MEET", "TALK") % '{id = "of", fillers = ["MEET"]}',
        HEAD + 'renamed = [{from = "A", to = "B"}, {from = "C", to = "B"}]\n',
        HEAD + 'retired = ["OLD"]\n',
        HEAD + _STANCE,
        HEAD + _RELATION,
    ],
)
def test_what_is_no_fault_is_not_called_one(toml: str) -> None:
    assert faults_of(toml) == []


def test_all_faults_are_told_at_once_in_an_order_that_is_always_the_same() -> None:
    strange = HEAD + ENTITY + "".join(f'{name} = "x"\n' for name in "abcdefghij")
    assert [fault.where for fault in faults_of(strange)] == [
        f"entity[0].{name}" for name in "abcdefghij"
    ]


def test_unknown_keys_of_a_renaming_are_told() -> None:
    toml = HEAD + 'renamed = [{from = "A", to = "B", why = "x"}]\n'
    assert "schema_unknown_key" in codes_of(toml)


@SOME
@given(toml=st.text(max_size=60))
def test_any_text_is_a_label_schema_or_has_faults(toml: str) -> None:
    schema, faults = checked_schema(toml)
    assert schema is not None or faults


_TREES = st.recursive(
    st.one_of(st.booleans(), st.integers(-3, 3), st.sampled_from(["PERS", "entity", "x", ""])),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "values", "roles", "fillers", "attributes", "kind", "en"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


@SOME
@given(
    key=st.sampled_from(["entity", "event", "stance", "topic", "relation", "question"]), tree=_TREES
)
def test_any_tree_is_read_or_has_faults(key: str, tree: object) -> None:
    schema, faults = checked_schema(f"{key} = {_toml(tree)}\n{HEAD}")
    assert schema is not None or faults
    assert all(fault.where for fault in faults)


def _toml(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case int():
            return str(value)
        case str():
            return f'"{value}"'
        case list():
            return "[" + ", ".join(map(_toml, value)) + "]"
        case dict():
            return "{" + ", ".join(f"{key} = {_toml(item)}" for key, item in value.items()) + "}"
        case _:
            raise TypeError(value)
