"""The role of a stretch of an article, given by a person: regions split, joined and kept in order.

Stretches and regions are half-open, in code points. What is not meant stays as it is: gaps, and
neighbours of one role that were told apart elsewhere.
"""

import itertools
from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Sequence

from annotator.arabic import graphemes
from annotator.core.bodies import Body
from annotator.core.errors import UserError
from annotator.core.model import BY_PERSON, Region
from annotator.core.operations import REGIONS, Change, Operation
from annotator.core.places import annotatable_parts
from annotator.services import projectwide
from annotator.store import queries
from annotator.store.project import Project
from annotator.store.trouble import reads

Stretch = tuple[int, int]


def set_role(
    project: Project,
    article: str,
    stretch: Stretch,
    role: str,
    who: str,
    *,
    is_exact: bool = False,
) -> Operation | None:
    """Give the lines of `stretch`, or with `is_exact` what stands in it alone, the role `role`.

    `article` is a uid or SHA-256. None where the role is there already. Raise `lead_only`,
    `bad_regions` for a stretch outside of the text, `unknown_region_role`.
    """
    sha256 = project.article(article).sha256
    start, end = snapped(project.text(sha256), *stretch, is_exact=is_exact)
    return projectwide.change_regions(
        project, sha256, lambda regions: with_role(regions, start, end, role), who
    )


def snapped(text: str, start: int, end: int, *, is_exact: bool = False) -> Stretch:
    r"""Return the whole lines of `text` that `[start, end)` touches, each with its line feed.

    A caret (`start` is `end`) touches its line, behind the last line feed the last line. With
    `is_exact` only whole graphemes are taken, and a line feed just behind them. Raise
    `bad_regions` for a stretch outside of the text.

    >>> snapped("خبر\nعاجل\n", 5, 6), snapped("خبر\nعاجل", 1, 3, is_exact=True)
    ((4, 9), (1, 4))
    """
    if not 0 <= start <= end <= len(text) or not text:
        raise UserError("bad_regions", start=start, end=end, length=len(text))
    if is_exact and start < end:
        start, end = graphemes.snap_outward(text, start, end)
        return start, end + text.startswith("\n", end)
    if start == end == len(text) and text.endswith("\n"):
        start = end = start - 1
    last = text.find("\n", max(start, end - 1))
    return text.rfind("\n", 0, start) + 1, last + 1 if last >= 0 else len(text)


def with_role(
    regions: Sequence[Region], start: int, end: int, role: str, source: str = BY_PERSON
) -> list[Region]:
    """Return `regions`, in order, with `[start, end)` in one region of `role`.

    What it cuts is split, and neighbours of the same role that touch it are joined to it. Where it
    lies in one region of that role already, nothing changes.

    >>> with_role([Region(0, 9, "body")], 3, 5, "noise")[1]
    Region(start=3, end=5, role='noise', source='person')
    """
    return with_roles(regions, [(start, end)], role, source)


def with_roles(
    regions: Sequence[Region], stretches: Iterable[Stretch], role: str, source: str = BY_PERSON
) -> list[Region]:
    """Return `regions` with each of `stretches`, in order, in one of `role`, as by `with_role`.

    Both are gone through once, together.

    >>> [one.role for one in with_roles([Region(0, 9, "body")], [(0, 2), (2, 4)], "noise")]
    ['noise', 'body']
    """
    done: list[Region] = []
    rest = deque(regions)
    for start, end in stretches:
        while rest and rest[0].end <= start:
            done.append(rest.popleft())
        if not (rest and _holds(rest[0], start, end, role)):
            _put(done, rest, Region(start, end, role, source))
    return [*done, *rest]


def _holds(one: Region, start: int, end: int, role: str) -> bool:
    return one.start <= start and end <= one.end and one.role == role


def _put(done: list[Region], rest: deque[Region], new: Region) -> None:
    """Put `new` before `rest`, all of which ends behind its start; what it covers is cut off."""
    start, end, role, source = new
    if rest and rest[0].start < start:
        done.append(rest[0]._replace(end=start))
    while rest and rest[0].end <= end:
        rest.popleft()
    if rest and rest[0].start < end:
        rest[0] = rest[0]._replace(start=end)
    if done and done[-1].end == start and done[-1].role == role:
        start = done.pop().start
    if rest and rest[0].start == end and rest[0].role == role:
        end = rest.popleft().end
    rest.appendleft(Region(start, end, role, source))


def edge_step(text: str, regions: Sequence[Region], offset: int, by: int) -> tuple[Stretch, str]:
    r"""Return which stretch gets which role where the region at `offset` begins a line later.

    `by` is 1 for later, -1 for a line earlier; blank lines are passed over. Neither way does a
    region go: raise `no_edge_above` where no other region stands right before it,
    `part_is_one_line` where nothing would be left of it, `part_above_is_one_line` where nothing
    would be left of the one before it.

    >>> two = [Region(0, 4, "headline"), Region(4, 13, "body")]
    >>> edge_step("خبر\nعاجل\nقال", two, 5, 1)
    ((4, 9), 'headline')
    """
    number = bisect_right(regions, offset, key=lambda one: one.start) - 1
    if number < 1 or regions[number - 1].end < regions[number].start:
        raise UserError("no_edge_above")
    above, here = regions[number - 1 : number + 1]
    if by < 0:
        before = text[above.start : here.start].rstrip("\n")
        start = above.start + before.rfind("\n") + 1
        if not before[: start - above.start].strip("\n"):
            raise UserError("part_above_is_one_line")
        return (start, here.start), here.role
    _, end = snapped(text, here.start, here.start)
    while text.startswith("\n", end):
        end += 1
    if end >= here.end:
        raise UserError("part_is_one_line")
    return (here.start, end), above.role


def roles_in(regions: Sequence[Region], start: int, end: int) -> tuple[str, ...]:
    """Return the roles that stand in `[start, end)`, in the order of the text, each once.

    >>> roles_in([Region(0, 3, "headline"), Region(3, 9, "body")], 2, 9)
    ('headline', 'body')
    """
    first = bisect_right(regions, start, key=lambda one: one.end)
    after = (regions[number] for number in range(first, len(regions)))
    found = itertools.takewhile(lambda one: one.start < end, after)
    return tuple(dict.fromkeys(one.role for one in found))


def changed_stretch(before: Sequence[Region], after: Sequence[Region]) -> Stretch:
    """Return the least stretch outside of which both lists say the same; `(0, 0)` where all is.

    >>> changed_stretch([Region(0, 9, "body")], [Region(0, 4, "body"), Region(4, 9, "nav")])
    (4, 9)
    """
    edges = sorted({edge for one in (*before, *after) for edge in (one.start, one.end)})
    old, new = _by_edge(before, edges), _by_edge(after, edges)
    differing = [n for n in range(len(edges) - 1) if old[n] != new[n]]
    return (edges[differing[0]], edges[differing[-1] + 1]) if differing else (0, 0)


def _by_edge(regions: Sequence[Region], edges: Sequence[int]) -> list[str]:
    """Return the role behind each edge, "" in a gap; no region begins or ends between two."""
    roles, rest = [], iter(regions)
    one = next(rest, None)
    for edge in edges:
        while one is not None and one.end <= edge:
            one = next(rest, None)
        roles.append(one.role if one is not None and one.start <= edge else "")
    return roles


def change_in(operation: Operation, article: str = "") -> Change | None:
    """Return how `operation` changed regions, of the article with that SHA-256 where one is named.

    None if it did not.
    """
    found = (one for one in operation.changes if one.kind == REGIONS)
    return next((one for one in found if article in ("", one.uid)), None)


def regions_of(body: Body | None) -> tuple[Region, ...]:
    """Return the regions that a body of history says; none where nothing was said."""
    return tuple(Region(*one) for one in (body or {}).get("regions", ()))


@reads
def n_labels_left_out(project: Project, operation: Operation) -> int:
    """Return how many labels, of everybody, counted before `operation` and count no more.

    They stay as they are; agreement leaves them out. A label counts that lies whole in a labelled
    part; where an article has none, all do.
    """
    change = change_in(operation)
    if change is None:
        return 0
    whole = [(0, project.article(change.uid).length)]
    before, after = (
        annotatable_parts(regions_of(body), project.annotatable) or whole
        for body in (change.before, change.after)
    )
    labels = queries.label_stretches(project, change.uid)
    return sum(_lie_in(before, one) and not _lie_in(after, one) for one in labels)


def _lie_in(parts: Sequence[Stretch], stretches: Iterable[Stretch]) -> bool:
    """Whether each of `stretches` lies whole in one of `parts`, which stand in order."""
    for start, end in stretches:
        number = bisect_right(parts, start, key=lambda one: one[0]) - 1
        if number < 0 or parts[number][1] < end:
            return False
    return True
