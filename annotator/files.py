"""The one way to write a file: complete and on the disk under its name, or as it was before.

What is written stands beside its place under another name, is synced, and gets its name at the end;
then the folder is synced. Whatever fails on the way, what stood there before stands there again.
SQLite writes its own files: they are made beside their places too, and get their names here.
"""

import contextlib
import errno
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from annotator.core.errors import UserError
from annotator.core.writetrouble import trouble_of

_NO_SUCH_CALL = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EBADF})
"""What a file system says that cannot sync folders."""
_PASSING = PermissionError if os.name == "nt" else ()
"""What a renaming meets while a sync program or a virus scanner looks at the file."""
_PAUSES = (0.05, 0.1, 0.2, 0.4)
"""Seconds after which such a renaming is tried again."""
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


# --- files written by us --------------------------------------------------------------------------


@contextlib.contextmanager
def replacing(path: Path, *, is_private: bool = False) -> Iterator[BinaryIO]:
    """Open a file that takes the place of `path` when the block ends well.

    Any error leaves `path` as it was. The file has the mode of an ordinary new file, or, where it
    is private, is for its owner alone. Raise `UserError` (`is_a_folder` and `trouble_of`) where
    that cannot be.
    """
    with _written([path], put_in_place, is_private) as (file,):
        yield file


@contextlib.contextmanager
def replacing_all(paths: Sequence[Path]) -> Iterator[list[BinaryIO]]:
    """Open a file for each of `paths` that takes its place when the block ends well: all or none.

    Like `replacing`: none gets its name before all are written and synced.
    """
    with _written(paths, put_in_place) as opened:
        yield opened


@contextlib.contextmanager
def making(path: Path, *, is_private: bool = False) -> Iterator[BinaryIO]:
    """Open a file that gets the name `path` when the block ends well, unless another has it.

    Like `replacing`; raise `file_exists` where something stands there, whoever was first.
    """
    if os.path.lexists(path):
        raise UserError("file_exists", path=path.name)
    with _written([path], _named, is_private) as (file,):
        yield file


def _named(made: Sequence[tuple[Path, Path]]) -> None:
    for temporary, path in made:
        give_name(temporary, path)


@contextlib.contextmanager
def _written(
    paths: Sequence[Path],
    name: Callable[[Sequence[tuple[Path, Path]]], None],
    is_private: bool = False,
) -> Iterator[list[BinaryIO]]:
    """Open files beside `paths`; `name` gives them their names once all of them are on the disk."""
    places = [_ordinary(path) for path in paths]
    with contextlib.ExitStack() as stack:
        made: list[tuple[BinaryIO, Path]] = []
        for at in places:
            with _told(at):
                made.append(_begun(at, is_private))
            stack.callback(_cleared_away, *made[-1])
        with _told(places[0]):
            yield [file for file, _ in made]
        for (file, _), at in zip(made, places, strict=True):
            with _told(at):
                _finish(file)
        name([(temporary, at) for (_, temporary), at in zip(made, places, strict=True)])


def _ordinary(path: Path) -> Path:
    """Return the file that `path` leads to; refuse folders, devices and the like."""
    with _told(path):
        path = path.resolve()
        if path.is_dir():
            raise UserError("is_a_folder", path=path.name)
        if path.exists() and not path.is_file():
            raise UserError("cannot_write", path=path.name)
    return path


def _begun(path: Path, is_private: bool) -> tuple[BinaryIO, Path]:
    handle, temporary = _created_beside(path, 0o600 if is_private else 0o666)
    return os.fdopen(handle, "wb"), temporary


def _created_beside(path: Path, mode: int = 0o666) -> tuple[int, Path]:
    """Make an empty file beside `path` with `mode`, of which the system takes what it masks."""
    while True:
        temporary = _another_name(path)
        try:
            return os.open(temporary, _NEW, mode), temporary
        except FileExistsError:
            continue


def _another_name(path: Path) -> Path:
    return path.absolute().parent / f".hashiya-new-{os.urandom(8).hex()}"


def _finish(file: BinaryIO) -> None:
    """Let all of what was written be on the disk."""
    file.flush()
    written = file.tell()
    sync(file.fileno())
    if os.fstat(file.fileno()).st_size < written:
        raise OSError(errno.EIO, "a part of it was not written")
    file.close()


def _cleared_away(file: BinaryIO, temporary: Path) -> None:
    """Remove what is left beside the place; what cannot be removed stays."""
    for remove in (file.close, temporary.unlink):
        with contextlib.suppress(OSError):
            remove()


# --- names ----------------------------------------------------------------------------------------


def empty_beside(path: Path) -> Path:
    """Make an empty file beside `path` under a name of its own; return where."""
    with _told(path):
        handle, temporary = _created_beside(path)
        os.close(handle)
    return temporary


def put_in_place(made: Sequence[tuple[Path, Path]]) -> None:
    """Give files that were made beside their places (each first) their names, durably: all or none.

    What stood there before is replaced, and comes back where one of them cannot be.
    """
    at = Path()
    before: list[_Before] = []
    n_named = 0
    try:
        for _, at in made:
            before.append(_Before(at))
            before[-1].keep(is_one_of_many=len(made) > 1)
        for temporary, at in made:
            _rename(temporary, at)
            n_named += 1
        for folder in {path.absolute().parent for _, path in made}:
            sync_folder(folder)
    except BaseException as error:
        for one in before[:n_named]:
            one.put_back()
        if isinstance(error, OSError):
            raise trouble_of(error, at) from error
        raise
    finally:
        for one in before:
            one.let_go()


class _Before:
    """What stands at a place, kept under a second name while another file takes the place."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stands_there = path.exists()
        self._second: Path | None = None

    def keep(self, *, is_one_of_many: bool) -> None:
        """Keep what stands there; where there are no second names, a copy of one of many."""
        if self._stands_there:
            self._second = _another_name(self._path)
            try:
                os.link(self._path, self._second)
            except OSError:  # file systems without hard links
                if is_one_of_many:
                    shutil.copy2(self._path, self._second)

    def put_back(self) -> None:
        """Give the place back what stood there; what cannot be put back stays beside it."""
        with contextlib.suppress(OSError):
            if not self._stands_there:
                self._path.unlink(missing_ok=True)
            elif self._second is not None:
                second, self._second = self._second, None
                second.replace(self._path)

    def let_go(self) -> None:
        """Remove the second name."""
        if self._second is not None:
            with contextlib.suppress(OSError):
                self._second.unlink(missing_ok=True)


def _rename(temporary: Path, path: Path) -> None:
    for pause in _PAUSES:
        try:
            temporary.replace(path)
        except _PASSING:
            time.sleep(pause)
        else:
            return
    temporary.replace(path)


def give_name(temporary: Path, path: Path) -> None:
    """Give the file at `temporary` the name `path`, durably; never that of a file that is there.

    It keeps the name that it had too, which whoever made it removes.
    """
    with _told(path):
        _link(temporary, path)
        try:
            sync_folder(path.absolute().parent)
        except OSError:
            path.unlink(missing_ok=True)
            raise


def _link(temporary: Path, path: Path) -> None:
    try:
        os.link(temporary, path)
    except FileExistsError as error:
        raise UserError("file_exists", path=path.name) from error
    except OSError as error:  # file systems without hard links: the last look is the best there is
        if os.path.lexists(path):
            raise UserError("file_exists", path=path.name) from error
        temporary.rename(path)


def sync(handle: int) -> None:
    """Make what was written to an open file durable; the fsync of macOS stops at the drive's cache.

    Where a file system there knows no more than that, it has to do.
    """
    if sys.platform == "darwin":
        import fcntl

        with contextlib.suppress(OSError):
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
            return
    os.fsync(handle)


def sync_folder(folder: Path) -> None:
    """Make names in `folder` durable; Windows and some file systems have no such call."""
    if os.name != "nt":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        except OSError as error:
            if error.errno not in _NO_SUCH_CALL:
                raise
        finally:
            os.close(handle)


def make_folder(folder: Path) -> None:
    """Make `folder`, where it is not, so that it lasts; raise `OSError` where that cannot be.

    The names of the folders above it are made durable too, whoever made them.
    """
    if folder.is_dir():
        return
    folder.mkdir(parents=True, exist_ok=True)
    for above in folder.parents:
        if not os.access(above, os.R_OK | os.W_OK):
            return
        sync_folder(above)


# --- trouble --------------------------------------------------------------------------------------


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise trouble_of(error, path) from error
