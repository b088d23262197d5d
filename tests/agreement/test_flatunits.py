"""Unitized alpha over all types: the published example as readings, and the plain way to count."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement import counting, flatfigures, flatunits, unitizing
from annotator.agreement.arrays import ints
from annotator.agreement.flatunits import FlatSums
from annotator.agreement.unitizing import Unit, continuum
from tests.agreement.readings import FILLING, NAMES, NUMBER, Label, Reading, batch
from tests.agreement.test_unitizing import ALEX, PAUL, SUZAN

TYPES = ("PER", "LOC", "ORG", "MISC", "A", "B", "C")
MEASURES = (unitizing.unitized_alpha, unitizing.place_alpha, unitizing.value_alpha)
PLACES = st.integers(0, 29)
LABELS = st.lists(
    st.tuples(PLACES, PLACES, st.sampled_from(TYPES[:3])).map(
        lambda told: (min(told[:2]), max(told[:2]) + 1, told[2])
    ),
    max_size=5,
)


def sums_of(*readings: Reading, texts: tuple[str, ...], types: tuple[str, ...] = ()) -> FlatSums:
    ready = counting.prepared(batch(readings, texts))
    return flatunits.flat_sums(ready, NAMES, frozenset(types))


def flat(labels: list[Label]) -> list[Unit]:
    """Return the units that `labels` leave when each begins after the greatest end before it."""
    units, reach = [], 0
    for start, end, type_ in sorted(labels, key=lambda one: (one[0], -one[1], one[2])):
        if end > reach:
            units.append((max(start, reach), end, TYPES.index(type_)))
            reach = end
    return units


def test_the_example_of_krippendorff_2019_fig_12_11() -> None:
    readings = [
        Reading(0, who, tuple((start, end, TYPES[value - 1]) for start, end, value in coder))
        for who, coder in enumerate((ALEX, PAUL, SUZAN), 1)
    ]
    found = flatfigures.unitized(sums_of(*readings, texts=(FILLING[:60],)), NAMES)

    assert found.unitized.value == pytest.approx(0.509982, abs=6e-7)
    assert found.place.value == pytest.approx(0.413599, abs=1e-6)
    assert found.value.value == pytest.approx(0.724169, abs=6e-7)
    by_type = {row.type: row for row in found.by_type}
    assert [by_type[name].alpha.value for name in TYPES[:6]] == pytest.approx([1, 0, 0, 0, 1, 1])
    assert by_type["C"].alpha.reason == "no_items"
    assert by_type["A"].coverage == pytest.approx(8 / 18)


@given(st.lists(LABELS, min_size=2, max_size=4), st.lists(LABELS, min_size=2, max_size=3))
def test_sums_are_those_of_the_plain_way(
    first: list[list[Label]], second: list[list[Label]]
) -> None:
    readings = [
        Reading(article, who, tuple(labels))
        for article, told in enumerate((first, second))
        for who, labels in enumerate(told, 1)
    ]
    text = FILLING[:30]
    plain = continuum([flat(one) for one in first], 30, 7) + continuum(
        [flat(one) for one in second], 30, 7
    )

    together = sums_of(*readings, texts=(text, text))
    apart = flatunits.nothing()
    for told in (first, second):
        apart += sums_of(
            *(Reading(0, who, tuple(labels)) for who, labels in enumerate(told, 1)), texts=(text,)
        )

    for found in (together, apart):
        at = np.ix_(*[[0, *(TYPES.index(NAMES[n]) + 1 for n in found.labels.tolist())]] * 2)
        assert found.continuum.lengths == pytest.approx(plain.lengths[at])
        assert found.continuum.lengths.sum() == pytest.approx(plain.lengths.sum())
        assert found.continuum.squares == pytest.approx(plain.squares[at[1][0]])
        assert found.continuum.cut == pytest.approx(plain.cut[at[1][0]])
        for measure in MEASURES:
            value = measure(plain).value
            figure = measure(found.continuum)
            assert figure.value == (None if value is None else pytest.approx(value))


def test_of_labels_that_nest_the_outermost_counts() -> None:
    one = Reading(0, 1, ((0, 20, "ORG"), (10, 20, "LOC"), (15, 25, "PER")))
    other = Reading(0, 2, ((0, 20, "ORG"), (20, 25, "PER")))

    found = flatfigures.unitized(sums_of(one, other, texts=(FILLING[:30],)), NAMES)

    assert [row.type for row in found.by_type] == ["ORG", "PER"]
    assert found.unitized.value == found.value.value == 1.0


def test_only_the_types_that_are_asked_for() -> None:
    one = Reading(0, 1, ((0, 20, "ORG"), (10, 20, "LOC")))
    other = Reading(0, 2, ((0, 9, "ORG"), (10, 20, "LOC")))

    found = sums_of(one, other, texts=(FILLING[:30],), types=("LOC",))

    assert found.labels.tolist() == [NUMBER["LOC"]]
    assert flatfigures.unitized(found, NAMES).unitized.value == 1.0


def test_what_one_alone_read_is_left_out() -> None:
    found = sums_of(Reading(0, 1, ((0, 5, "PER"),)), texts=(FILLING[:30],))

    assert found.n_articles == 0
    assert flatfigures.unitized(found, NAMES).unitized.reason == "no_pairs"
    assert ints(found.labels).tolist() == []


@given(st.lists(st.lists(LABELS, min_size=2, max_size=3), min_size=3, max_size=5))
def test_figures_without_an_article_are_those_of_the_others(told: list[list[list[Label]]]) -> None:
    def of(some: list[list[list[Label]]]) -> FlatSums:
        readings = [
            Reading(article, who, tuple(labels))
            for article, coders in enumerate(some)
            for who, labels in enumerate(coders, 1)
        ]
        return sums_of(*readings, texts=(FILLING[:30],) * len(some))

    whole = of(told)
    left = flatfigures.without(whole)

    for at in range(len(told)):
        others = of([*told[:at], *told[at + 1 :]]).continuum
        for measure, found in zip(MEASURES, left, strict=True):
            value = measure(others).value
            assert found[at] == pytest.approx(np.nan if value is None else value, nan_ok=True)
