"""Two windows on one file: what one writes the other follows, and says why when it cannot."""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.core.errors import UserError
from annotator.gui.following import Following
from annotator.gui.jobs import Jobs
from annotator.i18n import CODES, Language
from annotator.services import annotators, labelling
from annotator.services.wording import sentence
from annotator.store import watching
from annotator.store.project import Project
from tests.projects import code_of, extent_of, layer_of, made

LONG = 20_000


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.open(made(tmp_path)) as project:
        layer_of(project)
        yield project


class Window:
    """What stands for a window: it follows, and hears."""

    def __init__(self, project: Project) -> None:
        self.following = Following(project)
        self.changes = 0
        self.told: list[str] = []
        self.following.changed_elsewhere.connect(self._on_changed)
        self.following.file_troubled.connect(lambda trouble: self.told.append(trouble.code))
        self.following.file_well.connect(lambda: self.told.append("well"))
        self.following.start()

    def _on_changed(self) -> None:
        self.changes += 1


@pytest.fixture
def window(qtbot: QtBot, project: Project) -> Iterator[Window]:
    window = Window(project)
    yield window
    window.following.stop()


def label(project: Project, quote: str = "بوتين") -> None:
    labelling.add_entity(project, layer_of(project), extent_of(quote), "PERS")


# --- others ---------------------------------------------------------------------------------------


def test_a_second_window_of_the_same_program_is_followed(
    qtbot: QtBot, project: Project, window: Window
) -> None:
    with Project.open(project.path, turn=project.turn) as other:
        second = Window(other)
        label(project)

        qtbot.waitUntil(lambda: second.changes == 1, timeout=LONG)
        assert len(other.labels(layer_of(other))) == 1
        qtbot.wait(1000)
        second.following.stop()

    assert second.changes == 1
    assert window.changes == 0  # one's own gesture is no news


WRITING = """
import sys
from pathlib import Path
from annotator.services import annotators
from annotator.store.project import Project
with Project.open(Path(sys.argv[1])) as project:
    for n in range(3):
        annotators.ensure(project, f"زيد {n}")
"""


def test_another_program_is_followed(qtbot: QtBot, project: Project, window: Window) -> None:
    subprocess.run([sys.executable, "-c", WRITING, str(project.path)], check=True)

    qtbot.waitUntil(lambda: window.changes >= 1, timeout=LONG)
    assert len(project.annotators()) == 4


def test_a_job_beside_the_window_is_followed(
    qtbot: QtBot, project: Project, window: Window
) -> None:
    jobs = Jobs()
    jobs.start(project, lambda own, progress: annotators.ensure(own, "زيد"))

    qtbot.waitUntil(lambda: window.changes == 1, timeout=LONG)
    jobs.end()


def test_what_was_there_before_is_no_news(qtbot: QtBot, project: Project) -> None:
    with Project.open(project.path) as other:
        label(other)
    window = Window(project)
    window.following.look()

    assert window.changes == 0
    window.following.stop()


def test_a_program_that_writes_for_long_is_the_reason_given_and_then_followed(
    qtbot: QtBot, project: Project, window: Window
) -> None:
    with Project.open(project.path) as other:
        other.connection.execute("BEGIN EXCLUSIVE")
        began = time.monotonic()
        qtbot.waitUntil(lambda: window.told == ["file_busy"], timeout=LONG)
        assert time.monotonic() - began > 0.9
        other.connection.execute("UPDATE settings SET value='x' WHERE name='title'")
        other.connection.execute("COMMIT")

    qtbot.waitUntil(lambda: window.told == ["file_busy", "well"], timeout=LONG)
    assert window.changes == 1


def test_during_a_gesture_nobody_looks(project: Project, window: Window) -> None:
    with project.gesture(layer_of(project), "test"):
        project.path.rename(project.path.with_name("elsewhere"))
        window.following.look()
        assert window.told == []
        project.path.with_name("elsewhere").rename(project.path)


# --- the file -------------------------------------------------------------------------------------


def test_a_file_that_goes_and_comes_back_is_told_once_each(
    qtbot: QtBot, project: Project, window: Window
) -> None:
    elsewhere = project.path.with_name("elsewhere.hashiya")
    project.path.rename(elsewhere)
    qtbot.waitUntil(lambda: window.told == ["file_gone"], timeout=LONG)
    qtbot.wait(1000)
    assert window.told == ["file_gone"]
    assert window.following.is_troubled
    assert code_of(lambda: label(project)) == "file_gone"

    elsewhere.rename(project.path)
    qtbot.waitUntil(lambda: window.told == ["file_gone", "well"], timeout=LONG)
    label(project)
    assert not window.following.is_troubled


def test_each_trouble_is_told_when_it_changes(project: Project, window: Window) -> None:
    former = project.path.with_name("former")
    project.path.chmod(0o444)
    window.following.look()
    project.path.rename(former)
    window.following.look()
    shutil.copy(former, project.path)
    window.following.look()
    former.replace(project.path)
    project.path.chmod(0o644)
    window.following.look()

    assert window.told == ["read_only", "file_gone", "file_replaced", "well"]


def test_a_file_that_was_exchanged_is_opened_again_and_followed_on(
    qtbot: QtBot, project: Project, window: Window
) -> None:
    copy = Path(shutil.copy(project.path, project.path.with_name("copy")))
    copy.replace(project.path)
    qtbot.waitUntil(lambda: window.told == ["file_replaced"], timeout=LONG)

    with watching.opened_again(project) as again:
        second = Window(again)
        label(again)
        second.following.look()
        assert second.told == []
        second.following.stop()


def test_a_file_that_is_damaged_under_the_window_is_told(project: Project, window: Window) -> None:
    with project.path.open("r+b") as file:
        file.truncate(100)
    window.following.look()

    assert window.told[0] in ("damaged", "not_a_project")


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("code", ["file_gone", "file_replaced", "read_only", "file_busy"])
def test_every_trouble_is_one_sentence_that_names_the_file(code: str, language: str) -> None:
    said = sentence(UserError(code, path="رأي.hashiya"), Language.of(language))

    assert "رأي.hashiya" in said
    assert "\n" not in said
