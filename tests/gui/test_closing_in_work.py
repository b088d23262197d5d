"""Closing while a job is under way: what must not be left half done comes to its end first."""

import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from annotator.gui import jobs as jobs_module
from annotator.gui.jobs import Jobs, Work
from annotator.services import assigning, handing_out
from annotator.services.assigning import Wish
from annotator.services.progress import Progress, unbroken
from annotator.store.project import Project
from tests.projects import add_articles, assert_sound, contents, made, quick_folder

_COUNTING = (
    "WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i+1 FROM n WHERE i<20000)"
    " SELECT count(*) FROM n"
)
PEOPLE = ("سارة", "ليلى", "زيد")
MANY = 300


@pytest.fixture
def project() -> Iterator[Project]:
    with quick_folder() as folder, Project.open(made(folder)) as project:
        add_articles(project, *(f"خبر رقم {n} عن القاهرة وبغداد وغزة." for n in range(MANY)))
        yield project
        assert_sound(project)


def told(project: Project) -> dict[str, Any]:
    kept = ("assignments", "layers", "articles", "label_schema", "regions")
    return {name: rows for name, rows in contents(project).items() if name in kept}


def handing(project: Project, folder: Path) -> Work:
    plan = assigning.planned(project, Wish(PEOPLE, overlap=len(PEOPLE)))
    return lambda own, progress: handing_out.assign_and_hand_out(
        own, plan, folder, progress=progress
    )


def is_assigned(project: Project) -> bool:
    query = "SELECT 1 FROM operations WHERE kind='assign'"
    return project.connection.execute(query).fetchone() is not None


@pytest.mark.parametrize("after", [0, 5, 20, 60, 150, 400])
def test_a_hand_out_that_closing_stops_takes_its_assignment_back(
    project: Project, jobs: Jobs, qtbot: QtBot, after: int
) -> None:
    before, folder = told(project), project.path.parent / "out"
    job = jobs.start(project, handing(project, folder))
    ends: list[str] = []
    for name in ("finished", "failed", "cancelled"):
        getattr(job, name).connect(lambda *_, name=name: ends.append(name))
    qtbot.waitUntil(lambda: is_assigned(project))
    time.sleep(after / 1000)

    jobs.end()

    assert len(ends) == 1
    assert not [thread for thread in threading.enumerate() if thread.name == "job"]
    if ends == ["finished"]:
        assert len(list(folder.iterdir())) == len(PEOPLE)
        assert told(project) != before
    else:
        assert told(project) == before
        assert not folder.exists()


class Slow:
    """A connection's work that goes on for a while, in short statements."""

    def __init__(self, seconds: float) -> None:
        self.seconds, self.is_over = seconds, False

    def run(self, own: Project) -> None:
        until = time.monotonic() + self.seconds
        while time.monotonic() < until:
            own.connection.execute(_COUNTING).fetchone()
        self.is_over = True


def closed_within(jobs: Jobs, project: Project, slow: Slow) -> None:
    """End the jobs while `slow` is under way, unbroken."""
    begun = threading.Event()

    def work(own: Project, progress: Progress) -> None:
        with unbroken(progress):
            begun.set()
            slow.run(own)

    jobs.start(project, work)
    assert begun.wait(10)
    jobs.end()


def test_closing_waits_for_what_is_done_unbroken_even_beyond_its_patience(
    project: Project, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs_module, "_PATIENCE", 0.2)
    slow = Slow(1.0)

    closed_within(jobs, project, slow)

    assert slow.is_over


def test_what_is_not_done_unbroken_is_broken_off(
    project: Project, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(_: object) -> AbstractContextManager[None]:
        return nullcontext()

    monkeypatch.setattr(jobs_module._Seen, "unbroken", nothing)  # noqa: SLF001
    slow = Slow(30.0)

    closed_within(jobs, project, slow)

    assert not slow.is_over
