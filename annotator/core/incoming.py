"""Operations from elsewhere: taken only where their line is one that Hashiya could have written.

A line is the canonical JSON of an operation, and its SHA-256 is the operation's name. It is decoded
into typed values, and where these are spelled again as the very same bytes, nothing in it is
unknown, doubled or out of place. What the label schema thinks of a label is no matter here.
"""

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache
from operator import attrgetter, lt
from typing import Any

import msgspec
import orjson

from annotator.core import canonical, labelshapes
from annotator.core import operations as op
from annotator.core.bodies import Body
from annotator.core.changeshapes import OF_LAYER, OF_PROJECT, Shape, is_hash
from annotator.core.labelshapes import are_sorted
from annotator.core.lineshapes import (
    BULK_LINE,
    LINE,
    OF_ONE_LABEL,
    Arrival,
    BulkLine,
    Change,
    Line,
    OneByOne,
)
from annotator.core.model import Label
from annotator.core.operations import Operation, Scope

LONGEST_LINE = 64 * 1024 * 1024
"""Bytes: the taking back of a very large hand-in has room in it."""
_MOST_VALUES = 1_000_000
"""Values on a line; each takes some 100 bytes of memory."""
_LONG = 64 * 1024


class BadOperationError(ValueError):
    """A line that no operation of ours looks like; `str()` names what of it."""


class NewerOperationError(BadOperationError):
    """A line spelled like ours that changes what only a later Hashiya knows."""


class Arrived(msgspec.Struct, frozen=True, gc=False):
    """An operation that came: its line, in fields and as `said`; its body as history keeps it."""

    line: Line
    scope: Scope
    hash: str
    body: bytes
    said: bytes
    changes: tuple[Arrival, ...]

    @property
    def order(self) -> tuple[int, str, int, str]:
        """Its place in the total order."""
        line = self.line
        return line.lamport, line.replica, line.sequence, self.hash


_BODY_AT = len('{"at":"","body":')
_AFTER_BODY = b',"gesture":'
_LETTER_AT = len('E0123456789abcd"}]}')
_ONE_LABEL = {ord(letter): decoder.decode for letter, decoder in OF_ONE_LABEL.items()}
_BACKSLASH = ord("\\")
_is_kind = re.compile(r"[a-z][a-z_]{0,31}").fullmatch
_is_uid = re.compile(r"[A-Z][0-9a-v]{14}").fullmatch
_WRONG = (
    msgspec.MsgspecError,
    UnicodeDecodeError,
    RecursionError,
    BadOperationError,
    LookupError,
)
_spelled = msgspec.json.Encoder().encode
_sha256 = hashlib.sha256


def arrived(line: bytes) -> Arrived:
    """Return the operation whose canonical JSON `line` is; raise `BadOperationError`.

    `NewerOperationError` is raised where all that is wrong with a change is that its kind is new.
    """
    return _of_one_label(line) or _of_any_kind(line)


def _of_one_label(line: bytes) -> Arrived | None:
    """Return an operation on one label of a layer, as nearly all are: decoded in one go.

    None where it is something else, or wrong: `_of_any_kind` looks at it part by part.
    """
    if len(line) > _LONG or (_BACKSLASH in line and b"\\u0000" in line):
        return None
    end = line.rfind(_AFTER_BODY)
    try:
        found = _ONE_LABEL[line[end - _LETTER_AT]](line)
        if _spelled(found) != line:
            return None
        scope = _scope_of(*found.scope)
    except _WRONG:
        return None
    at, changes = found.at, found.body.changes
    (change,) = changes
    is_sound = (
        _is_uid(change.uid)
        and are_sorted(change.after)
        and (change.before is None or are_sorted(change.before))
        and len(at) in (0, 17)
        and found.kind.isascii()
    )
    if not is_sound:
        return None
    name, body = _sha256(line).hexdigest(), line[_BODY_AT + len(at) : end]
    return Arrived(found, scope, name, body, line, changes)


def _of_any_kind(line: bytes) -> Arrived:
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
        if isinstance(given, OneByOne) and not (is_bulk and len(given.changes) > 1):
            changes = tuple([_read_change(change, shapes) for change in given.changes])
        else:
            changes = _read_bulk(body, shapes)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise BadOperationError(str(error)) from error
    if len(changes) > 1:
        _refuse_many(changes)
    return Arrived(found, scope, _sha256(line).hexdigest(), body, line, changes)


def _decoded(line: bytes) -> tuple[Line, bytes]:
    """Return a line decoded, and its body as it is spelled; refuse another spelling than ours."""
    try:
        found: Line | BulkLine = LINE.decode(line)
    except msgspec.ValidationError:
        found = BULK_LINE.decode(line)
        if found.kind not in op.BULK_KINDS:
            raise
    if _spelled(found) != line:
        raise BadOperationError("spelling")
    return found, line[_BODY_AT + len(found.at) : line.rindex(_AFTER_BODY)]


def in_order(given: Sequence[Arrived]) -> Sequence[Arrived]:
    """Return operations in the total order, in which they mostly come."""
    lamports = [one.line.lamport for one in given]
    if all(map(lt, lamports, lamports[1:])):
        return given
    return sorted(given, key=attrgetter("order"))


def operation_of(given: Arrived) -> Operation:
    """Return `given` as an operation like those of this file."""
    changes = op.changes_from(orjson.loads(given.body))
    line = given.line
    head = (line.kind, given.scope, line.replica, line.sequence, line.prev, line.lamport)
    rest = (line.who, line.at, line.gesture, changes, line.undoes, given.hash)
    return Operation(*head, *rest)


def label_of(change: Arrival) -> Label:
    """Return the label that a change, whose kind is one of a label's, left."""
    return labelshapes.label_of(change.kind, change.uid, change.after)


def body_of(change: Arrival) -> Body:
    """Return what a change left, as a body."""
    body: Body = orjson.loads(_spelled(change.after))
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


def _scope(found: Line) -> Scope:
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


def _read_change(change: Change, shapes: dict[str, Shape]) -> Arrival:
    shape = shapes.get(change.kind)
    if shape is None:
        raise _of_unknown(change.kind)
    if change.before is not msgspec.UNSET:
        _read_body(shape, change.uid, change.before)
    after = None
    if change.after is not msgspec.UNSET:
        after = _read_body(shape, change.uid, change.after)
    return Arrival(kind=change.kind, uid=change.uid, after=after)


def _of_unknown(kind: str) -> BadOperationError:
    """Return what is wrong with a kind that its scope does not have: here it is known, or new."""
    is_new = kind not in OF_LAYER and kind not in OF_PROJECT and _is_kind(kind)
    return (NewerOperationError if is_new else BadOperationError)(kind)


def _read_body(shape: Shape, uid: str, raw: Any) -> Any:  # noqa: ANN401
    found = shape.decoder.decode(raw)
    if _spelled(found) != bytes(raw) or not shape.is_sound(uid, found):
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


def _raw(change: op.Change) -> Change:
    after, before = (
        msgspec.UNSET if body is None else msgspec.Raw(canonical.encoded(body))
        for body in (change.after, change.before)
    )
    return Change(after=after, before=before, kind=change.kind, uid=change.uid)
