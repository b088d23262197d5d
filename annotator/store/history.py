"""The operations table: appending, reading back, and what undo walks along."""

import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import orjson
from msgspec.structs import astuple

from annotator.core import operations as op
from annotator.core.operations import Operation, Scope
from annotator.core.uids import layer_uid

if TYPE_CHECKING:  # who opens a file to read takes nothing in
    from annotator.core.incoming import Arrived

_PACKED_FROM = 1500
"""Bytes of a bulk body from which on it is stored as zlib; the hash is over the plain bytes."""
COLUMNS = (
    *("hash", "replica", "sequence", "prev", "lamport", "layer"),
    *("who", "at", "kind", "gesture", "undoes", "body"),
)
INSERT = f"INSERT INTO operations({','.join(COLUMNS)}) VALUES({','.join('?' * len(COLUMNS))})"
_SELECT = (
    "SELECT o.kind,a.sha256,n.uid,o.replica,o.sequence,o.prev,o.lamport,o.who,o.at,o.gesture,"
    "o.undoes,o.hash,o.body FROM operations o LEFT JOIN layers l ON l.id=o.layer"
    " LEFT JOIN articles a ON a.id=l.article LEFT JOIN annotators n ON n.id=l.annotator"
)


_TAKING_BACK = " WHERE o.layer IS (SELECT layer FROM operations WHERE hash=?) AND o.undoes=?"
"""An undo stands in the scope of what it takes back, and scopes have an index."""


def append(connection: sqlite3.Connection, operation: Operation, layer: int | None) -> Operation:
    """Write `operation` under the row id of its layer; return it with its hash."""
    named, body = op.recorded(operation)
    connection.execute(INSERT, row_of(named, body, layer))
    return named


def row_of(operation: Operation, body: bytes, layer: int | None) -> tuple[object, ...]:
    """Return the row of `operation`, whose body has the canonical JSON `body`."""
    return (
        operation.hash,
        operation.replica,
        operation.sequence,
        operation.prev,
        operation.lamport,
        layer,
        operation.who,
        operation.at,
        operation.kind,
        operation.gesture,
        operation.undoes,
        _stored(operation, body),
    )


def row_of_arrived(given: "Arrived", layer: int | None) -> tuple[object, ...]:
    """Return the row of an operation that came from elsewhere."""
    at, _, gesture, kind, lamport, prev, replica, _, sequence, undoes, who = astuple(given.line)
    is_bulk = len(given.changes) > 1 and kind in op.BULK_KINDS
    return (
        given.hash,
        replica,
        sequence,
        prev,
        lamport,
        layer,
        who,
        at,
        kind,
        gesture,
        undoes,
        _packed(given.body) if is_bulk else given.body.decode(),
    )


def _stored(operation: Operation, body: bytes) -> str | bytes:
    return _packed(body) if op.is_bulk(operation) else body.decode()


def _packed(body: bytes) -> str | bytes:
    return zlib.compress(body, 1) if len(body) > _PACKED_FROM else body.decode()


def tail(connection: sqlite3.Connection, layer: int | None, replica: str) -> tuple[int, str]:
    """Return the sequence and the hash of the last operation of `replica` in a scope."""
    row = connection.execute(
        "SELECT sequence,hash FROM operations WHERE layer IS ? AND replica=?"
        " ORDER BY sequence DESC LIMIT 1",
        (layer, replica),
    ).fetchone()
    return (row[0], row[1]) if row else (0, "")


def layer_row(connection: sqlite3.Connection, scope: Scope) -> int:
    """Return the row id of the layer that `scope` names, made where there is none yet."""
    uid = layer_uid(scope.article, scope.annotator)
    row = connection.execute("SELECT id FROM layers WHERE uid=?", (uid,)).fetchone()
    if row is None:
        row = connection.execute(
            "INSERT INTO layers(uid,article,annotator) SELECT ?,a.id,n.id"
            " FROM articles a, annotators n WHERE a.sha256=? AND n.uid=? RETURNING id",
            (uid, scope.article, scope.annotator),
        ).fetchone()
    if row is None:
        raise LookupError(f"no article {scope.article[:16]} or no annotator {scope.annotator}")
    return int(row[0])


def drop_if_empty(connection: sqlite3.Connection, layer: int) -> None:
    """Drop a layer that a gesture began and then left as it was, unless it is assigned.

    Layers begin with an operation or an assignment.
    """
    connection.execute(
        "DELETE FROM layers WHERE id=? AND NOT EXISTS (SELECT 1 FROM operations WHERE layer=?)"
        " AND NOT EXISTS (SELECT 1 FROM assignments s JOIN annotators n ON n.uid=s.annotator"
        " JOIN articles a ON a.sha256=s.article WHERE a.id=layers.article"
        " AND n.id=layers.annotator)",
        (layer, layer),
    )


def has_others_since(connection: sqlite3.Connection, layer: int, since: Operation) -> bool:
    """Whether operations of another replica came into a layer after `since`."""
    query = (
        "SELECT 1 FROM operations WHERE layer=? AND replica<>?"
        " AND id>(SELECT id FROM operations WHERE hash=?) LIMIT 1"
    )
    key = (layer, since.replica, since.hash)
    return connection.execute(query, key).fetchone() is not None


def operations_of(
    connection: sqlite3.Connection, layer: int | None, replica: str = ""
) -> Iterator[Operation]:
    """Yield the operations of a scope (None: the project's), newest of its replica first."""
    condition = " WHERE o.layer IS ?" + (" AND o.replica=?" if replica else "")
    key = (layer, replica) if replica else (layer,)
    query = _SELECT + condition + " ORDER BY o.sequence DESC"
    return _read(connection.execute(query, key))


def operations_of_gesture(connection: sqlite3.Connection, gesture: str) -> list[Operation]:
    """Return the operations that one gesture recorded, in the order of recording."""
    return list(_read(connection.execute(_SELECT + " WHERE o.gesture=? ORDER BY o.id", (gesture,))))


def operation(connection: sqlite3.Connection, name: str) -> Operation | None:
    """Return the operation whose hash is `name`."""
    return next(_read(connection.execute(_SELECT + " WHERE o.hash=?", (name,))), None)


def last_undo_of(connection: sqlite3.Connection, name: str) -> Operation | None:
    """Return the last operation that took the operation `name` back, or None."""
    query = _SELECT + _TAKING_BACK + " ORDER BY o.lamport DESC LIMIT 1"
    return next(_read(connection.execute(query, (name, name))), None)


def is_in_force(connection: sqlite3.Connection, name: str) -> bool:
    """Whether the operation `name` was not taken back, or its taking back was."""
    query = f"SELECT o.hash FROM operations o {_TAKING_BACK} ORDER BY o.lamport DESC LIMIT 1"
    row = connection.execute(query, (name, name)).fetchone()
    return row is None or not is_in_force(connection, row[0])


def all_operations(connection: sqlite3.Connection) -> Iterator[Operation]:
    """Yield every operation, scope by scope: the project's own first."""
    return _read(connection.execute(_SELECT + " ORDER BY o.layer IS NOT NULL,o.layer,o.id"))


def _read(found: Iterable[tuple[Any, ...]]) -> Iterator[Operation]:
    for row in found:
        kind, article, annotator, replica, sequence, prev, lamport, who, at, *rest = row
        gesture, undoes, name, body = rest
        yield Operation(
            kind,
            Scope(article, annotator) if article else op.PROJECT,
            replica,
            sequence,
            prev,
            lamport,
            who,
            at,
            gesture,
            op.changes_from(plain_body(body)),
            undoes,
            name,
        )


def plain_body(body: str | bytes) -> dict[str, Any]:
    """Return a stored body, zlib or text, as a value."""
    found: dict[str, Any] = orjson.loads(spelled_body(body))
    return found


def spelled_body(body: str | bytes) -> bytes:
    """Return a stored body, zlib or text, as the canonical JSON that is hashed."""
    return zlib.decompress(body) if isinstance(body, bytes) else body.encode()
