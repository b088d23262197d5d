"""Agreement over time: the window, the average, and when it is flagged."""

import pytest

from annotator.agreement.drift import WINDOW, timeline


def test_the_average_follows_and_the_window_pools() -> None:
    moments = timeline([8.0, 4.0, 0.0], [10.0, 10.0, 0.0])

    assert [moment.value for moment in moments] == [0.8, 0.4, None]
    assert moments[1].window.value == pytest.approx(12 / 20)
    assert moments[0].average == pytest.approx(0.2 * 0.8 + 0.8 * 0.6)
    assert moments[2].average == moments[1].average
    assert all(moment.limit is None and not moment.is_flagged for moment in moments)


def test_a_fall_is_flagged_when_it_lasts() -> None:
    steady = [0.8, 0.9] * (WINDOW // 2)
    moments = timeline([*steady, *[0.2] * 5], [1.0] * (WINDOW + 5))

    assert not any(moment.is_flagged for moment in moments[: WINDOW + 1])
    assert moments[-1].is_flagged
    assert moments[-1].limit is not None
    assert moments[-1].limit < 0.85


def test_steady_work_is_not_flagged() -> None:
    moments = timeline([0.8, 0.9] * 20, [1.0] * 40)

    assert not any(moment.is_flagged for moment in moments)
    assert moments[-1].window.n_articles == WINDOW


def test_nothing_done_has_no_moments() -> None:
    assert timeline([], []) == []
