"""The page of names in the real program, for tests: names labelled, shown, clicked, waited for."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.core.model import Entity
from annotator.gui.pages.names import NamesPage
from annotator.gui.program import Program
from annotator.services import labelling
from annotator.store.project import Project
from tests import projects
from tests.gui.asking import LONG
from tests.gui.onpage import page_of as labelling_page
from tests.gui.onpage import session_of

KEY = Qt.Key
LEFT = Qt.MouseButton.LeftButton
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ONE = "التقى بوتين ترامب في موسكو. وقال ترامب إن موسكو ترحب."
OTHER = "عاد بوتين من موسكو، ورحب ترمب وترمب."
LABELS = (
    ("ترامب", ONE, "PERS", 0),
    ("ترامب", ONE, "PERS", 1),
    ("ترمب", OTHER, "PERS", 0),
    ("ترمب", OTHER, "PERS", 1),
    ("موسكو", ONE, "GPE", 0),
    ("موسكو", OTHER, "ORG", 0),
    ("بوتين", OTHER, "PERS", 0),
)


def labelled_file(
    folder: Path,
    texts: tuple[str, ...] = (ONE, OTHER),
    labels: Iterable[tuple[str, str, str, int]] = LABELS,
) -> Path:
    """Return a project in which names are labelled: quote, text, type, and which of its places."""
    path = projects.made(folder, texts=texts)
    with Project.open(path) as project:
        for quote, text, type_, nth in labels:
            layer = projects.layer_of(project, "سلمى", text)
            labelling.add_entity(project, layer, projects.extent_of(quote, text, nth), type_)
    return path


def opened_at(program: Program, file: Path, text: str = ONE) -> Program:
    """Return the program with that project open, an article in view."""
    with Project.open(file) as project:
        who = projects.annotator(project, "سلمى").uid
    assert program.open_project(file, who)
    labelling_page(program).show_article(projects.sha_of(text))
    return program


def beginning(program: Program) -> NamesPage:
    """Go to the page with its key, and do not wait until anything is counted."""
    program.window.activateWindow()
    QApplication.processEvents()
    QTest.keyClick(program.window, KEY.Key_J, CONTROL)
    page = program.window.paging.names
    assert page is not None
    return page


def shown(program: Program, qtbot: QtBot) -> NamesPage:
    """Go to the page with its key, and wait until all is counted."""
    beginning(program)
    return page_of(program, qtbot)


def page_of(program: Program, qtbot: QtBot) -> NamesPage:
    """Return the page, with all names counted."""
    page = program.window.paging.names
    assert page is not None
    at_rest(page, qtbot)
    return page


def at_rest(page: NamesPage, qtbot: QtBot) -> None:
    """Wait until nothing is counted, looked up or done."""
    qtbot.waitUntil(lambda: not page.is_busy, timeout=LONG)
    QApplication.processEvents()
    qtbot.waitUntil(lambda: not page.is_busy, timeout=LONG)


def listed(page: NamesPage) -> list[str]:
    """Return what the names in the list are called."""
    return [one.shown for one in page.list.rows.names]


def click(page: NamesPage, name: str, keys: Qt.KeyboardModifier | None = None) -> None:
    """Click the row of a name, holding `keys`."""
    index = page.list.rows.index(listed(page).index(name))
    at = page.list.visualRect(index).center()
    held = keys or Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(page.list.viewport(), LEFT, held, at)


def links(program: Program) -> list[str]:
    """Return the shared names of all labels, in order."""
    project, found = session_of(program).project, []
    for text in (ONE, OTHER):
        layer = projects.layer_of(project, "سلمى", text)
        found += [one.link for one in project.labels(layer) if isinstance(one, Entity)]
    return sorted(found)


def labels_of(program: Program) -> list[object]:
    """Return the labels of both articles."""
    project = session_of(program).project
    return [project.labels(projects.layer_of(project, "سلمى", text)) for text in (ONE, OTHER)]
