"""Files that replace others as a whole: complete and on the disk, or not there at all."""

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from annotator.core.errors import UserError

_FULL = frozenset(
    getattr(errno, name) for name in ("ENOSPC", "EDQUOT", "EFBIG") if hasattr(errno, name)
)
"""No room on the disk, none in the quota, or a file larger than is allowed."""


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a file that takes the place of `path` when the block ends well.

    It is written beside `path`, synced and then renamed over it; any error leaves `path` as it
    was. Raise `UserError` (`cannot_write`, `disk_full`, `is_a_folder`) where that cannot be.
    """
    with replacing_all([path]) as (file,):
        yield file


@contextlib.contextmanager
def replacing_all(paths: Sequence[Path]) -> Iterator[list[BinaryIO]]:
    """Open a file for each of `paths` that takes its place when the block ends well: all or none.

    Like `replacing`: none is renamed before all are written and synced, and where one cannot be
    renamed those before it get back what stood there.
    """
    path = paths[0]
    made: list[_Made] = []
    try:
        for path in paths:
            made.append(_Made(_ordinary(path)))
        path = paths[0]
        yield [one.file for one in made]
        for one in made:
            path = one.path
            one.finish(is_one_of_many=len(made) > 1)
        for n, one in enumerate(made):
            path = one.path
            one.take_place(made[:n])
        for folder in {one.path.absolute().parent for one in made}:
            _sync_folder(folder)
    except OSError as error:
        raise trouble_of(error, path) from error
    finally:
        for one in made:
            one.clear_away()


class _Made:
    """A file that is written beside its place."""

    def __init__(self, path: Path) -> None:
        self.path = path
        handle, name = tempfile.mkstemp(prefix=".hashiya-", dir=path.absolute().parent)
        self.temporary = Path(name)
        self.file: BinaryIO = os.fdopen(handle, "wb")
        self.kept: Path | None = None

    def finish(self, *, is_one_of_many: bool) -> None:
        """Let all of it be on the disk; keep what stands in the place where it may be needed."""
        self.file.flush()
        written = self.file.tell()
        os.fsync(self.file.fileno())
        if os.fstat(self.file.fileno()).st_size < written:
            raise OSError(errno.EIO, "a part of it was not written")
        self.file.close()
        _open_to_others(self.temporary)
        if is_one_of_many and self.path.exists():
            self.kept = Path(f"{self.temporary}.kept")
            try:
                os.link(self.path, self.kept)
            except OSError:  # file systems without hard links
                shutil.copy2(self.path, self.kept)

    def take_place(self, earlier: Iterable["_Made"]) -> None:
        """Take the place; where that cannot be, those who did `earlier` put back what was there."""
        try:
            self.temporary.replace(self.path)
        except OSError:
            for one in earlier:
                one.put_back()
            raise

    def put_back(self) -> None:
        """Give the place back what stood there."""
        with contextlib.suppress(OSError):  # what can be put back is
            if self.kept is None:
                self.path.unlink(missing_ok=True)
            else:
                self.kept.replace(self.path)

    def clear_away(self) -> None:
        """Remove what is left beside the place; what cannot be removed stays."""
        with contextlib.suppress(OSError):
            self.file.close()
        for left in (self.temporary, self.kept):
            if left is not None:
                with contextlib.suppress(OSError):
                    left.unlink(missing_ok=True)


def _ordinary(path: Path) -> Path:
    """Return the file that `path` leads to; refuse folders, devices and the like."""
    path = path.resolve()
    if path.is_dir():
        raise UserError("is_a_folder", path=path.name)
    if path.exists() and not path.is_file():
        raise UserError("cannot_write", path=path.name)
    return path


def trouble_of(error: OSError, path: Path) -> UserError:
    """Return what `error`, met while writing `path`, means to a person."""
    if error.errno in _FULL:
        return UserError("disk_full", path=path.name)
    if isinstance(error, FileNotFoundError):
        return UserError("no_such_folder", path=path.parent.name or str(path.parent))
    return UserError("cannot_write", path=path.name)


def _open_to_others(path: Path) -> None:
    """Give the file the permissions of an ordinary new file; mkstemp gives the owner's only."""
    mask = os.umask(0)
    os.umask(mask)
    path.chmod(0o666 & ~mask)


def _sync_folder(folder: Path) -> None:
    if os.name != "nt":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
