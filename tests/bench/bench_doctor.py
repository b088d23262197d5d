"""Bench: the doctor over 20,000 articles with 100,000 labels, each of them a gesture of its own.

    .venv/bin/python -m tests.bench.bench_doctor [ARTICLES]

Seconds are CPU time of both threads, held against a loop of a million additions, which takes 46 ms
on the machine of the bounds. Exits 1 where a figure is outside its bound.
"""

import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from annotator.core.model import Layer
from annotator.services import annotators, doctoring, labelling, rebuilding_file
from annotator.store.project import Project
from tests.bench.atrest import loop_told, mood, slowness, timed
from tests.bench.labelled import ARTICLES, labelled_project
from tests.bench.measuring import Figure, report, seconds

TURNS = 300


def main() -> int:
    """Print the figures; return 1 where one is outside its bound."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    folder = Path(tempfile.mkdtemp(prefix="hashiya-bench-"))
    os.environ["HASHIYA_DATA"] = str(folder / "data")
    try:
        return report(_figures(labelled_project(folder, n), n / ARTICLES))
    finally:
        shutil.rmtree(folder)


def _figures(path: Path, scale: float) -> list[Figure]:
    moods = [mood()]
    full = timed(lambda: _examined(path))
    moods.append(mood())
    quick = timed(lambda: doctoring.examine(path, "quick"))
    moods.append(mood())
    longer, told = _slowed(path)
    again = timed(lambda: rebuilding_file.rebuild(path, path.with_name("again.hashiya")))
    slowed = slowness(moods)
    told_of = f"{full}; {loop_told(slowed)}"
    return [
        Figure("full examination, seconds", full.cpu / slowed, 15 * scale, False, told_of),
        Figure("quick one, seconds", quick.cpu / slowed, 3 * scale, False, str(quick)),
        Figure("a gesture meanwhile, of one alone, p95", longer, 4, False, told),
        Figure("rebuilding, seconds", again.cpu / slowed, 60 * scale, False, str(again)),
    ]


def _examined(path: Path) -> None:
    found = doctoring.examine(path)
    if not found.is_sound:
        raise SystemExit(f"found {found.findings}")


def _slowed(path: Path) -> tuple[float, str]:
    """Return how much longer gestures take while the file is examined beside them, at p95."""
    with Project.open(path) as project:
        article = project.connection.execute("SELECT sha256 FROM articles").fetchone()[0]
        layer = Layer(article, annotators.ensure(project, "a2").uid)
        alone = _p95(project, layer, lambda n: n < TURNS)
        thread = threading.Thread(target=_examined_beside, args=(path,))
        thread.start()
        beside = _p95(project, layer, lambda _: thread.is_alive())
        thread.join()
    told = f"{1000 * beside:.0f} ms, and {1000 * alone:.0f} ms alone, by the clock"
    return beside / alone, told


def _examined_beside(path: Path) -> None:
    with Project.open(path) as own:
        doctoring.examine(own)


def _p95(project: Project, layer: Layer, goes_on: Callable[[int], bool]) -> float:
    times: list[float] = []
    while goes_on(len(times)):
        status = ("done", "started")[len(times) % 2]
        times.append(_gesture(project, layer, status))
        time.sleep(0.02)
    return sorted(times)[len(times) * 95 // 100]


def _gesture(project: Project, layer: Layer, status: str) -> float:
    return seconds(lambda: labelling.set_status(project, layer, status), time.perf_counter)


if __name__ == "__main__":
    sys.exit(main())
