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
    none: dict[str, object] = {"ok": True, "backups": [], "elsewhere": []}
    assert hashiya("backups", file, "--json").told == none
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


# --- a file that was moved ------------------------------------------------------------------------


def moved(file: Path) -> Path:
    """Back a file up, work on, and move it."""
    label(file, (4, 10))
    hashiya("backups", file, "--now")
    label(file, (11, 18))
    new = file.with_name("elsewhere") / "moved.hashiya"
    new.parent.mkdir()
    file.rename(new)
    return new


def test_the_backups_of_a_file_that_was_moved_are_named_with_its_former_place(file: Path) -> None:
    new = moved(file)

    told = hashiya("backups", new, "--json").told
    assert told["backups"] == []
    assert [(one["number"], one["place"]) for one in told["elsewhere"]] == [(1, str(file))]
    assert f"“{file}”" in hashiya("backups", new).out
    assert f"«\u200e{file}\u200e»" in hashiya("backups", new, lang="ar").out


def test_a_moved_file_is_restored_from_where_it_stood_with_the_work_of_both_places(
    file: Path,
) -> None:
    new = moved(file)
    label(new, (19, 24))
    before = n_labels(new)
    hashiya("backups", new, "--erase", "--yes")
    refused = hashiya("restore", new, "-o", new.with_name("NEW"), "--json")
    assert (refused.code, refused.told["error"]) == (2, "no_backups")
    assert f"--from “{file}”" in refused.told["message"]
    new.write_bytes(b"gone")

    told = hashiya("restore", new, "--from", file, "--in-place", "--json").told
    assert (told["backup"], told["since"]) == (1, 2)
    assert n_labels(new) == before == 3


def test_backups_of_another_file_are_not_restored_in_the_place_of_this_one(
    file: Path, tmp_path: Path
) -> None:
    hashiya("backups", file, "--now")
    other = tmp_path / "b.hashiya"
    hashiya("new", other)
    before = other.read_bytes()

    refused = hashiya("restore", other, "--from", file, "--in-place", "--json")

    assert (refused.code, refused.told["error"]) == (1, "other_backups")
    assert other.read_bytes() == before


# --- removing them --------------------------------------------------------------------------------


def test_removing_asks_for_yes_and_nothing_is_removed_without(file: Path) -> None:
    hashiya("backups", file, "--now")

    for words in (("--erase",), ("--erase", "--now", "--yes"), ("--yes",), ("--backup", 1)):
        assert hashiya("backups", file, *words).code == 2
    assert len(hashiya("backups", file, "--json").told["backups"]) == 1


def test_what_is_removed_is_gone_and_what_remains_is_said(file: Path, tmp_path: Path) -> None:
    label(file, (4, 10))
    hashiya("backups", file, "--now")
    label(file, (11, 18))
    hashiya("backups", file, "--now")

    told = hashiya("backups", file, "--erase", "--yes", "--json").told

    assert told["erased"] == [1, 2]
    (record,) = told["records"]
    assert "PERS" in Path(record).read_text("utf-8")
    assert hashiya("backups", file, "--json").told["backups"] == []
    kept = [path for path in Path(record).parents[2].rglob("*") if path != Path(record)]
    assert not [path for path in kept if "بوتين".encode() in bytes_of(path)]
    assert n_labels(file) == 2
    again = hashiya("backups", file, "--erase", "--yes", "--json")
    assert (again.code, again.told["error"]) == (2, "no_backups")


def bytes_of(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def test_one_backup_is_removed_and_the_others_can_be_restored(file: Path) -> None:
    for place in ((4, 10), (11, 18), (19, 24)):
        label(file, place)
        hashiya("backups", file, "--now")

    assert hashiya("backups", file, "--erase", "--backup", 9, "--yes").code == 2
    ran = hashiya("backups", file, "--erase", "--backup", 1, "--backup", 3, "--yes")

    assert ran.out.splitlines()[0] == "Backups removed for good: 2."
    assert [one["number"] for one in hashiya("backups", file, "--json").told["backups"]] == [2]
    new = file.with_name("new.hashiya")
    assert hashiya("restore", file, "-o", new, "--as-it-was").code == 0
    assert n_labels(new) == 2


def test_the_backups_of_a_file_that_is_gone_can_be_removed(file: Path) -> None:
    hashiya("backups", file, "--now")
    file.unlink()

    assert hashiya("backups", file, "--erase", "--yes", "--json").told["erased"] == [1]
    assert hashiya("backups", file, "--json").told["backups"] == []
