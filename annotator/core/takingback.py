"""Taking back a hand-in: an operation of the project's scope names what the fold leaves out.

It holds until it is undone, or is itself named by a later one. What a taking back names lies before
it in the total order, so going down from the last operation tells which of them hold; the order in
which they came takes no part.
"""

from collections.abc import Iterable
from itertools import pairwise

from annotator.core import operations as op
from annotator.core.bodies import Body
from annotator.core.operations import Change, Operation

_HEX = 64
_DIGITS = frozenset("0123456789abcdef")


def body_naming(hashes: Iterable[str]) -> Body:
    """Return the body that names operations: their hashes, sorted, in one string."""
    return {"operations": "".join(sorted(hashes))}


def names_in(body: Body) -> list[str]:
    """Return the hashes that a body names.

    >>> names_in(body_naming(["b" * 64, "a" * 64])) == ["a" * 64, "b" * 64]
    True
    """
    joined = body["operations"]
    return [joined[start : start + _HEX] for start in range(0, len(joined), _HEX)]


def named_by(changes: Iterable[Change]) -> frozenset[str]:
    """Return the hashes that changes name in which something is taken back, or no longer."""
    return frozenset(
        name
        for change in changes
        if change.kind == op.TAKEN_BACK
        for body in (change.before, change.after)
        if body is not None
        for name in names_in(body)
    )


def is_naming(joined: str) -> bool:
    """Whether `joined` is what `body_naming` makes of at least one operation."""
    if not joined or len(joined) % _HEX or not _DIGITS.issuperset(joined):
        return False
    return all(one < other for one, other in pairwise(names_in({"operations": joined})))


def left_out(operations: Iterable[Operation]) -> frozenset[str]:
    """Return the hashes of all operations that are taken back now.

    Of `operations` those of the project's scope matter, in any order.
    """
    found: set[str] = set()
    settled: set[str] = set()
    of_project = [operation for operation in operations if operation.scope.is_project]
    for operation in sorted(of_project, key=op.order, reverse=True):
        if operation.hash in found:
            continue
        for change in operation.changes:
            if change.kind == op.TAKEN_BACK and change.uid not in settled:
                settled.add(change.uid)
                found.update(names_in(change.after) if change.after else ())
    return frozenset(found)
