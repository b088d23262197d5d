"""What the dialog of lines that are always noise has jobs do. No Qt."""

import itertools
from collections.abc import Callable, Sequence

import msgspec

from annotator.core.model import Annotator
from annotator.core.noiselines import NoiseLine
from annotator.services import noiselines, undoing
from annotator.services.noiselines import Changed, Place
from annotator.services.progress import Progress
from annotator.services.searchingcontext import AROUND, InContext
from annotator.store.project import Project

MOST = 2_000
"""Lines that are shown at once."""
_NEAR = 1_000
"""Characters on either side of a line in which the lines beside it are looked for."""


class Seen(msgspec.Struct, frozen=True):
    """The rules of the project, and the lines that one of them, or a new one, means.

    `rule` is that one, none where there is none; `found` are the places as they are read; there
    are more where it is not whole.
    """

    rule: NoiseLine | None
    rules: tuple[NoiseLine, ...]
    places: tuple[Place, ...]
    found: tuple[InContext, ...]
    is_whole: bool


def looking(rule: NoiseLine | None) -> Callable[[Project, Progress], Seen]:
    """Return the work that lists the rules, and the lines of `rule`, or else of the first one."""

    def work(project: Project, progress: Progress) -> Seen:
        rules = tuple(noiselines.rules(project))
        wanted = rule or (rules[0] if rules else None)
        places = noiselines.places(project, [wanted] if wanted else [], progress)
        shown = list(itertools.islice(places, MOST + 1))
        found = tuple(_among_lines(project, one) for one in shown[:MOST])
        return Seen(wanted, rules, tuple(shown[:MOST]), found, len(shown) <= MOST)

    return work


def _among_lines(project: Project, one: Place) -> InContext:
    """Return a line with the lines before and after it."""
    text, title = project.text(one.article), project.article(one.article).title
    before, _, last = text[max(0, one.start - _NEAR) : one.start].rstrip("\n").rpartition("\n")
    following = text[one.end : one.end + _NEAR].lstrip("\n").partition("\n")[0]
    said = text[one.start : one.end].strip()
    start = text.index(said, one.start)
    return InContext(
        one.article,
        start,
        start + len(said),
        title,
        f"{last[-AROUND:]} " if before or last else "",
        said,
        f" {following[:AROUND]}",
        is_annotatable=True,
    )


def keeping(
    new: Sequence[NoiseLine], chosen: Sequence[Place], who: Annotator
) -> Callable[[Project, Progress], Changed]:
    """Return the work that keeps new rules and gives what was chosen the role, in one gesture."""
    return lambda project, progress: noiselines.keep(project, new, chosen, who.uid, progress)


def removing(rule: NoiseLine, who: Annotator) -> Callable[[Project, Progress], str]:
    """Return the work that takes a rule away; it returns the gesture, empty for none."""

    def work(project: Project, _: Progress) -> str:
        made = noiselines.remove(project, rule, who.uid)
        return made.gesture if made else ""

    return work


def taking_back(gesture: str, who: Annotator) -> Callable[[Project, Progress], str]:
    """Return the work that takes a gesture back, whole; it returns its name."""

    def work(project: Project, _: Progress) -> str:
        undoing.undo_gesture(project, who, gesture)
        return gesture

    return work
