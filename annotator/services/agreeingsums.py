"""The sums of which a report is made: of what is asked, as the project is now."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from annotator.agreement import articles, statistics, whole
from annotator.agreement.counted import Names
from annotator.agreement.report import Reader
from annotator.agreement.statistics import Cells
from annotator.agreement.texts import Trim
from annotator.agreement.whole import WHATS, Choice, Sums
from annotator.core.errors import UserError
from annotator.services import agreeingcounts
from annotator.services.agreeingcounts import Refreshed
from annotator.services.progress import Progress, go_on
from annotator.store import comparing, queries
from annotator.store.comparingrows import Numbering
from annotator.store.keptcounts import CountsChangedError, Kept
from annotator.store.project import Project


@dataclass(frozen=True, slots=True)
class Asked:
    """What is compared and how; the report says it again.

    `who` are names or uids (empty: everybody), `types` ids of types (empty: all), `articles` uids
    or SHA-256 (empty: all). `trim` normalises the ends of spans first, `punctuation` takes
    punctuation off them; without either figures are on stored offsets. `without_suggestions` leaves
    out readings that were made with suggestions in view.
    """

    what: tuple[str, ...] = WHATS
    who: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    trim: bool = False
    punctuation: bool = False
    without_suggestions: bool = False


EVERYTHING = Asked()


class Known:
    """What a window knows of the last report, so that the next one costs only what changed."""

    def __init__(self) -> None:
        self._last: tuple[object, Kept, list[int], Sums] | None = None

    def sums(self, key: object, found: Refreshed) -> tuple[list[int], Sums] | None:
        """Return articles (row ids) and sums that hold for `key`, where only `found` changed."""
        if self._last is None or self._last[0] != key:
            return None
        _, kept, articles, sums = self._last
        is_next = found.before == kept  # names among it: the same numbers mean the same
        return (articles, sums) if is_next else None

    def remember(self, key: object, kept: Kept | None, articles: list[int], sums: Sums) -> None:
        """Remember the sums that hold for `key` and for the counts `kept` in the file."""
        self._last = None if kept is None else (key, kept, articles, sums)


@dataclass(frozen=True, slots=True)
class Ready:
    """Sums of what is asked, as the project is now; `articles` are row ids by number."""

    asked: Asked
    names: Names
    articles: list[int]
    sums: Sums
    not_kept: str


def up_to_date(project: Project, asked: Asked, progress: Progress, known: Known) -> Ready:
    """Count what changed, keep it, and return the sums of which all figures are made."""
    asked = _checked(project, asked)
    trim = Trim(asked.trim, asked.punctuation)
    try:
        found = agreeingcounts.refreshed(project, trim, progress)
        return _ready(project, asked, found, progress, known)
    except CountsChangedError:
        found = agreeingcounts.refreshed(project, trim, progress, anew=True)
        return _ready(project, asked, found, progress, known)


def _ready(
    project: Project, asked: Asked, found: Refreshed, progress: Progress, known: Known
) -> Ready:
    names = Names(readers(project), found.now.names)
    articles, sums = _sums(project, asked, found, names, progress, known)
    return Ready(asked, names, articles, sums, found.not_kept)


def _sums(
    project: Project,
    asked: Asked,
    found: Refreshed,
    names: Names,
    progress: Progress,
    known: Known,
) -> tuple[list[int], Sums]:
    """Return the articles (row ids) and the sums of the readings that were chosen."""
    key = replace(asked, what=())
    ready = known.sums(key, found)
    if ready is not None:
        articles, sums = _changed(project, asked, found, names, *ready)
    else:
        articles, sums = _summed(project, asked, found, names, progress)
    if not _is_of_some(asked):
        known.remember(key, found.in_file, articles, sums)
    return articles, sums


def _is_of_some(asked: Asked) -> bool:
    """Whether readings of an article may be left out: lengths are then counted anew."""
    return bool(asked.who) or asked.without_suggestions


def _summed(
    project: Project, asked: Asked, found: Refreshed, names: Names, progress: Progress
) -> tuple[list[int], Sums]:
    trim = Trim(asked.trim, asked.punctuation)
    articles: list[int] = []
    parts: list[Sums] = []
    given = (
        _counted_for_some(project, asked, found, progress)
        if _is_of_some(asked)
        else agreeingcounts.parts(project, trim, found)
    )
    for some, cells in given:
        progress.advance(len(articles), 0)
        choice = choice_of(project, asked, some)
        parts.append(whole.sums_of(cells, len(some), names, choice))
        articles += some
    if not parts:
        parts.append(whole.sums_of(statistics.nothing(), 0, names, Choice()))
    return articles, whole.joined_parts(parts)


def _changed(
    project: Project,
    asked: Asked,
    found: Refreshed,
    names: Names,
    articles: list[int],
    sums: Sums,
) -> tuple[list[int], Sums]:
    """Return articles and sums with what changed since they were made."""
    rows = sorted(found.new)
    if not rows:
        return articles, sums
    number = {row: at for at, row in enumerate(articles) if row in found.new}
    new = [row for row in rows if row not in number]
    articles = [*articles, *new]
    number |= {row: at for at, row in enumerate(new, len(articles) - len(new))}
    choice = choice_of(project, asked, rows)
    out, into = (
        whole.sums_of(
            statistics.unpacked([told.get(row, b"") for row in rows]), len(rows), names, choice
        )
        for told in (found.old, found.new)
    )
    numbers = [number[row] for row in rows]
    return articles, whole.changed(sums, out, into, numbers, len(articles))


def _checked(project: Project, asked: Asked) -> Asked:
    """Return what is asked with annotators by uid; refuse what the project does not know."""
    who = dict.fromkeys(queries.known_annotator(project, name).uid for name in asked.who)
    schema = project.label_schema
    known = {*schema.entity_types, *schema.event_types, *schema.relation_types}
    types = tuple(schema.current(name) for name in asked.types)
    _refuse_unknown(name for name in types if name not in known)
    return replace(asked, who=tuple(who), types=types)


def _refuse_unknown(types: Iterable[str]) -> None:
    for name in types:
        raise UserError("unknown_type", uid="", detail=name)


def choice_of(project: Project, asked: Asked, articles: Sequence[int]) -> Choice:
    """Return what is asked in numbers; those of articles are their places in `articles`."""
    rows = {uid: row for row, uid in comparing.annotator_rows(project).items()}
    who = frozenset(rows.get(uid, -1) for uid in asked.who)
    chosen = None
    if asked.articles:
        wanted = set(comparing.articles_named(project, asked.articles))
        chosen = frozenset(at for at, row in enumerate(articles) if row in wanted)
    return Choice(asked.what, who, frozenset(asked.types), chosen, asked.without_suggestions)


def readers(project: Project) -> dict[int, Reader]:
    """Return who is compared, by row id, with the names that are shown."""
    names = queries.shown_names(project)
    return {row: Reader(uid, names[uid]) for row, uid in comparing.annotator_rows(project).items()}


def _counted_for_some(
    project: Project, asked: Asked, found: Refreshed, progress: Progress
) -> Iterator[tuple[tuple[int, ...], Cells]]:
    """Yield all articles with their cells, counted over the readings that were chosen alone."""
    trim = Trim(asked.trim, asked.punctuation)
    names = Numbering(found.now.names)
    rows = comparing.articles_read(project)
    choice = choice_of(project, asked, ())
    chosen = agreeingcounts.batches(
        project, rows, names, trim, who=choice.who, without_seen=choice.without_seen
    )
    n = 0
    for told, batch in chosen:
        go_on(progress, n, len(rows))
        yield told.articles, articles.cells_of(batch)
        n += len(told.articles)
