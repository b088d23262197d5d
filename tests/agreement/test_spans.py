"""Spans of two readings: matching, scores, what became of each, nesting, reports."""

import numpy as np
import pytest

from annotator.agreement.figures import NO_ITEMS, NO_PAIRS
from annotator.agreement.spans import (
    AGREE,
    BOTH,
    BOUNDARY,
    ELSEWHERE,
    INNER,
    KINDS,
    LABEL,
    MISSING,
    PLAIN,
)
from annotator.agreement.spanscores import character_f1, scores
from tests.agreement.readings import FILLING, Label, Reading, batch, entities_of, two

NESTED_A = ((0, 10, "PER"), (0, 4, "LOC"), (20, 25, "ORG"), (30, 40, "ORG"), (50, 60, "PER"),
            (70, 75, "LOC"))  # fmt: skip
NESTED_B = ((0, 10, "PER"), (0, 4, "LOC"), (21, 25, "ORG"), (30, 40, "LOC"), (52, 66, "ORG"),
            (80, 85, "LOC"))  # fmt: skip


def kinds(one: tuple[Label, ...], other: tuple[Label, ...]) -> list[int]:
    _, found = two(one, other)
    counts: list[int] = np.bincount(found.items.kind, minlength=len(KINDS)).tolist()
    return counts


@pytest.mark.parametrize("is_swapped", [False, True])
def test_nested_spans_and_every_kind_of_disagreement(is_swapped: bool) -> None:
    sides = (NESTED_B, NESTED_A) if is_swapped else (NESTED_A, NESTED_B)

    spans, found = two(*sides)
    told = scores(spans, found)

    assert told.strict == pytest.approx(4 / 12)
    assert told.boundary == pytest.approx(6 / 12)
    assert told.overlap == pytest.approx(6 / 12)
    assert told.detection == pytest.approx(10 / 12)
    assert told.average == pytest.approx(0.41667, abs=6e-6)
    assert told.by_iou == pytest.approx(5.6 / 12)
    assert character_f1(spans, (0, 1)) == pytest.approx(36 / 91)
    assert kinds(*sides)[AGREE] == 2
    assert [kinds(*sides)[kind] for kind in (BOUNDARY, LABEL, BOTH, MISSING)] == [1, 1, 1, 2]


def test_the_report_of_nested_spans() -> None:
    readings = (Reading(0, 1, NESTED_A), Reading(0, 2, NESTED_B))

    found = entities_of(batch(readings))

    pair = found.by_pair[0]
    assert dict(pair.confusion) == {
        ("PER", "PER"): 1, ("LOC", "LOC"): 1, ("ORG", "ORG"): 1, ("ORG", "LOC"): 1,
        ("PER", "ORG"): 1, ("LOC", ""): 1, ("", "LOC"): 1,
    }  # fmt: skip
    assert pair.disagreements.kinds["missing_first"] == 1
    assert pair.disagreements.kinds["missing_second"] == 1
    assert found.label_alpha.value == pytest.approx(0.45455, abs=6e-6)
    by_type = {row.type: row for row in found.by_type}
    strict = {name: row.strict.value for name, row in by_type.items()}
    assert strict == pytest.approx({"PER": 2 / 3, "LOC": 0.4, "ORG": 0})
    assert by_type["ORG"].overlap.value == pytest.approx(0.5)
    assert found.strict.value == pytest.approx(1 / 3)
    assert found.overlap.value == pytest.approx(1 / 2)


@pytest.mark.parametrize("is_swapped", [False, True])
def test_an_inner_span_finds_its_twin_whoever_is_called_first(is_swapped: bool) -> None:
    one, other = ((0, 20, "ORG"), (10, 20, "LOC")), ((10, 20, "LOC"),)
    spans, found = two(*((other, one) if is_swapped else (one, other)))

    told = scores(spans, found)

    assert (told.strict, told.overlap) == pytest.approx((2 / 3, 2 / 3))
    assert np.bincount(found.items.kind, minlength=5).tolist() == [1, 0, 0, 0, 1]


def test_matching_takes_the_closest_and_each_once() -> None:
    spans, found = two(((0, 10, "X"), (12, 20, "X")), ((0, 9, "X"), (8, 20, "X"), (13, 15, "X")))
    items = found.items
    paired = items.kind != MISSING

    told = {
        ((int(spans.start[one]), int(spans.end[one])), (int(spans.start[at]), int(spans.end[at])))
        for one, at in zip(items.one[paired], items.other[paired], strict=True)
    }

    assert told == {((0, 10), (0, 9)), ((12, 20), (8, 20))}
    assert scores(spans, found).overlap == pytest.approx(0.8)


def test_two_empty_readings_have_no_score_and_one_empty_one_has_0() -> None:
    assert scores(*two((), ())).strict is None
    assert scores(*two(((0, 3, "X"),), ())).detection == 0


def test_empty_readings_change_no_pooled_sum() -> None:
    readings = [Reading(0, 1, NESTED_A), Reading(0, 2, NESTED_B)]
    empty = [Reading(1, 1), Reading(1, 2)]
    texts = (FILLING, FILLING + "ب")

    alone = entities_of(batch(readings, texts))
    with_empty = entities_of(batch([*readings, *empty], texts))

    assert with_empty.strict.value == alone.strict.value
    assert (alone.n_articles, with_empty.n_articles) == (1, 2)


def test_a_missing_span_says_why() -> None:
    text = "زار بوتين القاهرة ثم قال بوتين كلمة في جامعة القاهرة"
    one = ((4, 9, "PER"), (25, 30, "PER"), (39, 52, "ORG"), (45, 52, "LOC"))
    other = ((4, 9, "PER"), (39, 52, "ORG"))
    readings = (Reading(0, 1, one), Reading(0, 2, other))

    found = entities_of(batch(readings, (text,)))

    assert dict(found.disagreements.missing) == {
        "missing": 0, "missing_elsewhere": 1, "missing_inner": 1,
    }  # fmt: skip
    assert (PLAIN, ELSEWHERE, INNER) == (0, 1, 2)
    assert found.n_inner_missing == 1
    assert (found.inner.n, found.inner.value) == (1, 0.0)


def test_duplicates_count_once() -> None:
    twice = ((0, 4, "PER"), (0, 4, "PER"))

    found = entities_of(batch((Reading(0, 1, twice), Reading(0, 2, twice[:1]))))

    assert (found.strict.value, found.n_labels) == (1.0, 2)


def test_nobody_in_common_has_a_reason() -> None:
    readings = (Reading(0, 1, NESTED_A), Reading(1, 2, NESTED_B))

    found = entities_of(batch(readings, (FILLING, FILLING)))

    assert (found.strict.value, found.strict.reason) == (None, NO_PAIRS)
    assert (found.label_alpha.reason, found.by_pair, found.by_type) == (NO_PAIRS, (), ())


def test_nothing_marked_has_a_reason() -> None:
    found = entities_of(batch((Reading(0, 1), Reading(0, 2))))

    assert (found.strict.value, found.strict.reason) == (None, NO_ITEMS)
    assert found.label_alpha.reason == NO_ITEMS


BRATIAA = (
    (
        "PER 4 17, LOC 18 24, ORG 34 37, PER 361 397, PER 563 567, PER 720 724, PER 1074 1078,"
        " PER 1081 1096, MISC 2376 2387, LOC 2498 2504",
        "PER 4 17, ORG 34 37, PER 361 397, PER 563 567, PER 720 724, PER 1081 1096,"
        " MISC 2376 2387, LOC 2498 2504",
    ),
    (
        "LOC 0 8, ORG 18 21, ORG 192 195, PER 327 344, PER 454 465, ORG 650 653",
        "LOC 0 8, ORG 18 21, LOC 42 54, ORG 161 190, PER 327 344, ORG 408 426, PER 454 465,"
        " ORG 516 523, ORG 650 653",
    ),
)


def _labels(told: str) -> tuple[Label, ...]:
    rows = (row.split() for row in told.split(","))
    return tuple((int(start), int(end), type_) for type_, start, end in rows)


def test_two_documents_of_bratiaa() -> None:
    readings = [
        Reading(article, annotator, _labels(told))
        for article, sides in enumerate(BRATIAA)
        for annotator, told in enumerate(sides, 1)
    ]
    texts = ("ب" * 2600, "ت" * 2600)

    found = entities_of(batch(readings, texts))

    assert found.strict.value == pytest.approx(26 / 33)
    assert found.n_labels == 33
    strict = {row.type: row.strict.value for row in found.by_type}
    expected = {"PER": 0.9333, "LOC": 0.6667, "ORG": 0.6, "MISC": 1.0}
    assert strict == pytest.approx(expected, abs=6e-5)
    for article, value in ((0, 16 / 18), (1, 10 / 15)):
        one = [reading for reading in readings if reading.article == article]
        assert entities_of(batch(one, texts)).strict.value == pytest.approx(value)
