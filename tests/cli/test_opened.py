"""What commands say when they open a project: what came back, and whether it is written twice."""

from pathlib import Path
from typing import Any

import pytest

from annotator.store import journal
from annotator.store.project import Project
from tests.cli.running import article_in, hashiya, lines


@pytest.fixture
def entity(project_file: Path) -> dict[str, Any]:
    article = article_in(project_file)
    return {"do": "add_entity", "article": article, "start": 6, "end": 11, "type": "PERS"}


def journal_of(file: Path) -> Path:
    with Project.open(file) as project:
        return journal.path_of(project.uid, project.replica)


def test_what_an_older_copy_lacks_comes_back_with_the_next_command_and_is_told_on_stderr(
    project_file: Path, entity: dict[str, Any]
) -> None:
    hashiya("apply", project_file, "--as", "سارة", given=lines({"do": "undo"}))
    old = project_file.read_bytes()
    made = hashiya("apply", project_file, "--as", "سارة", given=lines(entity)).rows[0]
    project_file.write_bytes(old)

    ran = hashiya("labels", project_file, "--json")

    assert [label["uid"] for label in ran.told["labels"]] == made["uids"]
    assert "1 operation came back from the second record" in ran.err.replace("\n", " ")
    again = hashiya("labels", project_file, "--json", lang="ar")
    assert (again.told, again.err) == (ran.told, "")


def test_a_file_that_cannot_be_written_is_listed_and_its_lack_is_told(
    project_file: Path, entity: dict[str, Any]
) -> None:
    hashiya("apply", project_file, "--as", "سارة", given=lines({"do": "undo"}))
    old = project_file.read_bytes()
    hashiya("apply", project_file, "--as", "سارة", given=lines(entity))
    project_file.write_bytes(old)
    project_file.chmod(0o444)

    ran = hashiya("labels", project_file, "--json")

    assert ran.code == 0
    assert ran.told["labels"] == []
    assert "1 operation, and it could not come back now" in ran.err
    assert "read-only" in ran.err
    project_file.chmod(0o644)


@pytest.mark.parametrize(("lang", "words"), [("en", "second record"), ("ar", "السجل الثاني")])
def test_that_the_second_record_is_off_is_told_once_and_the_gestures_count(
    project_file: Path, entity: dict[str, Any], lang: str, words: str
) -> None:
    place = journal_of(project_file)
    folder = place.parent.parent  # of all journals
    if folder.exists():
        folder.rename(folder.with_name("aside"))
    folder.write_bytes(b"in the way")
    status = {"do": "set_status", "article": entity["article"], "status": "done"}

    ran = hashiya("apply", project_file, "--as", "سارة", given=lines(entity, status), lang=lang)

    assert ran.code == 0
    assert [answer["ok"] for answer in ran.rows] == [True, True]
    assert ran.err.count(words) == 1
    assert len(ran.err.splitlines()) == 1
    folder.unlink()
    assert len(hashiya("labels", project_file, "--json").told["labels"]) == 1
