"""The doctor: a project file examined from its header to its last label.

A quick examination asks whether the file is whole and ours. A full one also counts every hash
again and replays history against the tables. Nothing here changes the file: what is examined is a
copy of it (`doctorcopy`). Articles of an open project are examined in `doctortouched`.
"""

import sqlite3
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from annotator.core.errors import UserError
from annotator.store import (
    doctorcopy,
    doctorderived,
    doctordetails,
    doctorfile,
    doctorindex,
    doctorlayers,
    doctorproject,
    doctortexts,
    trouble,
)
from annotator.store import doctorfindings as found
from annotator.store.doctorfindings import Finding, Findings
from annotator.store.doctorlayers import Known
from annotator.store.doctorproject import Settings
from annotator.store.filecopy import Step
from annotator.store.project import Project

_T = TypeVar("_T")
Level = Literal["pages", "quick", "full"]
"""Pages: how they hang together, whatever the size. Quick: that, of a file that is not large."""
_LAYERS_AT_ONCE = 100
_WHOLE = 1000
_DAMAGE = (sqlite3.Error, ValueError, TypeError, LookupError, AttributeError, zlib.error)
"""What reading meets where bytes of a file are others than were written."""
QUICK_BYTES = 100 * 1024 * 1024
"""Up to this size a quick examination looks at every page."""


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found. `is_readable` says whether history could be read at all."""

    level: Level
    findings: tuple[Finding, ...]
    is_readable: bool = True

    @property
    def is_sound(self) -> bool:
        """Whether nothing was found."""
        return not self.findings

    @property
    def is_damaged(self) -> bool:
        """Whether SQLite cannot read the file, or not all of it."""
        codes = {one.code for one in self.findings}
        return not self.is_readable or not codes.isdisjoint((found.UNREADABLE, found.PAGES))


def _silent(_done: int, _total: int) -> None:
    """Tell nobody."""


Also = Callable[[Path], Iterable[Finding]]
"""What else is asked of a copy whose history can be read, when it is examined in full."""


def _nothing(_copy: Path) -> Iterable[Finding]:
    return ()


def examined(
    source: Path | Project, level: Level = "full", step: Step = _silent, also: Also = _nothing
) -> Examination:
    """Examine the file at a path, or that of an open project, which goes on being used.

    `step` is told how far it is, in parts of a thousand, and may raise to stop. Raise `UserError`
    where there is no such file, or the machine does not let it be read.
    """
    with copied(source, _part_of(step, 0, 100)) as copy:
        return examined_copy(copy, level, _part_of(step, 100, _WHOLE), also)


@contextmanager
def copied(source: Path | Project, step: Step = _silent) -> Iterator[Path]:
    """Give a copy of the file at a path, or of that of an open project, to be examined."""
    if isinstance(source, Project):
        source.whereabouts.refuse()
        with doctorcopy.copied(source.path, step, source.connection) as copy:
            yield copy
    else:
        with doctorcopy.copied(source, step) as copy:
            yield copy


def _part_of(step: Step, first: int, last: int) -> Step:
    """Return a step that counts from `first` to `last` of a thousand."""
    return lambda done, total: step(first + (last - first) * done // max(total, 1), _WHOLE)


def examined_copy(
    copy: Path, level: Level, step: Step = _silent, also: Also = _nothing
) -> Examination:
    """Examine a copy that nobody else uses: it is mended and brought up to date on the way."""
    findings = Findings()
    connection = doctorfile.opened(copy, findings)
    if connection is None:
        return Examination(level, findings.told(), is_readable=False)
    with closing(connection):
        doctor = _Doctor(copy, connection, findings, step)
        is_quick = level != "full"
        if level != "quick" or copy.stat().st_size <= QUICK_BYTES:
            doctor.pages(is_quick=is_quick)
        is_readable = doctor.can_read()
        if is_readable and not is_quick:
            is_readable = doctor.contents()
            for one in also(copy) if is_readable else ():
                findings.add(one.code, one.where, one.why)
    return Examination(level, findings.told(), is_readable)


class _Doctor:
    """One examination under way; parts of it that cannot be read are told and passed over."""

    def __init__(
        self, copy: Path, connection: sqlite3.Connection, findings: Findings, step: Step
    ) -> None:
        self._copy = copy
        self._connection = connection
        self._findings = findings
        self._step = step
        self._at = 0
        doctorfile.stopping(connection, lambda: step(self._at, _WHOLE))

    def _reach(self, at: int) -> None:
        self._at = at
        self._step(at, _WHOLE)

    def pages(self, *, is_quick: bool) -> None:
        """Let SQLite look at every page."""
        self._tried(lambda: doctorfile.pages(self._connection, self._findings, is_quick=is_quick))
        self._reach(150)

    def can_read(self) -> bool:
        """Examine whose file it is and what it is made of; return whether it can be read."""
        here = self._connection, self._findings
        is_known = self._tried(lambda: doctorfile.identity(*here))
        return bool(is_known and self._tried(lambda: doctorfile.made_of(*here)))

    def contents(self) -> bool:
        """Examine all that is in the tables; return whether history could be read."""
        settings = self._tried(lambda: Settings.of(self._connection))
        if settings is None:
            return False
        is_stopped = threading.Event()
        with ThreadPoolExecutor(1) as beside:
            index = beside.submit(
                doctorindex.differing, self._copy, settings.n_indexed, is_stopped.is_set
            )
            try:
                is_readable = self._history(settings)
                differing = self._tried(index.result) or ()
            finally:
                is_stopped.set()
        if not self._findings.has(found.TEXT):  # else the index is of other texts
            for table in differing:
                self._findings.add(found.DERIVED, f"tables/{table}", "index")
        self._reach(_WHOLE)
        return is_readable

    def _history(self, settings: Settings) -> bool:
        """Examine texts, history and what is made from it."""
        here = self._connection, self._findings
        self._tried(lambda: doctorfile.references(*here))
        bad_texts = self._tried(lambda: doctortexts.examine(*here)) or frozenset()
        self._reach(250)
        known = self._tried(lambda: doctorproject.examine(*here, settings))
        if known is None:
            return False
        known.bad_texts = bad_texts
        self._layers(known)
        self._tried(lambda: doctordetails.examine(*here, settings))
        self._tried(lambda: doctorderived.progress(*here))
        self._tried(lambda: doctorderived.agreement(*here))
        self._tried(lambda: doctorderived.counters(*here, is_handed_out=settings.is_handed_out))
        return True

    def _layers(self, known: Known) -> None:
        query = "SELECT coalesce(max(id),0) FROM layers"
        last = self._tried(lambda: int(self._connection.execute(query).fetchone()[0])) or 0
        after = 0
        while after < last:
            through = self._some_layers(after, known)
            if through <= after:
                return
            after = through
            self._reach(250 + 700 * after // last)

    def _some_layers(self, after: int, known: Known) -> int:
        """Examine the next layers; return the row id of the last of them."""
        here = self._connection, self._findings
        layers = self._tried(lambda: doctorlayers.stored_after(here[0], after, _LAYERS_AT_ONCE))
        if not layers:
            return 0
        self._tried(lambda: doctorlayers.examine(here[0], layers, known, here[1]))
        return layers[-1].row

    def _tried(self, part: Callable[[], _T]) -> _T | None:
        """Do a part of the work; where the file cannot be read, tell it and go on.

        What is no UTF-8 is read once more, so that it is told by the hash that it breaks.
        """
        try:
            return part()
        except _DAMAGE as error:
            _refuse_stopped(error)
        self._findings.add(found.PAGES)
        self._connection.text_factory = _lenient
        try:
            return part()
        except _DAMAGE as error:
            _refuse_stopped(error)
            return None
        finally:
            self._connection.text_factory = str


def _lenient(text: bytes) -> str:
    return text.decode("utf-8", "surrogateescape")


def _refuse_stopped(error: Exception) -> None:
    """Raise `cancelled` where SQLite was stopped by whoever asked for the examination."""
    known = trouble.named(error, "") if isinstance(error, sqlite3.Error) else None
    if known is not None and known.code in ("cancelled", "disk_full"):
        raise UserError(known.code) from error
