"""Several sources united into a project: articles, then the project's own scope, then layers."""

import contextlib
import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Any

import msgspec
import orjson

from annotator.core import operations as op
from annotator.core import places
from annotator.core.bundles import ArticleRecord
from annotator.core.errors import UserError, refuse
from annotator.core.incoming import operation_of
from annotator.core.model import LEAD, REGION_SOURCES, Region
from annotator.core.overruling import Overruled
from annotator.core.schematoml import read_schema
from annotator.formats.plaintext import refuse_length
from annotator.services.arriving import Source, refuse_unbelieved_of_project
from annotator.services.progress import Progress, go_on
from annotator.store import newarticles
from annotator.store.chaining import Broken
from annotator.store.givenregions import Given
from annotator.store.journalgathering import Gathered
from annotator.store.project import Project
from annotator.store.receipts import Range
from annotator.store.uniting import Uniting

_OF_REGIONS = f'"{op.REGIONS}"'.encode()
_FIRST_YEAR = "2020"
"""Before it there was no Hashiya: a clock that says so is wrong."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one source brought: operations that were new and that were known.

    `who` is the name of whose work it is, empty for a lead's; `ranges` are row ids. Of several
    sources that brought something each has a `receipt` of its own.
    """

    source: str
    who: str
    fingerprint: str
    new: int
    same: int
    ranges: tuple[Range, ...]
    receipt: str = ""


@dataclass(slots=True)
class United:
    """What a union of sources did, as `merging.MergeReport` tells it."""

    counts: dict[str, int]
    articles: int
    layers: int
    brought: Range
    parts: tuple[Part, ...]
    remarks: tuple[UserError, ...]

    @property
    def new(self) -> int:
        """How many operations were new."""
        return self.counts["new"]

    def name_receipts(self, uid: str) -> None:
        """Give each part that brought something the name of its receipt; one alone has `uid`."""
        is_alone = len(self.parts) == 1
        self.parts = tuple(
            replace(part, receipt=uid if is_alone else f"{uid}-{n}") if part.new else part
            for n, part in enumerate(self.parts, 1)
        )


@dataclass(slots=True)
class _Counted:
    """What came of one source so far."""

    new: int = 0
    same: int = 0
    ranges: list[Range] = field(default_factory=list)

    def brought(self, row: int) -> bool:
        """Whether the operation with the row id `row` came with it."""
        return any(first <= row <= last for first, last in self.ranges)


def united(
    project: Project, sources: Sequence[Source], progress: Progress, gathered: Gathered
) -> United:
    """Unite `sources` into `project`; raise `UserError`, with the source's name as `path`."""
    total = sum(source.n_operations for source in sources)
    n_articles = sum(_articles_added(project, source) for source in sources)
    uniting = Uniting(project, total, lambda n: go_on(progress, n, total), gathered)
    counted = [_Counted() for _ in sources]
    for source, one in zip(sources, counted, strict=True):
        with source.named(), _counting(uniting, one):
            _of_project(project, uniting, source)
    uniting.fold_project(even_unchanged=n_articles > 0)
    for source, one in zip(sources, counted, strict=True):
        with source.named(), _counting(uniting, one):
            uniting.of_layers(source.of_layers())
            _refuse_without_text(uniting.no_text)
    union = uniting.ended()
    return United(
        {
            "new": union.new,
            "same": union.same,
            "changed": union.changed,
            "held": union.held,
            "problems": union.problems,
        },
        n_articles,
        len(union.layers),
        union.brought,
        tuple(_part(source, one) for source, one in zip(sources, counted, strict=True)),
        (
            *_remarks_on_history(sources, counted, union.broken),
            *_remarks_on_label_schema(project, union.overruled),
            *remarks_on(project, sources, uniting.times, uniting.n_taken_back),
        ),
    )


@contextlib.contextmanager
def _counting(uniting: Uniting, counted: _Counted) -> Iterator[None]:
    """Count what is united in the block as of one source."""
    new, same, first = uniting.n_new, uniting.n_same, uniting.next_row
    yield
    counted.new += uniting.n_new - new
    counted.same += uniting.n_same - same
    if uniting.next_row > first:
        counted.ranges.append((first, uniting.next_row - 1))


def _part(source: Source, counted: _Counted) -> Part:
    told = (source.name, source.who.name, source.fingerprint, counted.new, counted.same)
    return Part(*told, tuple(counted.ranges))


# --- articles -----------------------------------------------------------------------------------


def has_new_article(project: Project, source: Source) -> bool:
    """Whether `source` brings the text of an article that the project has not."""
    return any(
        record.text and not newarticles.is_known(project, record.sha256)
        for record in source.articles()
    )


def _articles_added(project: Project, source: Source) -> int:
    """Add the articles whose texts the project has not; return how many."""
    added = 0
    came_with: dict[str, list[Given]] | None = None
    with source.named():
        for record in source.articles():
            if record.text and not newarticles.is_known(project, record.sha256):
                if came_with is None:
                    came_with = _before_any_change(source) if source.is_leads else {}
                if record.sha256 in came_with:
                    regions = tuple(map(tuple, came_with[record.sha256]))
                    record = msgspec.structs.replace(record, regions=regions)
                _check(record)
                added += newarticles.add(project, record)
    return added


def _before_any_change(source: Source) -> dict[str, list[Given]]:
    """Return the regions of articles (SHA-256) before the first change of them that is told.

    Those that an article came with: an earlier Hashiya handed on the ones that it had changed.
    """
    found: dict[str, dict[str, Any] | None] = {}
    told = (one for one in source.of_project() if _OF_REGIONS in one.body)
    for one in sorted(told, key=attrgetter("order")):
        for change in operation_of(one).changes:
            if change.kind == op.REGIONS:
                found.setdefault(change.uid, change.before)
    return {article: body["regions"] for article, body in found.items() if body is not None}


def _check(record: ArticleRecord) -> None:
    """Refuse an article that an import would not have made."""
    refuse_length(record.text)
    regions = [Region(*region) for region in record.regions]
    refuse(places.of_regions(regions, len(record.text)))
    try:
        meta = orjson.loads(record.meta)
    except orjson.JSONDecodeError:
        meta = None
    is_plain = "\r" not in record.text and isinstance(meta, dict)
    if not (is_plain and record.title and regions and _are_sourced(regions)):
        raise UserError("damaged_bundle", why="article")


def _are_sourced(regions: Iterable[Region]) -> bool:
    return all(region.source in REGION_SOURCES for region in regions)


def _refuse_without_text(articles: Iterable[str]) -> None:
    names = sorted(name[:16] for name in articles)
    if names:
        raise UserError("unknown_text", n=len(names), articles=names)


# --- the project's scope ------------------------------------------------------------------------


def _of_project(project: Project, uniting: Uniting, source: Source) -> None:
    refuse_unbelieved_of_project(project, source, uniting.knows)
    given = list(source.of_project())
    for one in given:
        for change in one.changes:
            if change.kind == op.REGIONS and change.after is not None:
                _check_regions(project, change.uid, change.after.regions)
            elif change.kind == op.LABEL_SCHEMA and change.after is not None:
                read_schema(change.after.toml)
    uniting.of_project(given)


def _check_regions(project: Project, article: str, regions: Iterable[Region]) -> None:
    if newarticles.is_known(project, article):
        refuse(places.of_regions(regions, project.article(article).length))


# --- what is worth a look -----------------------------------------------------------------------


def remarks_on(
    project: Project, sources: Sequence[Source], times: Iterable[str], n_taken_back: int
) -> Iterator[UserError]:
    """Yield what is worth a look of `sources`, whose operations carry `times`."""
    digest = project.label_schema.digest
    for source in sources:
        if source.digest != digest:
            yield UserError("other_label_schema", path=source.name)
    for at in _strange_times(times):
        yield UserError("strange_clock", at=at)
    if n_taken_back:
        yield UserError("brings_taken_back", n=n_taken_back)


def _remarks_on_history(
    sources: Sequence[Source], counted: Sequence[_Counted], broken: Sequence[Broken]
) -> Iterator[UserError]:
    """Yield of which sources history is not whole: something is missing in it, or is there twice.

    What came stands all the same: other hand-ins may bring the rest.
    """
    for source, one in zip(sources, counted, strict=True):
        came = [each.is_gap for each in broken if one.brought(each.row)]
        if any(came):
            yield UserError("history_gap", path=source.name, n=sum(came))
        if not all(came):
            yield UserError("history_fork", path=source.name, n=len(came) - sum(came))


def _remarks_on_label_schema(
    project: Project, overruled: Iterable[Overruled]
) -> Iterator[UserError]:
    """Yield which changes of the label schema, made at once with another, do not stand."""
    for one in overruled if project.role == LEAD else ():
        yield UserError("label_schema_overruled", stands=one.stands, did=one.did)


def _strange_times(times: Iterable[str]) -> list[str]:
    """Return the first and the last time that no clock that goes right could have told."""
    tomorrow = (datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)).isoformat()
    strange = sorted(at for at in times if at and (at < _FIRST_YEAR or at > tomorrow))
    return strange[:1] + strange[1:][-1:]
