"""A place of the search, looked at in its article: when Esc leads back there, and when no more."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.gui.canvas.view import Canvas
from annotator.gui.program import Program
from tests.gui.asking import type_in
from tests.gui.onpage import page_of as labelling_page
from tests.gui.searchpages import CONTROL, click_row, searched, shown

KEY = Qt.Key


def visited(program: Program, qtbot: QtBot) -> Canvas:
    """Go to the second place of a search; return the canvas."""
    click_row(searched(shown(program), "بغداد", qtbot), 1)
    canvas = labelling_page(program).canvas
    assert len(canvas.hits()[0]) == 1
    return canvas


def test_finding_something_else_in_the_article_ends_the_visit(
    opened: Program, qtbot: QtBot
) -> None:
    canvas = visited(opened, qtbot)
    opened.window.activateWindow()
    QApplication.processEvents()
    QTest.keyClick(canvas, KEY.Key_F, CONTROL)
    bar = labelling_page(opened).find_bar
    type_in(bar.field, "مسلحون")
    found = canvas.hits()
    QTest.keyClick(bar.field, KEY.Key_Return)
    opened.window.commands.do("labelling")
    assert canvas.hits() == found

    QTest.keyClick(bar.field, KEY.Key_Escape)
    assert canvas.hits() == ((), -1)
    QTest.keyClick(canvas, KEY.Key_Escape)
    assert opened.window.paging.current == "labelling"


def test_another_page_ends_the_visit(opened: Program, qtbot: QtBot) -> None:
    canvas = visited(opened, qtbot)
    opened.window.commands.do("agreement")
    assert opened.window.paging.current == "agreement"
    assert canvas.hits() == ((), -1)
