"""A project file made anew from all that is left of it: pages, newest backup, second record.

The second record is that of the replicas which this file had at its place; another's is taken only
where a person asked for it. Only what its own hash vouches for is taken, so nothing is made up;
what is known to be missing is said.
"""

import shutil
import sqlite3
import stat
from collections.abc import Collection
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from annotator import files
from annotator.core.errors import UserError
from annotator.core.incoming import Arrived, operation_of
from annotator.core.model import KINDS
from annotator.store import (
    backupfolder,
    doctorfile,
    gathering,
    keptbeside,
    opening,
    remaking,
    standin,
    tables,
    unread,
)
from annotator.store.backupfolder import Backup
from annotator.store.doctorfindings import Findings
from annotator.store.doctorproject import NOTED
from annotator.store.filecopy import Step
from annotator.store.gathering import OF_BACKUP
from annotator.store.keptbeside import Beside
from annotator.store.otherjournals import OtherJournal
from annotator.store.project import Project
from annotator.store.remaking import Remade
from annotator.store.salvaging import OF_OTHERS, Salvage
from annotator.store.whereabouts import OnlyRead, Whereabouts
from annotator.store.workfolder import work_folder

_NAME = "gathered.sqlite"


@dataclass(slots=True)
class Part:
    """What one source gave that those before it had not: file, backup, second record."""

    operations: int = 0
    articles: int = 0
    labels: int = 0


@dataclass(frozen=True, slots=True)
class Recovery:
    """The new file, what it was made of, and what is known to be missing.

    `other` came from the journals of other files, where these were asked for; `journals` are those
    that have, or had, more.

    `n_missing` operations stood before others that are there; where `is_cut`, newer ones than all
    of these were kept once. Nothing vouches for `n_unnamed` texts. `number` is that of the backup
    that was read, 0 where there is none.
    `is_same` is False where nothing says which project it was: nothing can be merged with it;
    `has_schema` where the label schema is gone, and one with the types in use stands in its place.
    """

    path: Path
    made: Remade
    file: Part
    backup: Part
    record: Part
    other: Part
    n_missing: int
    n_unnamed: int
    number: int
    is_cut: bool
    is_same: bool
    has_schema: bool
    journals: tuple[OtherJournal, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether nothing is known to be missing."""
        if not (self.is_same and self.has_schema) or self.is_cut:
            return False
        lost = self.made.lost
        counts = (self.n_missing, self.n_unnamed, self.made.n_noted, lost.waiting)
        return not (any(counts) or lost.texts or lost.operations)

    @property
    def total(self) -> Part:
        """What the new file holds."""
        parts = (self.file, self.backup, self.record, self.other)
        return Part(
            self.made.n_operations,
            self.made.n_articles,
            sum(one.labels for one in parts),
        )


def recovered(
    path: Path,
    copy: Path | None,
    to: Path,
    *,
    at: str,
    step: Step,
    asked: Collection[str] = (),
) -> Recovery:
    """Make a project file at `to` of what is left of the one at `path`, which may be gone.

    `copy` is a copy of it that nobody else uses, `at` the time that new operations carry; the
    journals of other files are taken where they are `asked` for (`otherjournals`). Raise
    `UserError`: `file_exists`, `unknown_journal`, and `cannot_repair` where nothing is left.
    """
    if copy is not None:
        _settle(copy, path)
    with work_folder("gathered") as folder:
        backup = _newest_good(path)
        try:
            connection = gathering.gathered(copy, backup, folder / _NAME, step)
        except sqlite3.DatabaseError as error:
            raise UserError("cannot_repair", path=path.name) from error
        with closing(connection):
            return _made(connection, path, to, backup, asked, at=at, step=step)


def opened_to_read(path: Path) -> Project:
    """Open the project file at `path`, made of another one to be read: nobody writes there."""
    connection = opening.open_file(path)
    connection.execute("PRAGMA query_only=ON")
    there = Whereabouts.of(path)
    path.chmod(stat.S_IREAD)  # whoever opens it on another connection
    only_read = OnlyRead(there.path, there.device, there.number)
    return Project(connection, path, whereabouts=only_read)


def kept(recovered: Path, to: Path) -> None:
    """Make a recovered file the new project file `to`, whole or not at all, and durable.

    Raise `file_exists` where there is something.
    """
    with files.making(to) as file, recovered.open("rb") as source:
        shutil.copyfileobj(source, file)


def _settle(copy: Path, path: Path) -> None:
    """Let SQLite, where it can, take back in `copy` what a killed program left half done.

    Raise `too_new` where a newer program made the file at `path`.
    """
    connection = doctorfile.opened(copy, Findings())
    if connection is not None:
        with closing(connection), suppress(sqlite3.Error, UnicodeDecodeError):
            if not doctorfile.identity(connection, Findings()):
                raise UserError("too_new", path=path.name)


def _newest_good(path: Path) -> Backup | None:
    """Return the newest backup of the file at `path` that is, byte for byte, what it was."""
    with unread.told():
        there = reversed(backupfolder.backups_of(path))
    return next((one for one in there if backupfolder.is_whole(one)), None)


def _made(
    connection: sqlite3.Connection,
    path: Path,
    to: Path,
    backup: Backup | None,
    asked: Collection[str],
    *,
    at: str,
    step: Step,
) -> Recovery:
    uid, handed, owner = _identity(connection, path)
    greatest = connection.execute("SELECT coalesce(max(lamport),0) FROM replicas").fetchone()[0]
    n_unnamed = connection.execute(_UNNAMED).fetchone()[0]
    counting = _Counting()
    with keptbeside.beside(uid, path, handed, asked=asked, owner=owner) as kept:
        salvage = Salvage(connection, counting.watched(kept), counting.take, standin.made_of)
        made = remaking.remade_of(salvage, to, at=at, step=step)
    if not made.n_articles and not any(one.operations for one in counting.parts):
        to.unlink()
        raise UserError("cannot_repair", path=path.name)
    with closing(opening.connect(to, "ro")) as new:
        new.execute("BEGIN")  # one lock, not one for each question
        counting.count(new, made)
        n_missing = _n_missing(new)
        is_cut = not handed and greatest > counting.greatest
    return Recovery(
        to,
        made,
        *counting.parts,
        journals=kept.more_than(to, made.from_others),
        n_missing=n_missing,
        n_unnamed=n_unnamed,
        number=backup.number if backup else 0,
        is_cut=is_cut,
        is_same=bool(uid),
        has_schema=not salvage.has_stand_in,
    )


_UNNAMED = "SELECT count(*) FROM texts WHERE sha256 NOT IN (SELECT sha256 FROM articles)"


def _identity(connection: sqlite3.Connection, path: Path) -> tuple[str, str, str | None]:
    """Return the uid of the project and what tells its files apart; empty where nothing says it.

    Also whose a handed-out file is; None of a lead's. Where neither a page of the file nor a backup
    says which project it is, the second record of this place may.
    """
    told = dict(connection.execute("SELECT name,value FROM settings"))
    uid = str(told.get("project", "")) or keptbeside.project_at(path)
    if uid and "project" not in told:
        connection.execute("INSERT INTO settings VALUES('project',?)", (uid,))
    handed = str(told.get("handed", ""))
    return uid, handed, str(told.get("annotator", "")) if handed else None


# --- what came from where -------------------------------------------------------------------------


class _Counting:
    """Counts what each source gave: the file, the backup, the second record, then other journals.

    A label is counted with the operation that made it, where it still stands.
    """

    def __init__(self) -> None:
        self.parts = Part(), Part(), Part(), Part()
        self._labels: tuple[set[str], ...] = (set(), set(), set(), set())
        self._n_texts = 0
        self.greatest = 0  # Lamport number

    def take(self, given: Arrived, row: int | None) -> None:
        """Count an operation; `row` says where it stood."""
        source = 2 if row is None else 3 if row == OF_OTHERS else int(row >= OF_BACKUP)
        self.parts[source].operations += 1
        self.greatest = max(self.greatest, given.line.lamport)
        if source and not given.scope.is_project:
            changes = operation_of(given).changes
            made = (one.uid for one in changes if one.before is None and one.kind in KINDS)
            self._labels[source].update(made)

    def watched(self, kept: Beside) -> Beside:
        """Return `kept`, whose texts are counted as they are taken."""

        def text(sha256: str) -> str | None:
            found = kept.text(sha256)
            self._n_texts += found is not None
            return found

        return replace(kept, text=text)

    def count(self, new: sqlite3.Connection, made: Remade) -> None:
        """Count articles and labels of the file that was made, which is open on `new`."""
        file, backup, *_ = self.parts
        backup.articles = min(self._n_texts, made.n_articles)
        file.articles = made.n_articles - backup.articles
        for table in tables.LABEL_TABLES.values():
            for (uid,) in new.execute(f"SELECT uid FROM {table}"):  # its own tables
                source = next((n for n in (1, 2, 3) if uid in self._labels[n]), 0)
                self.parts[source].labels += 1


# --- what is missing ------------------------------------------------------------------------------


def _n_missing(new: sqlite3.Connection) -> int:
    """Return how many operations lack before those of which the file notes that some do."""
    told = new.execute("SELECT value FROM settings WHERE name=?", (NOTED,)).fetchone()
    names = told[0].split() if told else ()
    return sum(n for name in names for (n,) in new.execute(_GAP, (name,)))


_GAP = (
    "SELECT max(1,o.sequence-1-coalesce((SELECT max(b.sequence) FROM operations b"
    " WHERE b.layer IS o.layer AND b.replica=o.replica AND b.sequence<o.sequence),0))"
    " FROM operations o WHERE o.hash=? AND o.prev NOT IN (SELECT hash FROM operations)"
)
"""How many numbers were given before an operation whose predecessor is not there."""
