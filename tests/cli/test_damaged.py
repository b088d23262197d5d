"""A damaged file on the command line: what reads answers from what is left, and says what lacks."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from annotator import paths
from annotator.services import backing_up
from annotator.store.project import Project
from tests.cli.running import article_in, hashiya, lines

PAGE = 8192


def without_header(path: Path) -> Path:
    raw = path.read_bytes()
    path.write_bytes(bytes(PAGE) + raw[PAGE:])
    return path


def without_record() -> None:
    for kept in ("journals", "backups"):
        shutil.rmtree(paths.data_folder() / kept, ignore_errors=True)


def page_of(path: Path, said: bytes) -> int:
    """Return the number, from 0, of the first page that holds `said`."""
    return path.read_bytes().index(said) // PAGE


def without_page(path: Path, number: int) -> Path:
    found = bytearray(path.read_bytes())
    found[number * PAGE : (number + 1) * PAGE] = b"\xa5" * PAGE
    path.write_bytes(found)
    return path


def rows_of(command: str, path: Path) -> Any:  # noqa: ANN401
    told = json.loads(hashiya(command, path, "--json").out)
    return {name: told[name] for name in told if name not in ("ok", "error", "message", "saved")}


@pytest.mark.parametrize("command", ["articles", "labels", "problems", "history", "stats"])
@pytest.mark.parametrize(("lang", "words"), [("en", "is damaged"), ("ar", "تالف")])
def test_what_reads_answers_the_same_from_a_file_without_its_header(
    labelled_file: Path, command: str, lang: str, words: str
) -> None:
    before = rows_of(command, labelled_file)
    without_record()
    raw = without_header(labelled_file).read_bytes()

    ran = hashiya(command, labelled_file, lang=lang)
    told = hashiya(command, labelled_file, "--json").told

    assert ran.code == 1
    assert words in ran.err
    assert len(ran.err.splitlines()) in (1, 2), "beside that there is nothing to list"
    assert (told["ok"], told["error"]) == (False, "partly_read")
    assert rows_of(command, labelled_file) == before
    assert labelled_file.read_bytes() == raw, "it stays as it is"


@pytest.mark.parametrize("to", ["-", "rows.jsonl"])
def test_it_is_exported_the_same(labelled_file: Path, tmp_path: Path, to: str) -> None:
    sound = tmp_path / "sound.jsonl"
    hashiya("export", labelled_file, "-o", sound)
    without_record()
    path = tmp_path / to

    ran = hashiya("export", without_header(labelled_file), "-o", to if to == "-" else path)

    assert ran.code == 1
    assert "is damaged" in ran.err
    assert (ran.out if to == "-" else path.read_text("utf-8")) == sound.read_text("utf-8")


def test_what_is_missing_is_said_by_number(labelled_file: Path) -> None:
    without_record()
    with Project.open(labelled_file) as project:
        text = project.text(article_of(project))
    without_page(labelled_file, page_of(labelled_file, text.encode()[:64]))

    ran = hashiya("labels", labelled_file, "--json")

    assert ran.code == 1
    assert ran.told["labels"] == []
    assert "whose text is gone: 1" in ran.err
    assert "Operations on them, left out: 4" in ran.err


def article_of(project: Project) -> str:
    found: str = project.connection.execute("SELECT sha256 FROM articles").fetchone()[0]
    return found


def test_its_backup_and_the_second_record_are_read_too(labelled_file: Path) -> None:
    with Project.open(labelled_file) as project:
        backing_up.back_up(project, "asked")
    article = article_in(labelled_file)
    more = {"do": "add_entity", "article": article, "start": 12, "end": 16, "type": "PERS"}
    hashiya("apply", labelled_file, "--as", "سارة", given=lines(more))
    before = rows_of("labels", labelled_file)
    labelled_file.write_bytes(labelled_file.read_bytes()[: 3 * PAGE])
    to = labelled_file.with_name("new.hashiya")

    ran = hashiya("rebuild", labelled_file, "-o", to, "--json")

    assert ran.code == 0, ran.err
    found = ran.told["recovered"]
    assert found["backup"]["labels"] == 4
    assert found["second_record"] == {"operations": 1, "articles": 0, "labels": 1}
    assert rows_of("labels", to) == before
    assert "From the second record: 1 operation" in said(labelled_file, to)
    assert hashiya("doctor", to).code == 0


def said(path: Path, to: Path) -> str:
    to.unlink()
    return hashiya("rebuild", path, "-o", to).out


def test_the_doctor_repairs_it_in_a_copy_and_says_where_it_came_from(labelled_file: Path) -> None:
    before = rows_of("history", labelled_file)
    without_record()
    to = labelled_file.with_name("copy.hashiya")

    ran = hashiya("doctor", without_header(labelled_file), "--repair", "-o", to, "--json")

    assert ran.code == 1
    assert ran.told["copy"]["sound"] is True
    assert ran.told["copy"]["recovered"]["file"]["operations"] == len(before["history"])
    assert ran.told["copy"]["recovered"]["missing"]["operations"] == 0
    assert rows_of("history", to) == before


@pytest.mark.parametrize("data", [b"", b"SQLite format 3\0", b"x" * 100_000])
def test_of_what_is_no_project_nothing_is_made_up(tmp_path: Path, data: bytes) -> None:
    path, to = tmp_path / "x.hashiya", tmp_path / "new.hashiya"
    path.write_bytes(data)

    for ran in (hashiya("labels", path), hashiya("rebuild", path, "-o", to)):
        assert ran.code == 1
        assert ran.out == ""
        assert len(ran.err.splitlines()) == 1
    assert not to.exists()


def test_nothing_is_written_into_a_damaged_file(labelled_file: Path) -> None:
    raw = without_header(labelled_file).read_bytes()
    line = {"do": "add_entity", "article": "x", "start": 0, "end": 5, "type": "PERS"}

    ran = hashiya("apply", labelled_file, "--as", "سارة", given=lines(line))

    assert ran.code == 1
    assert "not a Hashiya project" in ran.err + ran.out
    assert labelled_file.read_bytes() == raw
