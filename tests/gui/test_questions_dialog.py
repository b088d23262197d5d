"""What annotators ask is listed for the lead, answered, and the answer taken back."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.gui.dialogs.questions import QuestionsDialog
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.services import labelling, listing, projectwide
from annotator.store.project import Project
from tests import projects
from tests.gui import teams
from tests.gui.asking import LONG, is_literal, put, seen
from tests.gui.teams import PEOPLE, click, rest

ASKED = "أهو الرئيس أم الشركة؟"


@pytest.fixture
def project() -> Iterator[Project]:
    with projects.quick_folder() as folder, teams.opened(folder) as project:
        yield project


@pytest.fixture
def asked(project: Project) -> list[str]:
    """Let everybody ask about the first name of an article; return the labels' uids."""
    found = []
    for n, name in enumerate(PEOPLE):
        layer = projects.layer_of(project, name)
        extent = projects.extent_of(("بوتين", "القاهرة")[n])
        labelling.add_entity(project, layer, extent, "PERS", doubt=f"{ASKED} {n}")
        labelling.add_entity(project, layer, projects.extent_of("موسكو"), "GPE")
        found += [label.uid for label in project.labels(layer) if label.doubt]
    return found


def asking(look: Look, project: Project, jobs: Jobs, qtbot: QtBot) -> QuestionsDialog:
    dialog = QuestionsDialog(look, project, jobs)
    put(qtbot, dialog)
    rest(dialog, qtbot)
    return dialog


def answers(project: Project) -> dict[str, str]:
    return {row["uid"]: row["doubt_answer"] for row in listing.labels(project) if "doubt" in row}


def answer(dialog: QuestionsDialog, text: str, qtbot: QtBot) -> None:
    dialog.field.setPlainText(text)
    with qtbot.waitSignal(dialog.answered, timeout=LONG):
        click(dialog.go)
    rest(dialog, qtbot)


def test_every_question_is_listed_with_whose_it_is_and_about_what(
    look: Look, project: Project, asked: list[str], jobs: Jobs, qtbot: QtBot
) -> None:
    dialog = asking(look, project, jobs, qtbot)

    rows = [[cell.tip for cell in row][:3] for row in dialog.view.table.rows]
    assert rows == [[PEOPLE[0], "بوتين", f"{ASKED} 0"], [PEOPLE[1], "القاهرة", f"{ASKED} 1"]]
    assert dialog.summary.text() == look.language.text("Without an answer: {n}.", n=2)
    assert not dialog.go.isEnabled()


def test_an_answer_is_in_the_file_and_its_question_goes_to_the_end(
    look: Look, project: Project, asked: list[str], jobs: Jobs, qtbot: QtBot
) -> None:
    dialog = asking(look, project, jobs, qtbot)
    dialog.view.choose(0)
    answer(dialog, "  الرئيس ", qtbot)

    assert answers(project) == {asked[0]: "الرئيس", asked[1]: ""}
    assert [one.uid for one in dialog.found] == [asked[1], asked[0]]
    assert dialog.summary.text() == look.language.text("Without an answer: {n}.", n=1)


def test_an_answer_is_changed_and_taken_back(
    look: Look, project: Project, asked: list[str], jobs: Jobs, qtbot: QtBot
) -> None:
    projectwide.answer_doubt(project, asked[1], "لا")
    dialog = asking(look, project, jobs, qtbot)
    dialog.view.choose(1)
    assert dialog.field.toPlainText() == "لا"

    answer(dialog, "نعم", qtbot)
    assert answers(project)[asked[1]] == "نعم"
    dialog.view.choose(1)
    dialog.field.setPlainText("")
    assert dialog.go.text() == look.language.text("Take the answer back")
    answer(dialog, "", qtbot)
    assert answers(project)[asked[1]] == ""


def test_what_was_typed_stays_while_another_question_is_looked_at(
    look: Look, project: Project, asked: list[str], jobs: Jobs, qtbot: QtBot
) -> None:
    dialog = asking(look, project, jobs, qtbot)
    dialog.field.setPlainText("نصف جواب")
    dialog.view.choose(1)
    assert dialog.field.toPlainText() == ""
    dialog.view.choose(0)
    assert dialog.field.toPlainText() == "نصف جواب"

    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.trouble.text
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_an_answer_that_is_too_long_is_not_taken(
    look: Look, project: Project, asked: list[str], jobs: Jobs, qtbot: QtBot
) -> None:
    dialog = asking(look, project, jobs, qtbot)
    dialog.field.setPlainText("ط" * 2_001)
    assert not dialog.go.isEnabled()
    assert dialog.trouble.text


def test_where_nobody_asks_that_is_said(
    look: Look, project: Project, jobs: Jobs, qtbot: QtBot
) -> None:
    dialog = asking(look, project, jobs, qtbot)
    assert dialog.summary.text() == look.language.text("Nobody asks anything.")
    assert not dialog.go.isEnabled()
    assert not dialog.field.isVisible()


def test_questions_of_withdrawn_articles_are_not_asked(
    look: Look, project: Project, asked: list[str], jobs: Jobs, qtbot: QtBot
) -> None:
    projectwide.withdraw(project, projects.sha_of(0))
    assert asking(look, project, jobs, qtbot).found == []


def test_a_hostile_question_is_literal(
    look: Look, project: Project, jobs: Jobs, qtbot: QtBot
) -> None:
    teams.add_hostile(project)
    layer = projects.layer_of(project, teams.HOSTILE_NAME)
    labelling.add_entity(
        project, layer, projects.extent_of("بوتين"), "PERS", doubt=teams.HOSTILE_NAME
    )
    dialog = asking(look, project, jobs, qtbot)
    assert len(dialog.found) == 1
    assert is_literal(dialog)
    assert "\u202e" not in seen(dialog)
