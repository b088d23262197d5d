"""The reports of stances, targets apart from values, and of relations."""

from collections.abc import Sequence

import numpy as np

from annotator.agreement import distances, statistics
from annotator.agreement.answers import Values
from annotator.agreement.arrays import Floats
from annotator.agreement.counted import Counted, figures_of, ratio_figures
from annotator.agreement.counted import by_article as summed
from annotator.agreement.figures import Figure
from annotator.agreement.itemcells import confusion
from annotator.agreement.report import RelationReport, StanceReport, TargetPair
from annotator.agreement.spanreport import ByArticle, by_article, label_alpha
from annotator.agreement.spans import AGREE, LABEL, MISSING
from annotator.agreement.sums import ItemSums
from annotator.agreement.valuereport import Scale, alpha, singles, value_report


def stance_report(counted: Counted, scale: Scale, topics: Sequence[str]) -> StanceReport:
    """Return the report of stances; `scale` has the values, those off the scale last."""
    cells = counted.of(statistics.STANCES)
    item = (cells.article << 16) | cells.a
    told, wider = singles(counted, cells, cells.b, item, scale)
    values = value_report(counted, told, wider)
    pairs = tuple(_target_pair(counted, told, [pair]) for pair in counted.pairs)
    joint = counted.joint
    shared, whole = _shared_items(counted, told, counted.pairs)
    team = ratio_figures(2 * shared[:, None], whole[:, None], (whole - 2 * shared)[:, None], joint)[
        0
    ]
    named = {name: at for at, name in enumerate(counted.names.names)}
    by_topic = {}
    for topic in ("", *topics):
        number = named.get(topic, -1) if topic else 0
        some = cells.taken(cells.second == number)
        if len(some):
            part, _ = singles(counted, some, some.b, (some.article << 16) | some.a, scale)
            by_topic[topic] = alpha(part, distances.nominal(part.n_values), joint)
    return StanceReport(
        int(joint.sum()),
        int((told.values >= 0).sum()),
        team,
        tuple(pair for pair in pairs if pair is not None),
        values,
        by_topic,
    )


def _shared_items(
    counted: Counted, told: Values, pairs: Sequence[tuple[int, int]]
) -> tuple[Floats, Floats]:
    """Return by article how many items pairs share, and how many both have, over `pairs`."""
    n = counted.n_articles
    shared, whole = np.zeros(n), np.zeros(n)
    for pair in pairs:
        both = counted.both_read(pair)[told.article]
        rows = [told.values[counted.annotators.index(number)] >= 0 for number in pair]
        at = told.article
        shared += summed(at, (rows[0] & rows[1] & both).astype(np.int64), n)
        whole += summed(at, (rows[0].astype(np.int64) + rows[1]) * both, n)
    return shared, whole


def _target_pair(counted: Counted, told: Values, pairs: list[tuple[int, int]]) -> TargetPair:
    shared, whole = _shared_items(counted, told, pairs)
    both = counted.both_read(pairs[0])
    columns = (2 * shared[:, None], whole[:, None], (whole - 2 * shared)[:, None])
    figure = ratio_figures(*columns, both)[0]
    return TargetPair(
        *counted.readers(pairs[0]), int(both.sum()), int(whole.sum() - shared.sum()), figure
    )


# --- relations -----------------------------------------------------------------------------------


def relation_report(counted: Counted, sums: ItemSums) -> RelationReport:
    """Return the report of relations."""
    joint = counted.joint
    found = by_article(sums, joint)
    ends, strict = _relation_figures(found)
    pairs = []
    for pair in counted.pairs:
        mine = sums.of_meetings((sums.first == pair[0]) & (sums.second == pair[1]))
        both = counted.both_read(pair)
        figure = _relation_figures(by_article(mine, both))[1]
        n_items = int(mine.kinds.sum())
        pairs.append(TargetPair(*counted.readers(pair), int(both.sum()), n_items, figure))
    return RelationReport(
        int(joint.sum()),
        int(sums.sides.sum()),
        ends,
        strict,
        label_alpha(found),
        confusion(sums, tuple(counted.names.names)),
        tuple(pairs),
    )


def _relation_figures(found: ByArticle) -> list[Figure]:
    """Return F1 of the ends, and of the ends with their type."""
    matched = found.sides[:, [AGREE, LABEL]].sum(axis=1)
    parts = np.stack([matched, found.sides[:, AGREE]], axis=1)
    whole = np.repeat(found.sides.sum(axis=1)[:, None], 2, axis=1)
    disputed = np.stack(
        [found.kinds[:, MISSING], found.kinds[:, [LABEL, MISSING]].sum(axis=1)], axis=1
    )
    return figures_of(parts, whole, disputed)
