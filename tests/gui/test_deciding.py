"""A type that was split, decided in the window with keys alone: label after label, in view."""

import functools
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.core.labelschema import Named
from annotator.gui.panels.choicerow import ChoiceRow
from annotator.gui.program import Program
from annotator.services import annotators, labelling
from annotator.services.changing_schema import TypeChange, change_schema
from annotator.store.project import Project
from tests import projects
from tests.gui import teams

QUOTES = ("بوتين", "ترامب", "القاهرة")
INTO = (Named("POET", "Poet", "شاعر"), Named("SINGER", "Singer", "مغنٍّ"))


def split_file(folder: Path) -> tuple[Path, str]:
    """Make a file in which the type of three labels was split; return it and whose they are."""
    path = teams.lead_file(folder)
    with Project.open(path) as project:
        who = annotators.ensure(project, "ليلى").uid
        for quote in QUOTES:
            layer = projects.layer_of(project, "ليلى")
            labelling.add_entity(project, layer, projects.extent_of(quote), "PERS")
        change_schema(project, TypeChange("split", "PERS", into=INTO))
    return path, who


def press(words: str) -> None:
    """Press a key where the keyboard is."""
    widget = QApplication.focusWidget()
    assert widget is not None
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        key = QKeyEvent(kind, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, words)
        QApplication.sendEvent(widget, key)


def has_left(program: Program, n: int) -> bool:
    """Whether so many problems are left, and shown."""
    session, page = program.session, program.window.page
    assert session is not None
    assert page is not None
    return len(session.problems) == len(page.far_side.problems.strips) == n


def test_after_ctrl_m_one_key_a_label(program: Program, tmp_path: Path, qtbot: QtBot) -> None:
    path, who = split_file(tmp_path)
    assert program.open_project(path, who)
    window, session = program.window, program.session
    assert session is not None
    assert window.page is not None
    window.page.show_article(projects.sha_of(0))
    qtbot.waitUntil(lambda: len(session.problems) == len(QUOTES))
    qtbot.waitActive(window)

    QTest.keyClick(window.page.canvas, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    problems = window.page.far_side.problems
    qtbot.waitUntil(lambda: any(strip.choices.has_focus for strip in problems.strips))
    assert problems.isVisible()
    for left, digit in zip((2, 1, 0), ("2", "١", "2"), strict=True):
        held = session.label(session.hand)
        assert held is not None
        assert window.page.canvas.caret() == held.extent[0].start  # type: ignore[union-attr]
        press(digit)
        qtbot.waitUntil(functools.partial(has_left, program, left))

    types = {one.extent[0].quote: one.type for one in session.labels.values()}  # type: ignore[union-attr]
    assert types == dict(zip(QUOTES, ("SINGER", "POET", "SINGER"), strict=True))


def test_the_card_in_hand_offers_the_choices_too(
    program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    path, who = split_file(tmp_path)
    assert program.open_project(path, who)
    window, session = program.window, program.session
    assert session is not None
    assert window.page is not None
    window.page.show_article(projects.sha_of(0))
    uid = next(iter(session.labels))
    window.page.go_to(uid)
    hand = window.page.far_side.hand
    qtbot.waitUntil(lambda: bool(hand.findChildren(ChoiceRow)))
    (row,) = hand.findChildren(ChoiceRow)
    assert [one.text() for one in row.buttons] == ["شاعر", "مغنٍّ"]
    QTest.mouseClick(row.buttons[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: session.labels[uid].type == "POET")
    qtbot.waitUntil(lambda: not [row for row in hand.findChildren(ChoiceRow) if row.isVisible()])
