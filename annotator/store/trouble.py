"""SQLite's errors, for reads, statements and COMMIT alike, as trouble that a person understands.

One taxonomy: no room on the disk or in the quota; read-only; moved, deleted or replaced; held by
another program; damaged; too new; not ours; and a disk that fails. What each code says to a person
stands in `services.sentences`; what was only to be read is told apart, for nothing was to be saved.
"""

import functools
import os
import sqlite3
import sys
import tempfile
import traceback
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Concatenate, ParamSpec, Protocol, TypeVar, cast

from annotator.core.errors import UserError
from annotator.core.writetrouble import NO_ROOM

_CODES = {
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_NOLFS: "quota",
    sqlite3.SQLITE_READONLY_DBMOVED: "file_moved",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_PROTOCOL: "locked",
    sqlite3.SQLITE_CANTOPEN: "cannot_open",
    sqlite3.SQLITE_PERM: "cannot_open",
    sqlite3.SQLITE_NOTADB: "not_a_project",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_IOERR_CORRUPTFS: "damaged",
    sqlite3.SQLITE_IOERR: "disk_trouble",
    sqlite3.SQLITE_INTERRUPT: "cancelled",
}
_OF_FOLDERS = frozenset({sqlite3.SQLITE_READONLY_DIRECTORY})
"""No journal can be made beside the file: what is read-only is its folder."""
_UNFINISHED = frozenset({sqlite3.SQLITE_READONLY_ROLLBACK, sqlite3.SQLITE_READONLY_RECOVERY})
"""A change was broken off, and what is only read cannot be put right."""
_OF_OPENING = frozenset({"too_new", "strange_tables"})
"""What `opening` finds, when the file is opened and before anything is written into it."""
_OF_WRITING = frozenset({"cannot_open", "damaged", "not_a_project"}) | _OF_OPENING
"""Codes that say only what the file is, and “not saved” of what was to be written into it."""
_OF_READING = frozenset({"disk_full", "locked", "disk_trouble"})
"""Codes that say “not saved” of a gesture, and something else where one only reads."""
_OF_PLACES = frozenset({"file_gone", "file_replaced"})
OF_FILES = (frozenset(_CODES.values()) - {"cancelled"}) | _OF_PLACES | _OF_OPENING
"""All codes of the taxonomy: the file's fault, never ours."""
PASSING = frozenset({"locked"}) | ({"cannot_open", "disk_trouble"} if os.name == "nt" else set())
"""What ends by itself in a moment: a sync program or a virus scanner holds the file."""

_PROBE = 1 << 16
_NO_UTF8 = "Could not decode to UTF-8"
"""How Python says, without any code, that text in the file is none."""


class HasPath(Protocol):
    """What is asked of a project here: where its file stands."""

    @property
    def path(self) -> Path:
        """The project file."""


P = TypeVar("P", bound=HasPath)
A = ParamSpec("A")
R = TypeVar("R")
T = TypeVar("T")


# --- naming ---


def named(error: sqlite3.Error, path: str, *, is_reading: bool = False) -> UserError | None:
    """Return what `error` means for the file called `path` (its name only); None where it is ours.

    An extended code is looked up first, then its primary one (the low byte).
    """
    number = getattr(error, "sqlite_errorcode", None)
    if number is None:
        is_damage = str(error).startswith(_NO_UTF8)
        return UserError("damaged", path=path) if is_damage else None
    code = _CODES.get(number) or _CODES.get(number & 0xFF)
    if code is None:
        return None
    if number in _OF_FOLDERS:
        return UserError(code, path=path, why="folder")
    if number in _UNFINISHED or (is_reading and code in _OF_READING):
        return UserError(code, path=path, why="read")
    return UserError(code, path=path)


def met(error: BaseException, path: str = "") -> UserError | None:
    """Return the trouble of the file called `path` that `error` is; None where the fault is ours.

    For the last place to which an error comes: what was to be saved was named where it was written.
    """
    if isinstance(error, UserError):
        return error if error.code in OF_FILES else None
    if isinstance(error, sqlite3.Error):
        found = named(error, path, is_reading=True)
        return found if found is None or found.code in OF_FILES else None
    if isinstance(error, zlib.error | UnicodeDecodeError):
        return UserError("damaged", path=path)
    return None


def in_writing(known: UserError) -> UserError:
    """Return `known`, met while something was written into the file, as what was not saved."""
    if known.code in _OF_WRITING or known.data.get("why") == "read":
        return UserError(known.code, **known.data | {"why": "write"})
    return known


def looked_into(known: UserError, path: str) -> UserError:
    """Return `known`, or `quota` where the disk failed because there is no room for this person.

    SQLite tells a full disk, but calls it a failure where a quota or a limit on the size of files
    is reached; the file at `path` (whole) and its folder are asked.
    """
    if known.code == "disk_trouble" and path and _has_no_room(Path(path)):
        return UserError("quota", **known.data)
    return known


def _has_no_room(path: Path) -> bool:
    """Whether a file beside `path` cannot be written, or `path` itself not be longer, for want."""
    try:
        with tempfile.TemporaryFile(dir=path.parent) as probe:
            probe.write(bytes(_PROBE))
            probe.flush()
            os.fsync(probe.fileno())
        return _is_at_limit(path)
    except OSError as error:
        return error.errno in NO_ROOM


if sys.platform == "win32":

    def _is_at_limit(path: Path) -> bool:
        return False
else:

    def _is_at_limit(path: Path) -> bool:
        import resource

        limit, _ = resource.getrlimit(resource.RLIMIT_FSIZE)
        return limit != resource.RLIM_INFINITY and path.stat().st_size + _PROBE > limit


# --- telling ---


@contextmanager
def told(path: str, *, is_reading: bool = False) -> Iterator[None]:
    """Run the block; what SQLite says of the file called `path` becomes trouble with a sentence."""
    try:
        yield
    except sqlite3.Error as error:
        let_go(error)
        raise named(error, path, is_reading=is_reading) or error from error
    except (zlib.error, UnicodeDecodeError) as error:
        if not is_reading:
            raise
        let_go(error)
        raise UserError("damaged", path=path) from error


def let_go(error: BaseException) -> None:
    """Let go of what was held by the steps that `error` broke off.

    A cursor that is still known to one of them is still reading, and keeps the file locked for as
    long as somebody knows the error, even when its connection is closed.
    """
    traceback.clear_frames(error.__traceback__)


def in_reading(error: BaseException, project: HasPath) -> BaseException:
    """Return what `error`, which came up in reading `project`, is: trouble of its file, or itself.

    What SQLite does not call damage is told so only where something is found in the file.
    """
    if isinstance(error, UserError):
        return error
    name = project.path.name
    known = named(error, name, is_reading=True) if isinstance(error, sqlite3.Error) else None
    if known is not None and known.code == "not_a_project":  # it was one when it was opened
        return UserError(known.code, **known.data | {"why": "open"})
    if isinstance(error, zlib.error | UnicodeDecodeError):
        return UserError("damaged", path=name)
    if known is None and isinstance(error, Exception):
        from annotator.store import damage  # which stand on this
        from annotator.store import project as projects

        if isinstance(project, projects.Project):
            known = damage.found_in(project, error)
    return known or error


@contextmanager
def reading(project: HasPath) -> Iterator[None]:
    """Run a block that reads `project`; what it meets in a damaged file is told as that."""
    try:
        yield
    except Exception as error:
        met = in_reading(error, project)
        if met is error:
            raise
        let_go(error)
        raise met from error


@contextmanager
def writing(project: HasPath) -> Iterator[None]:
    """Run a block that writes in `project`; what its file has, even in reading, is not saved.

    Trouble of another file, which names that, stays what it is.
    """
    try:
        with reading(project):
            yield
    except UserError as met:
        known = in_writing(met) if _is_of(met, project.path) else met
        if known is met:
            raise
        raise known from met


def _is_of(met: UserError, path: Path) -> bool:
    """Whether `met` is of the file at `path`, as far as its place or else its name says."""
    if met.place:
        return met.place == str(path.absolute())
    return bool(met.data.get("path", path.name) == path.name)


def reads(service: Callable[Concatenate[P, A], R]) -> Callable[Concatenate[P, A], R]:
    """Let what reads a project, its first argument, tell the trouble of its file.

    It may be a generator too.
    """

    @functools.wraps(service)
    def told_of(project: P, /, *args: A.args, **values: A.kwargs) -> R:
        try:
            found = service(project, *args, **values)
        except Exception as error:
            met = in_reading(error, project)
            if met is error:
                raise
            let_go(error)
            raise met from error
        return cast("R", _each(project, found)) if isinstance(found, Generator) else found

    return told_of


def _each(project: HasPath, found: Iterator[T]) -> Iterator[T]:
    with reading(project):
        yield from found


def writes(service: Callable[Concatenate[P, A], R]) -> Callable[Concatenate[P, A], R]:
    """Let what writes in a project, its first argument, tell the trouble of its file.

    Whatever it reads for that, and wherever: nothing of what was to be written is saved then.
    """

    @functools.wraps(service)
    def told_of(project: P, /, *args: A.args, **values: A.kwargs) -> R:
        with writing(project):
            return service(project, *args, **values)

    return told_of


@contextmanager
def sound(path: str) -> Iterator[None]:
    """Run the block; what cannot be read of the file called `path` because it is damaged is told.

    For files of others, in which any byte may be wrong.
    """
    try:
        yield
    except sqlite3.Error as error:
        let_go(error)
        raise named(error, path) or UserError("damaged", path=path) from error
    except (zlib.error, ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        let_go(error)
        raise UserError("damaged", path=path) from error
