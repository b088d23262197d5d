"""Names are counted, the first articles before the others, and looked for on their page."""

from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.gui.pages import nameswork
from annotator.gui.pages.names import NamesPage
from annotator.gui.program import Program
from annotator.services import labelling
from annotator.store import namedmentions
from annotator.store.namedmentions import Counted, Stretch
from annotator.store.project import Project
from tests import projects
from tests.gui.asking import LONG, type_in
from tests.gui.namespages import (
    KEY,
    LEFT,
    OTHER,
    at_rest,
    beginning,
    click,
    labelled_file,
    links,
    listed,
    opened_at,
    shown,
)
from tests.gui.onpage import session_of


@pytest.fixture
def labelled(program: Program, tmp_path: Path) -> Program:
    """Return the program with a project open in which names are labelled."""
    return opened_at(program, labelled_file(tmp_path))


@pytest.fixture
def page(labelled: Program, qtbot: QtBot) -> NamesPage:
    """Return the page, shown, with all names counted."""
    return shown(labelled, qtbot)


def test_the_place_of_the_places_says_what_belongs_there(page: NamesPage, qtbot: QtBot) -> None:
    assert page.places.none.isVisible()
    assert page.places.none.sentence.text() == "اختر اسمًا تظهر مواضعه هنا."

    click(page, "موسكو")
    at_rest(page, qtbot)
    assert not page.places.none.isVisible()
    assert page.places.rows.rows


def test_names_are_looked_for_filtered_and_ordered(page: NamesPage, qtbot: QtBot) -> None:
    type_in(page.head.field, "تَرم")
    at_rest(page, qtbot)
    assert listed(page) == ["ترمب"]
    assert page.head.count.text() == "اسم واحد من 4"
    page.head.field.clear()
    at_rest(page, qtbot)
    page.head.type.setCurrentIndex(page.head.type.findData("ORG"))
    assert listed(page) == ["موسكو"]
    page.head.type.setCurrentIndex(0)
    page.head.order.press("name")
    assert listed(page) == ["بوتين", "ترامب", "ترمب", "موسكو"]
    type_in(page.head.field, "لا أحد كهذا")
    at_rest(page, qtbot)
    assert page.stack.currentWidget() is page.none
    page.head.whose.press("everyone")
    at_rest(page, qtbot)
    (card,) = page.side.cards
    assert {one.shown for one in card.proposal.names} == {"ترامب", "ترمب"}


def test_the_first_articles_are_shown_while_the_others_are_counted(
    labelled: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nameswork, "FIRST", 1)
    monkeypatch.setattr("annotator.services.names._AT_ONCE", 1)
    taken: list[int] = []
    counted = namedmentions.counted

    def noted(project: Project, there: Stretch, who: str, me: str) -> list[Counted]:
        taken.append(there.last)
        return counted(project, there, who, me)

    monkeypatch.setattr(namedmentions, "counted", noted)
    page = beginning(labelled)
    with qtbot.waitSignal(page.list.rows.modelReset, timeout=LONG):
        assert listed(page) == []
    assert (listed(page), page.head.count.text()) == (["ترامب", "موسكو"], "اسمان حتى الآن")
    at_rest(page, qtbot)
    assert listed(page) == ["ترامب", "ترمب", "موسكو", "بوتين"]
    assert page.head.count.text() == "4 أسماء"
    assert taken == [1, 2], "no article is counted twice"
    assert len(page.side.cards) == 1


def test_the_list_waits_until_nobody_types(page: NamesPage, qtbot: QtBot) -> None:
    told: list[int] = []
    page.list.rows.modelReset.connect(lambda: told.append(1))
    type_in(page.head.field, "ترم")
    assert (told, len(listed(page))) == ([], 4)
    at_rest(page, qtbot)
    assert (told, listed(page)) == ([1], ["ترمب"])
    page.head.field.clear()
    type_in(page.head.field, "موس")
    QTest.keyClick(page.head.field, KEY.Key_Return)
    assert (told, listed(page)) == ([1, 1], ["موسكو"])
    assert page.list.hasFocus()
    assert not page.head.is_waiting


def test_a_proposal_is_chosen_in_the_list_though_something_was_typed(
    page: NamesPage, qtbot: QtBot
) -> None:
    type_in(page.head.field, "موسكو")
    at_rest(page, qtbot)
    QTest.mouseClick(page.side.cards[0].choose, LEFT)
    assert [one.shown for one in page.list.names()] == ["ترامب", "ترمب"]
    assert page.head.field.text() == ""


def test_not_the_same_gives_no_name_that_others_have(
    labelled: Program, page: NamesPage, qtbot: QtBot
) -> None:
    project = session_of(labelled).project
    layer = projects.layer_of(project, "عمر", OTHER)
    extent = projects.extent_of("بوتين", OTHER)
    labelling.add_entity(project, layer, extent, "PERS", link="ترمب")
    assert page.head.is_mine
    QTest.mouseClick(page.side.cards[0].refuse, LEFT)
    at_rest(page, qtbot)
    assert links(labelled) == ["", "", "", "ترامب", "ترامب", "ترمب (2)", "ترمب (2)"]
