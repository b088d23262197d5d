"""Sufficient statistics: counts of one article each, from which every figure is made by summing.

A cell says how often something was counted in an article for two annotators (or one): which two,
what family of counts it is of, a detail of the family, and two values (types, roles, …) or `NONE`.
Cells of different articles are independent: a changed article is taken out and counted anew.
"""

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from annotator.agreement.arrays import Flags, Ints

ENTITIES, ENTITY_OVERLAP, UNITS, TRIGGERS, TRIGGER_OVERLAP = range(5)
ARGUMENTS, ROLES, STANCES, RELATIONS, ANSWERS = range(5, 10)
READ, STRINGS, STRING_PLACES = range(10, 13)
VERSION = 1
"""Of how articles are counted: cells that another version counted are counted anew."""

_DETAIL_BITS = 9
_ROOM = 1 << 62
_N = (1 << 48) - 1
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

    def taken(self, which: Ints | Flags) -> "Cells":
        """Return the cells at `which`."""
        return Cells(*(getattr(self, name)[which] for name in _COLUMNS))

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
    columns = np.broadcast_arrays(article, *who, detail, *values)
    if not len(article):
        return nothing()
    order, is_new = _grouped(columns)
    starts = np.flatnonzero(is_new)
    counted = np.broadcast_to(np.asarray(n, dtype=np.int64), (len(order),))[order]
    picked = order[starts]
    of, one, other, told, a, b = (np.asarray(column, dtype=np.int64)[picked] for column in columns)
    families = np.full(len(starts), family)
    return Cells(of, one, other, families, told, a, b, np.add.reduceat(counted, starts))


def _grouped(columns: Sequence[Ints]) -> tuple[Ints, Flags]:
    """Return an order in which equal rows stand together, and where each group begins."""
    sizes = [int(column.max()) + 1 for column in columns]
    if math.prod(sizes) < _ROOM:  # one number holds a row, and is sorted much faster
        row = np.zeros(len(columns[0]), dtype=np.int64)
        for column, size in zip(columns, sizes, strict=True):
            row = row * size + column
        order = np.argsort(row)
        row = row[order]
        return order, np.concatenate([[True], row[1:] != row[:-1]])
    order = np.lexsort(columns[::-1])
    changes = [column[order][1:] != column[order][:-1] for column in columns]
    return order, np.concatenate([[True], np.logical_or.reduce(changes)])


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
    order = np.argsort(found.article, kind="stable")
    part = found.taken(order)
    key = (part.first << 48) | (part.second << 32) | (part.a << 16) | part.b
    value = ((part.family << _DETAIL_BITS | part.detail) << 48) | (part.n & _N)
    told = np.stack([key, value], axis=1).astype("<i8")
    bounds = np.searchsorted(part.article, np.arange(n_articles + 1))
    return [told[since:until].tobytes() for since, until in itertools.pairwise(bounds)]


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
