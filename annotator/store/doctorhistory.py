"""Examining history: each operation by its own hash, and the chains that operations hang in."""

import sqlite3
import sys
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, NamedTuple

from annotator.core import incoming
from annotator.core import operations as op
from annotator.core.incoming import Arrived, BadOperationError
from annotator.core.lineshapes import Arrival
from annotator.core.operations import Scope
from annotator.store import doctorfindings as found
from annotator.store.doctorfindings import Findings
from annotator.store.outgoing import LINE_COLUMNS, line_of

Excused = Callable[[Arrived], bool]
"""Whether what was before an operation may be missing from the file."""
Row = tuple[Any, ...]


class Told(NamedTuple):
    """The operations of one scope whose own hashes hold, and the names of those that do not."""

    sound: list[Arrived]
    bad: frozenset[str]


def of_scope(scope: Scope | None, rows: Iterable[Row], findings: Findings) -> Told:
    """Read operations, each given as its hash and `LINE_COLUMNS`; tell those that do not hold.

    `scope` is None where the file does not say which layer they are of.
    """
    sound: list[Arrived] = []
    bad = set()
    for name, *row in rows:
        given = None if scope is None else read(scope, name, tuple(row))
        if given is None:
            bad.add(name)
            findings.add(found.OPERATION, f"operations/{name}", "lost" if scope is None else "")
        else:
            sound.append(given)
    return Told(sound, frozenset(bad))


def read(scope: Scope, name: str, row: Row) -> Arrived | None:
    """Return a stored operation, if its hash is `name` and it is one that Hashiya writes."""
    try:
        given = incoming.arrived(line_of(scope, row))
    except (BadOperationError, zlib.error, ValueError, TypeError, AttributeError):
        return None
    return given if given.hash == name else None


def rows_of_layers(
    connection: sqlite3.Connection, first: int, last: int
) -> Iterator[tuple[int, Row]]:
    """Yield the operations of the layers with row ids from `first` to `last`, with these."""
    for layer, *row in connection.execute(_OF_LAYERS, (first, last)):
        yield layer, tuple(row)


def rows_of_project(connection: sqlite3.Connection) -> list[Row]:
    """Return the operations of the project's scope."""
    return connection.execute(_OF_PROJECT).fetchall()


_OF_LAYERS = (
    f"SELECT o.layer,o.hash,{LINE_COLUMNS} FROM operations o WHERE o.layer BETWEEN ? AND ?"
    " ORDER BY o.layer,o.id"
)
_OF_PROJECT = f"SELECT o.hash,{LINE_COLUMNS} FROM operations o WHERE o.layer IS NULL ORDER BY o.id"


# --- chains -------------------------------------------------------------------------------------


def chains(told: Told, excused: Excused, findings: Findings, noted: Collection[str] = ()) -> None:
    """Examine how the operations of one scope hang together, replica by replica.

    Each names the one before it, is numbered one higher and has a greater Lamport number. Two that
    follow the same one are told as a fork: a copy of the file went on under the same name. What is
    `noted` (hashes) was told before and cannot be mended.
    """
    known = {one.hash: one for one in told.sound}
    heads: dict[tuple[str, int], str] = {}
    for one in told.sound:
        other = heads.setdefault((one.line.replica, one.line.sequence), one.hash)
        if other != one.hash and max(other, one.hash) not in noted:
            findings.add(found.FORK, f"operations/{max(other, one.hash)}")
        why = "" if one.line.prev in told.bad else _why_broken(one, known, excused)
        if why and one.hash not in noted:
            findings.add(found.CHAIN, f"operations/{one.hash}", why)


def _why_broken(one: Arrived, known: dict[str, Arrived], excused: Excused) -> str:
    if not one.line.prev:
        return "" if one.line.sequence == 1 else "number"
    before = known.get(one.line.prev)
    if before is None:
        return "" if excused(one) else "gap"
    is_next = (
        before.line.sequence + 1 == one.line.sequence and before.line.lamport < one.line.lamport
    )
    return "" if is_next and before.line.replica == one.line.replica else "number"


def nobody(_: Arrived) -> bool:
    """Excuse nothing."""
    return False


def excused_in_project(owner: str) -> Excused:
    """Return what may be missing in the project's scope.

    The file of an annotator (`owner`) has only what is for all or for her; and what names an
    annotator comes with her hand-in, without what the lead did before.
    """

    def is_excused(one: Arrived) -> bool:
        return bool(owner) or any(change.kind == op.ANNOTATOR for change in one.changes)

    return is_excused


def excused_in_layers(owner: str, of_project: Iterable[Arrived]) -> Excused:
    """Return what may be missing in a layer: in an annotator's file, what was taken back before.

    It was handed out no earlier than the lead last said something that is in it.
    """
    handed_out = max((one.line.lamport for one in of_project), default=0) if owner else 0
    return lambda one: one.line.lamport <= handed_out


def excused_up_to(connection: sqlite3.Connection, owner: str) -> Excused:
    """Return the same, as an open project says it."""
    query = "SELECT coalesce(max(lamport),0) FROM operations WHERE layer IS NULL"
    handed_out = connection.execute(query).fetchone()[0] if owner else 0
    return lambda one: bool(one.line.lamport <= handed_out)


def broken(connection: sqlite3.Connection, owner: str) -> set[str]:
    """Return the operations, all of them sound, whose chain is broken or forks."""
    findings = Findings(most=sys.maxsize)
    of_project = of_scope(op.PROJECT, rows_of_project(connection), findings)
    chains(of_project, excused_in_project(owner), findings)
    excused = excused_in_layers(owner, of_project.sound)
    for layer, article, annotator in connection.execute(_LAYERS).fetchall():
        rows = (row for _, row in rows_of_layers(connection, layer, layer))
        chains(of_scope(Scope(article, annotator), rows, findings), excused, findings)
    return {one.where.partition("/")[2] for one in findings.told()}


_LAYERS = (
    "SELECT l.id,a.sha256,n.uid FROM layers l JOIN articles a ON a.id=l.article"
    " JOIN annotators n ON n.id=l.annotator"
)


# --- the fold -----------------------------------------------------------------------------------


def last_written(
    given: Iterable[Arrived], left_out: Collection[str]
) -> dict[tuple[str, str], Arrival]:
    """Return the last change of everything that operations speak of, in the total order.

    `after` is None where the last change took it away; `left_out` names what was taken back.
    """
    last: dict[tuple[str, str], Arrival] = {}
    for one in sorted(given, key=lambda one: one.order):
        if one.hash not in left_out:
            for change in one.changes:
                last[change.kind, change.uid] = change
    return last
