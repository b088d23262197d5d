"""Rebuilding: a new project file from the history of another, with all of it or without somebody.

What is left out is nowhere in the new file, and the new file is another project: nothing can be
merged back into it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotator.core.errors import UserError
from annotator.core.model import LEAD
from annotator.services import recovering
from annotator.services.progress import SILENT, Progress, go_on
from annotator.store import doctor, filefacts, keptbeside, remaking
from annotator.store.erasing import Without
from annotator.store.filefacts import Facts
from annotator.store.keptbeside import NOTHING_BESIDE
from annotator.store.otherjournals import OtherJournal
from annotator.store.project import utc_minute
from annotator.store.recovering import Recovery
from annotator.store.remaking import Remade


@dataclass(frozen=True, slots=True)
class RebuildReport:
    """The new file, what it was made of, and what was left out of it.

    `elsewhere` are places on this machine that still hold what was left out, the old file first.
    `recovery` says more of what it was made of where SQLite cannot read all of the old file.
    `journals` are those of other files of the project that have, or had, more.
    """

    path: Path
    made: Remade
    without: Without
    elsewhere: tuple[Path, ...] = ()
    recovery: Recovery | None = None
    journals: tuple[OtherJournal, ...] = ()


def rebuild(
    path: Path,
    to: Path,
    without: Sequence[str] = (),
    progress: Progress = SILENT,
    journals: Collection[str] = (),
) -> RebuildReport:
    """Make a new project file at `to` from that at `path`, which stays as it is.

    Where SQLite cannot read all of that, and nothing is left out, it is made of all that is left.
    `without` are uids (or SHA-256s) of articles and uids of annotators; where nobody is left out,
    `journals` of other files are taken that are asked for. Raise `file_exists`, `unknown_uid`,
    `unknown_journal`, `lead_only`, and `cannot_repair` where nothing can be read.
    """
    if to.exists():
        raise UserError("file_exists", path=to.name)
    if not without and _is_damaged(path, progress):
        recovery = recovering.recover(path, to, progress, journals)
        return RebuildReport(
            to, recovery.made, Without(), recovery=recovery, journals=recovery.journals
        )
    with doctor.copied(path) as copy:
        facts = filefacts.facts_of(copy)
        if not facts.uid:
            raise UserError("cannot_repair", path=path.name)
        left_out = _without(facts, without)
        place = (facts.uid, path, facts.handed)
        with keptbeside.beside(*place, asked=journals, owner=facts.owner) as kept:
            made = remaking.remake(
                copy,
                to,
                without=left_out,
                beside=NOTHING_BESIDE if left_out else kept,
                at=utc_minute(),
                step=lambda done, total: go_on(progress, done, total),
            )
            others = () if left_out else kept.more_than(to, made.from_others)
    elsewhere = (path, *keptbeside.places(facts.uid, path)) if left_out else ()
    return RebuildReport(to, made, left_out, elsewhere, journals=others)


def _is_damaged(path: Path, progress: Progress) -> bool:
    """Whether SQLite cannot read the file at `path`, or not all of its pages."""
    step = lambda done, total: go_on(progress, done, total)  # noqa: E731
    with doctor.copied(path, step) as copy:
        return doctor.examined_copy(copy, "pages", step).is_damaged


def _without(facts: Facts, names: Sequence[str]) -> Without:
    """Return what `names` name; only a lead may leave something out."""
    if names and facts.role != LEAD:
        raise UserError("lead_only")
    articles, annotators = set(), set()
    for name in names:
        found = {sha256 for sha256 in facts.articles if _names(name, sha256)}
        if name in facts.names:
            annotators.add(name)
        elif found:
            articles |= found
        else:
            raise UserError("unknown_uid", uid=name)
    people = frozenset(facts.names[uid] for uid in annotators)
    return Without(frozenset(articles), frozenset(annotators), people)


def _names(name: str, sha256: str) -> bool:
    return name in (sha256, sha256[:16])
