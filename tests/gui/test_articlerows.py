"""Rows of the list of articles while one goes through the sample articles with real keys."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.core.model import extent_at
from annotator.gui.models.statuses import status_name
from annotator.gui.program import Program
from annotator.gui.session import Session
from annotator.gui.widgets.rows import RowRole
from annotator.paths import seeds
from annotator.services import applying, importing, labelling
from annotator.services import projects as making
from annotator.store.project import Project
from tests import projects
from tests.gui.onpage import page_of, session_of

CTRL = Qt.KeyboardModifier.ControlModifier
NAME = "سلمى"
WITH_AND = "وويتكوف"


@pytest.fixture
def walked(program: Program, tmp_path: Path) -> Program:
    """Return the program with the sample articles, labelled, the first with a problem and shown."""
    path = tmp_path / "walked.hashiya"
    making.new(path)
    with Project.open(path) as project:
        importing.import_sources(project, [seeds() / "articles"])
        who = projects.annotator(project, NAME)
        lines = (seeds() / "labels" / "a1.jsonl").read_bytes().splitlines(keepends=True)
        lines = [one for one in lines if b"set_status" not in one]
        assert all(one.trouble is None for one in applying.apply_lines(project, NAME, lines))
        first = shas(project)[0]
        text = project.text(first)
        start = text.index(WITH_AND)
        extent = extent_at(text, [(start, start + len(WITH_AND))])
        labelling.add_entity(project, project.layer(first, who.uid), extent, "PERS")
    assert program.open_project(path, who.uid)
    page_of(program).show_article(first)
    program.window.activateWindow()
    rest()
    assert session_of(program).problems
    return program


def rest() -> None:
    for _ in range(12):
        QApplication.processEvents()


def shas(project: Project) -> list[str]:
    """Return the articles of the project, in the order of the list."""
    rows = project.connection.execute("SELECT sha256 FROM articles ORDER BY id")
    return [sha256 for (sha256,) in rows]


def told(program: Program) -> list[tuple[str, str]]:
    """Return the status and the note of each row of the list."""
    model = page_of(program).reading_side.articles.model
    rows = [model.index(n) for n in range(model.rowCount())]
    return [(str(row.data(RowRole.STATUS)), str(row.data(RowRole.NOTE))) for row in rows]


def in_file(program: Program) -> list[tuple[str, str]]:
    """Return the status of each article and how many labels it has, as the file has them."""
    project, who = session_of(program).project, session_of(program).annotator
    assert who is not None
    layers = [project.layer(sha256, who.uid) for sha256 in shas(project)]
    counts = [len(list(project.labels(layer))) for layer in layers]
    language = program.look.language
    notes = [language.plural("{n} label", "{n} labels", n) for n in counts]
    return [
        (layer.status, f"{status_name(layer.status, language)} · {note}")
        for layer, note in zip(layers, notes, strict=True)
    ]


def press(program: Program, key: Qt.Key) -> Session:
    QTest.keyClick(page_of(program).canvas, key, CTRL)
    rest()
    return session_of(program)


def test_each_row_says_what_its_own_article_has_as_one_goes_on(walked: Program) -> None:
    shown = []
    for _ in range(5):
        rest()
        assert told(walked) == in_file(walked)
        reading = session_of(walked).reading
        assert reading is not None
        shown.append(reading.article.sha256)
        press(walked, Qt.Key.Key_PageDown)

    assert shown == shas(session_of(walked).project)
    assert len({note for _, note in told(walked)}) > 3


def test_an_article_that_is_finished_is_done_in_its_row(walked: Program) -> None:
    for n in range(5):
        session = press(walked, Qt.Key.Key_Return)
        if [status for status, _ in in_file(walked)][n] != "done":  # its problem is shown first
            session = press(walked, Qt.Key.Key_Return)
        rest()
        assert [status for status, _ in told(walked)][: n + 1] == ["done"] * (n + 1)
        assert told(walked) == in_file(walked)
    assert session.status == "done"


def test_nothing_of_an_article_is_told_before_it_is_shown(walked: Program) -> None:
    session, happened = session_of(walked), []
    session.article_shown.connect(lambda: happened.append("shown"))
    session.labels_changed.connect(lambda _: happened.append("labels"))
    session.problems_changed.connect(lambda: happened.append("problems"))

    session.show_article(shas(session.project)[1])
    session.show_article(shas(session.project)[0])

    assert happened == ["shown", "shown"]
    assert session.problems
