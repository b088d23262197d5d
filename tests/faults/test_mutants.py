"""Mutants of all that comes from elsewhere: no reader falls over, takes long, or swells.

A few hundred of each in the usual run; `python -m tests.faults.mutants` for 20,000.
"""

import pytest

from tests.faults.mutants import (
    CONTROL,
    SECONDS,
    found_by,
    in_its_own_process,
    is_good,
    is_sturdy,
    told,
)
from tests.faults.readers import READERS

N = 100


@pytest.mark.parametrize("reader", READERS)
def test_no_mutant_makes_a_reader_fall_over(reader: str) -> None:
    found = found_by(reader, N, 1)

    assert is_sturdy(found), told(found)
    assert found["longest"] < SECONDS
    assert sum(found["codes"].values()) == N


def test_a_reader_that_guards_itself_against_nothing_is_found() -> None:
    found = found_by(CONTROL, N, 1)

    assert sum(found["fallen"].values()) > N // 10
    assert not is_sturdy(found)


def test_a_reader_in_a_process_of_its_own_needs_little_memory() -> None:
    found = in_its_own_process("gestures", N, 1)

    assert is_good(found), told(found)
