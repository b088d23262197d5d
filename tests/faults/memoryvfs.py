"""SQLite's files of one project on a disk in memory; all others stay where they are."""

import ctypes
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.faults.disk import Disk, Inode, PowerCutError
from tests.faults.sqlitevfs import IOERR, NOTFOUND, OK, SHORT_READ, OpenFile, Vfs, text_at

_CREATE, _MAIN_JOURNAL = 0x4, 0x800
_SECTOR_SIZE = 4096
_POWERSAFE_OVERWRITE = 0x1000


class _Opened:
    """A file that SQLite has open; a new journal's first sync syncs the folder too.

    SQLite's VFS for Unix does so (os_unix.c, UNIXFILE_DIRSYNC).
    """

    def __init__(self, inode: Inode, *, syncs_names: bool) -> None:
        self.inode = inode
        self.syncs_names = syncs_names


class MemoryVfs(Vfs):
    """Holds the project file at `path`, with the journals beside it, on `disk`."""

    name = "hashiya-memory"

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path, self._folder = str(path), str(path.parent)
        self.disk: Disk | None = None
        self._opened: dict[int, _Opened] = {}
        self._last = 0

    def _holds(self, name: str) -> bool:
        return self.disk is not None and (name == self._path or name.startswith(self._path + "-"))

    @property
    def _on(self) -> Disk:
        assert self.disk is not None
        return self.disk

    def open(self, vfs: int, name: int | None, file: int, flags: int, out: Any) -> int:  # noqa: ANN401
        """Open a file on the disk in memory, made where it is asked for and not there."""
        told = text_at(name)
        if not self._holds(told):
            return super().open(vfs, name, file, flags, out)
        opened = OpenFile.from_address(file)
        opened.methods = None  # or SQLite would close what was not opened
        with_it = self._inode(told, flags)
        if with_it is None:
            return IOERR
        self._last += 1
        self._opened[self._last] = _Opened(with_it, syncs_names=bool(flags & _MAIN_JOURNAL))
        opened.number = self._last
        opened.methods = ctypes.addressof(self.methods)
        if out:
            out[0] = flags
        return OK

    def _inode(self, name: str, flags: int) -> Inode | None:
        try:
            self._on.alive()
            found = self._on.names.get(name)
            return self._on.create(name) if found is None and flags & _CREATE else found
        except PowerCutError:
            return None

    def delete(self, vfs: int, name: int, is_durable: int) -> int:
        """Remove a name from the disk in memory."""
        told = text_at(name)
        if not self._holds(told):
            return super().delete(vfs, name, is_durable)
        if told in self._on.names:
            return self._done(lambda: self._removed(told, is_durable))
        return IOERR | 23 << 8  # SQLITE_IOERR_DELETE_NOENT

    def _removed(self, name: str, is_durable: int) -> None:
        self._on.unlink(name)
        if is_durable:
            self._on.sync_names(self._folder)

    def access(self, vfs: int, name: int, flags: int, out: Any) -> int:  # noqa: ANN401
        """Say whether the disk in memory has a file of that name that is not empty."""
        told = text_at(name)
        if not self._holds(told):
            return super().access(vfs, name, flags, out)
        inode = self._on.names.get(told)
        out[0] = int(inode is not None and bool(inode.seen))
        return OK

    def _done(self, act: Callable[[], object]) -> int:
        try:
            act()
        except PowerCutError:
            return IOERR
        return OK

    def _file(self, at: int) -> _Opened:
        return self._opened[OpenFile.from_address(at).number]

    # --- of open files ---

    def xClose(self, at: int) -> int:
        del self._opened[OpenFile.from_address(at).number]
        return OK

    def xRead(self, at: int, into: int, n: int, offset: int) -> int:
        if self._on.is_dead:
            return IOERR
        data = bytes(self._file(at).inode.seen[offset : offset + n])
        ctypes.memmove(into, data.ljust(n, b"\0"), n)
        return OK if len(data) == n else SHORT_READ

    def xWrite(self, at: int, data: int, n: int, offset: int) -> int:
        inode, told = self._file(at).inode, ctypes.string_at(data, n)
        return self._done(lambda: self._on.write(inode, told, offset))

    def xTruncate(self, at: int, size: int) -> int:
        inode = self._file(at).inode
        return self._done(lambda: self._on.truncate(inode, size))

    def xSync(self, at: int, _flags: int) -> int:
        return self._done(lambda: self._synced(self._file(at)))

    def _synced(self, opened: _Opened) -> None:
        self._on.sync(opened.inode)
        if opened.syncs_names:
            opened.syncs_names = False
            self._on.sync_names(self._folder)

    def xFileSize(self, at: int, out: Any) -> int:  # noqa: ANN401
        out[0] = len(self._file(at).inode.seen)
        return OK

    def xLock(self, _at: int, _level: int) -> int:
        return OK  # one connection at a time

    def xUnlock(self, _at: int, _level: int) -> int:
        return OK

    def xCheckReservedLock(self, _at: int, out: Any) -> int:  # noqa: ANN401
        out[0] = 0
        return OK

    def xFileControl(self, _at: int, _what: int, _value: int) -> int:
        return NOTFOUND

    def xSectorSize(self, _at: int) -> int:
        return _SECTOR_SIZE

    def xDeviceCharacteristics(self, _at: int) -> int:
        return _POWERSAFE_OVERWRITE
