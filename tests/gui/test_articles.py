"""The panel of articles: real rows of a real project, real clicks and keys, Arabic first."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from annotator.gui import dressing
from annotator.gui.look import Look
from annotator.gui.models.standing import Place
from annotator.gui.panels.articles import ArticlesPanel
from annotator.gui.session import Session
from annotator.gui.widgets.rows import RowRole
from annotator.services import labelling
from annotator.store.project import Project
from tests import projects
from tests.gui.cards import ARABIC, ENGLISH, entity, settle
from tests.gui.typed import type_text

Shown = Callable[..., ArticlesPanel]


@pytest.fixture
def shown(session: Session, qtbot: QtBot) -> Shown:
    def show(look: Look = ARABIC) -> ArticlesPanel:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            dressing.dress(application, look)
        panel = ArticlesPanel(look, session)
        qtbot.addWidget(panel)
        panel.resize(304, 420)
        panel.show()
        rest()
        return panel

    return show


def rest() -> None:
    """Let counting and placing come to their ends."""
    for _ in range(12):
        QApplication.processEvents()


def titles(panel: ArticlesPanel) -> list[str]:
    return [panel.model.at(row).title for row in range(panel.model.rowCount())]


def note(panel: ArticlesPanel, row: int) -> str:
    return str(panel.model.index(row).data(RowRole.NOTE))


def marked(panel: ArticlesPanel) -> list[int]:
    return [index.row() for index in panel.list.selectionModel().selectedIndexes()]


def click_row(panel: ArticlesPanel, row: int) -> None:
    place = panel.list.visualRect(panel.model.index(row)).center()
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_it_shows_each_article_with_status_and_labels_and_how_many_are_done(
    session: Session, shown: Shown
) -> None:
    entity(session, "موسكو", "GPE")
    session.do(session.intents.set_status("done"))
    settle(session)
    panel = shown()

    assert panel.model.rowCount() == 3
    assert panel.done.text() == "أُنجز 1 من 3"
    assert panel.line.value() == 1
    assert note(panel, 0) == "منجز · وسم واحد"
    assert note(panel, 1) == "جديد · لا وسوم"
    assert note(shown(ENGLISH), 0) == "Done · 1 label"


def test_a_click_asks_for_the_article_and_the_one_in_view_is_marked(
    session: Session, shown: Shown, qtbot: QtBot
) -> None:
    panel = shown()
    assert marked(panel) == [0]

    with qtbot.waitSignal(panel.article_asked) as asked:
        click_row(panel, 2)
    assert asked.args == [projects.sha_of(2)]
    session.show_article(projects.sha_of(2))
    assert marked(panel) == [2]


def test_the_keyboard_goes_from_the_filter_to_a_row_and_opens_it(
    session: Session, shown: Shown, qtbot: QtBot
) -> None:
    panel = shown()
    panel.setFocus(Qt.FocusReason.ShortcutFocusReason)
    assert panel.filter.field.line.hasFocus()

    QTest.keyClick(panel.filter.field.line, Qt.Key.Key_Down)
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    assert marked(panel) == [0], "the arrows move the ring, not the mark"
    with qtbot.waitSignal(panel.article_asked) as asked:
        QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert asked.args == [projects.sha_of(1)]


def test_typing_filters_folded_and_return_opens_the_first_that_fits(
    session: Session, shown: Shown, qtbot: QtBot
) -> None:
    retitle(session.project, "أوكرانيا: قمّة", "خبر آخر", "إستقالة")
    panel = shown()

    type_text(panel.filter.field.line, "اوكرانيا")
    qtbot.waitUntil(lambda: titles(panel) == ["أوكرانيا: قمّة"])
    panel.filter.field.line.setText("استقاله")
    with qtbot.waitSignal(panel.article_asked) as asked:
        QTest.keyClick(panel.filter.field.line, Qt.Key.Key_Return)
    assert asked.args == [projects.sha_of(2)]
    QTest.keyClick(panel.filter.field.line, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: panel.model.rowCount() == 3)


def test_a_filter_without_result_says_so_and_its_button_removes_it(
    session: Session, shown: Shown, qtbot: QtBot
) -> None:
    panel = shown()
    panel.filter.field.line.setText("لا شيء كهذا")
    panel.filter.choose_status("skipped")
    panel.filter.flush()
    rest()
    assert not panel.list.isVisible()
    button = next(one for one in buttons(panel) if one.text() == "أزل المرشّح")

    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    rest()
    assert panel.list.isVisible()
    assert panel.model.rowCount() == 3
    assert not panel.filter.status.isChecked()


def buttons(panel: ArticlesPanel) -> list[QPushButton]:
    return [one for one in panel.findChildren(QPushButton) if one.isVisible()]


def test_the_menu_of_statuses_filters(session: Session, shown: Shown) -> None:
    session.do(session.intents.set_status("skipped"))
    settle(session)
    panel = shown()

    actions = {action.text(): action for action in panel.filter.status.menu().actions()}
    assert list(actions) == ["كل الحالات", "جديد", "قيد العمل", "منجز", "متروك"]
    actions["متروك"].trigger()
    rest()
    assert panel.model.rowCount() == 1
    assert panel.filter.status.isChecked()


def test_a_row_follows_status_and_labels_without_reading_the_list_again(
    session: Session, shown: Shown, qtbot: QtBot
) -> None:
    panel = shown()
    with qtbot.assertNotEmitted(panel.model.modelReset):
        entity(session, "موسكو", "GPE")
        entity(session, "ترامب")
        assert note(panel, 0) == "قيد العمل · وسمان"
        session.do(session.intents.set_status("done"))
        settle(session)
        assert note(panel, 0) == "منجز · وسمان"
        assert panel.done.text() == "أُنجز 1 من 3"
        session.undo()
        assert note(panel, 0) == "قيد العمل · وسمان"
        assert panel.done.text() == "أُنجز 0 من 3"


def test_next_and_previous_ask_for_the_neighbour_and_tell_the_place(
    session: Session, shown: Shown, qtbot: QtBot
) -> None:
    panel = shown()
    places: list[Place] = []
    panel.place_changed.connect(places.append)

    assert not panel.ask_neighbour(-1)
    with qtbot.waitSignal(panel.article_asked) as asked:
        assert panel.ask_neighbour(1)
    assert asked.args == [projects.sha_of(1)]
    session.show_article(projects.sha_of(1))
    rest()
    assert places[-1] == Place(2, 3, has_previous=True, has_next=True)


def test_without_an_article_in_view_next_is_the_first(
    session: Session, shown: Shown, qtbot: QtBot
) -> None:
    session.show_article("")
    panel = shown()
    with qtbot.waitSignal(panel.article_asked) as asked:
        panel.ask_neighbour(1)
    assert asked.args == [projects.sha_of(0)]


def test_articles_that_come_while_the_window_is_open_are_listed(
    session: Session, shown: Shown
) -> None:
    panel = shown()
    projects.add_articles(session.project, "نص جديد من مكان آخر")
    session.read_again()
    rest()

    assert panel.model.rowCount() == 4
    assert panel.done.text() == "أُنجز 0 من 4"
    assert marked(panel) == [0]


def test_titles_of_html_controls_and_five_hundred_letters_are_rows_like_others(
    session: Session, shown: Shown
) -> None:
    retitle(session.project, "<b>&<img src='x'>\u202e", "ع" * 500, "سطر\nثانٍ")
    panel = shown()
    picture = panel.grab()

    assert titles(panel)[0] == "<b>&<img src='x'>\u202e", "the delegate shows it literally"
    assert not picture.isNull()
    said = panel.model.index(2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert str(said).startswith("سطر ثانٍ.")


def test_a_long_list_is_read_as_it_is_scrolled_and_begins_where_the_article_stands(
    tmp_path: Path, qtbot: QtBot
) -> None:
    with Project.open(projects.made(tmp_path)) as project:
        who = projects.annotator(project)
        more = [(f"{n:064x}", f"مقال {n}", 9) for n in range(400)]
        project.connection.executemany(
            "INSERT INTO articles(sha256,title,length) VALUES(?,?,?)", more
        )
        project.connection.execute(
            "INSERT INTO texts SELECT id,'نص للمقال' FROM articles WHERE id>3"
        )
        session = Session(project, who)
        panel = ArticlesPanel(ARABIC, session)
        qtbot.addWidget(panel)
        panel.resize(304, 420)
        panel.show()
        rest()
        assert panel.model.rowCount() < 200
        assert panel.done.text() == "أُنجز 0 من 403"

        session.show_article(f"{300:064x}")
        rest()
        assert panel.model.at(marked(panel)[0]).title == "مقال 300"
        assert panel.list.visualRect(panel.model.index(marked(panel)[0])).top() >= 0
        bar = panel.list.verticalScrollBar()
        for _ in range(40):
            bar.setValue(bar.minimum())
            rest()
        assert panel.model.is_read_back
        for _ in range(40):
            bar.setValue(bar.maximum())
            rest()
        assert panel.model.is_read
        assert panel.model.rowCount() == 403
        rows = [panel.model.at(n).row for n in range(403)]
        assert rows == sorted(rows)


def test_label_counts_of_other_rows_come_after_the_rows(session: Session, shown: Shown) -> None:
    layer = projects.layer_of(session.project, text=1)
    labelling.add_entity(session.project, layer, projects.extent_of("بغداد", 1), "GPE")
    assert note(shown(), 1) == "قيد العمل · وسم واحد"


def retitle(project: Project, *given: str) -> None:
    """Give the articles other titles, as an import of rows does."""
    for n, title in enumerate(given, 1):
        project.connection.execute("UPDATE articles SET title=? WHERE id=?", (title, n))
    project.connection.execute("UPDATE settings SET value='0' WHERE name='indexed'")


def test_the_panel_begins_at_the_reading_side(shown: Shown) -> None:
    for look, is_mirrored in ((ARABIC, True), (ENGLISH, False)):
        filter_ = shown(look).filter
        assert (filter_.status.x() < filter_.field.x()) is is_mirrored
