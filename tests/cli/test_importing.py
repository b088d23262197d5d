"""`hashiya import`."""

from pathlib import Path

import pytest

from annotator import paths
from tests.cli.conftest import TEXT
from tests.cli.running import hashiya


@pytest.fixture
def empty_file(tmp_path: Path) -> Path:
    path = tmp_path / "empty.hashiya"
    hashiya("new", path)
    return path


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Return a folder with a good file, a bad one and one that is not read."""
    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / "1.txt").write_text(TEXT, encoding="utf-8")
    (folder / "2.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00")
    (folder / "3.png").write_bytes(b"\x89PNG")
    return folder


def test_import_adds_articles_once(empty_file: Path, article_file: Path) -> None:
    first = hashiya("import", empty_file, article_file, "--json")
    second = hashiya("import", empty_file, article_file, "--json")

    assert first.told == {
        "ok": True,
        "added": 1,
        "duplicates": 0,
        "layers": 0,
        "refused": [],
        "ignored": [],
        "unseen": {},
        "remarks": [],
    }
    assert (second.told["added"], second.told["duplicates"], second.code) == (0, 1, 0)


def test_import_says_how_many_in_words(empty_file: Path, article_file: Path) -> None:
    assert hashiya("import", empty_file, article_file, lang="ar").out == "المستورد: مقال واحد.\n"
    again = hashiya("import", empty_file, article_file, lang="ar").out
    assert again == "لم يُستورد شيء.\nالموجود من قبل: 1.\n"


def test_what_is_refused_is_named_and_the_rest_is_kept(empty_file: Path, mixed: Path) -> None:
    ran = hashiya("import", empty_file, mixed)

    assert ran.code == 1
    assert ran.out.startswith("Imported: 1 article.\nRefused: 1.\n")
    assert "Files in folders that are not read: 1." in ran.out
    assert ran.err.startswith("2.txt: ")
    assert len(hashiya("articles", empty_file, "--json").told["articles"]) == 1


def test_refusals_in_json_have_source_line_code_and_message(empty_file: Path, mixed: Path) -> None:
    ran = hashiya("import", empty_file, mixed, "--json", lang="ar")

    assert (ran.code, ran.err) == (1, "")
    told = ran.told
    assert (told["ok"], told["error"], told["saved"]) == (False, "some_refused", "some")
    assert told["added"] == 1
    (refused,) = told["refused"]
    assert refused["source"] == "2.txt"
    assert refused["line"] == 0
    assert refused["code"] == "not_text"
    assert refused["message"] == "هذا ملف من صنف آخر، لا نص."
    assert told["ignored"] == ["3.png"]


def test_strict_is_all_or_nothing(empty_file: Path, mixed: Path) -> None:
    ran = hashiya("import", empty_file, mixed, "--strict", "--json")

    assert ran.code == 1
    assert (ran.told["added"], ran.told["saved"]) == (0, "nothing")
    assert hashiya("articles", empty_file, "--json").told["articles"] == []


def test_a_dry_run_tells_and_changes_nothing(empty_file: Path, article_file: Path) -> None:
    ran = hashiya("import", empty_file, article_file, "--dry-run")

    assert ran.code == 0
    assert ran.out == "Nothing was imported; this could be: 1 article.\n"
    assert hashiya("articles", empty_file, "--json").told["articles"] == []


def test_a_bad_line_of_jsonl_is_named_by_its_number(empty_file: Path, tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"format":"hashiya/1","text":"خبر قصير"}\n{"format":\n', encoding="utf-8")

    ran = hashiya("import", empty_file, rows, lang="ar")

    assert ran.code == 1
    assert ran.err.startswith("rows.jsonl، السطر 2: هذا السطر ليس JSON سليمًا")


def test_a_file_of_labels_for_apply_is_refused_in_one_sentence(empty_file: Path) -> None:
    ran = hashiya("import", empty_file, paths.seeds() / "labels" / "a1.jsonl")

    assert ran.code == 1
    said = "a1.jsonl: This file holds labels for `hashiya apply`, and no articles."
    assert ran.err.splitlines()[0] == said
    assert ran.err.count("a1.jsonl") == 1


def test_the_encoding_can_be_given(empty_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes("نص قديم".encode("cp1256"))

    assert hashiya("import", empty_file, path, "--encoding", "cp1256").code == 0
    (row,) = hashiya("articles", empty_file, "--json").told["articles"]
    assert row["length"] == 7


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--format", "docx"], "unknown_format"),
        (["--encoding", "klingon"], "wrong_use"),
    ],
    ids=str,
)
def test_options_that_fit_nothing_are_told(
    empty_file: Path, article_file: Path, words: list[str], code: str
) -> None:
    ran = hashiya("import", empty_file, article_file, *words, "--json")

    assert (ran.code, ran.told["error"]) == (2, code)
    assert words[1] in ran.told["message"]


def test_a_source_that_is_not_there_is_a_refusal(empty_file: Path, tmp_path: Path) -> None:
    ran = hashiya("import", empty_file, tmp_path / "غائب.txt")

    assert ran.code == 1
    assert ran.err.startswith("غائب.txt: There is no file")


def test_what_is_no_project_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "a.hashiya"
    path.write_text("just text")

    ran = hashiya("import", path, path, "--json")

    assert (ran.code, ran.told["error"]) == (1, "not_a_project")
    assert path.read_text() == "just text"
