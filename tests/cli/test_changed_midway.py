"""What becomes of the file while `apply` has it open: each line says what it is, and nothing else.

The program is a process of its own; the file is changed between two lines.
"""

import json
import os
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from annotator.store import backupfolder
from annotator.store.project import Project
from tests.cli.running import PYTHON
from tests.projects import made, sha_of

EVIL = (
    "CREATE TRIGGER evil AFTER INSERT ON operations BEGIN"
    " UPDATE settings SET value='theirs' WHERE name='title'; END"
)
INNOCENT = "CREATE INDEX IF NOT EXISTS quick ON operations(at)"
NO_BACKUP = "No backup"


class Told(NamedTuple):
    """The answer to the line after the change, what stands on stderr, and the exit code."""

    answer: dict[str, Any]
    err: str
    code: int


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return made(tmp_path)


def line(start: int) -> bytes:
    said = {"do": "add_entity", "article": sha_of(0)[:16], "start": start, "end": start + 1}
    return json.dumps(said | {"type": "PERS"}).encode() + b"\n"


def applied(path: Path, change: Callable[[Path], None], *, then: bytes = line(6)) -> Told:
    """Apply a line, let `change` do something to the file, and apply what comes `then`."""
    words = [*PYTHON, "apply", str(path), "--as", "a1"]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        words, stdin=pipe, stdout=pipe, stderr=pipe, env={**os.environ, "HASHIYA_LANG": "en"}
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write(line(4))
        program.stdin.flush()
        assert json.loads(program.stdout.readline())["ok"]
        change(path)
        out, err = program.communicate(then, timeout=60)
    return Told(json.loads(out) if out else {}, err.decode(), program.returncode)


def zero_header(path: Path) -> None:
    write_over(path, bytes(100))


def zero_page(path: Path) -> None:
    write_over(path, bytes(8192))


def empty(path: Path) -> None:
    os.truncate(path, 0)


def write_over(path: Path, data: bytes) -> None:
    with path.open("r+b") as file:
        file.write(data)


def by_another(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for one in statements:
            connection.execute(one)
        connection.commit()


@pytest.mark.parametrize("change", [zero_header, zero_page, empty])
def test_of_what_was_written_over_it_is_told_that_the_line_is_not_saved(
    path: Path, change: Callable[[Path], None]
) -> None:
    told = applied(path, change)

    assert told.answer["error"] in ("not_a_project", "damaged")
    assert told.answer["message"].startswith("Not saved:")
    assert "Choose another file" not in told.answer["message"]
    assert "Your work is saved" not in told.err
    assert "fault of its own" not in told.err
    assert told.code == 1


@pytest.mark.parametrize("change", [zero_header, empty])
def test_what_is_written_over_it_after_the_last_line_is_told_of_the_file(
    path: Path, change: Callable[[Path], None]
) -> None:
    told = applied(path, change, then=b"")

    assert "project.hashiya" in told.err
    assert NO_BACKUP not in told.err
    assert "Your work is saved" not in told.err


def test_a_file_that_is_gone_when_the_command_ends_is_told_in_a_sentence(path: Path) -> None:
    told = applied(path, Path.unlink, then=b"")

    assert told.err.startswith("“project.hashiya” was moved or removed before the command ended.")
    assert "second record" in told.err
    assert told.err.count("\n") == 1


def test_so_it_is_where_the_line_after_that_was_refused(path: Path) -> None:
    told = applied(path, Path.unlink)

    assert told.answer["error"] == "file_gone"
    assert "fault of its own" not in told.err
    assert told.code == 1


def test_a_trigger_of_another_program_does_not_run_in_the_file_that_is_open(path: Path) -> None:
    told = applied(path, lambda path: by_another(path, EVIL))

    assert told.answer["error"] == "strange_tables"
    assert told.answer["message"].startswith("Not saved: another program changed the tables")
    assert title_of(path) != "theirs"
    assert n_labels(path) == 1


def test_into_a_file_that_a_newer_program_took_over_nothing_is_written(path: Path) -> None:
    told = applied(path, lambda path: by_another(path, "PRAGMA user_version=99"))

    assert told.answer["error"] == "too_new"
    assert told.answer["message"].startswith("Not saved: a newer Hashiya changed")
    assert n_labels(path) == 1


def test_an_index_of_another_program_is_let_be(path: Path) -> None:
    told = applied(path, lambda path: by_another(path, INNOCENT))

    assert told.answer["ok"]
    assert n_labels(path) == 2


def test_triggers_that_are_dropped_and_made_again_as_they_were_are_let_be(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT sql FROM sqlite_master WHERE name='spans_quoted'"
        usual = connection.execute(query).fetchone()[0]

    told = applied(path, lambda path: by_another(path, "DROP TRIGGER spans_quoted", usual))

    assert told.answer["ok"]
    assert n_labels(path) == 2


def test_where_the_data_folder_cannot_be_written_more_room_is_not_asked_for(path: Path) -> None:
    with Project.open(path) as project:
        folder = backupfolder.folder_of(project)
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_bytes(b"")

    told = applied(path, lambda _: None, then=b"")

    assert "the data folder cannot be written. Your work is saved in the file itself" in told.err
    assert "room" not in told.err
    assert "space" not in told.err


def title_of(path: Path) -> str:
    query = "SELECT value FROM settings WHERE name='title'"
    with closing(sqlite3.connect(path)) as connection:
        return str(connection.execute(query).fetchone()[0])


def n_labels(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM entities").fetchone()[0])
