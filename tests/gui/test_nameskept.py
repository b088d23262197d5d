"""What one has in hand on the page of names stays there while all names are counted again."""

from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.gui.pages import nameswork
from annotator.gui.pages.names import NamesPage
from annotator.gui.program import Program
from tests import projects
from tests.gui.asking import LONG, type_in
from tests.gui.namespages import (
    CONTROL,
    KEY,
    LEFT,
    ONE,
    at_rest,
    click,
    labelled_file,
    links,
    opened_at,
    shown,
)
from tests.gui.onpage import page_of as labelling_page
from tests.gui.onpage import session_of

WRITTEN = tuple(f"ت{'ـ' * n}رامب" for n in range(100))
MANY = "، ".join(WRITTEN)


@pytest.fixture
def labelled(program: Program, tmp_path: Path) -> Program:
    """Return the program with a project open in which names are labelled."""
    return opened_at(program, labelled_file(tmp_path))


@pytest.fixture
def page(labelled: Program, qtbot: QtBot) -> NamesPage:
    """Return the page, shown, with all names counted."""
    return shown(labelled, qtbot)


@pytest.fixture
def many(program: Program, tmp_path: Path, qtbot: QtBot) -> NamesPage:
    """Return the page over a name that is written in very many ways, in hand."""
    labels = [(quote, MANY, "PERS", 0) for quote in WRITTEN]
    page = shown(opened_at(program, labelled_file(tmp_path, (MANY,), labels), MANY), qtbot)
    click(page, WRITTEN[0])
    at_rest(page, qtbot)
    return page


def tick(page: NamesPage, spelling: str) -> None:
    (box,) = [one for one in page.side.spellings.ticks if one.property("spelling") == spelling]
    page.side.ensureWidgetVisible(box)
    QTest.keyClick(box, KEY.Key_Space)


def add_elsewhere(program: Program, quote: str, text: str, nth: int = 0) -> None:
    """Label something as the window does, so that all names are counted again."""
    session = session_of(program)
    session.do(session.intents.add_entity(projects.extent_of(quote, text, nth), "PERS"))


def rests_after_saving(program: Program, page: NamesPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session_of(program).saved, timeout=LONG):
        add_elsewhere(program, "بوتين", ONE)
    at_rest(page, qtbot)


# --- chosen names ---------------------------------------------------------------------------------


def test_however_many_names_are_chosen_it_is_told_once(page: NamesPage) -> None:
    told: list[int] = []
    page.list.chosen.connect(lambda: told.append(len(page.list.names())))
    names = page.list.rows.names
    page.list.choose({(one.link, one.key) for one in (names[0], names[1], names[3])})
    assert told == [3]
    assert [one.shown for one in page.list.names()] == ["ترامب", "ترمب", "بوتين"]
    page.list.choose(())
    assert told == [3, 0]


def test_all_names_are_chosen_and_counted_again_at_one_stroke(
    labelled: Program, page: NamesPage, qtbot: QtBot
) -> None:
    page.list.setFocus()
    QTest.keyClick(page.list, KEY.Key_A, CONTROL)
    at_rest(page, qtbot)
    told: list[int] = []
    page.list.chosen.connect(lambda: told.append(len(page.list.names())))
    rests_after_saving(labelled, page, qtbot)
    assert told == [4]


def test_names_stay_chosen_with_the_current_one_and_what_is_typed(
    labelled: Program, page: NamesPage, qtbot: QtBot
) -> None:
    click(page, "بوتين")
    click(page, "ترامب", CONTROL)
    click(page, "موسكو", CONTROL)
    page.side.field.selectAll()
    type_in(page.side.field, "اسم جديد")
    rests_after_saving(labelled, page, qtbot)
    assert page.side.field.text() == "اسم جديد"
    assert {one.shown for one in page.list.names()} == {"ترامب", "موسكو", "بوتين"}
    current = page.list.current()
    assert current is not None
    assert current.shown == "موسكو"
    QTest.mouseClick(page.side.give, LEFT)
    at_rest(page, qtbot)
    assert links(labelled) == ["", "", *["اسم جديد"] * 6]


# --- ticks ----------------------------------------------------------------------------------------


def test_ticked_spellings_stay_ticked_when_names_are_counted_again(
    labelled: Program, page: NamesPage, qtbot: QtBot
) -> None:
    QTest.mouseClick(page.side.cards[0].accept, LEFT)
    at_rest(page, qtbot)
    click(page, "ترامب")
    at_rest(page, qtbot)
    tick(page, "ترمب")
    rests_after_saving(labelled, page, qtbot)
    assert page.side.ticked() == ["ترمب"]
    page.side.field.selectAll()
    type_in(page.side.field, "آخر")
    QTest.mouseClick(page.side.give, LEFT)
    at_rest(page, qtbot)
    assert sorted(set(links(labelled))) == ["", "آخر", "ترامب"]
    assert links(labelled).count("آخر") == 2


def test_another_name_has_no_ticks(page: NamesPage, qtbot: QtBot) -> None:
    QTest.mouseClick(page.side.cards[0].accept, LEFT)
    at_rest(page, qtbot)
    click(page, "ترامب")
    tick(page, "ترمب")
    click(page, "موسكو")
    assert (page.side.ticked(), page.side.spellings.ticks) == ([], [])
    click(page, "ترامب")
    assert page.side.ticked() == []


def test_every_spelling_can_be_reached_and_ticked(many: NamesPage, qtbot: QtBot) -> None:
    spellings = many.side.spellings
    assert len(spellings.ticks) == 12
    assert spellings.more.text() == "بعدها: 88 أخرى"
    QTest.mouseClick(spellings.more, LEFT)
    assert len(spellings.ticks) == 72
    assert spellings.ticks[12].hasFocus()
    QTest.keyClick(spellings.more, KEY.Key_Space)
    assert {one.property("spelling") for one in spellings.ticks} == set(WRITTEN)
    assert not spellings.more.isVisible()
    last = str(spellings.ticks[-1].property("spelling"))
    tick(many, last)
    many.head.whose.press("everyone")
    at_rest(many, qtbot)
    assert many.side.ticked() == [last]


def test_tab_goes_through_the_spellings_to_what_can_be_done(many: NamesPage) -> None:
    spellings = many.side.spellings
    many.side.field.setFocus()
    for stop in (*spellings.ticks, spellings.more, many.side.give):
        before = QApplication.focusWidget()
        assert before is not None
        QTest.keyClick(before, KEY.Key_Tab)
        assert stop.hasFocus() or not stop.isEnabled()


# --- places ---------------------------------------------------------------------------------------


def test_one_comes_back_to_the_same_place_after_a_correction(
    labelled: Program, page: NamesPage, qtbot: QtBot
) -> None:
    click(page, "ترمب")
    at_rest(page, qtbot)
    box = page.places.visualRect(page.places.rows.index(1))
    QTest.mouseClick(page.places.viewport(), LEFT, pos=box.center())
    canvas, window = labelling_page(labelled).canvas, labelled.window
    with qtbot.waitSignal(session_of(labelled).saved, timeout=LONG):
        QTest.keyClick(canvas, KEY.Key_O)
    QTest.keyClick(canvas, KEY.Key_Escape)
    if window.paging.current == "labelling":  # the label under the caret is let go of first
        QTest.keyClick(canvas, KEY.Key_Escape)
    assert window.paging.current == "names"
    at_rest(page, qtbot)
    assert page.places.hasFocus()
    assert (page.places.row, len(page.places.rows.rows)) == (1, 2)
    assert [row.chips[0].name for row in page.places.rows.rows] == ["شخص", "ORG"]


def test_as_many_places_are_shown_as_there_were(
    program: Program, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nameswork, "_PLACES", 1)
    texts = tuple(f"عاد بوتين في اليوم {n}." for n in range(6))
    file = labelled_file(tmp_path, texts, [("بوتين", text, "PERS", 0) for text in texts])
    page = shown(opened_at(program, file, texts[0]), qtbot)
    click(page, "بوتين")
    at_rest(page, qtbot)
    model = page.places.rows
    while len(model.rows) < 4:
        model.fetchMore(page.places.rootIndex())
        at_rest(page, qtbot)
    page.places.go_to(3)
    n, told = len(model.rows), list[int]()
    model.modelReset.connect(lambda: told.append(len(model.rows)))
    page.head.whose.press("everyone")
    at_rest(page, qtbot)
    assert page.places.row == 3
    assert len(told) == 1, "the rows are there until they are looked up anew"
    assert told[0] >= n, "and the list may ask for more of itself meanwhile"
    assert model.rows[3].article == projects.sha_of(texts[3])


def test_another_name_begins_at_its_first_place(page: NamesPage, qtbot: QtBot) -> None:
    click(page, "ترمب")
    at_rest(page, qtbot)
    page.places.go_to(1)
    click(page, "ترامب")
    at_rest(page, qtbot)
    assert page.places.row == -1
    assert [ONE[row.start : row.end] for row in page.places.rows.rows] == ["ترامب"] * 2
