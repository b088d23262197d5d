"""Notes and questions to the lead; and what is only read: guidelines, and what Hashiya is."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator import __version__
from annotator.core.schematoml import read_schema
from annotator.gui.dialogs.about import PARTS, About
from annotator.gui.dialogs.guideline import Guideline
from annotator.gui.dialogs.note import LONGEST, NoteDialog
from annotator.gui.look import Look
from annotator.gui.widgets.buttons import Button
from annotator.services.projects import schema_toml
from tests.gui.asking import HOSTILE, is_literal, put, seen, type_in

CONTROL = Qt.KeyboardModifier.ControlModifier
NEWS = read_schema(schema_toml("news"))


@pytest.fixture
def note(look: Look, qtbot: QtBot) -> NoteDialog:
    note = NoteDialog(look, "note", "سابقة", "الصحفيين")
    put(qtbot, note)
    return note


def test_control_enter_saves_what_was_written(note: NoteDialog, qtbot: QtBot) -> None:
    note.field.selectAll()
    type_in(note.field, "مهنة أم جماعة؟")
    QTest.keyClick(note.field, Qt.Key.Key_Return)
    type_in(note.field, "<b>&")
    with qtbot.waitSignal(note.written) as written:
        QTest.keyClick(note.field, Qt.Key.Key_Return, CONTROL)

    assert written.args == ["مهنة أم جماعة؟\n<b>&"]
    assert not note.isVisible()


def test_the_button_saves_once_there_is_something_new(note: NoteDialog, qtbot: QtBot) -> None:
    assert not note.save.isEnabled()
    type_in(note.field, "ا")
    with qtbot.waitSignal(note.written):
        QTest.mouseClick(note.save, Qt.MouseButton.LeftButton)


def test_escape_closes_a_note_that_was_not_touched(note: NoteDialog, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(note.written):
        QTest.keyClick(note.field, Qt.Key.Key_Escape)
    assert not note.isVisible()


def test_escape_says_first_that_what_was_typed_is_not_saved(note: NoteDialog) -> None:
    type_in(note.field, "ا")
    QTest.keyClick(note.field, Qt.Key.Key_Escape)
    assert note.isVisible()
    assert "Esc" in note.trouble.text
    QTest.keyClick(note.field, Qt.Key.Key_Escape)
    assert not note.isVisible()


def test_typing_on_after_escape_asks_again(note: NoteDialog) -> None:
    type_in(note.field, "ا")
    QTest.keyClick(note.field, Qt.Key.Key_Escape)
    type_in(note.field, "ب")
    assert note.trouble.text == ""
    QTest.keyClick(note.field, Qt.Key.Key_Escape)
    assert note.isVisible()


def test_what_is_too_long_is_told_and_not_saved(note: NoteDialog, qtbot: QtBot) -> None:
    note.field.setPlainText("ا" * LONGEST)
    assert note.save.isEnabled()
    assert str(LONGEST) in note.count.text().replace(",", "")
    note.field.setPlainText("ا" * (LONGEST + 3))
    assert "3" in note.trouble.text
    with qtbot.assertNotEmitted(note.written):
        QTest.keyClick(note.field, Qt.Key.Key_Return, CONTROL)
    assert note.isVisible()


def test_a_note_is_taken_away_by_its_button(note: NoteDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(note.written) as written:
        QTest.mouseClick(note.remove, Qt.MouseButton.LeftButton)
    assert written.args == [""]


def test_where_there_is_no_note_nothing_can_be_taken_away(look: Look, qtbot: QtBot) -> None:
    note = NoteDialog(look, "doubt", "")
    put(qtbot, note)
    assert not note.remove.isVisible()
    assert note.windowTitle() == look.language.text("Question to the lead")


def test_tab_leaves_the_field(note: NoteDialog) -> None:
    type_in(note.field, "ا")
    QTest.keyClick(note.field, Qt.Key.Key_Tab)
    assert "\t" not in note.text


def test_a_hostile_quote_is_literal(look: Look, qtbot: QtBot) -> None:
    note = NoteDialog(look, "note", "", HOSTILE)
    put(qtbot, note)
    assert is_literal(note)
    assert note.width() < 800


def test_a_guideline_is_shown_in_the_language_of_the_window(look: Look, qtbot: QtBot) -> None:
    person = NEWS.entity_types["PERS"]
    guideline = Guideline(look, person)
    put(qtbot, guideline)
    wanted = person.guideline_ar if look.language.code == "ar" else person.guideline_en
    assert guideline.text.toPlainText() == wanted
    assert guideline.text.isReadOnly()
    QTest.keyClick(guideline, Qt.Key.Key_Escape)
    assert not guideline.isVisible()


def test_a_guideline_that_is_not_there_is_said_to_be_none(look: Look, qtbot: QtBot) -> None:
    toml = '[schema]\nname="x"\n[[entity]]\nid="E"\n[[entity]]\nid="F"\nguideline_en="only"\n'
    schema = read_schema(toml)
    guideline = Guideline(look, schema.entity_types["E"])
    put(qtbot, guideline)
    told = look.language.text("The label schema says nothing more about this type.")
    assert guideline.text.toPlainText() == told

    other = Guideline(look, schema.entity_types["F"])
    put(qtbot, other)
    assert other.text.toPlainText() == "only"


def test_the_roles_of_an_event_are_named(look: Look, qtbot: QtBot) -> None:
    event = NEWS.event_types["CONSULT"]
    guideline = Guideline(look, event)
    put(qtbot, guideline)
    assert getattr(event.roles[0], look.language.code) in seen(guideline)


def test_about_says_the_version_and_every_licence(look: Look, qtbot: QtBot) -> None:
    about = About(look)
    put(qtbot, about)
    assert __version__ in seen(about)
    for part in PARTS:
        assert part.licence in seen(about)


def test_licences_can_be_read(look: Look, qtbot: QtBot) -> None:
    about = About(look)
    put(qtbot, about)
    readers = [one for one in about.findChildren(Button) if one.property("look") == "quiet"]
    assert len(readers) >= 4
    texts = set()
    for reader in readers:
        QTest.mouseClick(reader, Qt.MouseButton.LeftButton)
        texts.add(about.licence.toPlainText()[:400])
    assert any("SIL Open Font License" in text or "Noto" in text for text in texts)
    assert len(texts) == len(readers) - 1  # both faces of IBM Plex have the same
