"""What journals hold, and how the end of one and a project file agree.

A journal is read from its end, no further than until file and journal agree: where nothing lacks,
opening a file costs the same whatever their lengths.
"""

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import msgspec

from annotator.store import journalfile, unrecorded
from annotator.store.bulk import last_id
from annotator.store.journal import IMPORT, chunk, path_of
from annotator.store.journalfile import Line
from annotator.store.replica import Replicas

AGREE = 32
"""Operations in a row that a file must know: two processes may write theirs down in another order
than they were kept in, and each has at most one under way."""
_NEWEST = 2000
"""Rows of a file that are looked through for those that its journal lacks."""
_IS_THERE = "SELECT 1 FROM operations WHERE hash=?"


class Imported(msgspec.Struct, forbid_unknown_fields=True):
    """A remark: here an import was kept, the last of whose operations has that hash."""

    imported: str


class Pruned(msgspec.Struct, forbid_unknown_fields=True):
    """A remark, the first line: what stood before is in a copy of that name, and ended so."""

    backup: str
    last: list[str]


def lines(project: str, replica: str) -> Iterator[bytes]:
    """Yield the operations in the journal of a replica as canonical JSON, as they were added.

    Lines whose hash does not hold are passed over; one may be there twice.
    """
    for raw in journalfile.forwards(path_of(project, replica)):
        line = journalfile.line_of(raw)
        if line is not None and not line.is_remark:
            yield line.said


@dataclass(slots=True)
class Lacking:
    """What a file lacks of a journal, and the journal of the file.

    `lines` are operations as canonical JSON, oldest first; `n_damaged` lines since file and journal
    last agreed cannot be read; `n_imports` imports were kept that the file has not; `pruned` is the
    first line of the journal, where the file lacks even what stood before that. `missing` are lines
    that the journal lacks, and it may hold none.
    """

    lines: list[bytes] = field(default_factory=list)
    n_damaged: int = 0
    n_imports: int = 0
    pruned: Pruned | None = None
    known: set[str] = field(default_factory=set)
    is_empty: bool = True
    missing: list[bytes] = field(default_factory=list)

    @property
    def is_anything(self) -> bool:
        """Whether the file lacks anything, so that a number may be given twice."""
        return bool(self.lines or self.n_damaged or self.n_imports or self.pruned)


def lacking(
    connection: sqlite3.Connection, path: Path, own: Collection[str], *, all_of_it: bool = False
) -> Lacking:
    """Return what the file of `connection` lacks of the journal at `path`.

    It is read back to where the file knows it, or whole; `own` are the file's replicas. Raise
    `OSError` where it cannot be read.
    """
    found, n_agreeing = Lacking(), 0
    for raw in journalfile.backwards(path):
        found.is_empty = False
        line = journalfile.line_of(raw)
        if line is None:
            found.n_damaged += not found.known
        elif _agrees(connection, line, found):
            n_agreeing += 1
        else:
            n_agreeing = 0
        if n_agreeing == AGREE and not all_of_it:
            break
    found.lines.reverse()
    found.missing = _missing(connection, own, found.known)
    if not found.lines:  # they were torn when they were written down
        found.n_damaged = max(0, found.n_damaged - len(found.missing))
    return found


def _agrees(connection: sqlite3.Connection, line: Line, found: Lacking) -> bool:
    """Whether the file knows what `line` says; else it is noted."""
    remark = remark_in(line)
    if isinstance(remark, Pruned):
        if not all(is_there(connection, name) for name in remark.last):
            found.pruned = remark
        return True
    name = remark.imported if remark else line.name
    if is_there(connection, name):
        found.known.add(name)
        return True
    if remark:
        found.n_imports += 1
    else:
        found.lines.append(line.said)
    return False


def remark_in(line: Line) -> Imported | Pruned | None:
    """Return the remark that `line` is; None where it is an operation.

    One of a newer program, or one that is no JSON at all, says nothing here.
    """
    if not line.is_remark:
        return None
    with suppress(ValueError):  # msgspec's errors, and those of UTF-8
        return msgspec.json.decode(line.said, type=Imported)
    with suppress(ValueError):
        return msgspec.json.decode(line.said, type=Pruned)
    return Pruned("", [])


def is_there(connection: sqlite3.Connection, name: str) -> bool:
    """Whether the operation called `name` is in the history of a file."""
    return connection.execute(_IS_THERE, (name,)).fetchone() is not None


def lacking_of(
    connection: sqlite3.Connection, project: str, replicas: Replicas
) -> dict[str, Lacking]:
    """Return what the file of `connection` lacks of the journals of `replicas`, by name.

    They are read whole where something waits in them. Raise `OSError` where one cannot be.
    """
    if replicas.is_unread:
        raise PermissionError("the names of the file cannot be read")
    names, waiting = replicas.names, replicas.waiting
    return {
        name: lacking(connection, path_of(project, name), names, all_of_it=name in waiting)
        for name in names
    }


class Agreed(NamedTuple):
    """Under which replica a file goes on, and lines that its journal lacks: all, `from_file`."""

    replica: str
    missing: Sequence[bytes] = ()
    from_file: bool = False


def agreed(connection: sqlite3.Connection, project: str, replicas: Replicas) -> Agreed:
    """Return the replica under which a file goes on, and what its journal lacks of the file.

    Where the journal holds what the file has not, cannot be read or is gone, another replica is
    drawn: under the former one a number might be given twice. The journal of one that is gone, or
    whose name could not be written down, is made anew from the file; so is that of a file
    which notes that it holds more.
    """
    name, is_noted = replicas.current(), unrecorded.is_noted(connection)
    try:
        found = lacking(connection, path_of(project, name), replicas.names)
    except OSError:
        return Agreed(replicas.draw_anew(), from_file=is_noted)
    if found.is_anything:
        return Agreed(replicas.draw_anew(), found.missing, from_file=is_noted)
    is_gone = found.is_empty and connection.execute(_HAS_WRITTEN, (name,)).fetchone() is not None
    if is_gone:
        return Agreed(replicas.draw_anew(), from_file=True)
    is_new = found.is_empty and replicas.is_without_name
    return Agreed(name, found.missing, from_file=is_new or is_noted)


def _missing(connection: sqlite3.Connection, own: Collection[str], known: set[str]) -> list[bytes]:
    """Return the lines of own operations that are newer than what the journal knows."""
    if not known:
        return []
    missing: list[bytes] = []
    rows = connection.execute(_OWN, (last_id(connection, "operations") - _NEWEST,))
    for row, name, kind, replica in rows:
        if name in known:
            return missing[::-1]
        if replica in own and kind != IMPORT:
            missing += chunk(connection, row - 1, row).lines
    return []


_HAS_WRITTEN = "SELECT 1 FROM replicas WHERE replica=?"
_OWN = "SELECT id,hash,kind,replica FROM operations WHERE id>? ORDER BY id DESC"
