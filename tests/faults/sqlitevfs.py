"""A VFS of SQLite written in Python, in the very library that the standard library's sqlite3 uses.

So the real store runs unchanged: whatever it opens while a `Vfs` is registered goes through it.
What a subclass leaves alone goes on to SQLite's own VFS. Layouts: sqlite3.h of SQLite 3.7.14 and
later (`sqlite3_vfs`, `sqlite3_io_methods`, both in their first version).
"""

import _sqlite3
import ctypes
import sqlite3
import sys
from collections.abc import Callable
from ctypes import CFUNCTYPE, POINTER, c_char_p, c_int, c_int64, c_void_p
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Self

OK, IOERR, FULL, CANTOPEN, NOTFOUND = 0, 10, 13, 14, 12
SHORT_READ = IOERR | 2 << 8
_OPEN = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, POINTER(c_int))
_DELETE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int)
_ACCESS = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, POINTER(c_int))
_OF_FILES = {
    "xClose": CFUNCTYPE(c_int, c_void_p),
    "xRead": CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64),
    "xWrite": CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64),
    "xTruncate": CFUNCTYPE(c_int, c_void_p, c_int64),
    "xSync": CFUNCTYPE(c_int, c_void_p, c_int),
    "xFileSize": CFUNCTYPE(c_int, c_void_p, POINTER(c_int64)),
    "xLock": CFUNCTYPE(c_int, c_void_p, c_int),
    "xUnlock": CFUNCTYPE(c_int, c_void_p, c_int),
    "xCheckReservedLock": CFUNCTYPE(c_int, c_void_p, POINTER(c_int)),
    "xFileControl": CFUNCTYPE(c_int, c_void_p, c_int, c_void_p),
    "xSectorSize": CFUNCTYPE(c_int, c_void_p),
    "xDeviceCharacteristics": CFUNCTYPE(c_int, c_void_p),
}


class IoMethods(ctypes.Structure):
    """What SQLite calls of an open file."""

    _fields_: ClassVar = [("iVersion", c_int), *_OF_FILES.items()]


class OpenFile(ctypes.Structure):
    """An open file: its methods, and the number by which Python knows it. Others' fields follow."""

    _fields_: ClassVar = [("methods", c_void_p), ("number", c_int64)]


class _VfsStruct(ctypes.Structure):
    _fields_: ClassVar = [
        ("iVersion", c_int),
        ("szOsFile", c_int),
        ("mxPathname", c_int),
        ("pNext", c_void_p),
        ("zName", c_char_p),
        ("pAppData", c_void_p),
        ("xOpen", _OPEN),
        ("xDelete", _DELETE),
        ("xAccess", _ACCESS),
        ("rest", c_void_p * 10),
    ]


class NoSharedSqliteError(RuntimeError):
    """Python's sqlite3 carries a SQLite of its own, which nobody else can reach."""


def shared_sqlite() -> ctypes.CDLL:
    """Return the SQLite that Python's sqlite3 calls; raise `NoSharedSqliteError` where none can.

    A name that is asked of a library is looked for in those too that it was linked with.
    """
    place = getattr(_sqlite3, "__file__", None)
    try:
        if sys.platform == "win32":
            library = ctypes.CDLL(str(Path(str(place)).with_name("sqlite3.dll")))
        else:
            library = ctypes.CDLL(place)
        library.sqlite3_libversion.restype = c_char_p
        version = library.sqlite3_libversion().decode()
        library.sqlite3_vfs_find.restype = c_void_p
        library.sqlite3_vfs_find.argtypes = [c_char_p]
        library.sqlite3_vfs_register.argtypes = [c_void_p, c_int]
        library.sqlite3_vfs_unregister.argtypes = [c_void_p]
    except (OSError, AttributeError) as error:
        raise NoSharedSqliteError("Python's sqlite3 does not let others call its SQLite") from error
    if version != sqlite3.sqlite_version:
        raise NoSharedSqliteError(f"found SQLite {version}, Python has {sqlite3.sqlite_version}")
    return library


class Vfs:
    """SQLite's default VFS for the length of a `with` block; subclasses say what differs.

    A method of a subclass returns a code of SQLite's. What it raises ends the operation with
    `IOERR` and is raised again when the block ends.
    """

    name = "python"

    def __init__(self) -> None:
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(self))  # a connection may outlive all else
        self._library = shared_sqlite()
        self._base_at = self._library.sqlite3_vfs_find(None)
        self.base = _VfsStruct.from_address(self._base_at)
        self._raised: list[BaseException] = []
        self.own_size = ctypes.sizeof(OpenFile)
        self._struct = _VfsStruct.from_buffer_copy(self.base)
        self._struct.iVersion = min(2, self.base.iVersion)
        self._struct.szOsFile = self.own_size + self.base.szOsFile
        self._struct.zName = self.name.encode()
        self._struct.xOpen = _OPEN(self._guarded(self.open))
        self._struct.xDelete = _DELETE(self._guarded(self.delete))
        self._struct.xAccess = _ACCESS(self._guarded(self.access))
        of_files = {
            name: kind(self._guarded(getattr(self, name))) for name, kind in _OF_FILES.items()
        }
        self.methods = IoMethods(iVersion=1, **of_files)

    def _guarded(self, call: Callable[..., int]) -> Callable[..., int]:
        def guarded(*arguments: Any) -> int:  # noqa: ANN401
            try:
                return call(*arguments)
            except BaseException as error:
                self._raised.append(error)
                return IOERR

        return guarded

    def __enter__(self) -> Self:
        self._library.sqlite3_vfs_register(ctypes.addressof(self._struct), 1)
        if self._library.sqlite3_vfs_find(None) != ctypes.addressof(self._struct):
            raise NoSharedSqliteError("the VFS was not taken")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._library.sqlite3_vfs_unregister(ctypes.addressof(self._struct))
        self._library.sqlite3_vfs_register(self._base_at, 1)
        if self._raised and error is None:
            raise self._raised[0]

    # --- of names: what goes to SQLite's own VFS unless a subclass says otherwise ---

    def open(self, _vfs: int, name: int | None, file: int, flags: int, out: Any) -> int:  # noqa: ANN401
        """Open the file `name` (none: a temporary one) in the room at the address `file`."""
        return int(self.base.xOpen(self._base_at, name, file, flags, out))

    def delete(self, _vfs: int, name: int, is_durable: int) -> int:
        """Remove the name; with `is_durable` so that it stays removed."""
        return int(self.base.xDelete(self._base_at, name, is_durable))

    def access(self, _vfs: int, name: int, flags: int, out: Any) -> int:  # noqa: ANN401
        """Say in `out` whether the name is there."""
        return int(self.base.xAccess(self._base_at, name, flags, out))


def text_at(address: int | None) -> str:
    """Return the name at an address; nothing for none."""
    return (ctypes.string_at(address) if address else b"").decode("utf-8", "surrogateescape")
