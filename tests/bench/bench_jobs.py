"""The window while long work runs beside it: how long it stands still, how long a gesture waits.

Wall time, because a person waits. A timer ticks every 5 ms on the window's thread, the window
follows its file, and a gesture is made every 50 ms, while articles and then labels are imported.
A gesture keeps the turn for itself and is written when that is free, so that the window stands
still only for what is read and written; until then its label would be shown as pending.
Run: QT_QPA_PLATFORM=offscreen python -m tests.bench.bench_jobs [ARTICLES]
"""

import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer

from annotator.core.model import Layer
from annotator.gui.following import Following
from annotator.gui.jobs import Jobs
from annotator.services import annotators, importing, labelling, projects
from annotator.services.importing import ImportReport
from annotator.store.project import Project
from tests.bench.measuring import SEEDS, Figure, article, report, words

_TICK, _GESTURE, _AGAIN = 5, 50, 10


class Window:
    """What stands for the window: its ticks, and the gestures that a person makes meanwhile."""

    def __init__(self, project: Project, layer: Layer) -> None:
        self._project = project
        self._layer = layer
        self._ticks = QTimer(interval=_TICK)
        self._ticks.timeout.connect(self._on_tick)
        self._gestures = QTimer(interval=_GESTURE)
        self._gestures.timeout.connect(self._on_gesture)
        self._n = 0
        self._last = self._asked = 0.0
        self.gaps: list[float] = []
        self.waits: list[float] = []
        self.reads: list[float] = []

    def during(self, sources: list[Path]) -> ImportReport:
        """Import `sources` beside the window; return the report."""
        app = QCoreApplication.instance()
        assert app is not None
        jobs, ends, troubles = Jobs(), list[ImportReport](), list[object]()
        following = Following(self._project)
        job = jobs.start(
            self._project,
            lambda own, progress: importing.import_sources(own, sources, progress=progress),
        )
        job.finished.connect(ends.append)
        job.failed.connect(troubles.append)
        job.finished.connect(app.quit)
        job.failed.connect(app.quit)
        following.start()
        self._last = time.perf_counter()
        self._ticks.start()
        self._gestures.start()
        app.exec()
        self._ticks.stop()
        self._gestures.stop()
        following.stop()
        if troubles:
            raise RuntimeError(troubles)
        return ends[0]

    def _on_tick(self) -> None:
        now = time.perf_counter()
        self.gaps.append(now - self._last)
        self._last = now

    def _on_gesture(self) -> None:
        began = self._asked or time.perf_counter()
        if not self._project.turn.kept_for_person():
            self._asked = began
            self._gestures.start(_AGAIN)
            return
        self._asked = 0.0
        self._gestures.start(_GESTURE)
        self._write()
        self.waits.append(time.perf_counter() - began)

    def _write(self) -> None:
        self._n += 1
        began = time.perf_counter()
        self._project.annotators()
        self.reads.append(time.perf_counter() - began)
        labelling.answer(self._project, self._layer, "genre", (("report", "opinion")[self._n % 2],))


def main() -> int:
    """Measure; `ARTICLES` is 300 unless given, each with a sample article's text."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    QCoreApplication([])
    with tempfile.TemporaryDirectory(dir=".", prefix=".bench-") as name:
        os.environ["HASHIYA_DATA"] = str(Path(name) / "data")
        return report([*_figures(Path(name), n)])


def _figures(folder: Path, n: int) -> Iterator[Figure]:
    path = folder / "p.hashiya"
    projects.new(path)
    first = folder / "first.txt"
    first.write_text(article(random.Random(1), words(), 2000, 0), "utf-8")
    with Project.open(path) as project:
        importing.import_sources(project, [first])
        annotator = annotators.ensure(project, "a1")
        sha256 = project.connection.execute("SELECT sha256 FROM articles").fetchone()[0]
        layer = project.layer(sha256, annotator.uid)
        for what, sources in (("articles", _articles(folder, n)), ("labels", _labels(folder, n))):
            window = Window(project, layer)
            began = time.perf_counter()
            told = window.during(sources)
            took = time.perf_counter() - began
            yield _figure(f"wait of a gesture while {what} come in", window.waits, 0.25, told, took)
            yield _figure(f"read while {what} come in", window.reads, 0.15, told, took)
            yield _figure(f"gap of the window while {what} come in", window.gaps, 0.1, told, took)


def _figure(what: str, found: list[float], bound: float, told: ImportReport, took: float) -> Figure:
    median = statistics.median(found) * 1000
    count = f"{told.added} articles, {told.layers} layers in {took:.1f} s, {len(found)} samples"
    return Figure(f"worst {what}, s", max(found), bound, False, f"p50 {median:.1f} ms; {count}")


def _articles(folder: Path, n: int) -> list[Path]:
    """Write `n` articles, each a sample article with a line of its own, into a folder."""
    texts = [path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    into = folder / "in"
    into.mkdir()
    for number in range(n):
        text = f"{texts[number % len(texts)]}\nنسخة {number}\n"
        (into / f"{number:06}.txt").write_text(text, "utf-8")
    return [into]


def _labels(folder: Path, n: int) -> list[Path]:
    """Write `n` layers of 50 labels over new articles as rows of JSONL."""
    chance, vocabulary, path = random.Random(2), words(), folder / "labels.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(n):
            text = article(chance, vocabulary, 2000, n + number)
            starts = sorted(chance.sample([at for at in range(1900) if text[at].isalpha()], 50))
            file.write(json.dumps(_row(text, starts), ensure_ascii=False) + "\n")
    return [path]


def _row(text: str, starts: list[int]) -> dict[str, object]:
    return {
        "format": "hashiya/1",
        "text": text,
        "annotator": {"name": "b1"},
        "entities": [
            {"uid": f"e{n}", "type": "PERS", "start": at, "end": at + 1, "quote": text[at]}
            for n, at in enumerate(starts)
        ],
    }


if __name__ == "__main__":
    sys.exit(main())
