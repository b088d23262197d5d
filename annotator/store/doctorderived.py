"""Examining what is made from the rest: counts of layers and of agreement, and replicas."""

import sqlite3

from annotator.core.uids import is_numbered_by, number_of
from annotator.store import doctorfindings as found
from annotator.store import keptcounts
from annotator.store.doctorfindings import Findings

_SKIPPED_AT_MOST = 1 << 24


def progress(connection: sqlite3.Connection, findings: Findings) -> None:
    """Examine the counts of layers by status."""
    counted = "SELECT annotator,status,count(*) FROM layers GROUP BY annotator,status"
    kept = "SELECT annotator,status,n FROM progress WHERE n<>0"
    if set(connection.execute(counted)) != set(connection.execute(kept)):
        findings.add(found.DERIVED, "tables/progress", "progress")


def agreement(connection: sqlite3.Connection, findings: Findings) -> None:
    """Examine the counts of which agreement is made, by the hashes that were kept with them."""
    if keptcounts.have_changed(connection):
        findings.add(found.DERIVED, "tables/agreement_cells", "agreement")


def counters(connection: sqlite3.Connection, findings: Findings, *, is_handed_out: bool) -> None:
    """Examine that no replica would give a name or a number twice.

    Numbers may be skipped, by an import that was kept in part, but not by the million. A handed-out
    file does not know how far those before it had come; its own is drawn anew.
    """
    greatest = connection.execute("SELECT coalesce(max(lamport),0) FROM operations").fetchone()[0]
    kept = {
        name: (counter, lamport)
        for name, counter, lamport in connection.execute("SELECT * FROM replicas")
    }
    lamport = max((lamport for _, lamport in kept.values()), default=0)
    if not greatest <= lamport <= greatest + _SKIPPED_AT_MOST:
        findings.add(found.DERIVED, "tables/replicas", "counters")
    if is_handed_out:
        return
    for replica, counter in given(connection).items():
        if kept.get(replica, (0, 0))[0] < counter:
            findings.add(found.DERIVED, f"tables/replicas/{replica}", "counters")


def given(connection: sqlite3.Connection) -> dict[str, int]:
    """Return by replica the greatest number that it gave to a gesture."""
    counters_: dict[str, int] = {}
    for replica, gesture in connection.execute(_LAST_GESTURES):
        if is_numbered_by(gesture, replica):
            counters_[replica] = number_of(gesture)
    return counters_


_LAST_GESTURES = (
    "SELECT replica,max(gesture) FROM operations WHERE gesture LIKE 'G'||replica||'%' GROUP BY 1"
)
