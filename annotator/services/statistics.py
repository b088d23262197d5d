"""Counts over a project: labels by kind, type and annotator, layers by status, active minutes."""

from collections import Counter
from typing import Any

from annotator.core.model import STATUSES
from annotator.services.workloads import workloads
from annotator.store import queries
from annotator.store.project import Project
from annotator.store.queries import ALL, Filter
from annotator.store.tables import LABEL_TABLES
from annotator.store.trouble import reads

_TYPE_COLUMN = {
    "entity": "type",
    "event": "type",
    "argument": "role",
    "stance": "value",
    "relation": "type",
    "answer": "question",
}


@reads
def statistics(project: Project, wanted: Filter = ALL) -> dict[str, Any]:
    """Return the counts as one JSON-ready map.

    A minute is active for an annotator when one of her operations, imports apart, carries it: what
    was done in a minute counts once, and a pause counts nothing.
    """
    found: dict[str, Any] = {
        "articles": sum(1 for _ in queries.articles(project, wanted)),
        "layers": 0,
        "labels": dict.fromkeys(LABEL_TABLES, 0),
        "types": {kind: {} for kind in LABEL_TABLES},
        "annotators": {},
        "statuses": dict.fromkeys(STATUSES, 0),
    }
    names = queries.shown_names(project)
    for layer in queries.layers(project, wanted):
        found["layers"] += 1
        found["statuses"][layer.layer.status] += 1
        one = _of_annotator(found["annotators"], names[layer.annotator.uid])
        one["layers"] += 1
        one["statuses"][layer.layer.status] += 1
        for kind, types in queries.types_in_layer(project, layer, _TYPE_COLUMN, wanted).items():
            n = sum(types.values())
            found["labels"][kind] += n
            one["labels"][kind] += n
            found["types"][kind] = dict(sorted((Counter(found["types"][kind]) + types).items()))
    for name, minutes in _active_minutes(project, wanted).items():
        _of_annotator(found["annotators"], name)["active_minutes"] = minutes
    given = workloads(project, wanted)
    found["assignments"] = {names[one.annotator.uid]: one.as_map() for one in given}
    found["active_minutes"] = sum(one["active_minutes"] for one in found["annotators"].values())
    return found


def _of_annotator(annotators: dict[str, Any], name: str) -> dict[str, Any]:
    usual = {
        "layers": 0,
        "labels": dict.fromkeys(LABEL_TABLES, 0),
        "statuses": dict.fromkeys(STATUSES, 0),
        "active_minutes": 0,
    }
    found: dict[str, Any] = annotators.setdefault(name, usual)
    return found


def _active_minutes(project: Project, wanted: Filter) -> dict[str, int]:
    names = queries.shown_names(project)
    minutes: dict[str, set[str]] = {}
    for found in queries.operations(project, Filter(article=wanted.article, who=wanted.who)):
        kind, who, at = found[2], found[5], found[6]
        if at and kind != "import" and who in names:
            minutes.setdefault(names[who], set()).add(at)
    return {name: len(found) for name, found in minutes.items()}
