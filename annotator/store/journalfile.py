"""A journal as a file: lines that vouch for themselves, added under a lock and synced.

A line is the SHA-256 of what follows it, a space, and canonical JSON: of an operation, whose name
the hash is, or behind a `#` of a remark that the journal makes for itself.

The file grows by stretches of line ends written ahead, so that a sync has a line to write and
nothing of the file system's; the same line ends close off a line that was torn. Nothing here knows
projects.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from annotator.files import make_folder, sync, sync_folder
from annotator.store.lockedfile import locked

AHEAD = 64 * 1024
"""Bytes of line ends that the file grows by: some hundred gestures."""
_AT_ONCE = 64 * 1024
"""Bytes that are read at a time."""
_MANY_ENDS = b"\n" * 1024
"""Compared in one go; to strip line ends goes byte by byte, 0.5 ms for those of one stretch."""
_LONGEST = 64 * 1024 * 1024 + 80
"""Bytes of the longest line; a longer one is none of ours."""
_OPEN = os.O_RDWR | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_REMARK = b"#"
_ABSENT = (FileNotFoundError, NotADirectoryError)


class Line(NamedTuple):
    """A line whose hash holds: its hash, its JSON, and whether it is the journal's own remark."""

    name: str
    said: bytes
    is_remark: bool


def spelled(name: str, said: bytes) -> bytes:
    """Return the line of the operation called `name` with the canonical JSON `said`."""
    return b"%b %b\n" % (name.encode(), said)


def remarked(said: bytes) -> bytes:
    """Return the line of a remark with the canonical JSON `said`."""
    return _REMARK + spelled(hashlib.sha256(said).hexdigest(), said)


def line_of(raw: bytes) -> Line | None:
    """Return what `raw` says, a line without its end; None where its hash does not hold."""
    is_remark = raw[:1] == _REMARK
    name, _, said = raw[is_remark:].partition(b" ")
    digest = hashlib.sha256(said).hexdigest()
    return Line(digest, said, is_remark) if digest.encode() == name else None


# --- reading --------------------------------------------------------------------------------------


def forwards(path: Path) -> Iterator[bytes]:
    """Yield the lines of the file at `path` as they stand, oldest first; none where it is not."""
    with suppress(*_ABSENT), path.open("rb") as file:
        while raw := file.readline(_LONGEST):
            if line := raw.rstrip(b"\n"):
                yield line
            else:
                _pass_line_ends(file)


def _pass_line_ends(file: BinaryIO) -> None:
    """Go on to where something else stands, or to the end: line by line that takes 9 ms."""
    while some := file.read(_AT_ONCE):
        at = 0
        while some.startswith(_MANY_ENDS, at):
            at += len(_MANY_ENDS)
        if rest := some[at:].lstrip(b"\n"):
            file.seek(-len(rest), os.SEEK_CUR)
            return


def backwards(path: Path) -> Iterator[bytes]:
    """Yield the lines of the file at `path` as they stand, newest first; none where it is not.

    No more of the file is read than is asked for. What others add meanwhile is left out.
    """
    with suppress(*_ABSENT), path.open("rb") as file:
        with locked(file.fileno()):
            at = _end(file.fileno())
        rest: list[bytes] = []  # of a line whose beginning is still to be read, last part first
        while at:
            start = max(0, at - _AT_ONCE)
            file.seek(start)
            first, *lines = file.read(at - start).split(b"\n")
            at = start
            if lines:
                yield from _joined([*rest, lines.pop()])
                yield from filter(None, reversed(lines))
                rest = []
            rest.append(first)
        yield from _joined(rest)


def _joined(parts: list[bytes]) -> Iterator[bytes]:
    line = b"".join(reversed(parts))
    if line:
        yield line


def _end(handle: int) -> int:
    """Return where the last line of an open file ends: behind it are line ends only."""
    at = os.fstat(handle).st_size
    while at:
        start = max(0, at - _AT_ONCE)
        os.lseek(handle, start, os.SEEK_SET)
        some = os.read(handle, at - start)
        end = len(some)
        while some.endswith(_MANY_ENDS, 0, end):
            end -= len(_MANY_ENDS)
        said = some[:end].rstrip(b"\n")
        if said:
            return start + len(said)
        at = start
    return 0


# --- adding ---------------------------------------------------------------------------------------


class JournalFile:
    """A journal that lines are added to; it is made, and opened, with the first of them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle = -1
        self._next: int | None = None  # where the next line goes, where nobody else has written

    def add(self, lines: Iterable[bytes]) -> None:
        """Add whole lines, durably; raise `OSError` where that cannot be."""
        data = b"".join(lines)
        with self._held() as handle:
            at, closing = self._place(handle)
            end = at + len(closing) + len(data)
            is_longer = end > os.fstat(handle).st_size
            _write(handle, at, closing + data + (b"\n" * AHEAD if is_longer else b""))
            (sync if is_longer else _sync)(handle)
            self._next = end

    def close(self) -> None:
        """Close the file."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle, self._next = -1, None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep others from adding for the length of the block, in which the file may be replaced.

        Whoever waited then adds to the file that took its place.
        """
        with self._held():
            yield

    @contextmanager
    def _held(self) -> Iterator[int]:
        """Hold the lock on the file that stands at the path now."""
        while True:
            if self._handle < 0:
                self._handle = _opened(self.path)
            with locked(self._handle):
                if _is_at(self._handle, self.path):
                    yield self._handle
                    return
            self.close()

    def _place(self, handle: int) -> tuple[int, bytes]:
        """Return where the next line goes, and what closes off a line before it that was torn.

        Where others have written meanwhile, or nothing was added yet, the end is looked for.
        """
        size = os.fstat(handle).st_size
        if self._next is not None and self._next <= size:
            os.lseek(handle, self._next, os.SEEK_SET)
            if os.read(handle, 1) in (b"", b"\n"):
                return self._next, b""
        end = _end(handle)
        if not 0 < end < size:
            return end, b"\n" if end else b""
        return end + 1, b""


def _opened(path: Path) -> int:
    """Open the file at `path`; make it, and its folder, where they are not, so that they last."""
    with suppress(FileNotFoundError):
        return os.open(path, _OPEN)
    make_folder(path.parent)
    handle = os.open(path, _OPEN | os.O_CREAT, 0o600)
    try:
        sync_folder(path.parent)
    except OSError:
        os.close(handle)
        raise
    return handle


def _is_at(handle: int, path: Path) -> bool:
    try:
        there, here = os.stat(path), os.fstat(handle)  # noqa: PTH116  # half the time of Path's own
    except FileNotFoundError:
        return False
    return (there.st_dev, there.st_ino) == (here.st_dev, here.st_ino)


def _write(handle: int, at: int, data: bytes) -> None:
    """Write all of `data`: a system may take less at a time."""
    os.lseek(handle, at, os.SEEK_SET)
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _sync(handle: int) -> None:
    """Make what was written within the length of a file durable."""
    getattr(os, "fdatasync", sync)(handle)
