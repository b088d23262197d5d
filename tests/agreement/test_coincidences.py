"""Coincidences of many readings: two annotators at a time, without counts of every item."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement import categorical


@given(st.integers(1, 5), st.integers(2, 6), st.integers(0, 60), st.integers(0, 2**32 - 1))
def test_coincidences_two_by_two_are_those_of_counts(
    n_values: int, n_readers: int, n_items: int, seed: int
) -> None:
    chance = np.random.default_rng(seed)
    values = chance.integers(-1, n_values, size=(n_readers, n_items))

    found = categorical.coincidences_of(values, n_values)

    assert found == pytest.approx(categorical.coincidences(categorical.counts_of(values, n_values)))


def test_ten_million_items_take_little_memory() -> None:
    """The bound is 0.5 GB beside the values themselves; for the time see `bench_alpha`."""
    values = np.random.default_rng(1).integers(0, 5, size=(2, 10_000_000), dtype=np.int8)
    tracemalloc.start()
    try:
        found = categorical.krippendorff_alpha(categorical.coincidences_of(values, 5))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert found.n == values.size
    assert found.value is not None
    assert abs(found.value) < 0.001
    assert peak < 50_000_000
