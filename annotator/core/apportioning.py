"""Shares of whole things: how many each gets, within what each must and can have.

Water-filling to the ideal, exact in fractions, and then the largest remainders (Hamilton's method),
so that nobody is a whole one away from it.
"""

from collections.abc import Sequence
from fractions import Fraction


def apportioned(
    shares: Sequence[int], least: Sequence[int], most: Sequence[int], total: int
) -> list[int]:
    """Return how many of `total` each gets: in proportion to `shares`, from `least` to `most`.

    `total` lies between the sums of both. Among equal remainders the first goes first.

    >>> apportioned([2, 1, 1], [0, 0, 0], [9, 9, 9], 9)
    [5, 2, 2]
    >>> apportioned([1, 1, 1], [5, 0, 0], [9, 9, 9], 8)
    [5, 2, 1]
    """
    ideal = _ideal(shares, least, most, total)
    whole = [int(one) for one in ideal]
    by_remainder = sorted(range(len(ideal)), key=lambda n: whole[n] - ideal[n])
    for n in by_remainder[: total - sum(whole)]:
        whole[n] += 1
    return whole


def _ideal(
    shares: Sequence[int], least: Sequence[int], most: Sequence[int], total: int
) -> list[Fraction]:
    """Return the shares in fractions; who would get too little or too much is set to the limit."""
    fixed: dict[int, Fraction] = {}
    while len(fixed) < len(shares):
        free = [n for n in range(len(shares)) if n not in fixed]
        rest, weight = total - sum(fixed.values()), sum(shares[n] for n in free)
        ideal = {n: Fraction(rest) * shares[n] / weight for n in free}
        too_little = {n: Fraction(least[n]) for n in free if ideal[n] < least[n]}
        too_much = {n: Fraction(most[n]) for n in free if ideal[n] > most[n]}
        lacking = sum(limit - ideal[n] for n, limit in too_little.items())
        left_over = sum(ideal[n] - limit for n, limit in too_much.items())
        if not too_little and not too_much:
            fixed |= ideal
        else:
            fixed |= too_little if lacking > left_over else {}
            fixed |= too_much if lacking < left_over else {}
            fixed |= too_little | too_much if lacking == left_over else {}
    return [fixed[n] for n in range(len(shares))]
