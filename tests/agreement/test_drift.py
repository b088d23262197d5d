"""Agreement over time: the window, the average, and when it is flagged."""

import pytest

from annotator.agreement.drift import WINDOW, timeline, window


def test_the_average_follows_and_the_window_pools() -> None:
    moments = timeline([8.0, 4.0, 0.0], [10.0, 10.0, 0.0])

    assert [moment.value for moment in moments] == [0.8, 0.4, None]
    assert [moment.window for moment in moments] == pytest.approx([0.8, 12 / 20, 12 / 20])
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
    assert moments[-1].window == pytest.approx(0.85)


def test_a_window_has_its_interval() -> None:
    parts, wholes = [0.0] * 10 + [6.0, 8.0] * 15, [10.0] * 40

    figure = window(parts, wholes, 39)

    assert figure.value == pytest.approx(0.7)
    assert (figure.n_articles, figure.n) == (WINDOW, 200)
    assert figure.value == pytest.approx(timeline(parts, wholes)[39].window)
    assert figure.low is not None
    assert figure.low < 0.7
    assert window(parts, wholes, 4).n_articles == 5


@pytest.mark.parametrize("n", range(1, 40))
def test_work_that_never_varies_is_not_flagged(n: int) -> None:
    for part in range(n + 1):
        moments = timeline([float(part)] * 45, [float(n)] * 45)

        assert not any(moment.is_flagged for moment in moments)


def test_nothing_done_has_no_moments() -> None:
    assert timeline([], []) == []
