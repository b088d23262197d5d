"""The evidence of a stance that is being made: drawn in the text before anything is written."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.gui.canvas.marks import Mark
from annotator.gui.intents import AHEAD
from annotator.gui.program import Program
from tests.gui.asking import LONG
from tests.gui.onpage import page_of, session_of
from tests.gui.searchpages import SHIFT
from tests.projects import extent_of, sha_of

KEY = Qt.Key


def drawn(program: Program) -> list[Mark]:
    """Return the marks of the draft."""
    found = page_of(program).canvas._page.layout.marks.get(AHEAD)  # noqa: SLF001
    return [found] if found else []


@pytest.fixture
def drafting(opened: Program, qtbot: QtBot) -> Program:
    """Return the program in which a stance was begun by its key on selected words."""
    canvas = page_of(opened).canvas
    (span,) = extent_of("كان مفيدًا")
    canvas.select(span.start, span.end)
    canvas.setFocus()
    QTest.keyClick(canvas, KEY.Key_S)
    qtbot.waitUntil(lambda: page_of(opened).far_side.hand.has_draft, timeout=LONG)
    QApplication.processEvents()
    return opened


def test_it_is_drawn_as_what_waits_and_grows_with_the_draft(
    drafting: Program, qtbot: QtBot
) -> None:
    (span,) = extent_of("كان مفيدًا")
    (mark,) = drawn(drafting)
    assert (mark.kind, mark.spans, mark.is_pending) == ("evidence", ((span.start, span.end),), True)
    canvas = page_of(drafting).canvas
    (more,) = extent_of("موسكو")
    canvas.select(more.start, more.end)
    QTest.keyClick(canvas, KEY.Key_S, SHIFT)
    qtbot.waitUntil(lambda: len(drawn(drafting)[0].spans) == 2, timeout=LONG)
    assert session_of(drafting).labels == {}


def test_escape_takes_it_away_and_a_press_on_it_keeps_the_draft(
    drafting: Program, qtbot: QtBot
) -> None:
    page = page_of(drafting)
    page.canvas.mark_pressed.emit(AHEAD, Qt.KeyboardModifier.NoModifier)
    assert page.far_side.hand.has_draft
    for _ in range(3):
        QTest.keyClick(page.canvas, KEY.Key_Escape)
    qtbot.waitUntil(lambda: not page.far_side.hand.has_draft, timeout=LONG)
    qtbot.waitUntil(lambda: drawn(drafting) == [], timeout=LONG)


def test_another_article_has_none_of_it(drafting: Program, qtbot: QtBot) -> None:
    page = page_of(drafting)
    page.show_article(sha_of(1))
    qtbot.waitUntil(lambda: drawn(drafting) == [], timeout=LONG)
