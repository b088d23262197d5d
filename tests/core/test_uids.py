"""Identities: they grow, they have a form, and what is derived is derived the same everywhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.arabic.fold import fold_name
from annotator.core import uids
from annotator.core.model import KINDS, LETTER
from tests.core.labels import SOME
from tests.strategies import names

_REPLICAS = st.text(st.sampled_from("0123456789abcdefghijklmnopqrstuv"), min_size=8, max_size=8)
_COUNTERS = st.integers(0, 32**6 - 1)


@SOME
@given(kind=st.sampled_from(KINDS), replica=_REPLICAS, one=_COUNTERS, other=_COUNTERS)
def test_label_uids_sort_as_their_counters_do(
    kind: str, replica: str, one: int, other: int
) -> None:
    first, second = (uids.label_uid(kind, replica, counter) for counter in (one, other))
    assert (first < second) == (one < other)
    assert len(first) == 15
    assert first.startswith(LETTER[kind] + replica)


@SOME
@given(kind=st.sampled_from(KINDS), replica=_REPLICAS, counter=_COUNTERS)
def test_a_label_uid_has_the_form_of_its_kind_and_of_no_other(
    kind: str, replica: str, counter: int
) -> None:
    uid = uids.label_uid(kind, replica, counter)
    assert [other for other in KINDS if uids.is_label_uid(uid, other)] == [kind]


@pytest.mark.parametrize(
    "uid",
    ["", "E", "E1", "e0a1b2c3d000011", "E0a1b2c3d00001", "E0a1b2c3d0000111", "E0a1b2c3w000011",
     "E0a1b2c3d000011\n", "E0A1B2C3D000011", "X0a1b2c3d000011", "E٠a1b2c3d000011",
     " 0a1b2c3d000011"],
)  # fmt: skip
def test_what_has_not_that_form_is_no_label_uid(uid: str) -> None:
    assert not any(uids.is_label_uid(uid, kind) for kind in KINDS)


@SOME
@given(kind=st.sampled_from(KINDS), foreign=st.text(max_size=40))
def test_derived_uids_have_the_form_and_are_the_same_each_time(kind: str, foreign: str) -> None:
    uid = uids.derived_label_uid("layer", kind, foreign)
    assert uids.is_label_uid(uid, kind)
    assert uid == uids.derived_label_uid("layer", kind, foreign)


@SOME
@given(one=st.tuples(st.text(), st.text()), other=st.tuples(st.text(), st.text()))
def test_derived_uids_of_two_layers_or_two_names_differ(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    clean = [tuple(part.replace("\n", "") for part in pair) for pair in (one, other)]
    first, second = (uids.derived_label_uid(pair[0], "entity", pair[1]) for pair in clean)
    assert (first == second) == (clean[0] == clean[1])


def test_derived_uids_of_two_kinds_differ_beyond_their_letter() -> None:
    found = {uids.derived_label_uid("layer", kind, "1")[1:] for kind in KINDS}
    assert len(found) == len(KINDS)


@SOME
@given(one=names(), other=names())
def test_two_spellings_of_a_name_are_one_annotator_and_two_names_are_two(
    one: str, other: str
) -> None:
    same = uids.annotator_uid("p", one) == uids.annotator_uid("p", other)
    assert same == (fold_name(one) == fold_name(other))


def test_one_name_is_two_annotators_in_two_projects() -> None:
    assert uids.annotator_uid("p", "أحمد") != uids.annotator_uid("q", "أحمد")


def test_a_layer_is_named_by_its_article_and_its_annotator() -> None:
    found = {uids.layer_uid(article, who) for article in ("a", "b") for who in ("1", "2")}
    assert len(found) == 4
    assert all(len(uid) == 16 and not set(uid) - set("0123456789abcdef") for uid in found)


def test_random_names_have_their_form_and_are_not_drawn_twice() -> None:
    replicas = {uids.new_replica() for _ in range(1000)}
    assert len(replicas) == 1000
    assert all(len(name) == 8 and not set(name) - set(uids._DIGITS) for name in replicas)  # noqa: SLF001
    assert all(name[0] == uids.GESTURE and len(name) == 15 for name in {uids.new_batch()})
    assert len({uids.new_project() for _ in range(100)}) == 100
