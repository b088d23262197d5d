"""Label every occurrence: proposals are looked at, ticked, labelled in one gesture, and undone."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.arabic.finding import Query
from annotator.core.model import Entity, Region
from annotator.gui.dialogs.markall import MarkAllDialog
from annotator.gui.dialogs.markallwork import Wanted
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.gui.program import Program
from annotator.services import labelling, projectwide
from annotator.store.project import Project
from tests import projects
from tests.gui.asking import HOSTILE, LONG, is_literal, put, seen, type_in
from tests.gui.onpage import page_of, session_of
from tests.gui.searchpages import CONTROL, LEFT, SHIFT, at_rest, searched, shown
from tests.gui.teams import click
from tests.projects import extent_of, layer_of, sha_of

LATER = "وقال بوتين في موسكو إن بوتينا ليست وبوتين."


@pytest.fixture
def project() -> Iterator[Project]:
    with projects.quick_folder() as folder, Project.open(projects.made(folder)) as project:
        projects.add_articles(project, LATER)
        yield project


def asking(look: Look, project: Project, jobs: Jobs, qtbot: QtBot, wanted: Wanted) -> MarkAllDialog:
    who = projects.annotator(project)
    dialog = MarkAllDialog(look, project, who, jobs, wanted)
    put(qtbot, dialog)
    looked(dialog, qtbot)
    return dialog


def looked(dialog: MarkAllDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not dialog.is_waiting, timeout=LONG)


def quotes(project: Project, article: str) -> list[str]:
    layer = project.layer(article, projects.annotator(project).uid)
    labels = project.labels(layer)
    return [one.extent[0].quote for one in labels if isinstance(one, Entity)]


PUTIN = Wanted(Query("بوتين"), "PERS")


def test_every_place_is_proposed_and_nothing_is_changed(
    look: Look, project: Project, jobs: Jobs, qtbot: QtBot
) -> None:
    projects.annotator(project)
    before = projects.contents(project)
    dialog = asking(look, project, jobs, qtbot, PUTIN)
    assert [row.word for row in dialog.list.rows.rows] == ["بوتين", "بوتين", "بوتين", "وبوتين."]
    assert dialog.list.rows.ticked == {0, 1, 2, 3}
    assert dialog.go.isEnabled()
    assert projects.contents(project) == before


def test_the_ticked_places_are_labelled_and_one_undo_takes_them_back(
    look: Look, project: Project, jobs: Jobs, qtbot: QtBot
) -> None:
    dialog = asking(look, project, jobs, qtbot, PUTIN)
    later = projects.sha_of(LATER)
    before = [project.labels(layer_of(project)), quotes(project, later)]
    dialog.list.go_to(0)
    QTest.keyClick(dialog.list, Qt.Key.Key_Space)
    with qtbot.waitSignal(dialog.labelled, timeout=LONG) as told:
        click(dialog.go)
    assert told.args[0].n == 3
    assert told.args[0].articles == {sha_of(0), later}
    assert quotes(project, sha_of(0)) == ["بوتين"]
    assert quotes(project, later) == ["بوتين", "بوتين"]
    looked(dialog, qtbot)
    assert dialog.list.rows.ticked == {0}
    assert dialog.undo.isVisible()

    with qtbot.waitSignal(dialog.taken_back, timeout=LONG):
        click(dialog.undo)
    assert [project.labels(layer_of(project)), quotes(project, later)] == before
    looked(dialog, qtbot)
    assert len(dialog.list.rows.ticked) == 4


def test_places_labelled_otherwise_are_shown_and_not_ticked(
    look: Look, project: Project, jobs: Jobs, qtbot: QtBot
) -> None:
    layer = layer_of(project)
    labelling.add_entity(project, layer, extent_of("بوتين"), "ORG")
    labelling.add_entity(project, layer, extent_of("بوتين", nth=1), "PERS")
    dialog = asking(look, project, jobs, qtbot, PUTIN)
    rows = dialog.list.rows.rows
    assert [row.can_tick for row in rows] == [True, False, True, True]
    assert dialog.list.rows.ticked == {2, 3}
    assert [len(row.chips) for row in rows] == [1, 0, 0, 0]
    click(dialog.all)
    assert dialog.list.rows.ticked == {0, 2, 3}
    click(dialog.none)
    assert dialog.list.rows.ticked == set()
    assert not dialog.go.isEnabled()


def test_only_what_is_labelled_and_no_done_layer_is_offered(
    look: Look, project: Project, jobs: Jobs, qtbot: QtBot
) -> None:
    line = projects.TEXTS[0].index("\n") + 1
    regions = [Region(0, line, "nav"), Region(line, len(projects.TEXTS[0]), "body")]
    projectwide.set_regions(project, sha_of(0), regions)
    later = project.layer(projects.sha_of(LATER), projects.annotator(project).uid)
    labelling.set_status(project, later, "done")
    dialog = asking(look, project, jobs, qtbot, PUTIN)
    assert [row.can_tick for row in dialog.list.rows.rows] == [True, False, False]
    assert dialog.list.rows.ticked == {0}


def test_what_was_finished_or_labelled_meanwhile_is_told(
    look: Look, project: Project, jobs: Jobs, qtbot: QtBot
) -> None:
    dialog = asking(look, project, jobs, qtbot, PUTIN)
    later = project.layer(projects.sha_of(LATER), projects.annotator(project).uid)
    labelling.set_status(project, later, "done")
    labelling.add_entity(project, layer_of(project), extent_of("بوتين"), "PERS")
    with qtbot.waitSignal(dialog.labelled, timeout=LONG) as told:
        click(dialog.go)
    assert (told.args[0].n, told.args[0].n_done, told.args[0].n_met) == (1, 2, 1)
    told_in = {
        "ar": ("لأن الطبقة أُنجزت في الأثناء: موضعان", "لوجود وسم في الموضع: موضع واحد"),
        "en": ("the layer was finished meanwhile: 2 places", "a label is there by now: 1 place"),
    }
    for said in told_in[look.language.code]:
        assert said in dialog.summary.text()


def test_level_clitics_last_name_and_where_are_chosen(
    look: Look, project: Project, jobs: Jobs, qtbot: QtBot
) -> None:
    wanted = Wanted(Query("فلاديمير بوتين"), "PERS", sha_of(0))
    dialog = asking(look, project, jobs, qtbot, wanted)
    assert len(dialog.list.rows.rows) == 1
    dialog.wanted.last_name.click()
    looked(dialog, qtbot)
    assert len(dialog.list.rows.rows) == 2
    dialog.wanted.scope.press("all")
    looked(dialog, qtbot)
    assert len(dialog.list.rows.rows) == 4
    dialog.wanted.clitics.click()
    looked(dialog, qtbot)
    assert len(dialog.list.rows.rows) == 3
    dialog.wanted.field.setText("منظمه")
    dialog.wanted.level.press("marks")
    looked(dialog, qtbot)
    assert dialog.list.rows.rows == []
    assert not dialog.wanted.last_name.isEnabled()


def test_without_a_type_nothing_is_looked_for(
    look: Look, project: Project, jobs: Jobs, qtbot: QtBot
) -> None:
    dialog = asking(look, project, jobs, qtbot, Wanted(Query("بوتين"), ""))
    assert dialog.list.rows.rows == []
    assert not dialog.go.isEnabled()
    dialog.wanted.type.setCurrentIndex(dialog.wanted.type.findData("PERS"))
    looked(dialog, qtbot)
    assert dialog.go.isEnabled()


@pytest.mark.parametrize("query", ["،", "\u064c", "ب" * 10_000])
def test_a_name_of_nothing_gets_one_sentence(
    look: Look, project: Project, jobs: Jobs, qtbot: QtBot, query: str
) -> None:
    dialog = asking(look, project, jobs, qtbot, Wanted(Query(query), "PERS"))
    assert dialog.trouble.text
    assert not dialog.go.isEnabled()
    dialog.wanted.field.setText("بوتين")
    looked(dialog, qtbot)
    assert not dialog.trouble.text
    assert dialog.go.isEnabled()


def test_return_in_the_name_labels_nothing_and_ctrl_return_does(
    look: Look, project: Project, jobs: Jobs, qtbot: QtBot
) -> None:
    dialog = asking(look, project, jobs, qtbot, PUTIN)
    dialog.activateWindow()
    QTest.keyClick(dialog.wanted.field, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert quotes(project, sha_of(0)) == []
    with qtbot.waitSignal(dialog.labelled, timeout=LONG):
        QTest.keyClick(dialog, Qt.Key.Key_Return, CONTROL)
    assert quotes(project, sha_of(0)) == ["بوتين", "بوتين"]


def test_hostile_names_are_shown_literally(
    look: Look, project: Project, jobs: Jobs, qtbot: QtBot
) -> None:
    projects.add_articles(project, HOSTILE + " بوتين")
    dialog = asking(look, project, jobs, qtbot, PUTIN)
    dialog.wanted.field.setText("<b>بوتين</b>")
    looked(dialog, qtbot)
    assert is_literal(dialog)
    assert "<b>" not in seen(dialog)


# --- in the window --------------------------------------------------------------------------------


def dialog_of(program: Program) -> MarkAllDialog:
    (found,) = program.window.findChildren(MarkAllDialog)
    assert isinstance(found, MarkAllDialog)
    return found


def pressed(program: Program, qtbot: QtBot) -> MarkAllDialog:
    """Press the key in the article; return the dialog when it has looked."""
    program.window.activateWindow()
    QApplication.processEvents()
    QTest.keyClick(program.window, Qt.Key.Key_A, CONTROL | SHIFT)
    dialog = dialog_of(program)
    looked(dialog, qtbot)
    return dialog


def test_the_key_asks_for_the_label_in_hand_and_undo_takes_all_back(
    opened: Program, qtbot: QtBot
) -> None:
    session, canvas = session_of(opened), page_of(opened).canvas
    projects.add_articles(session.project, LATER)
    (span,) = extent_of("بوتين")
    canvas.select(span.start, span.end)
    QTest.keyClick(canvas, Qt.Key.Key_P)
    session.flush()
    before = projects.contents(session.project)["entities"]

    dialog = pressed(opened, qtbot)
    assert (dialog.wanted.field.text(), dialog.wanted.type.currentData()) == ("بوتين", "PERS")
    assert dialog.list.rows.ticked == {1}
    dialog.wanted.scope.press("all")
    looked(dialog, qtbot)
    assert dialog.list.rows.ticked == {1, 2, 3}
    with qtbot.waitSignal(dialog.labelled, timeout=LONG):
        click(dialog.go)
    looked(dialog, qtbot)
    dialog.close()
    assert len(session.labels) == 2
    assert len(projects.contents(session.project)["entities"]) == 4

    opened.window.activateWindow()
    QApplication.processEvents()
    QTest.keyClick(opened.window, Qt.Key.Key_Z, CONTROL)
    assert len(session.labels) == 1
    assert projects.contents(session.project)["entities"] == before
    QTest.keyClick(opened.window, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert len(session.labels) == 2
    assert len(projects.contents(session.project)["entities"]) == 4
    QTest.keyClick(opened.window, Qt.Key.Key_Z, CONTROL)
    QTest.keyClick(opened.window, Qt.Key.Key_Z, CONTROL)
    assert session.labels == {}


def test_selected_words_are_meant_and_a_row_goes_to_its_place(
    opened: Program, qtbot: QtBot
) -> None:
    canvas = page_of(opened).canvas
    (span,) = extent_of("بوتين", nth=1)
    canvas.select(span.start - 1, span.end)
    dialog = pressed(opened, qtbot)
    assert dialog.wanted.field.text() == "بوتين"
    assert dialog.wanted.type.currentData() == ""
    type_in(dialog.wanted.field, "")
    dialog.wanted.type.setCurrentIndex(1)
    looked(dialog, qtbot)
    row = dialog.list.visualRect(dialog.list.rows.index(0)).center()
    QTest.mouseClick(dialog.list.viewport(), LEFT, pos=row)
    QTest.mouseDClick(dialog.list.viewport(), LEFT, pos=row)
    assert canvas.caret() == extent_of("بوتين")[0].start
    dialog.close()


def test_with_nothing_meant_it_says_so(opened: Program, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session_of(opened).refused) as told:
        opened.window.commands.do("mark_all")
    assert told.args[0].code == "nothing_selected"
    assert opened.window.findChildren(MarkAllDialog) == []


def test_what_was_looked_for_can_be_labelled(opened: Program, qtbot: QtBot) -> None:
    page = shown(opened)
    searched(page, "بغداد", qtbot)
    click(page.options.mark)
    dialog = dialog_of(opened)
    dialog.wanted.type.setCurrentIndex(dialog.wanted.type.findData("GPE"))
    looked(dialog, qtbot)
    assert dialog.list.rows.ticked == {0, 1}
    with qtbot.waitSignal(dialog.labelled, timeout=LONG):
        click(dialog.go)
    looked(dialog, qtbot)
    dialog.close()
    at_rest(page, qtbot)
    assert [len(row.chips) for row in page.list.rows.rows] == [1, 1]
