"""A file of the version before that nobody may write, in the window: read, and nothing is lost."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytestqt.qtbot import QtBot

from annotator.gui.program import Program
from annotator.services import places
from annotator.store.project import Project
from tests import projects
from tests.gui.asking import LONG
from tests.store.regionsgiven import filled, previous

if TYPE_CHECKING:
    from annotator.core.errors import UserError


@pytest.fixture
def before() -> Iterator[tuple[Path, str]]:
    """Make a file of the version before that nobody may write, and name an annotator of it."""
    with projects.quick_folder() as folder:
        path = filled(folder)
        with Project.open(path) as project:
            who = projects.annotator(project).uid
        file = previous(path, path.with_name("before.hashiya"))
        file.chmod(0o444)
        yield file, who
        file.chmod(0o644)


def test_it_opens_is_shown_and_what_is_done_there_stays_in_view_as_not_saved(
    program: Program, before: tuple[Path, str], qtbot: QtBot
) -> None:
    path, who = before
    whole = path.read_bytes()
    assert program.open_project(path, who)
    session = program.session
    assert session is not None
    session.show_article(projects.sha_of(0))
    assert session.reading is not None
    met: list[UserError] = []
    session.not_saved.connect(met.append)

    session.do(session.intents.set_status("done"))
    session.flush()

    assert [one.code for one in met] == ["read_only"]
    assert session.has_unsaved
    assert path.read_bytes() == whole


def test_work_beside_the_window_reads_it_too(
    program: Program, before: tuple[Path, str], qtbot: QtBot
) -> None:
    path, who = before
    assert program.open_project(path, who)
    assert program.session is not None
    job = program.jobs.start(program.session.project, lambda project, _: places.remarks(project))
    with qtbot.waitSignal(job.finished, timeout=LONG):
        pass
