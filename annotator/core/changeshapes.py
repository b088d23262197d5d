"""What a change may say, kind by kind: typed bodies that are decoded and checked in C.

Fields stand in canonical order. A kind of change that is added gets its line in `OF_LAYER` or
`OF_PROJECT`, or nobody takes it from a bundle.
"""

from collections.abc import Callable
from typing import Annotated, Any, Literal, NamedTuple

import msgspec

from annotator.arabic.names import name_problem
from annotator.core import labelshapes, noiselines, takingback
from annotator.core import operations as op
from annotator.core.model import ANNOTATOR_KINDS, CLASSES, REGION_SOURCES, ROLES, Region
from annotator.core.noiselines import NoiseLine
from annotator.core.uids import is_label_uid

_LONGEST_SCHEMA = 1_000_000
_LAST_OFFSET = 1_000_000
_HEX = frozenset("0123456789abcdef")


class Shape(NamedTuple):
    """How the body of a kind is decoded, and what is asked of it besides."""

    decoder: "msgspec.json.Decoder[Any]"
    is_sound: Callable[[str, Any], bool]


def is_hash(name: str) -> bool:
    """Whether `name` is a SHA-256 in hex."""
    return len(name) == 64 and _HEX.issuperset(name)


class _Status(msgspec.Struct, forbid_unknown_fields=True):
    status: Literal["started", "done", "skipped"]


class _Suggestions(msgspec.Struct, forbid_unknown_fields=True):
    suggestions: Literal["seen"]


class _Regions(msgspec.Struct, forbid_unknown_fields=True):
    regions: tuple[Region, ...]


class _Annotator(msgspec.Struct, forbid_unknown_fields=True):
    kind: str
    name: str


class _Schema(msgspec.Struct, forbid_unknown_fields=True):
    toml: Annotated[str, msgspec.Meta(max_length=_LONGEST_SCHEMA)]


class _Withdrawn(msgspec.Struct, forbid_unknown_fields=True):
    withdrawn: Literal[1]


class _Assignment(msgspec.Struct, forbid_unknown_fields=True):
    assigned: Literal[1]


class _DoubtAnswer(msgspec.Struct, forbid_unknown_fields=True):
    text: Annotated[str, msgspec.Meta(min_length=1)]


class _NoiseLine(msgspec.Struct, forbid_unknown_fields=True):
    line: str
    match: str
    site: str


class _TakenBack(msgspec.Struct, forbid_unknown_fields=True):
    operations: str


def _of_label(kind: str) -> Shape:
    decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(labelshapes.SHAPES[kind])
    return Shape(decoder, lambda uid, body: labelshapes.is_sound(kind, uid, body))


def _shape(cls: type[msgspec.Struct], is_sound: Callable[[str, Any], bool]) -> Shape:
    return Shape(msgspec.json.Decoder(cls), is_sound)


def _has_no_uid(uid: str, _: object) -> bool:
    return not uid


def _is_of_article(uid: str, _: object) -> bool:
    return is_hash(uid)


def _is_of_pair(uid: str, _: object) -> bool:
    article, _, annotator = uid.partition("/")
    return is_hash(article) and bool(annotator)


def _are_regions(uid: str, body: _Regions) -> bool:
    last = 0
    for start, end, role, source in body.regions:
        if not last <= start < end <= _LAST_OFFSET or role not in ROLES:
            return False
        if source not in REGION_SOURCES:
            return False
        last = end
    return bool(body.regions) and is_hash(uid)


def _is_annotator(uid: str, body: _Annotator) -> bool:
    return bool(uid) and body.kind in ANNOTATOR_KINDS and name_problem(body.name) is None


def _is_of_label(uid: str, _: object) -> bool:
    return any(is_label_uid(uid, kind) for kind in CLASSES)


def _is_noise_line(uid: str, body: _NoiseLine) -> bool:
    return noiselines.is_sound(uid, NoiseLine(body.site, body.line, body.match))


def _is_taking_back(uid: str, body: _TakenBack) -> bool:
    return bool(uid) and takingback.is_naming(body.operations)


OF_LAYER: dict[str, Shape] = {
    **{kind: _of_label(kind) for kind in CLASSES},
    op.STATUS: _shape(_Status, _has_no_uid),
    op.SUGGESTIONS: _shape(_Suggestions, _has_no_uid),
}
OF_PROJECT: dict[str, Shape] = {
    op.REGIONS: _shape(_Regions, _are_regions),
    op.ANNOTATOR: _shape(_Annotator, _is_annotator),
    op.LABEL_SCHEMA: _shape(_Schema, _has_no_uid),
    op.WITHDRAWN: _shape(_Withdrawn, _is_of_article),
    op.ASSIGNMENT: _shape(_Assignment, _is_of_pair),
    op.DOUBT_ANSWER: _shape(_DoubtAnswer, _is_of_label),
    op.TAKEN_BACK: _shape(_TakenBack, _is_taking_back),
    op.NOISE_LINE: _shape(_NoiseLine, _is_noise_line),
}
