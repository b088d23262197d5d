"""The page of search: sorted, with numbers beside its filters, slow and stopped, asked wider."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from annotator.gui.pages.search import SearchPage
from annotator.gui.program import Program
from annotator.services import importing, labelling
from tests import projects
from tests.gui.asking import LONG, type_in
from tests.gui.onpage import session_of
from tests.gui.searchpages import LEFT, at_rest, page_of, quotes, searched, shown

KEY = Qt.Key
HANGS = r"(\w+\s*)+$x"


@pytest.fixture
def page(opened: Program) -> SearchPage:
    return shown(opened)


def words(page: SearchPage, side: str) -> list[str]:
    found = [getattr(row, side).split() for row in page.list.rows.rows]
    return [some[0 if side == "after" else -1] if some else "" for some in found]


# --- sorted ---------------------------------------------------------------------------------------


def test_places_are_sorted_by_what_is_beside_them_page_after_page(
    opened: Program, qtbot: QtBot
) -> None:
    letters = "هدجبأ"
    texts = [f"{one}{n:02} زرافة {one}{99 - n}" for n in range(40) for one in letters]
    projects.add_articles(session_of(opened).project, *texts)
    page = shown(opened)
    searched(page, "زرافة", qtbot)
    page.head.orders.press("before")
    at_rest(page, qtbot)
    for _ in range(3):
        page.list.scrollToBottom()
        QApplication.processEvents()
        at_rest(page, qtbot)
    before = words(page, "before")
    assert len(before) == 200
    assert before == sorted(before)
    assert "200" in page.head.count.text()
    page.head.orders.press("after")
    at_rest(page, qtbot)
    after = words(page, "after")
    assert (len(after), after) == (60, sorted(after))
    page.head.orders.press("")
    at_rest(page, qtbot)
    assert words(page, "before")[:2] == ["ه00", "د00"]


def test_the_order_is_kept_where_the_page_is_built_anew(opened: Program, qtbot: QtBot) -> None:
    page = shown(opened)
    page.head.orders.press("date")
    searched(page, "بوتين", qtbot)
    assert page.place().asked.order == "date"
    place = opened.window.paging.place()
    opened.window.paging.drop()
    opened.window.paging.restore(place)
    assert page_of(opened).head.order() == "date"
    at_rest(page_of(opened), qtbot)


def test_where_no_article_has_a_date_that_is_said(
    opened: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    page = shown(opened)
    searched(page, "بوتين", qtbot)
    before = quotes(page)
    said = "ليس في تفاصيل أي من هذه المقالات تاريخ، فبقيت المواضع على ترتيبها."
    by_date = next(
        one for one in page.head.orders.findChildren(QPushButton) if one.text() == "التاريخ"
    )
    QTest.mouseClick(by_date, LEFT)
    at_rest(page, qtbot)
    assert page.messages.sentence.text() == said
    assert quotes(page) == before

    meta = json.dumps({"published": "2025-05-06"})
    row = {"format": "hashiya/1", "article": {"title": "", "meta": meta}, "text": "عاد بوتين"}
    lines = tmp_path / "dated.jsonl"
    lines.write_text(json.dumps(row) + "\n", "utf-8")
    importing.import_sources(session_of(opened).project, [lines])
    page.messages.tell("")
    session_of(opened).project_changed.emit()
    at_rest(page, qtbot)
    assert len(quotes(page)) == len(before) + 1
    assert page.messages.sentence.text() == ""


# --- numbers beside the filters -------------------------------------------------------------------


def test_each_filter_says_how_many_places_it_leaves(
    opened: Program, page: SearchPage, qtbot: QtBot
) -> None:
    session = session_of(opened)
    assert session.annotator is not None
    layer = session.project.layer(projects.sha_of(0), session.annotator.uid)
    labelling.add_entity(session.project, layer, projects.extent_of("بوتين"), "PERS")
    options = page.options
    searched(page, "بوتين", qtbot)

    def said(box: object, value: str) -> str:
        return str(box.itemText(box.findData(value)))  # type: ignore[attr-defined]

    assert said(options.status, "started").endswith(" · 2")
    assert said(options.status, "done").endswith(" · 0")
    assert said(options.region, "annotatable").endswith(" · 2")
    assert said(options.type, "PERS").endswith(" · 1")
    assert options.unlabelled.text().endswith(" · 1")
    options.type.setCurrentIndex(options.type.findData("PERS"))
    at_rest(page, qtbot)
    assert said(options.status, "started").endswith(" · 1")
    assert said(options.type, "").endswith(" · 2")

    page.ask("")
    assert "·" not in said(options.status, "started")


def test_sites_are_offered_with_their_numbers(
    opened: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    lines = tmp_path / "more.jsonl"
    rows = [
        {"format": "hashiya/1", "article": {"source": f"https://{site}/{n}"}, "text": f"بوتين {n}"}
        for n, site in enumerate(("example.org", "example.org", "example.net"))
    ]
    lines.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    importing.import_sources(session_of(opened).project, [lines])
    page = shown(opened)
    searched(page, "بوتين", qtbot)
    sources = [one for one in page.options.sources if not one.isHidden()]
    assert [one.text().rpartition(" · ")[2] for one in sources] == ["2", "1"]
    assert "example.org" in sources[0].text()
    page.options.ensureWidgetVisible(sources[0])
    QTest.mouseClick(sources[0], LEFT)
    at_rest(page, qtbot)
    assert page.options.source.text() == "example.org/"
    assert len(page.list.rows.rows) == 2


def test_what_is_out_of_view_is_counted_when_it_is_shown(opened: Program, qtbot: QtBot) -> None:
    opened.window.resize(1000, 640)
    page = shown(opened)
    searched(page, "بوتين", qtbot)
    assert "·" not in page.options.unlabelled.text()
    QTest.mouseClick(page.head.options, LEFT)
    at_rest(page, qtbot)
    assert page.options.unlabelled.text().endswith("· 2")


def test_trouble_in_these_numbers_leaves_the_count_of_the_places(
    opened: Program, qtbot: QtBot
) -> None:
    opened.window.resize(1000, 640)
    page = shown(opened)
    searched(page, "بوتين", qtbot)
    counted = page.head.count.text()
    assert counted
    path = session_of(opened).project.path
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with qtbot.waitSignal(page.runs.not_numbered, timeout=LONG) as met:
            QTest.mouseClick(page.head.options, LEFT)
        other.execute("ROLLBACK")
    assert met.args[0].code == "locked"
    assert page.head.count.text() == counted
    assert path.name in page.messages.sentence.text()
    assert quotes(page) == ["بوتين", "بوتين"]


# --- slow -----------------------------------------------------------------------------------------


def slow(page: SearchPage, qtbot: QtBot) -> None:
    """Begin a search that hangs; wait until it says so."""
    page.options.pattern.setChecked(True)
    page.options.levels["exact"].click()
    page.head.field.setFocus()
    page.ask(HANGS)
    qtbot.waitUntil(page.head.line.isVisible, timeout=LONG)


def test_a_slow_search_says_so_and_escape_stops_it(
    opened: Program, page: SearchPage, qtbot: QtBot
) -> None:
    slow(page, qtbot)
    assert page.told.sentence.text() == "يُبحث…"
    assert page.list.rows.rows == []
    QTest.keyClick(page.head.field, KEY.Key_Escape)
    assert not page.is_busy
    assert not page.head.line.isVisible()
    assert opened.window.paging.current == "search"
    assert page.told.sentence.text() == "أُوقف."
    QTest.keyClick(page.head.field, KEY.Key_Escape)
    assert opened.window.paging.current == "labelling"


def test_typing_stops_a_slow_search(page: SearchPage, qtbot: QtBot) -> None:
    slow(page, qtbot)
    type_in(page.head.field, "ب")
    assert not page.runs.is_on
    assert not page.head.line.isVisible()
    page.options.pattern.setChecked(False)
    searched(page, "بوتين", qtbot)
    assert quotes(page) == ["بوتين", "بوتين"]


def test_a_quick_search_says_nothing_of_itself(page: SearchPage, qtbot: QtBot) -> None:
    said: list[bool] = []
    page.runs.slow.connect(said.append)
    searched(page, "بغداد", qtbot)
    assert True not in said
    assert not page.head.line.isVisible()
    assert page.list.rows.rows


# --- asked wider ----------------------------------------------------------------------------------


def test_only_attached_letters_are_offered_where_they_alone_find_more(
    page: SearchPage, qtbot: QtBot
) -> None:
    page.options.clitics.setChecked(False)
    page.options.status.setCurrentIndex(page.options.status.findData("new"))
    searched(page, "موسكو", qtbot)
    page.options.status.setCurrentIndex(0)
    searched(page, "ترامب", qtbot)
    assert quotes(page) == ["ترامب"]
    searched(page, "أضاف", qtbot)
    assert quotes(page) == []
    assert page.told.more.text() == "بالحروف المتصلة قبل الكلمة: موضع واحد"
    assert page.told.button.text() == "ابحث بالحروف المتصلة"
    QTest.mouseClick(page.told.button, LEFT)
    at_rest(page, qtbot)
    assert quotes(page) == ["أضاف"]
    assert page.options.clitics.isChecked()


def test_without_the_filters_the_level_stays_and_the_filters_are_named(
    page: SearchPage, qtbot: QtBot
) -> None:
    options = page.options
    QTest.mouseClick(options.levels["marks"], LEFT)
    options.status.setCurrentIndex(options.status.findData("done"))
    searched(page, "بوتين", qtbot)
    assert options.status.itemText(options.status.findData("started")).endswith(" · 0")
    assert options.status.itemText(options.status.findData("new")).endswith(" · 2")
    assert page.told.more.text() == "بلا المرشّحات (الحالة: منجز): موضعان"
    QTest.mouseClick(page.told.button, LEFT)
    at_rest(page, qtbot)
    assert len(quotes(page)) == 2
    assert options.levels["marks"].isChecked()
    assert options.status.currentData() == ""


def test_where_only_all_changes_together_find_more_all_are_said(
    page: SearchPage, qtbot: QtBot
) -> None:
    options = page.options
    QTest.mouseClick(options.levels["exact"], LEFT)
    options.status.setCurrentIndex(options.status.findData("done"))
    searched(page, "منظمه", qtbot)
    said = page.told.more.text()
    assert "بالحروف المتشابهة" in said
    assert "بلا المرشّحات (الحالة: منجز)" in said
    QTest.mouseClick(page.told.button, LEFT)
    at_rest(page, qtbot)
    assert quotes(page) == ["مُنظَّمة"]
    assert options.levels["letters"].isChecked()
    assert options.status.currentData() == ""
