"""Krippendorff's unitizing family: where units lie in a continuum, and what they are.

After Krippendorff, Mathet, Bouvry and Widlöcher (2016) and Krippendorff (2019, ch. 12.6), not the
alpha_U of 1995. A coder's units may not overlap, so labels that nest are measured type by type.
The conditional coefficients are experimental: one published example of them is known.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from annotator.agreement.arrays import Floats, Ints, arranged, news, sorted_rows, tallied
from annotator.agreement.figures import NO_CHANCE, NO_ITEMS, NO_PAIRS, Figure, undefined

Unit = tuple[int, int, int]
"""Start and end in the continuum, and the number of the value, from 0."""
_ZERO = 1e-9


@dataclass(frozen=True, slots=True)
class Continuum:
    """Sums over continua, which add up: value 0 is the gap, units' values come after it.

    `lengths` are the coinciding lengths of two coders' segments, shape (values + 1, values + 1);
    `squares` what cannot be coincided with: summed squares of units, the length of gaps first.
    `cut` holds the squares of units as far as others' units reach into them.
    """

    lengths: Floats
    squares: Floats
    cut: Floats

    def __add__(self, other: "Continuum") -> "Continuum":
        """Return the sums over both."""
        return Continuum(
            self.lengths + other.lengths, self.squares + other.squares, self.cut + other.cut
        )


def continuum(coders: Sequence[Sequence[Unit]], length: int, n_values: int) -> Continuum:
    """Return the sums of one continuum `[0, length)`, of two coders or more."""
    share = 1 / (len(coders) - 1)
    segments = [_with_gaps(units, length) for units in coders]
    lengths = np.zeros((n_values + 1, n_values + 1))
    squares, cut = np.zeros(n_values + 1), np.zeros(n_values + 1)
    for at, mine in enumerate(segments):
        others = [theirs for place, theirs in enumerate(segments) if place != at]
        for start, end, value in mine:
            squares[value] += (end - start) ** 2 if value else end - start
            covered = 0
            for since, until, other in (unit for theirs in others for unit in theirs):
                shared = max(0, min(end, until) - max(start, since))
                lengths[value, other] += share * shared
                covered += shared if other else 0
            cut[value] += (share * covered) ** 2 if value else 0
    return Continuum(lengths, squares, cut)


def _with_gaps(units: Sequence[Unit], length: int) -> list[Unit]:
    """Return the units with their values one up, and the gaps around them as value 0."""
    segments, at = [], 0
    for start, end, value in sorted(units):
        if start < at or end > length:
            raise ValueError("units overlap, or leave the continuum")
        segments += [(at, start, 0)] if start > at else []
        segments.append((start, end, value + 1))
        at = end
    return segments + ([(at, length, 0)] if at < length else [])


def _expected(lengths: Floats, squares: Floats) -> Floats | None:
    """Return the coincidences that chance makes; None where there can be none."""
    total, margins = lengths.sum(), lengths.sum(axis=1)
    below = total**2 - squares.sum()
    if below <= _ZERO:
        return None
    expected: Floats = total * (np.outer(margins, margins) - np.diag(squares)) / below
    return expected


def _alpha(total: float, agreed: float, expected: float) -> Figure:
    n = round(total)
    if total - expected <= _ZERO:
        return undefined(NO_CHANCE, n)
    return Figure(float(1 - (total - agreed) / (total - expected)), n)


def unitized_alpha(found: Continuum) -> Figure:
    """Return uα: where units are and what they are."""
    if found.lengths[1:].sum() <= _ZERO:
        return undefined(NO_ITEMS)
    expected = _expected(found.lengths, found.squares)
    if expected is None:
        return undefined(NO_CHANCE)
    return _alpha(found.lengths.sum(), np.trace(found.lengths), np.trace(expected))


def place_alpha(found: Continuum) -> Figure:
    """Return |uα: where units are, whatever their values."""
    expected = _expected(found.lengths, found.squares)
    if found.lengths[1:].sum() <= _ZERO or expected is None:
        return undefined(NO_ITEMS)
    observed, chance = found.lengths[0, 1:].sum(), expected[0, 1:].sum()
    if chance <= _ZERO:
        return undefined(NO_CHANCE)
    return Figure(float(1 - observed / chance), round(float(found.lengths.sum())))


def value_alpha(found: Continuum) -> Figure:
    """Return cuα: what units are, where both coders have one. Experimental."""
    block = found.lengths[1:, 1:]
    if block.sum() <= _ZERO:
        return undefined(NO_ITEMS)
    expected = _expected(block, found.cut[1:])
    if expected is None:
        return undefined(NO_CHANCE)
    return _alpha(block.sum(), np.trace(block), np.trace(expected))


def one_value_alpha(found: Continuum, value: int) -> tuple[Figure, float]:
    """Return (k)uα of one value, and the share of its length where both have units. Experimental.

    `value` counts from 0, gaps apart.
    """
    block = found.lengths[1:, 1:]
    whole, inside = found.lengths[:, value + 1].sum(), block[:, value].sum()
    coverage = float(inside / whole) if whole else 0.0
    expected = _expected(block, found.cut[1:]) if inside > _ZERO else None
    if expected is None:
        return undefined(NO_ITEMS), coverage
    chance = expected[:, value].sum()
    apart = chance - expected[value, value]
    if apart <= _ZERO:
        return undefined(NO_CHANCE), coverage
    ratio = (chance / inside) * (inside - block[value, value]) / apart
    return Figure(float(1 - ratio), round(float(inside))), coverage


# --- many articles, type by type -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Lengths:
    """Sums for each of many (article, type): the rows of what is one type against all else.

    `shared` is the length that two coders have in common, summed over pairs; `own` the summed
    length of the units, `squares` of their squares.
    """

    group: Ints
    shared: Ints
    own: Ints
    squares: Ints


def merged(group: Ints, first: Ints, last: Ints) -> tuple[Ints, Ints, Ints]:
    """Return the unions of overlapping spans of one group, sorted; empty spans are left out."""
    whole = np.flatnonzero(last > first)
    columns = (column.take(whole) for column in (group, first, last))
    group, first, last = sorted_rows(*columns)
    of = np.cumsum(news(group)) << 21
    reach = np.maximum.accumulate(of | last)
    is_new = np.ones(len(of), dtype=bool)
    is_new[1:] = (of | first)[1:] >= reach[:-1]  # neighbours that touch stay two
    starts = np.flatnonzero(is_new)
    ends = np.append(starts[1:], len(of))[: len(starts)] - 1
    return group.take(starts), first.take(starts), reach.take(ends) & ((1 << 21) - 1)


def lengths_of(group: Ints, first: Ints, last: Ints) -> Lengths:
    """Return the sums of every group (an article and a type) over the units of its coders.

    Units of one coder and group are `merged`.
    """
    (group, start, end), n = tallied(group, first, last)  # many coders have the same unit
    is_new = news(group)
    kinds, place = group.compress(is_new), np.cumsum(is_new) - 1
    size, n_kinds = end - start, len(kinds)
    own, squares = (np.bincount(place, n * told, minlength=n_kinds) for told in (size, size * size))
    order, _ = arranged(np.concatenate([place, place]), np.concatenate([start, end]))
    deep = np.cumsum(np.concatenate([n, -n]).take(order))
    width = np.diff(np.concatenate([start, end]).take(order), append=0)
    inside = np.flatnonzero(deep > 1)  # every group ends at depth 0: no width leads into the next
    deep, where = deep.take(inside), np.concatenate([place, place]).take(order.take(inside))
    lengths = deep * (deep - 1) // 2 * width.take(inside)
    shared = np.bincount(where, lengths, minlength=n_kinds)
    whole = (np.rint(column).astype(np.int64) for column in (shared, own, squares))
    return Lengths(kinds, *whole)


def type_continuum(
    shared: Floats, own: Floats, squares: Floats, length: Floats, n_coders: Floats
) -> Continuum:
    """Return the sums over articles for one type against all else.

    All are arrays over articles: `shared` over pairs, `length` of the continuum.
    """
    units = 2 * shared / (n_coders - 1)
    mixed = own - units
    gaps = n_coders * length - own
    found = np.array([[(gaps - mixed).sum(), mixed.sum()], [mixed.sum(), units.sum()]])
    return Continuum(found, np.array([gaps.sum(), squares.sum()]), np.zeros(2))


def type_alpha(found: Continuum) -> Figure:
    """Return uα of one type against all else; undefined where nobody used it."""
    if found.lengths.sum() <= _ZERO:
        return undefined(NO_PAIRS)
    return unitized_alpha(found)
