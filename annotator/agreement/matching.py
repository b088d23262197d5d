"""Pairing the spans of two readings: one to one, the same whichever reading is called the first.

Priority: the same span and label, the same span, overlap with the same label, overlap; among
overlaps the greater share of their union (IoU). A candidate is taken when neither of its spans has
a better one left. Nested spans need no rule: they find their exact twins first.
"""

import itertools
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from annotator.agreement.arrays import Flags, Floats, Ints, spread
from annotator.agreement.meetings import Pairs

_BLOCK = 4_000_000
"""Candidates that are looked at in one go."""
_ROOM = 1 << 21
"""More than the greatest offset."""


@dataclass(frozen=True, slots=True)
class Side:
    """The spans of one side, sorted by (group, start, end, label); only one group's are paired.

    `[start, end)` are code points of the text, `[first, last)` the same in base characters, `shape`
    tells apart extents of several spans that share their hull.
    """

    group: Ints
    start: Ints
    end: Ints
    shape: Ints
    first: Ints
    last: Ints
    label: Ints

    def __len__(self) -> int:
        """Return how many spans there are."""
        return len(self.group)

    def taken(self, which: Ints | Flags) -> "Side":
        """Return the spans at `which`, in that order."""
        return Side(*(getattr(self, name)[which] for name in Side.__slots__))


Affinity = Callable[[Ints, Ints], Ints]
"""Tells for candidates how much else they share: who shares more goes first."""


def exact_candidates(one: Side, other: Side) -> Pairs:
    """Return all pairs with the same offsets in the same group, whatever their labels."""
    ours, theirs = _place(one), _place(other)
    low = np.searchsorted(theirs, ours, "left")
    high = np.searchsorted(theirs, ours, "right")
    of_one, of_other = spread(low, high)
    is_same = one.shape[of_one] == other.shape[of_other]
    return of_one[is_same], of_other[is_same]


def _place(side: Side) -> Ints:
    """Return group and offsets as one number that sorts like them."""
    return (side.group * _ROOM + side.start) * _ROOM + side.end


def overlaps(one: Side, other: Side) -> tuple[Ints, Ints, Floats]:
    """Return all pairs of one group that share a base character, and their IoU."""
    ours, until = one.group * _ROOM + one.first, one.group * _ROOM + one.last
    theirs, reach = other.group * _ROOM + other.first, other.group * _ROOM + other.last
    low = np.searchsorted(np.maximum.accumulate(reach), ours, "right") if len(other) else ours * 0
    high = np.searchsorted(theirs, until, "left")
    found = [
        _overlapping(one, other, part, low, high) for part in blocks(np.maximum(high - low, 0))
    ]
    of_one, of_other = (np.concatenate([part[side] for part in found]) for side in (0, 1))
    return of_one, of_other, iou(one, other, of_one, of_other)


def overlapping(group: Ints, first: Ints, last: Ints) -> Pairs:
    """Return every two places of one group that overlap; they are sorted by group and `first`."""
    low, until = group * _ROOM + first, group * _ROOM + last
    high = np.searchsorted(low, until, "left")
    at, to = spread(np.arange(1, len(low) + 1), high)
    is_over = np.flatnonzero(last.take(to) > first.take(at))
    return at.take(is_over), to.take(is_over)


def blocks(sizes: Ints) -> list[slice]:
    """Return stretches of about `_BLOCK` candidates each."""
    running = np.cumsum(sizes)
    total = int(running[-1]) if len(running) else 0
    cuts = np.searchsorted(running, np.arange(_BLOCK, total, _BLOCK), "right").tolist()
    bounds = sorted({0, *cuts, len(sizes)})
    return [slice(*pair) for pair in itertools.pairwise(bounds)] or [slice(0, 0)]


def _overlapping(one: Side, other: Side, part: slice, low: Ints, high: Ints) -> Pairs:
    of_one, of_other = spread(low[part], high[part])
    of_one += part.start
    is_over = (other.last[of_other] > one.first[of_one]) & (
        other.group[of_other] == one.group[of_one]
    )
    return of_one[is_over], of_other[is_over]


def iou(one: Side, other: Side, of_one: Ints, of_other: Ints) -> Floats:
    """Return what pairs share over what they cover together, in base characters; 1 for the same."""
    first, last = one.first[of_one], one.last[of_one]
    their_first, their_last = other.first[of_other], other.last[of_other]
    shared = np.minimum(last, their_last) - np.maximum(first, their_first)
    union = np.maximum(last, their_last) - np.minimum(first, their_first)
    return np.where(union > 0, np.maximum(shared, 0) / np.maximum(union, 1), 1.0)


def best_first(of_one: Ints, of_other: Ints, n_one: int, n_other: int) -> Ints:
    """Return which candidates are taken, one to one; they stand in the order of their priority.

    Candidates are two places each, below `n_one` and `n_other`.
    """
    left, sides = np.arange(len(of_one)), [of_one, of_other]
    firsts = [np.empty(n, dtype=np.int64) for n in (n_one, n_other)]
    are_gone = [np.zeros(n, dtype=bool) for n in (n_one, n_other)]
    taken: list[Ints] = []
    while len(left):
        turn = np.arange(len(left))
        for first, places in zip(firsts, sides, strict=True):
            first[places[::-1]] = turn[::-1]  # the last one written is the first candidate
        one_first, other_first = (of.take(at) for of, at in zip(firsts, sides, strict=True))
        best = np.flatnonzero((one_first == turn) & (other_first == turn))
        taken.append(left.take(best))
        for gone, places in zip(are_gone, sides, strict=True):
            gone[places.take(best)] = True
        one_gone, other_gone = (of.take(at) for of, at in zip(are_gone, sides, strict=True))
        rest = np.flatnonzero(~(one_gone | other_gone))
        left, sides = left.take(rest), [places.take(rest) for places in sides]
    return np.concatenate([np.zeros(0, dtype=np.int64), *taken])


def _joined(parts: list[Pairs]) -> Pairs:
    empty = np.zeros(0, dtype=np.int64)
    if not parts:
        return empty, empty
    return np.concatenate([one for one, _ in parts]), np.concatenate([two for _, two in parts])


def matched(one: Side, other: Side, affinity: Affinity | None = None) -> Pairs:
    """Return the pairs of spans of `one` and `other`, one to one, whatever their labels."""
    same, rest = exact_matches(one, other, affinity)
    exact = _joined([same, rest])
    (left, ours), (right, theirs) = _left(one, exact[0]), _left(other, exact[1])
    found = overlap_matches(ours, theirs)
    return _joined([exact, (left[found[0]], right[found[1]])])


def exact_matches(one: Side, other: Side, affinity: Affinity | None = None) -> tuple[Pairs, Pairs]:
    """Return the pairs of the same span: with the same label, and then with another."""
    of_one, of_other = exact_candidates(one, other)
    is_same = one.label[of_one] == other.label[of_other]
    order = np.arange(len(of_one))
    is_open = (np.bincount(of_one)[of_one] > 1) | (np.bincount(of_other)[of_other] > 1)
    if affinity is not None and is_open.any():
        n_shared = order * 0
        n_shared[is_open] = affinity(of_one[is_open], of_other[is_open])
        order = np.argsort(-n_shared, kind="stable")
    sizes = len(one), len(other)
    chosen = order[is_same[order]]
    chosen = chosen[best_first(of_one[chosen], of_other[chosen], *sizes)]
    same = of_one[chosen], of_other[chosen]
    is_free = ~(_flags(same[0], sizes[0])[of_one] | _flags(same[1], sizes[1])[of_other])
    rest = order[is_free[order]]
    rest = rest[best_first(of_one[rest], of_other[rest], *sizes)]
    return same, (of_one[rest], of_other[rest])


def overlap_matches(one: Side, other: Side) -> Pairs:
    """Return the pairs of overlapping spans, one to one."""
    of_one, of_other, share = overlaps(one, other)
    differs = one.label[of_one] != other.label[of_other]
    order = np.argsort(2.0 * differs - share, kind="stable")
    order = order[best_first(of_one[order], of_other[order], len(one), len(other))]
    return of_one[order], of_other[order]


def _left(side: Side, taken: Ints) -> tuple[Ints, Side]:
    """Return where the spans stand that are not among those `taken`, and them."""
    left = np.flatnonzero(~_flags(taken, len(side)))
    return left, side.taken(left)


def _flags(places: Ints, n: int) -> Flags:
    flags = np.zeros(n, dtype=bool)
    flags[places] = True
    return flags
