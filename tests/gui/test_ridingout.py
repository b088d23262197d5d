"""Another program holds the file: for some seconds nobody is told, and the window never waits."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from annotator.core.errors import UserError
from annotator.gui import ridingout
from annotator.gui.program import Program
from annotator.gui.ridingout import RidingOut
from annotator.store.project import Project
from tests import projects
from tests.gui.onpage import page_of, session_of
from tests.projects import sha_of

pytestmark = pytest.mark.qt_no_exception_capture
LONG = 20_000
FROZEN = 1.5
"""Seconds: many times what the window waits for once, for slow machines."""
HOLDING = """
import sqlite3, sys, time
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN " + sys.argv[2])
print("held", flush=True)
sys.stdin.read()
held.execute("ROLLBACK")
"""


@pytest.fixture(autouse=True)
def faults(program: Program, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hand what comes out of slots to the program, as the hooks do; nothing else may come."""
    ours: list[BaseException] = []

    def hook(kind: object, error: BaseException, trace: object) -> None:
        if not program.attending.meet(error):
            ours.append(error)

    monkeypatch.setattr(sys, "excepthook", hook)
    yield
    assert ours == []


@pytest.fixture
def opened(program: Program, tmp_path: Path) -> Program:
    path = projects.made(tmp_path)
    with Project.open(path) as project:
        who = projects.annotator(project, "سلمى").uid
    assert program.open_project(path, who)
    page_of(program).show_article(sha_of(0))
    return program


@contextmanager
def held(path: Path, how: str = "EXCLUSIVE") -> Iterator[None]:
    """Let another program hold the file at `path` for the length of the block."""
    command = [sys.executable, "-c", HOLDING, str(path), how]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == "held\n"
        try:
            yield
        finally:
            other.stdin.close()
            other.wait()


class Heart:
    """Beats in the event loop; its longest pause is how long the window stood still."""

    def __init__(self) -> None:
        self.longest, self._last = 0.0, time.monotonic()
        self._timer = QTimer(interval=10)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.monotonic()
        self.longest, self._last = max(self.longest, now - self._last), now


def label(program: Program, quote: str, article: int = 0) -> None:
    session = session_of(program)
    session.do(session.intents.add_entity(projects.extent_of(quote, article), "PERS"))


def in_file(program: Program, article: int = 0) -> int:
    session = session_of(program)
    assert session.annotator is not None
    with Project.open(session.project.path) as other:
        return len(other.labels(other.layer(sha_of(article), session.annotator.uid)))


@pytest.mark.parametrize("how", ["EXCLUSIVE", "IMMEDIATE"])
def test_gestures_wait_as_pending_and_are_written_without_a_word(
    opened: Program, qtbot: QtBot, how: str
) -> None:
    session, told = session_of(opened), list[UserError]()
    session.not_saved.connect(told.append)
    heart = Heart()
    with held(session.project.path, how):
        for quote in ("بوتين", "ترامب", "موسكو"):
            label(opened, quote)
            qtbot.wait(400)
        uids = [one.uid for one in session.shown_labels().values()]
        assert len(uids) == 3
        assert all(session.is_pending(uid) and not session.is_unsaved(uid) for uid in uids)

    qtbot.waitUntil(lambda: not session.has_unsaved, timeout=LONG)
    assert in_file(opened) == 3
    assert (told, page_of(opened).messages.has_trouble) == ([], False)
    assert heart.longest < FROZEN


def test_when_patience_ends_it_is_told_once_and_written_all_the_same_later(
    opened: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ridingout, "PATIENCE", 0.5)
    monkeypatch.setattr(ridingout, "_SLOWLY", 200)
    session, told = session_of(opened), list[str]()
    session.not_saved.connect(lambda trouble: told.append(trouble.code))
    with held(session.project.path, "IMMEDIATE"):
        label(opened, "بوتين")
        qtbot.waitUntil(lambda: told == ["locked"], timeout=LONG)
        uid = next(iter(session.shown_labels()))
        assert session.is_unsaved(uid)
        assert page_of(opened).messages.has_trouble
        qtbot.wait(800)
        assert told == ["locked"]

    qtbot.waitUntil(lambda: not session.has_unsaved, timeout=LONG)
    assert in_file(opened) == 1
    assert not page_of(opened).messages.has_trouble


def test_what_was_left_behind_in_another_article_is_written_too(
    opened: Program, qtbot: QtBot
) -> None:
    session = session_of(opened)
    with held(session.project.path, "IMMEDIATE"):  # reading goes on
        label(opened, "بوتين")
        qtbot.wait(300)
        page_of(opened).show_article(sha_of(1))
        label(opened, "بغداد", 1)
        qtbot.wait(300)
        assert session.has_unsaved

    qtbot.waitUntil(lambda: not session.has_unsaved, timeout=LONG)
    assert (in_file(opened, 0), in_file(opened, 1)) == (1, 1)


def test_an_article_is_shown_as_soon_as_the_file_can_be_read(opened: Program, qtbot: QtBot) -> None:
    session = session_of(opened)
    heart = Heart()
    with held(session.project.path):
        page_of(opened).show_article(sha_of(1))
        qtbot.wait(500)
        assert session.reading is not None
        assert session.reading.article.sha256 == sha_of(0)

    qtbot.waitUntil(
        lambda: session.reading is not None and session.reading.article.sha256 == sha_of(1),
        timeout=LONG,
    )
    assert not page_of(opened).messages.has_trouble
    assert heart.longest < FROZEN


def test_undo_waits_too_and_gives_way_to_a_new_gesture(opened: Program, qtbot: QtBot) -> None:
    session = session_of(opened)
    label(opened, "بوتين")
    session.flush()
    with held(session.project.path, "IMMEDIATE"):
        session.undo()
        qtbot.wait(300)
        assert len(session.labels) == 1
    qtbot.waitUntil(lambda: len(session.labels) == 0, timeout=LONG)

    label(opened, "ترامب")
    session.flush()
    with held(session.project.path, "IMMEDIATE"):
        session.undo()
        label(opened, "موسكو")
        qtbot.wait(200)
    qtbot.waitUntil(lambda: not session.has_unsaved, timeout=LONG)
    qtbot.wait(300)
    assert in_file(opened) == 2


def test_a_project_that_is_held_is_opened_in_a_moment(
    program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    path = projects.made(tmp_path)
    with Project.open(path) as project:
        who = projects.annotator(project, "سلمى").uid
    heart = Heart()
    with held(path):
        assert not program.open_project(path, who)
        qtbot.wait(400)
        assert program.session is None

    qtbot.waitUntil(lambda: program.session is not None, timeout=LONG)
    assert heart.longest < FROZEN


def test_reads_that_nobody_expected_to_fail_are_done_again(opened: Program, qtbot: QtBot) -> None:
    session = session_of(opened)
    with held(session.project.path):
        QTimer.singleShot(0, session.read_again)
        qtbot.wait(300)
        assert not page_of(opened).messages.has_trouble

    with qtbot.waitSignal(session.project_changed, timeout=LONG):
        pass
    assert not page_of(opened).messages.has_trouble


def test_a_damaged_file_is_told_and_is_no_fault_of_ours(opened: Program) -> None:
    assert opened.attending.meet(UserError("damaged", path="p.hashiya"))
    assert "p.hashiya" in page_of(opened).messages.sentence.text()
    assert not opened.attending.meet(ValueError("ours"))


def test_what_does_not_pass_is_not_waited_for(opened: Program) -> None:
    riding = RidingOut(opened)

    assert not riding.rides_out(UserError("disk_full"), lambda: None)
    assert not riding.is_on
    assert riding.rides_out(UserError("locked"), lambda: None)
    assert (riding.is_on, riding.is_quiet) == (True, True)
    riding.stop()
    assert not riding.is_on
