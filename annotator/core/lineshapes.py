"""Lines of a bundle as typed values: fields in canonical order, decoded and spelled again in C."""

from typing import Annotated, Any, Literal

import msgspec

from annotator.core.labelshapes import SHAPES
from annotator.core.model import LETTER

_GREATEST = 1 << 48
"""No file has so many operations; above it the next number might not fit."""

_Number = Annotated[int, msgspec.Meta(ge=1, le=_GREATEST)]
_Name = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
_Word = Annotated[str, msgspec.Meta(min_length=1, max_length=32)]
_Replica = Annotated[str, msgspec.Meta(min_length=8, max_length=8)]
_HashOrNone = Annotated[str, msgspec.Meta(max_length=64)]
_Uid = Annotated[str, msgspec.Meta(max_length=160)]


class Change(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, gc=False):
    """A change whose bodies are still to be read, by its kind."""

    after: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    before: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    kind: str
    uid: _Uid


class OneByOne(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    """The body of an operation whose changes stand one after the other."""

    changes: list[Change]


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """An operation."""

    at: str
    body: Any
    gesture: _Name
    kind: _Word
    lamport: _Number
    prev: _HashOrNone
    replica: _Replica
    scope: list[_Name]
    sequence: _Number
    undoes: _HashOrNone
    who: _Name


class _PlainLine(Line, frozen=True):
    body: OneByOne


class BulkLine(Line, frozen=True):
    """An operation of bulk work: its body is tables, read apart."""

    body: msgspec.Raw


class Arrival(msgspec.Struct, kw_only=True, frozen=True, gc=False):
    """A change that came: `after` is the typed body, None where the label went.

    `before` is there only where a line was decoded in one go; nobody asks for it later.
    """

    after: Any = None
    before: Any = None
    kind: str
    uid: str


class OneChange(msgspec.Struct, frozen=True, gc=False):
    """The body of an operation with a single change."""

    changes: tuple[Arrival]


class OneLabel(Line, frozen=True):
    """An operation of a layer that changes one label."""

    body: OneChange
    scope: tuple[_Name, _Name]  # type: ignore[assignment]  # of a layer, never of the project


def _of_one(kind: str) -> "msgspec.json.Decoder[OneLabel]":
    shape = SHAPES[kind] | None
    bodies: list[Any] = [("after", shape, None), ("before", shape, None)]
    change: Any = msgspec.defstruct(
        f"one_{kind}",
        [*bodies, ("kind", Literal[kind]), ("uid", str)],
        bases=(Arrival,),
        kw_only=True,
        gc=False,
        omit_defaults=True,
        forbid_unknown_fields=True,
    )
    body = msgspec.defstruct(
        f"changes_{kind}",
        [("changes", tuple[change])],
        bases=(OneChange,),
        gc=False,
        forbid_unknown_fields=True,
    )
    line = msgspec.defstruct(f"line_{kind}", [("body", body)], bases=(OneLabel,), gc=False)
    return msgspec.json.Decoder(line)


LINE: "msgspec.json.Decoder[Line]" = msgspec.json.Decoder(_PlainLine)
BULK_LINE = msgspec.json.Decoder(BulkLine)
OF_ONE_LABEL = {LETTER[kind].encode(): _of_one(kind) for kind in SHAPES}
"""By the letter of its uid: lines in a layer, with a single change, of a label with its bodies."""
