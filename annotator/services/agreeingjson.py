"""The report as values for JSON: undefined figures are null, each with its reason beside it."""

from collections.abc import Iterable
from dataclasses import replace

from annotator.agreement.drift import WINDOW
from annotator.agreement.figures import Figure
from annotator.agreement.flatfigures import Unitized
from annotator.agreement.report import (
    EventReport,
    PairRow,
    RelationReport,
    SpanReport,
    StanceReport,
    TargetPair,
    ValueReport,
)
from annotator.services.agreeing import AgreementReport, ArticleRow, StringRow
from annotator.services.agreeingdrift import Drift, Step
from annotator.services.agreeingkeys import (
    Told,
    confusion,
    disagreements,
    figures,
    one_each,
    pair_key,
    settings,
)


def as_json(report: AgreementReport) -> Told:
    """Return the report as one map; what was not asked for is left out."""
    told: Told = {
        "settings": settings(report),
        "annotators": [
            {
                "uid": row.reader.uid,
                "name": row.reader.name,
                "n_articles": row.n_articles,
                "n_joint_articles": row.n_joint,
                "n_labels": row.n_labels,
                "n_with_suggestions": row.n_seen,
            }
            for row in report.readers
        ],
    }
    if report.entities is not None:
        told["entities"] = {**_spans(report.entities), **_unitizing(report.unitized)}
    if report.events is not None:
        told["events"] = _events(report.events)
    if report.stances is not None:
        told["stances"] = _stances(report.stances)
    if report.relations is not None:
        told["relations"] = _relations(report.relations)
    if "answers" in report.asked.what:
        told["answers"] = {answer.name: _values(answer) for answer in report.answers}
    told["drift"] = _drift(report.drifts)
    told["texts"] = [_text(row) for row in report.strings]
    told["articles"] = [_article(row) for row in report.articles]
    return told


def _article(row: ArticleRow) -> Told:
    return {
        "uid": row.uid,
        "title": row.title,
        "n_readings": row.n_readings,
        "n_items": row.n_items,
        "n_disputed": row.n_disputed,
        "strict_f1": row.strict,
        **({} if row.strict is not None else {"strict_f1_reason": "no_items"}),
    }


def _text(row: StringRow) -> Told:
    return {
        "text": row.text,
        "n_disputed": row.n,
        "types": dict(row.types),
        "article": row.article,
        "start": row.start,
        "end": row.end,
    }


def _span_figures(found: SpanReport | PairRow) -> Told:
    return figures(
        {
            "strict_f1": found.strict,
            "boundary_f1": found.boundary,
            "overlap_f1": found.overlap,
            "detection_f1": found.detection,
            "label_alpha": found.label_alpha,
        }
    )


def _spans(found: SpanReport) -> Told:
    depth = {"outer_f1": found.outer, "inner_f1": found.inner}
    places = {"place_alpha": found.unitized}
    is_unitized = any(row.unitized.n for row in found.by_type)
    return {
        "n_articles": found.n_articles,
        "n_labels": found.n_labels,
        "n_items": found.n_items,
        **_span_figures(found),
        **_mean(found.pair_mean),
        **figures(depth),
        "n_inner_missing": found.n_inner_missing,
        **(figures(places) if is_unitized else {}),
        "unitized_alpha": one_each({row.type: row.unitized for row in found.by_type})
        if is_unitized
        else {},
        "disagreements": disagreements(found.disagreements),
        "confusion": confusion(found.confusion),
        "by_type": {
            row.type: {"n": row.n, **figures({"strict_f1": row.strict, "overlap_f1": row.overlap})}
            for row in found.by_type
        },
        "by_pair": {pair_key((row.first, row.second)): _pair_row(row) for row in found.by_pair},
    }


def _unitizing(found: Unitized | None) -> Told:
    """Return the family over all types, where the report has it."""
    if found is None:
        return {}
    named = {"u_alpha": found.unitized, "place_alpha": found.place, "value_alpha": found.value}
    by_type = {
        row.type: {**figures({"alpha": row.alpha}), "coverage": row.coverage}
        for row in found.by_type
    }
    return {"unitizing": {**figures(named), "units": "outermost labels", "by_type": by_type}}


def _drift(found: Iterable[Drift]) -> Told:
    """Return by what is compared and annotator how she agreed over time, article by article."""
    told: Told = {}
    for one in found:
        named = {
            "first_window_f1": one.first,
            "last_window_f1": one.last,
            "average": one.average,
            "limit": one.limit,
        }
        told.setdefault(one.what, {})[one.reader.name] = {
            "n_articles": len(one.steps),
            "window": WINDOW,
            **figures(named),
            "n_flagged": len(one.flagged),
            "steps": [_step(step) for step in one.steps],
        }
    return told


def _step(step: Step) -> Told:
    """Return one article of many; what is undefined there is left out."""
    moment = step.moment
    told: Told = {"article": step.article, "is_flagged": moment.is_flagged}
    values = {
        "strict_f1": moment.value,
        "window_f1": moment.window,
        "average": moment.average,
        "limit": moment.limit,
    }
    return told | {key: value for key, value in values.items() if value is not None}


def _mean(found: Figure) -> Told:
    told = figures({"pair_mean_f1": replace(found, low=None, high=None)})
    if found.value is not None and found.high is not None:
        told["pair_mean_f1_sd"] = found.high - found.value
    return told


def _pair_row(row: PairRow) -> Told:
    return {
        "n_articles": row.n_articles,
        "n_items": row.n_items,
        **_span_figures(row),
        "disagreements": disagreements(row.disagreements),
        "confusion": confusion(row.confusion),
    }


def _events(found: EventReport) -> Told:
    told = {
        "ti_f1": found.ti,
        "tc_f1": found.tc,
        "ai_f1": found.ai,
        "ac_f1": found.ac,
        "ai_plus_f1": found.ai_plus,
        "ac_plus_f1": found.ac_plus,
        "ai_overlap_f1": found.ai_overlap,
        "ai_given_trigger_f1": found.ai_given_trigger,
        "ac_given_trigger_f1": found.ac_given_trigger,
        "type_alpha": found.type_alpha,
        "role_alpha": found.role_alpha,
    }
    return {
        "n_articles": found.n_articles,
        "n_events": found.n_events,
        "n_arguments": found.n_arguments,
        **figures(told),
        "roles": confusion(found.roles),
        "triggers": _spans(found.triggers),
    }


def _stances(found: StanceReport) -> Told:
    values = _values(found.values)
    return {
        "n_articles": found.n_articles,
        "n_stances": found.n_items,
        **figures({"target_f1": found.target_f1}),
        **{key: value for key, value in values.items() if key not in ("n_articles", "by_pair")},
        "by_topic": one_each(found.by_topic),
        "by_pair": {
            name: {**row, **values["by_pair"].get(name, {})}
            for name, row in _targets(found.target_pairs, "target_f1").items()
        },
    }


def _targets(pairs: Iterable[TargetPair], key: str) -> Told:
    return {
        pair_key((row.first, row.second)): {
            "n_articles": row.n_articles,
            **figures({key: row.target_f1}),
        }
        for row in pairs
    }


def _values(found: ValueReport) -> Told:
    return {
        "n_articles": found.n_articles,
        "n_items": found.n_items,
        **figures({"percent": found.percent}),
        **figures({f"alpha_{name}": figure for name, figure in found.alphas.items()}),
        **figures(found.others),
        "by_value": one_each(found.by_value),
        "confusion": confusion(found.confusion),
        "by_pair": {
            pair_key((row.first, row.second)): {
                "n_articles": row.n_articles,
                "n_items": row.n_items,
                **figures({"percent": row.percent, "cohen_kappa": row.cohen_kappa}),
                "confusion": confusion(row.confusion),
            }
            for row in found.by_pair
        },
    }


def _relations(found: RelationReport) -> Told:
    told = {
        "ends_f1": found.ends_f1,
        "strict_f1": found.strict,
        "type_alpha": found.type_alpha,
    }
    return {
        "n_articles": found.n_articles,
        "n_relations": found.n_relations,
        **figures(told),
        "confusion": confusion(found.confusion),
        "by_pair": _targets(found.by_pair, "strict_f1"),
    }
