"""Labels as bodies: there and back for every kind, and nothing but what a label could have said."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core import canonical
from annotator.core.bodies import BadBodyError, body_of, label_from
from annotator.core.model import (
    AUTHOR,
    KINDS,
    Answer,
    Argument,
    Entity,
    Event,
    Label,
    Origin,
    Party,
    Relation,
    Span,
    Stance,
)
from tests.core.labels import SOME, kind_of, labels

PLAIN: dict[str, Label] = {
    "entity": Entity("E", (Span(0, 3, "قال"),), "PERS"),
    "event": Event("V", (Span(0, 3, "قال"),), "STATE"),
    "argument": Argument("A", "V", "actor", "E"),
    "stance": Stance("S", AUTHOR, Party("topic", "peace"), "favor"),
    "relation": Relation("R", "same_as", "E", "E2"),
    "answer": Answer("Q", "genre", ("report",)),
}


@SOME
@given(label=labels())
def test_a_label_comes_back_from_its_body(label: Label) -> None:
    assert label_from(kind_of(label), label.uid, body_of(label)) == label


@SOME
@given(label=labels())
def test_a_body_comes_back_from_json(label: Label) -> None:
    body = body_of(label)
    assert json.loads(canonical.encoded(body)) == body
    assert label_from(kind_of(label), label.uid, json.loads(canonical.encoded(body))) == label


@SOME
@given(one=labels(), other=labels())
def test_labels_that_differ_have_bodies_that_differ(one: Label, other: Label) -> None:
    same = (kind_of(one), body_of(one)) == (kind_of(other), body_of(other))
    assert same == (label_from(kind_of(one), other.uid, body_of(one)) == other)


@pytest.mark.parametrize("kind", KINDS)
def test_a_body_leaves_out_what_is_empty_or_usual(kind: str) -> None:
    told = set(body_of(PLAIN[kind]))
    assert told.isdisjoint({"uid", "note", "doubt", "origin", "decision", "votes", "attributes"})
    assert told.isdisjoint({"subtype", "head", "link", "voice", "evidence"})


def test_the_bodies_of_plain_labels_stay_as_they_were_first_written() -> None:
    assert {kind: body_of(label) for kind, label in PLAIN.items()} == {
        "entity": {"spans": [[0, 3, "قال"]], "type": "PERS"},
        "event": {"spans": [[0, 3, "قال"]], "type": "STATE"},
        "argument": {"event": "V", "type": "actor", "filler": "E"},
        "stance": {"holder": ["author", ""], "target": ["topic", "peace"], "type": "favor"},
        "relation": {"type": "same_as", "source": "E", "target": "E2"},
        "answer": {"type": "genre", "values": ["report"]},
    }


def test_confidence_is_a_whole_number_of_thousandths() -> None:
    label = Entity("E", (Span(0, 1, "ق"),), "PERS", origin=Origin("suggestion", "crf", 731))
    assert body_of(label)["origin"] == ["suggestion", "crf", 731]


@pytest.mark.parametrize("kind", KINDS)
def test_a_body_with_a_field_too_many_or_too_few_is_refused(kind: str) -> None:
    body = body_of(PLAIN[kind])
    with pytest.raises(BadBodyError, match="colour"):
        label_from(kind, "E1", {**body, "colour": "red"})
    for key in body:
        with pytest.raises(BadBodyError, match=key):
            label_from(kind, "E1", {name: body[name] for name in body if name != key})


@pytest.mark.parametrize(
    ("kind", "key", "value"),
    [
        ("entity", "type", 5),
        ("entity", "type", None),
        ("entity", "note", ["x"]),
        ("entity", "spans", "0-3"),
        ("entity", "spans", [[0, 3]]),
        ("entity", "spans", [[0, "3", "قال"]]),
        ("entity", "spans", [[0.0, 3, "قال"]]),
        ("entity", "spans", [[True, 3, "قال"]]),
        ("entity", "spans", [[0, True, "ق"]]),
        ("entity", "spans", [[0, 3, None]]),
        ("entity", "head", {"start": 0}),
        ("entity", "attributes", [["mention"]]),
        ("entity", "attributes", [["mention", 1]]),
        ("entity", "attributes", {"mention": "NAM"}),
        ("entity", "origin", ["person", "", 1001]),
        ("entity", "origin", ["person", "", -1]),
        ("entity", "origin", ["person", "", 0.5]),
        ("entity", "origin", ["person", "", True]),
        ("entity", "origin", ["person", ""]),
        ("entity", "votes", [["a1", "x", "y"]]),
        ("stance", "holder", "author"),
        ("stance", "holder", ["author"]),
        ("stance", "target", ["topic", 3]),
        ("answer", "values", "report"),
        ("answer", "values", ["report", 1]),
        ("argument", "filler", 1),
        ("relation", "source", None),
    ],
)
def test_a_body_with_a_wrong_type_is_refused_by_the_name_of_the_field(
    kind: str, key: str, value: object
) -> None:
    with pytest.raises(BadBodyError, match=key):
        label_from(kind, "E1", {**body_of(PLAIN[kind]), key: value})


_JSON: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-2, 2000), st.text(max_size=3)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)


@SOME
@given(kind=st.sampled_from(KINDS), data=st.data())
def test_a_body_from_elsewhere_is_a_label_that_says_just_that_or_is_refused(
    kind: str, data: st.DataObject
) -> None:
    body = body_of(PLAIN[kind])
    key = data.draw(st.sampled_from([*body, "note", "origin", "attributes", "votes"]))
    body[key] = data.draw(_JSON)
    try:
        label = label_from(kind, "E1", body)
    except BadBodyError:
        return
    again = body_of(label)
    assert all(again.get(name, _usual(name)) == value for name, value in body.items())


def _usual(name: str) -> object:
    return {"note": "", "origin": ["person", "", 1000]}.get(name, [])
