"""Whether operations that came hang together with what is there: gaps and forks among them.

A union takes every sound operation, and what it says stands; that others are missing before it, or
that it is numbered like another one, is told. The doctor tells the same of a whole file
(`doctorhistory.chains`).
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from annotator.core import operations as op
from annotator.core.incoming import Arrived
from annotator.store.project import Project


@dataclass(frozen=True, slots=True)
class Broken:
    """A new operation, by its row id, that does not follow the one before it.

    With `is_gap` that one is not there; else both follow the same one, or are numbered alike.
    """

    row: int
    is_gap: bool


class Chaining:
    """Notes the scopes of a union that may be broken, and looks at these in the end."""

    def __init__(self, project: Project, first: int) -> None:
        """Look at operations from the row id `first` on."""
        self._project = project
        self._first = first
        self._layers: set[int | None] = set()
        self._excused: set[str] = set()

    def note_project(self, new: Iterable[Arrived]) -> None:
        """Note operations of the project's scope.

        What names an annotator comes with her hand-in, without what the lead did before.
        """
        self._layers.add(None)
        self._excused.update(
            one.hash for one in new if any(change.kind == op.ANNOTATOR for change in one.changes)
        )

    def note(self, layer: int, new: Sequence[Arrived], *, is_all: bool) -> None:
        """Note the operations `new` of a layer, in the total order, which may be all it has."""
        if not (is_all and _follow_one_another(new)):
            self._layers.add(layer)

    def broken(self) -> Iterator[Broken]:
        """Yield what is broken, once all operations are in the file."""
        connection, owner = self._project.connection, self._project.owner
        handed_out = connection.execute(_LAST_OF_PROJECT).fetchone()[0] if owner else 0
        for layer in self._layers:
            for row, name, lamport, is_gap in self._loose(connection, layer):
                is_older = lamport <= handed_out or (layer is None and bool(owner))
                if not (is_gap and (is_older or name in self._excused)):
                    yield Broken(row, bool(is_gap))

    def _loose(
        self, connection: sqlite3.Connection, layer: int | None
    ) -> list[tuple[int, str, int, int]]:
        return connection.execute(_LOOSE, (layer, self._first)).fetchall()


def _follow_one_another(given: Sequence[Arrived]) -> bool:
    """Whether operations of a scope are one chain from its beginning."""
    last, replica, lamport = "", given[0].line.replica, 0
    for n, one in enumerate(given, 1):
        line = one.line
        is_next = line.prev == last and line.sequence == n and line.lamport > lamport
        if not is_next or line.replica != replica:
            return False
        last, lamport = one.hash, line.lamport
    return True


_LAST_OF_PROJECT = "SELECT coalesce(max(lamport),0) FROM operations WHERE layer IS NULL"
_IS_NEXT = (
    "p.layer IS o.layer AND p.replica=o.replica AND p.sequence+1=o.sequence AND p.lamport<o.lamport"
)
_LOOSE = (
    "SELECT o.id,o.hash,o.lamport,o.prev<>'' AND p.id IS NULL FROM operations o"
    " LEFT JOIN operations p ON p.hash=o.prev WHERE o.layer IS ? AND o.id>=?"
    f" AND (CASE WHEN o.prev='' THEN o.sequence<>1 ELSE ({_IS_NEXT}) IS NOT 1 END"
    " OR EXISTS(SELECT 1 FROM operations x WHERE x.layer IS o.layer AND x.replica=o.replica"
    "  AND x.sequence=o.sequence AND x.id<>o.id)) ORDER BY o.id"
)
