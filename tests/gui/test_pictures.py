"""No word is cut, no control lies over another, no chip over ink: in every window and dialog."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QRect
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenuBar,
    QPushButton,
    QTableWidget,
    QTabWidget,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from annotator.gui.canvas.geometry import Geometry
from annotator.gui.look import Look
from annotator.gui.theme import Theme
from annotator.gui.widgets.chip import Chip, ChipFace
from annotator.gui.widgets.literal import Literal
from annotator.gui.widgets.words import Words
from annotator.i18n import Language
from annotator.paths import seeds
from annotator.services import applying, importing
from annotator.services import projects as making
from annotator.store.project import Project
from tests import projects
from tests.gui.canvases import canvas, entity
from tests.gui.inking import chip_boxes, chips_over_chips, covered_ink
from tests.gui.seeing import cut_words, outside, overlaps

ROOT = Path(__file__).parents[2]
LOOK = Look(Theme.of("light"), Language.of("ar"))
SENTENCE = "أعلنت الرئاسة الروسية أن اللقاء كان مفيدًا"
SCREEN = {"name": "4K", "x": 0, "y": 0, "width": 3840, "height": 2160, "logicalDpi": 96, "dpr": 1}
TEXT = "قال الرئيس فلاديمير بوتين إن لقاءه مع ترامب في موسكو كان مفيدًا\n" * 4


# --- every window and dialog ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def sample() -> Iterator[Path]:
    """Return a project of the five sample articles with the labels of `a1`."""
    with projects.quick_folder() as folder:
        path = folder / "sample.hashiya"
        making.new(path, title="عيّنة")
        with Project.open(path) as project:
            assert importing.import_sources(project, [seeds() / "articles"]).added == 5
            with (seeds() / "labels" / "a1.jsonl").open("rb") as lines:
                done = list(applying.apply_lines(project, "a1", lines))
        assert not any(answer.trouble for answer in done)
        yield path


_LONG_FORM = (
    [("en", "light", 1), ("ar", "light", 2), ("ar", "dark", 1), ("ar", "contrast", 1)]
    if os.environ.get("HASHIYA_LONG")
    else []
)
"""With HASHIYA_LONG=1 in the environment: every language at every size, and every theme."""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("code", "theme", "scale"),
    [("ar", "light", 1), ("en", "light", 2), *_LONG_FORM],
)
def test_nothing_is_cut_or_covered(sample: Path, code: str, theme: str, scale: int) -> None:
    screen = sample.with_name("screen.json")
    screen.write_text(json.dumps({"screens": [SCREEN]}))
    seen = subprocess.run(
        [sys.executable, "-m", "tests.gui.looking", str(sample), code, theme],
        cwd=ROOT,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT / "packaging"),
            "PYTHONUTF8": "1",
            "QT_QPA_PLATFORM": f"offscreen:configfile={screen}",
            "QT_SCALE_FACTOR": str(scale),
        },
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )

    assert seen.stderr == ""
    assert seen.returncode == 0
    assert seen.stdout.split("\n") == [f"{scale}.0", "", ""]


# --- the checks themselves can fail ---------------------------------------------------------------


def shown(qtbot: QtBot, part: QWidget, width: int, height: int = 40) -> QWidget:
    """Show `part` so large in a window of its own."""
    window = QWidget()
    qtbot.addWidget(window)
    part.setParent(window)
    part.setGeometry(0, 0, width, height)
    window.resize(max(width, 10), max(height, 10))
    window.show()
    return window


def tabs() -> QTabWidget:
    made = QTabWidget()
    for _ in range(3):
        made.addTab(QWidget(), SENTENCE)
    return made


def menus() -> QMenuBar:
    made = QMenuBar()
    made.setNativeMenuBar(False)
    for _ in range(3):
        made.addMenu(SENTENCE)
    return made


def combo() -> QComboBox:
    made = QComboBox()
    made.addItem(SENTENCE)
    return made


def rows() -> QListWidget:
    made = QListWidget()
    made.setWordWrap(False)
    made.addItem(SENTENCE)
    return made


def table() -> QTableWidget:
    made = QTableWidget(1, 1)
    made.setHorizontalHeaderLabels([SENTENCE])
    return made


def wrapping() -> QLabel:
    made = QLabel(SENTENCE)
    made.setWordWrap(True)
    return made


def tool() -> QToolButton:
    made = QToolButton()
    made.setText(SENTENCE)
    return made


MAKERS: dict[str, Callable[[], QWidget]] = {
    "label": lambda: QLabel(SENTENCE),
    "words": lambda: Words(LOOK, SENTENCE),
    "label of several lines": wrapping,
    "button": lambda: QPushButton(SENTENCE),
    "tool button": tool,
    "check box": lambda: QCheckBox(SENTENCE),
    "hint of a line": lambda: QLineEdit(placeholderText=SENTENCE),
    "choice": combo,
    "tabs": tabs,
    "menus": menus,
    "row": rows,
    "head of a column": table,
}


@pytest.mark.parametrize("name", MAKERS)
def test_words_without_room_are_found(qtbot: QtBot, name: str) -> None:
    assert cut_words(shown(qtbot, MAKERS[name](), 60, 16)) != []


@pytest.mark.parametrize("name", sorted(set(MAKERS) - {"head of a column"}))
def test_words_with_room_are_left_alone(qtbot: QtBot, name: str) -> None:
    assert cut_words(shown(qtbot, MAKERS[name](), 1200, 60)) == []


@pytest.mark.parametrize(
    "make", [lambda: Literal(LOOK, SENTENCE), lambda: Chip(LOOK, ChipFace(SENTENCE))]
)
def test_words_that_are_cut_and_told_are_left_alone_and_untold_ones_found(
    qtbot: QtBot, make: Callable[[], QWidget]
) -> None:
    part = make()
    window = shown(qtbot, part, 60, 30)
    assert cut_words(window) == []

    part.setToolTip("")

    assert cut_words(window) != []


def test_controls_over_one_another_are_found(qtbot: QtBot) -> None:
    one, other = QPushButton("1"), QLineEdit("2")
    window = shown(qtbot, one, 100)
    other.setParent(window)
    other.setGeometry(100, 0, 100, 40)
    other.show()
    window.resize(300, 60)
    assert overlaps(window) == []

    other.move(99, 39)

    assert overlaps(window) != []


def test_what_reaches_beyond_its_window_is_found(qtbot: QtBot) -> None:
    button = QPushButton("1")
    window = shown(qtbot, button, 100)
    window.resize(100, 40)
    assert outside(window) == []

    button.setGeometry(QRect(50, 0, 100, 40))

    assert outside(window) != []


def test_chips_that_cover_ink_or_one_another_are_found(qtbot: QtBot) -> None:
    marks = [entity(TEXT, quote, uid=quote, nth=1) for quote in ("بوتين", "ترامب", "موسكو")]
    made = canvas(qtbot, TEXT, marks)
    assert len(chip_boxes(made)) == 3
    assert covered_ink(made) == []
    assert chips_over_chips(made) == []

    page = made._page  # noqa: SLF001
    (line,) = (one for n in range(4) for one in page.layout.laid(n).lines if one.pieces)  # type: ignore[union-attr]
    where = line.geometry
    assert isinstance(where, Geometry)
    first, second, third = where.chips
    line.geometry = replace(where, chips=[first, replace(second, right=first.right), third])
    assert chips_over_chips(made) != []

    line.geometry = where
    page.measures.chip *= 3
    assert covered_ink(made) != []
