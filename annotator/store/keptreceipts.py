"""Receipts of merges, written down a second time: row ids mean nothing in a file put back.

Beside the journal of a replica stands a file of lines that vouch for themselves, one a receipt,
with the names of the operations that it is for. So what came back from the journal can still be
taken back. It is never made shorter: a merge is rare.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path

import msgspec

from annotator.core import canonical
from annotator.store import journal, journalfile, receipts
from annotator.store.journalfile import JournalFile
from annotator.store.project import Project
from annotator.store.receipts import Receipt

SUFFIX = ".receipts"
_DIGITS = 32
"""Of each operation's hash: two that begin alike are not met."""
_HASHES = "SELECT hash FROM operations WHERE id BETWEEN ? AND ? ORDER BY id"
_ROW = "SELECT id FROM operations WHERE hash>=? AND hash<?||'g'"


class Noted(msgspec.Struct, forbid_unknown_fields=True):
    """A receipt as it is written down: `operations` are the first digits of hashes, joined."""

    at: str
    bundle: str
    counts: dict[str, int]
    name: str
    operations: str
    uid: str


def path_of(project: str, replica: str) -> Path:
    """Return where the receipts of a replica of that project are written down."""
    return journal.path_of(project, replica).with_suffix(SUFFIX)


def note(project: Project, uids: Collection[str]) -> None:
    """Write down the receipts `uids`; where that cannot be, they are in the file only."""
    with suppress(OSError, sqlite3.Error):
        found = [one for one in receipts.receipts(project) if one.uid in uids]
        with closing(JournalFile(path_of(project.uid, project.replica))) as file:
            file.add(journalfile.remarked(_spelled(project, one)) for one in found)


def _spelled(project: Project, receipt: Receipt) -> bytes:
    rows = (project.connection.execute(_HASHES, one) for one in receipt.ranges)
    names = (name[:_DIGITS] for found in rows for (name,) in found)
    head = (receipt.at, receipt.bundle, receipt.counts, receipt.name)
    return canonical.encoded(msgspec.to_builtins(Noted(*head, "".join(names), receipt.uid)))


def come_back(project: Project, replicas: Iterable[str]) -> int:
    """Keep again, in the transaction under way, those receipts of `replicas` that are `lacking`.

    Return how many. One comes back once all its operations are there. Where nothing can be read,
    none does.
    """
    missed = lacking(project, replicas)
    for one in missed:
        receipts.write(project, one)
    return len(missed)


def lacking(project: Project, replicas: Iterable[str]) -> list[Receipt]:
    """Return those receipts of `replicas` that the file lacks though it has their operations.

    One whose operations came again, and stand in receipts of other merges, is not missed: the
    later one of two is.
    """
    there = receipts.receipts(project)
    known = {one.uid for one in there}
    noted = {one.uid: one for name in replicas for one in _noted(project.uid, name)}
    found = [_receipt(project, one) for uid, one in noted.items() if uid not in known]
    told = defaultdict[str, set[int]](set)
    missed: list[Receipt] = []
    if found:
        for one in there:
            told[_merge_of(one)] |= _rows_of(one)
    for come in reversed(found):
        if come is not None and _rows_of(come) - _elsewhere(told, _merge_of(come)):
            told[_merge_of(come)] |= _rows_of(come)
            missed.append(come)
    return missed[::-1]


def _merge_of(receipt: Receipt) -> str:
    """Return the uid of the merge: a source of several has a receipt of its own, by a number."""
    return receipt.uid.partition("-")[0]


def _rows_of(receipt: Receipt) -> set[int]:
    return {row for first, last in receipt.ranges for row in range(first, last + 1)}


def _elsewhere(told: Mapping[str, set[int]], merge: str) -> set[int]:
    """Return the row ids of operations that stand in receipts of other merges than `merge`."""
    return set[int]().union(*(rows for name, rows in told.items() if name != merge))


def _noted(project: str, replica: str) -> Iterator[Noted]:
    with suppress(OSError):
        for raw in journalfile.forwards(path_of(project, replica)):
            line = journalfile.line_of(raw)
            with suppress(ValueError):  # msgspec's errors, and those of UTF-8
                if line is not None and line.is_remark:
                    yield msgspec.json.decode(line.said, type=Noted)


def _receipt(project: Project, noted: Noted) -> Receipt | None:
    joined, rows = noted.operations, []
    for start in range(0, len(joined), _DIGITS):
        name = joined[start : start + _DIGITS]
        row = project.connection.execute(_ROW, (name, name)).fetchone()
        if row is None:
            return None
        rows.append(row[0])
    ranges = tuple(receipts.runs(sorted(rows)))
    return Receipt(noted.uid, noted.at, noted.name, noted.bundle, noted.counts, ranges)
