"""Where parts of a chart lie, counted from the reading side, and what each says and opens. Pure.

`x` grows from the side where reading begins: right in Arabic, left in English. Who paints mirrors.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from annotator.services.agreeingplaces import Where


class Box(NamedTuple):
    """A rectangle in pixels."""

    x: float
    y: float
    width: float
    height: float

    @property
    def end(self) -> float:
        """The x where it ends."""
        return self.x + self.width

    @property
    def middle(self) -> float:
        """The x halfway."""
        return self.x + self.width / 2

    def has(self, x: float, y: float) -> bool:
        """Whether the point is in it."""
        return self.x <= x < self.end and self.y <= y < self.y + self.height


@dataclass(frozen=True, slots=True)
class Opening:
    """What a click opens: its title, and which items are meant, those of each of `wheres`."""

    title: str
    wheres: "tuple[Where, ...]"


@dataclass(frozen=True, slots=True)
class Spot:
    """A part of a chart that can be pointed at, in a row and column of its grid."""

    row: int
    column: int
    box: Box
    said: str
    opens: Opening | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """Values from `low` to `high` along `length` pixels that begin at `start`."""

    start: float
    length: float
    low: float = 0.0
    high: float = 1.0

    def at(self, value: float) -> float:
        """Return the x of a value; what lies beyond an end is put there.

        >>> Scale(100, 200, 0.5).at(0.75)
        200.0
        """
        share = (value - self.low) / (self.high - self.low)
        return self.start + self.length * min(max(share, 0.0), 1.0)


_LOWS = (0.4, 0.0, -1.0)
_APART = 30
"""The least pixels between two numbers of an axis."""


def low_of(values: Iterable[float]) -> float:
    """Return where an axis begins that has room for all `values`: few steps, so that it is still.

    >>> low_of([0.9, 0.61]), low_of([0.2]), low_of([-0.3])
    (0.4, 0.0, -1.0)
    """
    least = min(values, default=1.0)
    return next((low for low in _LOWS if least >= low), _LOWS[-1])


def ticks(scale: Scale) -> tuple[float, ...]:
    """Return the values that an axis names: as many as have room, from `low` to 1.

    >>> ticks(Scale(0, 200, 0.4)), ticks(Scale(0, 80))
    ((0.4, 0.6, 0.8, 1.0), (0.0, 0.5, 1.0))
    """
    step = {0.4: 0.2, 0.0: 0.25}.get(scale.low, 0.5)
    span = scale.high - scale.low
    while scale.length * step / span < _APART and step < span:
        step = span if step * 2 > span or scale.low == _LOWS[0] else step * 2
    n = floor(span / step + 1.001)
    return tuple(round(scale.low + step * k, 2) for k in range(n))


def cell_size(room: float, n: int, least: float, most: float) -> float:
    """Return how large each of `n` cells is in `room` pixels, within `least` and `most`."""
    return min(max(room / n if n else most, least), most)
