"""A disk that fails in the middle of long work: the dialog says so in words, and what is saved."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.core.errors import UserError
from annotator.gui.dialogs.importing import ImportDialog
from annotator.gui.dialogs.merge import MergeDialog
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.gui.widgets.troubles import worded
from annotator.store import staging
from annotator.store.copying import Copied
from annotator.store.project import Project
from tests import projects
from tests.faults.faults import NONE, Fault, WatchedVfs
from tests.faults.sqlitevfs import NoSharedSqliteError, shared_sqlite
from tests.gui import teams
from tests.gui.asking import LONG, put
from tests.gui.teams import choose, click, n_labels, rest

_TOLD = ("disk_trouble", "cannot_open", "no_backup")


@pytest.fixture
def vfs() -> Iterator[WatchedVfs]:
    try:
        shared_sqlite()
    except NoSharedSqliteError as error:
        pytest.skip(str(error))
    with WatchedVfs() as vfs:
        yield vfs


@pytest.fixture
def folder(vfs: WatchedVfs) -> Iterator[Path]:
    assert vfs.fault is NONE
    with projects.quick_folder() as folder:
        yield folder


def _sentences(look: Look, name: str) -> set[str]:
    told = [UserError(code, path=name, why=why) for code in _TOLD for why in ("", "read", "write")]
    return {worded(one, look.language) for one in told}


def test_a_merge_that_meets_a_failing_read_says_that_nothing_was_saved(
    look: Look, jobs: Jobs, qtbot: QtBot, vfs: WatchedVfs, folder: Path
) -> None:
    with teams.opened(folder) as project:
        dialog = MergeDialog(look, project, jobs)
        put(qtbot, dialog)
        choose(dialog, qtbot, *teams.bundles(project.path))
        met = []
        for at in range(3, 90, 12):
            vfs.fault = Fault("io", project.path, at)
            with vfs.fault.on():
                click(dialog.go)
                rest(dialog, qtbot)
            if n_labels(project):
                break
            met.append(dialog.trouble.text)
    assert len(met) > 3
    assert set(met) <= _sentences(look, project.path.name), met


def test_of_an_import_that_ends_half_way_it_is_said_what_is_in_and_what_is_not(
    look: Look,
    jobs: Jobs,
    qtbot: QtBot,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files = [folder / f"{n}.txt" for n in range(2)]
    for n, one in enumerate(files):
        one.write_text(f"الخبر {n} " * 30, "utf-8")
    files.append(folder / "empty.txt")  # what is refused lets the rest come in one by one
    files[-1].write_bytes(b"")
    copy = staging.Staging.copy
    n_copied = []

    def failing(own: staging.Staging, step: Callable[[], None]) -> Copied:
        n_copied.append(1)
        if len(n_copied) == 2:
            raise UserError("disk_full", path=project.path.name)
        return copy(own, step)

    with Project.open(projects.made(folder)) as project:
        n_before = len(list(project.connection.execute("SELECT 1 FROM articles")))
        dialog = ImportDialog(look, project, jobs)
        put(qtbot, dialog)
        dialog.sources.add(files)
        qtbot.waitUntil(lambda: dialog.preview is not None and dialog.go.isEnabled(), timeout=LONG)
        monkeypatch.setattr(staging.Staging, "copy", failing)
        with qtbot.waitSignal(dialog.imported, timeout=LONG):
            click(dialog.go)
        n_now = len(list(project.connection.execute("SELECT 1 FROM articles")))
        said = dialog.trouble.text
        language = look.language

    assert n_now == n_before + 1
    kept = language.plural("{n} article", "{n} articles", 1)
    stopped = "Stopped. What was read before is in the project: {kept}."
    assert dialog.summary.text() == language.text(stopped, kept=kept)
    assert said == worded(UserError("disk_full", path=project.path.name), language)
