"""Export: what is chosen goes out, what is left out is told, and a path is whole or as it was."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.gui.dialogs.exporting import ExportDialog
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.services import annotators, labelling
from annotator.store.project import Project
from tests import projects
from tests.gui.asking import LONG, NEWS, is_literal, put, seen

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def project() -> Iterator[Project]:
    """Return a project where two have labelled two articles, one of them done."""
    with projects.quick_folder() as folder, Project.open(projects.made(folder)) as project:
        for name, text, is_done in (("سلمى", 0, True), ("أحمد", 0, False), ("سلمى", 1, False)):
            layer = projects.layer_of(project, name, text)
            quote, type_name = ("بوتين", "PERS") if text == 0 else ("بغداد", "GPE")
            labelling.add_entity(project, layer, projects.extent_of(quote, text), type_name)
            if is_done:
                labelling.set_status(project, layer, "done")
        yield project


@pytest.fixture
def dialog(look: Look, project: Project, jobs: Jobs, tmp_path: Path, qtbot: QtBot) -> ExportDialog:
    dialog = ExportDialog(look, project, jobs, project.article(projects.sha_of(1)).uid)
    dialog.path.setText(str(tmp_path / "صادر.jsonl"))
    put(qtbot, dialog)
    return dialog


def rows_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def export(dialog: ExportDialog, qtbot: QtBot) -> list[dict[str, Any]]:
    """Export, and return what is in the file."""
    with qtbot.waitSignal(dialog.exported, timeout=LONG):
        QTest.mouseClick(dialog.go, LEFT)
    return rows_of(Path(dialog.path.text()))


def test_all_layers_go_out_unless_something_is_chosen(dialog: ExportDialog, qtbot: QtBot) -> None:
    assert len(export(dialog, qtbot)) == 3
    assert Path(dialog.path.text() + ".features.json").is_file()
    assert dialog.report.isVisible()


def test_only_one_annotator_s_layers_go_out(dialog: ExportDialog, qtbot: QtBot) -> None:
    at = [dialog.who.itemText(n) for n in range(dialog.who.count())]
    dialog.who.setCurrentIndex(next(n for n, said in enumerate(at) if "أحمد" in said))
    rows = export(dialog, qtbot)
    assert [row["annotator"]["name"] for row in rows] == ["أحمد"]


def test_what_is_not_done_is_left_out_and_told(dialog: ExportDialog, qtbot: QtBot) -> None:
    dialog.status.press("done")
    assert len(export(dialog, qtbot)) == 1
    assert "2" in dialog.report.text()


def test_only_the_article_that_is_shown_goes_out(dialog: ExportDialog, qtbot: QtBot) -> None:
    dialog.articles.press("one")
    assert [row["text"] for row in export(dialog, qtbot)] == [projects.TEXTS[1]]


def test_only_chosen_types_go_out(dialog: ExportDialog, qtbot: QtBot) -> None:
    dialog.types.which.press("some")
    assert dialog.trouble.text
    assert not dialog.go.isEnabled()
    dialog.types.some.press("GPE")
    assert dialog.go.isEnabled()
    rows = export(dialog, qtbot)
    assert {one["type"] for row in rows for one in row["entities"]} == {"GPE"}


def test_articles_are_shared_out_for_training(
    dialog: ExportDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog.shares.is_wanted.click()
    dialog.shares.numbers[0].setValue(70)
    assert "90" in dialog.trouble.text
    assert not dialog.go.isEnabled()
    dialog.shares.numbers[1].setValue(20)
    assert dialog.trouble.text == ""
    with qtbot.waitSignal(dialog.exported, timeout=LONG):
        QTest.mouseClick(dialog.go, LEFT)
    names = {path.name for path in tmp_path.glob("*.jsonl")}
    assert names == {f"صادر.{part}.jsonl" for part in ("train", "validation", "test")}


def test_an_empty_choice_is_said_to_be_one(dialog: ExportDialog, qtbot: QtBot) -> None:
    annotators.ensure(dialog._project, "منى")  # noqa: SLF001
    dialog.status.press("done")
    dialog.articles.press("one")
    assert export(dialog, qtbot) == []
    said = "No layer is as asked for, so no row was exported."
    assert dialog.report.text() == dialog.look.language.text(said)


def test_an_existing_file_is_said_to_be_replaced(
    dialog: ExportDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "there.jsonl"
    path.write_text("old")
    dialog.path.setText(str(path))
    assert dialog.replaces.isVisible()
    export(dialog, qtbot)
    assert path.read_text("utf-8") != "old"


def test_the_project_itself_is_never_written_over(
    dialog: ExportDialog, project: Project, qtbot: QtBot
) -> None:
    before = project.path.read_bytes()
    dialog.path.setText(str(project.path))
    QTest.mouseClick(dialog.go, LEFT)
    qtbot.waitUntil(lambda: bool(dialog.trouble.text), timeout=LONG)
    assert project.path.read_bytes() == before


def test_a_folder_that_is_not_there_is_told(
    dialog: ExportDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog.path.setText(str(tmp_path / "none" / "a.jsonl"))
    QTest.mouseClick(dialog.go, LEFT)
    qtbot.waitUntil(lambda: bool(dialog.trouble.text), timeout=LONG)
    assert "none" in dialog.trouble.text
    assert dialog.go.isEnabled()


def test_stopping_leaves_the_path_as_it_was(
    dialog: ExportDialog, project: Project, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "there.jsonl"
    path.write_text("old")
    dialog.path.setText(str(path))
    shas = projects.add_articles(project, *(f"{n} {NEWS}" for n in range(400)))
    for sha in shas:
        layer = project.layer(sha, projects.annotator(project, "سلمى").uid)
        labelling.set_status(project, layer, "started")
    QTest.mouseClick(dialog.go, LEFT)
    QTest.mouseClick(dialog.stop, LEFT)
    qtbot.waitUntil(lambda: dialog.report.isVisible(), timeout=LONG)
    assert path.read_text("utf-8") == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["there.jsonl"]


def test_the_folder_is_shown(
    dialog: ExportDialog, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    export(dialog, qtbot)
    QTest.mouseClick(dialog.folder, LEFT)
    assert [Path(url.toLocalFile()) for url in opened] == [tmp_path]


def test_what_would_be_lost_is_said_before(dialog: ExportDialog) -> None:
    assert dialog.look.language.text("JSONL of Hashiya: nothing is lost in it.") in seen(dialog)


def test_escape_closes(dialog: ExportDialog) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_hostile_names_are_literal(look: Look, project: Project, jobs: Jobs, qtbot: QtBot) -> None:
    annotators.ensure(project, "<b>&<img src=x>" + "ط" * 60)
    dialog = ExportDialog(look, project, jobs)
    put(qtbot, dialog)
    assert is_literal(dialog)
    assert dialog.width() < 900
