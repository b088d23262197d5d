"""Settings: each choice holds at once, and is kept on this machine."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.gui import settings
from annotator.gui.dialogs.settings import ROWS, SettingsDialog
from annotator.gui.look import Look
from annotator.gui.settings import Settings
from tests.gui.asking import put


@pytest.fixture
def dialog(look: Look, qtbot: QtBot) -> SettingsDialog:
    dialog = SettingsDialog(look, settings.read()[0])
    put(qtbot, dialog)
    return dialog


CHOICES = [(row.field, told, kept) for row in ROWS for told, kept, _ in row.values]


@pytest.mark.parametrize(("field", "told", "kept"), CHOICES)
def test_each_choice_is_told_and_kept_at_once(
    dialog: SettingsDialog, qtbot: QtBot, field: str, told: str, kept: object
) -> None:
    with qtbot.waitSignal(dialog.settings_changed) as changed:
        dialog.rows[field].press(told)
    assert getattr(changed.args[0], field) == kept
    assert getattr(settings.read()[0], field) == kept


def test_it_shows_what_holds_now(look: Look, qtbot: QtBot) -> None:
    dialog = SettingsDialog(look, Settings(theme="dark", zoom=28, is_compact=True))
    put(qtbot, dialog)
    assert dialog.rows["theme"].values() == ("dark",)
    assert dialog.rows["zoom"].values() == ("28",)
    assert dialog.rows["is_compact"].values() == ("tight",)


def test_a_size_between_those_offered_is_left_as_it_is(look: Look, qtbot: QtBot) -> None:
    dialog = SettingsDialog(look, Settings(zoom=23))
    put(qtbot, dialog)
    assert dialog.rows["zoom"].values() == ()
    assert dialog.current.zoom == 23


def test_where_it_cannot_be_kept_it_holds_all_the_same_and_is_told(
    look: Look, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    monkeypatch.setenv("HASHIYA_DATA", str(in_the_way))
    dialog = SettingsDialog(look, Settings())
    put(qtbot, dialog)
    with qtbot.waitSignal(dialog.settings_changed) as changed:
        dialog.rows["theme"].press("dark")
    assert changed.args[0].theme == "dark"
    assert dialog.trouble.text


def test_escape_closes_and_nothing_is_to_be_confirmed(dialog: SettingsDialog) -> None:
    dialog.rows["chips"].press("code")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert settings.read()[0].chips == "code"
