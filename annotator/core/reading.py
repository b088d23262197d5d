"""The labels of one layer in memory, as checks ask for them."""

from collections.abc import Callable, Iterable, Iterator, Mapping

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
    """The labels of one layer, found by uid, by what they say and by what points to them.

    They may come and go one by one. What they are found by is put together when it is first asked
    for, and then kept.
    """

    def __init__(
        self,
        labels: Iterable[Label] = (),
        symmetric: Iterable[str] = (),
        current: Callable[[str], str] = str,
    ) -> None:
        self._by_uid = {label.uid: label for label in labels}
        self._symmetric = frozenset(symmetric)
        self._current = current
        self._same: _Groups | None = None
        self._pointing: _Groups | None = None

    @property
    def by_uid(self) -> Mapping[str, Label]:
        """All labels by uid, in the order in which they came."""
        return self._by_uid

    def _said(self, label: Label) -> tuple[object, ...]:
        return (said_by(label, self._symmetric, self._current),)

    def _by_said(self) -> "_Groups":
        if self._same is None:
            self._same = _Groups(self._said, self._by_uid.values())
        return self._same

    def _by_target(self) -> "_Groups":
        if self._pointing is None:
            self._pointing = _Groups(points_to, self._by_uid.values())
        return self._pointing

    def put(self, label: Label) -> None:
        """Take `label` in, in the place of the one with its uid."""
        before = self._by_uid.get(label.uid)
        self._by_uid[label.uid] = label
        for groups in filter(None, (self._same, self._pointing)):
            if before is not None:
                groups.drop(before)
            groups.put(label)

    def drop(self, uid: str) -> None:
        """Let go of the label `uid`, if it is there."""
        label = self._by_uid.pop(uid, None)
        for groups in filter(None, (self._same, self._pointing)):
            if label is not None:
                groups.drop(label)

    def label(self, uid: str) -> Label | None:
        """Return the label `uid`, or None."""
        return self._by_uid.get(uid)

    def twins(self, label: Label) -> list[Label]:
        """Return the other labels that say the same as `label`."""
        same = self._by_said().get(*self._said(label))
        return [other for uid, other in same.items() if uid != label.uid]

    def arguments_of(self, event: str) -> list[Argument]:
        """Return the arguments of the event with uid `event`."""
        pointing = self._by_target().get(event).values()
        return [one for one in pointing if isinstance(one, Argument) and one.event == event]

    def pointing_to(self, uid: str) -> list[Label]:
        """Return the labels that do not stand without the label `uid`."""
        return list(self._by_target().get(uid).values())

    def __iter__(self) -> Iterator[Label]:
        return iter(self._by_uid.values())

    def __len__(self) -> int:
        return len(self._by_uid)


class _Groups:
    """Labels by what they are found by, of which each may have several."""

    def __init__(
        self, keys_of: Callable[[Label], tuple[object, ...]], labels: Iterable[Label]
    ) -> None:
        self._keys_of = keys_of
        self._found: dict[object, dict[str, Label]] = {}
        for label in labels:
            self.put(label)

    def get(self, key: object) -> Mapping[str, Label]:
        return self._found.get(key, _NONE)

    def put(self, label: Label) -> None:
        for key in self._keys_of(label):
            self._found.setdefault(key, {})[label.uid] = label

    def drop(self, label: Label) -> None:
        for key in self._keys_of(label):
            there = self._found.get(key)
            if there is not None and there.pop(label.uid, None) is not None and not there:
                del self._found[key]


_NONE: Mapping[str, Label] = {}


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
