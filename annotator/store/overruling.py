"""Changes of the label schema that a union finds to be overruled, told from those of before."""

import sqlite3
from collections.abc import Collection, Sequence

from annotator.core import operations as op
from annotator.core.incoming import Arrived
from annotator.core.overruling import Overruled, overruled
from annotator.store import history


class Overruling:
    """Watches the label schema while operations of the project's scope come in."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._before: set[str] | None = None

    def look_at(self, new: Sequence[Arrived], left_out: Collection[str]) -> None:
        """Note what was overruled before operations are written of which one is a change of it."""
        if self._before is None and any(map(_changes_label_schema, new)):
            self._before = {one.name for one in self._now(left_out)}

    def found(self, left_out: Collection[str]) -> tuple[Overruled, ...]:
        """Return what is overruled now and was not before."""
        before = self._before
        if before is None:
            return ()
        return tuple(one for one in self._now(left_out) if one.name not in before)

    def _now(self, left_out: Collection[str]) -> list[Overruled]:
        return overruled(history.operations_of(self._connection, None), left_out)


def _changes_label_schema(given: Arrived) -> bool:
    return any(change.kind == op.LABEL_SCHEMA for change in given.changes)
