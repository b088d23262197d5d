"""An article is withdrawn in the window, after it is said what that means, and brought back."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from annotator.gui.dialogs.withdraw import WithdrawDialog
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.services import labelling, listing, projectwide
from annotator.store.project import Project
from tests import projects
from tests.gui import teams
from tests.gui.asking import LONG, put, seen
from tests.gui.teams import click, rest


@pytest.fixture
def project() -> Iterator[Project]:
    with projects.quick_folder() as folder, teams.opened(folder) as project:
        yield project


def asking(
    look: Look, project: Project, jobs: Jobs, qtbot: QtBot, article: int | None = 0
) -> WithdrawDialog:
    shown = None if article is None else project.article(projects.sha_of(article))
    dialog = WithdrawDialog(look, project, jobs, shown)
    put(qtbot, dialog)
    rest(dialog, qtbot)
    return dialog


def listed(project: Project) -> set[str]:
    return {str(row["sha256"]) for row in listing.articles(project)}


def test_it_is_said_first_what_goes_out_of_sight(
    look: Look, project: Project, jobs: Jobs, qtbot: QtBot
) -> None:
    for name in teams.PEOPLE:
        layer = projects.layer_of(project, name)
        labelling.add_entity(project, layer, projects.extent_of("بوتين"), "PERS")
    dialog = asking(look, project, jobs, qtbot)

    said = look.language.text("Labels of everybody that go out of sight with it: {n}.", n=2)
    assert said in seen(dialog)
    assert len(listed(project)) == 3


def test_it_is_withdrawn_and_brought_back(
    look: Look, project: Project, jobs: Jobs, qtbot: QtBot
) -> None:
    dialog = asking(look, project, jobs, qtbot)
    assert not dialog.back.isEnabled()
    with qtbot.waitSignal(dialog.changed, timeout=LONG):
        click(dialog.go)
    rest(dialog, qtbot)

    assert listed(project) == {projects.sha_of(1), projects.sha_of(2)}
    assert not dialog.go.isEnabled()
    with qtbot.waitSignal(dialog.changed, timeout=LONG):
        click(dialog.back)
    rest(dialog, qtbot)
    assert len(listed(project)) == 3
    assert dialog.go.isEnabled()
    assert not dialog.view.isVisible()


def test_an_article_that_was_withdrawn_before_is_brought_back_without_one_in_view(
    look: Look, project: Project, jobs: Jobs, qtbot: QtBot
) -> None:
    projectwide.withdraw(project, projects.sha_of(1))
    dialog = asking(look, project, jobs, qtbot, None)
    assert not dialog.go.isEnabled()
    with qtbot.waitSignal(dialog.changed, timeout=LONG):
        click(dialog.back)
    assert len(listed(project)) == 3
