"""The list of all labels: order, search, following the hand; against the labels themselves."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.core.model import AUTHOR, Argument, Entity, Event, Label, Party, Span, replace
from annotator.core.reading import LayerLabels
from annotator.gui import dressing
from annotator.gui.look import Look
from annotator.gui.models.labellist import LabelRole, LabelRow
from annotator.gui.models.labelorder import LabelOrder
from annotator.gui.panels.labels import LabelsPanel
from annotator.gui.session import Session
from tests.gui.cards import ARABIC, ENGLISH, at, do, entity, event, settle

Shown = Callable[..., LabelsPanel]


@pytest.fixture
def shown(session: Session, qtbot: QtBot) -> Shown:
    def show(look: Look = ARABIC) -> LabelsPanel:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            dressing.dress(application, look)
        panel = LabelsPanel(look, session)
        qtbot.addWidget(panel)
        panel.resize(338, 420)
        panel.show()
        QApplication.processEvents()
        return panel

    return show


def rows(panel: LabelsPanel) -> list[LabelRow]:
    found = [panel.model.index(n).data(LabelRole.ROW) for n in range(panel.model.rowCount())]
    return [row for row in found if isinstance(row, LabelRow)]


def quotes(panel: LabelsPanel) -> list[str]:
    return [row.quote for row in rows(panel)]


def labelled(session: Session) -> dict[str, str]:
    """Label some of the first article; return the uids."""
    made = {
        "موسكو": entity(session, "موسكو", "GPE"),
        "بوتين": entity(session, "فلاديمير بوتين"),
        "لقاء": event(session, "لقاء"),
        "القاهرة": entity(session, "القاهرة", "GPE"),
    }
    do(session, session.intents.fill(made["لقاء"], "actor", made["بوتين"]))
    do(session, session.intents.relate("part_of", made["القاهرة"], made["موسكو"]))
    evidence = at(session, "مفيدًا")
    target = Party("topic", "peace-talks")
    do(session, session.intents.add_stance(target, "favor", holder=AUTHOR, evidence=evidence))
    do(session, session.intents.answer(None, "genre", ("report",)))
    return made


def test_labels_stand_in_the_order_of_the_text_with_what_points_to_them_behind(
    session: Session, shown: Shown
) -> None:
    labelled(session)
    panel = shown()

    said = [(row.name, row.quote) for row in rows(panel)]
    assert said == [
        ("شخص", "فلاديمير بوتين"),
        ("MEET", "لقاء"),
        ("actor", "فلاديمير بوتين"),
        ("GPE", "موسكو"),
        ("favor", "الصحيفة"),
        ("GPE", "القاهرة"),
        ("part_of", "القاهرة"),
        ("genre", "report"),
    ]
    assert rows(panel)[2].note == "في لقاء"
    assert rows(panel)[4].note == "محادثات السلام"


def test_tabs_show_one_kind_and_an_event_keeps_its_arguments(
    session: Session, shown: Shown
) -> None:
    labelled(session)
    panel = shown()
    found = []
    for tab in range(5):
        panel.tabs.setCurrentIndex(tab)
        found.append(quotes(panel))
    assert [len(one) for one in found] == [8, 3, 2, 1, 1]
    assert found[2] == ["لقاء", "فلاديمير بوتين"]


def test_words_are_found_folded_in_quotes_types_and_notes(session: Session, shown: Shown) -> None:
    made = labelled(session)
    panel = shown()
    panel.field.line.setText("القاهره")
    assert quotes(panel) == ["القاهرة", "القاهرة"]
    panel.field.line.setText("شخص")
    assert quotes(panel) == ["فلاديمير بوتين"]
    label = session.label(made["موسكو"])
    assert label is not None
    do(session, session.intents.change(replace(label, note="راجِعها")))
    panel.field.line.setText("راجعها")
    assert quotes(panel) == ["موسكو"]
    panel.field.line.setText("لا شيء")
    assert not panel.list.isVisible()


def test_a_click_or_return_asks_for_the_label(session: Session, shown: Shown, qtbot: QtBot) -> None:
    made = labelled(session)
    panel = shown()
    session.take_in_hand("")
    place = panel.list.visualRect(panel.model.index(3)).center()
    with qtbot.waitSignal(panel.label_asked) as asked:
        QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked.args == [made["موسكو"]]

    panel.setFocus()
    panel.field.line.setText("القاهرة")
    with qtbot.waitSignal(panel.label_asked) as asked:
        QTest.keyClick(panel.field.line, Qt.Key.Key_Return)
    assert asked.args == [made["القاهرة"]]
    QTest.keyClick(panel.field.line, Qt.Key.Key_Escape)
    QTest.keyClick(panel.field.line, Qt.Key.Key_Down)
    with qtbot.waitSignal(panel.label_asked):
        QTest.keyClick(panel.list, Qt.Key.Key_Return)


def test_the_label_in_hand_is_marked_and_brought_into_view(session: Session, shown: Shown) -> None:
    made = labelled(session)
    panel = shown()
    session.take_in_hand(made["القاهرة"])
    chosen = panel.list.selectionModel().selectedIndexes()
    assert [index.data(LabelRole.UID) for index in chosen] == [made["القاهرة"]]
    session.take_in_hand("")
    assert panel.list.selectionModel().selectedIndexes() == []


def test_rows_follow_gestures_one_by_one_and_undo(
    session: Session, shown: Shown, qtbot: QtBot
) -> None:
    made = labelled(session)
    panel = shown()
    QAbstractItemModelTester(
        panel.model, QAbstractItemModelTester.FailureReportingMode.Fatal, panel
    )
    before = quotes(panel)
    with qtbot.assertNotEmitted(panel.model.modelReset):
        do(session, session.intents.remove(made["لقاء"]))
        assert "لقاء" not in quotes(panel)
        assert len(quotes(panel)) == 6
        session.undo()
        assert quotes(panel) == before
        entity(session, "مصر", "GPE")
        assert len(quotes(panel)) == 9
        cairo = session.label(made["القاهرة"])
        assert isinstance(cairo, Entity)
        moved = replace(cairo, extent=at(session, "الرئيس"))
        do(session, session.intents.change(moved))
        assert quotes(panel)[:2] == ["الرئيس", "الرئيس"], "its relation goes with it"


def test_signs_say_problems_and_questions(session: Session, shown: Shown) -> None:
    made = labelled(session)
    label = session.label(made["موسكو"])
    assert label is not None
    do(session, session.intents.change(replace(label, doubt="أهي المدينة؟")))
    event(session, "الاجتماع")
    panel = shown()
    signs = {row.quote: row.sign for row in rows(panel) if row.sign}
    assert signs == {"موسكو": "?", "الاجتماع": "!"}


def test_it_is_painted_in_both_languages_with_hostile_words(session: Session, shown: Shown) -> None:
    made = labelled(session)
    label = session.label(made["موسكو"])
    assert label is not None
    do(session, session.intents.change(replace(label, note="<b>&\u202e" * 50)))
    for look in (ARABIC, ENGLISH):
        assert not shown(look).grab().isNull()


def test_no_labels_are_a_sentence(session: Session, shown: Shown) -> None:
    panel = shown()
    assert not panel.list.isVisible()
    entity(session, "موسكو", "GPE")
    assert panel.list.isVisible()


def test_twenty_thousand_labels_are_followed_without_reading_them_anew(
    session: Session, shown: Shown
) -> None:
    panel = shown()
    many = {f"E{n}": Entity(f"E{n}", (Span(n, n + 1, "ب"),), "PERS") for n in range(20_000)}
    session.in_file = LayerLabels(many.values())
    panel.model.read_anew()
    read_anew: list[int] = []
    panel.model.modelReset.connect(lambda: read_anew.append(1))
    session.in_file.put(Entity("new", (Span(7, 9, "بو"),), "GPE"))
    session.labels_changed.emit({"new"})
    panel.grab()
    assert (panel.model.rowCount(), read_anew) == (20_001, [])
    session.in_file = LayerLabels()
    settle(session)


_places = st.integers(0, 40)


@st.composite
def layers(draw: st.DrawFn) -> dict[str, Label]:
    labels: dict[str, Label] = {}
    for n in range(draw(st.integers(1, 8))):
        start = draw(_places)
        kind = draw(st.sampled_from([Entity, Event]))
        extent = (Span(start, start + draw(st.integers(1, 5)), "x"),)
        labels[f"L{n}"] = kind(f"L{n}", extent, draw(st.sampled_from(["A", "B"])))
    uids = sorted(labels)
    for n in range(draw(st.integers(0, 6))):
        event, filler = draw(st.sampled_from(uids)), draw(st.sampled_from(uids))
        labels[f"R{n}"] = Argument(f"R{n}", event, "role", filler)
    return labels


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(layers(), layers(), st.sampled_from(["", "entity", "event"]), st.sampled_from(["", "a"]))
def test_followed_label_by_label_the_order_is_the_one_read_anew(
    before: dict[str, Label], after: dict[str, Label], group: str, query: str
) -> None:
    followed, anew = LabelOrder(lambda label: label.type), LabelOrder(lambda label: label.type)
    followed.fill(before, group, query)
    for uid in followed.with_pointing(before.keys() | after.keys()):
        _, place = followed.place_for(uid, after)
        followed.remove(uid)
        if place >= 0:
            followed.insert(uid)
    anew.fill(after, group, query)
    told = [followed.uid(n) for n in range(len(followed))]
    assert told == [anew.uid(n) for n in range(len(anew))]
