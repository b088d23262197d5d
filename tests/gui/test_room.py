"""The page of labelling while it changes: widths, what is in hand, and menus in Arabic."""

from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.gui.pages.labelling import LabelPage
from annotator.gui.program import Program
from annotator.store.project import Project
from tests import projects


@pytest.fixture
def page(program: Program, tmp_path: Path) -> LabelPage:
    path = projects.made(tmp_path)
    with Project.open(path) as project:
        who = projects.annotator(project, "سلمى").uid
    assert program.open_project(path, who)
    assert program.window.page is not None
    program.window.page.show_article(projects.sha_of(0))
    return program.window.page


def test_a_window_that_was_narrow_has_the_article_in_the_middle_again(
    program: Program, page: LabelPage, qtbot: QtBot
) -> None:
    program.window.resize(1000, 800)
    qtbot.waitUntil(lambda: program.window.width() == 1000)
    program.window.resize(1440, 800)
    qtbot.waitUntil(lambda: program.window.width() == 1440)
    QApplication.processEvents()

    splitter = page.splitter
    order = [splitter.indexOf(part) for part in (page.reading_side, page.far_side)]
    assert order == [0, 2]
    assert page.canvas.parent() is splitter.widget(1)
    assert splitter.sizes()[0] == 304
    assert splitter.sizes()[2] == 338


def test_links_come_back_with_the_event_however_soon_it_is_taken_again(
    program: Program, page: LabelPage, qtbot: QtBot
) -> None:
    session = program.session
    assert session is not None
    intents = session.intents
    session.do(intents.add_event(projects.extent_of("لقاءه"), "MEET"))
    session.flush()
    event = session.hand
    session.do(intents.fill_with_new(event, "place", projects.extent_of("موسكو"), "GPE"))
    session.flush()
    links = page.canvas._scene  # noqa: SLF001
    session.take_in_hand(event)
    qtbot.waitUntil(lambda: len(links.links) == 1)

    session.take_in_hand("")
    session.take_in_hand(event)

    qtbot.waitUntil(lambda: (links.hand, len(links.links)) == (event, 1))


def test_a_key_in_a_menu_is_not_turned_round(program: Program) -> None:
    action = program.window.commands.action("settings")

    words, _, key = action.text().partition("\t")

    assert words
    assert key == f"\u2066{QKeySequence('Ctrl+,').toString()}\u2069"


def test_the_keyboard_stays_in_the_page_where_nothing_is_in_hand(
    program: Program, page: LabelPage
) -> None:
    program.window.commands.do("hand")

    focus = QApplication.focusWidget()
    assert focus is not None
    assert page.isAncestorOf(focus)
