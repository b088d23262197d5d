"""Folders in the system's temporary folder for copies that go when the work ends.

Whoever is killed leaves his behind; the next start sweeps it away. A folder is somebody's as long
as he holds the lock in it, which the system lets go of when his process ends, however it ends.
"""

import contextlib
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from annotator.core.writetrouble import trouble_of
from annotator.store import lockedfile

PREFIX = "hashiya-"
LOCK = ".hashiya-in-use"
OLD = 60.0
"""Seconds after which a folder that nobody holds is swept: one that is being made is not locked."""
_OPEN = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


class WorkFolder:
    """A new folder of this process; `throw_away` lets it go with all that is in it."""

    def __init__(self, what: str) -> None:
        """Make it; `what` is a word of its name. Raise `UserError` where that cannot be."""
        sweep()
        try:
            self.path = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{what}-"))
            try:
                self._lock = _locked(self.path)
            except BaseException:
                shutil.rmtree(self.path, ignore_errors=True)
                raise
        except OSError as error:
            raise trouble_of(error, Path(tempfile.tempdir or "tmp")) from error

    def throw_away(self) -> None:
        """Remove it; what cannot be removed now goes with a later sweep."""
        if self._lock >= 0:
            _removed(self.path, self._lock)
            self._lock = -1


@contextlib.contextmanager
def work_folder(what: str) -> Iterator[Path]:
    """Give a folder that goes when the block ends; raise as `WorkFolder` does."""
    made = WorkFolder(what)
    try:
        yield made.path
    finally:
        made.throw_away()


def _locked(folder: Path, how: int = _OPEN) -> int:
    """Take the lock in a folder; return its handle. Raise `OSError` where that is held."""
    lock = os.open(folder / LOCK, how, 0o600)
    try:
        lockedfile.take(lock)
    except BaseException:
        os.close(lock)
        raise
    return lock


def _removed(folder: Path, lock: int) -> None:
    """Remove a folder whose lock is held, the lock last: what stays is swept another time."""
    is_empty = False
    with contextlib.suppress(OSError):
        for one in folder.iterdir():
            if one.name != LOCK:
                _remove(one)
        is_empty = [one.name for one in folder.iterdir()] == [LOCK]
    os.close(lock)
    if is_empty:
        shutil.rmtree(folder, ignore_errors=True)


def _remove(one: Path) -> None:
    with contextlib.suppress(OSError):
        if one.is_dir() and not one.is_symlink():
            shutil.rmtree(one)
            return
        if os.name == "nt":
            one.chmod(stat.S_IWRITE)  # what is read-only is not removed there
        one.unlink()


# --- what others left -----------------------------------------------------------------------------


def sweep(old: float = OLD) -> int:
    """Remove folders of ours that no living process holds; return how many.

    They are at least `old` seconds of age. One without a lock is left alone, and so is whatever
    belongs to another user or is no folder.
    """
    n = 0
    with contextlib.suppress(OSError), os.scandir(tempfile.gettempdir()) as there:
        for one in there:
            if one.name.startswith(PREFIX):
                with contextlib.suppress(OSError):
                    n += _swept(one.path, old)
    return n


def _swept(place: str, old: float) -> bool:
    found = os.lstat(place)
    if not stat.S_ISDIR(found.st_mode) or not _is_ours(found):
        return False
    if not old <= time.time() - found.st_mtime:
        return False
    folder = Path(place)
    _removed(folder, _locked(folder, _OPEN & ~os.O_CREAT))  # raises where it is held
    return not folder.exists()


def _is_ours(found: os.stat_result) -> bool:
    """Whether a file belongs to who runs this program; Windows keeps folders of others away."""
    return os.name == "nt" or found.st_uid == os.getuid()
