"""Lanes: under a line, which underline lies how deep. Pure: offsets in, depths out."""

from bisect import bisect_left, insort
from collections.abc import Sequence


def assign(spans: Sequence[tuple[int, int]]) -> list[int]:
    """Return the lane of each span, 0 nearest to the text; no two in one lane share a place.

    Shorter spans choose first, so a span lies nearer than every span that holds it.

    >>> assign([(0, 9), (4, 9), (7, 12), (20, 22)])
    [2, 0, 1, 0]
    """
    chosen: list[int] = [0] * len(spans)
    lanes: list[list[tuple[int, int]]] = []  # the spans in each, in order
    for n in sorted(range(len(spans)), key=lambda n: (spans[n][1] - spans[n][0], spans[n])):
        lane = next((k for k, taken in enumerate(lanes) if _is_free(taken, spans[n])), len(lanes))
        if lane == len(lanes):
            lanes.append([])
        insort(lanes[lane], spans[n])
        chosen[n] = lane
    return chosen


def _is_free(taken: Sequence[tuple[int, int]], span: tuple[int, int]) -> bool:
    """Return whether `span` meets none of the spans in a lane, which meet none another."""
    after = bisect_left(taken, span)
    is_before_next = after == len(taken) or span[1] <= taken[after][0]
    return is_before_next and (not after or taken[after - 1][1] <= span[0])
