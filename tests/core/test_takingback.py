"""Which operations are left out: a pure function of the set, whatever the order of arrival."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from annotator.core import operations as op
from annotator.core.operations import Change, Operation
from annotator.core.takingback import body_naming, is_naming, left_out, named_by, names_in


def made(lamport: int, *changes: Change) -> Operation:
    """Return an operation of the project's scope, with its hash."""
    head = ("take_back", op.PROJECT, "aaaaaaaa", lamport, "", lamport, "lead", "", "G")
    return op.recorded(Operation(*head, tuple(changes)))[0]


def taking(lamport: int, receipt: str, *operations: Operation) -> Operation:
    """Return the operation that takes `operations` back."""
    body = body_naming(one.hash for one in operations)
    return made(lamport, Change(op.TAKEN_BACK, receipt, None, body))


def giving(lamport: int, taken: Operation) -> Operation:
    """Return the undo of a taking back."""
    (change,) = taken.changes
    return made(lamport, replace(change, before=change.after, after=None))


FIRST = made(1, Change(op.WITHDRAWN, "a" * 64, None, {"withdrawn": 1}))
SECOND = made(2, Change(op.WITHDRAWN, "b" * 64, None, {"withdrawn": 1}))


def test_what_is_named_is_left_out_until_that_is_undone() -> None:
    taken = taking(3, "M1", FIRST)
    given = giving(4, taken)
    again = taking(5, "M1", FIRST)

    assert left_out([FIRST, SECOND, taken]) == {FIRST.hash}
    assert left_out([FIRST, SECOND, taken, given]) == set()
    assert left_out([FIRST, SECOND, taken, given, again]) == {FIRST.hash}


def test_a_taking_back_that_is_taken_back_itself_holds_no_longer() -> None:
    taken = taking(3, "M1", FIRST)
    over = taking(4, "M2", taken)
    back = giving(5, over)

    assert left_out([FIRST, taken, over]) == {taken.hash}
    assert left_out([FIRST, taken, over, back]) == {FIRST.hash}


def test_two_receipts_name_what_they_name_together() -> None:
    one, other = taking(3, "M1", FIRST, SECOND), taking(4, "M2", SECOND)

    assert left_out([one, other]) == {FIRST.hash, SECOND.hash}
    assert left_out([one, other, giving(5, one)]) == {SECOND.hash}


@given(st.permutations(range(6)))
def test_the_order_of_arrival_does_not_matter(order: list[int]) -> None:
    taken = taking(3, "M1", FIRST, SECOND)
    over = taking(4, "M2", taken)
    history = [FIRST, SECOND, taken, over, giving(5, over), taking(6, "M3", FIRST)]

    assert left_out([history[n] for n in order]) == left_out(history) == {FIRST.hash, SECOND.hash}


def test_a_body_names_hashes_and_nothing_else() -> None:
    body = body_naming(["b" * 64, "a" * 64])

    assert names_in(body) == ["a" * 64, "b" * 64]
    assert is_naming(body["operations"])
    for wrong in ("", "a" * 63, "b" * 64 + "a" * 64, "a" * 64 + "a" * 64, "x" * 64):
        assert not is_naming(wrong)
    taken = taking(3, "M1", FIRST)
    assert named_by(taken.changes) == named_by(giving(4, taken).changes) == {FIRST.hash}
