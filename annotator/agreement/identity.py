"""Who and what is meant: mentions of one article that are the same thing, over all its readings.

Two mentions are the same when they overlap, carry the same link, are joined by a relation that says
so, or have the same folded text. Sameness is carried on: what is the same as the same is the same.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

from annotator.agreement.batch import Batch, Link, Mention, Statement
from annotator.arabic.fold import fold

OfReading = TypeVar("OfReading", Mention, Link, Statement)
Identities = dict[tuple[int, str], int]
"""What is the same has the same number, by (reading, uid)."""
AUTHOR = "author"
"""The holder of what the paper itself says."""


class Same:
    """Which things are the same, as far as one was told."""

    def __init__(self) -> None:
        self._above: dict[Hashable, Hashable] = {}

    def root(self, thing: Hashable) -> Hashable:
        """Return the one that stands for all that are the same as `thing`."""
        above = self._above.setdefault(thing, thing)
        while above != self._above[above]:
            self._above[above] = self._above[self._above[above]]
            above = self._above[above]
        return above

    def join(self, one: Hashable, other: Hashable) -> None:
        """Say that two things are the same."""
        first, second = self.root(one), self.root(other)
        if first != second:
            self._above[second] = first


def identities(
    text: str, mentions: Sequence[Mention], links: Iterable[Link] = (), *, by_place: bool = False
) -> Identities:
    """Return a number for each mention, by (reading, uid): the same for what is the same.

    Numbers follow the places in the text; `mentions` and `links` are those of one article. Only
    overlap counts where `by_place`: what a relation joins must not be one before it is compared.
    """
    same = Same()
    known = {(mention.reading, mention.uid) for mention in mentions}
    for mention in mentions:
        name = (mention.reading, mention.uid)
        quote = " ".join(fold(text[mention.start : mention.end]).split())
        if quote and not by_place:
            same.join(name, ("text", quote))
        if mention.link and not by_place:
            same.join(name, ("link", mention.link))
    _join_overlapping(same, mentions)
    for link in links:
        ends = (link.reading, link.source), (link.reading, link.target)
        if link.joins and not by_place and known.issuperset(ends):
            same.join(*ends)
    numbers: dict[Hashable, int] = {}
    ordered = sorted(mentions, key=_in_order)
    return {
        (one.reading, one.uid): numbers.setdefault(same.root((one.reading, one.uid)), len(numbers))
        for one in ordered
    }


def by_article(batch: Batch, found: Sequence[OfReading]) -> dict[int, list[OfReading]]:
    """Return what was found in readings of `batch`, by article."""
    groups: dict[int, list[OfReading]] = {}
    articles = batch.article.tolist() if found else []
    for one in found:
        groups.setdefault(articles[one.reading], []).append(one)
    return dict(sorted(groups.items()))


def _join_overlapping(same: Same, mentions: Sequence[Mention]) -> None:
    """Join the mentions of every two readings that overlap, one to one, the closest first."""
    found = sorted(_overlapping(mentions))
    taken: set[tuple[int, str, int]] = set()
    for _, _, _, one, other in found:
        ends = (one.reading, one.uid, other.reading), (other.reading, other.uid, one.reading)
        if taken.isdisjoint(ends):
            taken.update(ends)
            same.join(ends[0][:2], ends[1][:2])


def _overlapping(mentions: Sequence[Mention]) -> Iterator["_Overlap"]:
    """Yield overlapping mentions of two readings with what tells which are closest."""
    open_: list[Mention] = []
    for mention in sorted(mentions, key=_in_order):
        open_ = [other for other in open_ if other.end > mention.start]
        for other in open_:
            if other.reading != mention.reading:
                shared = min(other.end, mention.end) - mention.start
                union = max(other.end, mention.end) - other.start
                yield -shared / union, _in_order(other), _in_order(mention), other, mention
        open_.append(mention)


def _in_order(mention: Mention) -> "_Order":
    return mention.start, mention.end, mention.reading, mention.uid


_Order = tuple[int, int, int, str]
_Overlap = tuple[float, _Order, _Order, Mention, Mention]
