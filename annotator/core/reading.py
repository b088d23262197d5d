"""The labels of one layer in memory, as checks ask for them."""

from collections.abc import Callable, Iterable, Iterator

from annotator.core.model import (
    KIND_OF,
    Answer,
    Argument,
    Entity,
    Event,
    Label,
    Relation,
    Stance,
    points_to,
)


class LayerLabels:
    """The labels of one layer, found by uid, by what they say and by what points to them."""

    def __init__(
        self,
        labels: Iterable[Label],
        symmetric: Iterable[str] = (),
        current: Callable[[str], str] = str,
    ) -> None:
        self._by_uid = {label.uid: label for label in labels}
        self._symmetric = frozenset(symmetric)
        self._current = current
        self._same: dict[object, list[Label]] = {}
        self._arguments: dict[str, list[Argument]] = {}
        for label in self._by_uid.values():
            self._same.setdefault(said_by(label, self._symmetric, self._current), []).append(label)
            if isinstance(label, Argument):
                self._arguments.setdefault(label.event, []).append(label)

    def label(self, uid: str) -> Label | None:
        """Return the label `uid`, or None."""
        return self._by_uid.get(uid)

    def twins(self, label: Label) -> list[Label]:
        """Return the other labels that say the same as `label`."""
        same = self._same.get(said_by(label, self._symmetric, self._current), [])
        return [other for other in same if other.uid != label.uid]

    def arguments_of(self, event: str) -> list[Argument]:
        """Return the arguments of the event with uid `event`."""
        return self._arguments.get(event, [])

    def pointing_to(self, uid: str) -> list[Label]:
        """Return the labels that do not stand without the label `uid`."""
        return [label for label in self._by_uid.values() if uid in points_to(label)]

    def __iter__(self) -> Iterator[Label]:
        return iter(self._by_uid.values())


def said_by(
    label: Label,
    symmetric: frozenset[str] = frozenset(),
    current: Callable[[str], str] = str,
) -> object:
    """Return what makes `label` a twin of another: two labels are twins when this is equal.

    `symmetric` are the relations that are, `current` says what a type is called after renaming.
    """
    kind = KIND_OF[type(label)]
    match label:
        case Entity() | Event():
            places = tuple((start, end) for start, end, _ in label.extent)
            return kind, current(label.type), places
        case Argument():
            return kind, label.event, label.type, label.filler
        case Stance():
            return kind, label.holder, label.target, label.voice
        case Relation():
            type_, ends = current(label.type), (label.source, label.target)
            return kind, type_, tuple(sorted(ends)) if type_ in symmetric else ends
        case Answer():
            return kind, label.type
