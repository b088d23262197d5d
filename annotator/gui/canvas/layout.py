"""An article laid out lazily: only paragraphs that are looked at, and of those the last ones seen.

A paragraph that was not laid out has an estimated height. y is in pixels from the top of the page.
"""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence

from annotator.gui.canvas.dress import Dress
from annotator.gui.canvas.folds import Fold, Folds
from annotator.gui.canvas.heights import Heights
from annotator.gui.canvas.laid import LaidParagraph
from annotator.gui.canvas.markindex import Change, MarkIndex
from annotator.gui.canvas.marks import Mark, Stretch
from annotator.gui.canvas.measures import DIMMED, EMPTY_DIMMED, TEXT, Face, Measures
from annotator.gui.canvas.paragraphs import Paragraph, split

# Code points in paragraphs that are kept laid out: 130 bytes each.
_KEPT = 250_000


class Layout:
    """The paragraphs of an article, their heights, and the marks on them."""

    def __init__(self, text: str, stretches: Sequence[Stretch]) -> None:
        self.text = text
        self.paragraphs: list[Paragraph] = split(text)
        self._starts = [paragraph.start for paragraph in self.paragraphs]
        self._lengths = [p.end - p.start for p in self.paragraphs]
        self.marks = MarkIndex(self._starts)
        self._unfolded: set[tuple[int, int]] = set()
        self.dress(stretches)
        self.heights = Heights(())
        self._laid: OrderedDict[int, LaidParagraph] = OrderedDict()
        self._kept = 0
        self._links: dict[int, list[int]] = {}  # offsets of the fillers linked to, by paragraph

    def set_page(self, measures: Measures, width: int, *, has_chips: bool) -> None:
        """Set the whole article anew: other sizes, another width, with or without chips."""
        self.measures, self.width, self.has_chips = measures, width, has_chips
        self._share = self._set_as(measures.faces[TEXT])[0]
        self._row = (measures.chip + 1 if has_chips else 0) + measures.lane
        self._laid.clear()
        self._kept = 0
        self._estimate_all()

    # -- finding

    def index_of(self, offset: int) -> int:
        """Return the paragraph that `offset` stands in; its separator is its end."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def face_of(self, index: int) -> Face:
        """Return how a paragraph is set."""
        return self.measures.faces[self._faces[index]]

    def is_dimmed(self, index: int) -> bool:
        """Whether nothing is labelled in a paragraph."""
        return self._faces[index] in (DIMMED, EMPTY_DIMMED)

    def laid(self, index: int) -> LaidParagraph | None:
        """Return a paragraph if it is laid out."""
        return self._laid.get(index)

    # -- laying out

    def lay(self, index: int) -> tuple[LaidParagraph, int]:
        """Return a paragraph, laid out, and by how much it is higher than it was taken for."""
        found = self._laid.get(index)
        if found is not None:
            self._laid.move_to_end(index)
            return found, 0
        paragraph = self.paragraphs[index]
        face = self.face_of(index)
        found = LaidParagraph(paragraph, face, self.measures, self.width, has_chips=self.has_chips)
        found.put(self.marks[index])
        if index in self._links:
            found.link(self._heads(found, index))
        found.settle()
        self._keep(index, found)
        return found, self._grow({index: found.height}).get(index, 0)

    def _keep(self, index: int, laid: LaidParagraph) -> None:
        self._laid[index] = laid
        self._kept += _size(laid)
        while self._kept > _KEPT and len(self._laid) > 1:
            _, last = self._laid.popitem(last=False)
            self._kept -= _size(last)

    def _forget(self, index: int) -> None:
        laid = self._laid.pop(index, None)
        if laid is not None:
            self._kept -= _size(laid)

    # -- marks and links

    def set_marks(self, marks: Iterable[Mark]) -> dict[int, int]:
        """Hold these marks and no other; return by how much each paragraph that differs grew."""
        return self._take(self.marks.replace(marks))

    def change_marks(self, gone: Iterable[str], marks: Iterable[Mark]) -> dict[int, int]:
        """Let go of marks by uid, take others in; return as `set_marks`."""
        return self._take(self.marks.change(gone, marks))

    def _take(self, changes: Mapping[int, Change]) -> dict[int, int]:
        heights = self._estimates(index for index in changes if index not in self._laid)
        for index in self._laid.keys() & changes.keys():
            laid, change = self._laid[index], changes[index]
            laid.take(change.gone)
            laid.put(change.new)
            laid.settle()
            heights[index] = laid.height
        return self._grow(heights)

    def set_links(self, offsets: Iterable[int]) -> dict[int, int]:
        """Make room for links that end at marks beginning at `offsets`; return as `set_marks`."""
        before, self._links = self._links, {}
        for offset in offsets:
            self._links.setdefault(self.index_of(offset), []).append(offset)
        growths: dict[int, int] = {}
        for index in before.keys() | self._links.keys():
            laid = self._laid.get(index)
            if laid is not None:
                laid.link(self._heads(laid, index))
                if laid.settle():
                    growths |= self._grow({index: laid.height})
        return growths

    def _heads(self, laid: LaidParagraph, index: int) -> dict[int, int]:
        heads: dict[int, int] = {}
        for offset in self._links.get(index, ()):
            line = laid.line_of(laid.paragraph.units(offset))
            heads[line] = heads.get(line, 0) + 1
        return heads

    # -- dress and estimates

    def dress(self, stretches: Iterable[Stretch]) -> None:
        """Set each paragraph by its region; the page is to be set anew then.

        What was unfolded stays so.
        """
        made = Dress(self.paragraphs, stretches)
        self._faces, self.roles, self.dimmed_parts = made.faces, made.roles, made.dimmed_parts
        self.folds = Folds(one for one in made.folds if one[:2] not in self._unfolded)

    def _estimate_all(self) -> None:
        """Guess all heights by the number of characters; made for 10,000 paragraphs at once."""
        sets = [self._set_as(face) for face in self.measures.faces]
        lengths = self._lengths
        heights = [
            around + (int(length * share) + 1) * line
            for length, (share, line, around) in zip(
                lengths, map(sets.__getitem__, self._faces), strict=True
            )
        ]
        for index, n in self.marks.numbers():
            heights[index] += self._room(index, n)
        for fold in self.folds:
            heights[fold.first : fold.end] = self._folded(fold)
        self.heights = Heights(heights)

    def _folded(self, fold: Fold) -> list[int]:
        """Return the heights of folded paragraphs: a row, and nothing."""
        return [self.measures.fold, *[0] * (fold.end - fold.first - 1)]

    def _grow(self, heights: dict[int, int]) -> dict[int, int]:
        """Give paragraphs that are not folded their heights; return by how much each grew."""
        folds = self.folds
        return self.heights.change_many({n: h for n, h in heights.items() if not folds.at(n)})

    def unfold(self, index: int) -> bool:
        """Show the paragraphs that are folded with `index`; return whether there are any."""
        fold = self.folds.at(index)
        if fold is None:
            return False
        self.folds.unfold(fold)
        self._unfolded.add((fold.first, fold.end))
        self.heights.change_many(self._estimates(range(fold.first, fold.end)))
        for n in range(fold.first, fold.end):
            self._forget(n)
        return True

    def _estimates(self, indexes: Iterable[int]) -> dict[int, int]:
        """Guess the heights of some paragraphs."""
        sets = [self._set_as(face) for face in self.measures.faces]
        guesses = {}
        for index in indexes:
            share, line, around = sets[self._faces[index]]
            n_lines = int(self._lengths[index] * share) + 1
            guesses[index] = around + n_lines * line + self._room(index, len(self.marks[index]))
        return guesses

    def _set_as(self, face: Face) -> tuple[float, int, int]:
        """Return lines per character, pixels per line and pixels around."""
        return face.advance / self.width, face.line + face.gap, face.above + face.below

    def _room(self, index: int, n_marks: int) -> int:
        """Return what so many marks add to the height of a paragraph."""
        n_lines = int(self._lengths[index] * self._share) + 1
        return min(n_lines, n_marks) * self._row


def _size(laid: LaidParagraph) -> int:
    return laid.paragraph.end - laid.paragraph.start + 200
