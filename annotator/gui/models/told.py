"""What a saved operation changed, in one sentence. No Qt.

The sentence is made from the operation, not from what was meant: what was written is what is
told. An undo is told as what it took back.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

import msgspec

from annotator.core import operations as op
from annotator.core.bodies import label_from
from annotator.core.labelschema import LabelSchema
from annotator.core.model import (
    CLASSES,
    KIND_OF,
    Argument,
    Label,
    extent_of,
    hull,
)
from annotator.core.operations import Change, Operation
from annotator.gui.models import roles
from annotator.gui.models.naming import Naming
from annotator.gui.models.telling import Telling
from annotator.i18n import Language, marked

_FRAMES = {
    "": marked("Saved: {what}"),
    "removed": marked("Removed: {what}"),
    "undo": marked("Undone: {what}"),
    "redo": marked("Done again: {what}"),
}
_STATUS = {
    "new": marked("the article is new again"),
    "started": marked("the article is open again"),
    "done": marked("the article is done"),
    "skipped": marked("the article is skipped"),
}
_FIRST = ("event", "entity", "stance", "relation", "argument", "answer")
"""Kinds in the order in which a removal is named: what others point to goes first."""
_AT_ONCE = 2
"""Labels that one gesture of the window makes: a filler and its argument. More is bulk work."""


class Written(Protocol):
    """A gesture that is in the file."""

    @property
    def operation(self) -> Operation:
        """What it changed."""
        ...

    @property
    def n_left_out(self) -> int:
        """How many labels count no longer by it."""
        ...


class InView(Protocol):
    """What is in view."""

    def shown_labels(self) -> Mapping[str, Label]:
        """Return the labels by uid."""
        ...


class _Pair(msgspec.Struct, frozen=True):
    """A label before and after; one of the two may be missing."""

    before: Label | None
    after: Label | None

    @property
    def label(self) -> Label:
        """The label as it is, or as it was."""
        found = self.after or self.before
        if found is None:  # an operation has no change of nothing into nothing
            raise AssertionError
        return found


class Teller:
    """Tells operations in one language, by the names of one label schema."""

    def __init__(self, schema: LabelSchema, language: Language) -> None:
        self._naming = Naming(language, schema, {})
        self._language = language

    def saved(self, saved: Written, view: InView) -> str:
        """Return the sentence for what was saved."""
        told = self.told(saved.operation, view.shown_labels())
        n = saved.n_left_out
        return f"{told} · {roles.left_out(self._language, n)}" if n else told

    def taken_back(self, operation: Operation, kind: str, view: InView | None = None) -> str:
        """Return the sentence for an undo or a redo; `view` has the labels pointed to."""
        return self.told(operation, view.shown_labels() if view else {}, kind)

    def told(self, operation: Operation, labels: Mapping[str, Label], kind: str = "") -> str:
        """Return what `operation` changed; `kind` is "undo" or "redo" where it takes back."""
        turned = map(_turned, operation.changes)
        changes = tuple(turned) if kind == "undo" else operation.changes
        pairs = [_pair(change) for change in changes if change.kind in CLASSES]
        telling = Telling(self._naming, {**labels, **{one.label.uid: one.label for one in pairs}})
        what = self._what(pairs, telling) if pairs else self._other(changes)
        is_removal = bool(pairs) and all(pair.after is None for pair in pairs)
        if is_removal and kind:
            what = self._language.text("the removal of {what}", what=what)
        frame = "removed" if is_removal and not kind else kind
        return self._language.text(_FRAMES[frame], what=what)

    def would_go(self, label: Label | None, going: Sequence[Label], view: InView) -> str:
        """Return what would go with `label`, asked before it is removed."""
        telling = Telling(self._naming, view.shown_labels())
        return self._language.text(
            "{what} takes with it: {n}. Ask again to remove them all.",
            what=telling.short(label) if label else "",
            n=telling.some(going),
        )

    def place_before(self, operation: Operation, article: str = "") -> tuple[int, int] | None:
        """Return where the first label lay that `operation` removed, or whose role it changed.

        None without a place in the article with that SHA-256.
        """
        gone = (_pair(one).before for one in operation.changes if one.kind in CLASSES)
        places = [hull(extent_of(label)) for label in gone if label and extent_of(label)]
        return min(places, default=None) or roles.place_of(operation, article)

    def _what(self, pairs: list[_Pair], telling: Telling) -> str:
        if all(pair.after is None for pair in pairs):
            return self._gone(pairs, telling)
        if len(pairs) == 1 and pairs[0].before is not None:
            return telling.changed(pairs[0].before, pairs[0].label)
        if len(pairs) > _AT_ONCE:
            return telling.count(len(pairs))
        return telling.label(_telling_most(pair.label for pair in pairs))

    def _gone(self, pairs: list[_Pair], telling: Telling) -> str:
        labels = [pair.label for pair in pairs]
        first = min(labels, key=lambda label: _FIRST.index(KIND_OF[type(label)]))
        if len(pairs) == 1:
            return telling.label(first)
        others = telling.some([label for label in labels if label is not first])
        return self._language.text("{what}, and with it: {n}", what=telling.label(first), n=others)

    def _other(self, changes: Sequence[Change]) -> str:
        if any(change.kind == op.NOISE_LINE for change in changes):
            return self._language.text("a rule about lines that are always noise")
        n = sum(change.kind == op.REGIONS for change in changes)
        if n > 1:
            where = self._language.plural("in {n} article", "in {n} articles", n)
            return self._language.text("roles of lines {where}", where=where)
        for change in changes:
            if change.kind == op.REGIONS:
                return roles.what_changed(self._language, change)
            if change.kind == op.STATUS:
                status = change.after["status"] if change.after else "new"
                return self._language.text(_STATUS[status])
        return self._language.text("nothing that is seen here")


def _turned(change: Change) -> Change:
    return Change(change.kind, change.uid, change.after, change.before)


def _pair(change: Change) -> _Pair:
    before, after = (
        label_from(change.kind, change.uid, body) if body is not None else None
        for body in (change.before, change.after)
    )
    return _Pair(before, after)


def _telling_most(labels: Iterable[Label]) -> Label:
    """Return the label that says most: the argument of a new filler."""
    found = list(labels)
    return next((label for label in found if isinstance(label, Argument)), found[-1])
