"""What stands and what is held: the text and the other labels decide, never the label schema."""

import random
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from annotator.core.model import (
    AUTHOR,
    Argument,
    Entity,
    Event,
    Label,
    Party,
    Relation,
    Span,
    Stance,
    extent_of,
    points_to,
)
from annotator.core.standing import (
    NO_ARTICLE,
    POINTS_TO_NOTHING,
    SPAN_DIFFERS,
    told_apart,
)
from tests.core.labels import SOME, TEXT, layers
from tests.core.labels import labels as some_labels

MENTION = Entity("E1", (Span(4, 9, "بوتين"),), "PERS")
EVENT = Event("V1", (Span(13, 18, "لقاءه"),), "MEET")


@SOME
@given(labels=layers())
def test_every_label_stands_or_is_held_and_none_is_both(labels: list[Label]) -> None:
    stand, held = told_apart(labels, TEXT)
    up = {label.uid for label in stand}
    assert up | set(held) == {label.uid for label in labels}
    assert up.isdisjoint(held)


@SOME
@given(labels=layers())
def test_what_a_standing_label_points_to_stands(labels: list[Label]) -> None:
    stand, held = told_apart(labels, TEXT)
    up = {label.uid for label in stand}
    assert all(set(points_to(label)) <= up for label in stand)
    for label in labels:
        if held.get(label.uid) == POINTS_TO_NOTHING:
            assert not set(points_to(label)) <= up


@SOME
@given(labels=layers(), chance=st.randoms(use_true_random=False))
def test_the_order_of_the_labels_makes_no_difference(
    labels: list[Label], chance: random.Random
) -> None:
    turned = labels[:]
    chance.shuffle(turned)
    one, other = told_apart(labels, TEXT), told_apart(turned, TEXT)
    assert one[1] == other[1]
    assert {label.uid for label in one[0]} == {label.uid for label in other[0]}


@SOME
@given(labels=layers())
def test_without_the_article_nothing_stands(labels: list[Label]) -> None:
    assert told_apart(labels, None) == ([], {label.uid: NO_ARTICLE for label in labels})


def test_a_chain_falls_as_a_whole_and_comes_back_as_a_whole() -> None:
    second = Event("V2", (Span(0, 3, "قال"),), "STATE")
    argument = Argument("A1", "V2", "theme", "V1")
    chain: list[Label] = [
        second,
        argument,
        Relation("R1", "cause", "V2", "V1"),
        Stance("S1", Party("entity", "E1"), Party("event", "V1"), "favor"),
    ]
    stand, held = told_apart([*chain, MENTION], TEXT)
    assert {label.uid for label in stand} == {"V2", "E1"}
    assert set(held.values()) == {POINTS_TO_NOTHING}

    stand, held = told_apart([*chain, MENTION, EVENT], TEXT)
    assert held == {}


def test_what_points_to_what_does_not_stand_falls_too_step_by_step() -> None:
    """No gesture makes a relation between relations; a history from elsewhere may hold one."""
    chain: list[Label] = [Relation("R1", "same_as", "E1", "V1")]
    chain += [Relation(f"R{n}", "same_as", "E1", f"R{n - 1}") for n in range(2, 6)]
    assert told_apart([MENTION, EVENT, *chain], TEXT)[1] == {}
    assert set(told_apart([MENTION, *reversed(chain)], TEXT)[1]) == {f"R{n}" for n in range(1, 6)}


def test_a_stance_of_the_author_on_a_topic_needs_no_label() -> None:
    stance = Stance("S1", AUTHOR, Party("topic", "peace"), "favor")
    assert told_apart([stance], TEXT) == ([stance], {})


def test_a_span_whose_quote_is_not_the_text_is_held() -> None:
    for spans in (
        (Span(4, 9, "ترامب"),),
        (Span(4, 99, "بوتين"),),
        (Span(-5, 2, "قا"),),
        (Span(len(TEXT) - 3, len(TEXT) + 4, TEXT[-3:]),),
        (Span(len(TEXT) + 1, len(TEXT) + 2, ""),),
        (Span(9, 4, ""),),
        (Span(4, 4, ""),),
        (Span(4, 9, "بوتين"), Span(10, 12, "لا")),
    ):
        assert told_apart([Entity("E1", spans, "PERS")], TEXT) == ([], {"E1": SPAN_DIFFERS})


def test_a_head_or_evidence_whose_quote_is_not_the_text_is_held() -> None:
    head = Entity("E1", (Span(4, 9, "بوتين"),), "PERS", head=(Span(4, 6, "xx"),))
    evidence = Stance("S1", AUTHOR, Party("topic", "t"), "favor", evidence=(Span(0, 2, "xx"),))
    assert told_apart([head, evidence], TEXT)[1] == {"E1": SPAN_DIFFERS, "S1": SPAN_DIFFERS}


def test_a_mention_without_any_span_does_not_stand() -> None:
    """Bodies from elsewhere can lack them; the tables have no place for such a label."""
    labels: list[Label] = [Entity("E1", (), "PERS"), Event("V1", (), "MEET")]
    assert set(told_apart(labels, TEXT)[1]) == {"E1", "V1"}


def test_spans_out_of_order_do_not_stand() -> None:
    """Their hull would end before it starts."""
    turned = Entity("E1", (Span(13, 18, "لقاءه"), Span(4, 9, "بوتين")), "PERS")
    assert set(told_apart([turned], TEXT)[1]) == {"E1"}


@SOME
@given(labels=st.lists(some_labels(), max_size=8).map(lambda some: [*some]) | layers())
def test_what_stands_is_what_the_rule_says_word_for_word(labels: list[Label]) -> None:
    labels = list({label.uid: label for label in labels}.values())

    assert told_apart(labels, TEXT) == _by_the_rule(labels, TEXT)


def _by_the_rule(labels: list[Label], text: str) -> tuple[list[Label], dict[str, str]]:
    held = {label.uid: SPAN_DIFFERS for label in labels if not _lies(label, text)}
    standing = {label.uid: label for label in labels if label.uid not in held}
    while fallen := [
        uid for uid, label in standing.items() if not set(points_to(label)) <= set(standing)
    ]:
        for uid in fallen:
            held[uid] = POINTS_TO_NOTHING
            del standing[uid]
    return list(standing.values()), held


def _lies(label: Label, text: str) -> bool:
    if isinstance(label, Entity | Event) and not label.extent:
        return False
    return all(
        0 <= start < end <= len(text) and text[start:end] == quote
        for extent in (extent_of(label), getattr(label, "head", ()))
        for start, end, quote in extent
    ) and all(
        one.end < other.start
        for extent in (extent_of(label), getattr(label, "head", ()))
        for one, other in pairwise(extent)
    )
