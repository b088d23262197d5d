"""Settings, figures and tables under the keys that JSON has for them."""

from collections.abc import Mapping
from typing import Any

from annotator.agreement.figures import Figure
from annotator.agreement.report import Confusion, Disagreements, Pair
from annotator.services.agreeing import AgreementReport

Told = dict[str, Any]


def settings(report: AgreementReport) -> Told:
    """Return what was asked, and what it was counted over."""
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
        "pooled_confusion": "both orders, the diagonal once",
        "text": "folded",
        "lengths": "base characters",
        "schema": {
            "name": report.schema[0],
            "version": report.schema[1],
            "digest": report.label_schema.digest,
        },
        "version": report.version,
        "n_articles": totals.n_articles,
        "n_joint_articles": totals.n_joint,
        "n_readings": totals.n_readings,
        "n_with_suggestions": totals.n_seen,
        "n_not_annotatable": totals.n_left_out,
        "n_duplicates": totals.n_duplicates,
    }


def figures(found: Mapping[str, Figure]) -> Told:
    """Return figures under their keys: value, reason or interval, and what it is over.

    Where there is a value and no interval, it says why, and how many may differ at most (95 %).
    """
    told: Told = {}
    for key, figure in found.items():
        told[key] = figure.value
        if figure.value is None:
            told[key + "_reason"] = figure.reason
        elif figure.low is not None:
            told[key + "_low"], told[key + "_high"] = figure.low, figure.high
        elif figure.no_interval:
            told[key + "_no_interval"] = figure.no_interval
        if figure.greatest_rate is not None:
            told[key + "_n_disputed"] = figure.n_disputed
            told[key + "_n_items"] = figure.n_items
            told[key + "_greatest_rate"] = figure.greatest_rate
        told[key + "_n"] = figure.n
    return told


def one_each(found: Mapping[str, Figure]) -> Told:
    """Return figures by name, without counts beside them."""
    told: Told = {}
    for key, figure in found.items():
        told[key] = figure.value
        if figure.value is None:
            told[key + "_reason"] = figure.reason
    return told


def disagreements(found: Disagreements) -> Told:
    """Return what became of items, and why."""
    return {**found.kinds, "reasons": dict(found.reasons), "missing_reasons": dict(found.missing)}


def confusion(found: Confusion) -> Told:
    """Return a table of pairs as maps in a map."""
    told: Told = {}
    for (one, other), n in sorted(found.items()):
        told.setdefault(one, {})[other] = n
    return told


def pair_key(pair: Pair) -> str:
    """Return the key of two annotators: their names."""
    return f"{pair[0].name},{pair[1].name}"
