"""The bar on top: nothing overlaps in the smallest window, whatever people are called."""

import itertools
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from annotator.gui import fonts
from annotator.gui.commands import Commands
from annotator.gui.dressing import direction_of, dress
from annotator.gui.look import Look
from annotator.gui.panels.topbar import TopBar
from annotator.gui.theme import Theme
from annotator.gui.window import SMALLEST
from annotator.i18n import CODES, Language

LONG = "عبد الرحمن بن عبد العزيز الخالدي المقدسي الشامي"
NAMES = ("ليلى", LONG, "Wolfgang Maximilian " + "W" * 40, "<b>&" + "ط" * 500, "\u202eأحمد & علي")
TITLES = ("قالب", "مشروع توسيم مقالات الصحف العربية عن محادثات السلام")


def bar_of(application: QApplication, code: str, title: str, person: str) -> TopBar:
    """Show a bar as wide as the smallest window."""
    fonts.load()
    look = Look(Theme.of("light"), Language.of(code))
    dress(application, look)
    window = QMainWindow()
    bar = TopBar(look, Commands(look, window))
    window.setParent(bar)  # which keeps its commands
    window.hide()
    bar.setLayoutDirection(direction_of(look))
    bar.tell(title, person)
    bar.resize(SMALLEST[0], bar.height())
    bar.show()
    QCoreApplication.processEvents()
    return bar


def overlapping(bar: TopBar) -> list[tuple[str, str]]:
    """Return which parts of the bar lie on each other, or out of it."""
    inside = bar.rect()
    parts = [one for one in bar.children() if isinstance(one, QWidget) and one.isVisible()]
    found = [(_name(one), "") for one in parts if not inside.contains(one.geometry())]
    return found + [
        (_name(one), _name(other))
        for one, other in itertools.combinations(parts, 2)
        if one.geometry().intersects(other.geometry())
    ]


def _name(part: QWidget) -> str:
    return f"{type(part).__name__} {part.accessibleName()}"


def troubles(application: QApplication) -> list[object]:
    """Return what overlaps with any names, in both languages."""
    found: list[object] = []
    for code, title, person in itertools.product(CODES, TITLES, NAMES):
        bar = bar_of(application, code, title, person)
        if overlapping(bar):
            found.append((code, title, person[:20], overlapping(bar)))
        bar.close()
        bar.deleteLater()
    return found


def test_nothing_overlaps_at_the_smallest_size(qapp: QApplication) -> None:
    assert troubles(qapp) == []


@pytest.mark.window
def test_nothing_overlaps_at_200_percent(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "tests.gui.test_topbar"],
        cwd=Path(__file__).resolve().parents[2],
        env={**os.environ, "QT_SCALE_FACTOR": "2", "HASHIYA_DATA": str(tmp_path)},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=True,
    )
    assert told.stdout == "2.0 []\n"


@pytest.mark.parametrize("code", CODES)
def test_a_long_name_is_cut_and_told_in_the_tooltip(
    qapp: QApplication, qtbot: QtBot, code: str
) -> None:
    bar = bar_of(qapp, code, TITLES[1], LONG)
    qtbot.addWidget(bar)
    hint = bar_of(qapp, code, "", NAMES[0]).person.toolTip()

    assert "…" in bar.person.seen
    assert bar.person.toolTip() == f"{LONG}\n{hint}"
    assert bar.person.accessibleName() == LONG
    bar.resize(2000, bar.height())
    QCoreApplication.processEvents()
    assert bar.person.seen == "عبد الرحمن بن عبد العزي…"


@pytest.mark.parametrize("code", CODES)
def test_a_name_that_has_its_room_is_whole(qapp: QApplication, qtbot: QtBot, code: str) -> None:
    bar = bar_of(qapp, code, TITLES[0], NAMES[0])
    qtbot.addWidget(bar)

    assert bar.person.seen == NAMES[0]
    assert NAMES[0] not in bar.person.toolTip()


def test_a_name_is_literal(qapp: QApplication, qtbot: QtBot) -> None:
    bar = bar_of(qapp, "ar", TITLES[0], NAMES[4])
    qtbot.addWidget(bar)
    bar.resize(1400, bar.height())
    QCoreApplication.processEvents()

    assert bar.person.text()[1:-1] == "[U+202E]أحمد && علي"


if __name__ == "__main__":
    app = QApplication([])
    found = troubles(app)
    sys.stdout.write(f"{app.primaryScreen().devicePixelRatio()} {found}\n")
