"""The meetings of chosen readings: rows of sums, numbered in the order of their articles."""

from dataclasses import dataclass

import numpy as np

from annotator.agreement.arrays import Ints, arranged, news
from annotator.agreement.counted import Counted
from annotator.agreement.statistics import Cells


def pair_code(pair: tuple[int, int]) -> int:
    """Return the number under which tables keep a pair."""
    return (pair[0] << 15) | pair[1]


@dataclass(frozen=True, slots=True)
class Joint:
    """The meetings of chosen readings, in the order of `code`; `pair` is the place in `pairs`.

    `pairs` are the numbers of pairs as tables keep them, ascending.
    """

    article: Ints
    first: Ints
    second: Ints
    pair: Ints
    code: Ints
    pairs: Ints

    def places(self, cells: Cells) -> Ints:
        """Return in which meeting each cell is."""
        code = _meeting_code(cells.article, cells.first, cells.second)
        is_new = news(code)  # cells of one meeting stand together
        known = np.searchsorted(self.code, code[is_new])
        return known.take(np.cumsum(is_new) - 1)


def joint_of(counted: Counted) -> Joint:
    """Return the meetings of the chosen readings."""
    found = [np.flatnonzero(counted.both_read(pair)) for pair in counted.pairs]
    sizes = [len(articles) for articles in found]
    pairs = np.array(counted.pairs, dtype=np.int64).reshape(-1, 2)
    article = np.concatenate(found) if found else pairs[:, 0]
    pair = np.repeat(np.arange(len(pairs)), sizes)
    order, _ = arranged(article, pair)
    article, pair = article.take(order), pair.take(order)
    first, second = pairs[:, 0].take(pair), pairs[:, 1].take(pair)
    code = _meeting_code(article, first, second)
    return Joint(article, first, second, pair, code, (pairs[:, 0] << 15) | pairs[:, 1])


def _meeting_code(article: Ints, first: Ints, second: Ints) -> Ints:
    return (article << 30) | (first << 15) | second
