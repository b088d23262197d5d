"""Files that replace others as a whole: complete and on the disk, or not there at all."""

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterator
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
    temporary = None
    try:
        path = _ordinary(path)
        handle, temporary = tempfile.mkstemp(prefix=".hashiya-", dir=path.absolute().parent)
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _open_to_others(temporary)
        Path(temporary).replace(path)
        temporary = None
        _sync_folder(path.absolute().parent)
    except OSError as error:
        raise trouble_of(error, path) from error
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)


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


def _open_to_others(name: str) -> None:
    """Give the file the permissions of an ordinary new file; mkstemp gives the owner's only."""
    mask = os.umask(0)
    os.umask(mask)
    Path(name).chmod(0o666 & ~mask)


def _sync_folder(folder: Path) -> None:
    if os.name != "nt":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
