"""Texts that are treated differently: how often each type was given where two readings differ."""

from dataclasses import dataclass

import numpy as np

from annotator.agreement.arrays import Ints
from annotator.agreement.codetable import Table
from annotator.agreement.report import NO_SPAN, DisputedString
from annotator.agreement.spans import NONE
from annotator.agreement.splicing import Splice
from annotator.agreement.statistics import Cells

_BITS = 21


@dataclass(frozen=True, slots=True)
class StringSums:
    """Counts by text and type, and for each article a place of each of its disputed texts.

    Places stand in the order of articles.
    """

    types: Table
    article: Ints
    key: Ints
    place: Ints


def _key(cells: Cells) -> Ints:
    return (cells.first << 32) | (cells.second << 16) | cells.a


def string_sums(counted: Cells, places: Cells) -> StringSums:
    """Return the sums of texts, from the cells of their types and from those of their places."""
    types = Table.of((_key(counted) << 16) | counted.b, counted.n)
    return StringSums(types, places.article, _key(places), places.n)


def joined_strings(parts: list[StringSums]) -> StringSums:
    """Return the sums of all `parts`."""
    told = (np.concatenate([getattr(part, name) for part in parts]) for name in _PLACES)
    return StringSums(Table.joined([part.types for part in parts]), *told)


_PLACES = ("article", "key", "place")


def changed_strings(whole: StringSums, out: StringSums, into: StringSums, gone: Ints) -> StringSums:
    """Return `whole` with what was in the articles `gone`, `out`, replaced by what is in `into`."""
    splice = Splice(whole.article, gone, into.article)
    told = (splice.rows(getattr(whole, name), getattr(into, name)) for name in _PLACES)
    return StringSums(whole.types.changed(out.types, into.types), *told)


def disputed_strings(
    sums: StringSums,
    names: tuple[str, ...],
    most: int = 20,
    types: frozenset[str] = frozenset(),
) -> tuple[DisputedString, ...]:
    """Return the texts on which most items are disputed; of those that any of `types` was given."""
    key = sums.types.codes >> 16
    starts = np.flatnonzero(np.diff(key, prepend=-1) != 0)
    if not len(starts):
        return ()
    total = np.add.reduceat(sums.types.n, starts)
    if types:
        wanted = [at for at, name in enumerate(names) if name in types]
        is_wanted = np.isin(sums.types.codes & NONE, wanted)
        asked = np.logical_or.reduceat(is_wanted, starts)
        starts, total = starts[asked], total[asked]
    order = np.lexsort((key[starts], -total))[:most]
    return tuple(_disputed(sums, int(key[starts[at]]), int(total[at]), names) for at in order)


def _disputed(sums: StringSums, key: int, total: int, names: tuple[str, ...]) -> DisputedString:
    since, until = np.searchsorted(sums.types.codes, [key << 16, (key + 1) << 16])
    types = {
        NO_SPAN if code & NONE == NONE else names[code & NONE]: n
        for code, n in zip(
            sums.types.codes[since:until].tolist(), sums.types.n[since:until].tolist(), strict=True
        )
    }
    ordered = dict(sorted(types.items(), key=lambda pair: (pair[0] == NO_SPAN, -pair[1], pair[0])))
    places = np.flatnonzero(sums.key == key)
    one = places[np.argmin(sums.article[places])]
    start, end = divmod(int(sums.place[one]), 1 << _BITS)
    return DisputedString(int(sums.article[one]), start, end, ordered, total // 2)
