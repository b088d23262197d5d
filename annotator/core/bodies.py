"""Labels as plain values for history: what is empty or usual is left out.

A body is a JSON map of strings, integers and lists. Leaving defaults out keeps old hashes true
when a label later learns a new field.
"""

from collections.abc import Callable
from typing import Any

import msgspec

from annotator.core.model import (
    CLASSES,
    KIND_OF,
    PERSON,
    Extent,
    Label,
    Origin,
    Party,
    Span,
)

Body = dict[str, Any]


class BadBodyError(ValueError):
    """A body that no label could have written; `str()` names the field."""


def body_of(label: Label) -> Body:
    """Return `label` as a body, without its uid."""
    kind = KIND_OF[type(label)]
    body: Body = {}
    for name, default, write, _ in FIELDS[kind]:
        value = getattr(label, name)
        if value != default:
            body[body_key(name)] = write(value)
    return body


def label_from(kind: str, uid: str, body: Body) -> Label:
    """Return the label that `body` says; raise `BadBodyError` where it says none."""
    values: dict[str, Any] = {}
    known = 0
    for name, default, _, read in FIELDS[kind]:
        key = body_key(name)
        if key in body:
            values[name] = read(body[key], key)
            known += 1
        elif default is None:
            raise BadBodyError(key)
    if known != len(body):
        raise BadBodyError(", ".join(sorted(set(body) - set(_body_keys(kind)))))
    return CLASSES[kind](uid, **values)


def body_key(name: str) -> str:
    """Return what the field `name` of a label is called in its body."""
    return _BODY_NAME.get(name, name)


def _body_keys(kind: str) -> list[str]:
    return [body_key(name) for name, _, _, _ in FIELDS[kind]]


def _text(value: object, key: str) -> str:
    if not isinstance(value, str):
        raise BadBodyError(key)
    return value


def _extent(value: object, key: str) -> Extent:
    return tuple(_span(item, key) for item in _list(value, key))


def _span(value: object, key: str) -> Span:
    match value:
        case [int(start), int(end), str(quote)] if not _has_bool(start, end):
            return Span(start, end, quote)
    raise BadBodyError(key)


def _pairs(value: object, key: str) -> tuple[tuple[str, str], ...]:
    pairs = []
    for item in _list(value, key):
        match item:
            case [str(name), str(text)]:
                pairs.append((name, text))
            case _:
                raise BadBodyError(key)
    return tuple(pairs)


def _strings(value: object, key: str) -> tuple[str, ...]:
    return tuple(_text(item, key) for item in _list(value, key))


def _party(value: object, key: str) -> Party:
    match value:
        case [str(kind), str(ref)]:
            return Party(kind, ref)
    raise BadBodyError(key)


def _origin(value: object, key: str) -> Origin:
    match value:
        case [str(by), str(source), int(confidence)] if 0 <= confidence <= 1000 and not _has_bool(
            confidence
        ):
            return Origin(by, source, confidence)
    raise BadBodyError(key)


def _has_bool(*values: object) -> bool:
    """Whether any is true or false, which Python takes for integers."""
    return any(isinstance(value, bool) for value in values)


def _list(value: object, key: str) -> list[Any]:
    if not isinstance(value, list):
        raise BadBodyError(key)
    return value


def _as_lists(value: tuple[tuple[object, ...], ...]) -> list[list[object]]:
    return [list(item) for item in value]


def _same(value: object) -> object:
    return value


_Write = Callable[[Any], object]
_Read = Callable[[object, str], Any]
_BODY_NAME = {"extent": "spans"}
_CODEC: dict[str, tuple[_Write, _Read]] = {
    "extent": (_as_lists, _extent),
    "head": (_as_lists, _extent),
    "evidence": (_as_lists, _extent),
    "attributes": (_as_lists, _pairs),
    "votes": (_as_lists, _pairs),
    "values": (list, _strings),
    "holder": (lambda party: [party.kind, party.ref], _party),
    "origin": (lambda origin: [origin.by, origin.source, origin.confidence], _origin),
}
_PARTY_TARGET = _CODEC["holder"]
_DEFAULTS: dict[str, object] = {
    "subtype": "",
    "head": (),
    "link": "",
    "attributes": (),
    "note": "",
    "doubt": "",
    "origin": PERSON,
    "decision": "",
    "votes": (),
    "evidence": (),
    "voice": "author",
}


def _fields_of(kind: str) -> list[tuple[str, object, _Write, _Read]]:
    table = []
    for field in msgspec.structs.fields(CLASSES[kind])[1:]:
        write, read = _CODEC.get(field.name, (_same, _text))
        if kind == "stance" and field.name == "target":
            write, read = _PARTY_TARGET
        table.append((field.name, _DEFAULTS.get(field.name), write, read))
    return table


FIELDS = {kind: _fields_of(kind) for kind in CLASSES}
"""By kind: a field's name, its usual value (None: it must be there), how it is written and read."""
