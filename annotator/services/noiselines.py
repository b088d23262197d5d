"""Lines that are always noise on a site: rules kept in the project, and the lines that they mean.

A rule holds for articles that are imported later. In those that are there its lines get the role in
one gesture, where somebody asks for it; lines that carry labels are left as they are.
"""

import itertools
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from annotator.core import operations as op
from annotator.core.errors import UserError
from annotator.core.model import BY_PERSON, LEAD, Region
from annotator.core.noiselines import (
    BEGINNING,
    WHOLE,
    NoiseLine,
    NoiseLines,
    is_sound,
    n_labels_in,
)
from annotator.core.operations import Operation
from annotator.i18n import marked
from annotator.services import regioning
from annotator.services.backing_up import before_bulk
from annotator.services.progress import SILENT, Progress, go_on
from annotator.store import noiselines
from annotator.store.project import Project
from annotator.store.registers import regions_body
from annotator.store.trouble import reads

NOISE = "noise"
COMPARED = {WHOLE: marked("whole line"), BEGINNING: marked("beginning")}
"""How a rule compares a line, in words."""
NO_SITE = marked("articles without a source")
"""What a rule without a site is about, in words."""


class Place(msgspec.Struct, frozen=True):
    """A line that a rule means: `[start, end)` of an article, with its line feed.

    `roles` are those that stand there now, `n_labels` counts labels of everybody in it.
    """

    article: str
    start: int
    end: int
    roles: tuple[str, ...]
    n_labels: int

    @property
    def can_change(self) -> bool:
        """Whether it may get the role: nobody labelled in it."""
        return not self.n_labels


class Changed(msgspec.Struct, frozen=True):
    """What was done: the operations; lines that got the role, and those left for their labels."""

    operations: tuple[Operation, ...]
    lines: int
    articles: frozenset[str]
    left_out: int

    @property
    def gesture(self) -> str:
        """The name of the gesture; empty where nothing was to be done."""
        return self.operations[0].gesture if self.operations else ""


@reads
def rules(project: Project) -> list[NoiseLine]:
    """Return the rules of the project, those of one site together; what is no rule is none."""
    said = [
        (uid, NoiseLine(body["site"], body["line"], body["match"]))
        for uid, body in noiselines.bodies(project)
        if body.keys() == {"line", "match", "site"}
        and all(isinstance(value, str) for value in body.values())
    ]
    found = [rule for uid, rule in said if is_sound(uid, rule)]
    return sorted(found, key=lambda one: (one.site, one.line, one.match))


def rule_called(project: Project, uid: str) -> NoiseLine:
    """Return the rule whose uid begins so; raise `unknown_noise_line` where not just one does."""
    found = [one for one in rules(project) if uid and one.uid.startswith(uid)]
    if len(found) != 1:
        raise UserError("unknown_noise_line", uid=uid)
    return found[0]


def remove(project: Project, rule: NoiseLine, who: str = LEAD) -> Operation | None:
    """Take a rule away; lines that got the role by it keep it. None where there is none such."""
    _refuse_others(project)
    with project.transaction("noise_lines", who) as gesture:
        gesture.within(op.PROJECT).set(op.NOISE_LINE, rule.uid, None)
    return gesture.operations[0] if gesture.operations else None


@reads
def places(
    project: Project, wanted: Iterable[NoiseLine], progress: Progress = SILENT
) -> Iterator[Place]:
    """Yield the lines that the rules `wanted` mean and that are no noise yet, by article."""
    lines = NoiseLines(wanted)
    articles = [one for one in noiselines.sources(project) if lines.has_site(one[1])]
    for n, (sha256, source) in enumerate(articles):
        go_on(progress, n, len(articles))
        found = lines.places(source, project.text(sha256))
        if not found:
            continue
        regions = project.regions(sha256)
        n_labels = n_labels_in(found, noiselines.labels_in(project, sha256))
        for (start, end), n_in_line in zip(found, n_labels, strict=True):
            roles = regioning.roles_in(regions, start, end)
            if roles != (NOISE,):
                yield Place(sha256, start, end, roles, n_in_line)


def keep(
    project: Project,
    new: Sequence[NoiseLine] = (),
    chosen: Sequence[Place] = (),
    who: str = LEAD,
    progress: Progress = SILENT,
) -> Changed:
    """Keep the rules `new`, and give the places `chosen` the role: one gesture.

    Places in which somebody labelled meanwhile are left out and counted. Before many of
    them a backup is kept. Raise `lead_only` in a file that was handed out.
    """
    _refuse_others(project)
    by_article = [
        (sha256, list(some))
        for sha256, some in itertools.groupby(
            sorted(chosen, key=lambda one: (one.article, one.start)), lambda one: one.article
        )
    ]
    before_bulk(project, len(chosen), progress)
    n_lines, touched = 0, set()
    with project.transaction("noise_lines", who) as gesture:
        part = gesture.within(op.PROJECT)
        for rule in new:
            part.set(op.NOISE_LINE, rule.uid, rule.body)
        for n, (sha256, some) in enumerate(by_article):
            go_on(progress, n, len(by_article))
            free = _free(project, sha256, some)
            if free:
                regions = as_noise(project.regions(sha256), free)
                part.set(op.REGIONS, sha256, regions_body(regions))
                touched.add(sha256)
                n_lines += len(free)
    return Changed(tuple(gesture.operations), n_lines, frozenset(touched), len(chosen) - n_lines)


def as_noise(
    regions: Sequence[Region], lines: Iterable[tuple[int, int]], source: str = BY_PERSON
) -> list[Region]:
    """Return `regions` with each of `lines`, which stand in order, in one of noise."""
    return regioning.with_roles(regions, lines, NOISE, source)


def _free(project: Project, article: str, some: Sequence[Place]) -> list[tuple[int, int]]:
    """Return the lines of `some`, in order, in which nobody labels now."""
    lines = [(one.start, one.end) for one in some]
    n_labels = n_labels_in(lines, noiselines.labels_in(project, article))
    return [line for line, n in zip(lines, n_labels, strict=True) if not n]


def _refuse_others(project: Project) -> None:
    if project.role != LEAD:
        raise UserError("lead_only")
