"""The article as a whole: topics that are judged and not yet, and answers saved one by one."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from annotator.core.model import AUTHOR, Answer, Party, Stance
from annotator.gui.forms import ManyOf, OneOf, Scale, TextForm
from annotator.gui.panels.articlecard import ArticleCard
from annotator.gui.session import Session
from tests import projects
from tests.gui import cards
from tests.gui.cards import at, click, words

NOT_YET = "لم يُحكم بعد"


@pytest.fixture
def card(session: Session, qtbot: QtBot) -> ArticleCard:
    """Return the tab of the article as a whole."""
    cards.wear(cards.ARABIC)
    made = ArticleCard(cards.ARABIC, session)
    qtbot.addWidget(made)
    made.resize(338, 1200)
    made.show()
    cards.settle(session)
    return made


def answers(session: Session) -> dict[str, tuple[str, ...]]:
    labels = cards.in_file(session).values()
    return {one.type: one.values for one in labels if isinstance(one, Answer)}


def is_dashed(widget: QWidget) -> bool:
    """Whether the frame of a row has gaps."""
    picture = widget.grab().toImage()
    middle = range(widget.width() // 4, widget.width() // 2)
    return len({picture.pixelColor(x, 0).name() for x in middle}) > 1


def test_a_topic_that_is_not_judged_says_so_and_looks_like_nothing_else(
    session: Session, card: ArticleCard
) -> None:
    topic, other = card.topics["peace-talks"], card.topics["vaccines"]
    assert words(card).count(NOT_YET) == 2
    assert is_dashed(topic)
    for value in ("neutral", "unrelated", "against"):
        cards.choose(session, topic.segments, value)
        assert not is_dashed(topic)
        assert words(topic).count(NOT_YET) == 0
        assert topic.segments.values() == (value,)

    assert NOT_YET in words(other)
    assert is_dashed(other)
    assert "حُكم في 1 من 2" in words(card)


def test_a_judgement_is_the_papers_own_stance_and_takes_nothing_in_hand(
    session: Session, card: ArticleCard
) -> None:
    cards.choose(session, card.topics["peace-talks"].segments, "favor")
    cards.choose(session, card.topics["peace-talks"].segments, "unrelated")

    (stance,) = cards.stances(session)
    assert (stance.holder, stance.target, stance.type, stance.voice) == (
        AUTHOR,
        Party("topic", "peace-talks"),
        "unrelated",
        "author",
    )
    assert session.hand == ""


def test_a_judgement_is_taken_back_by_pressing_it_again(
    session: Session, card: ArticleCard
) -> None:
    segments = card.topics["peace-talks"].segments
    cards.choose(session, segments, "favor")
    cards.choose(session, segments, "favor")

    assert cards.stances(session) == []
    assert words(card).count(NOT_YET) == 2


def test_a_judgement_keeps_the_evidence_that_was_given(session: Session, card: ArticleCard) -> None:
    evidence = at(session, "رحبت مصر")
    topic = Party("topic", "peace-talks")
    uid = cards.do(session, session.intents.add_stance(topic, "neutral", evidence=evidence))
    cards.choose(session, card.topics["peace-talks"].segments, "favor")

    (stance,) = cards.stances(session)
    assert (stance.uid, stance.type, stance.evidence) == (uid, "favor", evidence)
    assert session.hand == uid


def test_what_others_say_on_a_topic_judges_nothing(session: Session, card: ArticleCard) -> None:
    holder = Party("entity", cards.entity(session, "ترامب"))
    topic = Party("topic", "peace-talks")
    cards.do(session, session.intents.add_stance(topic, "favor", holder=holder, voice="reported"))

    assert words(card).count(NOT_YET) == 2


def test_one_of_many_is_saved_at_once_and_taken_back(session: Session, card: ArticleCard) -> None:
    form = card.questions["genre"].form
    assert isinstance(form, OneOf)
    cards.choose(session, form.segments, "opinion")
    assert answers(session) == {"genre": ("opinion",)}

    click(session, card.questions["genre"].take_back)
    assert answers(session) == {}
    assert form.segments.values() == ()


def test_boxes_are_saved_one_by_one(session: Session, card: ArticleCard) -> None:
    form = card.questions["sections"].form
    assert isinstance(form, ManyOf)
    for value in ("sport", "politics"):
        form.boxes[value].click()
        cards.settle(session)
    assert answers(session) == {"sections": ("politics", "sport")}

    for value in ("sport", "politics"):
        form.boxes[value].click()
        cards.settle(session)
    assert answers(session) == {}


def test_a_scale_names_its_ends_and_what_was_chosen(session: Session, card: ArticleCard) -> None:
    form = card.questions["quality"].form
    assert isinstance(form, Scale)
    cards.choose(session, form.segments, "2")

    assert answers(session) == {"quality": ("2",)}
    assert form.chosen.text() == "2"
    assert [one for one in words(form) if one in ("1 1", "3 3")] == ["1 1", "3 3"]


def test_a_text_is_saved_when_the_field_is_left(session: Session, card: ArticleCard) -> None:
    form = card.questions["summary"].form
    assert isinstance(form, TextForm)
    form.field.setFocus(Qt.FocusReason.TabFocusReason)
    cards.type_in(session, card, "لقاء في موسكو")
    assert answers(session) == {}

    card.questions["genre"].form.findChildren(QWidget)[1].setFocus(Qt.FocusReason.TabFocusReason)
    cards.settle(session)
    assert answers(session) == {"summary": ("لقاء في موسكو",)}


def test_a_text_is_saved_by_control_and_return_and_dropped_by_escape(
    session: Session, card: ArticleCard
) -> None:
    form = card.questions["summary"].form
    assert isinstance(form, TextForm)
    form.field.setFocus(Qt.FocusReason.TabFocusReason)
    cards.type_in(session, card, "لقاء")
    QTest.keyClick(form.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    cards.settle(session)
    assert answers(session) == {"summary": ("لقاء",)}

    cards.type_in(session, card, " آخر")
    QTest.keyClick(form.field, Qt.Key.Key_Escape)
    cards.settle(session)
    assert form.text == "لقاء"
    assert answers(session) == {"summary": ("لقاء",)}


def test_what_is_being_typed_stays_when_something_else_changes(
    session: Session, card: ArticleCard
) -> None:
    form = card.questions["summary"].form
    assert isinstance(form, TextForm)
    form.field.setFocus(Qt.FocusReason.TabFocusReason)
    cards.type_in(session, card, "لقاء")
    cards.do(session, session.intents.answer(None, "genre", ("report",)))

    assert form.text == "لقاء"


def test_an_answer_keeps_its_note(session: Session, card: ArticleCard) -> None:
    row = card.questions["genre"]
    assert row.write_note.isHidden()
    form = row.form
    assert isinstance(form, OneOf)
    cards.choose(session, form.segments, "opinion")
    click(session, row.write_note)
    cards.type_in(session, card, "<b>انظر الخاتمة</b>")
    QTest.keyClick(row.note.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    cards.settle(session)
    cards.choose(session, form.segments, "report")

    (answer,) = [one for one in cards.in_file(session).values() if isinstance(one, Answer)]
    assert (answer.values, answer.note) == (("report",), "<b>انظر الخاتمة</b>")
    assert row.note.text == "<b>انظر الخاتمة</b>"


def test_a_done_article_is_only_shown_and_can_be_reopened(
    session: Session, card: ArticleCard, qtbot: QtBot
) -> None:
    cards.do(session, session.intents.set_status("done"))

    assert not any(row.form.isEnabled() for row in card.questions.values())
    assert not any(row.segments.isEnabled() for row in card.topics.values())
    with qtbot.waitSignal(card.action_asked) as asked:
        click(session, cards.parts(card, "reopen")[0])
    assert asked.args == ["reopen"]


def test_another_article_shows_its_own_answers(session: Session, card: ArticleCard) -> None:
    form = card.questions["genre"].form
    assert isinstance(form, OneOf)
    cards.choose(session, form.segments, "opinion")
    cards.choose(session, card.topics["vaccines"].segments, "favor")
    session.show_article(projects.sha_of(1))
    cards.settle(session)

    assert form.segments.values() == ()
    assert words(card).count(NOT_YET) == 2
    assert not any(isinstance(one, Stance) for one in session.labels.values())


def test_a_segment_is_reached_and_chosen_by_keys_alone(session: Session, card: ArticleCard) -> None:
    segments = card.topics["peace-talks"].segments
    first = segments.findChildren(QWidget)[0]
    first.setFocus(Qt.FocusReason.TabFocusReason)
    cards.press_in(session, card, Qt.Key.Key_Left)
    cards.press_in(session, card, Qt.Key.Key_Space)

    assert [one.type for one in cards.stances(session)] == ["neutral"]
