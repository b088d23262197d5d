"""Articles made of the one in view: a page made two, a copy put right, a text that reads wrong."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.gui.program import Program
from annotator.services import assigning, handing_out
from annotator.services.assigning import Wish
from annotator.store.project import Project
from tests import projects
from tests.gui.onpage import page_of, session_of

PAGE = "خبر أول\nقال الوزير إن الأمر قد انتهى.\nخبر ثان\nقالت الوزيرة لا."
REVERSED = "2025 ﺔﻳﺎﻬﻨﻟﺍ\nﻢﻜﺑ ﺎﺒﺣﺮﻣ"
FORCED = "قال\u202e الوزير"


@pytest.fixture(params=["ar", "en"])
def opened(request: pytest.FixtureRequest, program: Program, tmp_path: Path) -> Program:
    """Return the program in each language, with three articles."""
    if program.look.language.code != request.param:
        program.window.commands.do("language")
        QApplication.processEvents()
    path = projects.made(tmp_path, texts=(PAGE, REVERSED, FORCED))
    with Project.open(path) as project:
        who = projects.annotator(project, "سلمى").uid
    assert program.open_project(path, who)
    program.window.activateWindow()
    QApplication.processEvents()
    return program


def shown(program: Program, text: str) -> str:
    """Show the article of that text; return what the bar of messages says then."""
    page_of(program).show_article(projects.sha_of(text))
    QApplication.processEvents()
    return page_of(program).messages.sentence.text()


def texts(program: Program) -> list[str]:
    project = session_of(program).project
    rows = project.connection.execute("SELECT text FROM texts ORDER BY article").fetchall()
    return [text for (text,) in rows]


def test_a_page_becomes_two_articles_from_the_line_of_the_caret_on(opened: Program) -> None:
    shown(opened, PAGE)
    page_of(opened).canvas.place_caret(PAGE.index("ثان"))

    opened.window.commands.do("make_two")
    QApplication.processEvents()

    second = PAGE.index("خبر ثان")
    assert texts(opened)[-2:] == [PAGE[: second - 1], PAGE[second:]]
    assert "خبر ثان" in page_of(opened).messages.sentence.text()


def test_done_again_at_the_same_line_it_says_that_they_are_there(opened: Program) -> None:
    for _ in range(2):
        shown(opened, PAGE)
        page_of(opened).canvas.place_caret(PAGE.index("ثان"))
        before = texts(opened)
        opened.window.commands.do("make_two")
        QApplication.processEvents()
        said = page_of(opened).messages.sentence.text()

    assert texts(opened) == before
    starts = {
        "ar": "هي في المقالات من قبل فلم تُضف ثانية: ",
        "en": "There already as articles, and not added again: ",
    }
    assert said.startswith(starts[opened.look.language.code])
    assert said.count("خبر") == 2
    QTest.keyClick(page_of(opened).canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    assert texts(opened) == before


def test_on_the_first_line_nothing_is_made(opened: Program) -> None:
    shown(opened, PAGE)
    page_of(opened).canvas.place_caret(2)
    before = texts(opened)

    opened.window.commands.do("make_two")

    assert texts(opened) == before
    assert page_of(opened).messages.sentence.text()


def test_a_text_that_stands_backwards_is_told_and_its_copy_is_one_button(opened: Program) -> None:
    assert shown(opened, REVERSED)
    assert page_of(opened).messages.has_trouble

    QTest.mouseClick(page_of(opened).messages.act, Qt.MouseButton.LeftButton)
    QApplication.processEvents()

    assert texts(opened)[-1] == "النهاية 2025\nمرحبا بكم"
    assert not page_of(opened).messages.has_trouble
    shown(opened, PAGE)
    shown(opened, REVERSED)
    assert not page_of(opened).messages.has_trouble  # it is told once


def test_a_forced_direction_is_told_without_a_copy(opened: Program) -> None:
    assert "1" in shown(opened, FORCED)
    assert not page_of(opened).messages.has_trouble


def test_a_file_that_was_handed_out_makes_no_articles(opened: Program, tmp_path: Path) -> None:
    with Project.open(session_of(opened).project.path) as project:
        plan = assigning.planned(project, Wish(("سلمى",)))
        given = handing_out.assign_and_hand_out(project, plan, tmp_path / "out").files[0].path
    assert opened.open_project(given)
    shown(opened, PAGE)
    page_of(opened).canvas.place_caret(PAGE.index("ثان"))
    before = texts(opened)

    opened.window.commands.do("make_two")
    opened.window.commands.do("put_right")

    assert texts(opened) == before
