"""Something else is written over the open file, or another program changes it: nothing is lost."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.core.errors import UserError
from annotator.gui.program import Program
from annotator.gui.secondrecord import SecondRecord
from annotator.i18n import Language
from annotator.services.wording import sentence
from annotator.store.trouble import reading
from tests.gui.onpage import page_of, session_of
from tests.gui.test_not_saved import in_file, in_view, label_word

EVIL = (
    "CREATE TRIGGER evil AFTER INSERT ON operations BEGIN"
    " UPDATE settings SET value='theirs' WHERE name='title'; END"
)


def zero_header(path: Path) -> None:
    write_over(path, bytes(100))


def zero_page(path: Path) -> None:
    write_over(path, bytes(8192))


def junk(path: Path) -> None:
    os.truncate(path, 0)
    write_over(path, b"nothing " * 3000)


def empty(path: Path) -> None:
    os.truncate(path, 0)


def newer(path: Path) -> None:
    by_another(path, "PRAGMA user_version=99")


def not_ours(path: Path) -> None:
    by_another(path, "PRAGMA application_id=99")


def evil(path: Path) -> None:
    by_another(path, EVIL)


def write_over(path: Path, data: bytes) -> None:
    with path.open("r+b") as file:
        file.write(data)


def by_another(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


@pytest.mark.qt_no_exception_capture
@pytest.mark.parametrize("change", [zero_header, zero_page, junk, empty, newer, not_ours, evil])
def test_what_is_labelled_then_stays_in_view_and_is_saved_where_the_file_is_put_back(
    opened: Program, change: Callable[[Path], None]
) -> None:
    label_word(opened, "ترامب", "p")
    path = session_of(opened).project.path
    good = path.read_bytes()
    change(path)

    label_word(opened, "بوتين", "p")

    session = session_of(opened)
    assert in_view(opened) == [("PERS", "بوتين"), ("PERS", "ترامب")]
    assert len(session.unsaved) == 1
    messages = page_of(opened).messages
    assert messages.has_trouble
    assert messages.sentence.text().startswith("لم يُحفظ")
    assert messages.act.isVisibleTo(messages)
    opened.window.commands.do("copy_unsaved")
    assert '"PERS"' in QGuiApplication.clipboard().text()
    aside = path.with_name("good")
    aside.write_bytes(good)
    aside.replace(path)
    opened.window.commands.do("try_again")
    assert not session_of(opened).has_unsaved
    assert in_file(opened) == [("PERS", "بوتين"), ("PERS", "ترامب")]


@pytest.mark.qt_no_exception_capture
def test_what_is_met_in_reading_does_not_take_away_that_something_is_not_saved(
    opened: Program,
) -> None:
    path = session_of(opened).project.path
    zero_header(path)
    label_word(opened, "بوتين", "p")

    assert opened.attending.meet(UserError("not_a_project", path=path.name))

    messages = page_of(opened).messages
    assert messages.sentence.text().startswith("لم يُحفظ")
    assert messages.act.isVisibleTo(messages)


@pytest.mark.parametrize("code", ["ar", "en"])
def test_a_file_emptied_under_an_open_window_leaves_both_told_and_both_buttons(
    opened: Program, qtbot: QtBot, code: str
) -> None:
    if opened.look.language.code != code:
        before = opened.window
        opened.other_language()
        qtbot.waitUntil(lambda: opened.window is not before)
    label_word(opened, "ترامب", "p")
    empty(session_of(opened).project.path)
    met: list[UserError] = []
    session_of(opened).not_read.connect(met.append)

    label_word(opened, "بوتين", "p")
    qtbot.waitUntil(lambda: bool(met))  # what stands beside the article was looked up meanwhile
    opened.window.tell_trouble(met[0])

    messages = page_of(opened).messages
    said = messages.sentence.text()
    assert said.startswith({"ar": "لم يُحفظ", "en": "Not saved"}[code])
    assert said.endswith(opened.said(met[0]))
    assert messages.act.isVisibleTo(messages)
    assert messages.copy.isVisibleTo(messages)
    assert "U+20" not in messages.sentence.toolTip()
    QTest.mouseClick(messages.copy, Qt.MouseButton.LeftButton)
    assert '"PERS"' in QGuiApplication.clipboard().text()
    assert session_of(opened).has_unsaved


@pytest.mark.qt_no_exception_capture
def test_where_nothing_was_meant_it_is_told_what_became_of_the_file(opened: Program) -> None:
    path = session_of(opened).project.path
    zero_header(path)

    with pytest.raises(UserError) as met, reading(session_of(opened).project):
        session_of(opened).project.clock()
    said = sentence(met.value, Language.of("en"))

    assert said.startswith("Something else was written over “project.hashiya”.")


@pytest.mark.qt_no_exception_capture
def test_a_file_that_was_emptied_is_trouble_for_the_second_record_too(
    opened: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    label_word(opened, "ترامب", "p")
    session = session_of(opened)
    second = session.findChild(SecondRecord)
    assert isinstance(second, SecondRecord)
    said: list[str] = []
    monkeypatch.setattr(opened.window, "tell_trouble", lambda met: said.append(met.code))
    empty(session.project.path)

    second.bring_back_what_was_written_over()

    assert said
    assert set(said) <= {"damaged", "not_a_project"}
