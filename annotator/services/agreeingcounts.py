"""Counts of which agreement is made: what changed is counted anew, and kept in the project file."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from annotator.agreement import articles, statistics
from annotator.agreement.batch import Batch
from annotator.agreement.columns import Relating, batch_of
from annotator.agreement.statistics import Cells
from annotator.agreement.texts import Classes, Trim
from annotator.core.errors import UserError
from annotator.core.labelschema import LabelSchema
from annotator.services.progress import SILENT, Progress, go_on
from annotator.store import comparing, keptcounts
from annotator.store.comparing import Compared
from annotator.store.comparingrows import Numbering
from annotator.store.keptcounts import CountsChangedError, Kept
from annotator.store.project import Project

AT_ONCE = 250
"""Articles that are read and counted in one go."""
SAME_AS = "same_as"
"""The relation that says that both ends are the same thing."""
_MANY_OPERATIONS = 1000
"""So many operations later the counts are marked as knowing them, though nothing changed."""
_NOT_KEPT = frozenset({"read_only", "locked", "disk_full", "cannot_open"})


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What counts hold for now, and what had to be counted: row ids of articles with their cells.

    `before` is what they held for until now, None where all was counted; `old` are the cells that
    were replaced. `in_file` is what the file holds now, None where it could not be written;
    `not_kept` is then the code of why.
    """

    now: Kept
    before: Kept | None
    old: dict[int, bytes]
    new: dict[int, bytes]
    in_file: Kept | None
    not_kept: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """The cells of all articles with a reading that is compared, and what their numbers mean.

    `articles` are row ids, in the order in which cells number them.
    """

    articles: tuple[int, ...]
    cells: Cells
    names: tuple[str, ...]


def relating(schema: LabelSchema, names: Numbering, told: Compared) -> Relating:
    """Return what the label schema says of the relations in `told`."""
    types = {row[2] for row in told.relations} | {one.id for one in schema.relations}
    symmetric = frozenset(one.id for one in schema.relations if one.symmetric)
    numbers = {name: names.number(name) for name in sorted(types)}
    return Relating(numbers, symmetric, frozenset({SAME_AS}))


def way_to_trim(trim: Trim) -> int:
    """Return the number under which counts with those ends are kept."""
    return int(trim.is_on) + 2 * int(trim.punctuation)


def batches(
    project: Project,
    wanted: Sequence[int],
    names: Numbering,
    trim: Trim,
    *,
    who: frozenset[int] = frozenset(),
    without_seen: bool = False,
    with_rows: bool = False,
    only_entities: bool = False,
) -> Iterator[tuple[Compared, Batch]]:
    """Yield the articles `wanted` (row ids), some hundred at a time, as they are and as a batch.

    Only `with_rows` it is known which entities the spans are; counting does not ask.
    """
    schema = project.label_schema
    for first in range(0, len(wanted), AT_ONCE):
        some = wanted[first : first + AT_ONCE]
        told = comparing.compared(
            project, some, names, with_rows=with_rows, only_entities=only_entities
        )
        related = relating(schema, names, told)
        yield told, batch_of(told, related, trim, who=who, without_seen=without_seen)


def refreshed(
    project: Project, trim: Trim, progress: Progress = SILENT, *, anew: bool = False
) -> Refreshed:
    """Count what changed in `project` since counts were kept, or all `anew`, and keep it."""
    way, basis = way_to_trim(trim), _basis(project)
    last = comparing.last_operation(project)
    before = None if anew else keptcounts.kept(project, way)
    stale = None
    if before is not None and before.basis == basis and before.operation <= last:
        stale = comparing.changed_since(project, before.operation)
    if stale is None:
        before, stale = None, comparing.articles_read(project)
    names = Numbering(before.names if before else ("",))
    try:
        old = dict(keptcounts.counts(project, way, before, stale)) if before and stale else {}
    except CountsChangedError:
        return refreshed(project, trim, progress, anew=True)
    new = _counted(project, stale, names, trim, progress)
    now = Kept(basis, last, tuple(names.names))
    if before is not None and not stale and last <= before.operation + _MANY_OPERATIONS:
        return Refreshed(now, before, old, new, before)
    not_kept = _keep(project, way, now, new, before)
    return Refreshed(now, before, old, new, None if not_kept else now, not_kept)


def parts(
    project: Project, trim: Trim, found: Refreshed
) -> Iterator[tuple[tuple[int, ...], Cells]]:
    """Yield all articles (row ids) with their cells, some at a time, as they are after `found`.

    Raise `CountsChangedError`, before the first, where kept ones are not what was kept.
    """
    way = way_to_trim(trim)
    now = None if found.before is None else keptcounts.kept(project, way)
    if now not in (found.before, found.in_file):  # changed, or others have kept more meanwhile
        raise CountsChangedError
    known = [] if now is None else keptcounts.counts(project, way, now)
    rest = [(article, cells) for article, cells in known if article not in found.new]
    every = sorted([*rest, *((article, cells) for article, cells in found.new.items() if cells)])
    for first in range(0, len(every), AT_ONCE):
        some = every[first : first + AT_ONCE]
        yield (
            tuple(article for article, _ in some),
            statistics.unpacked([cells for _, cells in some]),
        )


def up_to_date(project: Project, trim: Trim, progress: Progress = SILENT) -> Counts:
    """Return the counts of `project` as it is now; keep what had to be counted."""
    try:
        return _counts(project, trim, refreshed(project, trim, progress))
    except CountsChangedError:
        return _counts(project, trim, refreshed(project, trim, progress, anew=True))


def _counts(project: Project, trim: Trim, found: Refreshed) -> Counts:
    rows: list[int] = []
    cells = []
    for some, part in parts(project, trim, found):
        cells.append(replace(part, article=part.article + len(rows)))
        rows += some
    return Counts(tuple(rows), statistics.joined(cells), found.now.names)


def _basis(project: Project) -> str:
    """Return what counts depend on besides the readings."""
    told = (str(statistics.VERSION), project.label_schema.digest, *sorted(project.annotatable))
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _counted(
    project: Project, stale: Sequence[int], names: Numbering, trim: Trim, progress: Progress
) -> dict[int, bytes]:
    classes = Classes()
    counted: dict[int, bytes] = {}
    for told, batch in batches(project, stale, names, trim):
        go_on(progress, len(counted), len(stale))
        cells = articles.cells_of(batch, classes)
        counted |= zip(told.articles, statistics.packed(cells, len(told.articles)), strict=True)
    progress.advance(len(counted), len(stale))
    return counted


def _keep(
    project: Project, way: int, kept: Kept, counted: dict[int, bytes], before: Kept | None
) -> str:
    """Keep what was counted; return the code of what forbids it, empty where it is kept."""
    try:
        is_kept = keptcounts.keep(project, way, kept, counted, before=before)
    except UserError as trouble:
        if trouble.code not in _NOT_KEPT:
            raise
        return trouble.code
    return "" if is_kept else "locked"
