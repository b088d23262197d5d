"""`hashiya backups` and `hashiya restore`."""

import json
from pathlib import Path

import pytest

from tests.cli.running import article_in, hashiya, lines
from tests.projects import made


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return made(tmp_path)


def label(file: Path, *places: tuple[int, int]) -> None:
    gestures = [
        {
            "do": "add_entity",
            "article": article_in(file),
            "start": start,
            "end": end,
            "type": "PERS",
        }
        for start, end in places
    ]
    assert hashiya("apply", file, "--as", "a1", given=lines(*gestures)).code == 0


def n_labels(file: Path) -> int:
    return len(hashiya("labels", file, "--json").told["labels"])


def test_backups_are_listed_for_scripts_and_for_people(file: Path) -> None:
    assert hashiya("backups", file, "--json").told == {"ok": True, "backups": []}
    assert hashiya("backups", file).err == "There is nothing to list.\n"

    told = hashiya("backups", file, "--now", "--json").told
    assert (told["made"], told["number"]) == (True, 1)
    (one,) = told["backups"]
    assert one.keys() == {
        *("number", "at", "reason", "articles", "labels", "operations", "bytes", "name", "path"),
    }
    assert (one["number"], one["reason"], one["articles"]) == (1, "asked", 3)
    assert Path(one["path"]).stat().st_size == one["bytes"]

    again = hashiya("backups", file, "--now")
    assert again.out.startswith("Nothing has changed since backup 1, so none was made.\n")
    arabic = hashiya("backups", file, lang="ar").out
    assert "بطلب" in arabic
    assert "الوقت (UTC)" in arabic


def test_a_file_that_is_gone_is_restored_with_what_was_done_since(file: Path) -> None:
    label(file, (4, 10))
    hashiya("backups", file, "--now")
    label(file, (11, 18))
    file.rename(file.with_name("gone"))

    ran = hashiya("restore", file, "-o", file, "--json")

    assert ran.code == 0
    told = ran.told
    assert (told["backup"], told["since"], told["labels"], told["lost"]) == (1, 1, 2, None)
    assert n_labels(file) == 2


def test_restoring_says_what_it_did_in_both_languages(file: Path) -> None:
    label(file, (4, 10))
    hashiya("backups", file, "--now")
    label(file, (11, 18))
    new = file.with_name("new.hashiya")

    ran = hashiya("restore", file, "-o", new, "--as-it-was")

    assert ran.code == 0
    assert ran.out == (
        f"Restored from backup 1: “{new}”.\n"
        "Articles: 3.\nLabels: 1.\nOperations of the present file that are not in it: 1.\n"
    )
    arabic = hashiya("restore", file, "--dry-run", lang="ar")
    assert arabic.out == "لا فرق بينها وبين الملف الحالي.\n"


def test_a_dry_run_says_what_would_be_lost_and_changes_nothing(file: Path) -> None:
    label(file, (4, 10))
    hashiya("backups", file, "--now")
    label(file, (11, 18))
    before = file.read_bytes()

    told = hashiya("restore", file, "--dry-run", "--as-it-was", "--json").told

    assert told == {
        **{"ok": True, "backup": 1, "dry_run": True},
        **{"lost": 1, "gained": 0, "articles_lost": 0, "articles_gained": 0},
    }
    assert file.read_bytes() == before


def test_in_place_the_present_file_is_kept_first(file: Path) -> None:
    hashiya("backups", file, "--now")
    label(file, (4, 10), (11, 18))

    told = hashiya("restore", file, "--in-place", "--as-it-was", "--json").told

    assert n_labels(file) == 0
    backups = hashiya("backups", file, "--json").told["backups"]
    assert [one["reason"] for one in backups] == ["asked", "restore"]
    assert told["kept"] == backups[1]["path"]
    assert hashiya("restore", file, "--backup", 2, "--in-place").code == 0
    assert n_labels(file) == 2


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        ((), 2, "wrong_use"),
        (("-o", "NEW", "--in-place"), 2, "wrong_use"),
        (("-o", "FILE"), 2, "file_exists"),
        (("-o", "NEW", "--backup", "7"), 2, "unknown_backup"),
        (("-o", "absent/NEW"), 2, "no_such_folder"),
    ],
)
def test_what_does_not_fit_is_one_sentence(
    file: Path, words: tuple[str, ...], code: int, error: str
) -> None:
    hashiya("backups", file, "--now")
    places = {"NEW": "new.hashiya", "FILE": file.name}
    given = [
        str(file.parent / word.replace(word.split("/")[-1], places.get(word.split("/")[-1], word)))
        if word.split("/")[-1] in places
        else word
        for word in words
    ]
    for lang in ("ar", "en"):
        ran = hashiya("restore", file, *given, "--json", lang=lang)
        assert (ran.code, ran.told["error"]) == (code, error)
        assert ran.told["saved"] == "nothing"
    assert not file.with_name("new.hashiya").exists()


def test_without_a_backup_nothing_is_made(file: Path) -> None:
    ran = hashiya("restore", file, "-o", file.with_name("new.hashiya"))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"No backup of “{file.name}” is kept on this machine. Nothing was changed.\n"


def test_a_merge_and_a_change_of_types_keep_a_backup_before(file: Path) -> None:
    assert hashiya("schema", "change", file, "rename", "ORG", "GROUP").code == 0
    (one,) = hashiya("backups", file, "--json").told["backups"]
    assert one["reason"] == "bulk"
    refused = hashiya("schema", "change", file, "rename", "ORG", "GROUP")
    assert refused.code != 0
    assert len(json.loads(hashiya("backups", file, "--json").out)["backups"]) == 1
