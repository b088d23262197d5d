"""Labels that break the clitic policy of the label schema, mended in one annotator's own layers."""

from collections.abc import Iterator

import msgspec

from annotator.core import checks, clitics, places
from annotator.core.errors import UserError
from annotator.core.model import Annotator, Label
from annotator.core.operations import BULK_LIMIT, Operation, Scope
from annotator.services.backing_up import back_up
from annotator.services.progress import SILENT, Progress, go_on
from annotator.store import queries
from annotator.store.project import Project
from annotator.store.queries import Filter
from annotator.store.transaction import Gesture
from annotator.store.trouble import reads


class Broken(msgspec.Struct, frozen=True):
    """Labels that break the policy: in how many articles, and how many of them in done layers."""

    labels: int = 0
    articles: int = 0
    done: int = 0


class Mended(msgspec.Struct, frozen=True):
    """What was mended: the operations, and how many labels in how many articles.

    `left_out` are labels in done layers, `kept` those whose mended span has the same label already.
    """

    operations: tuple[Operation, ...]
    labels: int
    articles: frozenset[str]
    left_out: int
    kept: int


def broken(project: Project, annotator: Annotator, progress: Progress = SILENT) -> Broken:
    """Count the labels of `annotator` that break the policy; nothing is changed."""
    found = list(_broken(project, annotator, progress))
    n = sum(one.n for one in found)
    n_done = sum(one.n for one in found if one.is_done)
    return Broken(n, len(found), n_done)


def mend(project: Project, annotator: Annotator, progress: Progress = SILENT) -> Mended:
    """Mend all labels of `annotator` that break the policy, in one gesture.

    Layers that are done are left out. Before very many articles are touched a backup is kept.
    """
    found = list(_broken(project, annotator, progress))
    due = [one.article for one in found if not one.is_done]
    if len(due) > BULK_LIMIT:
        back_up(project, "bulk")
    n_labels = n_kept = 0
    touched: set[str] = set()
    left_out = sum(one.n for one in found if one.is_done)
    with project.transaction("mend_clitics", annotator.uid) as gesture:
        for n, article in enumerate(due):
            go_on(progress, n, len(due))
            n_mended, n_same = _mend(project, gesture, Scope(article, annotator.uid))
            n_labels, n_kept = n_labels + n_mended, n_kept + n_same
            if n_mended:
                touched.add(article)
    return Mended(tuple(gesture.operations), n_labels, frozenset(touched), left_out, n_kept)


# --- where ----------------------------------------------------------------------------------------


class _Layer(msgspec.Struct, frozen=True):
    article: str
    is_done: bool
    n: int


@reads
def _broken(project: Project, annotator: Annotator, progress: Progress) -> Iterator[_Layer]:
    """Yield the layers of `annotator` in which something breaks the policy."""
    policy = project.label_schema.clitics
    layers = list(queries.layers(project, Filter(who=annotator.uid)))
    for n, layer in enumerate(layers):
        go_on(progress, n, len(layers))
        text = project.text(layer.article.sha256)
        labels = queries.labels_of(project, layer)
        n_broken = sum(_breaks(policy, text, label) for label in labels)
        if n_broken:
            yield _Layer(layer.article.sha256, layer.layer.status == "done", n_broken)


def _breaks(policy: str, text: str, label: Label) -> bool:
    """Whether `label` breaks the policy; one whose span is ill has another problem first."""
    if places.of_text(text, label) is not None:
        return False
    return clitics.fault_of(policy, text, label) is not None


# --- mending --------------------------------------------------------------------------------------


def _mend(project: Project, gesture: Gesture, scope: Scope) -> tuple[int, int]:
    """Mend the labels of a layer; return how many, and how many stay as they are."""
    try:
        part = gesture.within(scope)
    except UserError as trouble:
        if trouble.code != "layer_done":
            raise
        return 0, 0  # it was finished meanwhile
    text, schema = project.text(scope.article), gesture.schema
    n_mended = n_kept = 0
    for label in project.labels(project.layer(scope.article, scope.annotator)):
        if not _breaks(schema.clitics, text, label):
            continue
        mended = clitics.mended(schema.clitics, text, label)
        if places.of_text(text, mended) or checks.of_new(schema, part.reading, mended, label):
            n_kept += 1
        else:
            part.put(mended)
            n_mended += 1
    return n_mended, n_kept
