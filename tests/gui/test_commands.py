"""The command palette: everything is found by a few letters, in both languages."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.core.schematoml import read_schema
from annotator.gui.actions import ACTIONS, NEEDS
from annotator.gui.dialogs.commands import CommandPalette
from annotator.gui.dialogs.offers import titles
from annotator.gui.look import Look
from annotator.i18n import CODES, Language
from annotator.services.projects import schema_toml
from annotator.store.project import Project
from tests import projects
from tests.gui.asking import HOSTILE, LONG, is_rich, put, type_in

ALL = ("project", "article", "hand")
NEWS = read_schema(schema_toml("news"))
ARTICLES = [("a" * 16, "بوتين يوافق على محادثات"), ("b" * 16, HOSTILE)]


@pytest.fixture
def palette(look: Look, qtbot: QtBot) -> CommandPalette:
    palette = CommandPalette(look, ALL, NEWS, ARTICLES)
    put(qtbot, palette)
    qtbot.waitUntil(lambda: not palette._reader.isActive(), timeout=LONG)  # noqa: SLF001
    return palette


def ids(palette: CommandPalette, query: str) -> list[str]:
    palette.field.setText("")
    type_in(palette.field, query)
    return [entry.id for entry in palette.shown]


@pytest.mark.parametrize("query", ["انه المقال", "أنهِ", "finish art", "FINISH"])
def test_an_action_is_found_in_both_languages_however_it_is_spelled(
    palette: CommandPalette, query: str
) -> None:
    assert ids(palette, query)[0] == "finish"


@pytest.mark.parametrize("query", ["شخص", "PERS", "person"])
def test_a_type_is_found_by_its_names_and_its_id(palette: CommandPalette, query: str) -> None:
    assert ids(palette, query)[0] == "PERS"


def test_every_action_is_found_by_each_of_its_names(palette: CommandPalette) -> None:
    offered = {entry.id for entry in palette.shown if entry.kind == "action"}
    assert len(offered) > 40
    for code in CODES:
        for action in ACTIONS:
            if action.id in offered:
                name = Language.of(code).text(action.name)
                assert action.id in ids(palette, name), (code, name)


def test_arrows_choose_and_enter_does_it(palette: CommandPalette, qtbot: QtBot) -> None:
    ids(palette, "undo")
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    QTest.keyClick(palette.field, Qt.Key.Key_Up)
    with qtbot.waitSignal(palette.action_asked) as asked:
        QTest.keyClick(palette.field, Qt.Key.Key_Return)

    assert asked.args == ["undo"]
    assert not palette.isVisible()


def test_a_click_asks_for_a_type(palette: CommandPalette, qtbot: QtBot) -> None:
    ids(palette, "CONSULT")
    middle = palette.list.visualRect(palette.model.index(0)).center()
    with qtbot.waitSignal(palette.type_asked) as asked:
        QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=middle)

    assert asked.args == ["event", "CONSULT"]


def test_an_article_is_found_by_its_title(palette: CommandPalette, qtbot: QtBot) -> None:
    assert ids(palette, "محادثات بوتين") == ["a" * 16]
    with qtbot.waitSignal(palette.article_asked) as asked:
        QTest.keyClick(palette.field, Qt.Key.Key_Return)

    assert asked.args == ["a" * 16]


def test_what_cannot_be_done_says_why_stands_last_and_is_not_done(look: Look, qtbot: QtBot) -> None:
    palette = CommandPalette(look, ("project",), NEWS)
    put(qtbot, palette)
    undo = next(entry for entry in palette.shown if entry.id == "undo")
    assert undo.why_not == look.language.text(NEEDS["article"])
    reasons = [bool(entry.why_not) for entry in palette.shown]
    assert reasons == sorted(reasons)

    ids(palette, "undo")
    with qtbot.assertNotEmitted(palette.action_asked):
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_without_a_project_new_and_open_can_be_done(look: Look, qtbot: QtBot) -> None:
    palette = CommandPalette(look)
    put(qtbot, palette)
    can = {entry.id for entry in palette.shown if not entry.why_not}
    assert {"new_project", "open_project", "settings", "quit"} <= can
    assert not can & {"import", "undo", "note"}


def test_nothing_found_is_said(palette: CommandPalette) -> None:
    assert ids(palette, "ءءءءء") == []
    assert palette.none.isVisible()


def test_escape_closes(palette: CommandPalette) -> None:
    QTest.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_a_hostile_title_is_painted_literally(palette: CommandPalette) -> None:
    assert ids(palette, "img") == ["b" * 16]
    index = palette.model.index(0)
    assert "\u202e" not in str(palette.model.data(index))
    tip = str(palette.model.data(index, Qt.ItemDataRole.ToolTipRole))
    assert not is_rich(tip)
    assert not palette.grab().isNull()


def test_the_titles_of_a_project_are_offered(look: Look, tmp_path: Path, qtbot: QtBot) -> None:
    with Project.open(projects.made(tmp_path)) as project:
        palette = CommandPalette(look, ALL, NEWS, titles(project))
        put(qtbot, palette)
        palette.field.setText("002")
        wanted = [project.article(projects.sha_of(2)).uid]
        qtbot.waitUntil(lambda: [one.id for one in palette.shown] == wanted, timeout=LONG)


def test_many_articles_are_read_beside_the_typing(look: Look, qtbot: QtBot) -> None:
    many = ((f"{n:016}", f"خبر رقم {n}") for n in range(30_000))
    palette = CommandPalette(look, ALL, NEWS, many)
    put(qtbot, palette)
    assert ids(palette, "undo")[0] == "undo"
    palette.field.setText("29999")
    qtbot.waitUntil(lambda: [e.id for e in palette.shown] == [f"{29999:016}"], timeout=LONG)
