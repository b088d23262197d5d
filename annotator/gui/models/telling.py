"""Labels in words: by their quotes, and what they connect. No Qt."""

from collections.abc import Callable, Mapping, Sequence

from annotator.core import clitics
from annotator.core.model import (
    Answer,
    Argument,
    Label,
    Relation,
    Stance,
    extent_of,
)
from annotator.gui.canvas.saying import excerpt
from annotator.gui.models.naming import Naming, quote_of
from annotator.i18n import marked

_FIRST_STRONG, _END = "\u2068", "\u2069"
_NAMED = 1
"""Labels that are named where several are told; the others are counted."""


class Telling:
    """Says labels in one language; what one points to is looked up in `labels`."""

    def __init__(self, naming: Naming, labels: Mapping[str, Label]) -> None:
        self._naming, self._say = naming, naming.language
        self._labels = labels

    def count(self, n: int) -> str:
        """Say how many labels."""
        return self._naming.language.plural("{n} label", "{n} labels", n)

    def some(self, labels: Sequence[Label]) -> str:
        """Say which labels: the first by name, and how many others."""
        named = [self.label(label) for label in labels[:_NAMED]]
        n = len(labels) - len(named)
        others = [self._say.plural("and {n} more", "and {n} more", n)] if n else []
        return ("؛ " if self._say.code == "ar" else "; ").join([*named, *others])

    def label(self, label: Label) -> str:
        """Say a label: its quote and its type, or what it connects."""
        match label:
            case Argument():
                role = self._naming.role_of(label, self._labels)
                return self._say.text(
                    "{filler} as {role} of {event}",
                    filler=self._quote_of(label.filler),
                    role=_isolated(role),
                    event=self._quote_of(label.event),
                )
            case Relation():
                return self._relation(label)
            case Stance():
                return self._stance(label)
            case Answer():
                return self._answer(label)
        name = _isolated(self._naming.type_of(label))
        return self._say.text("{quote}, {type}", quote=self._quoted(quote_of(label)), type=name)

    def changed(self, before: Label, after: Label) -> str:
        """Say what is different now."""
        for is_other, say in _DIFFERENCES:
            if is_other(before, after):
                return self._say.text(say, what=self.short(after), label=self.label(after))
        return self.label(after)

    def short(self, label: Label) -> str:
        """Say a label by its quote alone, or as a whole where it has none."""
        return self._quoted(quote_of(label)) if extent_of(label) else self.label(label)

    def _relation(self, label: Relation) -> str:
        return self._say.text(
            "{source}, {type}, {target}",
            source=self._quote_of(label.source),
            type=_isolated(self._naming.type_of(label)),
            target=self._quote_of(label.target),
        )

    def _stance(self, label: Stance) -> str:
        return self._say.text(
            "stance of {holder} on {target}: {value}",
            holder=self._party(label.holder.kind, label.holder.ref),
            target=self._party(label.target.kind, label.target.ref),
            value=_isolated(self._naming.value(label.type)),
        )

    def _party(self, kind: str, ref: str) -> str:
        if kind in ("entity", "event"):
            return self._quote_of(ref)
        topic = self._naming.schema.topic_names.get(ref)
        name = getattr(topic, self._naming.language.code, ref)
        return self._say.text("The paper") if kind == "author" else _isolated(name)

    def _answer(self, label: Answer) -> str:
        code = self._naming.language.code
        question = self._naming.schema.question_types.get(label.type)
        known = {value.id: value for value in question.values} if question else {}
        given = [getattr(known.get(value), code, excerpt(value)) for value in label.values]
        name = getattr(question, code, label.type)
        values = self._naming.language.listed(map(_isolated, given))
        return self._say.text("{question}: {values}", question=_isolated(name), values=values)

    def _quote_of(self, uid: str) -> str:
        label = self._labels.get(uid)
        return self._quoted(quote_of(label)) if label else _isolated(uid)

    def _quoted(self, quote: str) -> str:
        return self._naming.language.quoted(_isolated(quote))


def _isolated(text: str) -> str:
    return f"{_FIRST_STRONG}{excerpt(text)}{_END}"


def _differs(*fields: str) -> Callable[[Label, Label], bool]:
    def is_other(before: Label, after: Label) -> bool:
        return any(getattr(before, name, None) != getattr(after, name, None) for name in fields)

    return is_other


def _is_gone(name: str) -> Callable[[Label, Label], bool]:
    return lambda before, after: bool(getattr(before, name)) and not getattr(after, name)


def _is_said_right(before: Label, after: Label) -> bool:
    """Whether a person said that the attached letters of a label are right as they are."""
    said = [dict(getattr(one, "attributes", ())).get(clitics.RIGHT) for one in (before, after)]
    return said[1] is not None and said[0] != said[1]


_DIFFERENCES: tuple[tuple[Callable[[Label, Label], bool], str], ...] = (
    (_differs("type"), marked("now {label}")),
    (_differs("extent", "evidence"), marked("now {label}, in another place")),
    (_is_gone("doubt"), marked("no question on {what} any more")),
    (_differs("doubt"), marked("a question on {what}")),
    (_is_said_right, marked("the attached letters of {what} are right")),
    (_is_gone("note"), marked("no note on {what} any more")),
    (_differs("note"), marked("a note on {what}")),
    (
        _differs("attributes", "subtype", "link", "head", "voice"),
        marked("the particulars of {what}"),
    ),
)
"""The first difference that a person would name; the rest goes with it."""
