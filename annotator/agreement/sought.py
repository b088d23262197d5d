"""Which items of a figure are asked for, and in which articles they may lie."""

from dataclasses import dataclass, replace

import numpy as np

from annotator.agreement import counting, edges, events, statistics
from annotator.agreement.arrays import Flags, Ints
from annotator.agreement.placing import FAMILIES, Found
from annotator.agreement.spans import AGREE, KINDS, MISSING, MISSING_REASONS, NONE
from annotator.agreement.statistics import Cells
from annotator.agreement.texts import TextPage

_ANY = ("label", "boundary", "both", "missing")
_OTHER_PLACE = ("boundary", "both", "missing")
DISPUTED_BY = {
    ("entities", "detection"): ("missing",),
    ("entities", "boundary"): _OTHER_PLACE,
    ("entities", "strict"): _ANY,
    ("entities", "label_alpha"): ("label", "both"),
    ("events", "ti"): _OTHER_PLACE,
    ("events", "tc"): _ANY,
    ("events", "type_alpha"): ("label", "both"),
    ("arguments", "ai"): _ANY,
    ("arguments", "ac"): _ANY,
    ("roles", "role_alpha"): ("label",),
    ("stances", "target_f1"): ("missing",),
    ("stances", "nominal"): ("label",),
    ("stances", "ordinal"): ("label",),
    ("relations", "ends_f1"): ("missing",),
    ("relations", "strict"): ("label", "missing"),
    ("relations", "type_alpha"): ("label",),
    ("answers", "nominal"): _ANY,
    ("answers", "ordinal"): _ANY,
    ("answers", "interval"): _ANY,
    ("answers", "set"): _ANY,
}
"""By what is compared and a figure of it: the kinds of items that it counts as disagreement."""
_OF_ARGUMENTS = {"ai": events.AI, "ac": events.AC}


@dataclass(frozen=True, slots=True)
class Sought:
    """Which items are asked for, in numbers; None and empty take any.

    `a` and `b` are the types of the two sides, `NONE` for no label there: of the pair's first and
    second annotator, or in either order where there is no pair. `kind` may be `missing_first`.
    `figure` takes only what that figure counts as disagreement, and of both values that have a
    place on a scale, `on_scale`. `reader` is one of the two.
    """

    what: str
    pair: tuple[int, int] | None = None
    kind: str = ""
    reason: str = ""
    a: int | None = None
    b: int | None = None
    type: int | None = None
    key: int | None = None
    question: int = -1
    is_disputed: bool = False
    figure: str = ""
    on_scale: frozenset[int] | None = None
    reader: int | None = None

    def fits(self, found: Found) -> bool:
        """Whether an item is one of those that are asked for."""
        a, b = (NONE if mark is None else mark.type for mark in (found.one, found.other))
        keys = [mark.key for mark in (found.one, found.other) if mark is not None]
        return (
            self.pair in (None, (found.first, found.second))
            and self.reader in (None, found.first, found.second)
            and self._is_kind(found.kind, a)
            and self.reason in ("", found.reason)
            and (self._are(a, b) or (self.pair is None and self._are(b, a)))
            and self.type in (None, a, b)
            and (self.key is None or self.key in keys)
            and not (self.is_disputed and found.kind == KINDS[AGREE])
            and found.kind in self.kinds
            and (self.on_scale is None or {a, b} <= self.on_scale)
        )

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of items that `figure` counts as disagreement; all where none is named."""
        return DISPUTED_BY[self.what, self.figure] if self.figure else KINDS

    def _is_kind(self, kind: str, a: int) -> bool:
        if self.kind in ("missing_first", "missing_second"):
            return kind == KINDS[MISSING] and (a == NONE) == (self.kind == "missing_first")
        return self.kind in ("", kind)

    def _are(self, a: int, b: int) -> bool:
        return self.a in (None, a) and self.b in (None, b)


_OF_TWO = ("entities", "events", "roles", "relations")


def articles_with(cells: Cells, sought: Sought) -> list[int]:
    """Return the numbers of the articles that may have such items, those with most first."""
    mine = cells.of(FAMILIES[sought.what])
    if sought.key is not None:
        mine = cells.of(statistics.STRINGS)
        key = (mine.first << 32) | (mine.second << 16) | mine.a
        mine = mine.taken(key == sought.key & ((1 << 46) - 1))
    elif sought.what == "arguments":
        mine = _not_shared(mine, sought)
    elif sought.what in _OF_TWO:
        mine = mine.taken(_fitting(mine, sought))
    elif sought.question >= 0:
        mine = mine.taken(mine.second == sought.question)
    n = np.bincount(mine.article, mine.n) if len(mine) else np.zeros(0)
    order = np.lexsort((np.arange(len(n)), -n))
    found: list[int] = order[n[order] > 0].tolist()
    return found


def _fitting(mine: Cells, sought: Sought) -> Flags:
    """Whether cells count items that are asked for."""
    fits = _of_readers(mine, sought)
    kind = counting.of_kind(mine.detail)
    if sought.kind:
        fits &= kind == KINDS.index(sought.kind.removesuffix("_first").removesuffix("_second"))
    if sought.is_disputed:
        fits &= kind != AGREE
    fits &= np.isin(kind, [KINDS.index(name) for name in sought.kinds])
    if sought.type is not None:
        fits &= (mine.a == sought.type) | (mine.b == sought.type)
    for one, other in ((sought.a, mine.a), (sought.b, mine.b)):
        if one is not None:
            turned = mine.b if other is mine.a else mine.a
            fits &= (other == one) | ((turned == one) & (sought.pair is None))
    if sought.reason:
        fits &= _of_reason(mine, kind, sought.reason)
    return fits


def _of_readers(mine: Cells, sought: Sought) -> Flags:
    """Whether cells are of the two, or of the one, who are asked for."""
    fits = np.ones(len(mine), dtype=bool)
    if sought.pair is not None:
        fits &= (mine.first == sought.pair[0]) & (mine.second == sought.pair[1])
    if sought.reader is not None:
        fits &= (mine.first == sought.reader) | (mine.second == sought.reader)
    return fits


def _not_shared(mine: Cells, sought: Sought) -> Cells:
    """Return cells of how many arguments of two readings a figure counts as not shared."""
    shared = _OF_ARGUMENTS[sought.figure]
    is_wanted = np.isin(mine.detail, (events.BOTH_SIDES, shared))
    mine = mine.taken(_of_readers(mine, sought) & is_wanted)
    return replace(mine, n=np.where(mine.detail == shared, -2 * mine.n, mine.n))


def _of_reason(mine: Cells, kind: Ints, name: str) -> Flags:
    reason = counting.reason_of(mine.detail)
    if name in MISSING_REASONS:
        is_missing: Flags = (kind == MISSING) & (reason == MISSING_REASONS.index(name))
        return is_missing
    found: Flags = (kind != MISSING) & (reason == edges.REASONS.index(name))
    return found


def text_key(text: str) -> int:
    """Return what `Marked.key` is for spans with the same folded text."""
    nothing = np.zeros(1, dtype=np.int64)
    return int(TextPage([text]).measured(nothing, nothing, nothing + len(text)).key[0])
