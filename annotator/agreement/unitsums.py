"""Sums of lengths, article by article: what unitized alpha of each type is made of."""

from dataclasses import dataclass, replace

import numpy as np

from annotator.agreement import unitizing
from annotator.agreement.arrays import Floats, Ints, distinct
from annotator.agreement.counting import ANY_TYPE, LENGTH, OWN, SHARED, SQUARES
from annotator.agreement.figures import NO_PAIRS, Figure, undefined
from annotator.agreement.statistics import Cells
from annotator.agreement.sums import changed_rows

_COLUMNS = (SHARED, OWN, SQUARES)


@dataclass(frozen=True, slots=True)
class UnitSums:
    """By article (`row`): lengths of `values` (shared, own, squared), of the continuum, coders."""

    values: Ints
    row: Ints
    lengths: Floats
    length: Floats
    coders: Floats

    def alpha_of(self, value: int) -> Figure:
        """Return uα of one type against all else, over the articles that several read."""
        several = self.coders > 1
        if not several.any():
            return undefined(NO_PAIRS)
        at = np.flatnonzero(self.values == value)
        n_articles = int(several.sum())
        shared, own, squares = (
            self.lengths[several][:, at, column].sum(axis=1) for column in _COLUMNS
        )
        found = unitizing.type_continuum(
            shared, own, squares, self.length[several], self.coders[several]
        )
        figure = unitizing.type_alpha(found)
        return Figure(figure.value, figure.n, n_articles, reason=figure.reason)

    def alpha_of_all(self) -> Figure:
        """Return |uα: of labels of any type against all else."""
        return self.alpha_of(ANY_TYPE)


def unit_sums(cells: Cells, n_articles: int) -> UnitSums:
    """Return the sums of lengths, `cells`, of the articles numbered below `n_articles`."""
    whole = cells.taken(cells.detail == LENGTH)
    mine = cells.taken(cells.detail != LENGTH)
    values = distinct(mine.a)
    length, coders = np.zeros(n_articles), np.zeros(n_articles)
    length[whole.article], coders[whole.article] = whole.n, whole.first
    lengths = np.zeros((n_articles, len(values), len(_COLUMNS)))
    lengths[mine.article, np.searchsorted(values, mine.a), mine.detail] = mine.n
    return UnitSums(values, np.arange(n_articles), lengths, length, coders)


def joined_units(parts: list[UnitSums], firsts: list[int]) -> UnitSums:
    """Return the sums of `parts`, whose articles are numbered on from `firsts`."""
    values = np.unique(np.concatenate([part.values for part in parts]))
    wide = [
        replace(_widened(part, values), row=part.row + first)
        for part, first in zip(parts, firsts, strict=True)
    ]
    names = ("row", "lengths", "length", "coders")
    return UnitSums(values, *(np.concatenate([getattr(p, name) for p in wide]) for name in names))


def changed_units(whole: UnitSums, into: UnitSums, n_articles: int) -> UnitSums:
    """Return `whole`, whose rows are its articles in order, with those of `into` replaced."""
    values = np.unique(np.concatenate([whole.values, into.values]))
    whole, into = _widened(whole, values), _widened(into, values)
    return UnitSums(
        values,
        np.arange(n_articles),
        changed_rows(whole.lengths, into.row, into.lengths, n_articles),
        changed_rows(whole.length, into.row, into.length, n_articles),
        changed_rows(whole.coders, into.row, into.coders, n_articles),
    )


def _widened(part: UnitSums, values: Ints) -> UnitSums:
    if len(part.values) == len(values):
        return part
    lengths = np.zeros((len(part.row), len(values), len(_COLUMNS)))
    lengths[:, np.searchsorted(values, part.values)] = part.lengths
    return replace(part, values=values, lengths=lengths)
