"""The panel of problems, questions and notes: going there, mending, real clicks and keys."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from annotator.core.checks import Problem
from annotator.core.labelschema import Named
from annotator.core.model import Argument, Entity, Label, replace
from annotator.gui import dressing
from annotator.gui.look import Look
from annotator.gui.panels.findingstrip import FindingStrip
from annotator.gui.panels.problems import ProblemsPanel
from annotator.gui.session import Session
from annotator.gui.widgets.buttons import Button
from annotator.gui.widgets.keycap import KeyCap
from annotator.gui.widgets.literal import Literal
from annotator.services import projectwide
from annotator.services.changing_schema import TypeChange, change_schema
from annotator.store import rebuilding
from annotator.store.transaction import Part
from tests.gui.cards import ARABIC, ENGLISH, at, do, entity, event, settle

Shown = Callable[..., ProblemsPanel]


@pytest.fixture
def shown(session: Session, qtbot: QtBot) -> Shown:
    def show(look: Look = ARABIC) -> ProblemsPanel:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            dressing.dress(application, look)
        panel = ProblemsPanel(look, session)
        qtbot.addWidget(panel)
        panel.resize(338, 500)
        panel.show()
        rest()
        return panel

    return show


def rest() -> None:
    for _ in range(4):
        QApplication.processEvents()


@contextmanager
def changed_elsewhere(session: Session) -> Iterator[Part]:
    """Give what changes the layer as a merge does: it is folded anew, and read again."""
    assert session.layer is not None
    project, row = session.project, session.project.layer_row(session.layer)
    assert row is not None
    with project.gesture(session.layer, "import") as part:
        yield part
    with project.committed():
        rebuilding.refold_layer(project.connection, row, project.label_schema)
    session.read_again()
    session.check()


def imported(session: Session, *makes: Callable[[str], Label]) -> list[str]:
    """Write labels past the checks, as an import does; return their uids."""
    assert session.layer is not None
    uids = []
    with session.project.gesture(session.layer, "import") as part:
        for make in makes:
            uids.append(part.gesture.new_uid("entity"))
            part.put(make(uids[-1]))
    session.read_again()
    session.check()
    return uids


def strange(session: Session, *quotes: str) -> list[str]:
    """Import entities of a type that the label schema lacks."""
    extents = [at(session, quote) for quote in quotes]
    return imported(session, *(_maker(extent) for extent in extents))


def _maker(extent: object) -> Callable[[str], Label]:
    return lambda uid: Entity(uid, extent, "NOSUCH")  # type: ignore[arg-type]


def said(strip: FindingStrip) -> str:
    """Return all words of a strip."""
    return " ".join(label.text() for label in strip.findChildren(QLabel))


def mend_button(strip: FindingStrip) -> Button:
    return strip.findChildren(Button)[0]


def caps(panel: ProblemsPanel) -> list[str]:
    return [cap.accessibleName() for cap in panel.findChildren(KeyCap)]


def test_problems_stand_in_the_order_of_the_text_with_their_sentences(
    session: Session, shown: Shown
) -> None:
    event(session, "الاجتماع")
    strange(session, "القاهرة", "ترامب")
    panel = shown()

    assert [strip.finding.quote for strip in panel.strips] == ["ترامب", "الاجتماع", "القاهرة"]
    assert "الدور «actor» ما زال شاغرًا." in said(panel.strips[1])
    assert mend_button(panel.strips[1]).text() == "املأ الدور"
    assert "The role “actor” still needs a filler." in said(shown(ENGLISH).strips[1])


def test_f4_goes_round_and_the_current_one_has_the_key(
    session: Session, shown: Shown, qtbot: QtBot
) -> None:
    first, last = sorted(strange(session, "ترامب", "القاهرة"))
    panel = shown()
    asked: list[str] = []
    panel.label_asked.connect(asked.append)
    places: list[tuple[int, int]] = []
    panel.place_asked.connect(lambda start, end: places.append((start, end)))

    assert [panel.next_problem() for _ in range(3)] == [True, True, True]
    assert asked == [first, last, first]
    extent = at(session, "ترامب")[0]
    assert places[0] == (extent.start, extent.end)
    assert caps(panel) == ["Ctrl M"]
    assert panel.strips[0].is_current
    assert panel.next_problem(-1)
    assert asked[-1] == last


def test_one_key_mends_what_needs_no_person(session: Session, shown: Shown) -> None:
    first = entity(session, "ترامب")
    assert session.reading is not None
    extent = at(session, "ترامب")
    imported(session, lambda uid: Entity(uid, extent, "PERS"))
    session.take_in_hand("")
    panel = shown()
    assert len(panel.strips) == 2, "each of the twins says so"

    assert panel.mend_current()
    settle(session)
    rest()
    assert panel.strips == []
    assert list(session.labels) == [first]
    assert not panel.mend_current()
    session.undo()
    settle(session)
    rest()
    assert len(panel.strips) == 2


def test_the_button_of_a_strip_mends_it_and_a_click_elsewhere_goes_there(
    session: Session, shown: Shown, qtbot: QtBot
) -> None:
    uid = strange(session, "ترامب")[0]
    panel = shown()
    with qtbot.waitSignal(panel.type_asked) as asked:
        QTest.mouseClick(mend_button(panel.strips[0]), Qt.MouseButton.LeftButton)
    assert asked.args == [uid]
    with qtbot.waitSignal(panel.label_asked) as went:
        QTest.mouseClick(panel.strips[0], Qt.MouseButton.LeftButton)
    assert went.args == [uid]
    with qtbot.waitSignal(panel.label_asked):
        QTest.keyClick(panel.strips[0], Qt.Key.Key_Return)


def test_a_missing_role_is_asked_of_a_person(session: Session, shown: Shown, qtbot: QtBot) -> None:
    uid = event(session, "لقاء")
    panel = shown()
    with qtbot.waitSignal(panel.role_asked) as asked:
        panel.mend_current()
    assert asked.args == [uid, "actor"]


def test_a_wrong_filler_is_quoted_not_named_by_its_uid(session: Session, shown: Shown) -> None:
    meeting = event(session, "لقاء")
    place = entity(session, "القاهرة", "GPE")
    man = entity(session, "ترامب")
    do(session, session.intents.fill(meeting, "actor", man))
    imported(session, lambda uid: Argument(uid, meeting, "place", man))
    panel = shown()

    assert [strip.finding.quote for strip in panel.strips] == ["ترامب"]
    assert man not in said(panel.strips[0])
    assert "«ترامب»" in said(panel.strips[0])
    assert place in session.labels


def test_questions_show_whether_they_are_answered_and_notes_are_literal(
    session: Session, shown: Shown
) -> None:
    asked = entity(session, "ترامب")
    noted = entity(session, "موسكو", "GPE")
    for uid, more in ((asked, {"doubt": "شخص؟"}), (noted, {"note": "<b>&\u202e راجعها"})):
        label = session.label(uid)
        assert label is not None
        do(session, session.intents.change(replace(label, **more)))
    panel = shown()
    counts: list[tuple[int, int]] = []
    panel.counted.connect(lambda problems, open_: counts.append((problems, open_)))

    assert [strip.finding.kind for strip in panel.strips] == ["question", "note"]
    assert "لم يُجب بعد" in said(panel.strips[0])
    note = panel.strips[1].findChildren(Literal)[1]
    assert note.text() == "<b>&[U+202E] راجعها"
    projectwide.answer_doubt(session.project, asked, "نعم، شخص")
    session.read_again()
    rest()
    assert "نعم، شخص" in said(panel.strips[0])
    assert "لم يُجب بعد" not in said(panel.strips[0])
    assert counts[-1] == (0, 0)


def test_topics_without_a_stance_lead_to_the_article(session: Session, qtbot: QtBot) -> None:
    panel = ProblemsPanel(ARABIC, session)
    qtbot.addWidget(panel)
    session.problems = {"": [Problem("topic_unjudged", "", "topic", "peace-talks")]}
    session.problems_changed.emit()
    rest()
    assert panel.strips[0].finding.quote == "محادثات السلام"
    with qtbot.waitSignal(panel.topic_asked) as asked:
        panel.next_problem()
    assert asked.args == ["peace-talks"]


def test_in_a_done_article_nothing_is_mended(session: Session, shown: Shown) -> None:
    strange(session, "ترامب")
    session.do(session.intents.set_status("done"))
    settle(session)
    panel = shown()
    assert panel.strips[0].findChildren(Button) == []


def test_nothing_wrong_is_a_sentence_and_a_thousand_problems_are_built_in_parts(
    session: Session, shown: Shown
) -> None:
    panel = shown()
    words = [label.text() for label in panel.findChildren(QLabel)]
    assert "لا مخالفات ولا أسئلة ولا ملاحظات هنا" in words
    assert session.reading is not None
    extent = at(session, "ترامب")
    imported(session, *[_maker(extent) for _ in range(500)])
    rest()
    assert len(panel.strips) == 30
    for _ in range(31):
        panel.next_problem()
    assert [strip.is_current for strip in panel.strips].count(True) == 1


@pytest.mark.parametrize("look", [ARABIC, ENGLISH])
def test_a_label_that_is_held_back_is_told_until_its_cause_is_gone(
    session: Session, shown: Shown, look: Look
) -> None:
    assert session.layer is not None
    trigger = event(session, "لقاء", "MEET")
    mention = entity(session, "بوتين", "PERS")
    away = session.labels[trigger]
    with changed_elsewhere(session) as part:
        part.put(Argument(part.gesture.new_uid("argument"), trigger, "actor", mention))
        part.remove(away)
    panel = shown(look)
    (finding,) = panel.problems
    assert finding.problem is not None
    assert finding.problem.code == "held_points_to_nothing"
    assert finding.quote == ("عنصر" if look is ARABIC else "argument")
    assert [strip.repair for strip in panel.findChildren(FindingStrip)] == [None]

    with changed_elsewhere(session) as part:
        part.put(away)
    rest()
    assert [one.problem.code for one in panel.problems if one.problem] == []


# --- choosing -----------------------------------------------------------------------------------


def split(session: Session) -> None:
    into = (Named("POET", "Poet", "شاعر"), Named("SINGER", "Singer", "مغنٍّ"))
    change_schema(session.project, TypeChange("split", "PERS", into=into))
    session.read_again()
    session.check()


def types_of(session: Session, *uids: str) -> list[str]:
    return [session.labels[uid].type for uid in uids]


def buttons(strip: FindingStrip) -> list[str]:
    return [button.text() for button in strip.findChildren(Button)]


def press(session: Session, words: str, key: Qt.Key = Qt.Key.Key_unknown) -> None:
    """Press a key where the keyboard is, and let what it does be saved."""
    widget = QApplication.focusWidget()
    assert widget is not None
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        pressed = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, words)
        QApplication.sendEvent(widget, pressed)
    settle(session)
    rest()


def test_a_split_type_is_decided_by_a_button_for_each_choice(
    session: Session, shown: Shown
) -> None:
    uids = [entity(session, quote) for quote in ("ترامب", "بوتين")]
    split(session)
    panel = shown()

    assert [buttons(strip) for strip in panel.strips] == [["شاعر", "مغنٍّ"]] * 2
    assert "قُسِّم هذا النوع: اختر واحدًا من شاعر / مغنٍّ." in said(panel.strips[0])
    first = panel.strips[0].finding.uid
    QTest.mouseClick(panel.strips[0].choices.buttons[1], Qt.MouseButton.LeftButton)
    settle(session)
    rest()
    assert types_of(session, first) == ["SINGER"]
    assert [strip.finding.uid for strip in panel.strips] == [uid for uid in uids if uid != first]


def test_after_one_key_to_begin_a_digit_decides_each_label(
    session: Session, shown: Shown, qtbot: QtBot
) -> None:
    uids = [entity(session, quote) for quote in ("بوتين", "ترامب", "القاهرة")]
    split(session)
    session.take_in_hand("")
    panel = shown()
    went: list[str] = []
    panel.label_asked.connect(went.append)
    qtbot.waitActive(panel)

    assert panel.has_choices
    assert panel.mend_current()
    assert caps(panel) == ["Ctrl M", "1", "2"]
    for digit in ("2", "١", "2"):
        press(session, digit)
    assert types_of(session, *uids) == ["SINGER", "POET", "SINGER"]
    assert went == uids, "each is brought into view before it is decided"
    assert panel.strips == []
    assert not panel.has_choices


def test_the_choices_are_reached_by_tab_and_a_strange_digit_does_nothing(
    session: Session, shown: Shown, qtbot: QtBot
) -> None:
    uid = entity(session, "بوتين")
    split(session)
    panel = shown()
    qtbot.waitActive(panel)
    panel.mend_current()
    for key in ("9", "0", "x"):
        press(session, key)
    assert types_of(session, uid) == ["PERS"]
    press(session, "\t", Qt.Key.Key_Tab)
    press(session, " ", Qt.Key.Key_Space)
    assert types_of(session, uid) == ["SINGER"]


def test_in_a_done_layer_nothing_is_offered_to_choose(session: Session, shown: Shown) -> None:
    entity(session, "بوتين")
    split(session)
    session.do(session.intents.set_status("done"))
    settle(session)
    panel = shown()
    assert [buttons(strip) for strip in panel.strips] == [[]]
    assert not panel.has_choices
