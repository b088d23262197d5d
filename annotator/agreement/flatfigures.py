"""Unitized alpha over all types together (`flatunits`), with intervals over articles."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from annotator.agreement import unitizing
from annotator.agreement.arrays import Floats
from annotator.agreement.counted import with_interval
from annotator.agreement.figures import NO_CHANCE, NO_PAIRS, ONE_LABEL, Figure, undefined
from annotator.agreement.flatunits import FlatSums
from annotator.agreement.intervals import jackknife, why_not_shown

_ZERO = 1e-9


@dataclass(frozen=True, slots=True)
class OneType:
    """(k)uα of one type, and the share of its length where others have labels too."""

    type: str
    alpha: Figure
    coverage: float


@dataclass(frozen=True, slots=True)
class Unitized:
    """Krippendorff's family over all types: uα, |uα, cuα, and (k)uα of each type.

    What is conditional (cuα and (k)uα) is experimental, as `unitizing` says.
    """

    unitized: Figure
    place: Figure
    value: Figure
    by_type: tuple[OneType, ...]


def unitized(sums: FlatSums, names: Sequence[str]) -> Unitized:
    """Return the figures; `names` are what labels stand for, the types come by their names."""
    if not sums.n_articles:
        none = undefined(NO_PAIRS)
        return Unitized(none, none, none, ())
    found = sums.continuum
    rows = []
    for at, label in enumerate(sums.labels.tolist()):
        alpha, coverage = unitizing.one_value_alpha(found, at)
        alpha = _of_several(alpha, sums)
        over = Figure(alpha.value, alpha.n, sums.n_articles, reason=alpha.reason)
        rows.append(OneType(names[label], over, coverage))
    apart = sums.own - sums.agreed
    told = (
        (unitizing.unitized_alpha(found), apart),
        (unitizing.place_alpha(found), apart[:, :1]),
        (_of_several(unitizing.value_alpha(found), sums), sums.shared - _of_units(sums)),
    )
    every, place, value = (
        _with_interval(figure, left, differs.sum(axis=1))
        for (figure, differs), left in zip(told, without(sums), strict=True)
    )
    return Unitized(every, place, value, tuple(sorted(rows, key=lambda row: row.type)))


def _of_several(figure: Figure, sums: FlatSums) -> Figure:
    """Return a figure of types, which says where there was only one to choose."""
    if figure.reason == NO_CHANCE and len(sums.labels) == 1:
        return undefined(ONE_LABEL, figure.n)
    return figure


def without(sums: FlatSums) -> tuple[Floats, Floats, Floats]:
    """Return uα, |uα and cuα without each article in turn, NaN where they are undefined."""
    own, agreed, squares = (_left(told) for told in (sums.own, sums.agreed, sums.squares))
    whole, gaps, below = own.sum(axis=1), own[:, 0], _below(own, squares)
    place = _ratio((gaps - agreed[:, 0]) * below, whole * gaps * (whole - gaps))
    inside = _alphas(_left(sums.shared), _left(_of_units(sums)), _left(sums.cut))
    return _alphas(own, agreed, squares), 1 - place, inside


def _left(column: Floats) -> Floats:
    left: Floats = column.sum(axis=0) - column
    return left


def _of_units(sums: FlatSums) -> Floats:
    """Return what agrees, gaps apart."""
    agreed = sums.agreed.copy()
    agreed[:, 0] = 0
    return agreed


def _below(own: Floats, squares: Floats) -> Floats:
    below: Floats = own.sum(axis=1) ** 2 - squares.sum(axis=1)
    return below


def _alphas(own: Floats, agreed: Floats, squares: Floats) -> Floats:
    whole, fixed = own.sum(axis=1), squares.sum(axis=1)
    chance = whole * _ratio((own**2).sum(axis=1) - fixed, _below(own, squares))
    return 1 - _ratio(whole - agreed.sum(axis=1), whole - chance)


def _ratio(part: Floats, whole: Floats) -> Floats:
    """Return `part / whole`, NaN where `whole` is 0."""
    ratio: Floats = part / np.where(np.abs(whole) > _ZERO, whole, np.nan)
    return ratio


def _with_interval(figure: Figure, left: Floats, apart: Floats) -> Figure:
    """Return a figure with its interval; an article is what differs, or not."""
    n_articles = len(apart)
    if figure.value is None:
        return undefined(figure.reason, figure.n, n_articles)
    n_disputed = int((apart > _ZERO).sum())
    bounds = np.full(2, np.nan)
    if not why_not_shown(n_articles, n_disputed):
        middle, half = jackknife(np.array([figure.value]), left[:, None])
        bounds = np.clip([middle[0] - half[0], middle[0] + half[0]], -1, 1)
    return with_interval(figure.value, figure.n, n_articles, n_disputed, bounds, n_articles)
