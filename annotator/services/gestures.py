"""The gestures of `apply` as values: what a line of JSON may say, key by key.

Names beginning with `$` stand for labels of earlier lines of the same run.
"""

from typing import Literal

import msgspec

from annotator.core import strictjson
from annotator.core.errors import UserError

Offsets = tuple[int, int]


class _Base(msgspec.Struct, forbid_unknown_fields=True, tag_field="do", kw_only=True):
    """What every line may have."""


class NamedPair(msgspec.Struct, forbid_unknown_fields=True):
    """An attribute of a label."""

    name: str
    value: str


class PartyGiven(msgspec.Struct, forbid_unknown_fields=True):
    """The target of a stance."""

    kind: Literal["topic", "entity", "event"]
    ref: str


class _Adding(_Base, kw_only=True):
    name: str = msgspec.field(default="", name="as")
    note: str = ""
    doubt: str = ""


class _Placed(_Adding, kw_only=True):
    article: str
    type: str
    start: int | None = None
    end: int | None = None
    quote: str | None = None
    spans: list[Offsets] = []
    quotes: list[str] | None = None
    attributes: list[NamedPair] = []


class AddEntity(_Placed, tag="add_entity", kw_only=True):
    """Label a mention."""

    subtype: str = ""
    head: Offsets | None = None
    link: str = ""


class AddEvent(_Placed, tag="add_event", kw_only=True):
    """Label a trigger."""


class AddArgument(_Adding, tag="add_argument", kw_only=True):
    """Fill a role."""

    event: str
    role: str
    filler: str


class AddStance(_Adding, tag="add_stance", kw_only=True):
    """Say who stands how towards what."""

    article: str
    target: PartyGiven
    value: str
    holder: str = "author"
    voice: str = "author"
    evidence: list[Offsets] = []
    quotes: list[str] | None = None
    attributes: list[NamedPair] = []


class AddRelation(_Adding, tag="add_relation", kw_only=True):
    """Relate two labels."""

    type: str
    source: str
    target: str
    attributes: list[NamedPair] = []


class GiveAnswer(_Adding, tag="answer", kw_only=True):
    """Answer a question about the article."""

    article: str
    question: str
    values: list[str]


class Change(_Base, tag="change", kw_only=True):
    """Change a label; only the fields given, each of which the label's kind must have."""

    uid: str
    type: str | None = None
    start: int | None = None
    end: int | None = None
    quote: str | None = None
    spans: list[Offsets] | None = None
    quotes: list[str] | None = None
    subtype: str | None = None
    head: list[int] | None = None
    link: str | None = None
    attributes: list[NamedPair] | None = None
    note: str | None = None
    doubt: str | None = None
    event: str | None = None
    role: str | None = None
    filler: str | None = None
    holder: str | None = None
    target: PartyGiven | str | None = None
    value: str | None = None
    voice: str | None = None
    evidence: list[Offsets] | None = None
    source: str | None = None
    question: str | None = None
    values: list[str] | None = None


class Remove(_Base, tag="remove", kw_only=True):
    """Remove a label and what points to it."""

    uid: str


class SayRight(_Base, tag="say_right", kw_only=True):
    """Say that the attached letters of a label are right as they are."""

    uid: str


class SetStatus(_Base, tag="set_status", kw_only=True):
    """Say how far the article is read."""

    article: str
    status: Literal["started", "done", "skipped"]


class RegionGiven(msgspec.Struct, forbid_unknown_fields=True):
    """A stretch of the article with its role."""

    start: int
    end: int
    role: str


class SetRegions(_Base, tag="set_regions", kw_only=True):
    """Give an article all its regions."""

    article: str
    regions: list[RegionGiven]


class SetRole(_Base, tag="set_role", kw_only=True):
    """Give the lines of a stretch of the article, or with `exact` just that, a role."""

    article: str
    start: int
    end: int
    role: str
    exact: bool = False


class Undo(_Base, tag="undo", kw_only=True):
    """Take back the newest operation in the layer."""

    article: str


class Redo(_Base, tag="redo", kw_only=True):
    """Take back the newest undo in the layer."""

    article: str


class MarkAll(_Base, tag="mark_all", kw_only=True):
    """Label every place of a query."""

    query: str
    type: str
    article: str = ""


class Withdraw(_Base, tag="withdraw", kw_only=True):
    """Take an article out of the project without erasing it."""

    article: str


class AnswerDoubt(_Base, tag="answer_doubt", kw_only=True):
    """Answer the question that an annotator asked on a label."""

    uid: str
    text: str


Given = (
    AddEntity
    | AddEvent
    | AddArgument
    | AddStance
    | AddRelation
    | GiveAnswer
    | Change
    | Remove
    | SayRight
    | SetStatus
    | SetRegions
    | SetRole
    | Undo
    | Redo
    | MarkAll
    | Withdraw
    | AnswerDoubt
)
_DECODER: "msgspec.json.Decoder[Given]" = msgspec.json.Decoder(Given)


def gesture_of(line: bytes) -> Given:
    """Return the gesture that a line says; raise `UserError` with what is wrong and where."""
    try:
        return strictjson.checked(line, _DECODER)
    except UserError as trouble:
        if trouble.data.get("where") == "do" and "detail" in trouble.data:
            raise UserError("unknown_do", do=trouble.data["detail"]) from trouble
        raise
