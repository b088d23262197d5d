"""The card of an event: roles are filled by clicks, by digits and by new entities on the way."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from annotator.core.model import Argument, Entity, Event
from annotator.gui.panels.eventcard import EventCard
from annotator.gui.panels.hand import HandPanel
from annotator.gui.panels.wells import WellButton
from annotator.gui.session import Session
from tests.gui import cards
from tests.gui.cards import (
    at,
    click,
    entity,
    event,
    faces,
    filled,
    named,
    parts,
    press,
    uid_of,
    words,
)


@pytest.fixture
def panel(session: Session, qtbot: QtBot) -> HandPanel:
    """Return the panel with «لقاءه» in hand as a meeting; two people, two cities near it."""
    for quote, type_name in (
        ("فلاديمير بوتين", "PERS"),
        ("ترامب", "PERS"),
        ("موسكو", "GPE"),
        ("القاهرة", "GPE"),
    ):
        entity(session, quote, type_name)
    event(session, "لقاءه")
    return cards.panel_over(session, qtbot)


def card_of(panel: HandPanel) -> EventCard:
    assert isinstance(panel.card, EventCard)
    return panel.card


def test_a_click_on_an_entity_fills_the_role_that_asks(session: Session, panel: HandPanel) -> None:
    assert panel.press_entity(uid_of(session, "ترامب"))
    cards.settle(session)

    assert filled(session, session.hand) == [("actor", "ترامب")]
    assert card_of(panel).asking == "place"


def test_digits_take_the_nearest_candidates_and_numbers_go_on_after_the_fillers(
    session: Session, panel: HandPanel
) -> None:
    near = faces(panel, "near:")
    assert [(face.key, face.words) for face in near][:2] == [
        ("1", "فلاديمير بوتين"),
        ("2", "ترامب"),
    ]

    press(session, panel, "1")
    near = faces(panel, "near:")
    assert [(face.key, face.words) for face in near] == [("2", "موسكو"), ("3", "القاهرة")]

    press(session, panel, "2")
    assert filled(session, session.hand) == [("actor", "فلاديمير بوتين"), ("place", "موسكو")]


def test_a_role_holds_several_fillers_where_it_is_chosen_again(
    session: Session, panel: HandPanel
) -> None:
    press(session, panel, "1")
    card_of(panel).choose_role("actor")
    cards.settle(session)
    press(session, panel, "2")

    assert filled(session, session.hand) == [("actor", "فلاديمير بوتين"), ("actor", "ترامب")]
    assert card_of(panel).asking == "place"


def test_return_goes_on_to_the_next_role_and_back_with_shift(
    session: Session, panel: HandPanel
) -> None:
    card = card_of(panel)
    seen = [card.asking]
    for key in ("return", "return", "return", "shift return"):
        press(session, panel, key)
        seen.append(card.asking)

    assert seen == ["actor", "place", "theme", "actor", "theme"]


def test_a_role_that_was_passed_over_does_not_ask_again_by_itself(
    session: Session, panel: HandPanel
) -> None:
    press(session, panel, "1", "return")
    assert card_of(panel).asking == "theme"

    press(session, panel, "2")

    assert [role for role, _ in filled(session, session.hand)] == ["actor", "theme"]
    assert card_of(panel).asking != "place"


def test_a_click_on_a_role_makes_it_ask(session: Session, panel: HandPanel) -> None:
    click(session, named(panel, QAbstractButton, "role:theme"))

    assert card_of(panel).asking == "theme"


def test_the_numbers_in_the_text_are_those_in_the_card(session: Session, panel: HandPanel) -> None:
    press(session, panel, "1", "2")

    in_card = {face.words: face.number for face in faces(panel, "filler:")}
    in_text = {cards.quote(session, uid): number for uid, number in panel.numbers().items()}
    assert in_card == in_text == {"فلاديمير بوتين": 1, "موسكو": 2}
    assert [(link.trigger, link.role) for link in panel.links()] == [
        (session.hand, "actor"),
        (session.hand, "place"),
    ]


def test_links_are_told_when_they_change_and_gone_with_the_event(
    session: Session, panel: HandPanel, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(panel.links_changed):
        press(session, panel, "1")
    with qtbot.waitSignal(panel.links_changed):
        session.take_in_hand("")

    assert panel.links() == []
    assert panel.numbers() == {}


def test_a_filler_is_taken_out_by_its_cross_by_delete_and_by_its_shifted_digit(
    session: Session, panel: HandPanel
) -> None:
    for remove in ("cross", "delete", "digit"):
        press(session, panel, "1")
        (well,) = parts(panel, "filler:")
        assert isinstance(well, WellButton)
        if remove == "cross":
            cards.click_at(session, well, well.cross().center())
        elif remove == "delete":
            well.setFocus(Qt.FocusReason.TabFocusReason)
            QTest.keyClick(well, Qt.Key.Key_Delete)
            cards.settle(session)
        else:
            press(session, panel, "shift 1")

        assert filled(session, session.hand) == []
        assert isinstance(session.label(session.hand), Event)


def test_a_new_entity_on_the_way_is_labelled_and_fills_in_one_gesture(
    session: Session, panel: HandPanel
) -> None:
    assert panel.fill_with_new(at(session, "الرئيس"), "PERS")
    cards.settle(session)
    assert filled(session, session.hand) == [("actor", "الرئيس")]

    session.undo()
    assert filled(session, session.hand) == []
    extents = [one.extent for one in session.labels.values() if isinstance(one, Entity)]
    assert at(session, "الرئيس") not in extents


def test_an_entity_that_is_there_already_fills_and_is_not_made_twice(
    session: Session, panel: HandPanel
) -> None:
    n_before = len(session.labels)
    assert panel.fill_with_new(at(session, "ترامب"), "PERS")
    cards.settle(session)

    assert filled(session, session.hand) == [("actor", "ترامب")]
    assert len(session.labels) == n_before + 1


def test_a_new_entity_of_a_type_that_the_role_lacks_is_left_to_the_text(
    session: Session, panel: HandPanel
) -> None:
    card_of(panel).choose_role("place")

    assert not panel.fill_with_new(at(session, "الرئيس"), "PERS")
    assert not panel.fill_with_new(at(session, "لقاءه"), "GPE")


def test_a_label_that_does_not_fit_the_role_is_left_to_the_text(
    session: Session, panel: HandPanel
) -> None:
    card_of(panel).choose_role("place")

    assert not panel.press_entity(uid_of(session, "ترامب"))
    assert not panel.press_entity(session.hand)


def test_an_event_fills_a_role_and_a_circle_is_told(session: Session, panel: HandPanel) -> None:
    meeting = session.hand
    attack = event(session, "الاجتماع", "ATTACK")
    press(session, panel, "return")
    assert card_of(panel).asking == "cause"
    assert panel.press_entity(meeting)
    cards.settle(session)
    assert filled(session, attack) == [("cause", "لقاءه")]

    session.take_in_hand(meeting)
    card_of(panel).choose_role("theme")
    assert panel.press_entity(attack)
    cards.settle(session)

    assert filled(session, meeting) == []
    assert "يعود هذا إلى نفسه: اختر غيره." in words(panel)
    press(session, panel, "return")
    assert "يعود هذا إلى نفسه: اختر غيره." not in words(panel)


def test_an_argument_takes_no_more_than_two_actions(session: Session, panel: HandPanel) -> None:
    press(session, panel, "1", "2", "2")

    n_arguments = sum(isinstance(one, Argument) for one in cards.in_file(session).values())
    assert n_arguments == 3  # one action each
