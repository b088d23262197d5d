"""What a damaged file makes of reading is told as damage; a fault of ours in a sound one is not."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from annotator.core.errors import UserError
from annotator.services import labelling, listing
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
