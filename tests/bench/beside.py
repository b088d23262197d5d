"""What a window is measured against, a bare commit; and what goes on beside it, an import."""

import random
import time
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QTimer

from annotator.gui.dialogs.importwork import Plan, run
from annotator.gui.program import Program
from annotator.store import opening
from tests.bench.windowing import press
from tests.gui.onpage import page_of, session_of

_EVERY = 50
"""Milliseconds between two gestures."""
N_NEXT = 40
"""How many usual articles are turned over."""


class Bare:
    """Two rows in a transaction, with the settings of our files and nothing of ours."""

    def __init__(self, path: Path) -> None:
        self._file = opening.connect(path, "rwc")
        for table in "ab":
            self._file.execute(f"CREATE TABLE {table}(id INTEGER PRIMARY KEY, x TEXT)")

    def commit(self) -> None:
        """Write them."""
        self._file.execute("BEGIN IMMEDIATE")
        for table in "ab":
            self._file.execute(f"INSERT INTO {table}(x) VALUES('x')")
        self._file.execute("COMMIT")


class Beside:
    """A person who goes on labelling and turning pages while a job imports."""

    def __init__(self, program: Program, articles: Mapping[str, str]) -> None:
        self._program, self._articles = program, articles
        self._timer = QTimer(interval=_EVERY)
        self._timer.timeout.connect(self._on_time)
        self._chance, self._n = random.Random(3), 0
        self._pressed = 0.0
        self.reads: list[float] = []
        self.gestures: list[float] = []

    def run(self, rows: Path) -> tuple[int, float]:
        """Import `rows` as the import dialog does; return how many articles, and seconds."""
        session = session_of(self._program)
        ends: list[object] = []
        began = time.perf_counter()
        job = self._program.jobs.start(
            session.project, lambda own, progress: run(own, Plan((rows,)), progress)
        )
        for signal in (job.finished, job.failed):
            signal.connect(ends.append)
        session.saved.connect(self._on_saved)
        session.refused.connect(self._on_refused)
        self._timer.start()
        while not ends:
            QCoreApplication.processEvents()
            time.sleep(0.001)
        self._timer.stop()
        session.saved.disconnect(self._on_saved)
        session.refused.disconnect(self._on_refused)
        return getattr(ends[0], "added", 0), time.perf_counter() - began

    def _on_saved(self, _: object) -> None:
        if self._pressed:
            self.gestures.append((time.perf_counter() - self._pressed) * 1000)
            self._pressed = 0.0

    def _on_refused(self, _: object) -> None:
        self._pressed = 0.0  # there was no word

    def _on_time(self) -> None:
        if self._pressed:
            return  # the one before still waits
        page, self._n = page_of(self._program), self._n + 1
        if self._n % 10 == 0:
            began = time.perf_counter()
            page.show_article(self._articles[f"next {self._n // 10 % N_NEXT}"])
            self.reads.append((time.perf_counter() - began) * 1000)
            return
        page.canvas.place_caret(self._chance.randrange(1500))
        self._pressed = time.perf_counter()
        press(self._program, Qt.Key.Key_P, "p", is_alt=True)
