"""Units of all types together, and what coincides of them: where labels lie, and what they are.

A coder's units may not overlap (`unitizing`), so of labels that nest the outermost counts, and of
two that cross the later begins where the earlier ends. Made from readings, some articles at a time;
sums add up.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from annotator.agreement.arrays import Flags, Floats, Ints, distinct, ints
from annotator.agreement.counted import by_two
from annotator.agreement.counting import Prepared
from annotator.agreement.unitizing import Continuum

_BITS = 21
_BELOW = (1 << _BITS) - 1


@dataclass(frozen=True, slots=True)
class Flat:
    """Units that do not overlap within their reading, sorted by reading and place."""

    reading: Ints
    first: Ints
    last: Ints
    label: Ints


@dataclass(frozen=True, slots=True)
class FlatSums:
    """The continuum of some articles: value `at + 1` is `labels[at]`, ascending; 0 is the gap.

    The rest is by article and value, shape (articles, values + 1), as `Continuum` counts: `own` are
    lengths, `agreed` those that others give the same value, `shared` those where others have a unit
    of any, `squares` and `cut` what cannot be coincided with.
    """

    labels: Ints
    continuum: Continuum
    own: Floats
    agreed: Floats
    shared: Floats
    squares: Floats
    cut: Floats

    @property
    def n_articles(self) -> int:
        """How many articles there are, all read by two or more."""
        return len(self.own)

    def __add__(self, other: "FlatSums") -> "FlatSums":
        """Return the sums over the articles of both."""
        labels = distinct(np.concatenate([self.labels, other.labels]))
        parts = [_widened(part, labels) for part in (self, other)]
        columns = (np.concatenate([getattr(part, name) for part in parts]) for name in _BY_ARTICLE)
        return FlatSums(labels, parts[0].continuum + parts[1].continuum, *columns)


_BY_ARTICLE = ("own", "agreed", "shared", "squares", "cut")


def nothing() -> FlatSums:
    """Return the sums of no articles."""
    blank, none = np.zeros(1), np.zeros((0, 1))
    found = Continuum(np.zeros((1, 1)), blank, blank)
    return FlatSums(ints([]), found, none, none, none, none, none)


def flat_units(reading: Ints, first: Ints, last: Ints, label: Ints, rank: Ints) -> Flat:
    """Return the units that lie in no other of their reading, cut where they cross the one before.

    Of two types on the same stretch the one of the lower `rank` stays.
    """
    order = np.lexsort((rank, -last, first, reading))
    reading, first, last, label = (one.take(order) for one in (reading, first, last, label))
    reach = np.maximum.accumulate(reading << _BITS | last)
    before = np.concatenate([ints([-1]), reach[:-1]])[: len(reach)]
    is_same = before >> _BITS == reading
    first = np.maximum(first, np.where(is_same, before & _BELOW, 0))
    kept = last > first
    return Flat(*(column.compress(kept) for column in (reading, first, last, label)))


def flat_sums(ready: Prepared, names: Sequence[str], types: frozenset[str]) -> FlatSums:
    """Return the sums of the articles of a batch that two or more read; of `types`, empty is all.

    `names` are what the labels of the batch stand for.
    """
    batch, spans = ready.batch, ready.entities
    n_coders = np.bincount(batch.article, minlength=len(batch.texts))
    is_wanted = np.array([not types or name in types for name in names], dtype=bool)
    rank = np.argsort(np.argsort(np.array(names, dtype=object)))
    joint = n_coders.take(batch.article.take(spans.reading)) > 1
    some = np.flatnonzero(joint & is_wanted.take(spans.label))
    columns = (one.take(some) for one in (spans.reading, spans.first, spans.last, spans.label))
    reading, first, last, label = columns
    units = flat_units(reading, first, last, label, rank.take(label))
    return _summed(ready, units, n_coders)


def _summed(ready: Prepared, units: Flat, n_coders: Ints) -> FlatSums:
    batch = ready.batch
    labels = distinct(units.label)
    value = np.searchsorted(labels, units.label) + 1
    n, n_texts = len(labels) + 1, len(batch.texts)
    lengths, agreed, shared = np.zeros((n, n)), np.zeros((n_texts, n)), np.zeros(len(value))
    for m in distinct(n_coders[n_coders > 1]).tolist():
        found = _of_coders(batch.article, units, n_coders == m, value)
        lengths += _coincidences(found, n, m, agreed)
        shared += _reached(found, len(value)) / (m - 1)
    of, since, until = batch.parts
    length = np.bincount(of, ready.page.n_base(of, since, until), minlength=n_texts)
    size = (units.last - units.first).astype(float)
    article = batch.article.take(units.reading)
    own, covered, squares, cut = (
        by_two(article, value, told, (n_texts, n)) for told in (size, shared, size**2, shared**2)
    )
    own[:, 0] = squares[:, 0] = length * n_coders - own.sum(axis=1)
    agreed[:, 0] = own[:, 0] - (own - covered)[:, 1:].sum(axis=1)
    joint = n_coders > 1
    columns = [told[joint] for told in (own, agreed, covered, squares, cut)]
    lengths[0, 0] = columns[1][:, 0].sum()
    told = Continuum(lengths, columns[3].sum(axis=0), columns[4].sum(axis=0))
    return FlatSums(labels, told, *columns)


@dataclass(frozen=True, slots=True)
class Stretches:
    """Stretches between ends of units, in articles that are all of as many coders.

    `values` (stretches, coders) are 0 where a coder has no unit, `units` the units, -1 for none.
    """

    article: Ints
    width: Ints
    values: Ints
    units: Ints


def _of_coders(article: Ints, units: Flat, which: Flags, value: Ints) -> Stretches:
    """Return the stretches of the articles `which`; `value` is that of each unit."""
    readings = np.flatnonzero(which.take(article))
    readings = readings[np.argsort(article.take(readings), kind="stable")]
    at = np.flatnonzero(which.take(article.take(units.reading)))
    of = article.take(units.reading.take(at)) << _BITS
    ends = distinct(np.concatenate([of | units.first.take(at), of | units.last.take(at)]))
    is_inside = ends[:-1] >> _BITS == ends[1:] >> _BITS
    begin, width = ends[:-1][is_inside], np.diff(ends)[is_inside]
    articles = distinct(article.take(readings))
    coders = readings.reshape(len(articles), -1)
    who = coders.take(np.searchsorted(articles, begin >> _BITS), axis=0)
    place = (begin & _BELOW)[:, None]
    unit = np.searchsorted(units.reading << _BITS | units.first, who << _BITS | place, "right") - 1
    known = np.maximum(unit, 0)
    holds = (unit >= 0) & (units.reading.take(known) == who) & (units.last.take(known) > place)
    values = np.where(holds, value.take(known), 0)
    return Stretches(begin >> _BITS, width, values, np.where(holds, known, -1))


def _coincidences(found: Stretches, n: int, m: int, agreed: Floats) -> Floats:
    """Return the lengths that any two of `m` coders share, by their `n` values.

    Add those of equal values to `agreed`, by article.
    """
    lengths = np.zeros(n * n)
    for one, other in ((one, other) for one in range(m) for other in range(m) if one != other):
        mine, theirs = found.values[:, one], found.values[:, other]
        lengths += np.bincount(mine * n + theirs, found.width, minlength=n * n)
        same = mine == theirs
        length = found.width[same] / (m - 1)
        agreed += by_two(found.article[same], mine[same], length, agreed.shape)
    return lengths.reshape(n, n) / (m - 1)


def _reached(found: Stretches, n_units: int) -> Floats:
    """Return how much of each unit lies in units of others, summed over the others."""
    is_unit = found.units >= 0
    length = found.width * (is_unit.sum(axis=1) - 1)
    lengths = np.broadcast_to(length[:, None], is_unit.shape)[is_unit]
    return np.bincount(found.units[is_unit], lengths, minlength=n_units).astype(float)


def _widened(part: FlatSums, labels: Ints) -> FlatSums:
    if len(part.labels) == len(labels):
        return part
    at = np.concatenate([ints([0]), np.searchsorted(labels, part.labels) + 1])
    n = len(labels) + 1
    lengths, squares, cut = np.zeros((n, n)), np.zeros(n), np.zeros(n)
    lengths[np.ix_(at, at)] = part.continuum.lengths
    squares[at], cut[at] = part.continuum.squares, part.continuum.cut
    columns = []
    for name in _BY_ARTICLE:
        wide = np.zeros((part.n_articles, n))
        wide[:, at] = getattr(part, name)
        columns.append(wide)
    return FlatSums(labels, Continuum(lengths, squares, cut), *columns)
