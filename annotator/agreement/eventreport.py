"""The report of events, from sums of triggers, arguments and roles."""

import numpy as np

from annotator.agreement import events
from annotator.agreement.arrays import Floats
from annotator.agreement.counted import Counted, ratio_figures
from annotator.agreement.figures import NOT_BY_TYPE, undefined
from annotator.agreement.itemcells import confusion
from annotator.agreement.report import EventReport
from annotator.agreement.spanreport import by_article, label_alpha, span_report
from annotator.agreement.sums import ItemSums


def event_report(
    counted: Counted, triggers: ItemSums, roles: ItemSums, arguments: Floats
) -> EventReport:
    """Return the report of events; `arguments` has shape (articles, details of `events`).

    Where only some types are asked for, there is none of arguments: they are counted over all.
    """
    found = span_report(counted, triggers)
    both, aligned = arguments[:, events.BOTH_SIDES], arguments[:, events.BOTH_ALIGNED]
    parts = (
        *((events.AI, both), (events.AC, both), (events.AI_PLUS, both), (events.AC_PLUS, both)),
        *((events.AI_OVERLAP, both), (events.AI_GIVEN, aligned), (events.AC_GIVEN, aligned)),
    )
    shared = np.stack([2 * arguments[:, detail] for detail, _ in parts], axis=1)
    whole = np.stack([column for _, column in parts], axis=1)
    figures = ratio_figures(shared, whole, whole - shared, counted.joint)
    role_alpha = label_alpha(by_article(roles, counted.joint))
    if counted.types:
        role_alpha = undefined(NOT_BY_TYPE, 0, found.n_articles)
        figures = [role_alpha] * len(parts)
    ai, ac, ai_plus, ac_plus, ai_overlap, ai_given, ac_given = figures
    return EventReport(
        found.n_articles,
        found.n_labels,
        0 if counted.types else int(both.sum()),
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
        role_alpha,
        found,
        {} if counted.types else confusion(roles, tuple(counted.names.names)),
    )
