"""Stretches that nobody reads while labelling: folded into one row each until asked for."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

ROLES = ("related", "keywords")
_LEAST = 2  # lines of text that are worth folding


class Fold(NamedTuple):
    """Paragraphs `[first, end)`, of which `n` say something; `name` is their role's."""

    first: int
    end: int
    n: int
    name: str


class Folds:
    """The folded runs of an article's paragraphs; once unfolded, a run stays so."""

    def __init__(self, folds: Iterable[Fold]) -> None:
        self._folds = sorted(fold for fold in folds if fold.n >= _LEAST)
        self._firsts = [fold.first for fold in self._folds]

    def __iter__(self) -> Iterator[Fold]:
        return iter(self._folds)

    def at(self, index: int) -> Fold | None:
        """Return the fold that paragraph `index` lies in, or None."""
        if not self._folds:
            return None
        fold = self._folds[bisect_right(self._firsts, index) - 1]
        return fold if fold.first <= index < fold.end else None

    def unfold(self, fold: Fold) -> None:
        """Show what was folded."""
        self._folds.remove(fold)
        self._firsts.remove(fold.first)
