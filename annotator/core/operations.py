"""Operations: what a gesture changed in one scope, and the pure fold that turns them into state.

An operation is named by the SHA-256 of its canonical JSON and never changes. State is the last
writer by label in the total order (Lamport number, replica, sequence, hash): the order of arrival
and the wall clock take no part, so uniting histories is a set union.
"""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from annotator.core import canonical
from annotator.core.bodies import Body

BULK_LIMIT = 1000
"""At most so many labels in one operation of bulk work."""
BULK_KINDS = frozenset({"import", "mark_all"})
"""What operations of bulk work are called."""

STATUS = "status"
SUGGESTIONS = "suggestions"
REGIONS = "regions"
ANNOTATOR = "annotator"
LABEL_SCHEMA = "label_schema"
WITHDRAWN = "withdrawn"
DOUBT_ANSWER = "doubt_answer"
ASSIGNMENT = "assignment"
TAKEN_BACK = "taken_back"
NOISE_LINE = "noise_line"


@dataclass(frozen=True, slots=True)
class Scope:
    """A layer (the article's SHA-256 and the annotator's uid), or, with both empty, the project."""

    article: str = ""
    annotator: str = ""

    @property
    def is_project(self) -> bool:
        """Whether this is the project's own scope."""
        return not self.article


PROJECT = Scope()


@dataclass(frozen=True, slots=True)
class Change:
    """One label, or one other thing of the scope, before and after; None where it was not there."""

    kind: str
    uid: str
    before: Body | None
    after: Body | None

    @property
    def key(self) -> tuple[str, str]:
        """What is changed: kind and uid."""
        return self.kind, self.uid


@dataclass(frozen=True, slots=True)
class Operation:
    """What one gesture changed in one scope.

    `sequence` and `prev` (a hash) count within the scope and the replica; `at` is UTC to the
    minute or empty; `undoes` is the hash of the operation that this one takes back.
    """

    kind: str
    scope: Scope
    replica: str
    sequence: int
    prev: str
    lamport: int
    who: str
    at: str
    gesture: str
    changes: tuple[Change, ...]
    undoes: str = ""
    hash: str = field(default="", compare=False)


def recorded(operation: Operation) -> tuple[Operation, bytes]:
    """Return `operation` with its hash, and the canonical JSON of its body."""
    body = body_of(operation.changes, is_bulk=is_bulk(operation))
    name = hashlib.sha256(around(operation, body)).hexdigest()
    named = Operation(
        operation.kind,
        operation.scope,
        operation.replica,
        operation.sequence,
        operation.prev,
        operation.lamport,
        operation.who,
        operation.at,
        operation.gesture,
        operation.changes,
        operation.undoes,
        name,
    )
    return named, body


def is_bulk(operation: Operation) -> bool:
    """Whether the body is written as column names and rows rather than change by change."""
    return operation.kind in BULK_KINDS and len(operation.changes) > 1


def canonical_json(operation: Operation) -> bytes:
    """Return the canonical JSON of `operation`, over which its hash is taken."""
    body = body_of(operation.changes, is_bulk=is_bulk(operation))
    return around(operation, body)


def around(operation: Operation, body: bytes) -> bytes:
    """Return the canonical JSON of `operation`, whose changes are spelled in `body`."""
    rest = {
        "gesture": operation.gesture,
        "kind": operation.kind,
        "lamport": operation.lamport,
        "prev": operation.prev,
        "replica": operation.replica,
        "scope": scope_as_list(operation.scope),
        "sequence": operation.sequence,
        "undoes": operation.undoes,
        "who": operation.who,
    }
    head = canonical.encoded({"at": operation.at})[:-1]  # `body` sorts after it, before the rest
    return head + b',"body":' + body + b"," + canonical.encoded(rest)[1:]


def scope_as_list(scope: Scope) -> list[str]:
    """Return `scope` as JSON has it: empty for the project."""
    return [] if scope.is_project else [scope.article, scope.annotator]


def order(operation: Operation) -> tuple[int, str, int, str]:
    """Return the place of `operation` in the total order."""
    return operation.lamport, operation.replica, operation.sequence, operation.hash


# --- the body ---------------------------------------------------------------------------------


def body_of(changes: Iterable[Change], *, is_bulk: bool) -> bytes:
    """Return the canonical JSON of what an operation's `changes` say."""
    return canonical.encoded(_as_map(changes, is_bulk))


def _as_map(changes: Iterable[Change], is_bulk: bool) -> Body:
    if not is_bulk:
        return {"changes": [_change_as_map(change) for change in changes]}
    body: Body = {}
    single = []
    added: dict[str, list[Change]] = {}
    for change in changes:
        if change.before is None and change.after is not None and change.uid:
            added.setdefault(change.kind, []).append(change)
        else:
            single.append(_change_as_map(change))
    if added:
        body["added"] = {kind: _as_table(rows) for kind, rows in added.items()}
    if single:
        body["changes"] = single
    return body


def _change_as_map(change: Change) -> Body:
    entry: Body = {"kind": change.kind, "uid": change.uid}
    if change.before is not None:
        entry["before"] = change.before
    if change.after is not None:
        entry["after"] = change.after
    return entry


def _as_table(changes: list[Change]) -> Body:
    names: dict[str, None] = {}
    for change in changes:
        names.update(dict.fromkeys(change.after or ()))
    columns = sorted(names)
    rows = [
        [change.uid, *((change.after or {}).get(name, 0) for name in columns)] for change in changes
    ]
    return {"columns": ["uid", *columns], "rows": rows}


def changes_from(body: Body) -> tuple[Change, ...]:
    """Return the changes that a body, plain or as column names and rows, holds."""
    changes = [
        Change(kind, row[0], None, _row_as_map(table["columns"], row))
        for kind, table in body.get("added", {}).items()
        for row in table["rows"]
    ]
    changes += [
        Change(entry["kind"], entry["uid"], entry.get("before"), entry.get("after"))
        for entry in body.get("changes", ())
    ]
    return tuple(changes)


def _row_as_map(columns: list[str], row: list[Any]) -> Body:
    return {name: value for name, value in zip(columns[1:], row[1:], strict=True) if value != 0}


# --- the fold ---------------------------------------------------------------------------------

State = dict[Scope, dict[tuple[str, str], Body]]


def fold(operations: Iterable[Operation], left_out: Collection[str] = ()) -> State:
    """Return what `operations` leave: by scope, the body of everything that is there.

    `left_out` names operations of hand-ins that were taken back (`takingback.left_out`). Held and
    standing are told apart by `standing.told_apart`.
    """
    last: dict[Scope, dict[tuple[str, str], tuple[tuple[int, str, int, str], Body | None]]] = {}
    for operation in operations:
        if operation.hash in left_out:
            continue
        place = order(operation)
        written = last.setdefault(operation.scope, {})
        for change in operation.changes:
            before = written.get(change.key)
            if before is None or before[0] < place:
                written[change.key] = (place, change.after)
    return {
        scope: {key: body for key, (_, body) in written.items() if body is not None}
        for scope, written in last.items()
    }
