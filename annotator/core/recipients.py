"""Whom an operation of the project's scope is for: all, one annotator, or the lead alone.

What a lead hands out or answers holds only what its receiver may see: nothing that names another.
"""

from collections.abc import Callable

from annotator.core import operations as op
from annotator.core.model import LEAD
from annotator.core.operations import Change, Operation

ALL = ""
_HASH = 64
_FOR_ALL = frozenset({op.LABEL_SCHEMA, op.REGIONS, op.WITHDRAWN})
_OF_ARTICLES = frozenset({op.REGIONS, op.WITHDRAWN})


def recipient_of(operation: Operation, owner_of: Callable[[str], str | None]) -> str | None:
    """Return the uid of whom `operation` is for, `ALL` for everybody, None for the lead alone.

    `owner_of` returns in whose layer a label stands, None where that cannot be said. What an
    annotator did herself in a lead's file would tell the others her uid: it is hers alone.
    """
    named = {_recipient(change, owner_of) for change in operation.changes}
    if operation.who != LEAD:
        named.add(operation.who)
    named.discard(ALL)
    if None in named or len(named) > 1:
        return None
    return named.pop() if named else ALL


def articles_in(operation: Operation) -> frozenset[str]:
    """Return the articles (SHA-256) of whose regions or withdrawal `operation` speaks."""
    return frozenset(change.uid for change in operation.changes if change.kind in _OF_ARTICLES)


def _recipient(change: Change, owner_of: Callable[[str], str | None]) -> str | None:
    if change.kind in _FOR_ALL:
        return ALL
    if change.kind == op.ANNOTATOR:
        return change.uid
    if change.kind == op.ASSIGNMENT:
        return change.uid[_HASH + 1 :]
    return owner_of(change.uid) if change.kind == op.DOUBT_ANSWER else None
