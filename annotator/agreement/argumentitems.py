"""Arguments that two readings do not share, put together where they lie on the same words."""

from collections import Counter
from collections.abc import Sequence

from annotator.agreement.arrays import ints
from annotator.agreement.counting import Prepared
from annotator.agreement.events import Frames
from annotator.agreement.spans import BOTH, BOUNDARY, LABEL, MISSING, Items

_Key = tuple[int, ...]


def disputed_arguments(ready: Prepared, framed: Frames, figure: str) -> Items:
    """Return the arguments that AI ("ai") or AC ("ac") does not count as shared.

    Each of them is in one item: with the other reading's on the same words (`LABEL`: its role or
    its event's type differs), with one that overlaps (`BOUNDARY`, and `BOTH` where the role differs
    too), or alone. `one` and `other` are places among the arguments.
    """
    keys = _keys(framed, with_role=figure == "ac")
    by_reading: dict[int, list[int]] = {}
    for at, reading in enumerate(framed.spans.reading[framed.event].tolist()):
        by_reading.setdefault(reading, []).append(at)
    rows: list[tuple[int, int, int, int]] = []
    for meeting, (one, other) in enumerate(
        zip(*(side.tolist() for side in ready.meetings), strict=True)
    ):
        ours, theirs = by_reading.get(one, []), by_reading.get(other, [])
        alone = _left(ours, theirs, keys), _left(theirs, ours, keys)
        rows += [(meeting, *row) for row in _together(framed, *alone)]
    meetings, ours_of, theirs_of, kinds = (ints([row[at] for row in rows]) for at in range(4))
    return Items(meetings, ours_of, theirs_of, kinds, kinds * 0)


def _keys(framed: Frames, *, with_role: bool) -> list[_Key]:
    """Return what must be equal for two arguments to be the same."""
    type_ = framed.spans.label[framed.event]
    columns = [type_, framed.start, framed.end, *([framed.role] if with_role else [])]
    return list(zip(*(column.tolist() for column in columns), strict=True))


def _left(mine: Sequence[int], theirs: Sequence[int], keys: Sequence[_Key]) -> list[int]:
    """Return those of `mine` for which nothing equal is left among `theirs`."""
    rest = Counter(keys[at] for at in theirs)
    left = []
    for at in mine:
        if rest[keys[at]]:
            rest[keys[at]] -= 1
        else:
            left.append(at)
    return left


def _together(
    framed: Frames, ours: Sequence[int], theirs: Sequence[int]
) -> list[tuple[int, int, int]]:
    """Return items: the two of the same words together, then those that overlap, then the rest."""
    rows, rest = [], list(theirs)
    alone = list(ours)
    for fits in (_is_same_place, _overlaps):
        for one in tuple(alone):
            other = next((at for at in rest if fits(framed, one, at)), -1)
            if other >= 0:
                rows.append((one, other, _kind(framed, one, other)))
                alone.remove(one)
                rest.remove(other)
    return rows + [(at, -1, MISSING) for at in alone] + [(-1, at, MISSING) for at in rest]


def _is_same_place(framed: Frames, one: int, other: int) -> bool:
    return bool(framed.start[one] == framed.start[other] and framed.end[one] == framed.end[other])


def _overlaps(framed: Frames, one: int, other: int) -> bool:
    return bool(framed.start[one] < framed.end[other] and framed.start[other] < framed.end[one])


def _kind(framed: Frames, one: int, other: int) -> int:
    if _is_same_place(framed, one, other):
        return LABEL
    return BOUNDARY if framed.role[one] == framed.role[other] else BOTH
