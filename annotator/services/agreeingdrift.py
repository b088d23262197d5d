"""How an annotator agrees with the others over time, in the order of finishing articles."""

from collections.abc import Sequence
from dataclasses import dataclass

from annotator.agreement import drift, statistics
from annotator.agreement.drift import Moment
from annotator.agreement.figures import FEW_ARTICLES, NO_ITEMS, NO_PAIRS, Figure, undefined
from annotator.agreement.report import Reader
from annotator.agreement.spanreport import sides_against_others
from annotator.services.agreeingsums import Ready
from annotator.services.progress import SILENT, Progress, go_on
from annotator.store import comparing
from annotator.store.project import Project

_FAMILIES = {"entities": statistics.ENTITIES, "events": statistics.TRIGGERS}


@dataclass(frozen=True, slots=True)
class Step:
    """An article (its uid) that she finished, and how she agreed with all who read it too."""

    article: str
    moment: Moment


@dataclass(frozen=True, slots=True)
class Drift:
    """How one annotator agrees with the others over time, by entities or by events (triggers).

    All is strict F1. `steps` are the articles that others read too, in the order in which she
    finished them; `first` is over the first 20, which are the baseline, and `last` over the last 20
    or fewer. `average` and `limit` are those at the last article.
    """

    reader: Reader
    what: str
    steps: tuple[Step, ...]
    first: Figure
    last: Figure

    @property
    def reason(self) -> str:
        """Why there is no control limit, by the codes of `figures`; empty where there is one."""
        if len(self.steps) < drift.WINDOW:
            return self.first.reason
        return NO_ITEMS if self.steps[-1].moment.limit is None else ""

    @property
    def average(self) -> Figure:
        """The weighted average at the last article."""
        return self._told(self.steps[-1].moment.average if self.steps else None)

    @property
    def limit(self) -> Figure:
        """The control limit at the last article."""
        return self._told(self.steps[-1].moment.limit if self.steps else None)

    @property
    def flagged(self) -> tuple[Step, ...]:
        """The articles at which the average was below the limit for the second time or more."""
        return tuple(step for step in self.steps if step.moment.is_flagged)

    def _told(self, value: float | None) -> Figure:
        n = len(self.steps)
        reason = (self.reason or NO_ITEMS) if value is None else ""
        return Figure(value, n, n, reason=reason)


def drifts(
    project: Project, ready: Ready, readers: Sequence[Reader], progress: Progress = SILENT
) -> tuple[Drift, ...]:
    """Return how `readers` agree over time, by entities and by events as `ready` compares them."""
    rows = {uid: row for row, uid in comparing.annotator_rows(project).items()}
    uids = {row: uid for row, (uid, _) in comparing.titles(project, ready.articles).items()}
    place = {row: at for at, row in enumerate(ready.articles)}
    found = []
    for n, reader in enumerate(readers):
        go_on(progress, n, len(readers))
        order = comparing.articles_in_order(project, reader.uid)
        for what, family in _FAMILIES.items():
            if what in ready.asked.what:
                met = sides_against_others(ready.sums.items[family], rows[reader.uid])
                mine = [(uids[row], *met[place[row]]) for row in order if place.get(row) in met]
                found.append(_drift(reader, what, mine))
    return tuple(found)


def _drift(reader: Reader, what: str, mine: Sequence[tuple[str, float, float]]) -> Drift:
    """Return the drift over articles (uid) in their order, with what agrees of how much."""
    uids, agreed, total = zip(*mine, strict=True) if mine else ((), (), ())
    moments = drift.timeline(agreed, total)
    steps = tuple(Step(uid, moment) for uid, moment in zip(uids, moments, strict=True))
    n = len(steps)
    none = undefined(FEW_ARTICLES if n else NO_PAIRS, 0, n)
    first = drift.window(agreed, total, drift.WINDOW - 1) if n >= drift.WINDOW else none
    last = drift.window(agreed, total, n - 1) if n else none
    return Drift(reader, what, steps, first, last)
