"""Shares of whole things: within one of the ideal, within limits, all of it given."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from annotator.core.apportioning import apportioned

wanted = st.lists(
    st.tuples(st.integers(1, 20), st.integers(0, 30), st.integers(0, 60)), min_size=1, max_size=8
).flatmap(
    lambda rows: st.tuples(
        st.just([share for share, _, _ in rows]),
        st.just([least for _, least, _ in rows]),
        st.just([least + more for _, least, more in rows]),
        st.integers(
            sum(least for _, least, _ in rows), sum(least + more for _, least, more in rows)
        ),
    )
)


@given(wanted)
def test_all_is_given_and_nobody_leaves_her_limits(
    asked: tuple[list[int], list[int], list[int], int],
) -> None:
    shares, least, most, total = asked

    found = apportioned(shares, least, most, total)

    assert sum(found) == total
    assert all(low <= n <= high for low, n, high in zip(least, found, most, strict=True))


@given(wanted)
def test_those_within_their_limits_are_within_one_of_the_same_measure(
    asked: tuple[list[int], list[int], list[int], int],
) -> None:
    shares, least, most, total = asked

    found = apportioned(shares, least, most, total)

    free = [n for n in range(len(found)) if least[n] + 1 < found[n] < most[n] - 1]
    for one in free:
        for other in free:
            gap = Fraction(found[one] - 1, shares[one]) - Fraction(found[other] + 1, shares[other])
            assert gap < 0


@given(st.lists(st.integers(1, 50), min_size=1, max_size=8), st.integers(0, 1000))
def test_without_limits_nobody_is_a_whole_one_away(shares: list[int], total: int) -> None:
    found = apportioned(shares, [0] * len(shares), [total] * len(shares), total)

    for share, n in zip(shares, found, strict=True):
        assert abs(n - Fraction(total * share, sum(shares))) < 1
