"""Twelve annotators, sixty types, and names that no person would have, on the agreement page."""

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QLabel, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from annotator.gui.pages.agreement import AgreementPage
from annotator.gui.program import Program
from annotator.gui.widgets.charts.chart import Chart
from annotator.gui.widgets.charts.heatmap import HeatChart
from annotator.gui.widgets.charts.stacked import StackedChart
from annotator.gui.widgets.charts.typebars import TypeBarsChart
from annotator.store.project import Project
from tests import projects
from tests.gui import agreed
from tests.gui.hostile import OVERRIDE, Canary, name_with
from tests.gui.seeing import faults, parts

N_READERS, N_TYPES = 12, 60
PATIENCE = 30_000


def schema_of(name: str) -> str:
    """Return a label schema of sixty types, each called `name` and its number."""
    told = ['[schema]\nname = "many"\nversion = "1"\n']
    for n in range(N_TYPES):
        said = json.dumps(f"{n} {name}", ensure_ascii=False)
        told.append(f'[[entity]]\nid = "T{n:02}"\nen = {said}\nar = {said}\n')
    told.append('[[event]]\nid = "MEET"\nroles = [{id = "actor", fillers = ["entity"]}]\n')
    return "\n".join(told)


def made(folder: Path, name: str) -> Path:
    """Make a project in which twelve people give sixty types to sixty words."""
    words = [f"كلمة{n:02}" for n in range(N_TYPES)]
    dice = random.Random(1)  # noqa: S311
    readings = {}
    for k in range(N_READERS):
        types = [n if dice.random() < 0.8 else dice.randrange(N_TYPES) for n in range(N_TYPES)]
        kept = [(words[n], f"T{type_:02}") for n, type_ in enumerate(types) if dice.random() < 0.9]
        readings[f"{k} {name}"] = {0: kept}
    path = folder / "many.hashiya"
    return agreed.read_by(path, readings, texts=(" ".join(words),), schema=schema_of(name))


@pytest.fixture(scope="module")
def canary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Canary]:
    if sys.platform != "linux":
        pytest.skip("Linux tells which files are opened")
    found = Canary(tmp_path_factory.mktemp("canary"))
    yield found
    found.close()


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with projects.quick_folder() as found:
        yield found


@pytest.fixture(scope="module")
def path(folder: Path, canary: Canary) -> Path:
    return made(folder, name_with(canary.path))


@pytest.fixture
def page(program: Program, path: Path, qtbot: QtBot) -> AgreementPage:
    with Project.open(path) as project:
        uid = next(iter(project.annotators())).uid
    assert program.open_project(path, uid)
    program.window.commands.do("agreement")
    found = program.window.paging.agreement
    assert found is not None
    qtbot.waitUntil(lambda: found.board is not None, timeout=PATIENCE)
    QApplication.processEvents()
    return found


def charts(page: AgreementPage) -> list[Chart]:
    assert page.board is not None
    return page.board.findChildren(Chart)


def test_everybody_and_every_type_is_there_and_can_be_reached(page: AgreementPage) -> None:
    assert page.board is not None
    counts = {type(of): len(of.spots) for of in charts(page)}

    assert counts[HeatChart] == N_READERS**2
    assert counts[TypeBarsChart] == N_TYPES
    (reasons,) = (of for of in charts(page) if isinstance(of, StackedChart))
    assert len({spot.row for spot in reasons.spots}) == 66
    assert len(page.board.matrix.chart.spots) == (N_TYPES + 1) ** 2
    assert page.board.matrix.pairs.count() == 67
    for of in charts(page):
        last = of.spots[-1]
        of.go_to(last)
        assert of.viewport().rect().contains(of.box_of(last).center())


def test_nothing_is_cut_or_covered(page: AgreementPage, program: Program) -> None:
    for size in ((1440, 900), (1000, 640)):
        program.window.resize(*size)
        QApplication.processEvents()
        assert faults(page) == []
        assert not program.window.grab().isNull()


def test_names_are_shown_literally_everywhere(
    page: AgreementPage, program: Program, canary: Canary, qtbot: QtBot
) -> None:
    canary.n_opened()
    bars = next(of for of in charts(page) if isinstance(of, TypeBarsChart))
    for of in charts(page):
        point = of.box_of(of.spots[0]).center()
        help_event = QHelpEvent(QEvent.Type.ToolTip, point, of.viewport().mapToGlobal(point))
        QApplication.sendEvent(of.viewport(), help_event)
        assert OVERRIDE not in QToolTip.text()
        assert "<b>" not in QToolTip.text()
    page.head.readers_menu().popup(QPoint(0, 0))
    opens = bars.spots[0].opens
    assert opens is not None
    page.open_places(opens)
    qtbot.waitUntil(lambda: page.pane is not None, timeout=PATIENCE)
    QApplication.processEvents()
    program.window.grab()

    for part in parts(program.window):
        assert not any(OVERRIDE in said for said in _words(part)), part
    assert faults(program.window) == []
    assert canary.n_opened() == 0


def _words(part: QWidget) -> Iterator[str]:
    yield part.accessibleName()
    yield part.accessibleDescription()
    yield part.toolTip()
    if isinstance(part, QLabel):
        yield part.text()
