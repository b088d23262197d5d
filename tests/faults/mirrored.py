"""All that is done to the files of a folder, done to a disk whose power can be cut as well.

The program runs unchanged on real files: SQLite through a VFS that lets everything pass to its own
one (here), Python through stand-ins for the functions that change files (`mirroredpython`). Each
change is a step of one `Disk`, on which a journal and the project file lose power together. Once it
is gone every operation fails; `Mirror.lay` puts into the folder what is left.
"""

import ctypes
import errno
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.faults.disk import Disk, Inode, PowerCutError
from tests.faults.faults import WatchedVfs
from tests.faults.sqlitevfs import IOERR, OK, OpenFile, text_at

_CREATE, _MAIN_JOURNAL = 0x4, 0x800


class Mirror:
    """The files of one folder on a disk beside them; `disk` is None while nobody looks."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.disk: Disk | None = None

    def lay(self, files: Mapping[str, bytes]) -> None:
        """Let the folder hold these files, and nothing else."""
        shutil.rmtree(self.folder)
        self.folder.mkdir()
        for name, data in files.items():
            path = Path(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    def holds(self, name: str) -> bool:
        """Whether what is done to the file `name` is done to the disk too."""
        return self.disk is not None and name.startswith(str(self.folder) + os.sep)

    @property
    def on(self) -> Disk:
        """The disk, which there is."""
        assert self.disk is not None
        return self.disk

    @contextmanager
    def worded(self, name: str) -> Iterator[None]:
        """Raise what the system says where the power is gone before or in the block."""
        try:
            self.on.alive()
            yield
        except PowerCutError as error:
            raise OSError(errno.EIO, os.strerror(errno.EIO), name) from error


# --- SQLite ---------------------------------------------------------------------------------------


class MirroredVfs(WatchedVfs):
    """SQLite's own VFS, in which what changes files below a folder is a step of the disk too.

    A new journal's first sync syncs its folder (os_unix.c, UNIXFILE_DIRSYNC).
    """

    name = "hashiya-mirrored"

    def __init__(self, mirror: Mirror) -> None:
        super().__init__()
        self._mirror = mirror
        self._told: dict[int, tuple[str, Inode]] = {}
        self._new_journals: set[int] = set()

    def open(self, vfs: int, name: int | None, file: int, flags: int, out: Any) -> int:  # noqa: ANN401
        told = text_at(name)
        if not self._mirror.holds(told):
            self._told.pop(file, None)
            return super().open(vfs, name, file, flags, out)
        is_new = flags & _CREATE and told not in self._mirror.on.names
        if self._done(lambda: self._mirror.on.create(told) if is_new else self._mirror.on.alive()):
            OpenFile.from_address(file).methods = None  # or SQLite would close what is not open
            return IOERR
        code = super().open(vfs, name, file, flags, out)
        if code == OK:
            self._told[file] = told, self._mirror.on.names[told]
            self._new_journals.discard(file)
            if is_new and flags & _MAIN_JOURNAL:
                self._new_journals.add(file)
        return code

    def delete(self, vfs: int, name: int, is_durable: int) -> int:
        told = text_at(name)
        is_there = self._mirror.holds(told) and told in self._mirror.on.names
        if is_there and self._done(lambda: self._mirror.on.unlink(told)):
            return IOERR
        code = super().delete(vfs, name, is_durable)
        if is_there and is_durable and self._done(lambda: self._synced_names(told)):
            return IOERR
        return code

    def _synced_names(self, name: str) -> None:
        self._mirror.on.sync_names(os.path.dirname(name))  # noqa: PTH120

    def _done(self, act: Callable[[], object]) -> int:
        try:
            act()
        except PowerCutError:
            return IOERR
        return OK

    def xRead(self, at: int, into: int, n: int, offset: int) -> int:
        if at in self._told and self._done(self._mirror.on.alive):
            return IOERR
        return super().xRead(at, into, n, offset)

    def xWrite(self, at: int, data: int, n: int, offset: int) -> int:
        if at in self._told:
            inode, told = self._told[at][1], ctypes.string_at(data, n)
            if self._done(lambda: self._mirror.on.write(inode, told, offset)):
                return IOERR
        return super().xWrite(at, data, n, offset)

    def xTruncate(self, at: int, size: int) -> int:
        if at in self._told:
            inode = self._told[at][1]
            if self._done(lambda: self._mirror.on.truncate(inode, size)):
                return IOERR
        return super().xTruncate(at, size)

    def xSync(self, at: int, flags: int) -> int:
        if at not in self._told:
            return super().xSync(at, flags)
        return self._done(lambda: self._synced(at))

    def _synced(self, at: int) -> None:
        self._mirror.on.sync(self._told[at][1])
        if at in self._new_journals:
            self._new_journals.discard(at)
            self._synced_names(self._told[at][0])

    def xClose(self, at: int) -> int:
        self._told.pop(at, None)
        return super().xClose(at)
