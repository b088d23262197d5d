"""Sufficient statistics: counts of one article each, from which every figure is made by summing.

A cell says how often something was counted in an article for two annotators (or one): which two,
what family of counts it is of, a detail of the family, and two values (types, roles, …) or `NONE`.
Cells of different articles are independent: a changed article is taken out and counted anew.
"""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from annotator.agreement.arrays import Flags, Ints, arranged, news, tallied
from annotator.agreement.meetings import Pairs
from annotator.agreement.splicing import Splice

ENTITIES, ENTITY_OVERLAP, UNITS, TRIGGERS, TRIGGER_OVERLAP = range(5)
ARGUMENTS, ROLES, STANCES, RELATIONS, ANSWERS = range(5, 10)
READ, STRINGS, STRING_PLACES = range(10, 13)
VERSION = 2
"""Of how articles are counted: cells that another version counted are counted anew."""

_DETAIL_BITS = 9
_N = (1 << 48) - 1
_FEW_STRETCHES = 40
"""Stretches of cells of one family each, up to which they are not sorted anew."""
_COLUMNS = ("article", "first", "second", "family", "detail", "a", "b", "n")


@dataclass(frozen=True, slots=True)
class Cells:
    """Columns of cells, all of one length; `article` is a number that the holder chose."""

    article: Ints
    first: Ints
    second: Ints
    family: Ints
    detail: Ints
    a: Ints
    b: Ints
    n: Ints

    def __len__(self) -> int:
        """Return how many cells there are."""
        return len(self.article)

    def taken(self, which: Ints | Flags | slice) -> "Cells":
        """Return the cells at `which`."""
        return Cells(*(getattr(self, name)[which] for name in _COLUMNS))

    def spliced(self, new: "Cells", splice: Splice) -> "Cells":
        """Return the cells with some of `new` in the place of others."""
        columns = ((getattr(self, name), getattr(new, name)) for name in _COLUMNS)
        return Cells(*(splice.rows(*pair) for pair in columns))

    def of(self, *families: int) -> "Cells":
        """Return the cells of `families`."""
        return self.taken(np.isin(self.family, families))


def cells(
    family: int,
    article: Ints,
    who: tuple[Ints, Ints],
    values: tuple[Ints, Ints],
    *,
    detail: Ints | int = 0,
    n: Ints | int = 1,
) -> Cells:
    """Return one cell for each item, equal ones put together and their `n` summed."""
    details = np.full(len(article), detail) if isinstance(detail, int) else detail
    columns = [article, *who, details, *values]
    if isinstance(n, int):
        (of, one, other, told, a, b), times = tallied(*columns)
        return rows(family, of, (one, other), (a, b), detail=told, n=n * times)
    order, is_new = arranged(*columns)
    starts = np.flatnonzero(is_new)
    summed = np.add.reduceat(n.take(order), starts) if len(starts) else n
    of, one, other, told, a, b = (column.take(order[starts]) for column in columns)
    return rows(family, of, (one, other), (a, b), detail=told, n=summed)


def rows(
    family: int, article: Ints, who: Pairs, values: Pairs, *, detail: Ints | int = 0, n: Ints
) -> Cells:
    """Return cells as they are given, of which no two are equal."""
    details = np.full(len(article), detail) if isinstance(detail, int) else detail
    return Cells(article, *who, np.full(len(article), family), details, *values, n)


def cells_of_items(
    family: int, of_meetings: tuple[Ints, Pairs], meeting: Ints, detail: Ints, values: Pairs
) -> Cells:
    """Return the cells of items, by their meetings: `of_meetings` are articles, and who meets.

    Meetings are numbered article by article.
    """
    (at, told, a, b), times = tallied(meeting, detail, *values)
    article, (first, second) = of_meetings
    who = first.take(at), second.take(at)
    return rows(family, article.take(at), who, (a, b), detail=told, n=times)


def cells_of_meetings(
    family: int, of_meetings: tuple[Ints, Pairs], counts: Mapping[int, Ints]
) -> Cells:
    """Return the cells of what was counted in each meeting, by detail."""
    article, (first, second) = of_meetings
    details = sorted(counts)
    found = [np.flatnonzero(counts[detail]) for detail in details]
    at, detail = np.concatenate(found), np.repeat(details, [len(some) for some in found])
    n = np.concatenate([counts[name].take(some) for name, some in zip(details, found, strict=True)])
    who, blank = (first.take(at), second.take(at)), at * 0
    return rows(family, article.take(at), who, (blank, blank), detail=detail, n=n)


def by_family(found: Cells) -> dict[int, Cells]:
    """Return the cells of each family, as they stand."""
    starts = np.flatnonzero(news(found.family))
    if len(starts) > _FEW_STRETCHES:
        found = found.taken(arranged(found.family)[0])
        starts = np.flatnonzero(news(found.family))
    stretches: dict[int, list[Cells]] = {}
    for since, until in itertools.pairwise([*starts.tolist(), len(found)]):
        part = found.taken(slice(since, until))
        stretches.setdefault(int(part.family[0]), []).append(part)
    return {
        family: parts[0] if len(parts) == 1 else joined(parts)
        for family, parts in stretches.items()
    }


def nothing() -> Cells:
    """Return no cells."""
    return Cells(*[np.zeros(0, dtype=np.int64)] * len(_COLUMNS))


def joined(parts: Iterable[Cells]) -> Cells:
    """Return the cells of all `parts`, in their order."""
    parts = [part for part in parts if len(part)]
    if not parts:
        return nothing()
    return Cells(*(np.concatenate([getattr(part, name) for part in parts]) for name in _COLUMNS))


def packed(found: Cells, n_articles: int) -> list[bytes]:
    """Return the cells of each of the articles from 0 to `n_articles` as bytes, 16 a cell."""
    key = (found.first << 48) | (found.second << 32) | (found.a << 16) | found.b
    value = ((found.family << _DETAIL_BITS | found.detail) << 48) | (found.n & _N)
    article = found.article.astype(np.uint16 if n_articles <= 1 << 16 else np.int64)
    order = np.argsort(article, kind="stable")  # of short numbers a sort by digits
    told = np.stack([key, value], axis=1).astype("<i8").take(order, axis=0).tobytes()
    sizes = np.bincount(found.article, minlength=n_articles)
    bounds = (16 * np.cumsum(sizes)).tolist()
    return [told[since:until] for since, until in itertools.pairwise([0, *bounds])]


def unpacked(blobs: Sequence[bytes]) -> Cells:
    """Return the cells of articles from their bytes; `article` is the place in `blobs`."""
    told = np.frombuffer(b"".join(blobs), dtype="<i8").reshape(-1, 2)
    sizes = np.array([len(blob) // 16 for blob in blobs], dtype=np.int64)
    key, value = told[:, 0].astype(np.int64), told[:, 1].astype(np.int64)
    code = value >> 48
    return Cells(
        np.repeat(np.arange(len(blobs)), sizes),
        key >> 48,
        (key >> 32) & 0xFFFF,
        code >> _DETAIL_BITS,
        code & ((1 << _DETAIL_BITS) - 1),
        (key >> 16) & 0xFFFF,
        key & 0xFFFF,
        (value << 16) >> 16,  # with its sign
    )
