"""What a damaged file makes of reading is told as damage; a fault of ours in a sound one is not."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

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
