"""Who writes next in one process: writers take turns, and a person never waits for jobs in line."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

_KEPT = 1.0
"""Seconds that the turn is kept for a person who asked for it."""
_LOOK = 0.1
"""Seconds between two looks of a waiting job, for those who asked and never came."""


class Turn:
    """Whose turn it is to write, among the threads of one process: a person's gesture goes first.

    Share one between the window's project and those of its jobs. A job asks for a turn per chunk.
    """

    def __init__(self) -> None:
        self._free = threading.Condition()
        self._taken = False
        self._people = 0
        self._kept_until = 0.0

    @contextmanager
    def taken(self, by_person: bool = True) -> Iterator[None]:
        """Hold the turn for the length of the block."""
        with self._free:
            self._people += by_person
            while not self._is_free_for(by_person):
                self._free.wait(_LOOK)
            self._people -= by_person
            self._taken = True
            if by_person:
                self._kept_until = 0.0
        try:
            yield
        finally:
            with self._free:
                self._taken = False
                self._free.notify_all()

    def kept_for_person(self) -> bool:
        """Whether a person's gesture would get the turn at once; until then it is kept for her.

        A window that may not wait asks this again and again, and no job comes between; jobs go on
        where it has not asked for a second.
        """
        with self._free:
            self._kept_until = time.monotonic() + _KEPT
            return not self._taken

    def _is_free_for(self, by_person: bool) -> bool:
        is_kept = self._people or time.monotonic() < self._kept_until
        return not self._taken and (by_person or not is_kept)
