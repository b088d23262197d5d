"""Handing out: one blind project file an annotator, with her articles and nothing of the others'.

Whatever goes wrong, or is cancelled, leaves the project and the folder as they were.
"""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotator.core import operations as op
from annotator.core.errors import UserError
from annotator.core.filenames import file_stems
from annotator.core.model import LEAD, Annotator
from annotator.core.writetrouble import trouble_of
from annotator.files import put_in_place
from annotator.services import assigning, undoing
from annotator.services.assigning import Plan
from annotator.services.progress import SILENT, Progress, go_on, unbroken
from annotator.services.touched import refuse_unsound
from annotator.store import handout, readers
from annotator.store.outgoing import refuse_altered
from annotator.store.project import Project
from annotator.store.trouble import writes

SUFFIX = ".hashiya"


@dataclass(frozen=True, slots=True)
class Handed:
    """The file that an annotator is given, and how many articles it holds."""

    annotator: Annotator
    path: Path
    articles: int


@dataclass(frozen=True, slots=True)
class HandedOut:
    """What handing out did: the gesture that assigned, if anything was new, and the files."""

    gesture: str
    files: tuple[Handed, ...]


@writes
def assign_and_hand_out(
    project: Project, plan: Plan, folder: Path, who: str = LEAD, progress: Progress = SILENT
) -> HandedOut:
    """Record `plan` and write the files of those who get articles into `folder`.

    Where a file cannot be written the assignment is taken back.
    """
    with made_folder(folder):
        for annotator, path in _places(project, plan.receivers, folder):
            handout.refuse_to_replace(project, annotator.uid, path)
        refuse_altered(project, [one.uid for one in plan.receivers])
        gesture = assigning.assign(project, plan, who)
        try:
            files = hand_out(project, plan.receivers, folder, progress)
        except BaseException:
            if gesture:
                with unbroken(progress):
                    undoing.undo_gesture(project, Annotator(who, who), gesture)
            raise
    return HandedOut(gesture, files)


@writes
def undo_hand_out(
    project: Project, done: HandedOut, who: str = LEAD, progress: Progress = SILENT
) -> tuple[Handed, ...]:
    """Take the assignment of `done` back; return the files that are there afterwards.

    Whoever had articles before it has her file with these again; the other files go. Refused
    (`holds_work`) where one of them holds work that the project does not have.
    """
    for one in done.files:
        handout.refuse_to_replace(project, one.annotator.uid, one.path)
    lead = Annotator(who, who)
    undone = undoing.undo_gesture(project, lead, done.gesture).operations
    try:
        return _files_as_before(project, done, progress)
    except BaseException:
        with unbroken(progress):
            undoing.redo_gesture(project, lead, undone[0].gesture)
        raise


def _files_as_before(project: Project, done: HandedOut, progress: Progress) -> tuple[Handed, ...]:
    kept = [one for one in done.files if readers.articles_of(project, one.annotator.uid)]
    files: tuple[Handed, ...] = ()
    if kept:
        people = [one.annotator for one in kept]
        files = hand_out(project, people, kept[0].path.parent, progress)
    for one in done.files:
        if one not in kept:
            try:
                one.path.unlink(missing_ok=True)
            except OSError as error:
                raise trouble_of(error, one.path) from error
    return files


@writes
def hand_out(
    project: Project, people: Sequence[Annotator], folder: Path, progress: Progress = SILENT
) -> tuple[Handed, ...]:
    """Write into `folder` the files of `people`, all of them or none.

    An earlier file of the same annotator is replaced where it holds no work that the project does
    not have; else, and where another file is in the way, that is refused: `holds_work`,
    `file_exists`. So is an operation for one of them that is not what its hash says
    (`unsound_history`), and an article that is not as it was kept (`unsound_article`).
    """
    if project.role != LEAD:
        raise UserError("lead_only")
    with made_folder(folder):
        places = _places(project, people, folder)
        for annotator, path in places:
            handout.refuse_to_replace(project, annotator.uid, path)
        refuse_altered(project, [one.uid for one in people])
        articles = {one.uid: readers.articles_of(project, one.uid) for one in people}
        refuse_unsound(project, sorted({name for names in articles.values() for name in names}))
        _say_what_is_unsaid(project, articles)
        made: list[tuple[Path, Path]] = []
        try:
            for n, (annotator, path) in enumerate(places):
                go_on(progress, n, len(places))
                temporary = handout.make(project, annotator, articles[annotator.uid], path)
                made.append((temporary, path))
            go_on(progress, len(places), len(places))
            with unbroken(progress):
                put_in_place(made)
        finally:
            for temporary, _ in made:
                temporary.unlink(missing_ok=True)
    return tuple(Handed(one, path, len(articles[one.uid])) for one, path in places)


def _places(
    project: Project, people: Sequence[Annotator], folder: Path
) -> list[tuple[Annotator, Path]]:
    """Return where each file goes: the same name each time, whoever else is handed one."""
    known = project.annotators()
    uids = {one.uid for one in known}
    everyone = [*known, *(one for one in people if one.uid not in uids)]
    stems = dict(
        zip((one.uid for one in everyone), file_stems(one.name for one in everyone), strict=True)
    )
    return [(one, folder / (stems[one.uid] + SUFFIX)) for one in people]


def _say_what_is_unsaid(project: Project, articles: dict[str, list[str]]) -> None:
    """Record, for each annotator alone, what she must know and was said of others together."""
    unsaid = {uid: handout.unsaid(project, uid, hers) for uid, hers in articles.items()}
    for_all = {key for keys in unsaid.values() for key in keys if key[0] == op.LABEL_SCHEMA}
    parts = [for_all, *(set(keys) - for_all for keys in unsaid.values())]
    if any(parts):
        with project.transaction("hand_out", LEAD) as gesture:
            for keys in parts:
                part = gesture.within(op.PROJECT)
                for kind, uid in sorted(keys):
                    part.say_again(kind, uid)


@contextlib.contextmanager
def made_folder(folder: Path) -> Iterator[None]:
    """Make `folder` where it is missing, and take it away again where the block fails."""
    missing = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise UserError("not_a_folder", path=folder.name) from error
    except OSError as error:
        raise trouble_of(error, folder) from error
    try:
        yield
    except BaseException:
        if missing:
            with contextlib.suppress(OSError):  # somebody put something into it
                folder.rmdir()
        raise
