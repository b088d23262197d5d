"""What a file is made without: articles, and annotators with all that they did.

History cannot be changed, so what speaks of them is said anew: the project's scope, and layers of
others in which their votes are named. The new file has another uid, so that nothing can be merged
back.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from annotator.core import incoming, takingback
from annotator.core import operations as op
from annotator.core.bodies import Body
from annotator.core.incoming import Arrived
from annotator.core.model import LEAD
from annotator.core.operations import Change, Operation, Scope
from annotator.core.uids import GESTURE, new_replica, numbered
from annotator.store.assignments import parts_of
from annotator.store.doctorhistory import last_written

KIND = "rebuild"
"""What operations are called by which something is said anew."""
_OF_ARTICLES = frozenset({op.REGIONS, op.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Without:
    """What is left out: articles (SHA-256) and annotators (uids, and their names)."""

    articles: frozenset[str] = frozenset()
    annotators: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Whether anything is left out."""
        return bool(self.articles or self.annotators)

    def has(self, scope: Scope) -> bool:
        """Whether the layer of `scope` is left out."""
        return scope.article in self.articles or scope.annotator in self.annotators

    def has_vote(self, voter: str) -> bool:
        """Whether a vote is of somebody who is left out: by uid or by name."""
        return voter in self.annotators or voter in self.names


@dataclass(slots=True)
class Gone:
    """What went with what is left out: operations (hashes) and labels (uids)."""

    operations: set[str] = field(default_factory=set)
    labels: set[str] = field(default_factory=set)

    def add(self, given: Iterable[Arrived]) -> None:
        """Count operations as gone."""
        for one in given:
            self.operations.add(one.hash)
            self.labels.update(change.uid for change in one.changes)


class Saying:
    """Operations that say anew how something is, under a replica of their own."""

    def __init__(self, lamport: int, at: str) -> None:
        """Begin above the Lamport number `lamport`; `at` is the time that operations carry."""
        self._lamport = lamport
        self._at = at
        self._replica = new_replica()
        self._n_gestures = 0

    def said(self, scope: Scope, changes: Iterable[Change]) -> Iterator[Arrived]:
        """Yield operations of `scope` with these changes, in one gesture."""
        given = list(changes)
        self._n_gestures += 1
        gesture = numbered(GESTURE, self._replica, self._n_gestures)
        prev = ""
        for sequence, first in enumerate(range(0, len(given), op.BULK_LIMIT), 1):
            self._lamport += 1
            some = tuple(given[first : first + op.BULK_LIMIT])
            head = (self._replica, sequence, prev, self._lamport)
            who = scope.annotator or LEAD
            made = Operation(KIND, scope, *head, who, self._at, gesture, some)
            arrived = incoming.arrived(op.canonical_json(made))
            prev = arrived.hash
            yield arrived


def project_without(given: Iterable[Arrived], without: Without, gone: Gone) -> Iterator[Change]:
    """Yield what the project's scope says now of all that stays."""
    operations = list(given)
    left_out = takingback.left_out([incoming.operation_of(one) for one in operations])
    now = last_written(operations, left_out)
    ever = last_written(operations, ())
    for key in sorted(ever):
        change = now.get(key)
        if (change is None or change.after is None) and key[0] == op.ANNOTATOR:
            change = ever[key]  # who was once named stays: layers name her
        if change is None or change.after is None:
            continue
        body = _staying(key[0], key[1], incoming.body_of(change), without, gone)
        if body is not None:
            yield Change(*key, None, body)


def _staying(kind: str, uid: str, body: Body, without: Without, gone: Gone) -> Body | None:
    if kind in _OF_ARTICLES:
        return None if uid in without.articles else body
    if kind == op.ANNOTATOR:
        return None if uid in without.annotators else body
    if kind == op.ASSIGNMENT:
        return None if without.has(Scope(*parts_of(uid))) else body
    if kind == op.DOUBT_ANSWER:
        return None if uid in gone.labels else body
    if kind == op.TAKEN_BACK:
        names = [name for name in takingback.names_in(body) if name not in gone.operations]
        return takingback.body_naming(names) if names else None
    return body


def layer_without(
    given: Collection[Arrived], left_out: Collection[str], without: Without
) -> list[Change] | None:
    """Return what a layer says now without the votes of who is left out.

    None where its history names none of them, and can stay as it is.
    """
    if not any(_names_voter(one, without) for one in given):
        return None
    changes = []
    for key, change in last_written(given, left_out).items():
        if change.after is not None:
            changes.append(Change(*key, None, _without_votes(incoming.body_of(change), without)))
    return changes


def _names_voter(one: Arrived, without: Without) -> bool:
    bodies = (body for change in incoming.operation_of(one).changes for body in _both(change))
    return any(without.has_vote(voter) for body in bodies for voter, _ in body.get("votes", ()))


def _both(change: Change) -> Iterator[Body]:
    return (body for body in (change.before, change.after) if body is not None)


def _without_votes(body: Body, without: Without) -> Body:
    votes = [vote for vote in body.get("votes", ()) if not without.has_vote(vote[0])]
    return {name: value for name, value in body.items() if name != "votes"} | (
        {"votes": votes} if votes else {}
    )
