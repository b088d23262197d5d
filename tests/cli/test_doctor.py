"""`hashiya doctor`: sound or not, what was found in both languages, and a repaired copy."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotator.i18n import Language
from annotator.services.doctorsentences import _FOUND, message, repair
from annotator.store.doctorfindings import CODES, Finding
from tests.cli.running import hashiya


def altered(path: Path, *statements: str) -> Path:
    """Run SQL on a project file, as another program would."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)
    return path


RETYPED = "UPDATE entities SET type='ORG'"


def test_a_sound_file_exits_0_and_says_so(labelled_file: Path) -> None:
    ran = hashiya("doctor", labelled_file, "--json")

    assert ran.code == 0
    assert json.loads(ran.out) == {
        **{"ok": True, "sound": True, "readable": True, "findings": [], "remarks": []},
    }
    assert hashiya("doctor", labelled_file).out == "The file is sound.\n"


@pytest.mark.parametrize(("statement", "code"), [("SELECT 1", 0), (RETYPED, 1)])
def test_what_is_to_be_known_of_the_place_is_said_and_changes_no_exit_code(
    labelled_file: Path, statement: str, code: int
) -> None:
    folder = labelled_file.parent / "Dropbox"
    folder.mkdir()
    path = altered(labelled_file.rename(folder / labelled_file.name), statement)
    copy = folder / f"{path.stem} (sara's conflicted copy 2026-11-22){path.suffix}"
    copy.write_bytes(path.read_bytes())

    ran = hashiya("doctor", path, "--json")

    assert ran.code == code
    told = json.loads(ran.out)
    assert [one["code"] for one in told["remarks"]] == ["in_synced_folder", "conflict_copies"]
    said = hashiya("doctor", path)
    assert said.code == code
    assert "Dropbox" in said.err
    assert copy.name in said.err
    assert hashiya("doctor", path, "-q").err.count("Dropbox") == 0


def test_what_is_found_is_told_one_by_one_and_the_file_stays_as_it_is(labelled_file: Path) -> None:
    before = altered(labelled_file, RETYPED).read_bytes()

    ran = hashiya("doctor", labelled_file, "--json")

    told = json.loads(ran.out)
    assert ran.code == 1
    assert (told["sound"], told["readable"]) == (False, True)
    assert {one["code"] for one in told["findings"]} == {"D08"}
    assert all(one["where"] and one["message"] and one["repair"] for one in told["findings"])
    assert labelled_file.read_bytes() == before


@pytest.mark.parametrize("language", ["ar", "en"])
def test_people_get_a_line_a_finding_in_their_language(labelled_file: Path, language: str) -> None:
    altered(labelled_file, RETYPED)

    ran = hashiya("doctor", labelled_file, "--lang", language)

    assert ran.code == 1
    lines = ran.err.splitlines()
    assert all(line.startswith("D08 ") for line in lines)
    assert ("سجل" in ran.err) == (language == "ar")


def test_a_repair_makes_a_sound_copy_and_no_more(labelled_file: Path, tmp_path: Path) -> None:
    before = hashiya("labels", labelled_file, "--json").out
    altered(labelled_file, RETYPED)
    copy = tmp_path / "copy.hashiya"

    ran = hashiya("doctor", labelled_file, "--repair", "-o", copy, "--json")

    told = json.loads(ran.out)
    assert ran.code == 1
    assert told["repaired"] == str(copy)
    assert told["copy"]["sound"] is True
    assert hashiya("doctor", copy).code == 0
    assert hashiya("labels", copy, "--json").out == before


def test_a_sound_file_needs_no_repair(labelled_file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.hashiya"

    ran = hashiya("doctor", labelled_file, "--repair", "-o", copy)

    assert ran.code == 0
    assert not copy.exists()


def test_an_existing_file_is_never_replaced(labelled_file: Path, tmp_path: Path) -> None:
    altered(labelled_file, RETYPED)
    there = tmp_path / "there.hashiya"
    there.write_text("hers")

    ran = hashiya("doctor", labelled_file, "--repair", "-o", there, "--json")

    assert (ran.code, json.loads(ran.out)["error"]) == (2, "file_exists")
    assert there.read_text() == "hers"


def test_a_file_that_is_none_is_a_finding_and_what_is_missing_wrong_use(tmp_path: Path) -> None:
    path = tmp_path / "x.hashiya"
    path.write_text("مقال وليس مشروعا")

    ran = hashiya("doctor", path, "--json")

    told = json.loads(ran.out)
    assert (ran.code, told["readable"], told["findings"][0]["code"]) == (1, False, "D00")
    assert hashiya("doctor", tmp_path / "none.hashiya").code == 2
    assert hashiya("doctor", tmp_path).code == 2
    ran = hashiya("doctor", path, "--repair", "-o", tmp_path / "copy.hashiya", "--json")
    assert (ran.code, json.loads(ran.out)["error"]) == (1, "cannot_repair")


@pytest.mark.parametrize("words", [["--repair"], ["-o", "copy.hashiya"]])
def test_repair_and_its_place_go_together(labelled_file: Path, words: list[str]) -> None:
    assert hashiya("doctor", labelled_file, *words).code == 2


def test_what_goes_out_is_looked_over_first(labelled_file: Path, tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    assert hashiya("export", labelled_file, "-o", rows).code == 0
    before = rows.read_bytes()
    altered(labelled_file, RETYPED)

    ran = hashiya("export", labelled_file, "-o", rows, "--json")

    assert (ran.code, json.loads(ran.out)["error"]) == (1, "unsound_article")
    assert rows.read_bytes() == before


# --- sentences ------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["ar", "en"])
def test_every_finding_has_a_sentence_and_a_repair(code: str) -> None:
    language = Language.of(code)
    assert {name.partition(".")[0] for name in _FOUND} == set(CODES)
    for name in _FOUND:
        number, _, why = name.partition(".")
        finding = Finding(number, "layers/0123456789abcdef", why)
        said = message(finding, language)
        assert said.endswith(".")
        assert ("layers/" in said) == ("{where}" in _FOUND[name])
        assert repair(finding, language)


def test_how_many_more_there_are_is_said() -> None:
    said = message(Finding("D08", "file", "more", 17), Language.of("en"))
    assert said == "Findings of the kind D08 besides: 17."
