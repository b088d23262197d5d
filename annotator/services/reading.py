"""One article as one annotator reads it: text, regions, labels, and what is wrong with them."""

from collections.abc import Iterable
from dataclasses import dataclass

from annotator.core.bodies import label_from
from annotator.core.checks import Problem
from annotator.core.labelschema import LabelSchema
from annotator.core.model import CLASSES, Annotator, Article, Label, Layer, Region
from annotator.core.operations import STATUS, Operation
from annotator.core.renaming import with_current_type
from annotator.services.listing import problems_of_layer
from annotator.store import queries
from annotator.store.project import Project


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read: `labels` under their present types, `annotatable` the roles that count."""

    article: Article
    text: str
    regions: tuple[Region, ...]
    annotatable: frozenset[str]
    layer: Layer
    labels: tuple[Label, ...]

    def is_annotatable(self, start: int, end: int) -> bool:
        """Whether any of `[start, end)` lies in a region that is labelled."""
        return any(
            region.start < end and start < region.end
            for region in self.regions
            if region.role in self.annotatable
        )


def reading(project: Project, article: str, annotator: Annotator) -> Reading:
    """Return the article named `article` (a uid or SHA-256) as `annotator` reads it."""
    found = project.article(article)
    layer = project.layer(found.sha256, annotator.uid)
    schema = project.label_schema
    return Reading(
        found,
        project.text(found.sha256),
        tuple(project.regions(found.sha256)),
        project.annotatable,
        layer,
        tuple(with_current_type(schema, label) for label in project.labels(layer)),
    )


def changed_labels(schema: LabelSchema, operation: Operation) -> dict[str, Label | None]:
    """Return the labels that `operation` wrote, by uid; None for those it removed."""
    return {
        change.uid: None
        if change.after is None
        else with_current_type(schema, label_from(change.kind, change.uid, change.after))
        for change in operation.changes
        if change.kind in CLASSES
    }


def changed_status(operation: Operation) -> str:
    """Return the status that `operation` gave the layer; empty where it gave none."""
    for change in operation.changes:
        if change.kind == STATUS:
            return str(change.after["status"]) if change.after else "new"
    return ""


def problems(
    schema: LabelSchema, labels: Iterable[Label], text: str, status: str
) -> dict[str, list[Problem]]:
    """Return what is wrong with the labels of a layer, by uid; under "" what is not of a label."""
    found: dict[str, list[Problem]] = {}
    for problem in problems_of_layer(schema, list(labels), text, status):
        found.setdefault(problem.uid, []).append(problem)
    return found


def answered_doubts(project: Project, labels: Iterable[Label]) -> dict[str, str]:
    """Return the lead's answers to the questions that stand on `labels`, by uid."""
    asked = [label.uid for label in labels if label.doubt]
    return queries.doubt_answers(project, asked)
