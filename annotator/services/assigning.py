"""Assigning: who is to read which article, planned first and then recorded.

A plan changes nothing and is shown before it is carried out. What is recorded are operations in
the project's scope, each about one annotator. The files for them are `handing_out`.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from annotator.arabic.fold import fold_name
from annotator.arabic.nearduplicates import near_duplicates
from annotator.core import assigning
from annotator.core import operations as op
from annotator.core.assigning import Candidate, Pair, Reader
from annotator.core.bodies import Body
from annotator.core.errors import UserError
from annotator.core.model import LEAD, Annotator
from annotator.services.annotators import known_or_new, named
from annotator.services.progress import SILENT, Progress, go_on
from annotator.store import assignments, readers
from annotator.store.project import Project
from annotator.store.transaction import Gesture
from annotator.store.trouble import reads, writes

_UNFINISHED = ("new", "started")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a lead wants: who gets articles, how many each (weights), how many read each article.

    With `taken_from` only what these people have not finished is given to the others.
    """

    names: tuple[str, ...]
    shares: tuple[int, ...] = ()
    overlap: int = 1
    at_least_double: int = 0
    seed: int = 0
    taken_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Portion:
    """What one annotator has by a plan: articles before it, those that come and those that go.

    `words` are the white-space words of all that she has then, in annotatable regions.
    """

    annotator: Annotator
    before: int
    new: int
    gone: int
    words: int

    @property
    def articles(self) -> int:
        """How many articles she has by the plan."""
        return self.before + self.new - self.gone


@dataclass(frozen=True, slots=True)
class Plan:
    """Who gets what, and the counts to look at before it is done.

    `n_alike` articles are in `n_groups` groups of near-duplicates; `n_double` are read by two or
    more; `n_left` stay with whom they were to be taken from, for want of another reader.
    """

    wish: Wish
    portions: tuple[Portion, ...]
    added: tuple[Pair, ...]
    removed: tuple[Pair, ...]
    n_articles: int
    n_groups: int
    n_alike: int
    n_double: int
    n_left: int = 0

    @property
    def receivers(self) -> list[Annotator]:
        """Those who get articles, in the order in which they were named."""
        return [one.annotator for one in self.portions[: len(self.wish.names)]]

    @property
    def givers(self) -> list[Annotator]:
        """Those whose articles go to others: their own files say so after a reply."""
        return [one.annotator for one in self.portions if one.gone]


@reads
def planned(project: Project, wish: Wish, progress: Progress = SILENT) -> Plan:
    """Return who would read what; raise `UserError` with one reason where it cannot be.

    What is assigned stays, but for what is taken over, and shares are of all that one has then.
    """
    if project.role != LEAD:
        raise UserError("lead_only")
    to = _readers(project, wish)
    givers = [named(project, name) for name in wish.taken_from]
    if {one.uid for one in givers} & {one.uid for one, _ in to}:
        raise UserError("takes_from_herself")
    found = _Articles(project, progress)
    drawn = [reader for _, reader in to]
    if givers:
        return _taking_over(project, wish, to, givers, found)
    candidates = assigning.with_overlap(
        found.candidates, drawn, wish.overlap, wish.at_least_double, wish.seed
    )
    added = assigning.dealt(candidates, drawn, wish.seed)
    return _plan(wish, [one for one, _ in to], found, added)


@writes
def assign(project: Project, plan: Plan, who: str = LEAD) -> str:
    """Record `plan`, one gesture; return its name, or nothing where nothing was to be changed."""
    with project.transaction("assign", who) as gesture:
        for annotator in plan.receivers:
            if project.annotator(annotator.uid) is None:
                told = {"name": annotator.name, "kind": annotator.kind}
                gesture.within(op.PROJECT).set(op.ANNOTATOR, annotator.uid, told)
        _set(gesture, plan.removed, None)
        _set(gesture, plan.added, assignments.ASSIGNED)
    return gesture.name if gesture.operations else ""


def _set(gesture: Gesture, pairs: Sequence[Pair], body: Body | None) -> None:
    """Assign, or take away, with one part a person: each operation names one recipient."""
    for uid, articles in _by_reader(pairs).items():
        part = gesture.within(op.PROJECT)
        for article in sorted(articles):
            part.set(op.ASSIGNMENT, assignments.name_of(article, uid), body)


# --- people -------------------------------------------------------------------------------------


def _readers(project: Project, wish: Wish) -> list[tuple[Annotator, Reader]]:
    """Return who is to get articles; raise where a name or a share cannot be."""
    if not wish.names:
        raise UserError("nobody_named")
    shares = wish.shares or (1,) * len(wish.names)
    if len(shares) != len(wish.names) or min(shares) < 1:
        raise UserError("bad_shares", n=len(wish.names))
    found = []
    seen: dict[str, str] = {}
    for name, share in zip(wish.names, shares, strict=True):
        one = known_or_new(project, name)
        if one.kind != "human":
            raise UserError("annotator_differs", name=one.name, kind=one.kind)
        if one.uid in seen:
            raise UserError("repeated_name", name=name, other=seen[one.uid])
        seen[one.uid] = name
        found.append((one, Reader(one.uid, fold_name(one.name), share)))
    return found


# --- articles -----------------------------------------------------------------------------------


class _Articles:
    """The articles of a project as candidates, with their groups and their numbers of words."""

    def __init__(self, project: Project, progress: Progress) -> None:
        self._project = project
        self._found: list[Candidate] = []
        self.words: dict[str, int] = {}
        read_by = readers.readers(project)
        groups = near_duplicates(self._texts(progress))
        self.candidates = [
            replace(one, group=group, readers=read_by.get(one.article, frozenset()))
            for one, group in zip(self._found, groups, strict=True)
        ]

    def _texts(self, progress: Progress) -> Iterator[str]:
        total = readers.n_readable(self._project)
        for n, one in enumerate(readers.readable(self._project)):
            go_on(progress, n, total)
            text = one.annotatable(self._project.annotatable)
            self.words[one.sha256] = len(text.split())
            self._found.append(Candidate(one.sha256, one.source, len(text), n))
            yield text

    def near(self) -> tuple[int, int]:
        """Return how many groups of near-duplicates there are, and how many articles in them."""
        sizes = [n for n in Counter(one.group for one in self.candidates).values() if n > 1]
        return len(sizes), sum(sizes)


# --- plans --------------------------------------------------------------------------------------


def _taking_over(
    project: Project,
    wish: Wish,
    to: Sequence[tuple[Annotator, Reader]],
    givers: Sequence[Annotator],
    found: _Articles,
) -> Plan:
    """Plan to give what `givers` were assigned and have not finished to others, by their shares."""
    unfinished: dict[str, list[str]] = {}
    uids = {one.uid for one in givers}
    for one in readers.assigned(project):
        if one.annotator in uids and one.status in _UNFINISHED:
            unfinished.setdefault(one.article, []).append(one.annotator)
    if not unfinished:
        raise UserError("nothing_to_take_over", names=[one.name for one in givers])
    candidates = [
        replace(
            one,
            readers=one.readers.difference(unfinished.get(one.article, ())),
            wanted=len(one.readers) if one.article in unfinished else 0,
        )
        for one in found.candidates
    ]
    added = assigning.dealt(candidates, [reader for _, reader in to], wish.seed)
    n_taken = Counter(article for _, article in added)
    removed = [
        (uid, article)
        for article, owners in unfinished.items()
        for uid in sorted(owners)[: n_taken[article]]
    ]
    n_left = sum(map(len, unfinished.values())) - len(removed)
    people = [*(one for one, _ in to), *givers]
    return replace(_plan(wish, people, found, added, removed), n_left=n_left)


def _plan(
    wish: Wish,
    people: Sequence[Annotator],
    found: _Articles,
    added: Sequence[Pair],
    removed: Sequence[Pair] = (),
) -> Plan:
    portions = tuple(_portions(people, found, added, removed))
    empty = [one.annotator.name for one in portions[: len(wish.names)] if not one.articles]
    if empty:
        if not added:
            raise UserError("nothing_to_assign")
        raise UserError("nothing_for", names=empty)
    n_readers = Counter({one.article: len(one.readers) for one in found.candidates})
    n_readers.update(article for _, article in added)
    n_readers.subtract(article for _, article in removed)
    n_double = sum(n >= 2 for n in n_readers.values())
    counts = (len(found.candidates), *found.near(), n_double)
    return Plan(wish, portions, tuple(added), tuple(removed), *counts)


def _portions(
    people: Sequence[Annotator], found: _Articles, added: Sequence[Pair], removed: Sequence[Pair]
) -> Iterator[Portion]:
    has: dict[str, set[str]] = {one.uid: set() for one in people}
    for candidate in found.candidates:
        for uid in candidate.readers & has.keys():
            has[uid].add(candidate.article)
    new, gone = _by_reader(added), _by_reader(removed)
    for one in people:
        come, go = new.get(one.uid, set()), gone.get(one.uid, set())
        articles = has[one.uid] - go | come
        words = sum(found.words[article] for article in articles)
        yield Portion(one, len(has[one.uid]), len(come), len(go), words)


def _by_reader(pairs: Sequence[Pair]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for uid, article in pairs:
        found.setdefault(uid, set()).add(article)
    return found
