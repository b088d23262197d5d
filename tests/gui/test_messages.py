"""The messages bar, and the sentences that tell what was saved."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.core.model import AUTHOR, Entity, Party, replace
from annotator.core.operations import Operation
from annotator.gui import dressing
from annotator.gui.look import Look
from annotator.gui.models.told import Teller
from annotator.gui.panels.messages import MessagesBar
from annotator.gui.session import Saved, Session
from tests.gui.cards import ARABIC, ENGLISH, at, do, entity, event

Shown = Callable[..., MessagesBar]


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    def show(look: Look = ARABIC, width: int = 1000) -> MessagesBar:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            dressing.dress(application, look)
        bar = MessagesBar(look)
        qtbot.addWidget(bar)
        bar.resize(width, bar.height())
        bar.show()
        QApplication.processEvents()
        return bar

    return show


class Heard:
    """The sentences that a session's signals are told with."""

    def __init__(self, session: Session, look: Look) -> None:
        self._session, self._teller = session, Teller(session.schema, look.language)
        self.said: list[str] = []
        session.saved.connect(self._on_saved)
        session.taken_back.connect(self._on_taken_back)

    def _on_saved(self, saved: Saved) -> None:
        self.said.append(_bare(self._teller.saved(saved, self._session)))

    def _on_taken_back(self, operation: Operation, kind: str) -> None:
        self.said.append(_bare(self._teller.taken_back(operation, kind, self._session)))


def _bare(sentence: str) -> str:
    """Return `sentence` without what only sets its parts off from one another."""
    return sentence.translate(dict.fromkeys((0x2068, 0x2069, 0x200E)))


def test_other_trouble_stands_behind_what_is_not_saved_and_takes_no_button_away(
    shown: Shown,
) -> None:
    bar = shown(ENGLISH)
    bar.tell_trouble("Not saved: the file is gone.", "try_again", "Try again")
    bar.tell_trouble("It is damaged.")
    bar.tell_trouble("No backup is kept.", "check_file")

    assert bar.sentence.text() == "Not saved: the file is gone. No backup is kept."
    assert bar.act.text() == "Try again"
    assert bar.copy.isVisible()
    asked: list[str] = []
    bar.action_asked.connect(asked.append)
    QTest.mouseClick(bar.act, Qt.MouseButton.LeftButton)
    assert asked == ["try_again"]
    bar.tell_trouble("It is damaged.")
    assert bar.sentence.text() == "It is damaged."
    assert not bar.copy.isVisible()


# --- the bar -------------------------------------------------------------------------------------


def test_what_was_saved_is_told_with_its_undo(shown: Shown, qtbot: QtBot) -> None:
    bar = shown()
    assert not bar.undo.isVisible()
    bar.tell_saved("حُفظ: «لقاء»")
    assert bar.sentence.text() == "حُفظ: «لقاء»"
    with qtbot.waitSignal(bar.action_asked) as asked:
        QTest.mouseClick(bar.undo, Qt.MouseButton.LeftButton)
    assert asked.args == ["undo"]
    bar.tell("شيء")
    assert not bar.undo.isVisible()


def test_a_failure_stays_until_it_is_read_and_what_came_meanwhile_is_told_then(
    shown: Shown,
) -> None:
    bar = shown()
    bar.tell_trouble("لم يُحفظ", "try_again")
    bar.tell_saved("حُفظ: أول")
    bar.tell_saved("حُفظ: ثانٍ")
    assert bar.sentence.text() == "لم يُحفظ"
    QTest.mouseClick(bar.read, Qt.MouseButton.LeftButton)
    assert bar.sentence.text() == "حُفظ: ثانٍ"
    assert not bar.read.isVisible()


def test_the_button_of_a_failure_asks_for_its_action(shown: Shown, qtbot: QtBot) -> None:
    bar = shown()
    bar.tell_trouble("لم يُحفظ", "try_again", "حاول ثانية")
    assert bar.act.text() == "حاول ثانية"
    with qtbot.waitSignal(bar.action_asked) as asked:
        QTest.mouseClick(bar.act, Qt.MouseButton.LeftButton)
    assert asked.args == ["try_again"]
    assert not bar.has_trouble
    bar.tell_trouble("لم يُحفظ")
    assert not bar.act.isVisible()
    bar.trouble_over()
    assert not bar.has_trouble


def test_counts_take_their_plural_forms(session: Session, shown: Shown) -> None:
    entity(session, "موسكو", "GPE")
    event(session, "لقاء")
    for look, told in (
        (ARABIC, ["وسمان", "حدث واحد", "لا مواقف", "150%"]),
        (ENGLISH, ["2 labels", "1 event", "No stances", "150%"]),
    ):
        bar = shown(look)
        bar.set_counts(session.labels.values(), 33)
        texts = [label.text() for label in bar.counts]
        assert texts == told


def test_a_long_sentence_is_cut_and_told_whole(shown: Shown) -> None:
    bar = shown(width=640)
    bar.set_counts((), 22)
    bar.tell_trouble("لم يُحفظ: القرص ممتلئ. " * 12, "try_again")
    QApplication.processEvents()
    assert bar.sentence.is_cut
    assert "القرص ممتلئ" in bar.sentence.toolTip()
    assert bar.read.geometry().left() >= 0
    assert bar.height() == 30


def test_the_sentence_comes_in_slowly_and_is_whole_soon(shown: Shown, qtbot: QtBot) -> None:
    bar = shown()
    bar.tell_saved("حُفظ")
    qtbot.waitUntil(lambda: bar.sentence.graphicsEffect() is None, timeout=1000)


def test_where_the_system_wants_no_motion_nothing_fades(
    shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    bar = shown()
    monkeypatch.setattr(type(bar.style()), "styleHint", lambda *_: 0)
    bar.tell_saved("حُفظ")
    assert bar.sentence.graphicsEffect() is None


# --- the sentences -------------------------------------------------------------------------------


def test_new_labels_fillers_and_removals_are_told_by_their_quotes(session: Session) -> None:
    heard = Heard(session, ARABIC)
    man = entity(session, "ترامب")
    meeting = event(session, "لقاء")
    do(session, session.intents.fill(meeting, "actor", man))
    do(session, session.intents.remove(meeting))
    session.undo()
    session.redo()
    assert heard.said == [
        "حُفظ: «ترامب»، شخص",
        "حُفظ: «لقاء»، MEET",
        "حُفظ: «ترامب»: actor في «لقاء»",
        "حُذف: «لقاء»، MEET، ومعه: «ترامب»: actor في «لقاء»",
        "تُراجع عنه: حذف «لقاء»، MEET، ومعه: «ترامب»: actor في «لقاء»",
        "أُعيد: حذف «لقاء»، MEET، ومعه: «ترامب»: actor في «لقاء»",
    ]


def test_a_new_filler_made_on_the_way_is_told_as_a_filler(session: Session) -> None:
    heard = Heard(session, ENGLISH)
    meeting = event(session, "لقاء")
    do(session, session.intents.fill_with_new(meeting, "place", at(session, "موسكو"), "GPE"))
    assert heard.said[-1] == "Saved: “موسكو” as place of “لقاء”"


def test_changes_are_told_by_what_is_different(session: Session) -> None:
    heard = Heard(session, ARABIC)
    uid = entity(session, "ترامب")
    heard.said.clear()
    for more in (
        {"type": "ORG", "attributes": ()},
        {"extent": at(session, "بوتين")},
        {"note": "راجعها"},
        {"note": ""},
        {"doubt": "شخص؟"},
        {"doubt": ""},
        {"link": "بوتين"},
    ):
        label = session.label(uid)
        assert isinstance(label, Entity)
        do(session, session.intents.change(replace(label, **more)))
    assert heard.said == [
        "حُفظ: صار «ترامب»، ORG",
        "حُفظ: صار «بوتين»، ORG، في موضع آخر",
        "حُفظ: ملاحظة على «بوتين»",
        "حُفظ: لم تبق ملاحظة على «بوتين»",
        "حُفظ: سؤال على «بوتين»",
        "حُفظ: لم يبق سؤال على «بوتين»",
        "حُفظ: تفاصيل «بوتين»",
    ]


def test_stances_relations_answers_and_statuses_are_told(session: Session) -> None:
    heard = Heard(session, ARABIC)
    city, other = entity(session, "موسكو", "GPE"), entity(session, "القاهرة", "GPE")
    heard.said.clear()
    do(session, session.intents.relate("part_of", city, other))
    do(session, session.intents.add_stance(Party("topic", "peace-talks"), "favor", holder=AUTHOR))
    do(session, session.intents.answer(None, "genre", ("report",)))
    do(session, session.intents.set_status("done"))
    do(session, session.intents.set_status("started"))
    assert heard.said == [
        "حُفظ: «موسكو»، part_of، «القاهرة»",
        "حُفظ: موقف الصحيفة من محادثات السلام: favor",
        "حُفظ: genre: report",
        "حُفظ: المقال منجز",
        "حُفظ: أُعيد فتح المقال",
    ]


def test_what_would_go_is_told_before_it_goes(session: Session) -> None:
    man, meeting = entity(session, "ترامب"), event(session, "لقاء")
    do(session, session.intents.fill(meeting, "actor", man))
    teller = Teller(session.schema, ARABIC.language)
    told = teller.would_go(session.label(man), session.going_with(man), session)
    assert _bare(told) == "يُحذف مع «ترامب»: «ترامب»: actor في «لقاء». كرّر الأمر لحذفها كلها."


def test_of_many_that_would_go_the_first_are_named_and_the_others_counted(session: Session) -> None:
    man, meeting = entity(session, "ترامب"), event(session, "لقاء")
    do(session, session.intents.fill(meeting, "actor", man))
    (argument,) = session.going_with(man)
    teller = Teller(session.schema, ARABIC.language)
    told = _bare(teller.would_go(session.label(man), [argument] * 5, session))
    one = "«ترامب»: actor في «لقاء»"
    assert told == f"يُحذف مع «ترامب»: {one}؛ و4 غيرها. كرّر الأمر لحذفها كلها."


def test_where_a_removed_label_lay_is_known(session: Session, qtbot: QtBot) -> None:
    uid = entity(session, "موسكو", "GPE")
    span = at(session, "موسكو")[0]
    teller = Teller(session.schema, ARABIC.language)
    with qtbot.waitSignal(session.taken_back) as undone:
        session.undo()
    assert undone.args is not None
    assert teller.place_before(undone.args[0]) == (span.start, span.end)
    assert session.label(uid) is None


def test_quotes_of_other_directions_stay_apart(session: Session) -> None:
    told: list[str] = []
    teller = Teller(session.schema, ENGLISH.language)
    session.saved.connect(lambda saved: told.append(teller.saved(saved, session)))
    entity(session, "موسكو", "GPE")
    assert "\u2068موسكو\u2069" in told[0]
