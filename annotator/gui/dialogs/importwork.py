"""What an import dialog has a job do: a dry run or the import, with an answer for unsure files.

No Qt.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from annotator.core.errors import UserError
from annotator.services.importing import ImportReport, import_sources
from annotator.services.progress import Progress
from annotator.services.sources import Refusal
from annotator.store import queries
from annotator.store.project import Project
from annotator.store.trouble import reading

_INDEXED_AT_ONCE = 100
"""Articles: a gesture made meanwhile waits for no more."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be imported, and how.

    `told` has the encodings that a person picked for files by their path. With `at_once` all goes
    in as one, so that stopping leaves nothing of it; it is for sources without anything refused.
    """

    sources: tuple[Path, ...]
    format: str = ""
    encoding: str = ""
    told: Mapping[str, str] = field(default_factory=dict)
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class Stopped:
    """It did not come to its end; `n_kept` articles of sources that were done are in the project.

    A person stopped it, or `trouble` did.
    """

    n_kept: int
    trouble: UserError | None = None


def preview(project: Project, plan: Plan, progress: Progress) -> ImportReport:
    """Return what `run` would do; the project is left as it is."""
    return _imported(project, plan, progress, is_dry=True)


def run(project: Project, plan: Plan, progress: Progress) -> ImportReport | Stopped:
    """Import, and say what is in the project where it ends between two sources."""
    n_before = queries.count(project, "articles")
    try:
        return _imported(project, plan, progress, is_dry=False)
    except UserError as trouble:
        n_kept = _n_kept(project, n_before)
        if not n_kept:
            raise
        return Stopped(n_kept, None if trouble.code == "cancelled" else trouble)


def _n_kept(project: Project, n_before: int) -> int:
    """Return how many articles came in; none is known of where the file cannot be read now."""
    try:
        with reading(project):
            return queries.count(project, "articles") - n_before
    except UserError:
        return 0


def _imported(project: Project, plan: Plan, progress: Progress, *, is_dry: bool) -> ImportReport:
    is_strict = plan.at_once and not is_dry
    report = import_sources(
        project,
        plan.sources,
        format=plan.format,
        encoding=plan.encoding,
        dry_run=is_dry,
        strict=is_strict and not plan.told,
        progress=progress,
        chunk=_INDEXED_AT_ONCE,
    )
    for encoding in dict.fromkeys(plan.told.values()):
        files = [Path(path) for path, picked in plan.told.items() if picked == encoding]
        more = import_sources(
            project,
            files,
            encoding=encoding,
            dry_run=is_dry,
            strict=is_strict,
            progress=progress,
            chunk=_INDEXED_AT_ONCE,
        )
        report = _together(report, more)
    return report


def _together(first: ImportReport, more: ImportReport) -> ImportReport:
    """Return both reports as one; what was unsure and has been told is no longer refused."""
    return replace(
        first,
        added=first.added + more.added,
        duplicates=first.duplicates + more.duplicates,
        layers=first.layers + more.layers,
        refused=(*(one for one in first.refused if not is_unsure(one)), *more.refused),
        behind=more.behind,
        unseen=dict(Counter(first.unseen) + Counter(more.unseen)),
        remarks=(*first.remarks, *more.remarks),
    )


def is_unsure(refusal: Refusal) -> bool:
    """Whether a file was refused only because its encoding cannot be told."""
    trouble = refusal.trouble
    return trouble.code == "not_text" and trouble.data.get("why") == "unsure"
