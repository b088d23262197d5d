"""Lines of a journal kept aside while operations come in, so that none is read back from the file.

They wait in a temporary file and not in memory: a merge may bring some hundred thousand.
"""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import IO, Self

from annotator.core.incoming import Arrived
from annotator.store.journal import IMPORT, Chunk
from annotator.store.journalfile import spelled

_IN_MEMORY = 4 * 1024 * 1024
_AT_ONCE = 4 * 1024 * 1024
"""Bytes that are synced together."""


class Gathered:
    """Lines of operations in the order of their rows, from the first that a transaction adds.

    Where they cannot be kept, or one needs more than its line, there is none of them: all are read
    from the file then.
    """

    def __init__(self, own: Callable[[], str]) -> None:
        """Gather for the journal of the replica that `own` tells, if it is asked for."""
        self._own = own
        self._file: IO[bytes] | None = None
        self._blocks = [(0, 0)]  # rows and bytes of each
        self._is_given_up = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._give_up()

    def add(self, came: Sequence[Arrived]) -> None:
        """Keep the lines of operations whose rows are written one after the other."""
        if self._is_given_up:
            return
        if any(one.line.kind == IMPORT and one.line.replica == self._own() for one in came):
            self._give_up()  # a remark stands for them
            return
        data = b"".join([spelled(one.hash, one.said) for one in came])
        rows, size = self._blocks[-1]
        if size > _AT_ONCE:
            self._blocks.append((0, 0))
            rows = size = 0
        self._blocks[-1] = (rows + len(came), size + len(data))
        try:
            if self._file is None:
                self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115
            self._file.write(data)
        except OSError:
            self._give_up()

    def chunks(self, after: int) -> Iterator[Chunk]:
        """Yield what was gathered, as rows behind the row `after`."""
        if self._file is None:
            return
        self._file.seek(0)
        for rows, size in self._blocks:
            after += rows
            yield Chunk([self._file.read(size)], after)

    def _give_up(self) -> None:
        self._is_given_up = True
        if self._file is not None:
            self._file.close()
            self._file = None
