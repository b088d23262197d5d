"""Journals that other files of the same project keep on this machine: what each has more.

A copy that is gone, or a file handed out and worked in here, may have done what a damaged file no
longer has. It belongs to that other file, so a person must ask for it, journal by journal.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from annotator.core import incoming
from annotator.core import operations as op
from annotator.core.errors import UserError
from annotator.core.incoming import Arrived, BadOperationError
from annotator.store import journal, journalreading, opening

ALL = "all"
"""Stands for every other journal; no replica is called so, for names have eight characters."""


@dataclass(frozen=True, slots=True)
class OtherJournal:
    """What the journal of another replica has more than a file had.

    `who` are the names of those who did it (the uid where no name is known, `lead` for the role),
    `last` is the greatest time of it, to the minute, empty where times are left out; `is_taken`
    says whether it was asked for.
    """

    replica: str
    who: tuple[str, ...]
    n_operations: int
    last: str
    is_taken: bool


def chosen(uid: str, own: Iterable[str], asked: Collection[str], path: Path) -> tuple[str, ...]:
    """Return the replicas whose journals are `asked` for, of those beside the `own` of a file.

    Raise `unknown_journal` where there is none of a replica.
    """
    there = journal.others(uid, own) if asked else []
    unknown = sorted({*asked} - {ALL, *there})
    if unknown:
        raise UserError("unknown_journal", replica=unknown[0], path=path.name)
    return tuple(one for one in there if ALL in asked or one in asked)


def lines(uid: str, replicas: Iterable[str], owner: str | None) -> Iterator[bytes]:
    """Yield what the journals of `replicas` have as lines; with an `owner` only of her layers.

    Her handed-out file takes nobody else's work, wherever that stands.
    """
    for replica in replicas:
        for line in _lines(uid, replica):
            if owner is None or _is_of(owner, line):
                yield line


def _lines(uid: str, replica: str) -> Iterator[bytes]:
    with suppress(OSError):
        yield from journalreading.lines(uid, replica)


def _is_of(owner: str, line: bytes) -> bool:
    return any(owner and owner == given.scope.annotator for given in arrived_in((line,)))


def arrived_in(lines: Iterable[bytes]) -> Iterator[Arrived]:
    """Yield the operations that `lines` spell; one that is none of ours is passed over.

    A newer program may have written it: it stays where it is.
    """
    for line in lines:
        with suppress(BadOperationError):
            yield incoming.arrived(line)


def offered(
    made: Path,
    uid: str,
    own: Iterable[str],
    taken: Collection[str],
    brought: Collection[str],
    owner: str | None = None,
) -> tuple[OtherJournal, ...]:
    """Return the journals that have more than the new file at `made` has without them.

    `taken` are the replicas that were asked for, and `brought` the operations (hashes) that came
    from them.
    """
    found = []
    with closing(opening.connect(made, "ro")) as connection:
        connection.execute("BEGIN")  # one lock, not one for each line
        names = dict(connection.execute("SELECT uid,name FROM annotators"))
        for replica in journal.others(uid, own):
            more: dict[str, Arrived] = {}
            for one in arrived_in(lines(uid, (replica,), owner)):
                names = _named(one) | names
                if one.hash in brought or not journalreading.is_there(connection, one.hash):
                    more[one.hash] = one
            if more:
                found.append(_summed(replica, more.values(), names, replica in taken))
    return tuple(found)


def _named(given: Arrived) -> dict[str, str]:
    """Return the names, by uid, that an operation of the project's scope gives annotators."""
    if not given.scope.is_project:
        return {}
    found = (one for one in given.changes if one.kind == op.ANNOTATOR and one.after is not None)
    return {one.uid: one.after.name for one in found}


def _summed(
    replica: str, more: Collection[Arrived], names: Mapping[str, str], is_taken: bool
) -> OtherJournal:
    who = sorted({names.get(one.line.who, one.line.who) for one in more})
    last = max(one.line.at for one in more)
    return OtherJournal(replica, tuple(who), len(more), last, is_taken)
