"""The card of a relation: a draft that asks for its type and its other end, and what is there."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from annotator.core.model import Relation
from annotator.gui.panels.hand import HandPanel
from annotator.gui.panels.relationcard import RelationCard
from annotator.gui.session import Session
from annotator.gui.widgets.segments import Segments
from tests.gui import cards
from tests.gui.cards import click, entity, faces, named, parts, press, words

HOSTILE = '<b>&<img src="file:///etc/passwd">\u202e\nابن' + "ط" * 500


@pytest.fixture
def panel(session: Session, qtbot: QtBot) -> HandPanel:
    return cards.panel_over(session, qtbot)


def relations(session: Session) -> list[Relation]:
    return [one for one in cards.in_file(session).values() if isinstance(one, Relation)]


def test_the_only_relation_allowed_asks_for_its_other_end_at_once(
    session: Session, panel: HandPanel
) -> None:
    other = entity(session, "بوتين")
    source = entity(session, "فلاديمير بوتين")
    panel.begin_relation()
    cards.settle(session)
    assert panel.has_draft
    assert relations(session) == []

    assert panel.press_entity(other)
    cards.settle(session)

    (relation,) = relations(session)
    assert (relation.type, relation.source, relation.target) == ("same_as", source, other)
    assert isinstance(panel.card, RelationCard)
    assert "علاقة متماثلة: لا فرق أيّ الطرفين أول." in words(panel)


def test_of_several_relations_one_is_chosen_by_its_digit(
    session: Session, panel: HandPanel
) -> None:
    city = entity(session, "القاهرة", "GPE")
    land = entity(session, "مصر", "GPE")
    session.take_in_hand(city)
    panel.begin_relation()
    press(session, panel, "2", "1")

    (relation,) = relations(session)
    assert (relation.type, relation.source, relation.target) == ("part_of", city, land)
    assert relation.attributes == (("sure", "yes"),)
    cards.choose(session, named(panel, Segments, "attribute:sure"), "no")
    assert relations(session)[0].attributes == (("sure", "no"),)


def test_a_relation_is_chosen_by_typing_its_name(session: Session, panel: HandPanel) -> None:
    entity(session, "مصر", "GPE")
    entity(session, "القاهرة", "GPE")
    panel.begin_relation()
    press(session, panel, "0")
    cards.type_in(session, panel, "part")
    cards.press_in(session, panel, Qt.Key.Key_Return)
    press(session, panel, "1")

    assert [one.type for one in relations(session)] == ["part_of"]


def test_relations_stand_in_the_card_of_both_ends_and_can_be_removed(
    session: Session, panel: HandPanel, qtbot: QtBot
) -> None:
    one, other = entity(session, "بوتين"), entity(session, "فلاديمير بوتين")
    relation = cards.do(session, session.intents.relate("same_as", one, other))
    for end, quote in ((one, "فلاديمير بوتين"), (other, "بوتين")):
        session.take_in_hand(end)
        cards.settle(session)
        assert [face.words for face in faces(panel, "relation:")] == [quote]

    with qtbot.waitSignal(panel.label_asked) as asked:
        click(session, parts(panel, "relation:")[0])
    assert asked.args == [relation]
    parts(panel, "relation:")[0].setFocus(Qt.FocusReason.TabFocusReason)
    cards.press_in(session, panel, Qt.Key.Key_Delete)
    assert relations(session) == []


def test_what_cannot_be_related_is_told(session: Session, panel: HandPanel) -> None:
    panel.begin_relation()
    cards.settle(session)
    assert "خذ كيانًا أو حدثًا في اليد أولًا." in words(panel)

    source = entity(session, "ترامب")
    panel.begin_relation()
    assert panel.press_entity(source)
    cards.settle(session)
    assert "يعود هذا إلى نفسه: اختر غيره." in words(panel)
    assert relations(session) == []


def test_another_end_is_given_to_a_relation_that_is_there(
    session: Session, panel: HandPanel
) -> None:
    one, other = entity(session, "بوتين"), entity(session, "فلاديمير بوتين")
    third = entity(session, "ترامب")
    cards.do(session, session.intents.relate("same_as", one, other))
    click(session, named(panel, QAbstractButton, "clause:target"))
    assert panel.press_entity(third)
    cards.settle(session)

    assert [relation.target for relation in relations(session)] == [third]
