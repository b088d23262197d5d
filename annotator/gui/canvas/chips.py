"""Chips: over a line, which one says how much and stands where. Pure: widths in, places out.

Everything is measured along the reading direction, from the side where the line begins: the right
edge of an Arabic line is 0 and x grows to the left.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

APART = 2.0  # pixels between two chips
_SAME = 4.0  # boxes that begin nearer than this begin at one place
_REACH = 64.0  # how far from its box's edge a chip may be pushed, where the box is shorter


class Wish(NamedTuple):
    """A chip that wants to stand at `edge`, where its box begins; the box ends at `far`."""

    edge: float
    far: float
    widths: tuple[float, ...]  # of what it may say, longest first


class Placed(NamedTuple):
    """A chip in its place: for one wish and what it says of it, or for several and "+n"."""

    begin: float
    end: float
    wishes: tuple[int, ...]
    rung: int  # which of the widths; MORE: the chip says how many

    @property
    def is_more(self) -> bool:
        """Whether it stands for chips that have no room."""
        return self.rung == MORE


MORE = -1


def pack(wishes: Sequence[Wish], end: float, more: Callable[[int], float]) -> list[Placed]:
    """Return chips for `wishes`, which come by edge and outer first; none reaches beyond `end`.

    Each says the longest that leaves room for the next, and stands behind the one before it. What
    is pushed off its box is left out and counted by one chip, `more(n)` wide.
    """
    return _Row(wishes, end, more).packed()


class _Row:
    """A row of chips while it is filled."""

    def __init__(self, wishes: Sequence[Wish], end: float, more: Callable[[int], float]) -> None:
        self._wishes, self._end, self._more = wishes, end, more
        self._placed: list[Placed] = []
        self._left_out: tuple[int, ...] = ()

    def packed(self) -> list[Placed]:
        for n, wish in enumerate(self._wishes):
            begin = max(wish.edge, self._behind_more())
            if self._fits(wish, begin):
                self._count_left_out()
                self._place(n, begin)
            else:
                self._left_out += (n,)
        self._make_room_for_more()
        self._count_left_out()
        return self._placed

    def _free(self) -> float:
        """Return where the next chip may begin."""
        return self._placed[-1].end + APART if self._placed else float("-inf")

    def _more_begin(self) -> float:
        return max(self._free(), self._wishes[self._left_out[0]].edge)

    def _more_end(self) -> float:
        return self._more_begin() + self._more(len(self._left_out))

    def _behind_more(self) -> float:
        return self._more_end() + APART if self._left_out else self._free()

    def _fits(self, wish: Wish, begin: float) -> bool:
        is_near = begin <= max(wish.far, wish.edge + _REACH)
        return is_near and begin + wish.widths[-1] <= self._end

    def _place(self, n: int, begin: float) -> None:
        rung = self._rung(n, begin)
        self._placed.append(Placed(begin, begin + self._wishes[n].widths[rung], (n,), rung))

    def _rung(self, n: int, begin: float) -> int:
        """Return the longest that leaves room for those behind, or the shortest."""
        wish, needed, limit = self._wishes[n], begin, self._end
        for other in self._wishes[n + 1 :]:
            if other.edge > wish.edge + _SAME:
                limit = min(limit, other.edge - APART)
                break
            needed += other.widths[-1] + APART
        widths = wish.widths
        return next((k for k, w in enumerate(widths) if needed + w <= limit), len(widths) - 1)

    def _count_left_out(self) -> None:
        """Let one chip stand for those left out, where there are any and it has room."""
        if self._left_out and self._more_end() <= self._end:
            self._placed.append(Placed(self._more_begin(), self._more_end(), self._left_out, MORE))
        self._left_out = ()

    def _make_room_for_more(self) -> None:
        """Take chips back at the end of the line until the one that counts them has room."""
        while self._left_out and self._placed and self._more_end() > self._end:
            self._left_out = self._placed.pop().wishes + self._left_out
