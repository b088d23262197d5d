"""The card of an event beside its roles: type, attributes, states, and an article that is done."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from annotator.core.model import Entity, Event, Label, replace
from annotator.gui.panels.chooser import Chooser
from annotator.gui.panels.eventcard import EventCard
from annotator.gui.panels.hand import HandPanel
from annotator.gui.session import Session
from annotator.gui.widgets.segments import Segments
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


def test_a_required_role_that_is_empty_is_told(session: Session, panel: HandPanel) -> None:
    assert "مطلوب" in words(panel)
    assert "*" in words(panel)

    press(session, panel, "1")

    assert "مطلوب" not in words(panel)
    assert "*" in words(panel)


def test_the_type_is_chosen_by_typing_a_part_of_its_name(
    session: Session, panel: HandPanel
) -> None:
    click(session, named(panel, QAbstractButton, "type"))
    chooser = panel.findChild(Chooser)
    assert chooser is not None
    cards.type_in(session, panel, "atta")
    cards.press_in(session, panel, Qt.Key.Key_Return)

    label = session.label(session.hand)
    assert isinstance(label, Event)
    assert label.type == "ATTACK"
    assert cards.in_file(session)[label.uid] == label
    assert panel.findChild(Chooser) is None


def test_leaving_the_list_of_types_changes_nothing(
    session: Session, panel: HandPanel, qtbot: QtBot
) -> None:
    before = session.label(session.hand)
    panel.choose_type()
    with qtbot.waitSignal(panel.text_asked):
        cards.press_in(session, panel, Qt.Key.Key_Escape)

    assert panel.findChild(Chooser) is None
    assert session.label(session.hand) == before


def test_all_candidates_are_found_by_typing(session: Session, panel: HandPanel) -> None:
    press(session, panel, "0")
    cards.type_in(session, panel, "بوت")
    cards.press_in(session, panel, Qt.Key.Key_Return)

    assert filled(session, session.hand) == [("actor", "فلاديمير بوتين")]


def test_attributes_show_all_values_and_are_saved_at_once(
    session: Session, panel: HandPanel
) -> None:
    segments = named(panel, Segments, "attribute:polarity")
    assert segments.values() == ("positive",)

    cards.choose(session, segments, "negative")

    label = cards.in_file(session)[session.hand]
    assert isinstance(label, Event)
    assert label.attributes == (("polarity", "negative"),)
    assert named(panel, Segments, "attribute:polarity").values() == ("negative",)


def test_a_card_keeps_the_role_that_was_chosen_when_its_event_gets_its_uid(
    session: Session, panel: HandPanel
) -> None:
    session.do(session.intents.add_event(at(session, "الاجتماع"), "MEET"))
    card = card_of(panel)
    assert panel.press_key("return", False)
    cards.settle(session)

    assert card_of(panel) is card
    assert card.uid == session.hand
    assert card.asking == "place"


def test_a_filler_that_is_not_saved_yet_looks_so(session: Session, panel: HandPanel) -> None:
    panel.press_entity(uid_of(session, "ترامب"))
    panel.refresh()
    assert [face.state for face in faces(panel, "filler:")] == ["pending"]

    cards.settle(session)
    assert [face.state for face in faces(panel, "filler:")] == [""]


def test_a_filler_that_was_given_another_type_is_shown_as_wrong_with_its_repair(
    session: Session, panel: HandPanel
) -> None:
    press(session, panel, "1", "2")
    meeting = session.hand
    city = session.label(uid_of(session, "موسكو"))
    assert isinstance(city, Entity)
    cards.do(session, session.intents.retype(city, "PERS"))
    session.take_in_hand(meeting)
    cards.settle(session)

    states = {face.words: face.state for face in faces(panel, "filler:")}
    assert states == {"فلاديمير بوتين": "", "موسكو": "wrong"}
    assert panel.mend()
    cards.settle(session)
    assert session.problems == {}


def test_a_done_article_shows_all_and_changes_nothing(session: Session, panel: HandPanel) -> None:
    press(session, panel, "1")
    before = cards.in_file(session)
    meeting = session.hand
    cards.do(session, session.intents.set_status("done"))
    session.take_in_hand(meeting)
    cards.settle(session)

    assert not panel.press_entity(uid_of(session, "موسكو"))
    assert not panel.press_key("return", False)
    assert not panel.press_key("1", True)
    assert parts(panel, "near:") == []
    assert not named(panel, QAbstractButton, "type").isEnabled()
    assert not named(panel, Segments, "attribute:polarity").isEnabled()
    assert [face.is_removable for face in faces(panel, "filler:")] == [False]
    assert cards.in_file(session) == before


def test_reopening_is_asked_for_by_its_button(
    session: Session, panel: HandPanel, qtbot: QtBot
) -> None:
    cards.do(session, session.intents.set_status("done"))

    with qtbot.waitSignal(panel.action_asked) as asked:
        click(session, named(panel, QAbstractButton, "reopen"))

    assert asked.args == ["reopen"]


def test_what_cannot_be_told_by_type_is_still_shown_with_its_role(
    session: Session, panel: HandPanel
) -> None:
    press(session, panel, "1", "2")
    meeting = session.label(session.hand)
    assert isinstance(meeting, Event)
    cards.do(session, session.intents.retype(meeting, "ATTACK"))

    assert [one.objectName() for one in parts(panel, "filler:")] != []
    assert [role for role, _ in filled(session, session.hand)] == ["actor", "place"]
    assert any(
        problem.code == "unknown_role" for found in session.problems.values() for problem in found
    )


def test_a_note_stands_in_the_card_as_it_was_written(session: Session, panel: HandPanel) -> None:
    label: Label | None = session.label(session.hand)
    assert label is not None
    cards.do(session, session.intents.change(replace(label, note="<b>مهم</b>\u202e")))

    assert "<b>مهم</b>[U+202E]" in words(panel)


def test_an_event_can_be_filled_in_the_moment_in_which_it_is_made(
    session: Session, panel: HandPanel
) -> None:
    session.do(session.intents.add_event(at(session, "الاجتماع"), "MEET"))
    assert panel.press_key("1")
    assert panel.press_key("2")
    cards.settle(session)

    assert [role for role, _ in filled(session, session.hand)] == ["actor", "place"]


def test_the_card_follows_the_session_by_itself(
    session: Session, panel: HandPanel, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(panel.links_changed):
        session.do(session.intents.fill(session.hand, "actor", uid_of(session, "ترامب")))

    qtbot.waitUntil(lambda: [face.words for face in faces(panel, "filler:")] == ["ترامب"])
    assert panel.numbers() == {uid_of(session, "ترامب"): 1}
