"""Operations from elsewhere: taken only where their line is one that Hashiya could have written.

A line is the canonical JSON of an operation, and its SHA-256 is the operation's name. It is decoded
into typed values, and where these are spelled again as the very same bytes, nothing in it is
unknown, doubled or out of place. What the label schema thinks of a label is no matter here.
"""

import hashlib
from functools import lru_cache
from typing import Annotated, Any

import msgspec
import orjson

from annotator.core import canonical, labelshapes
from annotator.core import operations as op
from annotator.core.bodies import Body
from annotator.core.changeshapes import OF_LAYER, OF_PROJECT, Shape, is_hash
from annotator.core.model import Label
from annotator.core.operations import Operation, Scope

LONGEST_LINE = 64 * 1024 * 1024
"""Bytes: the taking back of a very large hand-in has room in it."""
_MOST_VALUES = 1_000_000
"""Values on a line; each takes some 100 bytes of memory."""
_LONG = 64 * 1024
_GREATEST = 1 << 48
"""No file has so many operations; above it the next number might not fit."""

_Number = Annotated[int, msgspec.Meta(ge=1, le=_GREATEST)]
_Name = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
_Word = Annotated[str, msgspec.Meta(min_length=1, max_length=32)]
_Replica = Annotated[str, msgspec.Meta(min_length=8, max_length=8)]
_HashOrNone = Annotated[str, msgspec.Meta(max_length=64)]


class BadOperationError(ValueError):
    """A line that no operation of ours looks like; `str()` names what of it."""


class Arrival(msgspec.Struct, frozen=True, gc=False):
    """A change that came: `after` is the typed body, None where the label went."""

    kind: str
    uid: str
    after: Any


class Arrived(msgspec.Struct, frozen=True, gc=False):
    """An operation that came, with its hash; `body` is spelled as history keeps it."""

    kind: str
    scope: Scope
    replica: str
    sequence: int
    prev: str
    lamport: int
    who: str
    at: str
    gesture: str
    undoes: str
    hash: str
    body: bytes
    changes: tuple[Arrival, ...]

    @property
    def order(self) -> tuple[int, str, int, str]:
        """Its place in the total order."""
        return self.lamport, self.replica, self.sequence, self.hash


class _Change(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, gc=False):
    after: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    before: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    kind: str
    uid: Annotated[str, msgspec.Meta(max_length=160)]


class _Body(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    changes: list[_Change]


class _Line(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    at: str
    body: _Body
    gesture: _Name
    kind: _Word
    lamport: _Number
    prev: _HashOrNone
    replica: _Replica
    scope: list[_Name]
    sequence: _Number
    undoes: _HashOrNone
    who: _Name


class _BulkLine(_Line):
    body: msgspec.Raw  # type: ignore[assignment]  # of bulk work: tables, read apart


_LINE = msgspec.json.Decoder(_Line)
_BULK_LINE = msgspec.json.Decoder(_BulkLine)
_BODY_AT = len('{"at":"","body":')
_AFTER_BODY = b',"gesture":'
_ENCODER = msgspec.json.Encoder()


def arrived(line: bytes) -> Arrived:
    """Return the operation whose canonical JSON `line` is; raise `BadOperationError`."""
    if len(line) > _LONG:
        _refuse_too_long(line)
    try:
        found, body = _decoded(line)
        if b"\\u0000" in line and _has_nul(orjson.loads(line)):
            raise BadOperationError("NUL")
        scope = _scope(found)
        shapes = OF_LAYER if scope.article else OF_PROJECT
        given = found.body
        is_bulk = found.kind in op.BULK_KINDS
        if isinstance(given, _Body) and not (is_bulk and len(given.changes) > 1):
            changes = tuple([_read_change(change, shapes) for change in given.changes])
        else:
            changes = _read_bulk(body, shapes)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise BadOperationError(str(error)) from error
    if len(changes) > 1:
        _refuse_many(changes)
    return Arrived(
        found.kind,
        scope,
        found.replica,
        found.sequence,
        found.prev,
        found.lamport,
        found.who,
        found.at,
        found.gesture,
        found.undoes,
        hashlib.sha256(line).hexdigest(),
        body,
        changes,
    )


def _decoded(line: bytes) -> tuple["_Line | _BulkLine", bytes]:
    """Return a line decoded, and its body as it is spelled; refuse another spelling than ours."""
    try:
        found: _Line | _BulkLine = _LINE.decode(line)
    except msgspec.ValidationError:
        found = _BULK_LINE.decode(line)
        if found.kind not in op.BULK_KINDS:
            raise
    if _ENCODER.encode(found) != line:
        raise BadOperationError("spelling")
    return found, line[_BODY_AT + len(found.at) : line.rindex(_AFTER_BODY)]


def operation_of(given: Arrived) -> Operation:
    """Return `given` as an operation like those of this file."""
    changes = op.changes_from(orjson.loads(given.body))
    head = (given.kind, given.scope, given.replica, given.sequence, given.prev, given.lamport)
    rest = (given.who, given.at, given.gesture, changes, given.undoes, given.hash)
    return Operation(*head, *rest)


def label_of(change: Arrival) -> Label:
    """Return the label that a change, whose kind is one of a label's, left."""
    return labelshapes.label_of(change.kind, change.uid, change.after)


def body_of(change: Arrival) -> Body:
    """Return what a change left, as a body."""
    body: Body = orjson.loads(_ENCODER.encode(change.after))
    return body


def _refuse_too_long(line: bytes) -> None:
    """Refuse a line that would take far more memory than an honest one of its length."""
    n_values = sum(line.count(sign) for sign in (b",", b"[", b"{"))
    if len(line) > LONGEST_LINE or n_values > _MOST_VALUES:
        raise BadOperationError("too long")


def _has_nul(found: object) -> bool:
    todo = [found]
    while todo:
        value = todo.pop()
        if isinstance(value, str) and "\0" in value:
            return True
        if isinstance(value, dict):
            todo += [*value, *value.values()]
        elif isinstance(value, list):
            todo += value
    return False


def _scope(found: "_Line | _BulkLine") -> Scope:
    if len(found.at) not in (0, 17) or not found.kind.isascii():
        raise BadOperationError("spelling")
    if len(found.scope) not in (0, 2):
        raise BadOperationError("scope")
    return _scope_of(*found.scope)


@lru_cache(maxsize=64)
def _scope_of(article: str = "", annotator: str = "") -> Scope:
    """Return a scope; operations of one come one after the other."""
    if article and not is_hash(article):
        raise BadOperationError("scope")
    return Scope(article, annotator) if article else op.PROJECT


def _refuse_many(changes: tuple[Arrival, ...]) -> None:
    if len(changes) > op.BULK_LIMIT:
        raise BadOperationError("changes")
    if len({(change.kind, change.uid) for change in changes}) < len(changes):
        raise BadOperationError("twice")


def _read_change(change: _Change, shapes: dict[str, Shape]) -> Arrival:
    shape = shapes.get(change.kind)
    if shape is None:
        raise BadOperationError(change.kind)
    if change.before is not msgspec.UNSET:
        _read_body(shape, change.uid, change.before)
    after = None
    if change.after is not msgspec.UNSET:
        after = _read_body(shape, change.uid, change.after)
    return Arrival(change.kind, change.uid, after)


def _read_body(shape: Shape, uid: str, raw: Any) -> Any:  # noqa: ANN401
    found = shape.decoder.decode(raw)
    if _ENCODER.encode(found) != bytes(raw) or not shape.is_sound(uid, found):
        raise BadOperationError(uid)
    return found


def _read_bulk(body: bytes, shapes: dict[str, Shape]) -> tuple[Arrival, ...]:
    """Return the changes of bulk work: tables spelled anew must give the same bytes."""
    try:
        given = op.changes_from(orjson.loads(body))
        is_ours = op.body_of(given, is_bulk=len(given) > 1) == body
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise BadOperationError("body") from error
    if not is_ours:
        raise BadOperationError("body")
    return tuple([_read_change(_raw(change), shapes) for change in given])


def _raw(change: op.Change) -> _Change:
    after, before = (
        msgspec.UNSET if body is None else msgspec.Raw(canonical.encoded(body))
        for body in (change.after, change.before)
    )
    return _Change(after=after, before=before, kind=change.kind, uid=change.uid)
