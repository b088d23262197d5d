"""The report of values: answers to questions, and the values of stances."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from annotator.agreement import answers, categorical, distances, statistics
from annotator.agreement.answers import Values
from annotator.agreement.arrays import Flags, Floats, Ints
from annotator.agreement.counted import (
    Counted,
    with_interval,
)
from annotator.agreement.figures import (
    FREE_TEXT,
    NO_ITEMS,
    NO_PAIRS,
    Figure,
    undefined,
)
from annotator.agreement.intervals import LEAST_ARTICLES, jackknife
from annotator.agreement.report import (
    Confusion,
    ValuePair,
    ValueReport,
)
from annotator.agreement.statistics import Cells

_UNORDERED = ("nominal", "set", "masi")
_MOST_VALUES = 40
"""More values than this have no interval: a matrix of them for each article is too much."""


@dataclass(frozen=True, slots=True)
class Scale:
    """What may be given: names of values in the schema's order, and numbers or ranks of them.

    `numbers` is empty where the values are in no order, and `are_numbers` says that differences of
    them mean something. `is_set`: several may be given. `is_text`: texts, which are not compared.
    """

    name: str
    values: tuple[str, ...] = ()
    numbers: tuple[float, ...] = ()
    are_numbers: bool = False
    is_set: bool = False
    is_text: bool = False


def answer_report(counted: Counted, scale: Scale) -> ValueReport:
    """Return the report of one question."""
    cells = counted.of(statistics.ANSWERS)
    names = list(counted.names.names)
    question = names.index(scale.name) if scale.name in names else -1
    mine = cells.taken(cells.second == question)
    if scale.is_text:
        return _without_figures(scale, FREE_TEXT, counted, mine)
    if scale.is_set:
        return value_report(counted, *_sets(counted, mine, scale))
    return value_report(counted, *singles(counted, mine, mine.a, mine.article, scale))


def _without_figures(scale: Scale, reason: str, counted: Counted, cells: Cells) -> ValueReport:
    none = undefined(reason, len(np.unique(cells.article)), int(counted.joint.sum()))
    alphas = dict.fromkeys(("nominal", "ordinal", "interval", "ratio"), none)
    others = dict.fromkeys(("fleiss_kappa", "scott_pi", "gwet_ac1", "gwet_ac2"), none)
    return ValueReport(scale.name, none.n_articles, none.n, none, alphas, others, {}, (), {})


def singles(
    counted: Counted, cells: Cells, value: Ints, item: Ints, scale: Scale
) -> tuple[Values, Scale]:
    """Return readings of items with one value each; what the schema lacks comes after it."""
    numbers, found = np.unique(value, return_inverse=True)
    told = [counted.names.names[number] for number in numbers.tolist()]
    known = [*scale.values, *(name for name in told if name not in scale.values)]
    place = np.array([known.index(name) for name in told], dtype=np.int64)
    wider = Scale(scale.name, tuple(known), scale.numbers, scale.are_numbers)
    matrix, article = _matrix(counted, cells, item, place[found] if len(place) else found)
    return Values(matrix, article, len(known), wider.numbers, wider.are_numbers), wider


def _matrix(counted: Counted, cells: Cells, item: Ints, value: Ints) -> tuple[Ints, Ints]:
    """Return `values[annotator, item]` and the article of each item."""
    items, place = np.unique(item, return_inverse=True)
    matrix = np.full((len(counted.annotators), len(items)), -1)
    rank = {number: at for at, number in enumerate(counted.annotators)}
    who = np.array([rank[number] for number in cells.first.tolist()], dtype=np.int64)
    matrix[who, place] = value
    article = np.zeros(len(items), dtype=np.int64)
    article[place] = cells.article
    return matrix, article


def _sets(counted: Counted, cells: Cells, scale: Scale) -> tuple[Values, Scale]:
    """Return readings of which each value is a set; who answered nothing of it has none."""
    given: dict[tuple[int, int], set[str]] = {}
    columns = (cells.article.tolist(), cells.first.tolist(), cells.a.tolist())
    for article, who, value in zip(*columns, strict=True):
        given.setdefault((article, who), set()).add(counted.names.names[value])
    sets = sorted({frozenset(found) for found in given.values()}, key=sorted)
    place = {found: at for at, found in enumerate(sets)}
    articles = sorted({article for article, _ in given})
    column = {article: at for at, article in enumerate(articles)}
    matrix = np.full((len(counted.annotators), len(articles)), -1)
    for (article, who), found in given.items():
        matrix[counted.annotators.index(who), column[article]] = place[frozenset(found)]
    names = tuple(" + ".join(sorted(found)) for found in sets)
    told = Values(matrix, np.array(articles, dtype=np.int64), len(sets), sets=sets)
    return told, Scale(scale.name, names, is_set=True)


def value_report(counted: Counted, told: Values, scale: Scale) -> ValueReport:
    """Return the report of readings of one value an item."""
    counts = told.counts
    several = counts.sum(axis=1) > 1
    joint = counted.joint
    n_joint = int(joint.sum())
    pairs = categorical.coincidences(counts)
    percent = categorical.percent(pairs)
    if percent.value is None:
        percent = undefined(NO_ITEMS if n_joint else NO_PAIRS, 0, n_joint)
    n_items = int(several.sum())
    return ValueReport(
        scale.name,
        n_joint,
        n_items,
        Figure(percent.value, n_items, n_joint, reason=percent.reason),
        _alphas(told, joint),
        {name: over(figure, n_joint) for name, figure in answers.chance_corrected(told).items()},
        {
            name: categorical.label_alpha(pairs, at)
            for at, name in enumerate(scale.values)
            if not told.sets and counts[:, at].any()
        },
        tuple(_value_pair(counted, told, scale, pair) for pair in counted.pairs),
        _named(categorical.pairs_of(counts[several]), scale.values),
    )


def over(figure: Figure, n_articles: int) -> Figure:
    """Return a figure that is over so many articles."""
    reason = figure.reason
    if reason == NO_ITEMS and not n_articles:
        reason = NO_PAIRS
    return Figure(figure.value, figure.n, n_articles, reason=reason)


def _alphas(told: Values, joint: Flags) -> Mapping[str, Figure]:
    """Return alpha by metric; those of an order leave out readings that are off the scale."""
    ranked = told.ranked
    nothing = int((told.counts.sum(axis=1) > 1).sum()), int(joint.sum())
    found = {}
    for name, metric in answers.metrics(told, ranked.counts).items():
        if isinstance(metric, str):
            found[name] = undefined(metric, *nothing)
        else:
            used = told if name in _UNORDERED else ranked
            found[name] = _alpha(used, metric, joint, is_ordinal=name == "ordinal")
    return found


def _alpha(told: Values, metric: Floats, joint: Flags, *, is_ordinal: bool) -> Figure:
    """Return alpha under a metric, with its interval over articles."""
    counts = told.counts
    pairs = categorical.coincidences(counts)
    sizes = counts.sum(axis=1)
    n_items, n_joint = int((sizes > 1).sum()), int(joint.sum())
    figure = categorical.krippendorff_alpha(pairs, metric)
    if figure.value is None:
        return over(Figure(None, n_items, reason=figure.reason), n_joint)
    n_disputed = int(((sizes > 1) & (counts.max(axis=1, initial=0) < sizes)).sum())
    bounds = _alpha_bounds(told, pairs, joint, figure.value, None if is_ordinal else metric)
    return with_interval(figure.value, n_items, n_joint, n_disputed, bounds)


def _alpha_bounds(
    told: Values, pairs: Floats, joint: Flags, value: float, metric: Floats | None
) -> Floats:
    """Return the interval of an alpha over articles; `metric` None is ordinal, of its marginals."""
    if told.n_values > _MOST_VALUES or joint.sum() < LEAST_ARTICLES:
        return np.full(2, np.nan)
    parts = _by_article(told, len(joint))[joint]
    left = pairs - parts
    margins = left.sum(axis=2)
    apart = distances.ordinal(margins) if metric is None else metric
    n = margins.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        observed = (left * apart).sum(axis=(1, 2)) / n
        chance = (margins[:, :, None] * margins[:, None, :] * apart).sum(axis=(1, 2))
        without = 1 - observed * n * (n - 1) / chance
    middle, half = jackknife(np.array([value]), without[:, None])
    bounds: Floats = np.clip([middle[0] - half[0], middle[0] + half[0]], -1, 1)
    return bounds


def _by_article(told: Values, n_articles: int) -> Floats:
    """Return the coincidences of each article, shape (articles, values, values)."""
    counts = told.counts.astype(float)
    sizes = counts.sum(axis=1)
    several = sizes > 1
    counts, sizes, article = counts[several], sizes[several], told.article[several]
    each = counts[:, :, None] * counts[:, None, :]
    each -= counts[:, :, None] * np.eye(told.n_values)
    found = np.zeros((n_articles, told.n_values, told.n_values))
    np.add.at(found, article, each / (sizes - 1)[:, None, None])
    return found


def _value_pair(counted: Counted, told: Values, scale: Scale, pair: tuple[int, int]) -> ValuePair:
    rows = [told.values[counted.annotators.index(number)] for number in pair]
    table = categorical.table_of(rows[0], rows[1], told.n_values)
    n = int(table.sum())
    n_articles = int(counted.both_read(pair).sum())
    agreed = Figure(float(np.trace(table) / n), n, n_articles) if n else undefined(NO_ITEMS)
    kappa = categorical.cohen_kappa(table)
    return ValuePair(
        *counted.readers(pair),
        n_articles,
        n,
        agreed,
        Figure(kappa.value, n, n_articles, reason=kappa.reason),
        _named(table, scale.values),
    )


def _named(table: Ints, names: Sequence[str]) -> Confusion:
    found = np.argwhere(table > 0).tolist()
    return {(names[one], names[other]): int(table[one, other]) for one, other in found}
