"""The head of the article: place, status, finishing; real clicks, Arabic first."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.gui import dressing
from annotator.gui.look import Look
from annotator.gui.models.standing import Place
from annotator.gui.panels.header import Header
from annotator.gui.session import Session
from tests.gui.cards import ARABIC, ENGLISH, event, settle

Shown = Callable[..., Header]


@pytest.fixture
def shown(session: Session, qtbot: QtBot) -> Shown:
    def show(look: Look = ARABIC, width: int = 730) -> Header:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            dressing.dress(application, look)
        header = Header(look, session)
        qtbot.addWidget(header)
        header.resize(width, header.height())
        header.show_place(Place(1, 5, has_previous=False, has_next=True))
        header.show()
        QApplication.processEvents()
        return header

    return show


def test_it_says_which_article_of_how_many_and_its_status(session: Session, shown: Shown) -> None:
    header = shown()
    assert header.where.text() == "مقال 1 من 5"
    assert header.status.text() == "جديد"
    assert shown(ENGLISH).where.text() == "Article 1 of 5"


def test_back_and_on_stand_as_they_are_read(session: Session, shown: Shown) -> None:
    header = shown()
    assert header.previous.x() > header.next.x()
    assert not header.previous.isEnabled()
    assert header.next.isEnabled()
    english = shown(ENGLISH)
    assert english.previous.x() < english.next.x()


def test_every_button_asks_for_its_action(session: Session, shown: Shown, qtbot: QtBot) -> None:
    header = shown()
    asked: list[str] = []
    header.action_asked.connect(asked.append)
    for button in (header.next, header.undo, header.redo, *header.view, header.skip, header.finish):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked == ["next_article", "undo", "redo", "chips", "zoom_in", "skip", "finish"]


def test_finishing_says_what_is_left_open_and_becomes_reopening(
    session: Session, shown: Shown, qtbot: QtBot
) -> None:
    header = shown()
    assert header.finish.text() == "أنهِ المقال"
    event(session, "لقاء")
    assert header.finish.text() == "أنهِ المقال · مخالفة واحدة"
    assert header.status.text() == "قيد العمل"
    session.do(session.intents.set_status("done"))
    settle(session)
    assert header.finish.text() == "أعد الفتح"
    assert header.status.text() == "منجز"
    assert not header.skip.isVisible()
    with qtbot.waitSignal(header.action_asked) as asked:
        QTest.mouseClick(header.finish, Qt.MouseButton.LeftButton)
    assert asked.args == ["reopen"]


def test_without_an_article_nothing_can_be_done_with_it(session: Session, shown: Shown) -> None:
    session.show_article("")
    header = shown()
    assert header.where.text() == "المقال"
    assert not any(part.isEnabled() for part in (header.finish, header.undo, header.redo))
    assert header.next.isEnabled(), "next is the first of the list"


@pytest.mark.parametrize("look", [ARABIC, ENGLISH])
@pytest.mark.parametrize("width", [430, 560, 640, 730, 1200])
def test_nothing_is_cut_or_overlaps_at_any_width(
    session: Session, shown: Shown, look: Look, width: int
) -> None:
    event(session, "لقاء")
    header = shown(look, width)
    parts = [one for one in header.children() if isinstance(one, QWidget) and one.isVisible()]
    for one in parts:
        assert header.rect().contains(one.geometry()), one
        assert one.width() >= one.minimumSizeHint().width(), one
        for other in parts:
            assert one is other or not one.geometry().intersects(other.geometry())
