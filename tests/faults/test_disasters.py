"""Disasters, in short; `python -m tests.faults.disasters` is the long form."""

import pytest

from tests.faults.disasters import DISASTERS, counted

TRIALS = 3


@pytest.mark.parametrize("name", DISASTERS)
def test_own_work_comes_back_and_nothing_of_another_file_is_poured_in(name: str) -> None:
    count = counted(name, TRIALS, seed=1)

    assert (count.lost, count.poured_in, count.twice, count.unsound) == (0, 0, 0, 0)
    assert count.trials == TRIALS
    assert count.acknowledged > 10 * TRIALS


@pytest.mark.parametrize("name", DISASTERS)
def test_without_the_journal_it_is_lost(name: str) -> None:
    assert counted(name, 2, seed=1, with_journal=False).lost > 0
