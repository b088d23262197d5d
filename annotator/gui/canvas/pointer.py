"""What a mouse does on the canvas, as a state machine: presses and moves in, deeds out.

It knows a surface that says what lies under a point, and the text; no widget, no clock. The canvas
calls it from its mouse events and does what it returns.

The rule of a drag: with Alt it selects from the boundary of graphemes nearest to the press to the
one nearest to the pointer. Without Alt a word belongs to the selection as soon as the pointer is on
it, whole, the clitics that are written with it included; blanks at the ends do not. A drag that
began with Alt goes by letters to its end. Nothing ever splits a grapheme.
"""

from collections.abc import Callable
from enum import Enum, auto
from typing import Literal, NamedTuple, Protocol

import msgspec
from msgspec.structs import replace
from PySide6.QtCore import QPointF

from annotator.arabic.graphemes import is_boundary, snap_outward
from annotator.gui.canvas.words import (
    Span,
    paragraph_holding,
    token_holding,
    trimmed,
    word_holding,
    word_within,
)

# Pixels that a hand trembles while it clicks; and how far one scrolls at a time, at most.
_TREMBLE, _FASTEST = 3, 60

End = Literal["", "start", "end"]


class Hit(msgspec.Struct, frozen=True):
    """What lies under a point of the surface.

    `offset` is the boundary of graphemes nearest to it, and `of_previous` whether that is the end
    of the one under the pointer; `[start, end)` is the grapheme, the nearest one where there is
    none. `uid` is the innermost mark there, or the one that a chip stands for, or "". `end_of` says
    which end of the current mark a handle there moves. `is_on_text` is false on chips and margins.
    """

    offset: int
    start: int
    end: int
    uid: str = ""
    end_of: End = ""
    is_on_text: bool = True
    of_previous: bool = False


class Surface(Protocol):
    """What a pointer points at."""

    def hit(self, point: QPointF) -> Hit:
        """Return what lies under a point, which may be outside of what is seen."""

    def span_of(self, uid: str) -> Span:
        """Return where the mark `uid` begins and ends; asked for what has a handle."""


class Keys(NamedTuple):
    """The modifiers that were held."""

    has_shift: bool = False
    has_alt: bool = False


class Placed(msgspec.Struct, frozen=True):
    """The caret was put somewhere; nothing is selected."""

    offset: int
    of_previous: bool = False


class Selected(msgspec.Struct, frozen=True):
    """`[start, end)` is selected, and the caret is at that end of it which moves."""

    start: int
    end: int
    is_caret_at_start: bool = False


class Clicked(msgspec.Struct, frozen=True):
    """A mark, or where `uid` is "" the text, was clicked without being dragged over."""

    uid: str
    offset: int


class EndMoved(msgspec.Struct, frozen=True):
    """A handle stands so that the mark would reach over `[start, end)`; let go: `is_final`."""

    uid: str
    start: int
    end: int
    is_final: bool = False


Deed = Placed | Selected | Clicked | EndMoved


class _State(Enum):
    """What a held button means."""

    IDLE = auto()
    PRESSED = auto()  # not yet known: a click, or a drag
    SELECTING = auto()
    HANDLE = auto()  # pressed, not yet moved
    MOVING_END = auto()


class _By(Enum):
    """What a drag takes whole."""

    LETTER = auto()
    WORD = auto()
    PARAGRAPH = auto()


class Pointer:
    """One mouse over one article."""

    def __init__(
        self, surface: Surface, text: str, snap: Callable[[Span], Span] = lambda word: word
    ) -> None:
        """Point at `surface`; of a word that is clicked twice `snap` says what is taken."""
        self._surface = surface
        self._text = text
        self._snap = snap
        self._state = _State.IDLE
        self._by = _By.WORD
        self._pressed_at = QPointF()
        self._pressed = Hit(0, 0, 0)
        self._anchor: Span | None = None  # none: what was pressed
        self._extent: Span = (0, 0)  # of the mark whose handle is held
        self._last: Deed | None = None

    @property
    def is_dragging(self) -> bool:
        """Whether the view is to scroll where the pointer leaves it."""
        return self._state in (_State.SELECTING, _State.MOVING_END)

    def press(self, point: QPointF, keys: Keys, anchor: Span | None = None) -> list[Deed]:
        """Take a press of the first button; `anchor` is what Shift extends.

        That is where the selection was begun: an offset twice, or the word of a double click.
        """
        hit = self._begin(point, _By.LETTER if keys.has_alt else _By.WORD)
        if hit.end_of and hit.uid:
            self._state, self._extent = _State.HANDLE, self._surface.span_of(hit.uid)
            return []
        if keys.has_shift and anchor is not None:
            self._state, self._anchor = _State.SELECTING, anchor
            return self._selected(hit, keys)
        self._state = _State.PRESSED
        return [] if _is_chip(hit) else [Placed(hit.offset, hit.of_previous)]

    def press_again(self, point: QPointF, keys: Keys) -> list[Deed]:
        """Take the second press of a double click: select the word, or what sign there is."""
        hit = self._hit(point)
        token = token_holding(self._text, hit.start) if hit.is_on_text else None
        if token is None:
            return self.press(point, keys)
        return self._press_whole(point, _By.WORD, self._snap(token))

    def press_third(self, point: QPointF) -> list[Deed]:
        """Take the third press of a triple click: select the paragraph."""
        hit = self._hit(point)
        return self._press_whole(point, _By.PARAGRAPH, paragraph_holding(self._text, hit.start))

    def move(self, point: QPointF, keys: Keys) -> list[Deed]:
        """Take a move with the button held; where the view has scrolled, the same point again."""
        if self._state is _State.IDLE:
            return []
        hit = self._hit(point)
        if self._state in (_State.PRESSED, _State.HANDLE) and not self._is_drag(point, hit, keys):
            return []
        if self._state in (_State.HANDLE, _State.MOVING_END):
            self._state = _State.MOVING_END
            return self._end_moved(hit, keys)
        self._state = _State.SELECTING
        return self._selected(hit, keys)

    def release(self, point: QPointF, keys: Keys) -> list[Deed]:
        """Take the release of the button."""
        deeds = self.move(point, keys)
        state, self._state = self._state, _State.IDLE
        if state is _State.PRESSED:
            return [Clicked(self._pressed.uid, self._pressed.start)]
        if state is _State.MOVING_END and isinstance(self._last, EndMoved):
            return [replace(self._last, is_final=True)]
        return deeds

    def cancel(self) -> None:
        """Forget what is held: nothing is done when the button is let go."""
        self._state = _State.IDLE

    def anchor(self) -> Span | None:
        """Return what Shift extends after the last press by whole words or paragraphs, if any."""
        return self._anchor

    def _hit(self, point: QPointF) -> Hit:
        """Return what lies under a point, a whole grapheme: Qt may break a line inside of one."""
        hit = self._surface.hit(point)
        if is_boundary(self._text, hit.start) and is_boundary(self._text, hit.end):
            return hit
        start, end = snap_outward(self._text, hit.start, hit.end)
        return replace(hit, start=start, end=end, offset=end if hit.of_previous else start)

    # -- what a press begins

    def _begin(self, point: QPointF, by: _By) -> Hit:
        self._pressed_at, self._pressed = point, self._hit(point)
        self._by, self._anchor, self._last = by, None, None
        return self._pressed

    def _press_whole(self, point: QPointF, by: _By, span: Span) -> list[Deed]:
        self._begin(point, by)
        self._state, self._anchor = _State.SELECTING, span
        whole = snap_outward(self._text, *span)
        return self._report(Selected(*whole) if span[0] < span[1] else Placed(span[0]))

    def _is_drag(self, point: QPointF, hit: Hit, keys: Keys) -> bool:
        """Return whether a press has become a drag, and is no mere trembling."""
        if _is_chip(self._pressed) and self._state is _State.PRESSED:
            return False
        if self._by is _By.LETTER or keys.has_alt:
            return hit.offset != self._pressed.offset
        return (point - self._pressed_at).manhattanLength() >= _TREMBLE

    # -- what a drag reaches

    def _selected(self, hit: Hit, keys: Keys) -> list[Deed]:
        """Return the selection from the anchor to what the pointer has reached."""
        anchor = self._anchor or self._reached(self._pressed, keys)
        reached = self._reached(hit, keys)
        if anchor[0] < anchor[1] and reached[0] <= anchor[0] and anchor[1] <= reached[1]:
            reached = anchor  # of the word that was clicked twice, what was taken of it
        start, end = min(anchor[0], reached[0]), max(anchor[1], reached[1])
        if self._goes_by_words(keys):
            start, end = trimmed(self._text, start, end)
        if self._anchor:  # it stays as it is, blanks and all
            start, end = min(start, anchor[0]), max(end, anchor[1])
        if start == end:
            return self._report(Placed(hit.offset, hit.of_previous))
        span = snap_outward(self._text, start, end)
        return self._report(Selected(*span, is_caret_at_start=reached[0] < anchor[0]))

    def _end_moved(self, hit: Hit, keys: Keys) -> list[Deed]:
        """Return what the mark would reach over; nothing while its ends would cross."""
        reached = self._reached(hit, keys)
        start, end = self._extent
        if self._pressed.end_of == "start":
            start = reached[0]
        else:
            end = reached[1]
        if start >= end:
            return []
        if self._goes_by_words(keys):
            start, end = trimmed(self._text, start, end)
        span = snap_outward(self._text, start, end)
        return self._report(EndMoved(self._pressed.uid, *span))

    def _report(self, deed: Deed) -> list[Deed]:
        """Return what is done, unless it is what was done last."""
        if deed == self._last:
            return []
        self._last = deed
        return [deed]

    def _reached(self, hit: Hit, keys: Keys) -> Span:
        """Return what the pointer has reached: a word, a paragraph, or a boundary twice."""
        if self._by is _By.PARAGRAPH:
            return paragraph_holding(self._text, hit.start)
        if not self._goes_by_words(keys):
            return hit.offset, hit.offset
        find, offset = (word_holding, hit.start) if hit.is_on_text else (word_within, hit.offset)
        return find(self._text, offset) or (hit.offset, hit.offset)

    def _goes_by_words(self, keys: Keys) -> bool:
        return self._by is _By.WORD and not keys.has_alt


def scroll_step(y: float, height: int) -> int:
    """Return by how many pixels to scroll while a drag is held at `y` of a viewport; down is more.

    The further outside, the faster; 0 within.
    """
    outside = min(y, 0.0) + max(y - height, 0.0)
    return round(max(-_FASTEST, min(_FASTEST, outside / 2)))


def _is_chip(hit: Hit) -> bool:
    """Return whether a hit is a chip, which is clicked and not dragged over."""
    return bool(hit.uid) and not hit.is_on_text
