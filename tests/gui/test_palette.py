"""The palette and the types found by name: real clicks and keys, Arabic first."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.gui import dressing, keys
from annotator.gui.look import Look
from annotator.gui.panels.palette import PalettePanel, TypeButton
from annotator.gui.panels.typeahead import TypeAhead
from annotator.gui.session import Session
from annotator.paths import resource
from annotator.store.project import Project
from tests import projects
from tests.gui.cards import ARABIC, ENGLISH
from tests.gui.typed import type_text

Shown = Callable[..., PalettePanel]
HOSTILE = "<b>&<img src='x'>\\u202e"


@pytest.fixture
def shown(session: Session, qtbot: QtBot) -> Shown:
    return lambda look=ARABIC: show(session, qtbot, look)


def show(session: Session, qtbot: QtBot, look: Look = ARABIC) -> PalettePanel:
    application = QApplication.instance()
    if isinstance(application, QApplication):
        dressing.dress(application, look)
    panel = PalettePanel(look, session, keys.layout("linux"))
    qtbot.addWidget(panel)
    panel.resize(304, 360)
    panel.show()
    QApplication.processEvents()
    return panel


def names(panel: PalettePanel) -> list[str]:
    return [button.text() for button in panel.buttons]


def button(panel: PalettePanel, name: str) -> TypeButton:
    return next(one for one in panel.buttons if one.text() == name)


def with_schema(session: Session, toml: str) -> Session:
    """Return a session over a project with another label schema."""
    folder = session.project.path.parent
    path = projects.made(folder, "other.hashiya", schema=toml)
    project = Project.open(path)
    return Session(project, projects.annotator(project))


def test_types_stand_in_two_columns_in_the_order_of_the_schema(
    session: Session, qtbot: QtBot
) -> None:
    news = with_schema(session, resource("schemas/news.toml").read_text("utf-8"))
    panel = show(news, qtbot)

    found = panel.buttons
    assert len(found) == 22, "21 types and the key that removes"
    assert [found[0].text(), found[-1].text()] == ["شخص", "احذف الوسم"]
    assert found[0].x() > found[11].x(), "the first column is at the reading side"
    assert found[0].y() == found[11].y()
    assert found[10].y() > found[9].y()
    english = show(news, qtbot, ENGLISH).buttons
    assert english[0].x() < english[11].x()
    news.project.close()


def test_a_click_asks_for_the_type_and_the_last_cell_for_removing(
    shown: Shown, qtbot: QtBot
) -> None:
    panel = shown()
    with qtbot.waitSignal(panel.type_asked) as asked:
        QTest.mouseClick(button(panel, "شخص"), Qt.MouseButton.LeftButton)
    assert asked.args == ["entity", "PERS"]
    with qtbot.waitSignal(panel.action_asked) as action:
        QTest.mouseClick(button(panel, "احذف الوسم"), Qt.MouseButton.LeftButton)
    assert action.args == ["remove"]


@pytest.mark.parametrize(
    ("tab", "kind", "type_id", "hint"),
    [
        (1, "event", "MEET", "مع Shift"),
        (2, "stance", "against", "يبدأ بالمفتاح S"),
        (3, "relation", "same_as", "يبدأ بالمفتاح V"),
    ],
)
def test_each_tab_offers_its_kind_and_says_its_key(
    shown: Shown, qtbot: QtBot, tab: int, kind: str, type_id: str, hint: str
) -> None:
    panel = shown()
    panel.tabs.setCurrentIndex(tab)

    assert panel.hint.text() == hint
    with qtbot.waitSignal(panel.type_asked) as asked:
        QTest.mouseClick(panel.buttons[0], Qt.MouseButton.LeftButton)
    assert asked.args == [kind, type_id]


def test_retired_types_are_not_offered_and_one_without_a_key_has_none(
    session: Session, qtbot: QtBot
) -> None:
    toml = projects.SCHEMA.replace('version = "1"', 'version = "1"\nretired = ["ORG"]', 1)
    other = with_schema(session, toml.replace('key = "g"', ""))
    panel = show(other, qtbot)

    assert [one.type.id for one in panel.buttons] == ["PERS", "GPE", "remove"]
    assert [one.type.key for one in panel.buttons] == ["p", "", "x"]
    assert panel.buttons[0].accessibleName() == "شخص P"
    other.project.close()


def test_any_type_is_found_by_its_name_in_both_languages_and_return_takes_the_first(
    shown: Shown, qtbot: QtBot
) -> None:
    panel = shown()
    type_text(panel.field.line, "perso")
    assert names(panel) == ["شخص"]
    panel.field.line.setText("مِيت")
    assert names(panel) == []
    panel.field.line.setText("meet")
    with qtbot.waitSignal(panel.type_asked) as asked:
        QTest.keyClick(panel.field.line, Qt.Key.Key_Return)
    assert asked.args == ["event", "MEET"]
    assert panel.field.text() == ""
    assert "شخص" in names(panel)


def test_more_types_than_fit_are_scrolled(session: Session, qtbot: QtBot) -> None:
    many = "\n".join(f'[[entity]]\nid = "T{n}"\nar = "نوع {n}"\nen = "Type {n}"' for n in range(60))
    other = with_schema(session, projects.SCHEMA + many)
    panel = show(other, qtbot)

    assert len(panel.buttons) == 64
    last = panel.buttons[-1]
    assert last.mapTo(panel, QPoint(0, 0)).y() > panel.height()
    last.setFocus()
    other.project.close()


def test_names_and_guidelines_from_people_are_plain(session: Session, qtbot: QtBot) -> None:
    toml = projects.SCHEMA.replace('ar = "شخص"', f'ar = "{HOSTILE}"\nguideline_ar = "<i>خذ</i>"')
    other = with_schema(session, toml)
    panel = show(other, qtbot)
    first = panel.buttons[0]

    assert first.text() == "<b>&<img src='x'>[U+202E]"
    assert "<b>" not in first.toolTip().replace("\u2060", "|")
    assert not GuiQt.mightBeRichText(first.toolTip())
    assert not panel.grab().isNull()
    other.project.close()


def test_the_type_ahead_chooses_by_typing_and_says_the_kind(session: Session, qtbot: QtBot) -> None:
    dressing.dress(QApplication.instance(), ARABIC)  # type: ignore[arg-type]
    ahead = TypeAhead(ARABIC, session)
    qtbot.addWidget(ahead)
    ahead.open_at(QPoint(300, 100))

    type_text(ahead.chooser.field, "attac")
    with qtbot.waitSignals([ahead.chosen, ahead.closed]):
        QTest.keyClick(ahead.chooser.field, Qt.Key.Key_Return)
    assert not ahead.isVisible()


def test_the_type_ahead_offers_only_the_kinds_that_are_meant_and_escape_leaves_it(
    session: Session, qtbot: QtBot
) -> None:
    ahead = TypeAhead(ARABIC, session, ("entity",))
    qtbot.addWidget(ahead)
    ahead.open_at(QPoint(5000, 5000))
    chosen: list[object] = []
    ahead.chosen.connect(lambda *told: chosen.append(told))

    shown_names = [ahead.chooser.list.item(n).text() for n in range(ahead.chooser.list.count())]
    assert len(shown_names) == 3
    assert ahead.screen().availableGeometry().contains(ahead.geometry())
    QTest.keyClick(ahead.chooser.field, Qt.Key.Key_Escape)
    assert not ahead.isVisible()
    assert chosen == []
