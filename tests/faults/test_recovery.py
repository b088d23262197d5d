"""Recovery of damaged files, in short; `python -m tests.faults.recovery` is the long form."""

import pytest

from tests.faults.recovery import DAMAGES, counted

TRIALS = 2


@pytest.mark.parametrize("name", DAMAGES)
def test_with_backup_and_second_record_nothing_own_is_lost_and_nothing_of_another_comes_in(
    name: str,
) -> None:
    count = counted(name, TRIALS, seed=1)

    assert (count.lost, count.poured_in, count.twice, count.unsound) == (0, 0, 0, 0)
    assert (count.made_up, count.nothing) == (0, 0)
    assert count.acknowledged > 10 * TRIALS


@pytest.mark.parametrize("name", DAMAGES)
def test_with_neither_all_comes_back_that_stands_on_pages_which_are_left(name: str) -> None:
    count = counted(name, TRIALS, seed=1, with_record=False)

    assert (count.unexplained, count.made_up) == (0, 0)
    assert (count.poured_in, count.unsound) == (0, 0)
    if name in ("truncated to half", "deleted"):
        assert count.lost > 0, "else the trials would show nothing"


@pytest.mark.parametrize("name", ["header page destroyed", "schema page destroyed"])
def test_without_its_header_or_its_schema_a_file_comes_back_whole(name: str) -> None:
    count = counted(name, TRIALS, seed=1, with_record=False)

    assert count.lost == 0
    assert count.back == count.acknowledged
