"""The report of events, from sums of triggers, arguments and roles."""

import numpy as np

from annotator.agreement import events
from annotator.agreement.arrays import Floats
from annotator.agreement.counted import Counted, ratio_figures
from annotator.agreement.itemcells import confusion
from annotator.agreement.report import EventReport
from annotator.agreement.spanreport import by_article, label_alpha, span_report
from annotator.agreement.sums import ItemSums


def event_report(
    counted: Counted, triggers: ItemSums, roles: ItemSums, arguments: Floats
) -> EventReport:
    """Return the report of events; `arguments` has shape (articles, details of `events`)."""
    found = span_report(counted, triggers)
    both, aligned = arguments[:, events.BOTH_SIDES], arguments[:, events.BOTH_ALIGNED]
    parts = (
        *((events.AI, both), (events.AC, both), (events.AI_PLUS, both), (events.AC_PLUS, both)),
        *((events.AI_OVERLAP, both), (events.AI_GIVEN, aligned), (events.AC_GIVEN, aligned)),
    )
    shared = np.stack([2 * arguments[:, detail] for detail, _ in parts], axis=1)
    whole = np.stack([column for _, column in parts], axis=1)
    ai, ac, ai_plus, ac_plus, ai_overlap, ai_given, ac_given = ratio_figures(
        shared, whole, whole - shared, counted.joint
    )
    return EventReport(
        found.n_articles,
        found.n_labels,
        int(both.sum()),
        found.boundary,
        found.strict,
        ai,
        ac,
        ai_plus,
        ac_plus,
        ai_overlap,
        ai_given,
        ac_given,
        found.label_alpha,
        label_alpha(by_article(roles, counted.joint)),
        found,
        confusion(roles, tuple(counted.names.names)),
    )
