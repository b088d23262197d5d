"""What a damaged file makes of reading is told as damage; a fault of ours in a sound one is not."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from annotator.core.errors import UserError
from annotator.services import labelling, listing
from annotator.store import damage, doctor
from annotator.store.filecopy import Step
from annotator.store.project import Project
from annotator.store.trouble import reads
from tests import projects
from tests.projects import code_of, extent_of, layer_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = projects.made(tmp_path)
    with Project.open(path) as project:
        labelling.add_entity(project, layer_of(project), extent_of("بوتين"), "PERS")
    return path


@reads
def stumble(_project: Project, error: type[Exception]) -> None:
    raise error("ours")


@pytest.mark.parametrize("error", [TypeError, KeyError, ValueError, AttributeError, sqlite3.Error])
def test_a_fault_of_ours_rises_out_of_a_sound_file(path: Path, error: type[Exception]) -> None:
    with Project.open(path) as project, pytest.raises(error, match="ours"):
        stumble(project, error)


def altered(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints=ON")
        connection.execute("DROP TRIGGER texts_kept")
        made = "SELECT sql FROM sqlite_master WHERE name='texts_kept'"
        assert connection.execute(made).fetchone() is None
        connection.execute(statement)


READS: dict[str, Callable[[Project], object]] = {
    "labels": lambda project: list(listing.labels(project)),
    "text": lambda project: project.text(projects.sha_of(0)),
}


@pytest.mark.parametrize("name", READS)
def test_a_row_that_lacks_is_told_as_damage(path: Path, name: str) -> None:
    with Project.open(path) as project:
        altered(path, "DELETE FROM texts")

        assert code_of(lambda: READS[name](project)) == "damaged"


@pytest.mark.parametrize("name", READS)
def test_so_it_is_in_a_large_file_whose_pages_are_sound(
    path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(damage, "_WHOLE_BYTES", 0)
    with Project.open(path) as project:
        altered(path, "DELETE FROM texts")

        assert code_of(lambda: READS[name](project)) == "damaged"


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that gets the level of each examination."""
    asked: list[str] = []
    look = doctor.examined_copy

    def counting(copy: Path, level: doctor.Level, step: Step) -> doctor.Examination:
        asked.append(level)
        return look(copy, level, step)

    monkeypatch.setattr(doctor, "examined_copy", counting)
    return asked


def test_a_file_in_which_nothing_is_found_is_asked_once_until_it_changes(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = counted(monkeypatch)
    with Project.open(path) as project:
        for _ in range(3):
            with pytest.raises(TypeError, match="ours"):
                stumble(project, TypeError)
        assert asked == ["full"]

        altered(path, "DELETE FROM texts")
        assert code_of(lambda: READS["text"](project)) == "damaged"
        assert asked == ["full", "full"]


class Clock:
    """A clock that goes on by `step` seconds each time it is asked."""

    def __init__(self, step: float) -> None:
        self.now, self.step = 0.0, step

    def monotonic(self) -> float:
        self.now += self.step
        return self.now


def took(project: Project, monkeypatch: pytest.MonkeyPatch, seconds: float) -> float:
    """Stumble in `project` with a clock that runs by `seconds` a step; return when it gave up."""
    clock = Clock(seconds)
    with monkeypatch.context() as patch:
        patch.setattr(damage, "time", clock)
        with pytest.raises(TypeError, match="ours"):
            stumble(project, TypeError)
    return clock.now


def test_a_file_that_takes_too_long_to_look_through_is_not_said_to_be_damaged_and_asked_once(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = counted(monkeypatch)
    monkeypatch.setattr(damage, "_LONGEST", 1.0)
    with Project.open(path) as project:
        for _ in range(3):
            took(project, monkeypatch, 0.4)
        assert asked == ["full"]


@pytest.mark.parametrize(("is_waited_for", "longest"), [(False, 20), (True, 2)])
def test_one_clock_runs_for_pages_and_hashes_and_a_window_waits_for_two_seconds(
    path: Path, monkeypatch: pytest.MonkeyPatch, is_waited_for: bool, longest: int
) -> None:
    asked = counted(monkeypatch)
    monkeypatch.setattr(damage, "_WHOLE_BYTES", 0)
    with Project.open(path) as project:
        project.is_waited_for = is_waited_for
        step = longest / 4  # the copy and the pages have time, the hashes not all of it
        assert longest < took(project, monkeypatch, step) <= longest + 2 * step
        took(project, monkeypatch, step)
    assert asked == ["pages", "full"]


def test_while_another_program_holds_the_file_it_is_asked_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = counted(monkeypatch)
    with Project.open(path, timeout=0.05) as project:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            took(project, monkeypatch, 0.0)
            other.execute("ROLLBACK")
        assert asked == []
        took(project, monkeypatch, 0.0)
        assert asked == ["full"]


def _is_locked(path: Path) -> bool:
    with closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as other:
        try:
            other.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            return True
        other.execute("ROLLBACK")
    return False


@reads
def broken_off(project: Project) -> None:
    rows = project.connection.execute("SELECT sha256 FROM articles")
    raise TypeError(next(rows))


def test_whoever_keeps_the_trouble_does_not_keep_the_file(path: Path) -> None:
    with Project.open(path) as project:
        altered(path, "DELETE FROM texts")
        with pytest.raises(UserError) as met:
            broken_off(project)

        assert not _is_locked(path)

    assert met.value.code == "damaged"


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="it is not told what is open here")
def test_a_file_that_could_not_be_opened_is_not_kept_open(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[100:] = bytes(len(raw) - 100)
    path.write_bytes(raw)
    with pytest.raises(UserError) as met:
        Project.open(path)

    open_files = [handle.resolve() for handle in Path("/proc/self/fd").iterdir()]
    assert met.value.code == "damaged"
    assert path.resolve() not in open_files
