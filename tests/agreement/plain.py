"""Pairing as it is told, span by span: what the fast way must find, too."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator.agreement.spans import (
    AGREE,
    BOTH,
    BOUNDARY,
    ELSEWHERE,
    INNER,
    LABEL,
    MISSING,
    PLAIN,
)


@dataclass(frozen=True, order=True)
class Plain:
    """A span of one reading; `key` stands for its text."""

    start: int
    end: int
    label: int
    shape: int = 0
    key: int = 0

    @property
    def place(self) -> tuple[int, int, int]:
        """Where it lies."""
        return self.start, self.end, self.shape


Item = tuple[int, int, Plain | None, Plain | None]
"""Kind, reason of what is missing, and the spans of both."""
Two = tuple[Plain, Plain]


def overlap(one: Plain, other: Plain) -> float:
    """Return what two spans share over what they cover together."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return max(shared, 0) / (max(one.end, other.end) - min(one.start, other.start))


def greedy(candidates: Iterable[Two]) -> list[Two]:
    """Take candidates one to one, in their order."""
    ours: set[Plain] = set()
    theirs: set[Plain] = set()
    found = []
    for one, other in candidates:
        if one not in ours and other not in theirs:
            ours.add(one)
            theirs.add(other)
            found.append((one, other))
    return found


def closest(ours: Sequence[Plain], theirs: Sequence[Plain]) -> list[Two]:
    """Pair overlapping spans, the same label first, then the greater share."""
    candidates = [
        (float(2.0 * (one.label != other.label) - overlap(one, other)), i, j)
        for i, one in enumerate(ours)
        for j, other in enumerate(theirs)
        if overlap(one, other)
    ]
    return greedy((ours[i], theirs[j]) for _, i, j in sorted(candidates))


def same_places(ours: Sequence[Plain], theirs: Sequence[Plain]) -> tuple[list[Two], list[Two]]:
    """Pair spans of one place: of one label, and then what is left of other labels."""
    twins = [(one, other) for one in ours for other in theirs if one.place == other.place]
    same = greedy((one, other) for one, other in twins if one.label == other.label)
    ones, others = {one for one, _ in same}, {other for _, other in same}
    rest = greedy((one, other) for one, other in twins if one not in ones and other not in others)
    return same, rest


def without(spans: Sequence[Plain], taken: Iterable[Plain]) -> list[Plain]:
    """Return the spans that are not taken."""
    gone = set(taken)
    return [span for span in spans if span not in gone]


def items_of(ours: Sequence[Plain], theirs: Sequence[Plain]) -> Counter[Item]:
    """Return what became of the spans of two readings."""
    ours, theirs = sorted(set(ours)), sorted(set(theirs))
    same, rest = same_places(ours, theirs)
    exact = same + rest
    left = without(ours, (one for one, _ in exact)), without(theirs, (two for _, two in exact))
    over = closest(*left)
    found: list[Item] = [(AGREE, 0, one, other) for one, other in same]
    found += [(LABEL, 0, one, other) for one, other in rest]
    found += [
        (BOUNDARY if one.label == other.label else BOTH, 0, one, other) for one, other in over
    ]
    alone = without(left[0], (one for one, _ in over)), without(left[1], (two for _, two in over))
    agreed = {one for one, _ in same}, {other for _, other in same}
    for span in alone[0]:
        found.append((MISSING, _reason(span, ours, theirs, agreed[0]), span, None))
    for span in alone[1]:
        found.append((MISSING, _reason(span, theirs, ours, agreed[1]), None, span))
    return Counter(found)


def _reason(span: Plain, mine: Sequence[Plain], lacks: Sequence[Plain], agreed: set[Plain]) -> int:
    holders = [
        one
        for one in mine
        if (one.start, one.end) != (span.start, span.end)
        and one.start <= span.start
        and span.end <= one.end
    ]
    if holders and _nearest(holders) in agreed:
        return INNER
    return ELSEWHERE if any(one.key == span.key for one in lacks) else PLAIN


def _nearest(holders: Sequence[Plain]) -> Plain:
    """Return the span that counts as the one around: that which reaches furthest, the first."""
    reach = max(one.end for one in holders)
    return min((one for one in holders if one.end == reach), key=lambda one: (one.start, one))


def n_within_labels(ours: Sequence[Plain], theirs: Sequence[Plain]) -> int:
    """Return how many pairs there are when only spans of one label may be paired."""
    ours, theirs = sorted(set(ours)), sorted(set(theirs))
    same, _ = same_places(ours, theirs)
    left = without(ours, (one for one, _ in same)), without(theirs, (two for _, two in same))
    labels = {span.label for span in left[0]}
    return len(same) + sum(
        len(closest(*([span for span in side if span.label == label] for side in left)))
        for label in labels
    )
