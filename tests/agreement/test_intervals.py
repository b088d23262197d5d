"""Jackknife intervals, Student's t, and the rule of when an interval is shown."""

import numpy as np
import pytest

from annotator.agreement import categorical, intervals
from annotator.agreement.figures import FEW_ARTICLES, FEW_DISAGREEMENTS
from tests.agreement.test_categorical import STANCES, counts


@pytest.mark.parametrize(
    ("n", "quantile"),
    [(5, 2.776), (10, 2.262), (20, 2.093), (30, 2.045), (50, 2.010), (100, 1.984), (2, 12.706)],
)
def test_quantiles_of_student(n: int, quantile: float) -> None:
    assert intervals.t_quantile(n - 1) == pytest.approx(quantile, abs=5.1e-4)


def test_the_exact_and_the_expanded_quantile_meet() -> None:
    assert intervals.t_quantile(60) == pytest.approx(2.0002978, abs=1e-6)
    assert intervals.t_quantile(61) == pytest.approx(1.9996236, abs=1e-6)
    assert intervals.t_quantile(10_000) == pytest.approx(1.9602012, abs=1e-6)


def test_the_jackknife_of_ten_stances() -> None:
    found, _ = counts(STANCES)
    whole = categorical.krippendorff_alpha(categorical.coincidences(found)).value
    without = [
        categorical.krippendorff_alpha(categorical.coincidences(np.delete(found, at, axis=0))).value
        for at in range(10)
    ]

    middle, half = intervals.jackknife(np.array([whole]), np.array(without, dtype=float)[:, None])

    assert middle[0] == pytest.approx(0.61880, abs=6e-6)
    assert half[0] / intervals.t_quantile(9) == pytest.approx(0.17188, abs=6e-6)
    assert (middle[0] - half[0], middle[0] + half[0]) == pytest.approx((0.22998, 1.00762), abs=6e-6)


@pytest.mark.parametrize(
    ("n_articles", "n_disputed", "why"),
    [(19, 100, FEW_ARTICLES), (20, 4, FEW_DISAGREEMENTS), (20, 5, ""), (0, 0, FEW_ARTICLES)],
)
def test_an_interval_is_shown_from_20_articles_and_5_disagreements_on(
    n_articles: int, n_disputed: int, why: str
) -> None:
    assert intervals.why_not_shown(n_articles, n_disputed) == why


def test_the_greatest_rate_that_no_disagreement_leaves_open() -> None:
    assert intervals.greatest_rate(0, 300) == pytest.approx(0.01)
    assert intervals.greatest_rate(0, 1) == 1.0
    assert intervals.greatest_rate(1, 10) == pytest.approx(0.4042, abs=5e-5)  # Wilson 1927


@pytest.mark.parametrize(
    ("share", "row"),
    [
        (0.50, (36, 60, 119, 62, 103, 206)),
        (0.25, (49, 81, 161, 84, 139, 277)),
        (0.10, (104, 172, 344, 178, 293, 587)),
        (0.05, (200, 329, 658, 340, 560, 1119)),
    ],
)
def test_how_many_items_show_an_alpha(share: float, row: tuple[int, ...]) -> None:
    levels = (1.2815515655446004, 1.6448536269514722, 2.3263478740408408)
    found = [intervals.items_needed(share, least, z) for least in (0.667, 0.800) for z in levels]

    assert found == pytest.approx(row, abs=1)
