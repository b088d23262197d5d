"""Our coefficients beside those of others: krippendorff, nltk, statsmodels, scikit-learn."""

import random
from typing import Any

import numpy as np
import pytest

from annotator.agreement import categorical, distances
from annotator.agreement.arrays import Ints, ints

WHY = "only with the group `crosscheck` installed"
SEEDS = range(12)


def values(seed: int, n_annotators: int = 4, n_items: int = 30, missing: float = 0.2) -> Ints:
    """Return values 1 to 4 of annotators who agree more often than not; -1 where one is missing."""
    chance = random.Random(seed)  # noqa: S311
    truth = [chance.randint(0, 3) for _ in range(n_items)]
    rows = [
        [
            -1
            if chance.random() < missing
            else (one if chance.random() < 0.7 else chance.randint(0, 3))
            for one in truth
        ]
        for _ in range(n_annotators)
    ]
    return ints(rows)


def alpha(told: Ints, metric: str) -> float:
    pairs = categorical.coincidences(categorical.counts_of(told, 4))
    numbers = [1.0, 2.0, 3.0, 4.0]
    metrics = {
        "nominal": distances.nominal(4),
        "ordinal": distances.ordinal(pairs.sum(axis=1)),
        "interval": distances.interval(numbers),
        "ratio": distances.ratio(numbers),
    }
    found = categorical.krippendorff_alpha(pairs, metrics[metric]).value
    assert found is not None
    return found


@pytest.mark.parametrize("metric", ["nominal", "ordinal", "interval", "ratio"])
@pytest.mark.parametrize("seed", SEEDS)
def test_alpha_is_that_of_krippendorff(metric: str, seed: int) -> None:
    library = pytest.importorskip("krippendorff", reason=WHY)
    told = values(seed)
    data = np.where(told < 0, np.nan, told + 1.0)

    theirs = library.alpha(
        reliability_data=data, level_of_measurement=metric, value_domain=[1, 2, 3, 4]
    )

    assert alpha(told, metric) == pytest.approx(theirs, abs=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_alpha_of_sets_is_that_of_nltk(seed: int) -> None:
    agreement: Any = pytest.importorskip("nltk.metrics.agreement", reason=WHY)
    distance: Any = pytest.importorskip("nltk.metrics.distance", reason=WHY)
    chance = random.Random(seed)  # noqa: S311
    sets = [
        [frozenset(chance.sample("ABC", chance.randint(1, 3))) for _ in range(15)] for _ in range(3)
    ]
    rows = [
        (f"c{who}", f"i{at}", one) for who, row in enumerate(sets) for at, one in enumerate(row)
    ]
    known = sorted({one for row in sets for one in row}, key=sorted)
    numbers = ints([[known.index(one) for one in row] for row in sets])
    pairs = categorical.coincidences(categorical.counts_of(numbers, len(known)))

    for name, theirs, tolerance in (
        ("jaccard", distance.jaccard_distance, 1e-9),
        ("masi", distance.masi_distance, 5e-3),  # nltk writes 0.67 and 0.33 for thirds
    ):
        expected = agreement.AnnotationTask(data=rows, distance=theirs).alpha()
        ours = categorical.krippendorff_alpha(pairs, distances.of_sets(known, name)).value
        assert ours == pytest.approx(expected, abs=tolerance)


@pytest.mark.parametrize("seed", SEEDS)
def test_fleiss_and_cohen_are_those_of_statsmodels(seed: int) -> None:
    library: Any = pytest.importorskip("statsmodels.stats.inter_rater", reason=WHY)
    told = values(seed, missing=0)
    counts = categorical.counts_of(told, 4)
    table = categorical.table_of(told[0], told[1], 4)
    weights = distances.quadratic_weights([1.0, 2.0, 3.0, 4.0])

    cohen = library.cohens_kappa(table)
    weighted = library.cohens_kappa(table, weights=1 - weights)

    assert categorical.fleiss_kappa(counts).value == pytest.approx(library.fleiss_kappa(counts))
    assert categorical.cohen_kappa(table).value == pytest.approx(cohen.kappa)
    assert categorical.greatest_kappa(table).value == pytest.approx(cohen.kappa_max)
    assert categorical.cohen_kappa(table, weights).value == pytest.approx(weighted.kappa)


@pytest.mark.parametrize("weights", [None, "linear", "quadratic"])
@pytest.mark.parametrize("seed", SEEDS)
def test_cohen_is_that_of_scikit_learn(seed: int, weights: str | None) -> None:
    metrics: Any = pytest.importorskip("sklearn.metrics", reason=WHY)
    told = values(seed, missing=0)
    apart = np.abs(np.subtract.outer(np.arange(4), np.arange(4)))
    ours = {None: None, "linear": 1 - apart / 3, "quadratic": 1 - (apart / 3) ** 2}

    theirs = metrics.cohen_kappa_score(told[0], told[1], labels=[0, 1, 2, 3], weights=weights)

    table = categorical.table_of(told[0], told[1], 4)
    assert categorical.cohen_kappa(table, ours[weights]).value == pytest.approx(theirs)
