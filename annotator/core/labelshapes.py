"""Bodies of labels as typed values: decoded, checked and spelled again in C.

What comes by the hundred thousand goes through these; `bodies` says the same for one at a time,
and these are made from its fields.
"""

from collections.abc import Callable
from itertools import pairwise
from typing import Annotated, Any

import msgspec

from annotator.core.bodies import FIELDS, body_key
from annotator.core.model import (
    CLASSES,
    PERSON,
    Answer,
    Argument,
    Entity,
    Event,
    Label,
    Origin,
    Party,
    Relation,
    Span,
    Stance,
)
from annotator.core.uids import is_label_uid

_Pairs = tuple[tuple[str, str], ...]
_Spans = tuple[Span, ...]
_Party = tuple[str, str]
_Thousandths = Annotated[int, msgspec.Meta(ge=0, le=1000)]
_PERSON = (PERSON.by, PERSON.source, PERSON.confidence)
_TYPES: dict[str, Any] = {
    "extent": _Spans,
    "head": _Spans,
    "evidence": _Spans,
    "attributes": _Pairs,
    "votes": _Pairs,
    "values": tuple[str, ...],
    "holder": _Party,
    "origin": tuple[str, str, _Thousandths],
}


def _shape_of(kind: str) -> type[msgspec.Struct]:
    fields: list[Any] = []
    for name, default, _, _ in FIELDS[kind]:
        type_ = _Party if (kind, name) == ("stance", "target") else _TYPES.get(name, str)
        usual = () if default is None else (_PERSON if name == "origin" else default,)
        fields.append((body_key(name), type_, *usual))
    return msgspec.defstruct(
        kind,
        sorted(fields),
        kw_only=True,
        frozen=True,
        gc=False,
        omit_defaults=True,
        forbid_unknown_fields=True,
    )


SHAPES = {kind: _shape_of(kind) for kind in CLASSES}
"""By kind: fields under the names of the body, in canonical order, usual values left out."""


def is_sound(kind: str, uid: str, body: Any) -> bool:  # noqa: ANN401
    """Whether a shape is one that a gesture could have written for the label `uid`."""
    return are_sorted(body) and is_label_uid(uid, kind)


def are_sorted(body: Any) -> bool:  # noqa: ANN401
    """Whether the attributes of a shape, or of None, are in order and each there once."""
    pairs = getattr(body, "attributes", ())
    return len(pairs) < 2 or all(one[0] < other[0] for one, other in pairwise(pairs))


def label_of(kind: str, uid: str, body: Any) -> Label:  # noqa: ANN401
    """Return the label that a shape of `kind` says."""
    return MADE[kind](uid, body)


def _origin(body: Any) -> Origin:  # noqa: ANN401
    return PERSON if body.origin == _PERSON else Origin(*body.origin)


def _entity(uid: str, body: Any) -> Label:  # noqa: ANN401
    return Entity(
        uid,
        body.spans,
        body.type,
        body.subtype,
        body.head,
        body.link,
        body.attributes,
        body.note,
        body.doubt,
        _origin(body),
        body.decision,
        body.votes,
    )


def _rest(body: Any) -> tuple[Any, ...]:  # noqa: ANN401
    return body.note, body.doubt, _origin(body), body.decision, body.votes


def _event(uid: str, body: Any) -> Label:  # noqa: ANN401
    return Event(uid, body.spans, body.type, body.attributes, *_rest(body))


def _argument(uid: str, body: Any) -> Label:  # noqa: ANN401
    return Argument(uid, body.event, body.type, body.filler, *_rest(body))


def _stance(uid: str, body: Any) -> Label:  # noqa: ANN401
    own = (Party(*body.holder), Party(*body.target), body.type, body.voice, body.evidence)
    return Stance(uid, *own, body.attributes, *_rest(body))


def _relation(uid: str, body: Any) -> Label:  # noqa: ANN401
    own = (body.type, body.source, body.target, body.attributes)
    return Relation(uid, *own, *_rest(body))


def _answer(uid: str, body: Any) -> Label:  # noqa: ANN401
    return Answer(uid, body.type, body.values, *_rest(body))


MADE: dict[str, Callable[[str, Any], Label]] = {
    "entity": _entity,
    "event": _event,
    "argument": _argument,
    "stance": _stance,
    "relation": _relation,
    "answer": _answer,
}
"""By kind: how the label is made that has this uid and a shape."""
