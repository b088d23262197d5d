"""Stances and relations: who and what is meant; targets apart from values, ends from types."""

import pytest

from annotator.agreement.valuereport import Scale
from annotator.agreement.whole import Scales
from tests.agreement.readings import Reading, batch, relations_of, stances_of

TEXT = "قال بوتين إن ترامب زار موسكو، وقال الرئيس بوتين إن الزيارة مفيدة لروسيا وإن ترمب صديق"
ROWS = ("1 1 0 -1 -1 0 1 0 -1 1", "1 1 1 -1 -1 0 1 0 -1 0", "1 0 0 -1 0 0 1 · -1 1")


def place(quote: str, nth: int = 0) -> tuple[int, int]:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(quote, start + 1)
    return start, start + len(quote)


def test_the_published_values_of_three_annotators() -> None:
    readings = [
        Reading(article, annotator, stances=(("author", "topic", "t1", value),))
        if value != "·"
        else Reading(article, annotator)
        for annotator, row in enumerate(ROWS, 1)
        for article, value in enumerate(row.split())
    ]

    found = stances_of(batch(readings, [TEXT] * 10))

    alphas = found.values.alphas
    assert alphas["nominal"].value == pytest.approx(0.59712, abs=6e-6)
    assert alphas["ordinal"].value == pytest.approx(0.77858, abs=6e-6)
    assert found.values.others["gwet_ac1"].value == pytest.approx(0.60199, abs=6e-6)
    assert found.values.others["gwet_ac2"].value == pytest.approx(0.80392, abs=6e-6)
    assert found.target_f1.value == pytest.approx(2 * 28 / (20 + 19 + 19))
    assert found.by_topic["t1"].value == pytest.approx(0.59712, abs=6e-6)


def stance(annotator: int, mention: tuple[int, int], value: str = "1", link: str = "") -> Reading:
    return Reading(
        0,
        annotator,
        mentions=(("E1", *mention, link),),
        stances=(("author", "entity", "E1", value),),
    )


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (stance(1, place("بوتين")), stance(2, place("بوتين")), True),
        (stance(1, place("بوتين")), stance(2, place("بوتين", 1)), True),
        (stance(1, place("الرئيس بوتين")), stance(2, place("بوتين", 1)), True),
        (stance(1, place("ترامب")), stance(2, place("ترمب")), False),
        (stance(1, place("ترامب"), link="Q1"), stance(2, place("ترمب"), link="Q1"), True),
        (stance(1, place("بوتين")), stance(2, place("ترامب")), False),
    ],
)
def test_a_target_is_the_same_by_place_by_text_or_by_link(
    one: Reading, other: Reading, is_same: bool
) -> None:
    found = stances_of(batch((one, other), (TEXT,)))

    assert found.target_f1.value == (1.0 if is_same else 0.0)


def test_a_chain_of_same_as_joins_targets() -> None:
    mentions = (("E1", *place("ترامب"), ""), ("E2", *place("ترمب"), ""))
    one = Reading(
        0,
        1,
        mentions=mentions,
        stances=(("author", "entity", "E1", "1"),),
        relations=(("same_as", "E1", "E2"),),
    )

    found = stances_of(batch((one, stance(2, place("ترمب"))), (TEXT,)))

    assert found.target_f1.value == 1.0


def test_targets_and_values_are_two_questions() -> None:
    one = Reading(0, 1, stances=(("author", "topic", "t1", "1"), ("author", "topic", "t2", "-1")))
    other = Reading(0, 2, stances=(("author", "topic", "t1", "0"),))

    found = stances_of(batch((one, other), (TEXT,)))

    assert found.target_f1.value == pytest.approx(2 / 3)
    assert found.values.percent.value == 0.0
    assert found.values.n_items == 1


def test_values_off_the_scale_are_left_out_of_the_ordinal_alpha_only() -> None:
    values = (("1", "1"), ("0", "-1"), ("opinion", "1"))
    readings = [
        Reading(article, annotator, stances=(("author", "topic", "t1", pair[annotator - 1]),))
        for article, pair in enumerate(values)
        for annotator in (1, 2)
    ]
    wider = Scale("stance", ("-1", "0", "1", "opinion"), (1.0, 2.0, 3.0))

    found = stances_of(batch(readings, [TEXT] * 3), Scales(wider, (), ("t1",))).values

    assert (found.alphas["nominal"].n, found.alphas["ordinal"].n) == (3, 2)


# --- relations -----------------------------------------------------------------------------------


def related(annotator: int, *relations: tuple[str, str, str]) -> Reading:
    mentions = (
        ("E1", *place("بوتين"), ""),
        ("E2", *place("الرئيس بوتين"), ""),
        ("E3", *place("موسكو"), ""),
    )
    return Reading(0, annotator, mentions=mentions, relations=relations)


def test_relations_by_their_ends_and_by_their_type() -> None:
    one = related(1, ("part_of", "E3", "E1"), ("same_as", "E1", "E2"))
    other = related(2, ("same_as", "E2", "E1"), ("part_of", "E1", "E3"))

    found = relations_of(batch((one, other), (TEXT,)))

    assert (found.n_relations, found.strict.value) == (4, 0.5)  # a part is not its whole
    assert found.ends_f1.value == 0.5


def test_a_relation_that_joins_is_compared_by_places() -> None:
    one, again = (related(who, ("same_as", "E1", "E2")) for who in (1, 2))
    other = related(2, ("same_as", "E1", "E3"))

    assert relations_of(batch((one, other), (TEXT,))).strict.value == 0.0
    assert relations_of(batch((one, again), (TEXT,))).strict.value == 1.0
