"""What is shown of an article besides its marks: what is in hand, under the pointer, selected."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import msgspec

from annotator.gui.canvas.marks import Link

Span = tuple[int, int]


class Scene(msgspec.Struct):
    """Changed by the canvas, read by the painter. Offsets are code points."""

    hovered: str = ""
    current: str = ""
    hand: str = ""  # the event in hand
    links: tuple[Link, ...] = ()
    hits: Sequence[Span] = ()  # in order, none over another
    current_hit: int = -1
    flash: Span | None = None
    selection: Span | None = None
    laid_over: Span | None = None  # what gets another role while the edge of a region is held
    moving: Span | None = None  # what the label in hand would reach over while a handle is held
    caret: int = 0
    has_caret: bool = False
    is_caret_of_previous: bool = False  # at a turn of direction or of the line
    shows_unseen: bool = False  # small signs for what is not seen
    _hit_starts: list[int] = msgspec.field(default_factory=list)

    def of_another_article(self) -> "Scene":
        """Return the scene of another article: with what is of the page, not of the text."""
        return Scene(has_caret=self.has_caret, shows_unseen=self.shows_unseen)

    def set_hits(self, hits: Sequence[Span], current: int) -> None:
        """Hold these hits, in order."""
        self.hits, self.current_hit = tuple(hits), current
        self._hit_starts = [start for start, _ in self.hits]

    def hits_between(self, start: int, end: int) -> range:
        """Return the numbers of the hits that touch `[start, end)`."""
        first = max(0, bisect_right(self._hit_starts, start) - 1)
        last = bisect_left(self._hit_starts, end)
        while first < last and self.hits[first][1] <= start:
            first += 1
        return range(first, last)
