"""What Python does to the files of a folder, done to a disk whose power can be cut as well.

Through stand-ins for the functions of `os` that change files, and for `open`, whose files write
through a raw file of ours (see `mirrored`).
"""

import builtins
import io
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest import mock

from tests.faults.disk import Inode
from tests.faults.faults import layered, name_of, raw_mode
from tests.faults.mirrored import Mirror

_CHANGING = (
    *("open", "close", "write", "fsync", "fdatasync", "ftruncate", "unlink", "remove"),
    *("rename", "replace", "link", "mkdir", "rmdir"),
)


class _RawFile(io.FileIO):
    """A raw file whose writes are steps of the disk."""

    mirror: Mirror
    told: str
    inode: Inode

    def write(self, data: Any, /) -> int:  # noqa: ANN401
        given = bytes(memoryview(data).cast("B"))
        offset = len(self.inode.seen) if "a" in self.mode else self.tell()
        with self.mirror.worded(self.told):
            self.mirror.on.write(self.inode, given, offset)
        return super().write(given) or 0

    def truncate(self, size: int | None = None, /) -> int:
        at = self.tell() if size is None else size
        with self.mirror.worded(self.told):
            self.mirror.on.truncate(self.inode, at)
        return super().truncate(at)


@contextmanager
def mirrored_python(mirror: Mirror) -> Iterator[None]:
    """Let what Python does with files be done to the disk too, during the block."""
    calls = _Calls(mirror)
    with ExitStack() as stack:
        for name in _CHANGING:
            if hasattr(os, name):
                stand_in = getattr(calls, name)(getattr(os, name))
                stack.enter_context(mock.patch.object(os, name, stand_in))
        for module in (io, builtins):
            stack.enter_context(mock.patch.object(module, "open", calls.opening))
        yield


class _Calls:
    """Stand-ins for functions of `os`: each method is given the usual one."""

    def __init__(self, mirror: Mirror) -> None:
        self._mirror = mirror
        self._usual_open = io.open
        self._opened: dict[int, tuple[str, Inode | None]] = {}  # a folder has no inode

    def open(self, usual: Callable[..., int]) -> Callable[..., int]:
        def opened(path: Any, flags: int, *arguments: Any, **named: Any) -> int:  # noqa: ANN401
            name = name_of(path, named.get("dir_fd"))
            if not self._is_ours(name):
                handle = usual(path, flags, *arguments, **named)
                self._opened.pop(handle, None)
                return handle
            with self._mirror.worded(name):
                if flags & os.O_CREAT and not os.path.lexists(name):
                    self._mirror.on.create(name)
            handle = usual(path, flags, *arguments, **named)
            self._opened[handle] = name, self._mirror.on.names.get(name)
            return handle

        return opened

    def _is_ours(self, name: str) -> bool:
        is_folder = self._mirror.disk is not None and name == str(self._mirror.folder)
        return is_folder or self._mirror.holds(name)

    def close(self, usual: Callable[[int], None]) -> Callable[[int], None]:
        def closed(handle: int) -> None:
            self._opened.pop(handle, None)
            usual(handle)

        return closed

    # --- of open files ---

    def write(self, usual: Callable[..., int]) -> Callable[..., int]:
        def written(handle: int, data: Any) -> int:  # noqa: ANN401
            self._step(handle, lambda _, inode: self._mirror.on.write(
                inode, bytes(data), os.lseek(handle, 0, os.SEEK_CUR)))  # fmt: skip
            return usual(handle, data)

        return written

    def ftruncate(self, usual: Callable[..., None]) -> Callable[..., None]:
        def cut_off(handle: int, size: int) -> None:
            self._step(handle, lambda _, inode: self._mirror.on.truncate(inode, size))
            usual(handle, size)

        return cut_off

    def fsync(self, usual: Callable[..., None]) -> Callable[..., None]:
        def synced(handle: int) -> None:
            self._step(handle, self._sync)
            usual(handle)

        return synced

    fdatasync = fsync

    def _sync(self, name: str, inode: Inode | None) -> None:
        if inode is None or inode.is_folder:
            self._mirror.on.sync_names(name)
        else:
            self._mirror.on.sync(inode)

    def _step(self, handle: int, act: Callable[[str, Any], object]) -> None:
        name, inode = self._opened.get(handle, ("", None))
        if name and self._mirror.disk is not None:
            with self._mirror.worded(name):
                act(name, inode)

    # --- of names: the real thing first, for where that fails nothing is done ---

    def unlink(self, usual: Callable[..., None]) -> Callable[..., None]:
        return self._of_names(usual, lambda name: self._mirror.on.unlink(name), 1)

    remove = rmdir = unlink

    def mkdir(self, usual: Callable[..., None]) -> Callable[..., None]:
        return self._of_names(usual, lambda name: self._mirror.on.make_folder(name), 1)

    def link(self, usual: Callable[..., None]) -> Callable[..., None]:
        return self._of_names(usual, lambda name, other: self._mirror.on.link(name, other), 2)

    def rename(self, usual: Callable[..., None]) -> Callable[..., None]:
        return self._of_names(usual, lambda name, other: self._mirror.on.rename(name, other), 2)

    replace = rename

    def _of_names(
        self, usual: Callable[..., None], act: Callable[..., None], n: int
    ) -> Callable[..., None]:
        def done(*arguments: Any, **named: Any) -> None:  # noqa: ANN401
            names = [name_of(one) for one in arguments[:n]]
            if not self._mirror.holds(names[-1]):
                usual(*arguments, **named)
                return
            with self._mirror.worded(names[-1]):
                usual(*arguments, **named)
                act(*names)

        return done

    # --- open ---

    def opening(self, file: Any, mode: str = "r", *arguments: Any, **named: Any) -> Any:  # noqa: ANN401
        """Stand in for `open`."""
        name, inode = self._opened.get(file, ("", None)) if isinstance(file, int) else ("", None)
        name = name or ("" if isinstance(file, int) else name_of(file))
        if not self._mirror.holds(name):
            return self._usual_open(file, mode, *arguments, **named)
        with self._mirror.worded(name):
            if not set(mode) & set("wax+"):
                return self._usual_open(file, mode, *arguments, **named)
            inode = inode or self._emptied(name, mode)
        raw = _RawFile(file, raw_mode(mode), named.pop("closefd", True))
        raw.mirror, raw.told, raw.inode = self._mirror, name, inode
        self._opened[raw.fileno()] = name, inode
        return layered(raw, mode, *arguments, **named)

    def _emptied(self, name: str, mode: str) -> Inode:
        """Return the file that is opened by name in `mode`."""
        if not os.path.lexists(name):
            return self._mirror.on.create(name)
        inode = self._mirror.on.names[name]
        if "w" in mode:
            self._mirror.on.truncate(inode, 0)
        return inode
