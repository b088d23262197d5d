"""The labels of an article in the order of its text, found by kind and by words. Pure.

What has no place of its own stands by the label that it points to: arguments behind their event,
relations and stances without evidence behind what they are about; the rest at the end.
"""

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Mapping

from annotator.arabic.fold import fold
from annotator.core.model import KIND_OF, Argument, Label, extent_of, hull, points_to

Key = tuple[int, int, int, str]
"""Start, less the end (the wider one first), how far behind its place, uid."""
GROUPS: Mapping[str, frozenset[str]] = {
    "": frozenset(KIND_OF.values()),
    "entity": frozenset({"entity"}),
    "event": frozenset({"event", "argument"}),
    "stance": frozenset({"stance"}),
    "relation": frozenset({"relation"}),
}
"""What is shown when one kind is asked for: an event with its arguments."""
_AT_END = 1 << 40


class LabelOrder:
    """The uids of labels in order. It changes label by label, in the time of one search."""

    def __init__(self, words_of: Callable[[Label], str]) -> None:
        """`words_of` gives what a label can be found by."""
        self._words_of = words_of
        self._keys: list[Key] = []
        self._key_of: dict[str, Key] = {}
        self._pointing: dict[str, set[str]] = {}
        self._group = ""
        self._words: tuple[str, ...] = ()
        self._labels: Mapping[str, Label] = {}
        self._folded: dict[str, str] = {}

    def fill(self, labels: Mapping[str, Label], group: str = "", query: str = "") -> None:
        """Take all of `labels` that are of `group` and hold the words of `query`, folded."""
        self._folded.clear()
        self._labels, self._pointing = labels, {}
        for label in labels.values():
            self._note(label)
        self.find(group, query)

    def find(self, group: str, query: str) -> None:
        """Choose others of the same labels."""
        self._group, self._words = group, tuple(fold(query).casefold().split())
        if self._words:
            self._fold(label for uid, label in self._labels.items() if uid not in self._folded)
        wanted = (label for label in self._labels.values() if self._is_wanted(label))
        self._key_of = {label.uid: self._key(label) for label in wanted}
        self._keys = sorted(self._key_of.values())

    def __len__(self) -> int:
        return len(self._keys)

    def uid(self, place: int) -> str:
        """Return the uid of the label at `place`."""
        return self._keys[place][3]

    def place_of(self, uid: str) -> int:
        """Return where the label `uid` stands, or -1."""
        key = self._key_of.get(uid)
        return -1 if key is None else bisect_left(self._keys, key)

    def place_for(self, uid: str, labels: Mapping[str, Label]) -> tuple[int, int]:
        """Return where the label stands and where it would stand now; -1 for nowhere."""
        self._labels = labels
        before, label = self.place_of(uid), labels.get(uid)
        self._folded.pop(uid, None)
        if label is None:
            return before, -1
        self._note(label)
        if not self._is_wanted(label):
            return before, -1
        key = self._key(label)
        after = bisect_left(self._keys, key)
        return before, after - (0 <= before < after)

    def remove(self, uid: str) -> None:
        """Let go of the label."""
        place = self.place_of(uid)
        if place >= 0:
            del self._keys[place]
            del self._key_of[uid]

    def insert(self, uid: str) -> None:
        """Take the label in, where it belongs."""
        key = self._key_of[uid] = self._key(self._labels[uid])
        insort(self._keys, key)

    def with_pointing(self, uids: Iterable[str]) -> list[str]:
        """Return `uids` and the labels whose place or words follow theirs."""
        found = dict.fromkeys(uids)
        todo = list(found)
        while todo:
            for other in self._pointing.get(todo.pop(), ()):
                if other not in found:
                    found[other] = None
                    todo.append(other)
        return list(found)

    def _note(self, label: Label) -> None:
        for target in points_to(label):
            self._pointing.setdefault(target, set()).add(label.uid)

    def _key(self, label: Label) -> Key:
        depth, at = 0, label
        while not extent_of(at) and depth < _DEEPEST:
            target = at.event if isinstance(at, Argument) else next(iter(points_to(at)), "")
            found = self._labels.get(target)
            if found is None:
                return _AT_END, 0, depth, label.uid
            at, depth = found, depth + 1
        if not extent_of(at):
            return _AT_END, 0, depth, label.uid
        start, end = hull(extent_of(at))
        return start, -end, depth, label.uid

    def _is_wanted(self, label: Label) -> bool:
        if KIND_OF[type(label)] not in GROUPS[self._group]:
            return False
        if not self._words:
            return True
        if label.uid not in self._folded:
            self._fold([label])
        return all(word in self._folded[label.uid] for word in self._words)

    def _fold(self, labels: Iterable[Label]) -> None:
        """Fold what labels are found by, all at once: one long text is folded much faster."""
        chosen = list(labels)
        words = "\n".join(self._words_of(label).replace("\n", " ") for label in chosen)
        lines = fold(words).casefold().split("\n") if chosen else []
        self._folded.update(zip((label.uid for label in chosen), lines, strict=True))


_DEEPEST = 8
"""Labels that are followed to a place; a circle, which only an import can bring, ends there."""
