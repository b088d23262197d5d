"""The tab of what is in hand: its cards, drafts, strips, emptiness, and text from people."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from annotator.core.model import Entity, Event, Label, Party, replace
from annotator.gui.look import Look
from annotator.gui.panels.eventcard import EventCard
from annotator.gui.panels.hand import HandPanel
from annotator.gui.panels.stancecard import StanceCard
from annotator.gui.session import Session
from annotator.gui.widgets.keycap import KeyCap
from annotator.gui.widgets.segments import Segments
from annotator.gui.widgets.strip import Strip
from annotator.services import projectwide
from tests import projects
from tests.gui import cards
from tests.gui.cards import at, click, entity, event, named, press, uid_of, words

HOSTILE = '<b>&<img src="file:///etc/passwd">\u202e\nابن' + "ط" * 500


@pytest.fixture
def panel(session: Session, qtbot: QtBot) -> HandPanel:
    return cards.panel_over(session, qtbot)


def held(session: Session) -> Entity:
    label = cards.in_file(session)[session.hand]
    assert isinstance(label, Entity)
    return label


def rewritten(session: Session, **fields: object) -> str:
    """Change the label in hand."""
    label: Label | None = session.label(session.hand)
    assert label is not None
    return cards.do(session, session.intents.change(replace(label, **fields)))


def test_nothing_in_hand_says_what_to_do_with_three_keys(panel: HandPanel) -> None:
    assert "حدّد كلمة ثم اضغط مفتاح نوعها" in words(panel)
    assert len(panel.findChildren(KeyCap)) == 3
    assert panel.card is None


def test_without_an_article_one_is_to_be_chosen(session: Session, panel: HandPanel) -> None:
    session.show_article("")
    cards.settle(session)

    assert "اختر مقالًا من القائمة" in words(panel)


def test_no_key_means_anything_while_nothing_is_in_hand(panel: HandPanel) -> None:
    assert not any(panel.press_key(key, False) for key in ("1", "return", "escape", "s"))
    assert not panel.press_entity("E1")
    assert not panel.mend()


def test_flag_and_more_ask_the_page(session: Session, panel: HandPanel, qtbot: QtBot) -> None:
    entity(session, "ترامب")
    with qtbot.waitSignal(panel.action_asked) as asked:
        click(session, named(panel, QAbstractButton, "flag"))
    assert asked.args == ["doubt"]


def test_letting_go_is_one_press(session: Session, panel: HandPanel) -> None:
    entity(session, "ترامب")
    click(session, named(panel, QAbstractButton, "let_go"))

    assert session.hand == ""
    assert panel.card is None


def test_a_draft_goes_when_another_label_is_taken_in_hand(
    session: Session, panel: HandPanel
) -> None:
    one, other = entity(session, "بوتين"), entity(session, "ترامب")
    panel.begin_relation()
    session.take_in_hand(one)
    cards.settle(session)
    assert not panel.has_draft
    assert panel.card is not None
    assert panel.card.uid == one

    panel.begin_stance(at(session, "موسكو"))
    assert isinstance(panel.card, StanceCard)
    session.take_in_hand(other)
    assert not panel.has_draft


def test_a_problem_is_told_with_its_repair(session: Session, panel: HandPanel) -> None:
    event(session, "لقاءه")
    strips = panel.findChildren(Strip)
    assert [one.objectName() for one in strips] == ["problem:role_missing"]
    assert any("actor" in one for one in words(panel))

    assert panel.mend()
    assert isinstance(panel.card, EventCard)
    assert panel.card.asking == "actor"


def test_a_question_to_the_lead_and_its_answer_stand_under_the_card(
    session: Session, panel: HandPanel
) -> None:
    uid = entity(session, "ترامب")
    rewritten(session, doubt="شخص أم منصب؟")
    assert "شخص أم منصب؟" in words(panel)

    projectwide.answer_doubt(session.project, uid, "شخص")
    session.read_again()
    session.take_in_hand("")
    session.take_in_hand(uid)
    cards.settle(session)
    assert {"شخص", "جواب المشرف"} <= set(words(panel))


def test_undo_of_what_is_in_hand_empties_the_tab(session: Session, panel: HandPanel) -> None:
    entity(session, "ترامب")
    session.undo()
    cards.settle(session)

    assert panel.card is None
    assert "حدّد كلمة ثم اضغط مفتاح نوعها" in words(panel)


def test_the_keyboard_stays_in_the_part_that_was_changed(
    session: Session, panel: HandPanel
) -> None:
    entity(session, "ترامب")
    segments = named(panel, Segments, "attribute:number")
    segments.findChildren(QWidget)[0].setFocus(Qt.FocusReason.TabFocusReason)
    cards.press_in(session, panel, Qt.Key.Key_Space)

    there = panel.window().focusWidget()
    assert there is not None
    assert panel.isAncestorOf(there)
    assert held(session).attributes[-1] == ("number", "one")


def test_every_button_of_a_card_is_reached_by_the_keyboard(
    session: Session, panel: HandPanel
) -> None:
    entity(session, "فلاديمير بوتين")
    event(session, "لقاءه")
    cards.settle(session)
    for button in panel.findChildren(QAbstractButton):
        group = button.parent()
        is_one_of_group = isinstance(group, Segments)  # arrows go along these
        assert is_one_of_group or button.focusPolicy() & Qt.FocusPolicy.TabFocus, button


def test_names_and_notes_full_of_html_and_controls_are_shown_literally(
    session: Session, panel: HandPanel
) -> None:
    entity(session, "ترامب")
    rewritten(session, link=HOSTILE, note=HOSTILE, doubt=HOSTILE)

    for label in panel.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText or not label.text()
        assert "\u202e" not in label.text()
        assert "\n" not in label.text()
    for widget in panel.findChildren(QWidget):
        assert not GuiQt.mightBeRichText(widget.toolTip())
    assert panel.card is not None
    assert panel.card.width() <= 338


def test_a_long_quote_keeps_the_card_within_its_panel(session: Session, panel: HandPanel) -> None:
    assert session.reading is not None
    whole = projects.extent_of(session.reading.text.split("\n")[0], session.reading.text)
    cards.do(session, session.intents.add_entity(whole, "ORG"))
    uid = event(session, "لقاءه")
    panel.press_entity(uid_of(session, whole[0].quote))
    cards.settle(session)

    assert isinstance(session.label(uid), Event)
    assert panel.card is not None
    assert panel.card.width() <= 338
    for button in panel.card.findChildren(QAbstractButton):
        corner = button.mapTo(panel.card, button.rect().topLeft())
        assert corner.x() >= 0
        assert corner.x() + button.width() <= panel.card.width()


@pytest.mark.parametrize("look", [cards.ARABIC, cards.ENGLISH], ids=["ar", "en"])
def test_no_card_is_wider_than_the_panel_at_its_least(
    session: Session, qtbot: QtBot, look: Look
) -> None:
    panel = cards.panel_over(session, qtbot, look)
    panel.resize(300, 900)
    person, city = entity(session, "ترامب"), entity(session, "القاهرة", "GPE")
    meeting = event(session, "لقاءه")
    stance = cards.do(session, session.intents.add_stance(Party("topic", "peace-talks"), "favor"))
    relation = cards.do(session, session.intents.relate("same_as", person, meeting))
    for uid in (person, city, meeting, stance, relation, ""):
        session.take_in_hand(uid)
        cards.settle(session)
        assert_fits(panel)
    panel.begin_stance(at(session, "الاجتماع القادم سيعقد في القاهرة"))
    for key in ("1", "1"):
        cards.settle(session)
        assert_fits(panel)
        press(session, panel, key)
    session.take_in_hand(city)
    panel.begin_relation()
    cards.settle(session)
    assert_fits(panel)


def assert_fits(panel: HandPanel) -> None:
    """Check that nothing that is seen lies outside the panel."""
    for widget in panel.findChildren(QWidget):
        if widget.isVisible() and widget.width():
            left = widget.mapTo(panel, widget.rect().topLeft()).x()
            assert left >= 0, widget
            right = left + widget.width()
            assert right <= panel.width(), (widget, words(panel))


def test_a_label_that_could_not_be_saved_says_so_and_cannot_be_filled(
    session: Session, panel: HandPanel
) -> None:
    person = entity(session, "ترامب")
    session.project.connection.execute("PRAGMA query_only=ON")
    session.do(session.intents.add_event(at(session, "لقاءه"), "MEET"))
    cards.settle(session)

    assert session.is_unsaved(session.hand)
    assert "لم يُحفظ" in words(panel)
    assert not panel.press_entity(person)
    session.project.connection.execute("PRAGMA query_only=OFF")
    session.try_again()
    cards.settle(session)
    assert "لم يُحفظ" not in words(panel)
    assert panel.press_entity(person)
