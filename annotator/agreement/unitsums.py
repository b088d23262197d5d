"""Sums of lengths, article by article: what unitized alpha of each type is made of."""

from dataclasses import dataclass, replace

import numpy as np

from annotator.agreement import unitizing
from annotator.agreement.arrays import Floats, Ints, distinct
from annotator.agreement.counted import with_interval
from annotator.agreement.counting import ANY_TYPE, LENGTH, OWN, SHARED, SQUARES
from annotator.agreement.figures import NO_PAIRS, Figure, undefined
from annotator.agreement.intervals import jackknife, why_not_shown
from annotator.agreement.statistics import Cells
from annotator.agreement.sums import changed_rows

_COLUMNS = (SHARED, OWN, SQUARES)
_ZERO = 1e-9


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
            self.lengths[:, at, column][several].sum(axis=1) for column in _COLUMNS
        )
        length, coders = self.length[several], self.coders[several]
        found = unitizing.type_continuum(shared, own, squares, length, coders)
        figure = unitizing.type_alpha(found)
        if figure.value is None:
            return undefined(figure.reason, figure.n, n_articles)
        apart = own - 2 * shared / (coders - 1)
        n_disputed = int((apart > _ZERO).sum())  # an article is what differs, or not
        bounds = np.full(2, np.nan)
        if not why_not_shown(n_articles, n_disputed):
            without = _alphas_without(apart, own, squares, coders * length)
            middle, half = jackknife(np.array([figure.value]), without[:, None])
            bounds = np.clip([middle[0] - half[0], middle[0] + half[0]], -1, 1)
        told = figure.value, figure.n, n_articles, n_disputed
        return with_interval(*told, bounds, n_articles)

    def alpha_of_all(self) -> Figure:
        """Return |uα: of labels of any type against all else."""
        return self.alpha_of(ANY_TYPE)


def _alphas_without(apart: Floats, own: Floats, squares: Floats, whole: Floats) -> Floats:
    """Return uα without each article; `apart` is the length of one's units in others' gaps.

    It is 1 less twice that over what chance makes of it, `unitizing.unitized_alpha` in short.
    """
    apart, own, squares, whole = (part.sum() - part for part in (apart, own, squares, whole))
    gaps = whole - own
    with np.errstate(invalid="ignore", divide="ignore"):
        chance = whole * (gaps**2 - gaps + own**2 - squares) / (whole**2 - gaps - squares)
        left: Floats = 1 - 2 * apart / np.where(whole - chance > _ZERO, whole - chance, np.nan)
    return left


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
    values = distinct(np.concatenate([part.values for part in parts]))
    wide = [
        replace(_widened(part, values), row=part.row + first)
        for part, first in zip(parts, firsts, strict=True)
    ]
    names = ("row", "lengths", "length", "coders")
    return UnitSums(values, *(np.concatenate([getattr(p, name) for p in wide]) for name in names))


def changed_units(whole: UnitSums, into: UnitSums, n_articles: int) -> UnitSums:
    """Return `whole`, whose rows are its articles in order, with those of `into` replaced."""
    values = distinct(np.concatenate([whole.values, into.values]))
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
