"""One fault at one operation on files: SQLite's own and Python's are counted in one row.

SQLite's operations go through a VFS that lets them pass to SQLite's own one (`WatchedVfs`).
Python's go through stand-ins for the functions of `os` that change files, and for `open`, whose
files write through a raw file of ours (`watched_python`): whoever writes a file from Python comes
by one of them, `tempfile`, `shutil`, `zipfile` and `pathlib` too.
"""

import builtins
import ctypes
import errno
import io
import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

from tests.faults.sqlitevfs import CANTOPEN, FULL, IOERR, OK, IoMethods, OpenFile, Vfs, text_at

_CREATE = 0x4
_WRITES = frozenset({"write", "create", "link", "mkdir", "allocate"})
"""What a full disk refuses; the rest goes on working there."""
_IOERR_OF = {"read": 1, "write": 3, "sync": 4, "truncate": 6, "size": 7, "delete": 10, "lock": 15}
"""The extended part of SQLITE_IOERR by the operation that failed."""


@dataclass(slots=True)
class Fault:
    """The `at`th operation that it can hit fails, once or, from then on, for good.

    `kind` is `full` or `io`; with `at` 0 nothing fails and all are counted. Operations on files
    outside `within` are let be: they are the machine's, not the gesture's; so are those below a
    folder called `but`.
    """

    kind: str
    within: Path
    at: int = 0
    is_for_good: bool = False
    but: str = ""
    met: int = 0
    is_on: bool = False
    hits: list[str] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)

    def strikes(self, what: str, name: str) -> bool:
        """Count the operation `what` on the file `name`; return whether it is to fail."""
        is_meant = self.is_on and (not name or name.startswith(str(self.within)))
        if self.but and f"{os.sep}{self.but}{os.sep}" in name:
            return False
        if not is_meant or (self.kind == "full" and what not in _WRITES):
            return False
        self.met += 1
        self.counted[what] += 1
        strikes = self.at > 0 and (self.met >= self.at if self.is_for_good else self.met == self.at)
        if strikes:
            self.hits.append(f"{what} {Path(name).name}")
        return strikes

    def refuse(self, what: str, name: str) -> None:
        """Raise the trouble of the operating system where the operation is to fail."""
        if self.strikes(what, name):
            number = errno.ENOSPC if self.kind == "full" else errno.EIO
            raise OSError(number, os.strerror(number), name)

    @contextmanager
    def on(self) -> Iterator[None]:
        """Count and strike during the block."""
        self.is_on = True
        try:
            yield
        finally:
            self.is_on = False


NONE = Fault("io", Path("/"))


class WatchedVfs(Vfs):
    """SQLite's own VFS, in which `fault` strikes."""

    name = "hashiya-watched"

    def __init__(self) -> None:
        super().__init__()
        self.fault = NONE
        self._names: dict[int, str] = {}
        self._methods: dict[int, IoMethods] = {}

    # --- of names ---

    def open(self, vfs: int, name: int | None, file: int, flags: int, out: Any) -> int:  # noqa: ANN401
        opened, told = OpenFile.from_address(file), text_at(name)
        opened.methods = None  # or SQLite would close what was not opened
        is_new = bool(flags & _CREATE) and not os.path.exists(told)  # noqa: PTH110
        if self.fault.strikes("create" if is_new else "open", told):
            return FULL if self.fault.kind == "full" else CANTOPEN
        code = super().open(vfs, name, file + self.own_size, flags, out)
        if code == OK:
            self._names[file] = told
            opened.methods = ctypes.addressof(self.methods)
        return code

    def delete(self, vfs: int, name: int, is_durable: int) -> int:
        if self.fault.strikes("delete", text_at(name)):
            return IOERR | _IOERR_OF["delete"] << 8
        code = super().delete(vfs, name, is_durable)
        is_struck = is_durable and code == OK and self.fault.strikes("sync", text_at(name))
        return IOERR | 5 << 8 if is_struck else code  # SQLITE_IOERR_DIR_FSYNC

    def access(self, vfs: int, name: int, flags: int, out: Any) -> int:  # noqa: ANN401
        if self.fault.strikes("access", text_at(name)):
            return IOERR | 13 << 8
        return super().access(vfs, name, flags, out)

    # --- of open files: the address of SQLite's own follows ours ---

    def _base(self, at: int) -> tuple[IoMethods, int]:
        base = at + self.own_size
        table = ctypes.c_void_p.from_address(base).value or 0
        if table not in self._methods:
            self._methods[table] = IoMethods.from_address(table)
        return self._methods[table], base

    def _passed(self, what: str, method: str, at: int, *arguments: Any) -> int:  # noqa: ANN401
        if what and self.fault.strikes(what, self._names[at]):
            is_full = self.fault.kind == "full"
            return FULL if is_full else IOERR | _IOERR_OF[what] << 8
        methods, base = self._base(at)
        return int(getattr(methods, method)(base, *arguments))

    def xClose(self, at: int) -> int:
        del self._names[at]
        methods, base = self._base(at)
        return int(methods.xClose(base))

    def xRead(self, at: int, into: int, n: int, offset: int) -> int:
        return self._passed("read", "xRead", at, into, n, offset)

    def xWrite(self, at: int, data: int, n: int, offset: int) -> int:
        return self._passed("write", "xWrite", at, data, n, offset)

    def xTruncate(self, at: int, size: int) -> int:
        return self._passed("truncate", "xTruncate", at, size)

    def xSync(self, at: int, flags: int) -> int:
        return self._passed("sync", "xSync", at, flags)

    def xFileSize(self, at: int, out: Any) -> int:  # noqa: ANN401
        return self._passed("size", "xFileSize", at, out)

    def xLock(self, at: int, level: int) -> int:
        return self._passed("lock", "xLock", at, level)

    def xUnlock(self, at: int, level: int) -> int:
        return self._passed("", "xUnlock", at, level)

    def xCheckReservedLock(self, at: int, out: Any) -> int:  # noqa: ANN401
        return self._passed("", "xCheckReservedLock", at, out)

    def xFileControl(self, at: int, what: int, value: int) -> int:
        return self._passed("", "xFileControl", at, what, value)

    def xSectorSize(self, at: int) -> int:
        return self._passed("", "xSectorSize", at)

    def xDeviceCharacteristics(self, at: int) -> int:
        return self._passed("", "xDeviceCharacteristics", at)


# --- what Python does -----------------------------------------------------------------------------


class _RawFile(io.FileIO):
    """A raw file in which the fault strikes; a full disk takes half of what is written first."""

    fault: Fault
    told: str

    def write(self, data: Any, /) -> int:  # noqa: ANN401
        view = memoryview(data).cast("B")
        if self.fault.strikes("write", self.told):
            if self.fault.kind == "full" and len(view) > 1:
                super().write(view[: len(view) // 2])
            number = errno.ENOSPC if self.fault.kind == "full" else errno.EIO
            raise OSError(number, os.strerror(number), self.told)
        return super().write(view) or 0


@contextmanager
def watched_python(fault: Fault) -> Iterator[None]:
    """Let `fault` strike in what Python does with files, during the block."""
    with ExitStack() as stack:
        for name, (what, at) in _OF_OS.items():
            if hasattr(os, name):
                struck = _struck(fault, getattr(os, name), what, at)
                stack.enter_context(mock.patch.object(os, name, struck))
        opening = _opening(fault)
        stack.enter_context(mock.patch.object(io, "open", opening))
        stack.enter_context(mock.patch.object(builtins, "open", opening))
        yield


_OF_OS = {
    "open": ("", 0),
    "write": ("write", 0),
    "pwrite": ("write", 0),
    "sendfile": ("write", 0),
    "ftruncate": ("truncate", 0),
    "posix_fallocate": ("allocate", 0),
    "fsync": ("sync", 0),
    "fdatasync": ("sync", 0),
    "replace": ("rename", 1),
    "rename": ("rename", 1),
    "unlink": ("delete", 0),
    "remove": ("delete", 0),
    "rmdir": ("delete", 0),
    "link": ("link", 1),
    "mkdir": ("mkdir", 0),
}
"""Functions of `os` that change files: what each does, and which argument names the file."""


def _struck(fault: Fault, call: Callable[..., Any], what: str, at: int) -> Callable[..., Any]:
    def struck(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401
        name = name_of(arguments[at], named.get("dir_fd")) if len(arguments) > at else ""
        flags = arguments[1] if not what and len(arguments) > 1 else 0
        is_new = not what and flags & os.O_CREAT
        fault.refuse(what or ("create" if is_new else "open"), name)
        return call(*arguments, **named)

    return struck


def name_of(given: Any, folder: int | None = None) -> str:  # noqa: ANN401
    """Return the whole path of a file that is given by path, in a `folder` or not, or by number."""
    if isinstance(given, int):
        try:
            return os.readlink(f"/proc/self/fd/{given}")  # noqa: PTH115
        except OSError:
            return ""
    told = os.fsdecode(given)
    return os.path.abspath(told if folder is None else os.path.join(name_of(folder), told))  # noqa: PTH100, PTH118


def _opening(fault: Fault) -> Callable[..., Any]:
    usual = io.open

    def opening(file: Any, mode: str = "r", *arguments: Any, **named: Any) -> Any:  # noqa: ANN401
        is_to_write = set(mode) & set("wax+")
        if not fault.is_on or not is_to_write or named.get("opener"):
            return usual(file, mode, *arguments, **named)
        return _open_to_write(fault, file, mode, *arguments, **named)

    return opening


def _open_to_write(fault: Fault, file: Any, mode: str, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401
    """Open a file as `open` does, on a raw file of ours."""
    name = name_of(file)
    if not isinstance(file, int):
        fault.refuse("create" if not os.path.exists(name) else "open", name)  # noqa: PTH110
    raw = _RawFile(file, raw_mode(mode), named.pop("closefd", True))
    raw.fault, raw.told = fault, name
    return layered(raw, mode, *arguments, **named)


def raw_mode(mode: str) -> str:
    """Return the mode of the raw file below one of that `mode`."""
    return mode.replace("b", "").replace("t", "")


def layered(
    raw: io.FileIO,
    mode: str,
    buffering: int = -1,
    encoding: str | None = None,
    errors: str | None = None,
    newline: str | None = None,
) -> Any:  # noqa: ANN401
    """Return what `open` makes on a raw file to write to."""
    if buffering == 0:
        return raw
    size = io.DEFAULT_BUFFER_SIZE if buffering < 2 else buffering
    kind = io.BufferedRandom if "+" in mode else io.BufferedWriter
    buffered = kind(raw, size)
    if "b" in mode:
        return buffered
    text = io.TextIOWrapper(buffered, encoding, errors, newline, buffering == 1)
    text.mode = mode  # type: ignore[misc]
    return text
