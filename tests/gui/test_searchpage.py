"""The page of search in the real window: typing, filters, going to a place and back."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.core.model import replace
from annotator.gui.pages.search import SearchPage
from annotator.gui.program import Program
from annotator.services import labelling
from tests import projects
from tests.gui.asking import LONG, is_literal, type_in
from tests.gui.onpage import page_of as labelling_page
from tests.gui.onpage import session_of
from tests.gui.searchpages import (
    LEFT,
    at_rest,
    click_row,
    page_of,
    quotes,
    searched,
    shown,
)

KEY = Qt.Key


@pytest.fixture
def page(opened: Program) -> SearchPage:
    """Return the page, just shown."""
    return shown(opened)


# --- getting there and back -----------------------------------------------------------------------


def test_the_key_and_the_rail_go_there_and_escape_goes_back(opened: Program) -> None:
    window = opened.window
    page = shown(opened)
    assert window.paging.current == "search"
    assert window.rail.pages["search"].isChecked()
    assert page.head.field.hasFocus()
    assert page.head.field.layoutDirection() == Qt.LayoutDirection.RightToLeft

    QTest.keyClick(page.head.field, KEY.Key_Escape)
    assert window.paging.current == "labelling"
    QTest.mouseClick(window.rail.pages["search"], LEFT)
    assert window.paging.current == "search"


def test_selected_words_are_looked_for_at_once(opened: Program, qtbot: QtBot) -> None:
    (span,) = projects.extent_of("بوتين")
    labelling_page(opened).canvas.select(span.start, span.end)
    page = shown(opened)
    at_rest(page, qtbot)
    assert page.head.query() == "بوتين"
    assert quotes(page) == ["بوتين", "بوتين"]


def test_nothing_of_searching_is_loaded_before_it_is_shown() -> None:
    told = (
        "import sys, annotator.gui.program, annotator.gui.pages.labelling, annotator.gui.wiring;"
        "print([name for name in sys.modules if 'annotator' in name and 'search' in name])"
    )
    seen = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert seen.stdout.strip() == "[]"


# --- places ---------------------------------------------------------------------------------------


def test_typing_finds_places_on_the_original_and_counts_them(
    page: SearchPage, qtbot: QtBot
) -> None:
    type_in(page.head.field, "بوتين")
    qtbot.waitUntil(lambda: bool(page.list.rows.rows) and not page.is_busy, timeout=LONG)
    rows = page.list.rows.rows
    assert [projects.TEXTS[0][row.start : row.end] for row in rows] == ["بوتين"] * 2
    assert rows[1].before == "وأضاف"
    assert "موضعان" in page.head.count.text()
    assert "مقال واحد" in page.head.count.text()


@pytest.mark.parametrize("how", ["click", "return"])
def test_a_place_is_gone_to_with_its_hit_and_escape_comes_back(
    opened: Program, page: SearchPage, qtbot: QtBot, how: str
) -> None:
    view = searched(page, "بغداد", qtbot)
    if how == "click":
        click_row(view, 1)
    else:
        QTest.keyClick(page.head.field, KEY.Key_Return)
        assert view.hasFocus()
        QTest.keyClick(view, KEY.Key_Down)
        QTest.keyClick(view, KEY.Key_Return)
    window, canvas = opened.window, labelling_page(opened).canvas
    reading = session_of(opened).reading
    assert window.paging.current == "labelling"
    assert reading is not None
    assert reading.article.sha256 == projects.sha_of(1)
    (span,) = projects.extent_of("بغداد", 1, 1)
    assert canvas.caret() == span.start
    assert canvas.hits() == (((span.start, span.end),), 0)

    QTest.keyClick(canvas, KEY.Key_Escape)

    assert window.paging.current == "search"
    assert canvas.hits() == ((), -1)
    assert (view.hasFocus(), view.row) == (True, 1)
    QTest.keyClick(view, KEY.Key_Escape)
    assert page.head.field.hasFocus()


def test_escape_lets_go_of_what_is_in_hand_first(
    opened: Program, page: SearchPage, qtbot: QtBot
) -> None:
    click_row(searched(page, "بغداد", qtbot), 0)
    canvas = labelling_page(opened).canvas
    QTest.keyClick(canvas, KEY.Key_G)
    session_of(opened).flush()
    assert session_of(opened).hand

    QTest.keyClick(canvas, KEY.Key_Escape)
    assert opened.window.paging.current == "labelling"
    QTest.keyClick(canvas, KEY.Key_Escape)
    assert opened.window.paging.current == "search"
    at_rest(page, qtbot)
    assert [len(row.chips) for row in page.list.rows.rows] == [1, 0]
    assert page.list.row == 0


def test_other_ways_to_labelling_end_the_visit(
    opened: Program, page: SearchPage, qtbot: QtBot
) -> None:
    click_row(searched(page, "بغداد", qtbot), 0)
    opened.window.commands.do("labelling")
    canvas = labelling_page(opened).canvas
    assert canvas.hits() == ((), -1)
    QTest.keyClick(canvas, KEY.Key_Escape)
    assert opened.window.paging.current == "labelling"


def test_down_and_up_go_between_the_query_and_the_places(page: SearchPage, qtbot: QtBot) -> None:
    view = searched(page, "بوتين", qtbot)
    QTest.keyClick(page.head.field, KEY.Key_Down)
    assert view.hasFocus()
    QTest.keyClick(view, KEY.Key_Up)
    assert page.head.field.hasFocus()


def test_more_places_come_while_one_scrolls(opened: Program, tmp_path: Path, qtbot: QtBot) -> None:
    project = session_of(opened).project
    projects.add_articles(project, *(f"زرافة {n} " * 10 for n in range(20)))
    page = shown(opened)
    view = searched(page, "زرافة", qtbot)
    assert len(view.rows.rows) == 60
    assert "200" in page.head.count.text()
    for _ in range(3):
        view.scrollToBottom()
        QApplication.processEvents()
        at_rest(page, qtbot)
    assert len(view.rows.rows) == 200
    assert len({(row.article, row.start) for row in view.rows.rows}) == 200


# --- match and filters ----------------------------------------------------------------------------


def test_levels_clitics_and_beginnings_are_chosen(page: SearchPage, qtbot: QtBot) -> None:
    options = page.options

    def found(query: str) -> list[str]:
        searched(page, query, qtbot)
        return quotes(page)

    assert found("منظمه") == ["مُنظَّمة"]
    QTest.mouseClick(options.levels["exact"], LEFT)
    at_rest(page, qtbot)
    assert quotes(page) == []
    assert found("المنظمة") == ["المنظمة"]
    QTest.mouseClick(options.levels["letters"], LEFT)
    assert found("ترامب") == ["ترامب"]
    assert found("بال") == []
    QTest.mouseClick(options.prefix, LEFT, pos=options.prefix.rect().center())
    options.prefix.setChecked(True)
    at_rest(page, qtbot)
    assert found("البلد") == ["البلدية"]
    options.prefix.setChecked(False)
    assert found("وبوتين") == ["بوتين", "بوتين"]
    options.clitics.setChecked(False)
    at_rest(page, qtbot)
    assert quotes(page) == []


def test_filters_leave_places_out_and_can_be_removed(
    opened: Program, page: SearchPage, qtbot: QtBot
) -> None:
    session = session_of(opened)
    assert session.annotator is not None
    layer = session.project.layer(projects.sha_of(0), session.annotator.uid)
    labelling.add_entity(session.project, layer, projects.extent_of("بوتين"), "PERS")
    options = page.options
    assert len(searched(page, "بوتين", qtbot).rows.rows) == 2

    options.type.setCurrentIndex(options.type.findData("PERS"))
    at_rest(page, qtbot)
    assert [row.chips[0].name for row in page.list.rows.rows] == ["شخص"]
    assert options.clear.isVisible()
    options.type.setCurrentIndex(0)
    options.unlabelled.setChecked(True)
    at_rest(page, qtbot)
    assert [row.chips for row in page.list.rows.rows] == [()]

    options.status.setCurrentIndex(options.status.findData("done"))
    at_rest(page, qtbot)
    assert page.list.rows.rows == []
    assert page.told.button.isVisible()
    QTest.mouseClick(page.told.button, LEFT)
    at_rest(page, qtbot)
    assert len(page.list.rows.rows) == 2
    assert not options.clear.isVisible()


def test_regions_and_sources_are_filters(opened: Program, page: SearchPage, qtbot: QtBot) -> None:
    options = page.options
    searched(page, "في", qtbot)
    n = len(page.list.rows.rows)
    options.region.setCurrentIndex(options.region.findData("annotatable"))
    at_rest(page, qtbot)
    assert len(page.list.rows.rows) == n
    options.region.setCurrentIndex(options.region.findData("caption"))
    at_rest(page, qtbot)
    assert page.list.rows.rows == []
    options.clear_filters()
    type_in(options.source, "لا مصدر كهذا")
    qtbot.waitUntil(lambda: not page.list.rows.rows and not page.is_busy, timeout=LONG)


def test_what_a_wider_match_would_find_is_offered_with_its_number(
    page: SearchPage, qtbot: QtBot
) -> None:
    QTest.mouseClick(page.options.levels["exact"], LEFT)
    searched(page, "المنظمه", qtbot)
    assert "حرفي" in page.told.sentence.text()
    assert "موضع واحد" in page.told.more.text()
    QTest.mouseClick(page.told.button, LEFT)
    at_rest(page, qtbot)
    assert quotes(page) == ["المنظمة"]
    assert page.options.levels["letters"].isChecked()


# --- bad input ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("،", "حرفًا"),
        ("\u064c", "حرفًا"),
        ("\u0640\u0640", "حرفًا"),
        ("ب" * 10_000, "1,000"),
    ],
)
def test_a_query_of_nothing_and_one_without_end_get_one_sentence(
    page: SearchPage, qtbot: QtBot, query: str, said: str
) -> None:
    page.ask(query)
    at_rest(page, qtbot)
    assert page.list.rows.rows == []
    assert said in page.told.sentence.text()
    assert not page.told.button.isVisible()
    assert not page.options.mark.isEnabled()


@pytest.mark.parametrize("query", ["و", "وال", '"', "بوتين OR مصر", "في*", "NEAR(في)", "<b>في</b>"])
def test_clitics_quotes_and_operators_are_text(page: SearchPage, qtbot: QtBot, query: str) -> None:
    page.ask(query)
    at_rest(page, qtbot)
    assert page.list.rows.rows == []
    assert page.told.sentence.text()
    assert is_literal(page)


def test_a_pattern_is_run_only_when_asked_for(page: SearchPage, qtbot: QtBot) -> None:
    assert searched(page, r"بو\w+", qtbot).rows.rows == []
    page.options.pattern.setChecked(True)
    at_rest(page, qtbot)
    assert not page.options.prefix.isEnabled()
    page.options.levels["exact"].click()
    at_rest(page, qtbot)
    assert quotes(page) == ["بوتين", "بوتين"]
    assert not page.options.mark.isEnabled()


def test_a_pattern_that_hangs_is_ended_and_the_window_goes_on(
    page: SearchPage, qtbot: QtBot
) -> None:
    page.options.pattern.setChecked(True)
    page.options.levels["exact"].click()
    began, longest = time.monotonic(), 0.0
    page.ask(r"(\w+\s*)+$x")
    while page.is_busy:
        turn = time.monotonic()
        QTest.qWait(10)
        longest = max(longest, time.monotonic() - turn)
        assert time.monotonic() - began < LONG / 1000
    assert "بسّطه" in page.told.sentence.text()
    assert longest < 1.0  # the window was there all the while

    assert searched(page, "بوتين", qtbot).rows.rows


def test_a_new_query_stops_the_one_that_runs(page: SearchPage, qtbot: QtBot) -> None:
    page.options.pattern.setChecked(True)
    page.ask(r"(\w+\s*)+$x")
    page.options.pattern.setChecked(False)
    page.ask("بوتين")
    at_rest(page, qtbot)
    assert quotes(page) == ["بوتين", "بوتين"]


def test_an_empty_query_says_what_can_be_typed(page: SearchPage, qtbot: QtBot) -> None:
    searched(page, "بوتين", qtbot)
    page.ask("")
    assert page.list.rows.rows == []
    assert page.stack.currentWidget() is page.told
    assert page.head.count.text() == ""


# --- what changes ---------------------------------------------------------------------------------


def test_the_page_is_as_it_was_in_another_language(opened: Program, qtbot: QtBot) -> None:
    page = shown(opened)
    page.options.unlabelled.setChecked(True)
    searched(page, "بغداد", qtbot).go_to(1)
    opened.change(lambda now: replace(now, language="en"))
    qtbot.waitUntil(lambda: opened.look.language.code == "en", timeout=LONG)
    page = page_of(opened)
    at_rest(page, qtbot)
    assert opened.window.paging.current == "search"
    assert page.head.query() == "بغداد"
    assert page.options.unlabelled.isChecked()
    assert (len(page.list.rows.rows), page.list.row) == (2, 1)
    assert "2 places" in page.head.count.text()


def test_closing_the_project_takes_the_page_down_in_the_midst(
    opened: Program, page: SearchPage, qtbot: QtBot
) -> None:
    page.ask("بوتين")
    opened.close_project()
    assert opened.window.paging.search is None
    assert opened.window.paging.current == "labelling"


def test_a_narrow_window_shows_the_options_when_asked(opened: Program, qtbot: QtBot) -> None:
    opened.window.resize(1000, 640)
    page = shown(opened)
    QApplication.processEvents()
    assert not page.options.isVisible()
    QTest.mouseClick(page.head.options, LEFT)
    assert page.options.isVisible()
    assert searched(page, "بوتين", qtbot).rows.rows


def test_articles_that_come_in_are_found_without_asking_again(
    opened: Program, page: SearchPage, qtbot: QtBot
) -> None:
    searched(page, "زرافة", qtbot)
    assert page.list.rows.rows == []
    projects.add_articles(session_of(opened).project, "زرافة في الحديقة")
    session_of(opened).project_changed.emit()
    at_rest(page, qtbot)
    assert quotes(page) == ["زرافة"]
