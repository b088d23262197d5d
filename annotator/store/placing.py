"""Which layer an operation was of, where the file no longer says it: its hash is over its scope."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from annotator.core.incoming import Arrived
from annotator.core.operations import Scope
from annotator.store import doctorhistory
from annotator.store.outgoing import LINE_COLUMNS

_MOST_TRIES = 2_000_000
"""Scopes that are tried, all in all: twenty seconds."""
_WHO = LINE_COLUMNS.split(",").index("o.who")


class Placing:
    """Finds the scopes of operations, each given as its hash and `LINE_COLUMNS`."""

    def __init__(self, scopes: Iterable[Scope]) -> None:
        """Take the scopes that there may be; none is looked at before it is needed."""
        self._scopes: Iterable[Scope] = scopes
        self._by_annotator: dict[str, list[Scope]] | None = None
        self._last: Scope | None = None
        self._tries = 0

    def placed(self, name: str, row: Sequence[Any]) -> Arrived | None:
        """Return an operation in the scope that its hash names; None where none does.

        That of the one before is tried first, then those of who did it.
        """
        for scope in self._likely_first(str(row[_WHO])):
            self._tries += 1
            if self._tries > _MOST_TRIES:
                return None
            given = doctorhistory.read(scope, name, tuple(row))
            if given is not None:
                self._last = scope
                return given
        return None

    def _likely_first(self, who: str) -> Iterator[Scope]:
        if self._last is not None:
            yield self._last
        if self._by_annotator is None:
            self._by_annotator = defaultdict(list)
            for scope in dict.fromkeys(self._scopes):
                self._by_annotator[scope.annotator].append(scope)
        yield from self._by_annotator.get(who, ())
        for annotator, scopes in self._by_annotator.items():
            if annotator != who:
                yield from scopes
