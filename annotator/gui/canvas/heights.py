"""Heights of an article's paragraphs, and their sums: where one begins, which one is at a place.

A Fenwick tree: a height changes, a place is found and an index is found in O(log n) steps. Whole
pixels, so that what is on the screen can be moved as it is when one scrolls.
"""

from collections.abc import Iterable, Mapping

# From one height in so many on, adding all up anew is quicker.
_MANY = 8


class Heights:
    """Heights of paragraphs from top to bottom, in pixels."""

    __slots__ = ("_heights", "_step", "_sums", "total")

    def __init__(self, heights: Iterable[int]) -> None:
        self._heights = list(heights)
        self.total = sum(self._heights)
        self._step = 1 << max(0, len(self._heights).bit_length() - 1)
        self._sums = [0, *self._heights]
        self._add_up()

    def _add_up(self) -> None:
        sums, n = self._sums, len(self._sums)
        for child in range(1, n):
            parent = child + (child & -child)
            if parent < n:
                sums[parent] += sums[child]

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, index: int) -> int:
        return self._heights[index]

    def top(self, index: int) -> int:
        """Return where paragraph `index` begins; at the number of paragraphs, where all end."""
        total, sums = 0, self._sums
        while index:
            total += sums[index]
            index &= index - 1
        return total

    def at(self, y: int) -> int:
        """Return the paragraph at `y`; the first above all, the last below all."""
        index, step, sums = 0, self._step, self._sums
        while step:
            below = index + step
            if below < len(sums) and sums[below] <= y:
                index, y = below, y - sums[below]
            step >>= 1
        return min(index, len(self._heights) - 1)

    def change_many(self, heights: Mapping[int, int]) -> dict[int, int]:
        """Give many paragraphs their heights; return by how much each grew."""
        if len(heights) < len(self) // _MANY:
            return {index: self.change(index, height) for index, height in heights.items()}
        before = self._heights
        growths = {index: height - before[index] for index, height in heights.items()}
        for index, height in heights.items():
            before[index] = height
        self.total = sum(before)
        self._sums = [0, *before]
        self._add_up()
        return growths

    def change(self, index: int, height: int) -> int:
        """Give paragraph `index` this height; return by how much it grew."""
        growth = height - self._heights[index]
        if not growth:
            return 0
        self._heights[index] = height
        self.total += growth
        node, sums = index + 1, self._sums
        while node < len(sums):
            sums[node] += growth
            node += node & -node
        return growth
