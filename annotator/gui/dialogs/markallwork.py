"""What the dialog of labelling every occurrence has jobs do. No Qt."""

import itertools
from collections.abc import Callable, Sequence

import msgspec

from annotator.arabic.finding import Query
from annotator.core.model import Annotator
from annotator.gui.models.markall import Done
from annotator.gui.models.searchasked import Asked
from annotator.services import marking, undoing
from annotator.services.marking import Proposal
from annotator.services.progress import Progress, go_on
from annotator.services.searchingcontext import InContext, in_context
from annotator.store.project import Project

MOST = 2_000
"""Proposals that are shown at once."""


class Wanted(msgspec.Struct, frozen=True):
    """What is to be labelled how; `article` is empty for all articles.

    Where it comes from the page of search, `listed` is what was asked for there: of other places
    nothing is labelled.
    """

    query: Query
    type: str
    article: str = ""
    listed: Asked | None = None


class Proposed(msgspec.Struct, frozen=True):
    """Proposals with their places as they are read; there are more where it is not whole."""

    wanted: Wanted
    proposals: tuple[Proposal, ...]
    places: tuple[InContext, ...]
    is_whole: bool


def proposing(wanted: Wanted, who: Annotator) -> Callable[[Project, Progress], Proposed]:
    """Return the work that looks for the places."""

    def work(project: Project, progress: Progress) -> Proposed:
        proposals: list[Proposal] = []
        where = wanted.listed.where() if wanted.listed else None
        args = (wanted.query, wanted.type, wanted.article, where)
        found = marking.proposals(project, who, *args)
        for one in itertools.islice(found, MOST + 1):
            go_on(progress, len(proposals), 0)
            proposals.append(one)
        shown = tuple(proposals[:MOST])
        places = in_context(project, ((one.article, one.start, one.end) for one in shown))
        return Proposed(wanted, shown, tuple(places), len(proposals) <= MOST)

    return work


def labelling(
    chosen: Sequence[Proposal], who: Annotator, type_name: str
) -> Callable[[Project, Progress], Done]:
    """Return the work that labels what was chosen, in one gesture."""

    def work(project: Project, _: Progress) -> Done:
        made = marking.mark(project, who, chosen, type_name)
        changes = [
            (operation.scope.article, change)
            for operation in made.operations
            for change in operation.changes
            if change.kind == "entity"
        ]
        gesture = made.operations[0].gesture if made.operations else ""
        articles = frozenset(article for article, _ in changes)
        return Done(len(changes), articles, gesture, made.n_done, made.n_met)

    return work


def taking_back(gesture: str, who: Annotator) -> Callable[[Project, Progress], int]:
    """Return the work that takes the gesture back, whole; it returns how many layers it was in."""
    return lambda project, _: len(undoing.undo_gesture(project, who, gesture).operations)
