"""Lines that are always noise in the window: from the line's menu to the undo, and all rules."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from annotator.core.noiselines import BEGINNING, NoiseLine, made
from annotator.gui.dialogs.noiselines import NoiseLinesDialog
from annotator.gui.program import Program
from annotator.services import assigning, handing_out, labelling, noiselines
from annotator.services.assigning import Wish
from annotator.store.project import Project
from tests import projects
from tests.gui.onpage import page_of, session_of

_LEFT, _CONTROL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
LINE = "تابعونا على كل المنصات"
PAGES = tuple(
    f"قمة رقم {n} في القاهرة يوم غد\nقال الرئيس بوتين إن لقاءه رقم {n} مفيد.\n{LINE}\n"
    f"نشر في مايو{number}"
    for n, number in enumerate(("", " 2", " 3", " 4"), 1)
)
SHAS = [projects.sha_of(text) for text in PAGES]
SHA = SHAS[0]


@pytest.fixture(params=["ar", "en"])
def opened(request: pytest.FixtureRequest, program: Program, tmp_path: Path) -> Program:
    """Return the program with four pages, in the third of which the line carries a label."""
    if program.look.language.code != request.param:
        program.window.commands.do("language")
        QApplication.processEvents()
    path = projects.made(tmp_path, texts=PAGES)
    with Project.open(path) as project:
        who = projects.annotator(project, "سلمى").uid
        layer = projects.layer_of(project, "سلمى", PAGES[2])
        labelling.add_entity(project, layer, projects.extent_of("المنصات", PAGES[2]), "ORG")
    assert program.open_project(path, who)
    page_of(program).show_article(SHA)
    program.window.activateWindow()
    QApplication.processEvents()
    return program


def dialog(program: Program) -> NoiseLinesDialog:
    found = program.window.findChildren(NoiseLinesDialog)
    return next(one for one in found if one.isVisible())


def settled(qtbot: QtBot, shown: NoiseLinesDialog) -> None:
    qtbot.waitUntil(lambda: shown.seen is not None and not shown.is_looking and not shown.is_busy)


def asked(qtbot: QtBot, program: Program) -> NoiseLinesDialog:
    """Ask at the line by the menu of the text, as a hand does."""
    canvas = page_of(program).canvas
    point, viewport = canvas.point_of(PAGES[0].index(LINE) + 4), canvas.viewport()
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(viewport, QContextMenuEvent(reason, point, viewport.mapToGlobal(point)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    action = program.window.commands.action("noise_line")
    QTest.mouseClick(menu, _LEFT, pos=menu.actionGeometry(action).center())
    shown = dialog(program)
    settled(qtbot, shown)
    return shown


def n_noise(program: Program) -> int:
    project = session_of(program).project
    regions = [one for text in PAGES for one in project.regions(projects.sha_of(text))]
    return sum(one.role == "noise" for one in regions)


def test_a_line_is_noise_everywhere_by_one_click_and_one_undo_takes_it_back(
    opened: Program, qtbot: QtBot
) -> None:
    shown, language = asked(qtbot, opened), opened.look.language
    rows = shown.list.rows.rows
    assert [row.can_tick for row in rows] == [True, True, False, True]
    assert len(shown.list.rows.ticked) == 3
    assert language.text("Left as they are, for their labels: {n}", n=1) in shown.summary.text()

    QTest.mouseClick(shown.go, _LEFT)
    settled(qtbot, shown)
    assert noiselines.rules(session_of(opened).project) == [NoiseLine("", LINE)]
    assert n_noise(opened) == 3
    reading = session_of(opened).reading
    assert reading is not None
    assert "noise" in [one.role for one in reading.regions]

    QTest.keyClick(shown, Qt.Key.Key_Escape)
    opened.window.activateWindow()
    QApplication.processEvents()
    QTest.keyClick(page_of(opened).canvas, Qt.Key.Key_Z, _CONTROL)
    assert (n_noise(opened), noiselines.rules(session_of(opened).project)) == (0, [])
    rule = language.text("a rule about lines that are always noise")
    assert page_of(opened).messages.sentence.text() == language.text("Undone: {what}", what=rule)
    opened.window.commands.do("redo")
    assert n_noise(opened) == 3


def test_only_the_ticked_lines_get_the_role_and_the_dialog_takes_it_back_too(
    opened: Program, qtbot: QtBot
) -> None:
    shown = asked(qtbot, opened)
    box = shown.list.box_of_tick(1).center()
    QTest.mouseClick(shown.list.viewport(), _LEFT, pos=box)
    QTest.keyClick(shown.go, Qt.Key.Key_Space)
    settled(qtbot, shown)
    assert n_noise(opened) == 2

    assert shown.undo.hasFocus() or not shown.isActiveWindow()
    QTest.mouseClick(shown.undo, _LEFT)
    settled(qtbot, shown)
    assert n_noise(opened) == 0
    reading = session_of(opened).reading
    assert reading is not None
    assert "noise" not in [one.role for one in reading.regions]


def test_lines_that_only_begin_so_are_found_where_that_is_ticked(
    opened: Program, qtbot: QtBot
) -> None:
    page_of(opened).canvas.place_caret(PAGES[0].index("نشر"))
    opened.window.commands.do("noise_line")
    shown = dialog(opened)
    settled(qtbot, shown)
    assert len(shown.list.rows.rows) == 1  # in the other articles a number comes after it
    QTest.keyClick(shown.begins, Qt.Key.Key_Space)
    settled(qtbot, shown)
    assert len(shown.list.rows.rows) == 4
    QTest.keyClick(shown.begins, Qt.Key.Key_Space)
    settled(qtbot, shown)
    assert len(shown.list.rows.rows) == 1
    shown.reject()

    noiselines.keep(session_of(opened).project, [made("", "نشر في", BEGINNING)])
    opened.window.commands.do("noise_lines")
    shown = dialog(opened)
    settled(qtbot, shown)
    assert len(shown.list.rows.rows) == 4


def test_rules_are_listed_chosen_and_taken_away(opened: Program, qtbot: QtBot) -> None:
    project = session_of(opened).project
    noiselines.keep(project, [made("", LINE), made("https://www.example.org/", "سطر آخر")])
    opened.window.commands.do("noise_lines")
    shown = dialog(opened)
    settled(qtbot, shown)
    assert [one.site for one in shown.rules] == ["", "example.org"]
    assert len(shown.list.rows.rows) == 4

    QTest.keyClick(shown.view, Qt.Key.Key_Down)
    settled(qtbot, shown)
    assert shown.list.rows.rows == []
    assert not shown.go.isEnabled()
    QTest.mouseClick(shown.remove, _LEFT)
    settled(qtbot, shown)
    assert [one.line for one in noiselines.rules(project)] == [LINE]
    QTest.mouseClick(shown.undo, _LEFT)
    settled(qtbot, shown)
    assert len(noiselines.rules(project)) == 2


def test_without_rules_the_list_says_so(opened: Program, qtbot: QtBot) -> None:
    opened.window.commands.do("noise_lines")
    shown = dialog(opened)
    settled(qtbot, shown)
    assert shown.summary.text() == opened.look.language.text(
        "No rule yet: choose “This line is always noise…” at a line of an article."
    )
    assert not shown.go.isEnabled()


def lines_shown(shown: NoiseLinesDialog) -> set[str]:
    """Return what the lines say that stand in the list, each once."""
    places = shown.seen.places if shown.seen else ()
    assert len(places) == len(shown.list.rows.rows)
    return {PAGES[SHAS.index(one.article)][one.start : one.end].strip() for one in places}


def test_after_the_undo_of_a_new_rule_only_lines_of_the_rule_that_is_chosen_are_ticked(
    opened: Program, qtbot: QtBot
) -> None:
    project = session_of(opened).project
    other = made("", "نشر في", BEGINNING)
    noiselines.keep(project, [other])
    shown = asked(qtbot, opened)
    QTest.mouseClick(shown.go, _LEFT)
    settled(qtbot, shown)
    QTest.mouseClick(shown.undo, _LEFT)
    settled(qtbot, shown)

    assert shown.rules == (other,)
    assert shown.seen is not None
    assert shown.seen.rule == other
    assert lines_shown(shown) == {page.rpartition("\n")[2] for page in PAGES}
    QTest.mouseClick(shown.go, _LEFT)
    settled(qtbot, shown)
    noise = [
        text[one.start : one.end].strip()
        for text in PAGES
        for one in project.regions(projects.sha_of(text))
        if one.role == "noise"
    ]
    assert noise == [page.rpartition("\n")[2] for page in PAGES]


def test_where_the_undo_leaves_no_rule_the_list_is_empty_and_nothing_is_offered(
    opened: Program, qtbot: QtBot
) -> None:
    shown = asked(qtbot, opened)
    QTest.mouseClick(shown.go, _LEFT)
    settled(qtbot, shown)
    QTest.mouseClick(shown.undo, _LEFT)
    settled(qtbot, shown)

    assert (shown.rules, lines_shown(shown)) == ((), set())
    assert not shown.go.isEnabled()
    assert not shown.remove.isVisible()


def test_a_rule_that_somebody_else_takes_away_shows_its_lines_under_no_other(
    opened: Program, qtbot: QtBot
) -> None:
    project = session_of(opened).project
    first, second = made("", LINE), made("", "نشر في", BEGINNING)
    noiselines.keep(project, [first, second])
    opened.window.commands.do("noise_lines")
    shown = dialog(opened)
    settled(qtbot, shown)
    assert lines_shown(shown) == {LINE}
    noiselines.remove(project, first)
    QTest.mouseClick(shown.none, _LEFT)
    QTest.mouseClick(shown.list.viewport(), _LEFT, pos=shown.list.box_of_tick(0).center())
    QTest.mouseClick(shown.go, _LEFT)
    settled(qtbot, shown)

    assert shown.rules == (second,)
    assert LINE not in lines_shown(shown)


def test_taking_a_rule_away_is_undone_in_the_article_that_is_in_view_by_then(
    opened: Program, qtbot: QtBot
) -> None:
    project = session_of(opened).project
    noiselines.keep(project, [made("", "سطر آخر")])
    opened.window.commands.do("noise_lines")
    shown = dialog(opened)
    settled(qtbot, shown)
    page_of(opened).show_article(SHAS[1])
    QTest.mouseClick(shown.remove, _LEFT)
    settled(qtbot, shown)
    assert noiselines.rules(project) == []
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    opened.window.activateWindow()
    QApplication.processEvents()
    QTest.keyClick(page_of(opened).canvas, Qt.Key.Key_Z, _CONTROL)
    assert len(noiselines.rules(project)) == 1


def test_a_rule_without_a_site_says_that_it_is_about_articles_without_a_source(
    opened: Program, qtbot: QtBot
) -> None:
    shown = asked(qtbot, opened)
    model = shown.view.model()
    told = [str(model.index(0, column).data()) for column in range(model.columnCount())]
    assert opened.look.language.text("articles without a source") in told


def test_what_is_no_line_and_what_others_may_not_do_is_said_in_one_sentence(
    opened: Program, tmp_path: Path
) -> None:
    page, text = page_of(opened), opened.look.language.text
    page.canvas.select_all()
    opened.window.commands.do("noise_line")
    said = text("Give one line at a time: nothing was kept.")
    assert page.messages.sentence.text() == said

    plan = assigning.planned(session_of(opened).project, Wish(("سلمى",)))
    handed = handing_out.assign_and_hand_out(session_of(opened).project, plan, tmp_path / "out")
    assert opened.open_project(handed.files[0].path)
    page_of(opened).show_article(SHA)
    opened.window.commands.do("noise_line")
    said = text("Only the lead's file can do this.")
    assert page_of(opened).messages.sentence.text() == said
    assert "noise_lines" not in opened.window.there()
    assert not opened.window.findChildren(NoiseLinesDialog)
