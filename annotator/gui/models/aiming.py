"""What a key of the label schema is aimed at: the selection, what is in hand, or a word.

Pure: text, labels and places in, a decision out. The same key labels, gives another type, or
removes, so that one key does what is meant in each place.
"""

from collections.abc import Callable, Iterable

import msgspec

from annotator.arabic.graphemes import snap_outward
from annotator.arabic.tokens import word_at
from annotator.core.model import Entity, Event, Extent, Label, extent_at, extent_of, hull

Placed = Entity | Event
_PLACED = (Entity, Event)
Place = tuple[int, int]
_FEW = 80
"""Code points of words that one may want to look for."""


class Aim(msgspec.Struct, frozen=True):
    """A place to label, or a label that is there; both are empty where there is nothing."""

    extent: Extent = ()
    label: Placed | None = None


class Where(msgspec.Struct, frozen=True):
    """Where the person is: her selection, the caret, and the label that she has in hand."""

    selection: tuple[int, int] | None
    caret: int
    hand: str = ""


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return `[start, end)` without white space at its ends, and with whole graphemes.

    >>> trimmed("قال  بوتين ", 3, 11)
    (5, 10)
    """
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return snap_outward(text, start, end) if start < end else (start, start)


def words_in(text: str, selection: tuple[int, int] | None) -> str:
    """Return the words that are selected, where they are a few on one line.

    >>> words_in("قال بوتين ", (3, 10)), words_in("قال", None)
    ('بوتين', '')
    """
    start, end = trimmed(text, *selection) if selection else (0, 0)
    words = text[start:end]
    return words if end - start <= _FEW and "\n" not in words else ""


def aim(
    text: str,
    labels: Iterable[Label],
    where: Where,
    kind: type[Placed],
    *,
    inside: bool = False,
    snap: Callable[[Place], Place] = lambda word: word,
) -> Aim:
    """Return what a key of a type of `kind` is meant for.

    A selection goes first, then what is in hand, then the innermost label around the caret, then
    the word there, of which `snap` says what is taken. With `inside` a new label is wanted,
    whatever is there already.
    """
    own = [label for label in labels if isinstance(label, kind)]
    if where.selection is not None:
        start, end = trimmed(text, *where.selection)
        extent = extent_at(text, [(start, end)]) if start < end else ()
        there = next((label for label in own if label.extent == extent), None)
        return Aim(extent, None if inside else there)
    held = [label for label in own if label.uid == where.hand] if where.hand else []
    around = held or labels_around(own, where.caret)
    if not inside and around:
        label = around[0]
        return Aim(label.extent, label) if isinstance(label, Entity | Event) else Aim()
    word = word_at(text, where.caret)
    return Aim(extent_at(text, [snap(word)])) if word else Aim()


def labels_around(labels: Iterable[Label], offset: int) -> list[Label]:
    """Return the labels whose spans hold or touch `offset`, innermost first.

    Written for 20,000 labels at each press of a key: most are far away, as their ends tell.
    """
    found = [
        label
        for label in labels
        if (extent := label.extent if isinstance(label, _PLACED) else extent_of(label))
        and extent[0][0] <= offset <= extent[-1][1]
        and any(start <= offset <= end for start, end, _ in extent)
    ]
    return sorted(found, key=_size)


def outward(labels: Iterable[Label], label: Label) -> Label | None:
    """Return the smallest label that holds `label` and is larger, or None."""
    start, end = hull(extent_of(label))
    larger = [
        other
        for other in labels
        if extent_of(other) and _holds(other, start, end) and _size(other) > _size(label)
    ]
    return min(larger, key=_size, default=None)


def inward(labels: Iterable[Label], label: Label) -> Label | None:
    """Return the largest label inside `label`, the first one in the text, or None."""
    start, end = hull(extent_of(label))
    inner = [
        other
        for other in labels
        if extent_of(other)
        and _size(other) < _size(label)
        and start <= hull(extent_of(other))[0]
        and hull(extent_of(other))[1] <= end
    ]
    return min(inner, key=lambda one: (-_size(one), hull(extent_of(one))), default=None)


def stepped(labels: Iterable[Label], held: Label | None, caret: int, by: int) -> str:
    """Return the uid of the label after (`by` 1) or before (-1) what is held, or the caret.

    Labels follow one another as they begin in the text; without one beyond it is "".
    """
    places = sorted((hull(extent_of(one)), one.uid) for one in labels if extent_of(one))
    here = (hull(extent_of(held)), held.uid) if held and extent_of(held) else None
    now = here or ((caret, caret), "" if by > 0 else "\uffff")
    beyond = [one for one in places if (one > now if by > 0 else one < now)]
    return beyond[0 if by > 0 else -1][1] if beyond else ""


def _holds(label: Label, start: int, end: int) -> bool:
    first, last = hull(extent_of(label))
    return first <= start and end <= last


def _size(label: Label) -> int:
    start, end = hull(extent_of(label))
    return end - start
