"""Long work beside the window: real imports on a thread, while the event loop goes on."""

import gc
import json
import os
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from annotator.core.errors import UserError
from annotator.gui.jobs import Job, Jobs, Work
from annotator.paths import seeds
from annotator.services import importing, labelling, listing
from annotator.services.progress import Progress, go_on
from annotator.store.project import Project
from tests.projects import (
    assert_sound,
    contents,
    extent_of,
    layer_of,
    made,
    quick_folder,
)

LONG = 60_000
"""Milliseconds: a machine may be busy, and no test here is about time."""


@pytest.fixture
def folder() -> Iterator[Path]:
    with quick_folder() as folder:
        yield folder


@pytest.fixture
def project(folder: Path) -> Iterator[Project]:
    with Project.open(made(folder)) as project:
        layer_of(project)
        yield project


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    jobs = Jobs()
    yield jobs
    jobs.end()
    assert not [thread for thread in threading.enumerate() if thread.name == "job"]


def articles(folder: Path, n: int) -> list[Path]:
    """Write `n` different articles, of the words of the samples where they are here."""
    found = [path.read_text("utf-8") for path in sorted((seeds() / "articles").glob("*.txt"))]
    texts = found or ["قال الوزير إن الاجتماع كان مفيدًا، ورحبت مصر بذلك.\n" * 40]
    into = folder / "articles"
    into.mkdir()
    for k in range(n):
        (into / f"{k:04}.txt").write_text(f"{texts[k % len(texts)]}\nنسخة {k}\n", "utf-8")
    return [into]


def rows(folder: Path, n: int) -> list[Path]:
    """Write `n` layers of twenty labels each as JSONL."""
    path = folder / "rows.jsonl"
    words = "قال بوتين إن لقاءه مع ترامب كان مفيدًا. " * 20
    with path.open("w", encoding="utf-8") as file:
        for k in range(n):
            text = f"{k} {words}"
            starts = [text.index("بوتين", 39 * at) for at in range(20)]
            entities = [
                {"uid": f"e{at}", "type": "PERS", "start": at, "end": at + 5, "quote": "بوتين"}
                for at in starts
            ]
            row = {"format": "hashiya/1", "text": text, "annotator": {"name": "زيد"}}
            file.write(json.dumps(row | {"entities": entities}, ensure_ascii=False) + "\n")
    return [path]


def importing_of(sources: list[Path]) -> Work:
    return lambda own, progress: importing.import_sources(own, sources, progress=progress)


class Heard:
    """What a job has said, in order."""

    def __init__(self, job: Job) -> None:
        self.told: list[tuple[str, Any]] = []
        self.threads: set[int] = set()
        job.progressed.connect(lambda done, total: self._note("progressed", (done, total)))
        job.finished.connect(lambda report: self._note("finished", report))
        job.failed.connect(lambda trouble: self._note("failed", trouble))
        job.cancelled.connect(lambda: self._note("cancelled", None))

    def _note(self, name: str, value: object) -> None:
        self.told.append((name, value))
        self.threads.add(threading.get_ident())

    @property
    def ends(self) -> list[str]:
        return [name for name, _ in self.told if name != "progressed"]


def ended(qtbot: QtBot, heard: Heard) -> tuple[str, Any]:
    qtbot.waitUntil(lambda: bool(heard.ends), timeout=LONG)
    qtbot.wait(120)  # whatever would come after it
    assert len(heard.ends) == 1
    assert heard.threads == {threading.get_ident()}
    return heard.told[-1]


# --- imports --------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["articles", "labels"])
def test_an_import_beside_the_window_lets_it_live_and_gestures_go_first(
    qtbot: QtBot, jobs: Jobs, project: Project, folder: Path, kind: str
) -> None:
    sources = articles(folder, 300) if kind == "articles" else rows(folder, 300)
    ticks, n_gestures = [0], [0]

    def gesture() -> None:
        n_gestures[0] += 1
        labelling.answer(project, layer_of(project), "summary", (str(n_gestures[0]),))

    timers = [QTimer(interval=5), QTimer(interval=20)]
    timers[0].timeout.connect(lambda: ticks.__setitem__(0, ticks[0] + 1))
    timers[1].timeout.connect(gesture)
    for timer in timers:
        timer.start()
    job = jobs.start(project, importing_of(sources))
    heard = Heard(job)

    name, report = ended(qtbot, heard)
    for timer in timers:
        timer.stop()

    assert (name, report.added, report.refused) == ("finished", 300, ())
    assert ticks[0] > 10
    assert n_gestures[0] > 2
    assert heard.told[-2][0] == "progressed"
    assert heard.told[-2][1][0] == heard.told[-2][1][1] > 0
    assert report.layers == (300 if kind == "labels" else 0)
    assert len(list(listing.articles(project))) == 303
    assert_sound(project)


def test_progress_is_told_at_most_twenty_times_a_second(
    qtbot: QtBot, jobs: Jobs, project: Project
) -> None:
    def work(own: Project, progress: Progress) -> object:
        for n in range(1000):
            go_on(progress, n, 1000)
            time.sleep(0.001)
        return "done"

    began = time.monotonic()
    job = jobs.start(project, work)
    heard = Heard(job)
    assert ended(qtbot, heard) == ("finished", "done")

    took = time.monotonic() - began
    assert 3 <= len(heard.told) <= took * 20 + 3
    assert sorted(heard.told[:-1]) == heard.told[:-1]
    assert heard.told[-2] == ("progressed", (999, 1000))


class Slow:
    """An import that takes its time between two units, so that it can be met on the way."""

    def __init__(self, sources: list[Path]) -> None:
        self._sources = sources
        self.is_under_way = threading.Event()

    def __call__(self, own: Project, progress: Progress) -> object:
        self._progress = progress
        return importing.import_sources(own, self._sources, progress=self)

    @property
    def cancelled(self) -> bool:
        return self._progress.cancelled

    def advance(self, done: int, total: int) -> None:
        self.is_under_way.set()
        self._progress.advance(done, total)
        time.sleep(0.002)


def test_a_cancelled_import_leaves_the_project_as_it_was(
    qtbot: QtBot, jobs: Jobs, project: Project, folder: Path
) -> None:
    before, work = contents(project), Slow(rows(folder, 3000))
    job = jobs.start(project, work)
    heard = Heard(job)
    qtbot.waitUntil(work.is_under_way.is_set, timeout=LONG)

    job.cancel()

    assert ended(qtbot, heard)[0] == "cancelled"
    assert contents(project) == before
    assert jobs.running == ()
    labelling.add_entity(project, layer_of(project), extent_of("بوتين"), "PERS")
    assert_sound(project)


def test_closing_during_an_import_ends_it_at_once_and_leaves_a_sound_file(
    qtbot: QtBot, project: Project, folder: Path
) -> None:
    before, work, jobs = contents(project), Slow(articles(folder, 300)), Jobs()
    heard = Heard(jobs.start(project, work))
    qtbot.waitUntil(work.is_under_way.is_set, timeout=LONG)

    jobs.end()

    assert heard.ends == ["cancelled"]
    assert jobs.running == ()
    assert not [thread for thread in threading.enumerate() if thread.name == "job"]
    assert contents(project) == before
    assert_sound(project)


def test_closing_breaks_off_a_statement_that_would_run_for_ever(
    qtbot: QtBot, project: Project
) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT count(*) FROM n"
    before, jobs, begun = contents(project), Jobs(), threading.Event()

    def work(own: Project, progress: Progress) -> object:
        with own.gesture(layer_of(own, "زيد"), "test"):
            begun.set()
            return own.connection.execute(endless).fetchone()

    job = jobs.start(project, work)
    heard = Heard(job)
    qtbot.waitUntil(begun.is_set, timeout=LONG)
    jobs.end()

    assert heard.ends == ["cancelled"]
    after = contents(project)
    assert after.pop("annotators") != before.pop("annotators")  # made before, in its own gesture
    assert after["layers"] == before["layers"]
    assert project.turn.kept_for_person()


CLOSING = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QTimer
from annotator.gui.crash import Crash
from annotator.gui.jobs import Jobs
from annotator.i18n import Language
from annotator.services import importing
from annotator.store.project import Project
app = QCoreApplication([])
crash = Crash(Language.of("en"))
crash.install()
with Project.open(Path(sys.argv[1])) as project:
    jobs = Jobs()
    sources = [Path(sys.argv[2])]
    work = lambda own, progress: importing.import_sources(own, sources, progress=progress)
    job = jobs.start(project, work)
    QTimer.singleShot(int(sys.argv[3]), app.quit)
    app.exec()
    jobs.end()
print("closed")
"""


@pytest.mark.parametrize("after", [0, 60, 200, 400])
def test_a_program_that_is_closed_during_an_import_ends_clean(
    project: Project, folder: Path, after: int
) -> None:
    (source,) = rows(folder, 2000)
    n_before = len(contents(project)["articles"])
    command = [sys.executable, "-X", "dev", "-c", CLOSING, str(project.path), str(source)]
    done = subprocess.run(
        [*command, str(after)], capture_output=True, text=True, check=False, timeout=120
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "closed\n", "")
    assert len(contents(project)["articles"]) in (n_before, n_before + 2000)
    assert_sound(project)


# --- ends -----------------------------------------------------------------------------------------


def test_trouble_of_the_service_is_told_as_it_is(
    qtbot: QtBot, jobs: Jobs, project: Project
) -> None:
    job = jobs.start(project, lambda own, progress: own.article("nothing"))

    name, trouble = ended(qtbot, Heard(job))

    assert name == "failed"
    assert (trouble.code, trouble.data) == ("unknown_article", {"article": "nothing"})


def test_a_file_that_is_gone_before_the_job_begins_fails_it(
    qtbot: QtBot, jobs: Jobs, project: Project
) -> None:
    project.path.unlink()
    job = jobs.start(project, lambda own, progress: None)

    assert ended(qtbot, Heard(job))[1].code == "no_such_file"


def test_a_fault_of_our_own_goes_to_the_hook_and_the_job_says_that_it_failed(
    qtbot: QtBot, jobs: Jobs, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    hooked: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr("threading.excepthook", hooked.append)
    job = jobs.start(project, lambda own, progress: 1 // 0)

    name, trouble = ended(qtbot, Heard(job))

    assert (name, trouble.code) == ("failed", "internal_error")
    assert [told.exc_type for told in hooked] == [ZeroDivisionError]
    assert isinstance(trouble, UserError)


def test_work_has_a_project_of_its_own_and_the_windows_turn(
    qtbot: QtBot, jobs: Jobs, project: Project
) -> None:
    def work(own: Project, progress: Progress) -> object:
        return own is not project, own.turn is project.turn, threading.current_thread().name

    job = jobs.start(project, work)

    assert ended(qtbot, Heard(job)) == ("finished", (True, True, "job"))


def test_a_cancel_that_comes_too_late_lets_the_work_have_finished(
    qtbot: QtBot, jobs: Jobs, project: Project
) -> None:
    is_done = threading.Event()

    def work(own: Project, progress: Progress) -> object:
        is_done.set()
        return "report"

    job = jobs.start(project, work)
    heard = Heard(job)
    is_done.wait(5)
    job.cancel()

    assert ended(qtbot, heard) == ("finished", "report")


def test_garbage_is_collected_on_the_windows_thread_only(
    qtbot: QtBot, jobs: Jobs, project: Project
) -> None:
    collected = list[int]()

    def work(own: Project, progress: Progress) -> object:
        for _ in range(40):
            kept = [[n] for n in range(10_000)]  # far more than sets Python's collector off
            time.sleep(0.005)
        return len(kept)

    heard = Heard(jobs.start(project, work))
    for _ in range(100):
        timer = QTimer(interval=1)
        timer.start()
        timer.me = timer  # type: ignore[attr-defined]  # a circle, as in windows with lambdas
        weakref.finalize(timer, lambda: collected.append(threading.get_ident()))
        del timer

    assert ended(qtbot, heard) == ("finished", 10_000)
    assert gc.isenabled()
    gc.collect()
    assert len(collected) == 100
    assert set(collected) == {threading.get_ident()}


def test_two_jobs_at_once_each_have_their_end(qtbot: QtBot, jobs: Jobs, project: Project) -> None:
    both = [jobs.start(project, lambda own, progress: os.getpid()) for _ in range(2)]
    heard = [Heard(job) for job in both]

    assert len(jobs.running) == 2
    qtbot.waitUntil(lambda: all(one.ends for one in heard), timeout=LONG)
    assert [one.ends for one in heard] == [["finished"], ["finished"]]
    assert not jobs.running
