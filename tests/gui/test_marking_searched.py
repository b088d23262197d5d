"""The button of the search page labels what is listed there: the same places with their states."""

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.core.model import Region
from annotator.gui.dialogs.markall import MarkAllDialog
from annotator.gui.pages.search import SearchPage
from annotator.gui.program import Program
from annotator.services import labelling, projectwide
from tests import projects
from tests.gui.asking import LONG
from tests.gui.onpage import session_of
from tests.gui.searchpages import LEFT, at_rest, searched, shown
from tests.gui.teams import click
from tests.projects import sha_of


def asked(program: Program, page: SearchPage, qtbot: QtBot, type_: str = "PERS") -> MarkAllDialog:
    click(page.options.mark)
    (dialog,) = program.window.findChildren(MarkAllDialog)
    assert isinstance(dialog, MarkAllDialog)
    dialog.wanted.type.setCurrentIndex(dialog.wanted.type.findData(type_))
    qtbot.waitUntil(lambda: not dialog.is_waiting, timeout=LONG)
    return dialog


def places(page: SearchPage | MarkAllDialog) -> list[tuple[str, int, int]]:
    return [(row.article, row.start, row.end) for row in page.list.rows.rows]


def test_the_filters_of_the_search_are_those_of_the_dialog(opened: Program, qtbot: QtBot) -> None:
    session = session_of(opened)
    assert session.annotator is not None
    project = session.project
    later = projects.add_articles(project, "وقال بوتين في موسكو إن بوتين مشغول.")[0]
    layer = project.layer(sha_of(0), session.annotator.uid)
    labelling.add_entity(project, layer, projects.extent_of("بوتين"), "PERS")
    page = shown(opened)
    page.options.status.setCurrentIndex(page.options.status.findData("started"))
    page.options.unlabelled.setChecked(True)
    searched(page, "بوتين", qtbot)
    listed = places(page)
    assert len(listed) == 1
    assert later not in {article for article, _, _ in listed}

    dialog = asked(opened, page, qtbot)
    assert places(dialog) == listed
    assert dialog.wanted.filters.text() == "الحالة: قيد العمل · ما لا وسم عليه فقط"
    with qtbot.waitSignal(dialog.labelled, timeout=LONG) as told:
        click(dialog.go)
    assert (told.args[0].n, told.args[0].articles) == (1, {sha_of(0)})
    qtbot.waitUntil(lambda: not dialog.is_waiting, timeout=LONG)
    assert dialog.undo.isVisible()
    assert dialog.list.rows.rows == []


def test_beginnings_and_own_clitics_are_labelled_as_they_are_listed(
    opened: Program, qtbot: QtBot
) -> None:
    page = shown(opened)
    page.options.prefix.setChecked(True)
    searched(page, "البلد", qtbot)
    listed = places(page)
    assert [projects.TEXTS[1][start:end] for _, start, end in listed] == ["البلدية"]
    dialog = asked(opened, page, qtbot, "ORG")
    assert places(dialog) == listed
    assert dialog.list.rows.ticked == {0}
    dialog.close()
    dialog.deleteLater()
    qtbot.waitUntil(lambda: not opened.window.findChildren(MarkAllDialog), timeout=LONG)

    page.options.prefix.setChecked(False)
    searched(page, "وبوتين", qtbot)  # without its own conjunction
    listed = places(page)
    assert len(listed) == 2
    assert places(asked(opened, page, qtbot)) == listed


def test_places_where_nothing_is_labelled_are_listed_and_cannot_be_ticked(
    opened: Program, qtbot: QtBot
) -> None:
    line = projects.TEXTS[0].index("\n") + 1
    regions = [Region(0, line, "nav"), Region(line, len(projects.TEXTS[0]), "body")]
    projectwide.set_regions(session_of(opened).project, sha_of(0), regions)
    page = shown(opened)
    searched(page, "بوتين", qtbot)
    listed = places(page)
    dialog = asked(opened, page, qtbot)
    assert places(dialog) == listed
    rows = dialog.list.rows.rows
    assert [(row.can_tick, row.note) for row in rows if row.end <= line] == [(False, "لا يوسَم")]
    assert sum(not row.can_tick for row in rows) == 1
    assert len(rows) > 1


def test_of_a_regular_expression_it_says_why_nothing_can_be_labelled(
    opened: Program, qtbot: QtBot
) -> None:
    page = shown(opened)
    assert not page.options.why_not.isVisible()
    page.options.pattern.setChecked(True)
    searched(page, "بو.ين", qtbot)
    assert page.list.rows.rows
    assert not page.options.mark.isEnabled()
    assert page.options.why_not.isVisible()
    QTest.mouseClick(page.options.mark, LEFT)
    assert opened.window.findChildren(MarkAllDialog) == []
    at_rest(page, qtbot)
