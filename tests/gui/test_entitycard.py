"""The card of an entity: type, subtype, attributes, shared name, head."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from annotator.core.model import Entity, Label, replace
from annotator.gui.panels.entitycard import EntityCard
from annotator.gui.panels.hand import HandPanel
from annotator.gui.session import Session
from annotator.gui.widgets.segments import Segments
from tests.gui import cards
from tests.gui.cards import at, click, entity, faces, named, parts, press

HOSTILE = '<b>&<img src="file:///etc/passwd">\u202e\nابن' + "ط" * 500


@pytest.fixture
def panel(session: Session, qtbot: QtBot) -> HandPanel:
    return cards.panel_over(session, qtbot)


def words_in(panel: HandPanel) -> list[str]:
    return [one.text() for one in panel.findChildren(QLabel)]


def held(session: Session) -> Entity:
    label = cards.in_file(session)[session.hand]
    assert isinstance(label, Entity)
    return label


def rewritten(session: Session, **fields: object) -> str:
    """Change the label in hand."""
    label: Label | None = session.label(session.hand)
    assert label is not None
    return cards.do(session, session.intents.change(replace(label, **fields)))


def test_a_new_entity_is_shown_as_being_saved_and_then_as_saved(
    session: Session, panel: HandPanel
) -> None:
    session.do(session.intents.add_entity(at(session, "ترامب"), "PERS"))
    panel.refresh()
    card = panel.card
    assert "يُحفظ" in words_in(panel)

    cards.settle(session)

    assert "يُحفظ" not in words_in(panel)
    assert panel.card is card
    assert isinstance(card, EntityCard)
    assert card.uid == session.hand


def test_a_digit_chooses_the_subtype_and_the_same_takes_it_back(
    session: Session, panel: HandPanel
) -> None:
    entity(session, "ترامب")
    press(session, panel, "2")
    assert held(session).subtype == "GROUP"
    assert [face.is_on for face in faces(panel, "near:")] == [False, True]

    press(session, panel, "2")
    assert held(session).subtype == ""


def test_a_subtype_is_chosen_by_a_click(session: Session, panel: HandPanel) -> None:
    entity(session, "ترامب")
    click(session, named(panel, QAbstractButton, "near:NAMED"))

    assert held(session).subtype == "NAMED"


def test_an_optional_attribute_is_given_and_taken_back(session: Session, panel: HandPanel) -> None:
    entity(session, "ترامب")
    assert held(session).attributes == (("mention", "NAM"),)
    cards.choose(session, named(panel, Segments, "attribute:number"), "many")
    assert held(session).attributes == (("mention", "NAM"), ("number", "many"))

    cards.choose(session, named(panel, Segments, "attribute:number"), "many")
    assert held(session).attributes == (("mention", "NAM"),)


def test_a_shared_name_is_typed_once_and_offered_afterwards(
    session: Session, panel: HandPanel
) -> None:
    entity(session, "بوتين")
    click(session, named(panel, QAbstractButton, "link"))
    cards.type_in(session, panel, "Vladimir Putin")
    cards.press_in(session, panel, Qt.Key.Key_Return)
    assert held(session).link == "Vladimir Putin"

    entity(session, "بوتين", nth=1)
    click(session, named(panel, QAbstractButton, "likely_link"))
    assert held(session).link == "Vladimir Putin"

    entity(session, "فلاديمير بوتين")
    click(session, named(panel, QAbstractButton, "link"))
    cards.type_in(session, panel, "put")
    cards.press_in(session, panel, Qt.Key.Key_Return)
    assert held(session).link == "Vladimir Putin"


def test_a_shared_name_is_taken_away(session: Session, panel: HandPanel) -> None:
    entity(session, "بوتين")
    rewritten(session, link="Vladimir Putin")
    well = named(panel, QAbstractButton, "link")
    well.setFocus(Qt.FocusReason.TabFocusReason)
    cards.press_in(session, panel, Qt.Key.Key_Delete)

    assert held(session).link == ""


def test_what_is_selected_inside_becomes_the_head(session: Session, panel: HandPanel) -> None:
    entity(session, "الرئيس فلاديمير بوتين")
    assert parts(panel, "head") == []
    panel.show_selection(at(session, "ترامب"))
    assert parts(panel, "head") == []

    panel.show_selection(at(session, "فلاديمير بوتين"))
    cards.settle(session)
    click(session, named(panel, QAbstractButton, "head"))
    assert held(session).head == at(session, "فلاديمير بوتين")

    named(panel, QAbstractButton, "head").setFocus(Qt.FocusReason.TabFocusReason)
    cards.press_in(session, panel, Qt.Key.Key_Delete)
    assert held(session).head == ()


def test_the_type_of_an_entity_is_chosen_by_typing(session: Session, panel: HandPanel) -> None:
    entity(session, "ترامب")
    panel.choose_type()
    cards.type_in(session, panel, "gpe")
    cards.press_in(session, panel, Qt.Key.Key_Return)

    assert held(session).type == "GPE"
