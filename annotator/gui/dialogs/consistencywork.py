"""What the dialog of consistency has jobs do. No Qt."""

from collections.abc import Callable

import msgspec

from annotator.core.model import Annotator
from annotator.services import consistency, undoing
from annotator.services.consistency import LookedAt, Names, Place, What
from annotator.services.progress import Progress
from annotator.services.searchingcontext import InContext, in_context
from annotator.store.project import Project


class Looked(msgspec.Struct, frozen=True):
    """Some places as they are read; the next ones begin `after` the article of that row id.

    Where there is none at all, `looked_at` says among how much.
    """

    names: Names
    places: tuple[Place, ...]
    context: tuple[InContext, ...]
    after: int
    is_last: bool
    looked_at: LookedAt | None = None


class Alike(msgspec.Struct, frozen=True):
    """A place that was made alike: the number of its row, and the gesture, "" for none."""

    number: int
    article: str
    gesture: str


def looking(
    who: Annotator, only: What | None, before: Looked | None = None
) -> Callable[[Project, Progress], Looked]:
    """Return the work that looks for the places behind those `before`; some, or none is left."""

    def work(project: Project, progress: Progress) -> Looked:
        known = before.names if before else consistency.names(project, who)
        after, is_last = (before.after if before else 0), False
        found: tuple[Place, ...] = ()
        while not (found or is_last):
            page = consistency.page(project, who, known, after, only, progress)
            found, after, is_last = page.places, page.after, page.is_last
        spots = ((one.article, one.start, one.end) for one in found)
        there = None if found else consistency.looked_at(project, who, known)
        context = tuple(in_context(project, spots, who.uid))
        return Looked(known, found, context, after, is_last, there)

    return work


def making_alike(who: Annotator, number: int, place: Place) -> Callable[[Project, Progress], Alike]:
    """Return the work that labels a place as the others of its name are."""

    def work(project: Project, _: Progress) -> Alike:
        operation = consistency.make_alike(project, who, place)
        return Alike(number, place.article, operation.gesture if operation else "")

    return work


def taking_back(who: Annotator, made: Alike) -> Callable[[Project, Progress], Alike]:
    """Return the work that takes back what was made alike."""

    def work(project: Project, _: Progress) -> Alike:
        undoing.undo_gesture(project, who, made.gesture)
        return made

    return work
