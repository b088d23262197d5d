"""What the page of names has jobs do. Names are counted there."""

from collections.abc import Sequence
from copy import deepcopy

import msgspec

from annotator.core.model import Annotator
from annotator.gui.jobs import Work
from annotator.gui.models.nameslist import BY_NUMBER
from annotator.services import names, nameslinking, namesproposed, undoing
from annotator.services.names import Name, Tally
from annotator.services.nameslinking import Linked
from annotator.services.namesproposed import Proposal
from annotator.services.progress import Progress
from annotator.services.searchingcontext import InContext, in_context
from annotator.store.namedmentions import Mention
from annotator.store.project import Project

FIRST = 600
"""Articles whose names are shown first, while the others are counted."""
_PLACES = 40


class Counted(msgspec.Struct, frozen=True):
    """What was counted: the names, and those that may be one once all articles are counted."""

    tally: Tally
    names: list[Name]
    proposals: list[Proposal]


class Placed(msgspec.Struct, frozen=True):
    """Some places of a name; the next ones are in the articles (row ids) that are `left`."""

    name: Name
    mentions: tuple[Mention, ...]
    context: tuple[InContext, ...]
    left: tuple[int, ...]


class Done(msgspec.Struct, frozen=True):
    """A gesture that was made, taken back or done again (`kind`)."""

    kind: str
    gesture: str
    linked: Linked = Linked()
    left_out: int = 0


class NamesPlace(msgspec.Struct, frozen=True):
    """What is shown on the page: kept while the window is built anew."""

    text: str = ""
    type: str = ""
    order: str = BY_NUMBER
    is_mine: bool = True
    chosen: frozenset[tuple[str, str]] = frozenset()
    made: tuple[str, ...] = ()
    is_open: bool | None = None


def counting(who: str, me: str, n: int = 0, so_far: Tally | None = None) -> Work:
    """Return the work that counts the names of the first `n` articles, 0 for all.

    `who` is whose labels count, "" for everyone's, `me` who could change them: uids. What was
    counted `so_far` is not counted again; it is looked into meanwhile, so a copy goes on.
    """

    def work(project: Project, progress: Progress) -> Counted:
        tally = deepcopy(so_far) if so_far is not None else Tally(project, who, me)
        tally.count_on(project, n, progress)
        found = tally.names()
        policy = project.label_schema.clitics
        made = namesproposed.proposals(found, policy) if tally.is_whole and me else []
        return Counted(tally, found, made)

    return work


def placing(name: Name, articles: Sequence[int], who: str, n: int = 0) -> Work:
    """Return the work that looks up places of a name in the articles with these row ids.

    It ends with the article in which the first `n` of them are found, or some where that is more.
    """
    most = max(n, _PLACES)

    def work(project: Project, _: Progress) -> Placed:
        found: list[Mention] = []
        left = list(articles)
        while left and len(found) < most:
            found += names.places(project, name, [left.pop(0)], who)
        spots = ((one.article, one.start, one.end) for one in found)
        context = tuple(in_context(project, spots))
        return Placed(name, tuple(found), context, tuple(left))

    return work


def merging(who: Annotator, chosen: Sequence[Name], link: str) -> Work:
    """Return the work that lets all labels of names share `link`."""
    return lambda project, progress: _done(nameslinking.merge(project, who, chosen, link, progress))


def splitting(who: Annotator, name: Name, spellings: Sequence[str], link: str) -> Work:
    """Return the work that takes spellings out of a name, or gives them another."""
    return lambda project, progress: _done(
        nameslinking.split(project, who, name, spellings, link, progress)
    )


def parting(who: Annotator, chosen: Sequence[Name]) -> Work:
    """Return the work that says that names are different."""
    return lambda project, progress: _done(nameslinking.set_apart(project, who, chosen, progress))


def taking_back(who: Annotator, gesture: str, kind: str) -> Work:
    """Return the work that takes a gesture back (`kind` is "undo"), or does it again ("redo")."""

    def work(project: Project, _: Progress) -> Done:
        take = undoing.undo_gesture if kind == "undo" else undoing.redo_gesture
        undone = take(project, who, gesture)
        return Done(kind, gesture, left_out=undone.left_out)

    return work


def _done(linked: Linked) -> Done:
    gesture = linked.operations[0].gesture if linked.operations else ""
    return Done("made", gesture, linked)
