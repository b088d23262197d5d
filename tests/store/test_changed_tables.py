"""The tables of a file are looked at again before each writing, where another program was there."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from annotator.core.errors import UserError
from annotator.services import labelling
from annotator.store import fingerprints
from annotator.store.bulk import checked_at_the_end
from annotator.store.project import Project
from tests.projects import extent_of, layer_of, made, operations_in
from tests.store.earlier import earlier_file

EVIL = (
    "CREATE TRIGGER evil AFTER INSERT ON operations BEGIN"
    " UPDATE settings SET value='theirs' WHERE name='title'; END"
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.open(made(tmp_path)) as project:
        label(project, "بوتين")
        yield project


def label(project: Project, quote: str) -> None:
    labelling.add_entity(project, layer_of(project), extent_of(quote), "PERS")


def by_another(project: Project, *statements: str) -> None:
    with closing(sqlite3.connect(project.path)) as connection:
        for one in statements:
            connection.execute(one)
        connection.commit()


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        (EVIL, "strange_tables"),
        ("DROP TRIGGER spans_quoted", "strange_tables"),
        ("CREATE TABLE theirs(x)", "strange_tables"),
        ("PRAGMA user_version=99", "too_new"),
        ("PRAGMA application_id=99", "not_a_project"),
    ],
)
def test_into_tables_that_are_not_ours_any_more_nothing_is_written(
    project: Project, statement: str, code: str
) -> None:
    before = list(operations_in(project))
    by_another(project, statement)

    for _ in range(2):
        with pytest.raises(UserError) as met:
            label(project, "ترامب")
        assert (met.value.code, met.value.data["why"]) == (code, "write")

    assert not project.is_writing
    assert list(operations_in(project)) == before
    assert project.title != "theirs"


def test_a_program_that_puts_them_right_again_lets_the_work_go_on(project: Project) -> None:
    by_another(project, EVIL)
    with pytest.raises(UserError):
        label(project, "ترامب")

    by_another(project, "DROP TRIGGER evil")

    label(project, "ترامب")
    assert project.title != "theirs"


def test_a_file_of_an_earlier_program_that_was_written_over_it_takes_nothing(
    tmp_path: Path,
) -> None:
    path = earlier_file(tmp_path)
    earlier = path.read_bytes()
    with Project.open(path) as project:
        path.write_bytes(earlier)

        with pytest.raises(UserError) as met:
            label(project, "ترامب")

    assert met.value.code == "file_went_back"
    assert path.read_bytes() == earlier
    Project.open(path).close()


def test_a_trigger_that_was_there_between_opening_and_the_first_writing_is_seen(
    tmp_path: Path,
) -> None:
    with Project.open(made(tmp_path)) as project:
        by_another(project, EVIL)

        with pytest.raises(UserError) as met:
            label(project, "ترامب")

    assert met.value.code == "strange_tables"


def test_what_another_of_ours_does_with_triggers_in_bulk_work_is_let_be(project: Project) -> None:
    with (
        Project.open(project.path) as other,
        other.committed(),
        checked_at_the_end(other.connection),
    ):
        pass

    label(project, "ترامب")

    with Project.open(project.path) as other:
        label(other, "موسكو")


def test_they_are_read_only_where_the_header_tells_of_a_change(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[sqlite3.Connection] = []
    usual = fingerprints.of

    def noted(connection: sqlite3.Connection) -> str:
        read.append(connection)
        return usual(connection)

    monkeypatch.setattr(fingerprints, "of", noted)

    label(project, "ترامب")
    assert read == []
    by_another(project, "CREATE INDEX theirs ON operations(at)")
    label(project, "موسكو")
    label(project, "لقاءه")

    assert len(read) == 1
