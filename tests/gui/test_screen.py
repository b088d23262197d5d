"""The real program on a real X server: a label by mouse, one by an Arabic keyboard, one killed."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator.core.model import extent_of, hull
from annotator.gui.probe import missing_libraries
from annotator.gui.program import Program
from annotator.store.project import Project
from tests import projects

_NEEDED = ("Xvfb", "xdotool", "setxkbmap")
_LACKING = [name for name in _NEEDED if shutil.which(name) is None] or missing_libraries("xcb")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(_LACKING), reason=f"not on this machine: {', '.join(_LACKING)}"),
]
ROOT = Path(__file__).parents[2]
_PATIENCE = 40
"""Seconds that the program has to show its window, and a label to be in the file."""
_SERVER = ("-noreset", "-screen", "0", "1500x950x24", "-nolisten", "tcp")
_SETTLING = 1.0
"""Seconds after which a window that has come up takes what is typed."""
WHO = "a1"


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """Start an X server on a free number, and return its name."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), *_SERVER],  # noqa: S607
        pass_fds=[writing],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait()


class Person:
    """Somebody at the screen: what she does goes to the X server, and from there to the program."""

    def __init__(self, display: str, data: Path, path: Path) -> None:
        self._environment = {
            **os.environ,
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "HASHIYA_DATA": str(data),
            "HASHIYA_LANG": "ar",
        }
        for name in ("WAYLAND_DISPLAY", "XDG_SESSION_TYPE", "QT_SCALE_FACTOR"):
            self._environment.pop(name, None)
        self._path = path
        self.at = ("0", "0")
        self.program: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start the program on the project, and wait for its window."""
        self.program = subprocess.Popen(
            [sys.executable, "-m", "annotator", str(self._path)],
            cwd=ROOT,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        running = self.program
        until(lambda: self._windows() or running.poll() is not None)
        assert running.poll() is None, running.communicate()[0]
        window = self._windows()[-1]
        self.do("windowmove", window, "0", "0")
        self.do("windowfocus", "--sync", window)  # there is no window manager that would do it
        time.sleep(_SETTLING)

    def _windows(self) -> list[str]:
        assert self.program is not None
        asked = ["search", "--onlyvisible", "--pid", str(self.program.pid), "--name", "—"]
        return self.do(*asked, check=False).split()

    def do(self, *words: str, check: bool = True) -> str:
        """Do something with mouse or keyboard."""
        done = subprocess.run(
            ["xdotool", *words],  # noqa: S607
            env=self._environment,
            capture_output=True,
            text=True,
            check=check,
        )
        return done.stdout

    def use_keyboard(self, layout: str) -> None:
        """Change the layout of the keyboard."""
        subprocess.run(["setxkbmap", layout], env=self._environment, check=True)  # noqa: S607

    def kill(self) -> None:
        """End the program as a power cut does."""
        if self.program is not None:
            self.program.send_signal(signal.SIGKILL)
            self.program.communicate()
            self.program = None


def until(is_so: Callable[[], object]) -> None:
    """Wait until `is_so`."""
    limit = time.monotonic() + _PATIENCE
    while not is_so():
        assert time.monotonic() < limit
        time.sleep(0.1)


@pytest.fixture
def path(tmp_path: Path, program: Program) -> Path:
    """Return a project that this machine knows who labels in, so that nobody is asked."""
    path = projects.made(tmp_path)
    with Project.open(path) as project:
        who = projects.annotator(project, WHO).uid
    assert program.open_project(path, who)
    assert program.window.page is not None
    program.window.page.show_article(projects.sha_of(0))
    return path


@pytest.fixture
def person(display: str, path: Path, _own_data_folder: Path, program: Program) -> Iterator[Person]:
    made = Person(display, _own_data_folder, path)
    made.at = _place_of("بوتين", program)
    program.close_project()
    yield made
    made.use_keyboard("us")
    made.kill()


def _place_of(quote: str, program: Program) -> tuple[str, str]:
    """Return where a word is in a window that was just opened: off screen it is drawn the same."""
    window = program.window
    assert window.page is not None
    canvas = window.page.canvas
    start = projects.extent_of(quote)[0].start
    point = canvas.viewport().mapTo(window, canvas.point_of(start + 1))
    return str(point.x()), str(point.y() + 4)


def in_file(path: Path) -> list[tuple[str, str]]:
    """Return type and quote of what the file has, in the order of the text."""
    with Project.open(path) as project:
        labels = [one for one in project.labels(projects.layer_of(project, WHO)) if extent_of(one)]
    labels.sort(key=lambda one: hull(extent_of(one)))
    return [(one.type, extent_of(one)[0].quote) for one in labels]


def test_a_label_by_mouse_and_one_by_an_arabic_key_and_none_is_lost_by_a_kill(
    person: Person, path: Path
) -> None:
    by_mouse, by_key = ("PERS", "بوتين"), ("GPE", "موسكو")
    person.start()
    person.do("mousemove", *person.at)
    person.do("click", "--repeat", "2", "--delay", "80", "1")
    person.do("key", "p")
    until(lambda: in_file(path) == [by_mouse])

    person.kill()
    person.start()
    person.use_keyboard("ara")
    person.do("mousemove", *person.at)
    person.do("click", "1")
    person.do("key", "Escape", *["ctrl+Left"] * 7)
    person.do("key", "Arabic_lam")
    until(lambda: len(in_file(path)) == 2)

    assert in_file(path) == [by_mouse, by_key]
    person.use_keyboard("us")
    person.kill()
    person.start()
    person.do("key", "ctrl+z")
    until(lambda: in_file(path) == [by_mouse])
    person.do("key", "ctrl+y")
    until(lambda: in_file(path) == [by_mouse, by_key])
