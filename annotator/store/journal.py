"""The second record: each operation once more, in a journal in the local data folder.

Each replica has a journal of its own. An operation is added after the COMMIT that keeps it and
before the gesture is over; a gesture counts where that fails, and what is missing is added as soon
as the journal can be written again. Operations of imports are left out, because their source is
there: a remark names the last one, so that a file in which it is missing is known.
"""

import errno
import hashlib
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import msgspec

from annotator import paths
from annotator.core import canonical
from annotator.core import operations as op
from annotator.core.errors import UserError
from annotator.core.operations import Operation
from annotator.store import history
from annotator.store.bulk import last_id
from annotator.store.journalfile import JournalFile, remarked, spelled

IMPORT = "import"
_SUFFIX = ".jsonl"
_PLAIN = re.compile(r"[0-9a-z]{1,64}")
_FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
_ENCODER = msgspec.json.Encoder()
_ROWS_AT_ONCE = 1000
_BYTES_AT_ONCE = 4 * 1024 * 1024
_ROWS = (
    "SELECT id,hash,CASE WHEN kind='import' AND (:own='' OR replica=:own) THEN NULL ELSE body END,"
    "at,gesture,kind,lamport,prev,replica,layer,sequence,undoes,who"
    " FROM operations WHERE id>:after AND id<=:last ORDER BY id"
)
_SCOPE = (
    "SELECT a.sha256,n.uid FROM layers l JOIN articles a ON a.id=l.article"
    " JOIN annotators n ON n.id=l.annotator WHERE l.id=?"
)


def folder_of(project: str) -> Path:
    """Return the folder of the journals of the project with that uid."""
    is_plain = _PLAIN.fullmatch(project)  # it is read from a file, which may be anybody's
    digest = hashlib.sha256(project.encode("utf-8", "surrogatepass")).hexdigest()
    return paths.data_folder() / "journals" / (project if is_plain else digest[:32])


def path_of(project: str, replica: str) -> Path:
    """Return where the journal of a replica of that project is kept."""
    return folder_of(project) / (replica + _SUFFIX)


def others(project: str, own: Iterable[str]) -> list[str]:
    """Return the other replicas of the project with a journal on this machine, in name order.

    What they hold belongs to other files: only recovery offers it.
    """
    try:
        names = {path.stem for path in folder_of(project).iterdir() if path.suffix == _SUFFIX}
    except OSError:
        return []
    return sorted(names - set(own))


class Chunk(NamedTuple):
    """Operations as lines of a journal, and the row id of the last one that was looked at."""

    lines: list[bytes]
    reached: int


def chunk(connection: sqlite3.Connection, after: int, last: int, own: str = "") -> Chunk:
    """Return the next operations of a file behind the row `after`, up to the row `last`.

    Instead of operations of imports there is a remark: of the replica `own`, or of any.
    """
    from annotator.core.lineshapes import BulkLine  # decoders that a single gesture does not need

    scopes: dict[int | None, list[str]] = {None: []}
    lines: list[bytes] = []
    n_bytes, reached, imported = 0, last, ""
    cursor = connection.execute(_ROWS, {"after": after, "last": last, "own": own})
    for n, (row, name, body, *head, layer, number, undoes, who) in enumerate(cursor, 1):
        if body is None:
            imported = name
        else:
            at, gesture, kind, lamport, prev, replica = head
            said = msgspec.Raw(history.spelled_body(body))
            scope = scopes.get(layer)
            if scope is None:
                scope = scopes[layer] = [*connection.execute(_SCOPE, (layer,)).fetchone()]
            fields = (at, said, gesture, kind, lamport, prev, replica, scope, number, undoes, who)
            lines.append(spelled(name, _ENCODER.encode(BulkLine(*fields))))
            n_bytes += len(lines[-1])
        if n == _ROWS_AT_ONCE or n_bytes > _BYTES_AT_ONCE:
            reached = row
            break
    cursor.close()
    if imported:
        lines.append(remarked(canonical.encoded({"imported": imported})))
    return Chunk(lines, reached)


class News(NamedTuple):
    """What a transaction added to the history: rows behind `after`, up to `last`.

    The first are `ready`: read within the transaction, for after it another program may have the
    file, or as they came.
    """

    after: int = 0
    last: int = 0
    ready: Iterator[Chunk] = iter(())


NONE = News()


def news(
    connection: sqlite3.Connection,
    own: Callable[[], str],
    after: int,
    made: Sequence[Operation] = (),
) -> News:
    """Return what the transaction under way added behind the row `after`: what was `made`.

    Where nothing is said to be made, it is read; `own` tells the replica in force.
    """
    if made:
        last = after + len(made)
        return News(after, last, iter([Chunk([_line(one) for one in made], last)]))
    last = last_id(connection, "operations")
    if last == after:
        return NONE
    return News(after, last, iter([chunk(connection, after, last, own())]))


def news_that_came(
    connection: sqlite3.Connection, own: Callable[[], str], after: int, chunks: Iterator[Chunk]
) -> News:
    """Return what the transaction under way added behind the row `after`, the first as `chunks`."""
    first = next(chunks, None)
    if first is None:
        return news(connection, own, after)
    return News(after, last_id(connection, "operations"), chain([first], chunks))


def _line(operation: Operation) -> bytes:
    return spelled(operation.hash, op.canonical_json(operation))


class SecondRecord:
    """What one connection adds to the journal of its replica.

    `trouble` says why the journal cannot be written; the work itself is saved then, once.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.trouble: UserError | None = None
        self._connection = connection
        self._file: JournalFile | None = None
        self._missing_after: int | None = None
        self._last, self._own = 0, ""

    @property
    def has_begun(self) -> bool:
        """Whether it is known where to write."""
        return self._file is not None

    def begin(self, path: Path) -> None:
        """Add to the journal at `path` from now on."""
        self._file, self._own = JournalFile(path), path.stem

    def add(self, found: News) -> None:
        """Add what a transaction brought, and what could not be added before; nothing is raised."""
        if found.last > found.after:
            self._last = found.last
            if self._missing_after is None:
                self._missing_after = found.after
                self._add(found.ready)
            else:
                self._add(iter(()))

    def put_off(self, error: sqlite3.Error) -> None:
        """Take note that the file could not be asked where to write; `begin` comes later."""
        self.trouble = _trouble(error)

    def try_again(self) -> None:
        """Add what could not be added before."""
        if self._missing_after is not None:
            self._add(iter(()))

    def add_lines(self, lines: Iterable[bytes]) -> None:
        """Add lines that stand in the file and not in the journal, as after a crash between."""
        data = list(lines)
        if data and self._file is not None:
            try:
                self._file.add(data)
            except OSError as error:
                self.trouble = _trouble(error)

    def end(self) -> None:
        """Add what is still missing, and close the journal; another may begin."""
        self.try_again()
        if self._file is not None:
            self._file.close()
            self._file = None

    def _add(self, ready: Iterator[Chunk]) -> None:
        """Add the rows behind the last one that was added, the first of them as they are given."""
        after = self._missing_after
        if self._file is None or after is None:
            return
        try:
            while after < self._last:
                given = next(ready, None)
                lines, after = given or chunk(self._connection, after, self._last, self._own)
                self._file.add(lines)
                self._missing_after = after
        except (OSError, sqlite3.Error) as error:
            self.trouble = _trouble(error)
        else:
            self._missing_after = self.trouble = None


def _trouble(error: Exception) -> UserError:
    name = paths.data_folder().name
    if isinstance(error, OSError) and error.errno in _FULL:
        return UserError("second_record_off", path=name, why="full")
    if isinstance(error, sqlite3.Error):
        return UserError("second_record_off", path=name, why="unread")
    return UserError("second_record_off", path=name)
