"""The doctor: examining a project file, and repairing a copy of it."""

import contextlib
import datetime
import json
from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from annotator import paths
from annotator.core.errors import UserError
from annotator.files import replacing
from annotator.services import recovering
from annotator.services.progress import SILENT, Progress, go_on
from annotator.store import doctor, doctorreceipts, filefacts, keptbeside, remaking, replica
from annotator.store.doctor import Examination, Level
from annotator.store.doctorfindings import Finding
from annotator.store.filecopy import Step
from annotator.store.otherjournals import OtherJournal
from annotator.store.project import Project, utc_minute
from annotator.store.recovering import Recovery
from annotator.store.remaking import Remade
from annotator.store.trouble import sound

FULL_AFTER = datetime.timedelta(days=7)
"""After this long the window examines a project anew, in the background."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A repaired copy: what was found before, what it was made of, and what is found in it.

    `recovery` says more of that where SQLite cannot read all of the file. `journals` are those of
    other files of the project that have, or had, more.
    """

    before: Examination
    path: Path
    made: Remade
    after: Examination
    recovery: Recovery | None = None
    journals: tuple[OtherJournal, ...] = ()


def examine(
    source: Path | Project, level: Level = "full", progress: Progress = SILENT
) -> Examination:
    """Examine the project file at a path, whatever state it is in, or that of an open project.

    The file stays as it is, and others go on working in it.
    """
    path = source.path if isinstance(source, Project) else source
    return doctor.examined(source, level, _step(progress), partial(_beside, path))


def _beside(path: Path, copy: Path) -> tuple[Finding, ...]:
    return doctorreceipts.missing(copy, path)


def repair(
    source: Path | Project,
    to: Path,
    progress: Progress = SILENT,
    journals: Collection[str] = (),
) -> Repair | None:
    """Make a repaired copy at `to` of a file in which something is found; None where nothing is.

    The file itself stays as it is. Of one that SQLite cannot read, or not all of it, the copy is
    made of all that is left; `journals` of other files are taken where they are asked for. Raise
    `file_exists`, `unknown_journal`, and `cannot_repair` where nothing is left.
    """
    path = source.path if isinstance(source, Project) else source
    if to.exists():
        raise UserError("file_exists", path=to.name)
    step = _step(progress)
    with doctor.copied(source) as copy:
        before = doctor.examined_copy(copy, "full", step, partial(_beside, path))
    if before.is_sound:
        return None
    if before.is_damaged:
        recovery = recovering.recover(path, to, progress, journals)
        after = doctor.examined(to, "full", step)
        return Repair(before, to, recovery.made, after, recovery, recovery.journals)
    with doctor.copied(source) as copy:
        facts = filefacts.facts_of(copy)
        place = (facts.uid, path, facts.handed)
        with keptbeside.beside(*place, asked=journals, owner=facts.owner) as kept:
            try:
                made = remaking.remake(copy, to, beside=kept, at=utc_minute(), step=step)
                doctorreceipts.bring_back(to, path)
            except UserError as trouble:
                if trouble.code == "damaged":
                    raise UserError("cannot_repair", path=path.name) from trouble
                raise
            others = kept.more_than(to, made.from_others)
    return Repair(before, to, made, doctor.examined(to, "full", step), journals=others)


def other_journals(source: Path | Project) -> tuple[OtherJournal, ...]:
    """Return the journals of other files that have more than a file, to be asked for by `repair`.

    Of one that SQLite cannot read none is known before it is repaired.
    """
    path = source.path if isinstance(source, Project) else source
    with doctor.copied(source) as copy, contextlib.suppress(UserError), sound(path.name):
        facts = filefacts.facts_of(copy)
        if facts.uid:
            with keptbeside.beside(facts.uid, path, facts.handed, owner=facts.owner) as kept:
                return kept.more_than(copy, ())
    return ()


def _step(progress: Progress) -> Step:
    return lambda done, total: go_on(progress, done, total)


# --- when it was examined last --------------------------------------------------------------------


def is_due(project: Project) -> bool:
    """Whether the file of `project`, at its place, was not examined in full for a week."""
    try:
        told = json.loads(_note_of(project).read_text("ascii"))
        since = _now() - datetime.datetime.fromisoformat(told["at"])
    except (OSError, ValueError, KeyError, TypeError):  # a time without a zone is a type's error
        return True
    return not datetime.timedelta() <= since < FULL_AFTER


def note_examined(project: Project) -> None:
    """Note that the file of `project` was just examined in full; where that fails it is due."""
    place = _note_of(project)
    with contextlib.suppress(OSError, UserError):
        place.parent.mkdir(parents=True, exist_ok=True)
        with replacing(place) as file:
            file.write(json.dumps({"at": _now().isoformat()}).encode("ascii"))


def _note_of(project: Project) -> Path:
    key = replica.key_of(project.uid, project.path)
    return paths.data_folder() / "examined" / f"{key}.json"


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
