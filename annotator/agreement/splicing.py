"""Rows of some articles put in the place of those that these had, in tables sorted by article."""

from typing import TypeVar

import numpy as np

from annotator.agreement.arrays import Counts, Floats, Ints

Column = TypeVar("Column", Ints, Counts, Floats)


class Splice:
    """Where rows go out of a table and others come in; all other rows are copied as they stand.

    `keys` are those of the table, ascending, `gone` the keys that go out, and `new` those of the
    rows that come in, in any order: each of them is among `gone`.

    >>> splice = Splice(np.array([1, 2, 2, 4]), np.array([2]), np.array([2]))
    >>> splice.rows(np.array([10, 20, 21, 40]), np.array([22])).tolist()
    [10, 22, 40]
    """

    def __init__(self, keys: Ints, gone: Ints, new: Ints) -> None:
        self._order = np.argsort(new, kind="stable")
        new, gone = new.take(self._order), np.sort(gone)
        bounds = [
            np.searchsorted(of, gone + step).tolist() for of in (keys, new) for step in (0, 1)
        ]
        self._stretches: list[tuple[int, int, int, int]] = []
        for since, until, first, last in zip(*bounds, strict=True):
            if self._stretches and self._stretches[-1][1] == since:  # goes on where the last ended
                since, _, first, _ = self._stretches.pop()
            self._stretches.append((since, until, first, last))

    def rows(self, column: Column, new: Column) -> Column:
        """Return a column of the table with what comes in, `new`, for what goes out."""
        new, at = new.take(self._order, axis=0), 0
        pieces: list[Column] = []
        for since, until, first, last in self._stretches:
            pieces += [column[at:since], new[first:last]]
            at = until
        return np.concatenate([*pieces, column[at:]])
