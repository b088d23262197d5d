"""A lock on an open file, held while a line is added to it: one writer among all processes.

The system lets go of it when a process ends, however it ends. A lock file beside it, as `filelock`
makes, costs as much as the writing itself.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

_PATIENCE = 1.0
"""Seconds that a writer waits for another; a line takes a thousandth of that."""
_LOOK = 0.0005

if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 40
    """A byte that no file has: who locks one that is there keeps others from reading it."""

    def take(handle: int) -> None:
        """Take the lock on an open file; raise `OSError` where it is held."""
        os.lseek(handle, _FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

    def _let_go(handle: int) -> None:
        os.lseek(handle, _FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def take(handle: int) -> None:
        """Take the lock on an open file; raise `OSError` where it is held."""
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _let_go(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)


@contextmanager
def locked(handle: int) -> Iterator[None]:
    """Hold the lock on an open file for the length of the block; raise `OSError` where it is held.

    Two openings of one file are two writers, also in one process.
    """
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            take(handle)
            break
        except (BlockingIOError, PermissionError):
            if time.monotonic() > until:
                raise
            time.sleep(_LOOK)
    try:
        yield
    finally:
        _let_go(handle)
