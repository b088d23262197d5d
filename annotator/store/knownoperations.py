"""Which of what comes from elsewhere a project knows already, and what of that is taken back."""

import hashlib
from collections.abc import Iterable
from itertools import islice

from annotator.store import takenback
from annotator.store.project import Project

_ASKED_AT_ONCE = 500
"""Names in one question; the first goes alone, for most of what comes is new from there on."""


def known(project: Project, lines: Iterable[bytes]) -> list[str] | None:
    """Return the hashes of the operations that `lines` spell; None where one is not known."""
    names: list[str] = []
    waiting, at_once = iter(lines), 1
    while some := [hashlib.sha256(line).hexdigest() for line in islice(waiting, at_once)]:
        asked = tuple(set(some))
        query = f"SELECT count(*) FROM operations WHERE hash IN ({','.join('?' * len(asked))})"
        if project.connection.execute(query, asked).fetchone()[0] < len(asked):
            return None
        names += some
        at_once = _ASKED_AT_ONCE
    return names


def n_taken_back(project: Project, names: Iterable[str]) -> int:
    """Return how many of the operations called `names` are taken back."""
    left_out = takenback.names(project.connection)
    return sum(name in left_out for name in names) if left_out else 0
