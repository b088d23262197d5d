"""Import: files and folders into a project, good units kept, bad ones reported.

The unit is a file of text or a line of JSONL; a source is made ready in a staging file and copied
in one transaction. Import creates articles and layers and changes none that exists.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from annotator.arabic.names import name_problem
from annotator.arabic.regions import RULES_VERSION
from annotator.core import checks, uids
from annotator.core.errors import UserError
from annotator.core.model import (
    KIND_OF,
    LEAD,
    Annotator,
    Argument,
    Article,
    Label,
    Layer,
)
from annotator.core.reading import LayerLabels
from annotator.core.renaming import is_known, renamed, with_current_type
from annotator.formats.base import Reading, Unit
from annotator.formats.registry import reader
from annotator.services.progress import SILENT, Progress, go_on
from annotator.store.indexing import index_pending
from annotator.store.project import Project
from annotator.store.staging import Staging

_IN_FOLDERS = frozenset({".txt", ".text", ".jsonl"})


@dataclass(frozen=True, slots=True)
class Refusal:
    """A unit that was not taken: the file's name, the line (0: the whole file), and why."""

    source: str
    line: int
    trouble: UserError


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did: articles added, units that were there already, layers created."""

    added: int
    duplicates: int
    layers: int
    refused: tuple[Refusal, ...] = ()
    ignored: tuple[str, ...] = ()
    """Names of files in folders that are of no kind we read."""


@dataclass(slots=True)
class _Count:
    """What has been made ready so far."""

    articles: int = 0
    duplicates: int = 0
    layers: int = 0
    refused: list[Refusal] = field(default_factory=list)


def import_sources(
    project: Project,
    sources: Sequence[Path],
    *,
    format: str = "",  # noqa: A002: the word of the command line
    encoding: str = "",
    dry_run: bool = False,
    strict: bool = False,
    who: str = LEAD,
    progress: Progress = SILENT,
) -> ImportReport:
    """Import `sources`, files and folders, in order; one transaction a source.

    With `strict` one bad unit leaves the project as it was; with `dry_run` it is always left so.
    """
    added = layers = 0
    count = _Count()
    groups = [files_of(source) for source in sources]
    files = [path for found, _ in groups for path in found]
    batches = [files] if strict else [found for found, _ in groups]
    done = 0
    for batch in batches:
        staging = Staging(project, who, uids.new_batch())
        try:
            count.articles = count.layers = 0
            importer = _Importer(project, staging, count)
            for path in batch:
                done += 1
                for unit in _units(path, format, encoding, count):
                    importer.take(unit)
                    go_on(progress, done, len(files))
            is_kept = not dry_run and not (strict and count.refused)
            if is_kept and count.articles + count.layers:
                importer.copy()
            added, layers = added + count.articles, layers + count.layers
        finally:
            staging.close()
    if strict and count.refused:
        added = layers = 0
    if not dry_run:
        index_pending(project)
    ignored = tuple(path.name for _, others in groups for path in others)
    return ImportReport(added, count.duplicates, layers, tuple(count.refused), ignored)


def files_of(source: Path) -> tuple[list[Path], list[Path]]:
    """Return the files of a source in name order, and those in a folder that we do not read."""
    if not source.is_dir():
        return [source], []
    found: list[Path] = []
    others: list[Path] = []
    for folder, names, files in os.walk(source):
        names[:] = sorted(name for name in names if not name.startswith("."))
        for name in sorted(name for name in files if not name.startswith(".")):
            known = Path(name).suffix.lower() in _IN_FOLDERS
            (found if known else others).append(Path(folder) / name)
    return found, others


def _units(path: Path, name: str, encoding: str, count: _Count) -> Iterator[Unit]:
    """Yield the units of one file; a file that cannot be read is one bad unit."""
    try:
        with path.open("rb") as file:
            yield from reader(name, path.name, file.peek()).units(file, path.name, encoding)
    except UserError as trouble:
        count.refused.append(Refusal(path.name, 0, trouble))
    except FileNotFoundError:
        count.refused.append(Refusal(path.name, 0, UserError("no_such_file", path=path.name)))
    except OSError:
        count.refused.append(Refusal(path.name, 0, UserError("cannot_read", path=path.name)))


class _Importer:
    """Takes units one by one into a staging file, or refuses them."""

    def __init__(self, project: Project, staging: Staging, count: _Count) -> None:
        self._project = project
        self._staging = staging
        self._count = count
        self._schema = project.label_schema
        self._layers: dict[int, tuple[str, int]] = {}

    def copy(self) -> None:
        """Copy what is ready into the project; refuse layers that somebody began meanwhile."""
        copied = self._staging.copy()
        self._count.layers = copied.layers
        for number in sorted(copied.taken):
            source, line = self._layers[number]
            self._count.refused.append(Refusal(source, line, UserError("layer_exists", name="")))

    def take(self, unit: Unit) -> None:
        """Make `unit` ready, or count it as a duplicate, or note why not."""
        try:
            if unit.trouble is not None:
                raise unit.trouble
            self._take(unit)
        except UserError as trouble:
            self._count.refused.append(Refusal(unit.source, unit.line, trouble))

    def _take(self, unit: Unit) -> None:
        article = unit.article
        if article is None:
            raise ValueError("a unit without article or trouble")
        layer = self._layer(article, unit.reading) if unit.reading else None
        is_new = self._staging.add_article(
            article, unit.text, unit.encoding, unit.regions, RULES_VERSION
        )
        self._count.articles += is_new
        if layer is not None:
            self._layers[self._staging.add_layer(*layer)] = unit.source, unit.line
            self._count.layers += 1
        elif not is_new:
            self._count.duplicates += 1

    def _layer(
        self, article: Article, reading: Reading
    ) -> tuple[Layer, Annotator, list[Label]] | None:
        """Return the layer to create; None where it is there already and says the same."""
        annotator = self._annotator(reading)
        layer = Layer(article.sha256, annotator.uid, reading.status, reading.suggestions)
        uid = uids.layer_uid(layer.article, layer.annotator)
        self._refuse_unknown(reading.labels)
        stored = self._project.layer_row(layer)
        if stored is not None:
            self._refuse_other(layer, uid, reading.labels)
            return None
        if self._staging.has_layer(uid):
            raise UserError("layer_exists", name=reading.name)
        return layer, annotator, self._named(uid, reading.labels)

    def _annotator(self, reading: Reading) -> Annotator:
        trouble = name_problem(reading.name)
        if trouble:
            raise UserError("bad_name", name=reading.name, why=trouble)
        uid = reading.annotator
        if not uid:
            known = self._project.annotator(reading.name)
            uid = known.uid if known else uids.annotator_uid(self._project.uid, reading.name)
        elif len(uid) > 64 or not uid.isascii() or not uid.isprintable():
            raise UserError("wrong_type", expected="uid", found=uid[:80], where="annotator.uid")
        return Annotator(uid, reading.name, reading.kind)

    def _refuse_unknown(self, labels: Sequence[Label]) -> None:
        """Refuse types that the label schema lacks, and events that fill each other in a circle."""
        for label in labels:
            if not is_known(self._schema, label):
                raise UserError("unknown_type", kind=KIND_OF[type(label)], detail=label.type)
        reading = LayerLabels(labels)
        for label in labels:
            if isinstance(label, Argument) and checks.comes_back(reading, label):
                raise UserError("circle", kind="argument", detail=label.event)

    def _refuse_other(self, layer: Layer, uid: str, labels: Sequence[Label]) -> None:
        """Refuse a row for a layer that exists, unless it says just what the layer says."""
        stored = self._project.layer(layer.article, layer.annotator)
        there = {label.uid: label for label in self._project.labels(layer)}
        told = renamed(
            labels,
            {
                label.uid: label.uid
                if label.uid in there
                else uids.derived_label_uid(uid, KIND_OF[type(label)], label.uid)
                for label in labels
            },
        )
        schema = self._schema
        given = {label.uid: with_current_type(schema, label) for label in told}
        kept = {uid: with_current_type(schema, label) for uid, label in there.items()}
        if stored != layer or kept != given:
            raise UserError("layer_exists", name=layer.annotator)

    def _named(self, layer: str, labels: Sequence[Label]) -> list[Label]:
        """Return `labels` under uids that are ours and free."""
        names = {}
        for label in labels:
            kind, uid = KIND_OF[type(label)], label.uid
            if not uids.is_label_uid(uid, kind) or self._staging.is_taken(uid):
                names[uid] = uids.derived_label_uid(layer, kind, uid)
        return renamed(labels, names) if names else list(labels)
