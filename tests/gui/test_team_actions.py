"""What a file's role allows in the window, whose file it is, and files dropped on it."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMenuBar
from pytestqt.qtbot import QtBot

from annotator.gui.dialogs.importing import ImportDialog
from annotator.gui.dialogs.merge import MergeDialog
from annotator.gui.dialogs.questions import QuestionsDialog
from annotator.gui.dialogs.who import Who
from annotator.gui.dialogs.withdraw import WithdrawDialog
from annotator.gui.program import Program
from annotator.services import annotators
from annotator.store import queries
from annotator.store.project import Project
from tests.gui import teams
from tests.gui.asking import LONG, drop
from tests.gui.teams import PEOPLE

OF_LEADS = ("hand_out", "reply", "change_type", "questions", "withdraw", "noise_lines")
OF_ALL = ("hand_in", "merge", "receipts")


@pytest.fixture
def lead(tmp_path: Path) -> Path:
    return teams.lead_file(tmp_path)


def open_as_lead(program: Program, lead: Path) -> None:
    with Project.open(lead) as project:
        who = annotators.ensure(project, "ليلى").uid
    assert program.open_project(lead, who)


def dialogs(kind: type) -> list[object]:
    tops = QApplication.topLevelWidgets()
    return [one for one in tops if isinstance(one, kind) and one.isVisible()]


def test_a_lead_may_do_everything(program: Program, lead: Path) -> None:
    open_as_lead(program, lead)
    for id in (*OF_LEADS, *OF_ALL, "who"):
        assert program.window.commands.is_allowed(id), id


def test_without_a_project_nothing_of_a_team_can_be_done(program: Program) -> None:
    commands = program.window.commands
    for id in (*OF_LEADS, *OF_ALL):
        assert not commands.is_allowed(id), id
        said = program.look.language.text("no project is open")
        assert commands.action(id).toolTip() == said


def test_a_handed_out_file_asks_nobody_and_refuses_what_is_a_lead_s(
    program: Program, lead: Path
) -> None:
    path = teams.handed(lead)[PEOPLE[0]]
    assert program.open_project(path)

    assert dialogs(Who) == []
    assert program.session is not None
    assert program.session.annotator is not None
    assert program.session.annotator.name == PEOPLE[0]
    assert PEOPLE[0] in program.window.top_bar.person.text()
    commands, text = program.window.commands, program.look.language.text
    for id in OF_LEADS:
        assert not commands.is_allowed(id), id
        assert commands.action(id).toolTip() == text("Only the lead's file can do this.")
    for id in OF_ALL:
        assert commands.is_allowed(id), id
    assert not commands.is_allowed("who")
    why = text("This file was handed out to one annotator and takes no other.")
    assert commands.action("who").toolTip() == why
    assert program.window.top_bar.person.toolTip() == why
    assert program.session.reading is not None


def test_the_menu_shows_why_not(program: Program, lead: Path) -> None:
    (bar,) = program.window.findChildren(QMenuBar)
    menus = {one.text(): one.menu() for one in bar.actions()}
    menu = menus[program.look.language.text("Team")]
    assert menu is not None
    assert menu.toolTipsVisible()  # type: ignore[attr-defined]
    assert len(menu.actions()) == len(OF_LEADS) + len(OF_ALL)  # type: ignore[attr-defined]


def test_every_action_opens_its_dialog(program: Program, lead: Path) -> None:
    open_as_lead(program, lead)
    for id in (*OF_LEADS, *OF_ALL):
        before = set(QApplication.topLevelWidgets())
        program.window.commands.do(id)
        opened = set(QApplication.topLevelWidgets()) - before
        shown = [one for one in opened if one.isVisible() and one.isWindow()]
        assert len(shown) == 1, id
        shown[0].close()


def test_bundles_that_are_dropped_are_merged_and_articles_imported(
    program: Program, lead: Path, tmp_path: Path
) -> None:
    bundles = teams.bundles(lead)
    article = tmp_path / "خبر.txt"
    article.write_text("قال الرئيس", "utf-8")
    assert not drop(program.window, bundles[0])
    open_as_lead(program, lead)

    assert drop(program.window, *bundles, article)

    (merging,), (importing,) = dialogs(MergeDialog), dialogs(ImportDialog)
    assert isinstance(merging, MergeDialog)
    assert isinstance(importing, ImportDialog)
    assert merging.sources.sources == tuple(bundles)
    assert importing.sources.sources == (article,)
    merging.close()
    importing.close()


def test_the_article_in_view_is_withdrawn_and_leaves_the_list(
    program: Program, lead: Path, qtbot: QtBot
) -> None:
    open_as_lead(program, lead)
    session = program.session
    assert session is not None
    assert session.reading is not None
    shown = session.reading.article
    program.window.commands.action("withdraw").trigger()
    (dialog,) = [one for one in dialogs(WithdrawDialog) if isinstance(one, WithdrawDialog)]
    teams.rest(dialog, qtbot)

    with qtbot.waitSignal(session.project_changed, timeout=LONG):
        teams.click(dialog.go)

    left = {article.sha256 for _, article in queries.articles(session.project)}
    assert shown.sha256 not in left
    teams.rest(dialog, qtbot)
    with qtbot.waitSignal(session.project_changed, timeout=LONG):
        teams.click(dialog.back)
    teams.rest(dialog, qtbot)
    dialog.reject()
    assert len(list(queries.articles(session.project))) == 3


def test_questions_are_opened_from_the_menu(program: Program, lead: Path, qtbot: QtBot) -> None:
    open_as_lead(program, lead)
    program.window.commands.action("questions").trigger()
    (dialog,) = [one for one in dialogs(QuestionsDialog) if isinstance(one, QuestionsDialog)]
    teams.rest(dialog, qtbot)
    assert dialog.found == []
    dialog.reject()
