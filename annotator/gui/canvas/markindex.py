"""Which marks lie on which paragraph, and what differs when marks come and go. No Qt."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from annotator.gui.canvas.marks import Mark


class Change(NamedTuple):
    """What became of the marks of one paragraph."""

    gone: list[Mark]
    new: list[Mark]


class MarkIndex:
    """All marks of an article by uid and by paragraph."""

    def __init__(self, starts: Sequence[int]) -> None:
        self._starts = starts
        self._by_uid: dict[str, Mark] = {}
        self._of: dict[int, list[Mark]] = {}

    def __getitem__(self, paragraph: int) -> Sequence[Mark]:
        return self._of.get(paragraph, ())

    def __contains__(self, paragraph: int) -> bool:
        return paragraph in self._of

    def get(self, uid: str) -> Mark | None:
        """Return the mark `uid`, or None."""
        return self._by_uid.get(uid)

    def numbers(self) -> Iterator[tuple[int, int]]:
        """Yield every paragraph that bears marks, and how many."""
        for paragraph, marks in self._of.items():
            yield paragraph, len(marks)

    def paragraphs_of(self, mark: Mark) -> set[int]:
        """Return the paragraphs on which `mark` lies."""
        return set(self._by_paragraph([mark]))

    def replace(self, marks: Iterable[Mark]) -> dict[int, Change]:
        """Hold `marks` and no other; return what differs, by paragraph."""
        now = {mark.uid: mark for mark in marks}
        return self.change([uid for uid in self._by_uid if uid not in now], now.values())

    def change(self, gone: Iterable[str], marks: Iterable[Mark]) -> dict[int, Change]:
        """Let go of the marks with the uids `gone` and take `marks`; return as `replace`.

        A mark takes the place of the one with its uid; where that is the same object nothing
        differs. No other mark is looked at but those on the same paragraphs.
        """
        left = [mark for uid in gone if (mark := self._by_uid.pop(uid, None)) is not None]
        come = []
        for mark in marks:
            before = self._by_uid.get(mark.uid)
            if before is not mark:
                self._by_uid[mark.uid] = mark
                come.append(mark)
                if before is not None:
                    left.append(before)
        return self._changed(left, come)

    def _changed(self, gone: Sequence[Mark], new: Sequence[Mark]) -> dict[int, Change]:
        left, come = self._by_paragraph(gone), self._by_paragraph(new)
        changes = {}
        for paragraph in left.keys() | come.keys():
            change = Change(left.get(paragraph, []), come.get(paragraph, []))
            self._settle(paragraph, change)
            if change.gone != change.new:
                changes[paragraph] = change
        return changes

    def _by_paragraph(self, marks: Sequence[Mark]) -> dict[int, list[Mark]]:
        """Return `marks` by the paragraphs they lie on; written for 20,000 at once."""
        found: dict[int, list[Mark]] = {}
        starts, last = self._starts, len(self._starts) - 1
        for mark in marks:
            for start, end in mark.spans:
                paragraph = bisect_right(starts, start) - 1
                while True:
                    here = found.setdefault(paragraph, [])
                    if not here or here[-1] is not mark:
                        here.append(mark)
                    if paragraph >= last or starts[paragraph + 1] >= end:
                        break
                    paragraph += 1
        return found

    def _settle(self, paragraph: int, change: Change) -> None:
        kept = self._of.get(paragraph)
        if kept is None:
            self._of[paragraph] = list(change.new)
            return
        if change.gone:
            ids = set(map(id, change.gone))
            kept = self._of[paragraph] = [mark for mark in kept if id(mark) not in ids]
        kept.extend(change.new)
        if not kept:
            del self._of[paragraph]
