"""The report as values for JSON: undefined figures are null, each with its reason beside it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from annotator.agreement.figures import Figure
from annotator.agreement.report import (
    Confusion,
    Disagreements,
    EventReport,
    Pair,
    PairRow,
    RelationReport,
    SpanReport,
    StanceReport,
    TargetPair,
    ValueReport,
)
from annotator.services.agreeing import AgreementReport

Told = dict[str, Any]


def as_json(report: AgreementReport) -> Told:
    """Return the report as one map; what was not asked for is left out."""
    told: Told = {
        "settings": _settings(report),
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
        told["entities"] = _spans(report.entities)
    if report.events is not None:
        told["events"] = _events(report.events)
    if report.stances is not None:
        told["stances"] = _stances(report.stances)
    if report.relations is not None:
        told["relations"] = _relations(report.relations)
    if "answers" in report.asked.what:
        told["answers"] = {answer.name: _values(answer) for answer in report.answers}
    told["articles"] = [
        {
            "uid": row.uid,
            "title": row.title,
            "n_readings": row.n_readings,
            "n_items": row.n_items,
            "n_disputed": row.n_disputed,
            "strict_f1": row.strict,
            **({} if row.strict is not None else {"strict_f1_reason": "no_items"}),
        }
        for row in report.articles
    ]
    return told


def _settings(report: AgreementReport) -> Told:
    asked, totals = report.asked, report.totals
    return {
        "what": list(asked.what),
        "who": list(asked.who),
        "types": list(asked.types),
        "articles": list(asked.articles),
        "trim": asked.trim,
        "trim_punctuation": asked.punctuation,
        "without_suggestions": asked.without_suggestions,
        "status": "done",
        "pooled": "pairs and articles",
        "interval": "jackknife over articles, 95 %",
        "schema": {"name": report.schema[0], "version": report.schema[1]},
        "version": report.version,
        "n_articles": totals.n_articles,
        "n_joint_articles": totals.n_joint,
        "n_readings": totals.n_readings,
        "n_with_suggestions": totals.n_seen,
        "n_not_annotatable": totals.n_left_out,
        "n_duplicates": totals.n_duplicates,
    }


def figures(found: Mapping[str, Figure]) -> Told:
    """Return figures under their keys: value, reason or interval, and what it is over."""
    told: Told = {}
    for key, figure in found.items():
        told[key] = figure.value
        if figure.value is None:
            told[key + "_reason"] = figure.reason
        elif figure.low is not None:
            told[key + "_low"], told[key + "_high"] = figure.low, figure.high
        told[key + "_n"] = figure.n
    return told


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
        "unitized_alpha": _one_each({row.type: row.unitized for row in found.by_type})
        if is_unitized
        else {},
        "disagreements": _disagreements(found.disagreements),
        "confusion": _confusion(found.confusion),
        "by_type": {
            row.type: {"n": row.n, **figures({"strict_f1": row.strict, "overlap_f1": row.overlap})}
            for row in found.by_type
        },
        "by_pair": {_pair((row.first, row.second)): _pair_row(row) for row in found.by_pair},
    }


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
        "disagreements": _disagreements(row.disagreements),
        "confusion": _confusion(row.confusion),
    }


def _one_each(found: Mapping[str, Figure]) -> Told:
    """Return figures by name, without counts beside them."""
    told: Told = {}
    for key, figure in found.items():
        told[key] = figure.value
        if figure.value is None:
            told[key + "_reason"] = figure.reason
    return told


def _disagreements(found: Disagreements) -> Told:
    return {**found.kinds, "reasons": dict(found.reasons), "missing_reasons": dict(found.missing)}


def _confusion(found: Confusion) -> Told:
    told: Told = {}
    for (one, other), n in sorted(found.items()):
        told.setdefault(one, {})[other] = n
    return told


def _pair(pair: Pair) -> str:
    return f"{pair[0].name},{pair[1].name}"


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
        "roles": _confusion(found.roles),
        "triggers": _spans(found.triggers),
    }


def _stances(found: StanceReport) -> Told:
    values = _values(found.values)
    return {
        "n_articles": found.n_articles,
        "n_stances": found.n_items,
        **figures({"target_f1": found.target_f1}),
        **{key: value for key, value in values.items() if key not in ("n_articles", "by_pair")},
        "by_topic": _one_each(found.by_topic),
        "by_pair": {
            name: {**row, **values["by_pair"].get(name, {})}
            for name, row in _targets(found.target_pairs, "target_f1").items()
        },
    }


def _targets(pairs: Iterable[TargetPair], key: str) -> Told:
    return {
        _pair((row.first, row.second)): {
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
        "by_value": _one_each(found.by_value),
        "confusion": _confusion(found.confusion),
        "by_pair": {
            _pair((row.first, row.second)): {
                "n_articles": row.n_articles,
                "n_items": row.n_items,
                **figures({"percent": row.percent, "cohen_kappa": row.cohen_kappa}),
                "confusion": _confusion(row.confusion),
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
        "confusion": _confusion(found.confusion),
        "by_pair": _targets(found.by_pair, "strict_f1"),
    }
