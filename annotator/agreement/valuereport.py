"""The report of values: answers to questions, and the values of stances."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from annotator.agreement import answers, categorical, distances, statistics, valueintervals
from annotator.agreement.answers import Values
from annotator.agreement.arrays import Flags, Floats, Ints, distinct, ints, ranked
from annotator.agreement.counted import Counted
from annotator.agreement.figures import FREE_TEXT, Figure, quotient, undefined
from annotator.agreement.report import (
    Confusion,
    ValuePair,
    ValueReport,
)
from annotator.agreement.statistics import Cells
from annotator.agreement.valueintervals import Tallied, with_its_interval

_UNORDERED = ("nominal", "set", "masi")


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
    none = undefined(reason, len(distinct(cells.article)), int(counted.joint.sum()))
    alphas = dict.fromkeys(("nominal", "ordinal", "interval", "ratio"), none)
    others = dict.fromkeys(("fleiss_kappa", "scott_pi", "gwet_ac1", "gwet_ac2"), none)
    return ValueReport(scale.name, none.n_articles, none.n, none, alphas, others, {}, (), {})


def singles(
    counted: Counted, cells: Cells, value: Ints, item: Ints, scale: Scale
) -> tuple[Values, Scale]:
    """Return readings of items with one value each; what the schema lacks comes after it."""
    numbers, found = ranked(value)
    told = [counted.names.names[number] for number in numbers.tolist()]
    known = [*scale.values, *(name for name in told if name not in scale.values)]
    place = np.array([known.index(name) for name in told], dtype=np.int64)
    wider = Scale(scale.name, tuple(known), scale.numbers, scale.are_numbers)
    matrix, article = _matrix(counted, cells, item, place[found] if len(place) else found)
    return Values(matrix, article, len(known), wider.numbers, wider.are_numbers), wider


def _matrix(counted: Counted, cells: Cells, item: Ints, value: Ints) -> tuple[Ints, Ints]:
    """Return `values[annotator, item]` and the article of each item."""
    items, place = ranked(item)
    matrix = np.full((len(counted.annotators), len(items)), -1)
    who = np.searchsorted(ints(counted.annotators), cells.first)
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
    joint = counted.joint
    items = valueintervals.tallied(told, joint).several
    pairs = categorical.coincidences_of(told.values, told.n_values)
    percent = replace(categorical.percent(pairs), n=len(items.counts))
    several = items.counts.astype(np.int64)
    return ValueReport(
        scale.name,
        items.n_articles,
        len(several),
        with_its_interval(percent, items, partial(valueintervals.percent, items), floor=0),
        _alphas(told, joint),
        _chance_corrected(told, joint),
        {
            name: _label_alpha(items, pairs, at)
            for at, name in enumerate(scale.values)
            if not told.sets and told.counts[:, at].any()
        },
        tuple(_value_pair(counted, told, scale, pair) for pair in counted.pairs),
        _named(_both_orders(several), scale.values),
    )


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
            found[name] = alpha(used, metric, joint, is_ordinal=name == "ordinal")
    return found


def alpha(told: Values, metric: Floats, joint: Flags, *, is_ordinal: bool = False) -> Figure:
    """Return alpha under a metric, with its interval over the articles in `joint`."""
    items = valueintervals.tallied(told, joint).several
    pairs = categorical.coincidences_of(told.values, told.n_values)
    found = categorical.krippendorff_alpha(pairs, metric)
    without = valueintervals.of_metric(items, None if is_ordinal else metric)
    return with_its_interval(replace(found, n=len(items.counts)), items, without)


def _label_alpha(items: Tallied, pairs: Floats, value: int) -> Figure:
    """Return nominal alpha of one value against the rest, with its interval."""
    two = items.of_one(value)
    without = partial(valueintervals.alpha, two, distances.nominal(2))
    return with_its_interval(categorical.label_alpha(pairs, value), two, without)


def _chance_corrected(told: Values, joint: Flags) -> Mapping[str, Figure]:
    """Return the coefficients of `answers.chance_corrected`, with their intervals."""
    every, on_scale = (valueintervals.tallied(one, joint) for one in (told, told.ranked))
    weights = distances.quadratic_weights(np.asarray(told.numbers, dtype=float))
    without = {
        "fleiss_kappa": partial(valueintervals.fleiss_kappa, every),
        "scott_pi": partial(valueintervals.scott_pi, every.several),
        "gwet_ac1": partial(valueintervals.gwet, every, np.eye(told.n_values)),
        "gwet_ac2": partial(valueintervals.gwet, on_scale, weights),
    }
    return {
        name: with_its_interval(
            figure, (on_scale if name == "gwet_ac2" else every).several, without[name]
        )
        for name, figure in answers.chance_corrected(told).items()
    }


def _value_pair(counted: Counted, told: Values, scale: Scale, pair: tuple[int, int]) -> ValuePair:
    rows = told.values[[counted.annotators.index(number) for number in pair]]
    table = categorical.table_of(rows[0], rows[1], told.n_values)
    two = Values(rows, told.article, told.n_values)
    items = valueintervals.tallied(two, counted.both_read(pair)).several
    first = rows[0][(rows >= 0).all(axis=0)]
    n = int(table.sum())
    return ValuePair(
        *counted.readers(pair),
        items.n_articles,
        n,
        with_its_interval(
            quotient(float(np.trace(table)), n),
            items,
            partial(valueintervals.percent, items),
            floor=0,
        ),
        with_its_interval(
            replace(categorical.cohen_kappa(table), n=n),
            items,
            partial(valueintervals.cohen_kappa, items, first),
        ),
        _named(table, scale.values),
    )


def _both_orders(counts: Ints) -> Ints:
    """Return the pairs of values given to one item in both orders, those of equal values once."""
    pairs = categorical.pairs_of(counts)
    return pairs - np.diag(np.diag(pairs) // 2)


def _named(table: Ints, names: Sequence[str]) -> Confusion:
    found = np.argwhere(table > 0).tolist()
    return {(names[one], names[other]): int(table[one, other]) for one, other in found}
