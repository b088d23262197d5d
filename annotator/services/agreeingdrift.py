"""How an annotator agrees with the others over time, in the order of finishing articles."""

from dataclasses import dataclass

from annotator.agreement import drift, statistics
from annotator.agreement.drift import Moment
from annotator.agreement.spanreport import sides_against_others
from annotator.services.agreeingsums import Asked, Known, up_to_date
from annotator.services.progress import SILENT, Progress
from annotator.store import comparing, queries
from annotator.store.project import Project

_FAMILIES = {"entities": statistics.ENTITIES, "events": statistics.TRIGGERS}


@dataclass(frozen=True, slots=True)
class Step:
    """An article that she finished, and how she agreed with all who read it too (strict F1)."""

    article: str
    title: str
    moment: Moment


def timeline(
    project: Project,
    asked: Asked,
    who: str,
    what: str = "entities",
    progress: Progress = SILENT,
    known: Known | None = None,
) -> tuple[Step, ...]:
    """Return the steps of the annotator `who` (a name or uid) over what others read, too.

    `what` is entities or events. Raise `unknown_annotator`.
    """
    annotator = queries.known_annotator(project, who)
    ready = up_to_date(project, asked, progress, known or Known())
    number = {row: at for at, row in enumerate(ready.articles)}
    rows = {uid: row for row, uid in comparing.annotator_rows(project).items()}
    found = sides_against_others(ready.sums.items[_FAMILIES[what]], rows.get(annotator.uid, -1))
    order = [row for row in comparing.articles_in_order(project, annotator.uid) if row in number]
    order = [row for row in order if number[row] in found]
    agreed, total = zip(*(found[number[row]] for row in order), strict=True) if order else ((), ())
    titles = comparing.titles(project, order)
    moments = drift.timeline(agreed, total)
    return tuple(Step(*titles[row], moment) for row, moment in zip(order, moments, strict=True))
