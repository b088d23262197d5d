"""The statistics: what is counted, shown and copied, against the labels that were made."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.gui import dressing
from annotator.gui.dialogs.statistics import StatisticsDialog
from annotator.gui.look import Look
from annotator.gui.models.figures import Figure, as_text, tables
from annotator.gui.session import Session
from annotator.services import annotators
from annotator.services.statistics import statistics
from tests.gui.cards import ARABIC, ENGLISH, do, entity, event

Shown = Callable[..., StatisticsDialog]


@pytest.fixture
def shown(session: Session, qtbot: QtBot) -> Shown:
    def show(look: Look = ARABIC) -> StatisticsDialog:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            dressing.dress(application, look)
        dialog = StatisticsDialog(look, session)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: bool(dialog.figures), timeout=10_000)
        return dialog

    return show


def labelled(session: Session) -> None:
    man = entity(session, "ترامب")
    entity(session, "فلاديمير بوتين")
    entity(session, "موسكو", "GPE")
    meeting = event(session, "لقاء")
    do(session, session.intents.fill(meeting, "actor", man))


def test_it_counts_what_was_labelled_in_a_job_and_shows_it(session: Session, shown: Shown) -> None:
    labelled(session)
    dialog = shown()

    project = {row.name: row.n for row in dialog.figures["project"]}
    assert project["المقالات"] == 3
    assert project["كيانات"] == 3
    assert project["قيد العمل"] == 1
    types = [(row.name, row.n) for row in dialog.figures["types"] if not row.is_head]
    assert types[:2] == [("شخص", 2), ("GPE", 1)]
    assert dialog.lists["project"].isVisible()
    dialog.tabs.setCurrentIndex(2)
    assert dialog.lists["annotators"].isVisible()
    assert dialog.lists["annotators"].item(0).text() == "a1"


def test_bars_are_measured_by_the_longest_and_nothing_has_none(
    session: Session, shown: Shown
) -> None:
    labelled(session)
    rows = {row.name: row for row in shown().figures["project"]}
    assert rows["كيانات"].share == 1
    assert rows["أحداث"].share == pytest.approx(1 / 3)
    assert rows["مواقف"].share == 0


def test_it_is_copied_as_text_with_the_button_and_the_key(session: Session, shown: Shown) -> None:
    labelled(session)
    dialog = shown(ENGLISH)
    QTest.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert "Entities\t3" in lines
    assert lines[0] == "Project"


def test_names_from_people_are_neither_html_nor_formulas(session: Session) -> None:
    annotators.ensure(session.project, "=cmd")
    counts = statistics(session.project)
    counts["annotators"]["=<b>&\u202e\n"] = {
        "layers": 0,
        "labels": {"entity": 1},
        "statuses": {"new": 0},
        "active_minutes": 0,
    }
    found = tables(counts, session.schema, ARABIC.language)
    told = as_text(found, ARABIC.language)
    line = next(line for line in told.split("\n") if "<b>" in line)
    assert line.startswith("'=<b>&")
    assert "\u202e" not in told


def test_rows_of_hostile_names_are_painted(session: Session, shown: Shown) -> None:
    dialog = shown()
    view = dialog.lists["annotators"]
    dialog.show_rows("annotators", [Figure("<b>&<img src=x>\u202e" * 40, 3, 1.0, "ملاحظة")])
    dialog.tabs.setCurrentIndex(2)
    assert not dialog.grab().isNull()
    assert "\u202e" not in view.item(0).text()


def test_closing_stops_the_count(session: Session, qtbot: QtBot) -> None:
    dialog = StatisticsDialog(ARABIC, session)
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert not dialog.is_counting
