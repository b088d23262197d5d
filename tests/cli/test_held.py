"""Another program has the project file in hand for a while: commands wait, and then go on."""

import json
import os
import resource
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from annotator.core.errors import UserError
from annotator.store import opening, patience, trouble
from annotator.store.project import Project
from tests.cli.running import hashiya
from tests.projects import made, sha_of

HOLDS = """
import sqlite3, sys, time
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
time.sleep(float(sys.argv[2]))
held.execute("ROLLBACK")
"""
LINE = json.dumps(
    {"do": "add_entity", "article": sha_of(0)[:16], "start": 4, "end": 10, "type": "PERS"}
)


@contextmanager
def held(path: Path, seconds: float) -> Iterator[None]:
    """Let another program have the file in hand for so long."""
    words = [sys.executable, "-c", HOLDS, str(path), str(seconds)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "held\n"
        yield


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = made(tmp_path)
    assert hashiya("apply", path, "--as", "a1", given=LINE.encode()).code == 0
    return path


@pytest.mark.parametrize(
    "words",
    [
        ("apply", "FILE", "--as", "a2"),
        ("undo", "FILE", "--as", "a1", "--article", sha_of(0)[:16]),
        ("labels", "FILE", "--json"),
        ("export", "FILE", "-o", "OUT"),
        ("handin", "FILE", "-o", "OUT.zip"),
        ("doctor", "FILE"),
        ("rebuild", "FILE", "-o", "OUT.hashiya"),
    ],
    ids=lambda words: words[0],
)
def test_a_command_waits_until_the_file_is_let_go_of(path: Path, words: tuple[str, ...]) -> None:
    places = {"FILE": str(path)}
    given = [places.get(one, one.replace("OUT", str(path.with_name("out")))) for one in words]

    with held(path, 1.5):
        began = time.monotonic()
        ended = hashiya(*given, given=LINE.encode())

    assert ended.code == 0, ended
    assert time.monotonic() - began > 0.5
    assert "locked" not in ended.out


def test_lines_that_are_served_meanwhile_wait_and_none_is_lost(path: Path) -> None:
    lines = [LINE.replace('"start": 4', f'"start": {n}') for n in range(5, 10)]

    with held(path, 2.0):
        ended = hashiya("apply", path, "--as", "a2", given="\n".join(lines).encode())

    assert [row["ok"] for row in ended.rows] == [True] * 5


# --- what Windows says where a scanner has the file ----------------------------------------------


@contextmanager
def no_more_files(seconds: float) -> Iterator[None]:
    """Let the system open no file for so long, which SQLite tells as it tells a scanner's hold."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    taken = [os.dup(0)]
    resource.setrlimit(resource.RLIMIT_NOFILE, (taken[0] + 8, before[1]))
    try:
        while True:
            taken.append(os.dup(0))
    except OSError:
        pass

    def let_go() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
        for one in taken:
            os.close(one)

    timer = threading.Timer(seconds, let_go)
    timer.start()
    try:
        yield
    finally:
        timer.join()


@pytest.fixture
def _as_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trouble, "PASSING", frozenset({"locked", "cannot_open", "disk_trouble"}))


@pytest.mark.skipif(os.name == "nt", reason="limits of files are told otherwise there")
@pytest.mark.usefixtures("_as_on_windows")
def test_a_file_that_cannot_be_opened_for_a_moment_is_tried_again(path: Path) -> None:
    with no_more_files(0.3), Project.open(path) as project:
        assert project.title


@pytest.mark.skipif(os.name == "nt", reason="limits of files are told otherwise there")
@pytest.mark.usefixtures("_as_on_windows")
def test_a_window_tries_for_a_quarter_of_a_second_only(path: Path) -> None:
    with no_more_files(1.0):
        began = time.monotonic()
        with pytest.raises(UserError, match="cannot_open"):
            opening.open_file(path, 0.25)
        took = time.monotonic() - began

    assert took < 0.9


def failing(times: int, name: str) -> tuple[Callable[[], str], list[int]]:
    """Return what fails so often as SQLite does with the error `name`, and its attempts."""
    attempts: list[int] = []

    def attempt() -> str:
        attempts.append(1)
        if len(attempts) <= times:
            error = sqlite3.OperationalError(name)
            error.sqlite_errorcode = getattr(sqlite3, name)
            raise error
        return "done"

    return attempt, attempts


@pytest.mark.usefixtures("_as_on_windows")
def test_what_passes_is_tried_again_with_pauses_that_grow() -> None:
    attempt, attempts = failing(4, "SQLITE_CANTOPEN")
    began = time.monotonic()

    assert patience.patiently(attempt, 5.0) == "done"
    assert len(attempts) == 5
    assert time.monotonic() - began > 0.02 + 0.04 + 0.08 + 0.16


@pytest.mark.usefixtures("_as_on_windows")
def test_it_ends_with_the_patience_of_the_caller() -> None:
    attempt, attempts = failing(1000, "SQLITE_IOERR")
    began = time.monotonic()

    with pytest.raises(sqlite3.OperationalError):
        patience.patiently(attempt, 0.3)
    assert time.monotonic() - began < 0.6
    assert len(attempts) > 2


@pytest.mark.usefixtures("_as_on_windows")
@pytest.mark.parametrize("name", ["SQLITE_FULL", "SQLITE_CORRUPT", "SQLITE_READONLY"])
def test_what_does_not_pass_is_told_at_once(name: str) -> None:
    attempt, attempts = failing(1, name)

    with pytest.raises(sqlite3.OperationalError):
        patience.patiently(attempt, 5.0)
    assert len(attempts) == 1
