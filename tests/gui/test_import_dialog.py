"""Import: what is chosen is tried out, then read in beside the window, or stopped."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from annotator import paths
from annotator.gui.dialogs.encodings import Sample, samples
from annotator.gui.dialogs.importing import ImportDialog
from annotator.gui.jobs import Jobs
from annotator.gui.look import Look
from annotator.services import exporting
from annotator.store.project import Project
from tests import projects
from tests.arabic.dospages import cp864
from tests.gui.asking import HOSTILE, LONG, NEWS, drop, is_literal, put

LEFT = Qt.MouseButton.LeftButton
ODD = "أب جد"
"""So short that nobody can tell its encoding."""


@pytest.fixture
def project() -> Iterator[Project]:
    with projects.quick_folder() as folder, Project.open(projects.made(folder)) as project:
        projects.annotator(project)
        yield project


@pytest.fixture
def dialog(look: Look, project: Project, jobs: Jobs, qtbot: QtBot) -> ImportDialog:
    dialog = ImportDialog(look, project, jobs)
    put(qtbot, dialog)
    return dialog


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of all kinds of files: two good, the rest not."""
    folder = tmp_path / "مقالات"
    folder.mkdir()
    (folder / "a.txt").write_text(NEWS * 3, "utf-8")
    (folder / "b.txt").write_bytes((NEWS * 4).encode("cp1256"))
    (folder / "c.txt").write_text(NEWS * 3, "utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "odd.txt").write_bytes(ODD.encode("cp1256"))
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (folder / "letter.docx").write_bytes(b"PK\x03\x04")
    return folder


def choose(dialog: ImportDialog, qtbot: QtBot, *paths: Path) -> None:
    """Choose `paths`, and wait until they have been tried out."""
    dialog.sources.add(paths)
    wait(dialog, qtbot)


def wait(dialog: ImportDialog, qtbot: QtBot) -> None:
    def is_tried() -> None:
        assert dialog.preview is not None
        assert not dialog._looker.is_on  # noqa: SLF001

    qtbot.waitUntil(is_tried, timeout=LONG)


def bring_in(dialog: ImportDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.imported, timeout=LONG):
        QTest.mouseClick(dialog.go, LEFT)


def titles(project: Project) -> set[str]:
    return {row[0] for row in project.connection.execute("SELECT title FROM articles")}


def refused(dialog: ImportDialog) -> dict[str, str]:
    """Return the reasons in the table by the name of the file and the line."""
    model = dialog.table.model()
    said = {}
    for row in range(model.rowCount()):
        file, line, why = (str(model.data(model.index(row, n))) for n in range(3))
        said[f"{file[1:-1]}:{line}"] = why  # without the isolates around the name
    return said


def test_without_a_choice_nothing_can_be_imported(dialog: ImportDialog) -> None:
    assert not dialog.go.isEnabled()
    assert not dialog.table.isVisible()


def test_a_choice_is_tried_out_and_nothing_is_written(
    dialog: ImportDialog, project: Project, folder: Path, qtbot: QtBot
) -> None:
    before = projects.contents(project)
    choose(dialog, qtbot, folder)

    assert dialog.preview is not None
    assert (dialog.preview.added, dialog.preview.duplicates) == (2, 1)
    assert set(refused(dialog)) == {"empty.txt:", "odd.txt:", "picture.txt:"}
    assert dialog.ignored.text()
    assert projects.contents(project) == before


def test_what_was_tried_out_is_imported_and_told(
    dialog: ImportDialog, project: Project, folder: Path, qtbot: QtBot
) -> None:
    choose(dialog, qtbot, folder)
    bring_in(dialog, qtbot)

    assert {"a", "b"} <= titles(project)
    assert "2" in dialog.summary.text() or "مقالان" in dialog.summary.text()
    assert set(refused(dialog)) == {"empty.txt:", "odd.txt:", "picture.txt:"}
    assert not dialog.go.isEnabled()


def test_importing_again_says_that_all_is_there(
    dialog: ImportDialog, project: Project, folder: Path, qtbot: QtBot
) -> None:
    choose(dialog, qtbot, folder)
    bring_in(dialog, qtbot)
    dialog.sources.remove(folder)
    choose(dialog, qtbot, folder)

    assert dialog.preview is not None
    assert (dialog.preview.added, dialog.preview.duplicates) == (0, 3)
    assert not dialog.go.isEnabled()


def test_files_and_folders_are_dropped_and_taken_out(
    dialog: ImportDialog, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    project_file = tmp_path / "x.hashiya"
    assert drop(dialog.sources, folder / "a.txt", folder / "b.txt", project_file)
    assert drop(dialog, folder / "a.txt", folder / "c.txt")
    names = [path.name for path in dialog.sources.sources]
    assert names == ["a.txt", "b.txt", "c.txt"]
    wait(dialog, qtbot)
    dialog.sources.remove(folder / "a.txt")
    assert dialog.preview is None
    wait(dialog, qtbot)
    assert dialog.preview is not None


def test_files_are_chosen_in_a_dialog_with_our_own_caption(
    dialog: ImportDialog, qtbot: QtBot
) -> None:
    captions: list[str] = []

    def look_and_close() -> None:
        for asked in QApplication.topLevelWidgets():
            if isinstance(asked, QFileDialog):
                captions.append(asked.windowTitle())
                asked.reject()

    timer = QTimer(interval=100)
    timer.timeout.connect(look_and_close)
    timer.start()
    QTest.mouseClick(dialog.sources.files, LEFT)
    timer.stop()
    assert captions[0] == dialog.look.language.text("Choose files to read")
    assert dialog.sources.sources == ()


def test_a_person_picks_the_encoding_that_can_be_read(
    dialog: ImportDialog, project: Project, folder: Path, qtbot: QtBot
) -> None:
    choose(dialog, qtbot, folder)
    assert dialog.encodings.isVisible()
    names = [one.text() for one in dialog.encodings.choices]
    assert "Windows-1256" in names
    dialog.encodings.choices[names.index("Windows-1256")].click()
    wait(dialog, qtbot)
    assert dialog.preview is not None
    assert dialog.preview.added == 3
    bring_in(dialog, qtbot)

    texts = {row[0] for row in project.connection.execute("SELECT text FROM texts")}
    assert {ODD, NEWS * 3, NEWS * 4} <= texts


def test_the_preview_shows_shapes_in_the_order_of_the_eye_as_one_reads_them() -> None:
    found = samples(cp864("موسكو واشنطن كييف لندن\nباريس وبرلين", by_eye=True), "")

    assert found[0] == Sample("cp864", "موسكو واشنطن كييف لندن\nباريس وبرلين")
    assert len({one.text for one in found}) == len(found) > 1


def test_an_encoding_that_is_chosen_holds_for_every_file(
    dialog: ImportDialog, folder: Path, qtbot: QtBot
) -> None:
    dialog.encoding.setCurrentIndex(dialog.encoding.findData("utf-8"))
    choose(dialog, qtbot, folder)
    assert not dialog.encodings.isVisible()
    assert "b.txt:1" in refused(dialog)


def test_lines_of_jsonl_are_refused_one_by_one(
    dialog: ImportDialog, project: Project, tmp_path: Path, qtbot: QtBot
) -> None:
    rows = tmp_path / "rows.jsonl"
    good = {"format": "hashiya/1", "text": NEWS, "article": {"title": "خبر"}}
    rows.write_text(json.dumps(good) + "\nnot json\n{}\n", "utf-8")
    choose(dialog, qtbot, rows)
    assert set(refused(dialog)) == {"rows.jsonl:2", "rows.jsonl:3"}
    assert all(refused(dialog).values())
    bring_in(dialog, qtbot)
    assert "خبر" in titles(project)


def test_labels_for_apply_are_refused_in_one_row(dialog: ImportDialog, qtbot: QtBot) -> None:
    choose(dialog, qtbot, paths.seeds() / "labels" / "a1.jsonl")
    (why,) = refused(dialog).values()
    said = "This file holds labels for `hashiya apply`, and no articles."
    assert why == dialog.look.language.text(said)
    assert not (dialog.preview and dialog.preview.added)
    assert not dialog.go.isEnabled()


def test_what_is_taken_with_a_remark_says_so_before_and_after(
    dialog: ImportDialog, project: Project, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "good.txt").write_text(NEWS * 3, "utf-8")
    (tmp_path / "misread.txt").write_text((NEWS * 3).encode().decode("latin-1"), "utf-8")
    (tmp_path / "none.txt").write_bytes(b"\x00\x01")
    choose(dialog, qtbot, *sorted(tmp_path.glob("*.txt")))
    before = refused(dialog)
    assert list(before) == ["none.txt:1", "misread.txt:"]
    start = dialog.look.language.text("Remark: {said}", said="")
    assert before["misread.txt:"].startswith(start)
    assert not before["none.txt:1"].startswith(start)
    assert dialog.table.isVisible()
    bring_in(dialog, qtbot)
    assert refused(dialog) == before
    assert {"good", "misread"} <= titles(project)


def test_rows_with_wrong_offsets_are_refused_with_their_line(
    dialog: ImportDialog, project: Project, tmp_path: Path, qtbot: QtBot
) -> None:
    from annotator.services import labelling

    layer = projects.layer_of(project)
    labelling.add_entity(project, layer, projects.extent_of("بوتين"), "PERS")
    rows = tmp_path / "rows.jsonl"
    exporting.export(project, rows)
    row = json.loads(rows.read_text("utf-8").splitlines()[0])
    row["annotator"] |= {"name": "other", "uid": "other"}
    for place in (row["entities"][0], row["entities"][0]["spans"][0]):
        place["start"] += 1
    rows.write_text(json.dumps(row, ensure_ascii=False) + "\n", "utf-8")
    choose(dialog, qtbot, rows)
    assert list(refused(dialog)) == ["rows.jsonl:1"]
    assert not dialog.go.isEnabled()


def test_labels_of_others_come_in_as_layers(
    dialog: ImportDialog, project: Project, tmp_path: Path, qtbot: QtBot
) -> None:
    from annotator.services import labelling

    layer = projects.layer_of(project)
    labelling.add_entity(project, layer, projects.extent_of("بوتين"), "PERS")
    rows = tmp_path / "rows.jsonl"
    exporting.export(project, rows)
    row = json.loads(rows.read_text("utf-8").splitlines()[0])
    row["annotator"] |= {"name": "سلمى", "uid": ""}
    rows.write_text(json.dumps(row, ensure_ascii=False) + "\n", "utf-8")
    choose(dialog, qtbot, rows)
    bring_in(dialog, qtbot)
    assert project.annotator("سلمى") is not None


def test_stopping_leaves_the_project_as_it_was_and_says_so(
    dialog: ImportDialog, project: Project, tmp_path: Path, qtbot: QtBot
) -> None:
    many = tmp_path / "many"
    many.mkdir()
    for n in range(1500):
        (many / f"{n}.txt").write_text(f"{n} {NEWS}", "utf-8")
    choose(dialog, qtbot, many)
    before = projects.contents(project)
    QTest.mouseClick(dialog.go, LEFT)
    assert dialog.is_busy
    assert not dialog.sources.isEnabled()
    QTest.mouseClick(dialog.stop, LEFT)
    qtbot.waitUntil(lambda: not dialog.is_busy, timeout=LONG)

    assert projects.contents(project) == before
    said = dialog.look.language.text("Stopped. The project is as it was.")
    assert dialog.summary.text() == said
    assert dialog.go.isEnabled()


def test_stopping_leaves_it_so_for_many_files_too(
    dialog: ImportDialog, project: Project, tmp_path: Path, qtbot: QtBot
) -> None:
    files = [tmp_path / f"{n}.txt" for n in range(400)]
    for n, file in enumerate(files):
        file.write_text(f"{n} {NEWS}", "utf-8")
    choose(dialog, qtbot, *files)
    before = projects.contents(project)
    QTest.mouseClick(dialog.go, LEFT)
    QTimer.singleShot(60, dialog.stop.click)
    qtbot.waitUntil(lambda: not dialog.is_busy, timeout=LONG)
    if dialog.summary.text() == dialog.look.language.text("Stopped. The project is as it was."):
        assert projects.contents(project) == before
    else:
        assert len(titles(project)) >= 400


def test_escape_stops_an_import_before_it_closes(
    dialog: ImportDialog, project: Project, tmp_path: Path, qtbot: QtBot
) -> None:
    many = tmp_path / "many"
    many.mkdir()
    for n in range(1500):
        (many / f"{n}.txt").write_text(f"{n} {NEWS}", "utf-8")
    choose(dialog, qtbot, many)
    QTest.mouseClick(dialog.go, LEFT)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: not dialog.is_busy, timeout=LONG)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_window_goes_on_while_files_are_read(
    dialog: ImportDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    many = tmp_path / "many"
    many.mkdir()
    for n in range(600):
        (many / f"{n}.txt").write_text(f"{n} {NEWS}", "utf-8")
    choose(dialog, qtbot, many)
    turns: list[int] = []
    timer = QTimer(interval=5)
    timer.timeout.connect(lambda: turns.append(1))
    timer.start()
    bring_in(dialog, qtbot)
    timer.stop()
    assert len(turns) > 5


def test_a_file_that_goes_away_meanwhile_is_told(
    dialog: ImportDialog, folder: Path, qtbot: QtBot
) -> None:
    choose(dialog, qtbot, folder / "a.txt", folder / "b.txt")
    (folder / "a.txt").unlink()
    QTest.mouseClick(dialog.go, LEFT)
    qtbot.waitUntil(lambda: not dialog.is_busy, timeout=LONG)
    assert "a.txt:" in refused(dialog)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_without_rights_is_refused(
    dialog: ImportDialog, folder: Path, qtbot: QtBot
) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0)
    choose(dialog, qtbot, folder)
    closed.chmod(0o700)
    assert "closed:" in refused(dialog)


def test_a_project_that_was_moved_is_told_in_words(
    dialog: ImportDialog, project: Project, folder: Path, qtbot: QtBot
) -> None:
    choose(dialog, qtbot, folder)
    project.path.rename(project.path.with_name("elsewhere.hashiya"))
    QTest.mouseClick(dialog.go, LEFT)
    qtbot.waitUntil(lambda: not dialog.is_busy, timeout=LONG)
    assert dialog.trouble.text


def test_a_dialog_that_goes_while_something_is_tried_out_leaves_no_trouble(
    look: Look, project: Project, jobs: Jobs, folder: Path, qtbot: QtBot
) -> None:
    dialog = ImportDialog(look, project, jobs, [folder])
    qtbot.wait(300)
    shiboken6.delete(dialog)
    qtbot.waitUntil(lambda: not jobs.running, timeout=LONG)


def test_hostile_names_of_files_are_literal(
    dialog: ImportDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    name = HOSTILE.replace("\n", " ").replace("/", "")[:60] + ".txt"
    for part, content in (("", b""), ("z", ODD.encode("cp1256"))):
        (tmp_path / (part + name)).write_bytes(content)
    choose(dialog, qtbot, tmp_path / name, tmp_path / ("z" + name))
    assert is_literal(dialog)
    model = dialog.table.model()
    assert all("\u202e" not in str(model.data(model.index(0, n))) for n in range(3))
    assert not dialog.grab().isNull()
