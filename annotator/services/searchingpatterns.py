"""Regular expressions of people, run in a process that is ended when it takes too long."""

import multiprocessing
import time
from types import TracebackType
from typing import Any, Self

import msgspec

from annotator.arabic import patterns
from annotator.arabic.finding import Hit
from annotator.arabic.foldtable import Level
from annotator.core.errors import UserError

SECONDS = 1.5
"""How long a pattern may take, all texts of a stretch and the start of its process together: with
that of the program an answer comes within two seconds."""
_LEAST = 1.0
"""How long it may think at least, however long its process took to start."""
_STARTING = 60.0
"""How long the process may take to be there; that is the machine's fault and not the pattern's."""


class Pattern(msgspec.Struct, frozen=True):
    """A regular expression over texts as they stand, or folded to a level."""

    text: str
    level: Level = "exact"


class PatternFinder:
    """A pattern in a process of its own, for the length of a block."""

    def __init__(self, pattern: Pattern) -> None:
        self._pattern = pattern
        self._left = 0.0

    def __enter__(self) -> Self:
        """Start the process; raise `bad_pattern` where the pattern is none."""
        spawning = multiprocessing.get_context("spawn")
        self._line, theirs = spawning.Pipe()
        args = (theirs, self._pattern.text, self._pattern.level)
        self._process = spawning.Process(target=patterns.serve, args=args, daemon=True)
        self._process.start()
        theirs.close()
        try:
            began = time.monotonic()
            self._answer(_STARTING)
            self._left = max(SECONDS - (time.monotonic() - began), _LEAST)
            place = self._timed()
            if place is not None:
                raise UserError("bad_pattern", at=place + 1 or None)
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the process."""
        self._end()

    def hits(self, text: str) -> list[Hit]:
        """Return the hits in `text`; raise `pattern_too_slow` when the time is over."""
        self._line.send(text)
        return [Hit(*found) for found in self._timed()]

    def _timed(self) -> Any:  # noqa: ANN401
        began = time.monotonic()
        answer = self._answer(self._left)
        self._left -= time.monotonic() - began
        return answer

    def _answer(self, seconds: float) -> Any:  # noqa: ANN401
        try:
            if self._line.poll(max(seconds, 0.0)):
                return self._line.recv()
        except (EOFError, OSError) as error:  # the system ended it: it took too much memory
            raise UserError("pattern_too_slow") from error
        raise UserError("pattern_too_slow")

    def _end(self) -> None:
        self._process.kill()
        self._process.join()
        self._process.close()
        self._line.close()
