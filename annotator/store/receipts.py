"""Receipts: what each merge brought, so that it can be taken back. They stay in this file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import orjson

from annotator.core import operations as op
from annotator.store import history, sealing
from annotator.store.project import Project

Range = tuple[int, int]
"""The first and the last row id of operations that came together."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A merge, or one source of it.

    `name` is whose hand-in it was, `bundle` the first digits of its hash where it was a bundle.
    """

    uid: str
    at: str
    name: str
    bundle: str
    counts: dict[str, int] = field(default_factory=dict)
    ranges: tuple[Range, ...] = ()


def write(project: Project, receipt: Receipt) -> None:
    """Keep `receipt`, within the transaction of its merge."""
    told = orjson.dumps(
        {"counts": receipt.counts, "operations": receipt.ranges, "seal": _seal(receipt)}
    ).decode()
    project.connection.execute(
        "INSERT INTO receipts(uid,at,name,bundle,counts) VALUES(?,?,?,?,?)",
        (receipt.uid, receipt.at, receipt.name, receipt.bundle, told),
    )


def has_changed(row: tuple[str, str, str, str, str], *, is_sealed: bool) -> bool:
    """Whether a row of the table reads otherwise than when it was written.

    Those of an earlier release bear no seal; where `is_sealed`, every one does.
    """
    try:
        seal = orjson.loads(row[4]).get("seal")
        return seal != _seal(_read(row)) if seal or is_sealed else False
    except (ValueError, KeyError, TypeError, AttributeError):
        return True


def _seal(receipt: Receipt) -> str:
    ranges = [list(one) for one in receipt.ranges]
    head = (receipt.uid, receipt.at, receipt.name, receipt.bundle)
    return sealing.of((*head, receipt.counts, ranges))


def receipts(project: Project) -> list[Receipt]:
    """Return all receipts, oldest first."""
    found = project.connection.execute("SELECT uid,at,name,bundle,counts FROM receipts")
    return sorted(map(_read, found), key=lambda one: (one.ranges, one.uid))


def receipt(project: Project, uid: str) -> Receipt | None:
    """Return the receipt `uid`, or None."""
    query = "SELECT uid,at,name,bundle,counts FROM receipts WHERE uid=?"
    row = project.connection.execute(query, (uid,)).fetchone()
    return _read(row) if row else None


def operations_in(project: Project, ranges: Iterable[Range]) -> list[str]:
    """Return the hashes of the operations that came in `ranges` and can be taken back.

    Who was once named stays, for layers name her.
    """
    query = "SELECT hash,layer IS NULL FROM operations WHERE id BETWEEN ? AND ?"
    found = [row for one in ranges for row in project.connection.execute(query, one)]
    return [name for name, is_project in found if not (is_project and _names(project, name))]


def runs(rows: Iterable[int]) -> Iterator[Range]:
    """Yield the first and the last of numbers that follow one another.

    >>> list(runs([3, 4, 5, 9]))
    [(3, 5), (9, 9)]
    """
    first = last = None
    for row in rows:
        if first is None or last is None:
            first = last = row
        elif row == last + 1:
            last = row
        else:
            yield first, last
            first = last = row
    if first is not None and last is not None:
        yield first, last


def _names(project: Project, name: str) -> bool:
    """Whether an operation of the project's scope names an annotator."""
    found = history.operation(project.connection, name)
    return found is not None and any(change.kind == op.ANNOTATOR for change in found.changes)


def _read(row: tuple[str, str, str, str, str]) -> Receipt:
    uid, at, name, bundle, told = row
    found = orjson.loads(told)
    ranges = tuple((first, last) for first, last in found["operations"])
    return Receipt(uid, at, name, bundle, found["counts"], ranges)
