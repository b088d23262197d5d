"""Import: files and folders into a project, good units kept, bad ones reported.

The unit is a file of text or a line of JSONL; a source is made ready in a staging file and comes in
whole or not at all. Import creates articles and layers and changes none that exists.
"""

import contextlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from annotator.arabic.names import name_problem
from annotator.arabic.regions import RULES_VERSION
from annotator.arabic.unseen import KINDS, counts_of
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
from annotator.services.newarticles import same_body, unseen_trouble
from annotator.services.noiseinimport import NoiseInImport
from annotator.services.progress import SILENT, Progress, go_on
from annotator.services.sources import Found, Refusal, files_of, units_of
from annotator.store.indexing import CHUNK, Texts, caught_up
from annotator.store.project import Project
from annotator.store.samewords import Same, SameWords
from annotator.store.staging import Staging
from annotator.store.trouble import OF_FILES, writes


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did: articles added, units that were there already, layers created."""

    added: int
    duplicates: int
    layers: int
    refused: tuple[Refusal, ...] = ()
    ignored: tuple[str, ...] = ()
    """Names of files in folders that are of no kind we read."""
    behind: UserError | None = None
    """Why search does not find all of it yet, where it does not (`index_behind`)."""
    unseen: dict[str, int] = field(default_factory=dict, compare=False)
    """How often what is not seen stands in new articles, by its kind (`arabic.unseen`)."""
    remarks: tuple[Refusal, ...] = field(default=(), compare=False)
    """New articles that came in and whose text is worth a look."""


@dataclass(slots=True)
class _Count:
    """What has been made ready so far."""

    articles: int = 0
    duplicates: int = 0
    layers: int = 0
    refused: list[Refusal] = field(default_factory=list)
    unseen: Counter[str] = field(default_factory=Counter)
    remarks: list[Refusal] = field(default_factory=list)

    def look_at(self, unit: Unit) -> None:
        """Count what is not seen in a new article, and remark on a text that reads wrong."""
        found = counts_of(unit.text)
        self.unseen.update(found)
        trouble = unseen_trouble(unit.text, found)
        if trouble is not None:
            self.remarks.append(Refusal(unit.source, unit.line, trouble))

    def nothing_came(self) -> None:
        """Take back what was counted of articles and layers that did not come in after all."""
        self.articles = self.layers = 0
        self.unseen.clear()
        self.remarks.clear()

    def report(self, ignored: tuple[str, ...], behind: UserError | None) -> ImportReport:
        """Return what an import did that counted this."""
        unseen = {kind: self.unseen[kind] for kind in KINDS if self.unseen[kind]}
        told = (self.articles, self.duplicates, self.layers, tuple(self.refused))
        return ImportReport(*told, ignored, behind, unseen, tuple(self.remarks))


@writes
def import_sources(
    project: Project,
    sources: Sequence[Path],
    *,
    format: str = "",
    encoding: str = "",
    dry_run: bool = False,
    strict: bool = False,
    who: str = LEAD,
    progress: Progress = SILENT,
    chunk: int = CHUNK,
) -> ImportReport:
    """Import `sources`, files and folders, in order; each is in whole or not at all.

    The index follows, `chunk` articles a transaction: few where somebody labels meanwhile.
    With `strict` one bad unit leaves the project as it was; with `dry_run` it is always left so.
    """
    count = _Count()
    found = [files_of(source) for source in sources]
    count.refused += [refusal for one in found for refusal in one.refused]
    batches = _batches(found, at_once=strict or dry_run)
    n_files, n_done = sum(map(len, batches)), 0
    texts: Texts = {}
    for batch in batches:
        with contextlib.closing(Staging(project, who, uids.new_batch())) as staging:
            importer = _Importer(project, staging, count)
            for path, name in batch:
                n_done += 1
                for unit in units_of(path, name, format, encoding):
                    importer.take(unit)
                    go_on(progress, n_done, n_files)
            if not dry_run and not (strict and count.refused):
                texts = importer.copy(partial(go_on, progress, n_done, n_files))
    if strict and count.refused:
        count.nothing_came()
    same = SameWords()
    behind = None if dry_run else caught_up(project, chunk, texts, same.take)
    count.remarks += map(_remark_of, same.found(project))
    ignored = tuple(name for one in found for name in one.ignored)
    return count.report(ignored, behind)


def _remark_of(same: Same) -> Refusal:
    """Return the remark that an article says what another says."""
    return Refusal(same.new.title, 0, same_body(same.other))


def _batches(found: Sequence[Found], *, at_once: bool) -> list[tuple[tuple[str, str], ...]]:
    """Return the files that go in together: those of one source, or all of them."""
    batches = [one.files for one in found]
    return [tuple(file for batch in batches for file in batch)] if at_once else batches


class _Importer:
    """Takes units one by one into a staging file, or refuses them."""

    def __init__(self, project: Project, staging: Staging, count: _Count) -> None:
        self._project = project
        self._staging = staging
        self._count = count
        self._schema = project.label_schema
        self._noise = NoiseInImport(project)
        self._layers: dict[int, tuple[str, int]] = {}
        self._readings: dict[str, int] = {}
        self._kinds = {one.uid: one.kind for one in project.annotators()}
        self._is_filled = False

    def copy(self, step: Callable[[], None]) -> Texts:
        """Copy what is ready into the project; refuse layers that somebody began meanwhile.

        `step` may stop it. Return the texts that are new and still in memory, by article id.
        """
        if not self._is_filled:
            return {}
        copied = self._staging.copy(step)
        self._count.layers -= len(copied.taken)
        for number in sorted(copied.taken):
            source, line = self._layers[number]
            self._count.refused.append(Refusal(source, line, UserError("layer_exists", name="")))
        return copied.texts

    def take(self, unit: Unit) -> None:
        """Make `unit` ready, or count it as a duplicate, or note why not.

        Raise the trouble of a file that is written here: that is no fault of the unit.
        """
        trouble = unit.trouble
        try:
            if trouble is None:
                self._take(unit)
        except UserError as met:
            if met.code in OF_FILES:
                raise
            trouble = met
        if trouble is not None:
            self._count.refused.append(Refusal(unit.source, unit.line, trouble))

    def _take(self, unit: Unit) -> None:
        article = unit.article
        if article is None:
            raise ValueError("a unit without article or trouble")
        layer = self._layer(article, unit.reading) if unit.reading else None
        article, regions = self._noise.in_unit(unit, article)
        is_new = self._staging.add_article(
            article, unit.text, unit.encoding, regions, RULES_VERSION
        )
        self._count.articles += is_new
        if is_new:
            self._count.look_at(unit)
        self._is_filled |= is_new or layer is not None
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
        if self._project.is_withdrawn(article.sha256):
            raise UserError("article_withdrawn", article=article.uid)
        stored = self._project.layer_row(layer)
        if stored is not None:
            self._refuse_other(layer, uid, reading.labels)
            return None
        said = hash((reading.status, reading.suggestions, frozenset(reading.labels)))
        if self._readings.setdefault(uid, said) != said:
            raise UserError("layer_exists", name=reading.name)
        if self._staging.has_layer(uid):
            return None
        return layer, annotator, self._named(uid, reading.labels)

    def _annotator(self, reading: Reading) -> Annotator:
        trouble = name_problem(reading.name)
        if trouble:
            raise UserError("bad_name", name=reading.name, why=trouble)
        uid = reading.annotator
        if not uid:
            known = self._project.annotator(reading.name)
            uid = known.uid if known else uids.annotator_uid(self._project.uid, reading.name)
        elif len(uid) > 64 or not uid.isascii() or not uid.isprintable() or uid == LEAD:
            raise UserError("wrong_type", expected="uid", found=uid[:80], where="annotator.uid")
        if self._project.owner not in ("", uid):
            raise UserError("not_your_file", name=reading.name)
        if self._kinds.setdefault(uid, reading.kind) != reading.kind:
            raise UserError("annotator_differs", name=reading.name, kind=self._kinds[uid])
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
        told = renamed(labels, _free_names(uid, labels, lambda name: name not in there))
        schema = self._schema
        given = {label.uid: with_current_type(schema, label) for label in told}
        kept = {uid: with_current_type(schema, label) for uid, label in there.items()}
        if stored != layer or kept != given:
            raise UserError("layer_exists", name=layer.annotator)

    def _named(self, layer: str, labels: Sequence[Label]) -> list[Label]:
        """Return `labels` under uids that are ours and free."""
        names = _free_names(layer, labels, self._staging.is_taken)
        return renamed(labels, names) if names else list(labels)


def _free_names(
    layer: str, labels: Sequence[Label], is_taken: Callable[[str], bool]
) -> dict[str, str]:
    """Return other uids, derived, for those that are not of our form or taken elsewhere."""
    own = {label.uid for label in labels}
    names: dict[str, str] = {}
    for label in labels:
        kind, uid = KIND_OF[type(label)], label.uid
        if uids.is_label_uid(uid, kind) and not is_taken(uid):
            continue
        name = uids.derived_label_uid(layer, kind, uid)
        while name in own:
            name = uids.derived_label_uid(layer, kind, name)
        own.add(name)
        names[uid] = name
    return names
