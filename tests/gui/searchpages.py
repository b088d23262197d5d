"""The page of search in the real program, for tests: shown, typed into, waited for."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.gui.pages.search import SearchPage
from annotator.gui.panels.kwic import KwicList
from annotator.gui.program import Program
from tests.gui.asking import LONG, type_in

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def page_of(program: Program) -> SearchPage:
    """Return the page."""
    page = program.window.paging.search
    assert page is not None
    return page


def shown(program: Program) -> SearchPage:
    """Go to the page with its key."""
    program.window.activateWindow()
    QApplication.processEvents()
    QTest.keyClick(program.window, Qt.Key.Key_F, CONTROL | SHIFT)
    return page_of(program)


def at_rest(page: SearchPage, qtbot: QtBot) -> None:
    """Wait until nothing is looked for or counted."""
    qtbot.waitUntil(lambda: not page.is_busy, timeout=LONG)
    QApplication.processEvents()


def searched(page: SearchPage, query: str, qtbot: QtBot) -> KwicList:
    """Type a query in place of what is there, press Return and wait; return the list."""
    page.head.field.setFocus()
    page.head.field.selectAll()
    QTest.keyClick(page.head.field, Qt.Key.Key_Delete)
    type_in(page.head.field, query)
    QTest.keyClick(page.head.field, Qt.Key.Key_Return)
    at_rest(page, qtbot)
    return page.list


def quotes(page: SearchPage) -> list[str]:
    """Return what the rows have found."""
    return [row.word[row.at : row.at + row.n] for row in page.list.rows.rows]


def click_row(view: KwicList, number: int) -> None:
    """Click the middle of a row."""
    box = view.visualRect(view.rows.index(number))
    QTest.mouseClick(view.viewport(), LEFT, pos=box.center())
