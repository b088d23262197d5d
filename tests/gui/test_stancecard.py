"""The card of a stance: a draft that is written when it says enough, evidence, one of each kind."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from annotator.core.model import AUTHOR, Party, Stance
from annotator.gui.panels.hand import HandPanel
from annotator.gui.panels.stancecard import StanceCard
from annotator.gui.session import Session
from annotator.gui.widgets.segments import Segments
from tests.gui import cards
from tests.gui.cards import (
    at,
    click,
    entity,
    event,
    faces,
    named,
    parts,
    press,
    stances,
    uid_of,
    words,
)

PEACE = Party("topic", "peace-talks")
DRAFT = "مسودة لم تُحفظ"


@pytest.fixture
def panel(session: Session, qtbot: QtBot) -> HandPanel:
    """Return the panel over an article with two people, a city and a meeting, nothing in hand."""
    for quote, type_name in (("فلاديمير بوتين", "PERS"), ("ترامب", "PERS"), ("موسكو", "GPE")):
        entity(session, quote, type_name)
    event(session, "لقاءه")
    session.take_in_hand("")
    return cards.panel_over(session, qtbot)


def card_of(panel: HandPanel) -> StanceCard:
    assert isinstance(panel.card, StanceCard)
    return panel.card


def test_a_new_stance_is_a_draft_and_nothing_is_written(session: Session, panel: HandPanel) -> None:
    n_before = len(cards.in_file(session))
    panel.begin_stance(at(session, "كان مفيدًا"))
    press(session, panel, "3", "1")

    assert panel.has_draft
    assert DRAFT in words(panel)
    assert len(cards.in_file(session)) == n_before
    assert not session.unsaved


def test_evidence_holder_target_and_value_take_five_actions(
    session: Session, panel: HandPanel
) -> None:
    panel.begin_stance(at(session, "كان مفيدًا"))  # two: to select, and S
    press(session, panel, "3", "1", "3")

    (stance,) = stances(session)
    assert (stance.holder, stance.target, stance.type, stance.voice, stance.evidence) == (
        Party("entity", uid_of(session, "ترامب")),
        PEACE,
        "favor",
        "reported",
        at(session, "كان مفيدًا"),
    )
    assert session.hand == stance.uid
    assert not panel.has_draft
    assert DRAFT not in words(panel)


def test_the_same_by_clicks_in_text_and_card(session: Session, panel: HandPanel) -> None:
    panel.begin_stance(at(session, "كان مفيدًا"))
    cards.settle(session)
    assert panel.press_entity(uid_of(session, "ترامب"))
    cards.settle(session)
    click(session, named(panel, QAbstractButton, "near:topic:peace-talks"))
    click(session, named(panel, QAbstractButton, "value:against"))

    (stance,) = stances(session)
    assert (stance.holder.ref, stance.target, stance.type) == (
        uid_of(session, "ترامب"),
        PEACE,
        "against",
    )


def test_the_parts_can_be_said_in_any_order(session: Session, panel: HandPanel) -> None:
    panel.begin_stance(at(session, "كان مفيدًا"))
    cards.settle(session)
    click(session, named(panel, QAbstractButton, "clause:value"))
    press(session, panel, "3")
    click(session, named(panel, QAbstractButton, "clause:target"))
    press(session, panel, "1")
    (written,) = stances(session)
    assert (written.holder, written.voice) == (AUTHOR, "author")

    assert panel.press_entity(uid_of(session, "ترامب"))
    cards.settle(session)
    (stance,) = stances(session)
    assert stance.uid == written.uid
    assert (stance.holder.ref, stance.voice) == (uid_of(session, "ترامب"), "reported")


def test_return_leaves_the_stance_to_the_paper(session: Session, panel: HandPanel) -> None:
    panel.begin_stance()
    press(session, panel, "return", "1", "2")

    (stance,) = stances(session)
    assert (stance.holder, stance.voice, stance.type, stance.evidence) == (
        AUTHOR,
        "author",
        "neutral",
        (),
    )
    assert card_of(panel).asking == ""


def test_an_event_can_be_a_target_and_not_a_holder(session: Session, panel: HandPanel) -> None:
    panel.begin_stance(at(session, "كان مفيدًا"))
    cards.settle(session)
    meeting = uid_of(session, "لقاءه")
    assert panel.press_entity(meeting)
    press(session, panel, "1", "3")

    (stance,) = stances(session)
    assert (stance.holder, stance.target) == (AUTHOR, Party("event", meeting))


def test_a_voice_that_was_chosen_stays_when_the_holder_changes(
    session: Session, panel: HandPanel
) -> None:
    panel.begin_stance(at(session, "كان مفيدًا"))
    cards.settle(session)
    cards.choose(session, named(panel, Segments, "voice"), "author")
    press(session, panel, "2", "1", "3")

    (stance,) = stances(session)
    assert stance.voice == "author"


def test_the_same_stance_again_is_opened_and_gets_the_evidence(
    session: Session, panel: HandPanel
) -> None:
    panel.label_asked.connect(session.take_in_hand)
    panel.begin_stance(at(session, "كان مفيدًا"))
    press(session, panel, "2", "1", "3")
    panel.begin_stance(at(session, "رحبت مصر"))
    press(session, panel, "2", "1", "1")

    (stance,) = stances(session)
    assert stance.type == "favor"
    assert [quote for _, _, quote in stance.evidence] == ["كان مفيدًا", "رحبت مصر"]
    assert session.hand == stance.uid
    assert "هذا الموقف موجود من قبل، وقد فُتح." in words(panel)


def test_a_stance_of_the_paper_is_not_taken_for_meant_before_the_holder_is_said(
    session: Session, panel: HandPanel
) -> None:
    panel.label_asked.connect(session.take_in_hand)
    cards.do(session, session.intents.add_stance(PEACE, "neutral"))
    panel.begin_stance(at(session, "كان مفيدًا"))
    cards.settle(session)
    click(session, named(panel, QAbstractButton, "clause:target"))
    press(session, panel, "1")
    click(session, named(panel, QAbstractButton, "clause:value"))
    press(session, panel, "3")

    assert panel.has_draft
    assert [one.evidence for one in stances(session)] == [()]
    press(session, panel, "2")
    assert sorted(one.type for one in stances(session)) == ["favor", "neutral"]


def test_a_change_into_a_stance_that_is_there_opens_that_one(
    session: Session, panel: HandPanel
) -> None:
    panel.label_asked.connect(session.take_in_hand)
    first = cards.do(session, session.intents.add_stance(PEACE, "neutral"))
    holder = Party("entity", uid_of(session, "ترامب"))
    cards.do(session, session.intents.add_stance(PEACE, "favor", holder=holder, voice="reported"))
    click(session, named(panel, QAbstractButton, "clause:holder"))
    press(session, panel, "1")

    assert session.hand == first
    assert len(stances(session)) == 2


def test_evidence_is_added_from_the_selection_and_taken_out(
    session: Session, panel: HandPanel
) -> None:
    panel.begin_stance(at(session, "كان مفيدًا"))
    press(session, panel, "1", "1", "3")
    assert not named(panel, QAbstractButton, "add_evidence").isEnabled()

    panel.show_selection(at(session, "رحبت مصر"))
    cards.settle(session)
    click(session, named(panel, QAbstractButton, "add_evidence"))
    panel.show_selection(at(session, "الاجتماع القادم"))
    press(session, panel, "shift s")
    (stance,) = stances(session)
    assert [span.quote for span in stance.evidence] == ["كان مفيدًا", "الاجتماع القادم", "رحبت مصر"]

    press(session, panel, "shift 2")
    well = named(panel, QAbstractButton, "evidence:0")
    well.setFocus(Qt.FocusReason.TabFocusReason)
    cards.press_in(session, panel, Qt.Key.Key_Delete)
    (stance,) = stances(session)
    assert [span.quote for span in stance.evidence] == ["رحبت مصر"]


def test_without_evidence_the_whole_article_is_meant(session: Session, panel: HandPanel) -> None:
    cards.do(session, session.intents.add_stance(PEACE, "neutral"))

    assert "المقال كله" in words(panel)


def test_letting_go_of_a_draft_leaves_nothing(session: Session, panel: HandPanel) -> None:
    before = cards.in_file(session)
    panel.begin_stance(at(session, "كان مفيدًا"))
    press(session, panel, "2")
    panel.let_go()
    cards.settle(session)

    assert not panel.has_draft
    assert panel.card is None
    assert cards.in_file(session) == before


def test_the_holder_is_not_offered_as_its_own_target(session: Session, panel: HandPanel) -> None:
    panel.begin_stance(at(session, "كان مفيدًا"))
    press(session, panel, "3")

    offered = [face.words for face in faces(panel, "near:")]
    assert offered[:2] == ["محادثات السلام", "vaccines"]
    assert "ترامب" not in offered


def test_a_stance_in_a_done_article_is_only_shown(session: Session, panel: HandPanel) -> None:
    uid = cards.do(session, session.intents.add_stance(PEACE, "neutral"))
    cards.do(session, session.intents.set_status("done"))
    session.take_in_hand(uid)
    panel.show_selection(at(session, "رحبت مصر"))
    cards.settle(session)

    assert not named(panel, QAbstractButton, "clause:holder").isEnabled()
    assert not named(panel, Segments, "voice").isEnabled()
    assert not panel.press_key("return", False)
    assert not panel.press_key("s", True)
    assert parts(panel, "add_evidence") == []
    panel.begin_stance(at(session, "رحبت مصر"))
    assert not panel.has_draft


def test_attributes_of_a_stance_are_saved(session: Session, panel: HandPanel) -> None:
    cards.do(session, session.intents.add_stance(PEACE, "neutral"))
    cards.choose(session, named(panel, Segments, "attribute:strength"), "strong")

    (stance,) = stances(session)
    assert stance.attributes == (("strength", "strong"),)
    assert isinstance(session.label(session.hand), Stance)
