"""How each paragraph is set by the regions of an article: its face, its role, what is folded."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from annotator.gui.canvas.folds import ROLES as FOLDED
from annotator.gui.canvas.folds import Fold
from annotator.gui.canvas.marks import Stretch
from annotator.gui.canvas.measures import DIMMED, EMPTY, EMPTY_DIMMED, HEADLINE, TEXT
from annotator.gui.canvas.paragraphs import Paragraph


class Dress:
    """Faces of paragraphs, by the stretch that each begins in.

    A paragraph of several stretches is set as text where one labels in any of it; `dimmed_parts`
    are then the spans in it where one does not, by the paragraph's index.
    """

    def __init__(self, paragraphs: Sequence[Paragraph], stretches: Iterable[Stretch]) -> None:
        self._paragraphs = paragraphs
        self._starts = [one.start for one in paragraphs]
        self.faces = bytearray(len(paragraphs))
        self.roles: dict[int, Stretch] = {}  # by the first paragraph of a stretch
        self.dimmed_parts: dict[int, list[tuple[int, int]]] = {}
        self.folds: list[Fold] = []
        ordered = sorted(stretches, key=lambda stretch: stretch.start)
        self._set_faces(ordered)
        self._set_parted(ordered)
        self._set_empty()
        self._fold(ordered)

    def _range(self, stretch: Stretch) -> tuple[int, int]:
        """Return the paragraphs that begin in a stretch."""
        starts = self._starts
        return bisect_left(starts, stretch.start), bisect_left(starts, stretch.end)

    def _set_faces(self, stretches: Sequence[Stretch]) -> None:
        role = ""
        for stretch in stretches:
            first, end = self._range(stretch)
            self.faces[first:end] = bytes([_face_in(stretch)]) * (end - first)
            if first < end and stretch.role != role:
                self.roles[self._first_with_text(first, end)] = stretch
                role = stretch.role

    def _first_with_text(self, first: int, end: int) -> int:
        return next((n for n in range(first, end) if self._has_text(n)), first)

    def _has_text(self, index: int) -> bool:
        return self._paragraphs[index].start < self._paragraphs[index].end

    def _set_parted(self, stretches: Sequence[Stretch]) -> None:
        """Set the paragraphs inside of which a stretch begins."""
        starts = [stretch.start for stretch in stretches]
        for stretch in stretches:
            index = max(0, bisect_right(self._starts, stretch.start) - 1)
            here = self._paragraphs[index]
            if here.start < stretch.start < here.end:
                first = max(0, bisect_right(starts, here.start) - 1)
                inside = stretches[first : bisect_left(starts, here.end)]
                self._set_one_parted(index, [one for one in inside if one.end > here.start])

    def _set_one_parted(self, index: int, stretches: Sequence[Stretch]) -> None:
        live = [one for one in stretches if one.is_annotatable]
        if live:
            here = self._paragraphs[index]
            self.faces[index] = _face_in(live[0])
            self.dimmed_parts[index] = [
                (max(one.start, here.start), min(one.end, here.end))
                for one in stretches
                if not one.is_annotatable
            ]

    def _set_empty(self) -> None:
        for index, one in enumerate(self._paragraphs):
            if one.start == one.end:
                is_dimmed = self.faces[index] == DIMMED
                self.faces[index] = EMPTY_DIMMED if is_dimmed else EMPTY

    def _fold(self, stretches: Iterable[Stretch]) -> None:
        for stretch in stretches:
            if stretch.role in FOLDED and not stretch.is_annotatable:
                first, end = self._range(stretch)
                if first < end and end - 1 in self.dimmed_parts:
                    end -= 1  # one labels in what follows on that line
                if first < end:
                    self._add_fold(first, end, stretch.name)

    def _add_fold(self, first: int, end: int, name: str) -> None:
        """Add paragraphs to those that are folded, to the last ones where they go on."""
        n = sum(map(self._has_text, range(first, end)))
        if self.folds and self.folds[-1].end == first and self.folds[-1].name == name:
            last = self.folds.pop()
            first, n = last.first, n + last.n
        self.folds.append(Fold(first, end, n, name))


def _face_in(stretch: Stretch) -> int:
    if not stretch.is_annotatable:
        return DIMMED
    return HEADLINE if stretch.role == "headline" else TEXT
