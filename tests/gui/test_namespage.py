"""The page of names in the real window: looked for, made one, parted, gone to, undone."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.gui.pages.names import NamesPage
from annotator.gui.program import Program
from annotator.services import labelling
from tests import projects
from tests.gui.asking import LONG, is_literal, seen, type_in
from tests.gui.namespages import (
    CONTROL,
    KEY,
    LEFT,
    ONE,
    OTHER,
    SHIFT,
    at_rest,
    click,
    labelled_file,
    labels_of,
    links,
    listed,
    opened_at,
    page_of,
    shown,
)
from tests.gui.onpage import page_of as labelling_page
from tests.gui.onpage import session_of


@pytest.fixture
def labelled(program: Program, tmp_path: Path) -> Program:
    """Return the program with a project open in which names are labelled."""
    return opened_at(program, labelled_file(tmp_path))


@pytest.fixture
def page(labelled: Program, qtbot: QtBot) -> Iterator[NamesPage]:
    """Return the page, shown, with all names counted; it reads nothing as HTML at the end."""
    page = shown(labelled, qtbot)
    yield page
    if labelled.window.paging.names is page:
        assert is_literal(page)


# --- getting there, looking -----------------------------------------------------------------------


def test_the_key_and_the_rail_go_there_and_escape_goes_back(
    labelled: Program, qtbot: QtBot
) -> None:
    window, page = labelled.window, shown(labelled, qtbot)
    assert window.paging.current == "names"
    assert window.rail.pages["names"].isChecked()
    assert page.head.field.hasFocus()
    QTest.keyClick(page.head.field, KEY.Key_Escape)
    assert window.paging.current == "labelling"
    QTest.mouseClick(window.rail.pages["names"], LEFT)
    assert window.paging.current == "names"


def test_nothing_of_names_is_loaded_before_it_is_shown() -> None:
    told = (
        "import sys, annotator.gui.program, annotator.gui.pages.labelling, annotator.gui.wiring;"
        "print([name for name in sys.modules if name.startswith('annotator.gui.pages.names')"
        " or name.startswith('annotator.services.names') and 'sentences' not in name])"
    )
    seen = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert seen.stdout.strip() == "[]"


def test_names_are_listed_with_spellings_types_and_numbers(page: NamesPage) -> None:
    assert listed(page) == ["ترامب", "ترمب", "موسكو", "بوتين"]
    row = page.list.rows.row(2)
    assert ([chip.name for chip in row.chips], row.labels, row.articles) == (["GPE", "ORG"], 2, 2)
    assert page.head.count.text() == "4 أسماء"
    assert "وسمان" in row.said


# --- places ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["click", "return"])
def test_a_place_is_gone_to_and_escape_comes_back(
    labelled: Program, page: NamesPage, qtbot: QtBot, how: str
) -> None:
    click(page, "ترمب")
    at_rest(page, qtbot)
    rows = page.places.rows.rows
    assert [OTHER[row.start : row.end] for row in rows] == ["ترمب", "ترمب"]
    if how == "click":
        box = page.places.visualRect(page.places.rows.index(1))
        QTest.mouseClick(page.places.viewport(), LEFT, pos=box.center())
    else:
        QTest.keyClick(page.list, KEY.Key_Return)
        assert page.places.hasFocus()
        QTest.keyClick(page.places, KEY.Key_Down)
        QTest.keyClick(page.places, KEY.Key_Return)
    (span,) = projects.extent_of("ترمب", OTHER, 1)
    canvas, window = labelling_page(labelled).canvas, labelled.window
    assert window.paging.current == "labelling"
    assert canvas.hits() == (((span.start, span.end),), 0)
    QTest.keyClick(canvas, KEY.Key_Escape)
    if window.paging.current == "labelling":  # the label under the caret is let go of first
        QTest.keyClick(canvas, KEY.Key_Escape)
    assert window.paging.current == "names"
    assert page.places.hasFocus()
    at_rest(page, qtbot)
    QTest.keyClick(page.places, KEY.Key_Escape)
    assert page.list.hasFocus()
    QTest.keyClick(page.list, KEY.Key_Escape)
    assert page.head.field.hasFocus()


# --- made one, parted, undone ---------------------------------------------------------------------


def test_a_proposal_is_accepted_and_undone_by_the_key(
    labelled: Program, page: NamesPage, qtbot: QtBot
) -> None:
    (card,) = page.side.cards
    assert {one.shown for one in card.proposal.names} == {"ترامب", "ترمب"}
    before = labels_of(labelled)
    QTest.mouseClick(card.accept, LEFT)
    at_rest(page, qtbot)
    assert links(labelled) == ["", "", "", *["ترامب"] * 4]
    assert listed(page) == ["ترامب", "موسكو", "بوتين"]
    assert page.side.cards == []
    assert "4 وسوم" in page.messages.sentence.text()

    QTest.keyClick(page, KEY.Key_Z, CONTROL)
    at_rest(page, qtbot)
    assert labels_of(labelled) == before
    assert len(page.side.cards) == 1
    QTest.keyClick(page, KEY.Key_Z, CONTROL | SHIFT)
    at_rest(page, qtbot)
    assert links(labelled)[-1] == "ترامب"
    assert page.list.hasFocus()


def test_names_that_are_not_the_same_are_proposed_no_more(
    labelled: Program, page: NamesPage, qtbot: QtBot
) -> None:
    (card,) = page.side.cards
    QTest.mouseClick(card.choose, LEFT)
    assert [one.shown for one in page.list.names()] == ["ترامب", "ترمب"]
    QTest.mouseClick(card.refuse, LEFT)
    at_rest(page, qtbot)
    assert page.side.cards == []
    assert links(labelled) == ["", "", "", "ترامب", "ترامب", "ترمب", "ترمب"]
    QTest.keyClick(page, KEY.Key_Z, CONTROL)
    at_rest(page, qtbot)
    assert len(page.side.cards) == 1


def test_chosen_rows_are_made_one_under_a_name_that_is_typed(
    labelled: Program, page: NamesPage, qtbot: QtBot
) -> None:
    click(page, "ترامب")
    click(page, "بوتين", CONTROL)
    assert page.side.field.text() == "ترامب"
    page.side.field.selectAll()
    type_in(page.side.field, "الرئيسان")
    QTest.mouseClick(page.side.give, LEFT)
    at_rest(page, qtbot)
    assert links(labelled) == ["", "", "", "", *["الرئيسان"] * 3]
    assert "الرئيسان" in listed(page)


def test_a_spelling_is_taken_out_and_a_name_taken_off(
    labelled: Program, page: NamesPage, qtbot: QtBot
) -> None:
    QTest.mouseClick(page.side.cards[0].accept, LEFT)
    at_rest(page, qtbot)
    click(page, "ترامب")
    at_rest(page, qtbot)
    tick = next(one for one in page.side.spellings.ticks if one.property("spelling") == "ترمب")
    QTest.mouseClick(tick, LEFT, pos=QPoint(tick.width() - 8, tick.height() // 2))
    assert page.side.ticked() == ["ترمب"]
    QTest.mouseClick(page.side.take_off, LEFT)
    at_rest(page, qtbot)
    assert links(labelled) == [*[""] * 5, "ترامب", "ترامب"]
    click(page, "ترامب")
    QTest.mouseClick(page.side.take_off, LEFT)
    at_rest(page, qtbot)
    assert links(labelled) == [""] * 7
    for _ in range(3):
        QTest.keyClick(page, KEY.Key_Z, CONTROL)
        at_rest(page, qtbot)
    assert links(labelled) == [""] * 7
    assert page.acts.made == []


def test_what_was_done_here_is_undone_in_the_article_too(
    labelled: Program, page: NamesPage, qtbot: QtBot
) -> None:
    QTest.mouseClick(page.side.cards[0].accept, LEFT)
    at_rest(page, qtbot)
    labelled.window.commands.do("labelling")
    session_of(labelled).undo()
    assert links(labelled) == [""] * 7
    shown(labelled, qtbot)
    assert len(page.side.cards) == 1
    QTest.keyClick(page, KEY.Key_Z, CONTROL)
    at_rest(page, qtbot)
    assert page.messages.has_trouble
    assert page.acts.made == []


def test_done_layers_are_left_out_and_told(labelled: Program, qtbot: QtBot) -> None:
    project = session_of(labelled).project
    layer = projects.layer_of(project, "سلمى", OTHER)
    labelling.set_status(project, layer, "done")
    page = shown(labelled, qtbot)
    click(page, "ترامب")
    click(page, "ترمب", CONTROL)
    QTest.mouseClick(page.side.give, LEFT)
    at_rest(page, qtbot)
    assert links(labelled) == [*[""] * 5, "ترامب", "ترامب"]
    assert "منجزة: 2" in page.messages.sentence.text()
    click(page, "ترمب")
    assert not page.side.give.isEnabled()
    assert "منجزة" in page.side.note.text()


# --- bad input, other states ----------------------------------------------------------------------


@pytest.mark.parametrize("link", ["،", "ط" * 10_000, "تر\u2067امب"])
def test_a_name_that_will_not_do_is_refused_in_one_sentence(
    labelled: Program, page: NamesPage, qtbot: QtBot, link: str
) -> None:
    click(page, "ترامب")
    page.side.field.setText(link)
    QTest.keyClick(page.side.field, KEY.Key_Return)
    at_rest(page, qtbot)
    assert page.messages.has_trouble
    assert 10 < len(page.messages.sentence.text()) < 200
    assert links(labelled) == [""] * 7
    page.side.field.setText("   ")
    assert not page.side.give.isEnabled()


def test_hostile_names_are_shown_literally(labelled: Program, qtbot: QtBot) -> None:
    session = session_of(labelled)
    project = session.project
    layer = projects.layer_of(project, "سلمى", ONE)
    hostile = "<b>&\u202eabc\n" + "ط" * 500
    labelling.add_entity(project, layer, projects.extent_of("بوتين", ONE), "PERS", link=hostile)
    page = shown(labelled, qtbot)
    at_rest(page, qtbot)
    (name,) = [one for one in page.list.rows.names if one.link]
    page.list.choose({(name.link, name.key)})
    at_rest(page, qtbot)
    page.grab()
    assert is_literal(page)
    assert "\u202e" not in page.list.rows.row(page.list.currentIndex().row()).said


def test_the_page_is_as_it_was_in_another_language(
    labelled: Program, page: NamesPage, qtbot: QtBot
) -> None:
    type_in(page.head.field, "تر")
    at_rest(page, qtbot)
    click(page, "ترمب")
    QTest.mouseClick(page.side.cards[0].accept, LEFT)
    at_rest(page, qtbot)
    labelled.change(lambda now: replace(now, language="en"))
    qtbot.waitUntil(lambda: labelled.look.language.code == "en", timeout=LONG)
    again = page_of(labelled, qtbot)
    assert labelled.window.paging.current == "names"
    assert again.head.field.text() == "تر"
    assert "Same name?" in seen(again)
    QTest.keyClick(again, KEY.Key_Z, CONTROL)
    at_rest(again, qtbot)
    assert links(labelled) == [""] * 7


def test_closing_the_project_takes_the_page_down_in_the_midst(
    labelled: Program, page: NamesPage
) -> None:
    page.head.whose.press("everyone")
    labelled.close_project()
    assert labelled.window.paging.names is None
    assert labelled.window.paging.current == "labelling"
