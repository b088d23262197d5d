"""Restoring: a project file made again from a backup, with what was done since on top.

What was done since is in the journals of the file at its place and in newer backups. It can be left
out, to have the file as it was; what the file says now is kept first either way.
"""

import contextlib
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from annotator import files, paths
from annotator.core.errors import UserError
from annotator.services import backing_up, donesince
from annotator.services.progress import SILENT, Progress, go_on
from annotator.store import (
    backing,
    backupfile,
    opening,
    replica,
    restoring,
    trouble,
)
from annotator.store.backupfolder import Backup, refuse_altered
from annotator.store.indexing import index_pending
from annotator.store.project import Project
from annotator.store.restoring import Added

_TRIES = 5
"""Times that somebody may write between the last backup of a file and its replacement."""


@dataclass(frozen=True, slots=True)
class Differences:
    """What restoring changes: operations and articles that go, and that come back.

    They are None where the present file `is_gone`, or cannot be read.
    """

    lost: int | None = None
    gained: int | None = None
    articles_lost: int | None = None
    articles_gained: int | None = None
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """What was restored, and where.

    `since` counts operations that were put on top, `without_article` those that could not be
    because their articles came later; `altered` operations that are not what their hashes say.
    """

    backup: Backup
    path: Path
    articles: int
    labels: int
    operations: int
    since: int
    without_article: int
    altered: int
    differences: Differences
    kept: Path | None = None


@dataclass(slots=True)
class Prepared:
    """A file that is made and checked, and waits to get its place."""

    temporary: Path
    report: RestoreReport
    is_as_it_was: bool

    def throw_away(self) -> None:
        """Let go of it."""
        self.temporary.unlink(missing_ok=True)


def preview(
    path: Path, backup: Backup, *, as_it_was: bool = False, progress: Progress = SILENT
) -> Differences:
    """Return what restoring `backup` in the place of the file at `path` would change."""
    refuse_altered(backup)
    with (
        restoring.reading(backup, path.name),
        contextlib.closing(backupfile.opened(backup.path)) as connection,
    ):
        after = restoring.history_of(connection)
        articles = {name for _, name in backupfile.articles_in(connection)}
    go_on(progress, 1, 3)
    if not as_it_was:
        after |= restoring.names_of(donesince.lines(path, backup), articles)
    go_on(progress, 2, 3)
    return _differences(path, backup, after, articles)


def restore(
    path: Path,
    to: Path,
    backup: Backup,
    *,
    as_it_was: bool = False,
    progress: Progress = SILENT,
) -> RestoreReport:
    """Make the file at `path` again as `to`, a new file, from `backup` and what was done since.

    With `as_it_was` nothing that was done since is put on top. Raise `file_exists` where there is
    something; `damaged_backup` and `texts_missing` where the backup is not whole.
    """
    if to.exists():
        raise UserError("file_exists", path=to.name)
    prepared = prepare(path, to, backup, as_it_was=as_it_was, progress=progress)
    try:
        files.give_name(prepared.temporary, to)
    finally:
        prepared.throw_away()
    _name_anew(backup, to, prepared.is_as_it_was)
    return prepared.report


def restore_in_place(
    path: Path, backup: Backup, *, as_it_was: bool = False, progress: Progress = SILENT
) -> RestoreReport:
    """Restore as `restore` does, in the place of the file at `path`; what it says is kept first."""
    prepared = prepare_in_place(path, backup, as_it_was=as_it_was, progress=progress)
    return put_in_place(prepared, path)


def prepare_in_place(
    path: Path, backup: Backup, *, as_it_was: bool = False, progress: Progress = SILENT
) -> Prepared:
    """Make the file that is to take the place of the one at `path`, which is backed up already.

    So `put_in_place` takes a moment only.
    """
    with contextlib.suppress(UserError), Project.open(path) as project:  # `put_in_place` says it
        backing_up.back_up(project, "restore", progress)
    return prepare(path, path, backup, as_it_was=as_it_was, progress=progress)


def prepare(
    path: Path,
    to: Path,
    backup: Backup,
    *,
    as_it_was: bool = False,
    progress: Progress = SILENT,
) -> Prepared:
    """Make and check, beside `to`, the file that is to stand there."""
    step = lambda done, total: go_on(progress, done, total)  # noqa: E731
    temporary = restoring.made_again(backup, to, path, step)
    try:
        with (
            restoring.reading(backup, to.name),
            Project(opening.open_file(temporary), temporary) as project,
        ):
            added = Added() if as_it_was else _put_on_top(project, path, backup)
            index_pending(project)
            altered = restoring.n_altered(project)
            facts = backupfile.facts_of(project.connection, to)
            articles = restoring.articles_of(project.connection)
            after = restoring.history_of(project.connection)
        restoring.made_durable(temporary)
        report = RestoreReport(
            backup,
            to,
            facts.n_articles,
            facts.n_labels,
            facts.n_operations,
            added.n_new,
            added.n_without_article,
            altered,
            _differences(path, backup, after, articles),
        )
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return Prepared(temporary, report, as_it_was)


def _put_on_top(project: Project, path: Path, backup: Backup) -> Added:
    """Add what was done at `path` since `backup`, which `project` is, with its receipts."""
    added = restoring.put_on_top(project, donesince.lines(path, backup))
    donesince.keep_receipts(project, path, backup)
    return added


def put_in_place(prepared: Prepared, path: Path) -> RestoreReport:
    """Let `prepared` take the place of the file at `path`, once what that says now is kept.

    A file that cannot be read any more is put aside under another name beside it. Whoever has the
    file open writes no more into it.
    """
    backup = prepared.report.backup
    try:
        kept = _replaced(prepared, path)
    finally:
        prepared.throw_away()
    _name_anew(backup, path, prepared.is_as_it_was)
    return replace(prepared.report, path=path, kept=kept)


def _replaced(prepared: Prepared, path: Path) -> Path | None:
    """Keep what stands at `path` and put the new file there; return where it is kept."""
    try:
        project = Project.open(path)
    except UserError as trouble:
        if trouble.code == "no_such_file":
            files.give_name(prepared.temporary, path)
            return None
        if trouble.code not in _UNREADABLE:
            raise
        return _put_aside(prepared, path)
    try:
        with project:
            kept = _kept_and_replaced(project, prepared)
    except UserError as trouble:
        if trouble.data.get("why") != "unsound":
            raise
        return _put_aside(prepared, path)
    if not _MAY_BE_OPEN:
        files.put_in_place([(prepared.temporary, path)])
    return kept


_MAY_BE_OPEN = os.name != "nt"
"""Whether a file that is open can be replaced; else somebody may write in the moment between."""


def _kept_and_replaced(project: Project, prepared: Prepared) -> Path:
    for _ in range(_TRIES):
        kept = backing_up.back_up(project, "restore").backup
        with backing.unwritten(project, kept) as is_unwritten:
            if is_unwritten:
                if _MAY_BE_OPEN:
                    files.put_in_place([(prepared.temporary, project.path)])
                return kept.path
    raise UserError("locked", path=project.path.name)


_UNREADABLE = frozenset({"damaged", "not_a_project", "strange_tables", "disk_trouble"})
"""Trouble of a file of which no backup can be made."""


def _put_aside(prepared: Prepared, path: Path) -> Path:
    """Give the file at `path` another name, and the new one its place; return where it is now."""
    for n in range(1, 1000):
        aside = path.with_name(f"{path.stem}-damaged-{n}{path.suffix}")
        if not aside.exists():
            break
    try:
        path.rename(aside)
    except OSError as error:
        raise UserError("cannot_write", path=path.name) from error
    try:
        files.give_name(prepared.temporary, path)
    except BaseException:
        aside.rename(path)
        raise
    return aside


def _name_anew(backup: Backup, path: Path, as_it_was: bool) -> None:
    """Let what comes be numbered under a new name: no number is given twice.

    As it was, the file has nothing more to do with the journals that were written at its place.
    """
    of_file = backup.facts.project + backup.facts.handed
    if as_it_was:
        replica.forget(of_file, path, paths.data_folder())
    elif donesince.replicas_of(backup, path).names:
        donesince.replicas_of(backup, path).draw_anew()


def _differences(
    path: Path, backup: Backup, after: set[str], articles: Iterable[str]
) -> Differences:
    try:
        with trouble.sound(path.name), Project.open(path) as project:
            if project.uid != backup.facts.project:
                return Differences()
            before = restoring.history_of(project.connection)
            texts = restoring.articles_of(project.connection)
    except UserError:
        return Differences(is_gone=not path.exists())
    then = set(articles)
    return Differences(
        len(before - after), len(after - before), len(texts - then), len(then - texts)
    )
