"""Listings: rows that are ready for JSON, one by one, so that a large project streams."""

import itertools
from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from annotator.core import checks
from annotator.core.bodies import body_of
from annotator.core.layerproblems import problems_of_layer
from annotator.core.model import (
    KIND_OF,
    Argument,
    Label,
    Stance,
    extent_of,
    hull,
)
from annotator.core.operations import STATUS, Change, changes_from
from annotator.core.renaming import with_current_type
from annotator.store import queries
from annotator.store.history import plain_body
from annotator.store.project import Project
from annotator.store.queries import ALL, Filter, StoredLayer
from annotator.store.trouble import reads

__all__ = ["ALL", "Filter", "articles", "history", "labels", "problems"]

Row = dict[str, Any]


def articles(project: Project, wanted: Filter = ALL) -> Iterator[Row]:
    """Yield the articles with the status of each layer by annotator's name."""
    return _limited(_articles(project, wanted), wanted)


@reads
def _articles(project: Project, wanted: Filter) -> Iterator[Row]:
    names = queries.shown_names(project)
    who = names[queries.known_annotator(project, wanted.who).uid] if wanted.who else ""
    for row, article in queries.articles(project, wanted):
        status = queries.statuses(project, row)
        if who:
            status = {who: status.get(who, "new")}
        if wanted.status and wanted.status not in status.values():
            continue
        if (wanted.kind or wanted.type) and not _has_labels(project, article.uid, wanted):
            continue
        yield {
            "uid": article.uid,
            "sha256": article.sha256,
            "title": article.title,
            "length": article.length,
            "status": status,
        }


def _has_labels(project: Project, article: str, wanted: Filter) -> bool:
    """Whether a layer of the article that `wanted` shows has a label of its kind and type."""
    shown = replace(wanted, article=article, status="", limit=0)
    return any(_labels(project, shown))


def labels(project: Project, wanted: Filter = ALL) -> Iterator[Row]:
    """Yield the labels of all layers that `wanted` shows, layer by layer."""
    return _limited(_labels(project, wanted), wanted)


@reads
def _labels(project: Project, wanted: Filter) -> Iterator[Row]:
    schema = project.label_schema
    for layer in queries.layers(project, wanted):
        text = project.text(layer.article.sha256)
        found = [with_current_type(schema, label) for label in queries.labels_of(project, layer)]
        hulls = {label.uid: hull(extent_of(label)) for label in found if extent_of(label)}
        shown = [label for label in found if _is_wanted(label, wanted)]
        answers = queries.doubt_answers(project, [label.uid for label in shown if label.doubt])
        for label in shown:
            row = _label_row(layer, label, text, hulls)
            if label.doubt:
                row["doubt_answer"] = answers.get(label.uid, "")
            yield row


def _is_wanted(label: Label, wanted: Filter) -> bool:
    is_kind = wanted.kind in ("", KIND_OF[type(label)])
    return is_kind and wanted.type in ("", label.type)


def _label_row(
    layer: StoredLayer, label: Label, text: str, hulls: dict[str, tuple[int, int]]
) -> Row:
    """Return a label's row: its place, its filler's where it has none of its own, or 0, 0."""
    at = label.filler if isinstance(label, Argument) else label.uid
    start, end = hulls.get(at, (0, 0))
    body = body_of(label)
    return {
        "kind": KIND_OF[type(label)],
        "uid": label.uid,
        "article": layer.article.uid,
        "annotator": layer.annotator.name,
        "type": label.type,
        "start": start,
        "end": end,
        "quote": text[start:end],
        **_told(label, body),
    }


def _told(label: Label, body: Row) -> Row:
    """Return the rest of a label in the words of the format."""
    told = {name: value for name, value in body.items() if name != "type"}
    if isinstance(label, Stance):
        for name, party in (("holder", label.holder), ("target", label.target)):
            told[name] = {"kind": party.kind, "ref": party.ref}
        told["voice"] = label.voice
    for name in ("attributes", "votes"):
        if name in told:
            told[name] = [{"name": key, "value": value} for key, value in told[name]]
    for name in ("spans", "head", "evidence"):
        if name in told:
            told[name] = [
                dict(zip(("start", "end", "quote"), span, strict=True)) for span in told[name]
            ]
    if "origin" in told:
        by, source, confidence = told["origin"]
        told["origin"] = {"by": by, "source": source, "confidence": confidence / 1000}
    return told


def problems(project: Project, wanted: Filter = ALL) -> Iterator[Row]:
    """Yield what breaks the label schema, and the labels that are held."""
    return _limited(_problems(project, wanted), wanted)


@reads
def _problems(project: Project, wanted: Filter) -> Iterator[Row]:
    schema = project.label_schema
    for layer in queries.layers(project, wanted):
        text = project.text(layer.article.sha256)
        found = queries.labels_of(project, layer)
        by_uid = {label.uid: label for label in found}
        for problem in problems_of_layer(schema, found, text, layer.layer.status):
            label = by_uid.get(problem.uid)
            if _is_wanted(label, wanted) if label else _is_about(problem, wanted):
                yield _problem_row(layer, problem, label)
        yield from _held(project, layer, wanted)


def _is_about(problem: checks.Problem, wanted: Filter) -> bool:
    return wanted.kind in ("", problem.kind) and wanted.type in ("", problem.detail)


def _problem_row(layer: StoredLayer, problem: checks.Problem, label: Label | None) -> Row:
    extent = extent_of(label) if label else ()
    start, end = hull(extent) if extent else (0, 0)
    return {
        "code": problem.code,
        "kind": problem.kind,
        "uid": problem.uid,
        "article": layer.article.uid,
        "annotator": layer.annotator.name,
        "type": label.type if label else "",
        "start": start,
        "end": end,
        "detail": problem.detail,
    }


def _held(project: Project, layer: StoredLayer, wanted: Filter) -> Iterator[Row]:
    for uid, kind, why in queries.held_in(project, layer.row):
        if wanted.kind in ("", kind) and not wanted.type:
            problem = checks.Problem(f"held_{why}", uid, kind)
            yield _problem_row(layer, problem, None)


_HISTORY = (
    "op",
    "gesture",
    "kind",
    "article",
    "annotator",
    "who",
    "at",
    "lamport",
    "replica",
    "sequence",
    "undoes",
)


def history(project: Project, wanted: Filter = ALL) -> Iterator[Row]:
    """Yield the operations, oldest first, with how many changes each made."""
    return _limited(_history(project, wanted), wanted)


@reads
def _history(project: Project, wanted: Filter) -> Iterator[Row]:
    names = {one.uid: one.name for one in project.annotators()}
    for *told, body in queries.operations(project, wanted):
        row = dict(zip(_HISTORY, told, strict=True))
        changes = changes_from(plain_body(body))
        if not _is_asked_for(changes, wanted):
            continue
        row["who"] = names.get(row["who"], row["who"])
        row["changes"] = len(changes)
        yield row


def _is_asked_for(changes: tuple[Change, ...], wanted: Filter) -> bool:
    """Whether one of `changes` is of the type, and one of the status, that `wanted` asks for."""
    bodies = [body for change in changes for body in (change.before, change.after) if body]
    types = {body.get("type") for body in bodies}
    statuses = {
        change.after["status"] for change in changes if change.kind == STATUS and change.after
    }
    return (not wanted.type or wanted.type in types) and (
        not wanted.status or wanted.status in statuses
    )


def _limited(found: Iterator[Row], wanted: Filter) -> Iterator[Row]:
    return itertools.islice(found, wanted.limit) if wanted.limit else found
