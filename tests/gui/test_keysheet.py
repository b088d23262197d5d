"""The sheet of keys: nothing is left out, and it can be printed."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.core.schematoml import read_schema
from annotator.gui.actions import ACTIONS
from annotator.gui.dialogs.keysheet import KeySheet
from annotator.gui.dialogs.keytable import Group, Key, caps_of, spread
from annotator.gui.look import Look
from annotator.gui.widgets.keycap import KeyCap
from annotator.services.projects import schema_toml
from tests.gui.asking import HOSTILE, is_literal, put

NEWS = read_schema(schema_toml("news"))


@pytest.fixture
def sheet(look: Look, qtbot: QtBot) -> KeySheet:
    sheet = KeySheet(look, NEWS)
    put(qtbot, sheet)
    return sheet


def caps(sheet: KeySheet) -> set[tuple[str, str]]:
    return {cap for group in sheet.groups for key in group.keys for cap in key.caps}


def test_every_key_of_the_table_is_on_the_sheet(sheet: KeySheet) -> None:
    by_schema = {"type_entity", "type_event"}
    for action in ACTIONS:
        if action.id not in by_schema:
            assert set(caps_of(action)) <= caps(sheet), action.id


def test_every_type_with_a_key_is_there_with_both_legends(sheet: KeySheet) -> None:
    assert ("P", "ح") in caps(sheet)
    assert ("Shift C", "ؤ") in caps(sheet)
    n_keys = sum(bool(one.key) for one in NEWS.entities) + sum(bool(one.key) for one in NEWS.events)
    assert sum(len(group.keys) for group in sheet.groups[-2:]) == n_keys


def test_all_of_it_is_painted(sheet: KeySheet) -> None:
    n_caps = sum(len(key.caps) for group in sheet.groups for key in group.keys)
    assert len(sheet.findChildren(KeyCap)) == n_caps + 1  # and that of the button


def test_without_a_project_there_are_no_types(look: Look, qtbot: QtBot) -> None:
    sheet = KeySheet(look)
    put(qtbot, sheet)
    assert len(sheet.groups) == 6


def test_columns_keep_the_order_and_lose_nothing() -> None:
    groups = [Group(str(n), (Key("k", ()),) * n) for n in (7, 8, 20, 26, 21, 19)]
    columns = spread(groups, 3)
    assert [group for column in columns for group in column] == groups
    assert all(columns)


def test_the_sheet_is_saved_for_printing(sheet: KeySheet, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "مفاتيح.pdf"
    with qtbot.waitSignal(sheet.saved):
        sheet.save_pdf(path)
    assert path.read_bytes().startswith(b"%PDF")
    assert path.stat().st_size > 20_000
    assert sheet.trouble.text == ""


def test_where_it_cannot_be_saved_a_sentence_says_so(sheet: KeySheet, tmp_path: Path) -> None:
    sheet.save_pdf(tmp_path / "no" / "keys.pdf")
    assert "no" in sheet.trouble.text
    assert list(tmp_path.iterdir()) == []


def test_types_with_hostile_names_are_literal(look: Look, qtbot: QtBot) -> None:
    name = HOSTILE.replace("\n", "\\n").replace("\u202e", "\\u202e")
    toml = f'[schema]\nname="x"\n[[entity]]\nid="E"\nkey="e"\nen="{name}"\nar="{name}"\n'
    sheet = KeySheet(look, read_schema(toml))
    put(qtbot, sheet)
    assert is_literal(sheet)


def test_escape_closes(sheet: KeySheet) -> None:
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
