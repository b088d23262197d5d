"""How many places of a search each value of a filter would leave, beside the other filters.

Counted over the first places only, as their number itself is: then each is "at least".
"""

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from annotator.arabic.fold import fold
from annotator.core.places import annotatable_parts
from annotator.services.progress import SILENT, Progress, go_on
from annotator.services.searching import (
    BEGINNING,
    COUNTED,
    Found,
    Pattern,
    Query,
    Where,
    page,
)
from annotator.services.searchingfilters import (
    ANNOTATABLE,
    FILTERS,
    REGION,
    SOURCE,
    STATUS,
    TYPE,
    UNLABELLED,
    YES,
)
from annotator.store.project import Project
from annotator.store.searching import labelled

_AT_ONCE = 250


class Numbers(msgspec.Struct, frozen=True):
    """Places by value, filter by filter.

    `all` are the places that a filter would leave if it asked for nothing.
    """

    by_value: Mapping[str, Mapping[str, int]]
    all: Mapping[str, int]
    is_whole: bool

    def of(self, name: str, value: str) -> int:
        """Return how many places the filter `name` leaves where it asks for `value`, "" for any."""
        return self.by_value[name].get(value, 0) if value else self.all[name]


def numbers(
    project: Project,
    query: Query | Pattern,
    where: Where,
    who: str = "",
    progress: Progress = SILENT,
    most: int = COUNTED,
) -> Numbers:
    """Count over the first `most` places; status, type and labels are those of `who`, a uid.

    `where` are the filters that are set: each value is counted as if it took the place of its own.
    """
    wanted = {
        STATUS: where.status,
        SOURCE: fold(where.source),
        REGION: where.region,
        TYPE: where.type,
        UNLABELLED: YES if where.unlabelled_by else "",
    }
    bare = Where(article=where.article)
    counts = {name: Counter[str]() for name in FILTERS}
    every = Counter[str]()
    after, is_last, n = BEGINNING, False, 0
    while not is_last and n < most:
        part = page(project, query, bare, after, min(_AT_ONCE, most - n), progress)
        for sha256, hits in itertools.groupby(part.hits, key=lambda hit: hit.article):
            go_on(progress, n, most)
            for values in _values(project, sha256, list(hits), who):
                _count(values, wanted, counts, every)
        after, is_last, n = part.after, part.is_last, n + len(part.hits)
    return Numbers(counts, every, is_last)


def _count(
    values: Mapping[str, frozenset[str]],
    wanted: Mapping[str, str],
    counts: Mapping[str, Counter[str]],
    every: Counter[str],
) -> None:
    """Count a place under each filter that alone may leave it out."""
    against = [name for name in FILTERS if not _is_left(name, values[name], wanted[name])]
    for name in FILTERS:
        if against in ([], [name]):
            every[name] += 1
            counts[name].update(values[name])


def _is_left(name: str, values: frozenset[str], wanted: str) -> bool:
    if name == SOURCE:
        return any(wanted in fold(value) for value in values)
    return not wanted or wanted in values


def _values(
    project: Project, sha256: str, hits: list[Found], who: str
) -> Iterable[Mapping[str, frozenset[str]]]:
    """Yield what each place would be left by, filter by filter."""
    article, regions = project.article(sha256), project.regions(sha256)
    roles = {one.role for one in regions}
    of_role = {role: annotatable_parts(regions, frozenset({role})) for role in roles}
    of_role[ANNOTATABLE] = annotatable_parts(regions, project.annotatable)
    status = project.layer(sha256, who).status if who else ""
    found = labelled(project, hits[0].place.row) if who else []
    hers = [one for one in found if one.annotator == who]
    of_article = {STATUS: frozenset({status}), SOURCE: frozenset({article.source})}
    for hit in hits:
        types = {one.type for one in hers if one.start < hit.end and hit.start < one.end}
        inside = [
            role
            for role, parts in of_role.items()
            if any(start <= hit.start and hit.end <= end for start, end in parts)
        ]
        yield {
            **of_article,
            REGION: frozenset(inside),
            TYPE: frozenset(types),
            UNLABELLED: frozenset() if types else frozenset({YES}),
        }
