"""`hashiya export`."""

import json
from pathlib import Path

import pytest

from tests.cli.running import article_in, hashiya


def rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def test_export_writes_one_layer_a_line_with_its_features(
    labelled_file: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"

    ran = hashiya("export", labelled_file, "-o", out, "--json")

    assert ran.code == 0
    assert ran.told == {
        "ok": True,
        "rows": 1,
        "path": str(out),
        "paths": [str(out)],
        "losses": [],
        "left_out": {"not_done": 0},
    }
    (row,) = rows(out)
    assert row["format"] == "hashiya/1"
    assert (tmp_path / "out.jsonl.features.json").exists()


def test_export_says_where_it_went(labelled_file: Path, tmp_path: Path) -> None:
    ran = hashiya("export", labelled_file, "-o", tmp_path / "out.jsonl", lang="ar")

    assert ran.out.startswith("المُصدَّر: صف واحد، إلى «")
    assert ran.out.endswith("out.jsonl\u200e».\n")


def test_export_to_stdout_prints_rows_and_nothing_else(labelled_file: Path) -> None:
    ran = hashiya("export", labelled_file, "-o", "-")

    assert [row["format"] for row in ran.rows] == ["hashiya/1"]
    assert ran.err == ""


def test_export_of_nothing_is_an_empty_file_and_a_sentence(
    project_file: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("old")

    ran = hashiya("export", project_file, "-o", out)

    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "No layer is as asked for, so no row was exported.\n"
    assert out.read_bytes() == b""


def test_what_is_not_done_is_counted_when_left_out(labelled_file: Path, tmp_path: Path) -> None:
    words = ["export", labelled_file, "-o", tmp_path / "out.jsonl", "--status", "done"]

    assert hashiya(*words, "--json").told["left_out"] == {"not_done": 1}
    assert "تُرك: طبقات غير منجزة (1)." in hashiya(*words, lang="ar").out


def test_types_and_articles_are_lists_with_commas(labelled_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    article = article_in(labelled_file)

    ran = hashiya(
        "export", labelled_file, "-o", out, "--types", "PERS، GPE,", "--articles", f" {article}"
    )

    assert ran.code == 0
    (row,) = rows(out)
    entities, events = row["entities"], row["events"]
    assert isinstance(entities, list)
    assert [one["type"] for one in entities] == ["PERS", "GPE"]
    assert events == []


def test_a_split_writes_a_file_a_share(labelled_file: Path, tmp_path: Path) -> None:
    words = ["-o", tmp_path / "out.jsonl", "--split", "80/10/10", "--seed", "7"]

    told = hashiya("export", labelled_file, *words, "--json").told

    assert told["rows"] == 1
    names = [Path(path).name for path in told["paths"]]
    assert names == ["out.train.jsonl", "out.validation.jsonl", "out.test.jsonl"]
    assert sum(len(rows(Path(path))) for path in told["paths"]) == 1


@pytest.mark.parametrize(
    ("words", "error", "code"),
    [
        (["--format", "conll"], "unknown_format", 2),
        (["--articles", "0123456789abcdef"], "unknown_article", 2),
        (["--types", "NOPE"], "unknown_type", 1),
    ],
    ids=str,
)
def test_what_the_project_lacks_is_told_and_the_old_file_stays(
    labelled_file: Path, tmp_path: Path, words: list[str], error: str, code: int
) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("old")

    ran = hashiya("export", labelled_file, "-o", out, *words, "--json")

    assert (ran.code, ran.told["error"]) == (code, error)
    assert out.read_text() == "old"


def test_a_folder_that_is_not_there_is_told(labelled_file: Path, tmp_path: Path) -> None:
    ran = hashiya("export", labelled_file, "-o", tmp_path / "غائب" / "out.jsonl", "--json")

    assert (ran.code, ran.told["error"]) == (2, "no_such_folder")


def test_export_import_export_gives_the_same_bytes(labelled_file: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    hashiya("export", labelled_file, "-o", first)
    hashiya("new", tmp_path / "b.hashiya")

    told = hashiya("import", tmp_path / "b.hashiya", first, "--json").told
    hashiya("export", tmp_path / "b.hashiya", "-o", second)

    assert (told["added"], told["layers"]) == (1, 1)
    assert first.read_bytes() == second.read_bytes()
