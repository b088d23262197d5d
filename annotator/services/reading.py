"""One article as one annotator reads it: text, regions, labels, and what is wrong with them."""

from collections.abc import Iterable

import msgspec

from annotator.core.bodies import label_from
from annotator.core.checks import Problem
from annotator.core.labelschema import LabelSchema
from annotator.core.model import CLASSES, Annotator, Article, Label, Layer, Region
from annotator.core.operations import STATUS, Operation
from annotator.core.renaming import with_current_type
from annotator.store import queries
from annotator.store.project import Project
from annotator.store.trouble import reads


class Reading(msgspec.Struct, frozen=True):
    """What is read: `labels` under their present types, `annotatable` the roles that count.

    Of an article with very many labels these may be read later: `is_whole` says whether they are
    there.
    """

    article: Article
    text: str
    regions: tuple[Region, ...]
    annotatable: frozenset[str]
    layer: Layer
    labels: tuple[Label, ...]
    is_whole: bool = True

    def is_annotatable(self, start: int, end: int) -> bool:
        """Whether any of `[start, end)` lies in a region that is labelled."""
        return any(
            region.start < end and start < region.end
            for region in self.regions
            if region.role in self.annotatable
        )


@reads
def reading(project: Project, article: str, annotator: Annotator, *, at_most: int = 0) -> Reading:
    """Return the article named `article` (a uid or SHA-256) as `annotator` reads it.

    With `at_most` labels that are more than this are left to `labels_of`.
    """
    found = project.article(article)
    layer = project.layer(found.sha256, annotator.uid)
    is_whole = not at_most or not project.has_more_labels(layer, at_most)
    return Reading(
        found,
        project.text(found.sha256),
        tuple(project.regions(found.sha256)),
        project.annotatable,
        layer,
        labels_of(project, layer) if is_whole else (),
        is_whole,
    )


@reads
def labels_of(project: Project, layer: Layer) -> tuple[Label, ...]:
    """Return the labels of `layer` under their present types."""
    schema = project.label_schema
    return tuple(with_current_type(schema, label) for label in project.labels(layer))


@reads
def held(project: Project, layer: Layer) -> list[Problem]:
    """Return the labels of `layer` that do not stand now, each as a problem that says why."""
    row = project.layer_row(layer)
    found = queries.held_in(project, row) if row is not None else ()
    return [Problem(f"held_{why}", uid, kind) for uid, kind, why in found]


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


@reads
def answered_doubts(project: Project, labels: Iterable[Label]) -> dict[str, str]:
    """Return the lead's answers to the questions that stand on `labels`, by uid."""
    asked = [label.uid for label in labels if label.doubt]
    return queries.doubt_answers(project, asked)
