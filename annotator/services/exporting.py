"""Export: layers as rows of JSONL, streamed, in an order that is always the same.

A path is replaced as a whole or left as it was. Beside it stands the features file.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from annotator.core.errors import UserError
from annotator.core.labelschema import LabelSchema
from annotator.core.model import Argument, Label, Region, extent_of
from annotator.core.places import annotatable_parts
from annotator.core.renaming import with_current_type
from annotator.core.standing import told_apart
from annotator.files import replacing_all
from annotator.formats.features import features
from annotator.formats.jsonl import HASHIYA, line_of
from annotator.formats.jsonlwrite import Page
from annotator.services.progress import SILENT, Progress, go_on
from annotator.services.touched import LookedOver
from annotator.store import queries
from annotator.store.project import Project
from annotator.store.queries import Filter, StoredLayer
from annotator.store.trouble import reads

SPLITS = ("train", "validation", "test")


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written: rows, the paths, what the format could not hold, what was left out."""

    rows: int
    paths: tuple[Path, ...]
    losses: tuple[tuple[str, int], ...]
    left_out: dict[str, int]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which layers and labels go out. Empty fields take all; `articles` are uids or SHA-256."""

    who: str = "all"
    status: str = "any"
    articles: Sequence[str] = ()
    types: Sequence[str] = ()
    annotatable: bool = False


@dataclass(slots=True)
class _Count:
    rows: int = 0
    left_out: dict[str, int] = field(default_factory=dict)

    def leave(self, what: str, n: int = 1) -> None:
        """Count `n` that do not go out, and why."""
        if n:
            self.left_out[what] = self.left_out.get(what, 0) + n


@reads
def export(
    project: Project,
    destination: Path | None,
    *,
    stream: BinaryIO | None = None,
    format: str = "jsonl",
    who: str = "all",
    status: str = "any",
    articles: Sequence[str] = (),
    types: Sequence[str] = (),
    annotatable: bool = False,
    split: tuple[int, ...] = (),
    seed: int = 0,
    progress: Progress = SILENT,
) -> ExportReport:
    """Write the chosen layers to `destination`, or to `stream` where that is None.

    `split` gives the shares of train, validation and test: then three files stand beside
    `destination`, and all layers of an article are in one of them.
    """
    if format not in ("jsonl", HASHIYA.name):
        raise UserError("unknown_format", format=format)
    choice = Choice(who, status, articles, types, annotatable)
    _check(project, choice, split)
    if destination is not None:
        return _to_files(project, choice, _paths(destination, split), (split, seed), progress)
    if stream is None or split:
        raise UserError("split_needs_a_path")
    count = _Count()
    for layer, labels in queries.with_labels(project, _chosen(project, choice, count, {})):
        stream.write(_line(project, layer, labels, choice, count))
    return ExportReport(count.rows, (), (), count.left_out)


def _to_files(
    project: Project,
    choice: Choice,
    paths: list[Path],
    drawn: tuple[tuple[int, ...], int],
    progress: Progress,
) -> ExportReport:
    """Write to `paths` and the features files beside them: all of them or none."""
    count = _Count()
    beside = [path.with_name(path.name + ".features.json") for path in paths]
    _refuse_own_file(project, [*paths, *beside])
    with replacing_all([*paths, *beside]) as files:
        for file in files[len(paths) :]:
            file.write(features())
        shares = _shares(project, *drawn)
        total = queries.count(project, "layers")
        chosen = _chosen(project, choice, count, shares)
        for done, (layer, labels) in enumerate(queries.with_labels(project, chosen), 1):
            line = _line(project, layer, labels, choice, count)
            files[shares.get(layer.article.sha256, 0)].write(line)
            go_on(progress, done, total)
    return ExportReport(count.rows, tuple(paths), (), count.left_out)


def _refuse_own_file(project: Project, paths: Sequence[Path]) -> None:
    """Refuse to write over the project itself."""
    own = project.path.resolve()
    if any(path.resolve() == own for path in paths):
        raise UserError("is_the_project", path=project.path.name)


def _check(project: Project, choice: Choice, split: tuple[int, ...]) -> None:
    for article in choice.articles:
        project.article(article)
    schema = project.label_schema
    known = {*schema.entity_types, *schema.event_types, *schema.relation_types}
    known |= {*schema.stance_values, *schema.question_types}
    for name in choice.types:
        if name not in known:
            raise UserError("unknown_type", kind="", detail=name)
    if split and (len(split) > len(SPLITS) or min(split) < 0 or sum(split) != 100):
        raise UserError("bad_split")


def _chosen(
    project: Project, choice: Choice, count: _Count, shares: Mapping[str, int]
) -> Iterator[StoredLayer]:
    """Yield the layers that go out; of articles that came after the split was drawn, none."""
    is_name = choice.who not in ("all", "gold")
    uids = {project.article(name).uid for name in choice.articles}
    over = LookedOver(project)
    for layer in queries.layers(project, Filter(who=choice.who if is_name else "")):
        if choice.who == "gold" and layer.annotator.kind != "gold":
            continue
        if uids and layer.article.uid not in uids:
            continue
        if shares and layer.article.sha256 not in shares:
            continue
        if choice.status == "done" and layer.layer.status != "done":
            count.leave("not_done")
            continue
        over.refuse_unsound(layer.article.sha256)
        count.rows += 1
        yield layer


def _line(
    project: Project, layer: StoredLayer, labels: list[Label], choice: Choice, count: _Count
) -> bytes:
    article, schema = layer.article, project.label_schema
    text, regions = project.text(article.sha256), project.regions(article.sha256)
    if choice.types or choice.annotatable:
        labels = _narrowed(project, choice, labels, text, regions, count)
    page = Page(article, text, layer.annotator, layer.layer, regions, labels)
    return line_of(page, schema)


def _narrowed(
    project: Project,
    choice: Choice,
    labels: list[Label],
    text: str,
    regions: list[Region],
    count: _Count,
) -> list[Label]:
    """Return the labels of the chosen types and regions whose fillers and ends go out too."""
    kept = labels
    if choice.types:
        kept = [label for label in kept if _is_of(project.label_schema, label, choice.types)]
        count.leave("other_types", len(labels) - len(kept))
    if choice.annotatable:
        wanted = annotatable_parts(regions, project.annotatable)
        inside = [label for label in kept if _is_inside(label, wanted)]
        count.leave("not_annotatable", len(kept) - len(inside))
        kept = inside
    standing, held = told_apart(kept, text)
    count.leave("points_to_left_out", len(held))
    return standing


def _is_of(schema: LabelSchema, label: Label, types: Sequence[str]) -> bool:
    """Whether `label` is of one of `types`; arguments go with their event and its fillers."""
    return isinstance(label, Argument) or with_current_type(schema, label).type in types


def _is_inside(label: Label, parts: list[tuple[int, int]]) -> bool:
    return all(
        any(start <= span.start and span.end <= end for start, end in parts)
        for span in extent_of(label)
    )


def _paths(destination: Path, split: tuple[int, ...]) -> list[Path]:
    if not split:
        return [destination]
    stem, suffix = destination.stem, destination.suffix or ".jsonl"
    return [destination.with_name(f"{stem}.{name}{suffix}") for name in SPLITS[: len(split)]]


def _shares(project: Project, split: tuple[int, ...], seed: int) -> dict[str, int]:
    """Return which file each article goes to, by an order that `seed` alone decides.

    Empty without a split: then there is one file.
    """
    if not split:
        return {}
    names = [article.sha256 for _, article in queries.articles(project)]
    names.sort(key=lambda name: hashlib.sha256(f"{seed}\n{name}".encode()).digest())
    bounds = [round(len(names) * sum(split[: n + 1]) / 100) for n in range(len(split))]
    return {
        name: next(n for n, bound in enumerate(bounds) if at < bound)
        for at, name in enumerate(names)
    }
