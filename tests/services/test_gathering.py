"""What a merge brings is written down a second time as it came: the lines that the file spells."""

import sqlite3
import tempfile
from pathlib import Path
from typing import Any

import pytest

from annotator.services import merging
from annotator.store import journal, journalfile, journalgathering
from annotator.store.bulk import last_id
from annotator.store.project import Project
from tests.exchange.bundling import handed_in, team

Team = tuple[Path, list[Path]]


@pytest.fixture
def lead_and_bundles(tmp_path: Path) -> Team:
    lead, files = team(tmp_path)
    return lead, [handed_in(file, name) for name, file in files.items()]


def _merged(lead: Path, bundles: list[Path]) -> tuple[list[bytes], list[bytes]]:
    """Merge; return the lines that the journal got, and those that the file spells."""
    with Project.open(lead) as project:
        before = last_id(project.connection, "operations")
        place = journal.path_of(project.uid, project.replica)
        n_before = len(list(journalfile.forwards(place)))
        merged = merging.merge(project, bundles)
        assert merged.new > 20
        assert project.second_record is None
        last = last_id(project.connection, "operations")
        spelled = journal.chunk(project.connection, before, last, project.replica).lines
    return [*journalfile.forwards(place)][n_before:], [line[:-1] for line in spelled]


@pytest.mark.parametrize("at_once", [journalgathering._AT_ONCE, 1])  # noqa: SLF001
def test_the_lines_are_those_that_the_file_spells(
    lead_and_bundles: Team, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    read: list[journal.Chunk] = []
    chunk = journal.chunk

    def counted(connection: sqlite3.Connection, *some: Any) -> journal.Chunk:  # noqa: ANN401
        read.append(chunk(connection, *some))
        return read[-1]

    monkeypatch.setattr(journalgathering, "_AT_ONCE", at_once)
    monkeypatch.setattr(journal, "chunk", counted)

    written, spelled = _merged(*lead_and_bundles)

    assert written == spelled
    assert len(read) == 1  # by the test


def test_where_they_cannot_be_kept_aside_they_are_read_from_the_file(
    lead_and_bundles: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "SpooledTemporaryFile", full)

    written, spelled = _merged(*lead_and_bundles)

    assert written == spelled


def test_a_record_that_fails_on_the_way_catches_up(
    lead_and_bundles: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead, bundles = lead_and_bundles
    monkeypatch.setattr(journalgathering, "_AT_ONCE", 1)
    add, n_calls = journalfile.JournalFile.add, [0]

    def failing(file: journalfile.JournalFile, lines: list[bytes]) -> None:
        n_calls[0] += file.path == place  # receipts have a file of their own
        if n_calls[0] == 2 and file.path == place:
            raise OSError(28, "No space left on device")
        add(file, lines)

    with Project.open(lead) as project:
        before = last_id(project.connection, "operations")
        place = journal.path_of(project.uid, project.replica)
        n_before = len(list(journalfile.forwards(place)))
        with monkeypatch.context() as broken:
            broken.setattr(journalfile.JournalFile, "add", failing)
            merging.merge(project, bundles)
            assert project.second_record is not None
        project.try_second_record()
        assert project.second_record is None
        last = last_id(project.connection, "operations")
        spelled = journal.chunk(project.connection, before, last, project.replica).lines
    assert n_calls[0] == 2
    assert [*journalfile.forwards(place)][n_before:] == [line[:-1] for line in spelled]
