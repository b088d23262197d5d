"""How far each annotator has come with what she was assigned, as far as the file knows: merged."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from annotator.core.model import STATUSES, Annotator
from annotator.store import queries, readers
from annotator.store.project import Project
from annotator.store.queries import ALL, Filter
from annotator.store.trouble import reads

_FINISHED = ("done", "skipped")


@dataclass(frozen=True, slots=True)
class Workload:
    """The assigned articles of one annotator by status, and their words.

    Words are what stands between blanks, in annotatable regions; `words_done` are those of articles
    that she finished or skipped. `unassigned` are articles that she has begun and that are not, or
    no longer, assigned to her.
    """

    annotator: Annotator
    statuses: dict[str, int]
    words: int
    words_done: int
    unassigned: int

    @property
    def assigned(self) -> int:
        """How many articles are assigned to her."""
        return sum(self.statuses.values())

    def as_map(self) -> dict[str, Any]:
        """Return the counts as JSON has them."""
        return {
            "assigned": self.assigned,
            **self.statuses,
            "words": self.words,
            "words_done": self.words_done,
            "unassigned": self.unassigned,
        }


@reads
def workloads(project: Project, wanted: Filter = ALL) -> list[Workload]:
    """Return the workload of everybody who was assigned articles, in the order in which they came.

    Of `wanted` the article, the annotator and the status count. Withdrawn articles are left out.
    """
    article = project.article(wanted.article).sha256 if wanted.article else ""
    who = queries.known_annotator(project, wanted.who).uid if wanted.who else ""
    by_annotator: dict[str, dict[str, str]] = {}
    for one in readers.assigned(project):
        if article in ("", one.article) and who in ("", one.annotator):
            by_annotator.setdefault(one.annotator, {})[one.article] = one.status
    words = _words(project, {name for given in by_annotator.values() for name in given})
    return [
        _workload(project, one, by_annotator[one.uid], words, Filter(article, status=wanted.status))
        for one in project.annotators()
        if one.uid in by_annotator
    ]


def _words(project: Project, articles: Collection[str]) -> dict[str, int]:
    """Return the number of words of each of `articles`."""
    return {
        one.sha256: len(one.annotatable(project.annotatable).split())
        for one in (readers.readable(project) if articles else ())
        if one.sha256 in articles
    }


def _workload(
    project: Project,
    annotator: Annotator,
    given: dict[str, str],
    words: dict[str, int],
    wanted: Filter,
) -> Workload:
    shown = {name: status for name, status in given.items() if wanted.status in ("", status)}
    statuses = Counter(shown.values())
    others = set(readers.begun(project, annotator.uid)) - given.keys()
    return Workload(
        annotator,
        {status: statuses[status] for status in STATUSES},
        sum(words[name] for name in shown),
        sum(words[name] for name, status in shown.items() if status in _FINISHED),
        sum(wanted.article in ("", name) for name in others),
    )
