"""The first window, warm and cold: processes that are started, timed from outside and ended."""

import contextlib
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from annotator import paths
from annotator.gui import settings
from annotator.services import annotators, importing, projects
from annotator.store.project import Project
from tests.bench.measuring import SEEDS, Figure

_ROOT = Path(__file__).resolve().parents[2]
_WARM, _COLD = 5, 3
_BOUNDS = {"warm": 0.5, "cold": 1.0}
_PAGE = 4096
_BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
window = QMainWindow()
window.show()
QTimer.singleShot(0, application.quit)
sys.exit(application.exec())
"""


@dataclass(frozen=True, slots=True)
class Start:
    """One start: seconds of wall and CPU until each step, and the files that were read."""

    steps: dict[str, tuple[float, float]]
    files: tuple[str, ...]

    @property
    def wall(self) -> float:
        """Seconds from the start of the process until its window was painted."""
        return self.steps["painted"][0]


def figures(folder: Path) -> list[Figure]:
    """Measure the welcome and a project of five articles, with everything read before and not."""
    as_installed(folder)
    found = []
    for what, words in (("welcome", []), ("project of five", [str(_project(folder))])):
        known = started([*words, "files"])
        warm = [started(words) for _ in range(_WARM)]
        cold, left = [], 0.0
        for _ in range(_COLD):
            left = max(left, _forget(known.files))
            cold.append(started(words))
        bare = f" (an empty window of Qt alone: {_bare():.2f} s)"
        found += [_figure(what, "warm", warm, bare), _figure(what, "cold", cold, _said(left))]
    return found


def as_installed(folder: Path) -> None:
    """Let processes that are started find modules compiled, and settings in `folder`."""
    os.environ["HASHIYA_DATA"] = str(folder / "data")
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def _project(folder: Path) -> Path:
    """Return a project of the five sample articles, with somebody who labels in it here."""
    path = folder / "five.hashiya"
    projects.new(path)
    with Project.open(path) as project:
        importing.import_sources(project, [SEEDS])
        who = annotators.ensure(project, "a1").uid
        settings.change(lambda now: settings.with_project(now, project.uid, who=who))
    return path


def started(words: list[str]) -> Start:
    """Start the program with `words`, wait until it has painted its window and ended."""
    command = [sys.executable, "-m", "tests.bench.first_paint", *words]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    began = time.monotonic()
    done = subprocess.run(command, cwd=_ROOT, env=environment, capture_output=True, text=True)
    if done.returncode or not done.stdout:
        raise SystemExit(done.stderr)
    told = json.loads(done.stdout.splitlines()[-1])
    steps = {what: (wall - began, cpu) for what, (wall, cpu) in told["at"].items()}
    return Start(steps, tuple(told["files"]))


def _bare() -> float:
    """Return what Python and Qt take by themselves on this machine now: the median of some."""
    times = []
    for _ in range(_WARM):
        began = time.monotonic()
        subprocess.run(
            [sys.executable, "-c", _BARE],
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            check=True,
        )
        times.append(time.monotonic() - began)
    return statistics.median(times)


def _figure(what: str, how: str, starts: list[Start], said: str) -> Figure:
    wall = statistics.median(start.wall for start in starts)
    steps = {
        step: tuple(statistics.median(start.steps[step][n] for start in starts) for n in (0, 1))
        for step in starts[0].steps
    }
    where = ", ".join(f"{step} {a * 1000:.0f} ({b * 1000:.0f})" for step, (a, b) in steps.items())
    told = f"median of {len(starts)}{said}; until, ms of wall (of CPU): {where}"
    return Figure(f"first window, {what}, {how}, s", wall, _BOUNDS[how], False, told)


# --- the page cache ---


def _forget(files: Iterable[str]) -> float:
    """Drop `files` from the page cache, with the fonts; return what share of them stayed in it.

    Pages that other processes have mapped stay.
    """
    pages = left = 0
    for name in {*files, *map(str, paths.resource("fonts").glob("*"))}:
        with contextlib.suppress(OSError):
            handle = os.open(name, os.O_RDONLY)
            try:
                os.fsync(handle)
                os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
                pages += os.fstat(handle).st_size // _PAGE
                left += _resident(name)
            finally:
                os.close(handle)
    return left / max(pages, 1)


def _resident(name: str) -> int:
    """Return how many pages of a file are in memory, as util-linux tells; 0 without it."""
    try:
        done = subprocess.run(
            ["fincore", "--noheadings", "--output", "PAGES", name], capture_output=True, text=True
        )
    except OSError:
        return 0
    return int(done.stdout.split()[0]) if done.stdout.split() else 0


def _said(left: float) -> str:
    return f", {left:.0%} of the files' pages still in memory (mapped by others)" if left else ""
