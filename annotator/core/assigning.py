"""Who is to read which article: by shares, stratified, near-duplicates together, drawn by a seed.

A pure function of what is given: the same articles, people, wishes and seed give the same on every
machine, in whatever order they come. All articles of a group of near-duplicates go to the same
people and count once in their shares.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from annotator.core.apportioning import apportioned
from annotator.core.errors import UserError

_QUARTERS = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article: its SHA-256, where it comes from, its length, its group of near-duplicates.

    `readers` are the uids of those who read it already, `wanted` how many are to read it in all.
    """

    article: str
    source: str
    length: int
    group: int
    readers: frozenset[str] = frozenset()
    wanted: int = 0


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who gets articles; chance is drawn by `name`, folded, because uids differ by file.

    `share` is a weight: of two people with 2 and 1 the first gets twice as many.
    """

    uid: str
    name: str
    share: int = 1


Pair = tuple[str, str]
"""The uid of a reader, and the SHA-256 of an article."""


@dataclass(slots=True)
class _Group:
    """Near-duplicates, which go together: who has some of them, and how many more are needed."""

    articles: list[Candidate]
    key: str
    has: frozenset[str]
    need: int
    given: list[str] = field(default_factory=list)

    @property
    def source(self) -> str:
        return self.articles[0].source

    @property
    def length(self) -> int:
        return max(one.length for one in self.articles)


# --- how many are to read each ------------------------------------------------------------------


def with_overlap(
    candidates: Sequence[Candidate],
    readers: Sequence[Reader],
    overlap: int = 1,
    at_least_double: int = 0,
    seed: int = 0,
) -> list[Candidate]:
    """Return `candidates` with the number wanted: `overlap`, or two where they are drawn for it.

    As many are drawn, evenly over sources and lengths, that at least `at_least_double` articles
    are read twice. Raise where that cannot be.
    """
    _refuse_wish(len(candidates), readers, overlap, at_least_double)
    plain = [replace(one, wanted=overlap) for one in candidates]
    n_double = sum(max(one.wanted, len(one.readers)) >= 2 for one in plain)
    drawn: set[str] = set()
    for group in _spread(_groups(plain, readers), seed):
        if n_double + len(drawn) >= at_least_double:
            break
        drawn.update(one.article for one in group.articles if _can_become_double(one, readers))
    if n_double + len(drawn) < at_least_double:
        raise UserError("double_needs_two", n=at_least_double)
    return [replace(one, wanted=2) if one.article in drawn else one for one in plain]


def _refuse_wish(n: int, readers: Sequence[Reader], overlap: int, at_least_double: int) -> None:
    if not n:
        raise UserError("nothing_to_assign")
    if not overlap:
        raise UserError("overlap_zero")
    if overlap > len(readers):
        raise UserError("overlap_too_great", overlap=overlap, n=len(readers))
    if at_least_double > n:
        raise UserError("double_too_many", wanted=at_least_double, n=n)


def _can_become_double(one: Candidate, readers: Iterable[Reader]) -> bool:
    """Whether an article that one person is to read can get another."""
    is_double = max(one.wanted, len(one.readers)) >= 2
    return not is_double and len(one.readers.union(reader.uid for reader in readers)) >= 2


# --- who reads which ----------------------------------------------------------------------------


def dealt(candidates: Sequence[Candidate], readers: Sequence[Reader], seed: int = 0) -> list[Pair]:
    """Return who is to read what, so that each article has as many readers as wanted.

    Nobody gets an article that she reads already. All that a reader has then, old and new, differs
    from her share by less than one group of near-duplicates, unless what she has already is more,
    or nothing is left that she does not read. Where somebody is lacking for an article, it is left.
    """
    readers = sorted(readers, key=lambda one: _drawn(seed, "reader", one.name))
    groups = _groups(candidates, readers)
    open_groups = [group for group in _in_strata(groups, seed) if group.need]
    loads = Counter(uid for group in groups for uid in group.has)
    goals = _goals(open_groups, readers, loads)
    _deal(open_groups, readers, {uid: goals[uid] - loads[uid] for uid in goals}, seed)
    _level(open_groups, {uid: goals[uid] - loads[uid] for uid in goals})
    return sorted(pair for group in groups for pair in _pairs(group))


def _groups(candidates: Iterable[Candidate], readers: Iterable[Reader]) -> list[_Group]:
    uids = frozenset(reader.uid for reader in readers)
    together: dict[int, list[Candidate]] = {}
    for one in sorted(candidates, key=lambda one: one.article):
        together.setdefault(one.group, []).append(one)
    found = []
    for articles in together.values():
        has = uids.intersection(*[frozenset().union(*(one.readers for one in articles))])
        need = max(one.wanted - len(one.readers | has) for one in articles)
        need = min(max(need, 0), len(uids - has))
        found.append(_Group(articles, articles[0].article, has, need))
    return found


def _goals(
    groups: Sequence[_Group], readers: Sequence[Reader], loads: Mapping[str, int]
) -> dict[str, int]:
    """Return how many groups each reader is to have in the end, those that she has among them."""
    least = [loads.get(reader.uid, 0) for reader in readers]
    most = [
        n + sum(reader.uid not in group.has for group in groups)
        for n, reader in zip(least, readers, strict=True)
    ]
    total = sum(least) + sum(group.need for group in groups)
    shares = [reader.share for reader in readers]
    goals = apportioned(shares, least, most, total)
    return {reader.uid: n for reader, n in zip(readers, goals, strict=True)}


def _deal(
    groups: Sequence[_Group], readers: Sequence[Reader], quotas: Mapping[str, int], seed: int
) -> None:
    """Give each group, in the order of the strata, to those who are farthest behind their quota.

    Whoever reads least often with those chosen before goes first among equals, then chance.
    """
    total = sum(quotas.values())
    credit = dict.fromkeys(quotas, 0)
    met: Counter[frozenset[str]] = Counter()
    for group in groups:
        for uid in credit:
            credit[uid] += group.need * quotas[uid]
        chance = {one.uid: _drawn(seed, group.key, one.name) for one in readers}
        for _ in range(group.need):
            together = [*group.has, *group.given]
            free = [one.uid for one in readers if one.uid not in together]
            chosen = min(
                free,
                key=lambda uid: (
                    -credit[uid],
                    sum(met[frozenset((uid, other))] for other in together),
                    chance[uid],
                ),
            )
            credit[chosen] -= total
            group.given.append(chosen)
        met.update(map(frozenset, combinations((*group.has, *group.given), 2)))


def _level(groups: Sequence[_Group], quotas: Mapping[str, int]) -> None:
    """Hand groups on, from whoever has too many to whoever has too few, until none can be."""
    behind = Counter(quotas)
    behind.subtract(uid for group in groups for uid in group.given)
    for start in sorted(quotas):
        while behind[start] < 0:
            way = _way(groups, start, behind)
            if not way:
                break
            for group, giver, taker in way:
                group.given[group.given.index(giver)] = taker
            behind[start] += 1
            behind[way[-1][2]] -= 1


_Step = tuple[_Group, str, str]


def _way(groups: Sequence[_Group], start: str, behind: Mapping[str, int]) -> list[_Step]:
    """Return the shortest chain of groups handed on, each by one, to somebody who has too few."""
    ways: dict[str, list[_Step]] = {start: []}
    for giver in (todo := [start]):
        for taker in sorted(set(behind) - set(ways)):
            group = next((one for one in groups if _can_pass(one, giver, taker)), None)
            if group is None:
                continue
            ways[taker] = [*ways[giver], (group, giver, taker)]
            if behind[taker] > 0:
                return ways[taker]
            todo.append(taker)
    return []


def _can_pass(group: _Group, giver: str, taker: str) -> bool:
    return giver in group.given and taker not in group.given and taker not in group.has


def _pairs(group: _Group) -> Iterable[Pair]:
    """Yield who gets which article of a group: those who have others of it first."""
    for one in group.articles:
        free = [uid for uid in (*sorted(group.has), *group.given) if uid not in one.readers]
        for uid in free[: max(0, one.wanted - len(one.readers))]:
            yield uid, one.article


# --- strata -------------------------------------------------------------------------------------


def _in_strata(groups: Sequence[_Group], seed: int) -> list[_Group]:
    """Return `groups` by strata (source, quarter of the lengths), each in a drawn order."""
    return [group for stratum in _strata(groups, seed) for group in stratum]


def _spread(groups: Sequence[_Group], seed: int) -> list[_Group]:
    """Return `groups` so that however many are taken from the front, strata have their shares."""
    placed = [
        ((place + 0.5) / len(stratum), _drawn(seed, "spread", group.key), group)
        for stratum in _strata(groups, seed)
        for place, group in enumerate(stratum)
    ]
    return [group for _, _, group in sorted(placed, key=lambda one: one[:2])]


def _strata(groups: Sequence[_Group], seed: int) -> list[list[_Group]]:
    by_length = sorted(groups, key=lambda group: (group.length, group.key))
    found: dict[tuple[str, int], list[_Group]] = {}
    for place, group in enumerate(by_length):
        quarter = place * _QUARTERS // len(groups)
        found.setdefault((group.source, quarter), []).append(group)
    for stratum in found.values():
        stratum.sort(key=lambda group: _drawn(seed, "order", group.key))
    return [found[key] for key in sorted(found)]


def _drawn(seed: int, *what: str) -> int:
    """Return a number drawn by `seed` for `what`: the same on every machine and in any order."""
    told = "\n".join((str(seed), *what)).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(told, digest_size=8).digest(), "big")
