"""What of the screen stands elsewhere after heights have changed. Pure: tops in, one move out."""

from collections.abc import Container, Mapping
from typing import NamedTuple


class Move(NamedTuple):
    """Everything below `top` moves `by` pixels; where `by` is 0, it is painted anew."""

    top: int
    by: int


def move(before: Mapping[int, int], after: Mapping[int, int], changed: Container[int]) -> Move:
    """Return what to do with the screen, given the y of the paragraphs on it then and now.

    Paragraphs that changed are painted by whoever asks, and so is what a move brings to light.

    >>> move({3: 0, 4: 50, 5: 90}, {3: 0, 4: 50, 5: 107}, {4})
    Move(top=90, by=17)
    """
    shifts = {n: y - before[n] for n, y in after.items() if n in before and n not in changed}
    first = min((n for n, shift in shifts.items() if shift), default=None)
    if first is None:
        fresh = (y for n, y in after.items() if n in changed or n not in before)
        return Move(min(fresh, default=0), 0)
    below = {shift for n, shift in shifts.items() if n >= first}
    is_new_above = any(n < first and n not in before for n in after)
    if len(below) > 1 or is_new_above:
        return Move(0, 0)
    return Move(min(after[first], before[first]), below.pop())
