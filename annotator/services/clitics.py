"""Labels that break the clitic policy of the label schema, mended in one annotator's own layers."""

from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from annotator.core import checks, clitics, places
from annotator.core.errors import UserError
from annotator.core.labelschema import LabelSchema
from annotator.core.layerproblems import layer_labels
from annotator.core.model import Annotator, Label, Layer, extent_of
from annotator.core.operations import Operation, Scope
from annotator.services import labelling
from annotator.services.backing_up import before_bulk
from annotator.services.progress import SILENT, Progress, go_on
from annotator.store import queries
from annotator.store.project import Project
from annotator.store.queries import Filter
from annotator.store.transaction import Gesture
from annotator.store.trouble import reads, writes


class Change(msgspec.Struct, frozen=True):
    """What `n` labels are on, and what they will be on when they are mended."""

    before: str
    after: str
    n: int


class Broken(msgspec.Struct, frozen=True):
    """Labels that mending mends, in how many articles; and those that it leaves out.

    `done` are in layers that are done, and of `kept` the same label stands there already. The
    `changes` are what a person looks through before: the most frequent first.
    """

    labels: int = 0
    articles: int = 0
    done: int = 0
    kept: int = 0
    changes: tuple[Change, ...] = ()


class Mended(msgspec.Struct, frozen=True):
    """What was mended: the operations, and how many labels in how many articles.

    `left_out` are labels in done layers, `kept` those whose mended span has the same label already.
    """

    operations: tuple[Operation, ...]
    labels: int
    articles: frozenset[str]
    left_out: int
    kept: int


def broken(
    project: Project, annotator: Annotator, progress: Progress = SILENT, article: str = ""
) -> Broken:
    """Count the labels of `annotator` that mending would mend; nothing is changed.

    `article` is a uid or SHA-256, or all.
    """
    found = list(_broken(project, annotator, progress, article))
    due = [one for one in found if not one.is_done and one.n_mended]
    n_done = sum(one.n for one in found if one.is_done)
    n_kept = sum(one.n - one.n_mended for one in found if not one.is_done)
    words = Counter(change for one in due for change in one.changes).most_common()
    changes = tuple(Change(before, after, n) for (before, after), n in words)
    return Broken(sum(one.n_mended for one in due), len(due), n_done, n_kept, changes)


@writes
def mend(
    project: Project, annotator: Annotator, progress: Progress = SILENT, article: str = ""
) -> Mended:
    """Mend all labels of `annotator` that break the policy, in one gesture.

    Layers that are done are left out. Before many labels are touched a backup is kept.
    """
    found = list(_broken(project, annotator, progress, article))
    due = [one.article for one in found if not one.is_done]
    before_bulk(project, sum(one.n for one in found if not one.is_done), progress)
    n_labels = n_kept = 0
    touched: set[str] = set()
    left_out = sum(one.n for one in found if one.is_done)
    with project.transaction("mend_clitics", annotator.uid) as gesture:
        for n, sha256 in enumerate(due):
            go_on(progress, n, len(due))
            made = _mend(project, gesture, Scope(sha256, annotator.uid))
            n_labels, n_kept = n_labels + made.n_mended, n_kept + made.n_kept
            left_out += made.n_done
            if made.n_mended:
                touched.add(sha256)
    return Mended(tuple(gesture.operations), n_labels, frozenset(touched), left_out, n_kept)


@writes
def say_right(project: Project, layer: Layer, uid: str) -> Operation | None:
    """Say that the attached letters of the label `uid` are right as they are.

    Its problem does not come back while they are the same. None where it has no such problem;
    raise `unknown_label`.
    """
    text, policy = project.text(layer.article), project.label_schema.clitics
    label = project.reading(layer).label(uid)
    if label is None:
        raise UserError("unknown_label", uid=uid)
    return labelling.change(project, layer, clitics.said_right(policy, text, label))


# --- where ----------------------------------------------------------------------------------------


class _Layer(msgspec.Struct, frozen=True):
    """How many labels of a layer break the policy, and what those that can be mended change."""

    article: str
    is_done: bool
    n: int
    changes: list[tuple[str, str]]

    @property
    def n_mended(self) -> int:
        """How many of them can be mended."""
        return len(self.changes)


@reads
def _broken(
    project: Project, annotator: Annotator, progress: Progress, article: str
) -> Iterator[_Layer]:
    """Yield the layers of `annotator` in which something breaks the policy."""
    schema = project.label_schema
    layers = list(queries.layers(project, Filter(article=article, who=annotator.uid)))
    for n, layer in enumerate(layers):
        go_on(progress, n, len(layers))
        text = project.text(layer.article.sha256)
        labels = queries.labels_of(project, layer)
        if not any(_breaks(schema.clitics, text, label) for label in labels):
            continue
        reading, changes, n_broken = layer_labels(schema, labels), [], 0
        for label, mended in _repairs(schema, text, reading, labels):
            n_broken += 1
            if mended is not None:
                reading.put(mended)
                changes.append((_words_of(label), _words_of(mended)))
        is_done = layer.layer.status == "done"
        yield _Layer(layer.article.sha256, is_done, n_broken, changes)


def _words_of(label: Label) -> str:
    return " … ".join(span.quote for span in extent_of(label))


def _breaks(policy: str, text: str, label: Label) -> bool:
    """Whether `label` breaks the policy; one whose span is ill has another problem first."""
    if places.of_text(text, label) is not None:
        return False
    return clitics.fault_of(policy, text, label) is not None


def _repairs(
    schema: LabelSchema, text: str, reading: checks.Reading, labels: Iterable[Label]
) -> Iterator[tuple[Label, Label | None]]:
    """Yield the labels that break the policy, and as they keep to it, or None where they stay.

    Whoever asks writes each into what `reading` reads before the next: two may become the same.
    """
    for label in labels:
        if not _breaks(schema.clitics, text, label):
            continue
        mended = clitics.mended(schema.clitics, text, label)
        is_refused = places.of_text(text, mended) or checks.of_new(schema, reading, mended, label)
        yield label, None if is_refused else mended


# --- mending --------------------------------------------------------------------------------------


class _Made(msgspec.Struct, frozen=True):
    n_mended: int = 0
    n_kept: int = 0
    n_done: int = 0


def _mend(project: Project, gesture: Gesture, scope: Scope) -> _Made:
    """Mend the labels of a layer; say how many, and how many stay as they are."""
    text, schema = project.text(scope.article), gesture.schema
    labels = project.labels(project.layer(scope.article, scope.annotator))
    try:
        part = gesture.within(scope)
    except UserError as trouble:
        if trouble.code != "layer_done":
            raise
        n_done = sum(_breaks(schema.clitics, text, label) for label in labels)
        return _Made(n_done=n_done)  # it was finished meanwhile
    n_mended = n_kept = 0
    for _, mended in _repairs(schema, text, part.reading, labels):
        if mended is None:
            n_kept += 1
        else:
            part.put(mended)
            n_mended += 1
    return _Made(n_mended, n_kept)
