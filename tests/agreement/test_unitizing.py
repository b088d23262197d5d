"""Krippendorff's unitizing family: the published example, and sums over many articles."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.agreement import unitizing
from annotator.agreement.arrays import ints
from annotator.agreement.figures import NO_ITEMS
from annotator.agreement.unitizing import Unit, continuum

ALEX = ((0, 7, 1), (7, 13, 2), (30, 32, 5), (32, 37, 6), (37, 44, 6), (44, 60, 7))
PAUL = ((0, 7, 1), (7, 13, 3), (13, 21, 5), (32, 44, 6))
SUZAN = ((0, 7, 1), (7, 13, 4), (13, 21, 5), (32, 37, 6), (37, 41, 6), (41, 44, 6))


def from_zero(units: tuple[Unit, ...]) -> list[Unit]:
    return [(start, end, value - 1) for start, end, value in units]


PUBLISHED = continuum([from_zero(coder) for coder in (ALEX, PAUL, SUZAN)], 60, 7)


def test_the_example_of_krippendorff_2019_fig_12_11() -> None:
    assert unitizing.unitized_alpha(PUBLISHED).value == pytest.approx(0.509982, abs=6e-7)
    assert unitizing.place_alpha(PUBLISHED).value == pytest.approx(0.413599, abs=1e-6)
    assert unitizing.value_alpha(PUBLISHED).value == pytest.approx(0.724169, abs=6e-7)


def test_its_coinciding_lengths() -> None:
    lengths = PUBLISHED.lengths

    assert lengths[0, 0] == 45
    assert lengths[0, 5] == lengths[5, 0] == 10
    assert lengths[0, 7] == lengths[7, 0] == 16
    assert lengths[1, 1] == 21
    assert [lengths[2, 3], lengths[2, 4], lengths[3, 4]] == [3, 3, 3]
    assert (lengths[5, 5], lengths[6, 6], lengths.sum()) == (8, 36, 180)


def test_its_values_one_by_one() -> None:
    found = [unitizing.one_value_alpha(PUBLISHED, value) for value in range(7)]

    assert [figure.value for figure, _ in found[:6]] == pytest.approx([1, 0, 0, 0, 1, 1])
    assert found[6][0].reason == NO_ITEMS
    assert [found[4][1], found[6][1]] == pytest.approx([8 / 18, 0])


@pytest.mark.parametrize(
    ("one", "other", "length", "expected"),
    [
        ([(0, 5, 0), (10, 20, 1)], [(0, 5, 0), (12, 20, 1)], 30, (0.89610, 0.87522, 1.0)),
        ([(0, 5, 0), (10, 15, 1)], [(0, 5, 1), (10, 15, 0)], 20, (0.26, 1.0, -0.5)),
        ([(0, 5, 0), (10, 20, 1)], [], 30, (-0.18276, -0.27037, None)),
        ([(0, 2, 0), (2, 4, 0)], [(0, 4, 0)], 9, (1.0, 1.0, None)),
    ],
)
def test_small_examples(
    one: list[Unit], other: list[Unit], length: int, expected: tuple[float | None, ...]
) -> None:
    found = continuum([one, other], length, 2)
    measures = (unitizing.unitized_alpha, unitizing.place_alpha, unitizing.value_alpha)

    for measure, value in zip(measures, expected, strict=True):
        figure = measure(found)
        assert figure.value == (None if value is None else pytest.approx(value, abs=6e-6))
        assert bool(figure.reason) == (value is None)


def test_continua_without_units_have_no_figure() -> None:
    found = continuum([[], []], 30, 1)

    assert unitizing.unitized_alpha(found).reason == NO_ITEMS
    assert unitizing.place_alpha(found).reason == NO_ITEMS


def test_units_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        continuum([[(0, 5, 0), (4, 6, 0)], []], 10, 1)


spans = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)), max_size=6)


@settings(deadline=None)
@given(st.lists(st.lists(spans, min_size=2, max_size=4), min_size=1, max_size=4))
def test_many_articles_at_once_are_the_sum_of_one_after_another(
    articles: list[list[list[tuple[int, int]]]],
) -> None:
    length = 60
    plain = [continuum([_merged(coder) for coder in coders], length, 1) for coders in articles]
    rows = [
        (at, coder, start, start + width)
        for at, coders in enumerate(articles)
        for coder, units in enumerate(coders)
        for start, width in units
    ]
    group, coder, first, last = (
        (ints(column) for column in zip(*rows, strict=True)) if rows else ([ints([])] * 4)
    )
    of, since, until = unitizing.merged(group * 4 + coder, first, last)
    found = unitizing.lengths_of(of // 4, since, until)
    columns = np.zeros((3, len(articles)))
    columns[:, found.group] = (found.shared, found.own, found.squares)
    coders = np.array([len(one) for one in articles], dtype=float)

    shared, own, squares = columns
    lengths = np.full(len(articles), float(length))

    summed = unitizing.type_continuum(shared, own, squares, lengths, coders)

    expected = plain[0]
    for one in plain[1:]:
        expected = expected + one
    assert summed.lengths == pytest.approx(expected.lengths)
    assert summed.squares == pytest.approx(expected.squares)
    left, right = unitizing.unitized_alpha(summed), unitizing.unitized_alpha(expected)
    assert left.value == (None if right.value is None else pytest.approx(right.value))


def _merged(units: list[tuple[int, int]]) -> list[Unit]:
    """Return the unions of units, one after another as a person would."""
    found: list[Unit] = []
    for start, width in sorted(units):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], start + width), 0)
        else:
            found.append((start, start + width, 0))
    return found
