"""`hashiya handin`, `merge`, `take-back` and `reply`."""

import shutil
from pathlib import Path

import pytest

from tests.cli.running import article_in, hashiya, lines

TEXT = "قال بوتين إن القاهرة ترحب.\n"


@pytest.fixture
def lead(tmp_path: Path) -> Path:
    """Return a lead's file with one article, beside it `other.hashiya`, in which a1 labelled."""
    path, text = tmp_path / "lead.hashiya", tmp_path / "a.txt"
    text.write_text(TEXT, "utf-8")
    hashiya("new", path)
    hashiya("import", path, text)
    other = path.with_name("other.hashiya")
    shutil.copy(path, other)
    gesture = {
        "do": "add_entity",
        "article": article_in(other),
        "start": 4,
        "end": 9,
        "type": "PERS",
    }
    ran = hashiya("apply", other, "--as", "a1", given=lines(gesture))
    assert ran.code == 0, ran.out
    return path


@pytest.fixture
def bundle(lead: Path) -> Path:
    """Return the bundle of `other.hashiya`."""
    path = lead.with_name("a1.zip")
    assert hashiya("handin", lead.with_name("other.hashiya"), "-o", path).code == 0
    return path


def test_handing_in_says_how_much_and_the_fingerprint(lead: Path) -> None:
    path = lead.with_name("b.zip")

    told = hashiya("handin", lead.with_name("other.hashiya"), "-o", path, "--json").told
    said = hashiya("handin", lead.with_name("other.hashiya"), "-o", path)

    assert path.exists()
    assert (told["ok"], told["path"], told["layers"]) == (True, str(path), 1)
    assert told["fingerprint"] in said.out
    assert said.err == ""


def test_merging_answers_with_the_counts_and_the_receipt(lead: Path, bundle: Path) -> None:
    told = hashiya("merge", lead, bundle, "--json").told

    assert list(told)[:8] == [
        "ok", "new", "same", "changed", "held", "problems", "receipt", "refused",
    ]  # fmt: skip
    assert (told["new"], told["changed"], told["held"], told["problems"]) == (2, 0, 0, 0)
    assert told["receipt"].startswith("M")
    assert told["refused"] == []
    assert Path(told["backup"]).exists()
    (label,) = hashiya("labels", lead, "--json").told["labels"]
    assert (label["annotator"], label["quote"]) == ("a1", "بوتين")


def test_a_dry_run_changes_nothing(lead: Path, bundle: Path) -> None:
    told = hashiya("merge", lead, bundle, "--dry-run", "--json").told

    assert (told["new"], told["receipt"], told["dry_run"]) == (2, "", True)
    assert hashiya("labels", lead, "--json").told["labels"] == []


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_people_are_told_in_their_language(lead: Path, bundle: Path, lang: str) -> None:
    other = lead.with_name("other.hashiya")
    dry = hashiya("merge", lead, bundle, "--dry-run", lang=lang)
    first = hashiya("merge", lead, bundle, other, lang=lang)
    again = hashiya("merge", lead, bundle, other, lang=lang)

    assert [ran.code for ran in (dry, first, again)] == [0, 0, 0]
    assert [ran.err for ran in (dry, first, again)] == ["", "", ""]
    said = {"ar": ("عمليتان", "لا جديد"), "en": ("2 operations", "nothing new")}[lang]
    assert said[0] in dry.out
    assert said[0] in first.out
    assert said[1] in again.out
    assert "a1.zip" in first.out
    assert "other.hashiya" in first.out


def test_what_is_refused_changes_nothing_and_exits_1(lead: Path, bundle: Path) -> None:
    torn = lead.with_name("torn.zip")
    torn.write_bytes(bundle.read_bytes()[:-20])

    ran = hashiya("merge", lead, bundle, torn, "--json")

    assert ran.code == 1
    told = ran.told
    assert (told["ok"], told["error"], told["saved"]) == (False, "damaged_bundle", "nothing")
    assert [(one["source"], one["code"]) for one in told["refused"]] == [
        ("torn.zip", "damaged_bundle")
    ]
    assert (told["new"], told["receipt"]) == (0, "")
    assert hashiya("labels", lead, "--json").told["labels"] == []
    said = hashiya("merge", lead, bundle, torn)
    assert (said.code, said.out) == (1, "")
    assert "torn.zip" in said.err


def test_which_of_two_files_of_one_name_is_refused_is_said(lead: Path, bundle: Path) -> None:
    good, bad = lead.with_name("good") / "b.zip", lead.with_name("bad") / "b.zip"
    for path, data in ((good, bundle.read_bytes()), (bad, bundle.read_bytes()[:-20])):
        path.parent.mkdir()
        path.write_bytes(data)

    told = hashiya("merge", lead, good, bad, "--json").told
    assert [one["source"] for one in told["refused"]] == ["bad/b.zip"]
    said = hashiya("merge", lead, good, bad)
    assert "“bad/b.zip”" in said.err
    assert "good" not in said.err


def test_exit_codes_tell_data_use_and_machine_apart(lead: Path, bundle: Path) -> None:
    stranger = lead.with_name("stranger.hashiya")
    hashiya("new", stranger)

    assert hashiya("merge", stranger, bundle).code == 1
    assert hashiya("merge", lead, lead.with_name("none.zip")).code == 2
    assert hashiya("merge", lead, lead).code == 2
    assert hashiya("merge", lead).code == 2
    assert hashiya("take-back", lead, "nothing").code == 2
    assert hashiya("handin", lead).code == 2
    assert hashiya("handin", lead, "-o", lead.with_name("none") / "b.zip").code == 2
    assert hashiya("reply", lead, "--to", "nobody", "-o", lead.with_name("out")).code == 2


def test_a_merge_is_taken_back_and_that_is_undone(lead: Path, bundle: Path) -> None:
    receipt = hashiya("merge", lead, bundle, "--json").told["receipt"]

    told = hashiya("take-back", lead, receipt, "--json").told

    assert (told["ok"], told["receipt"]) == (True, receipt)
    assert hashiya("labels", lead, "--json").told["labels"] == []
    assert hashiya("take-back", lead, receipt).code == 1
    undone = hashiya("undo", lead, "--as", "lead", "--gesture", told["gesture"])
    assert undone.code == 0
    assert len(hashiya("labels", lead, "--json").told["labels"]) == 1


def test_without_a_receipt_all_are_listed_the_newest_first(lead: Path, bundle: Path) -> None:
    assert hashiya("take-back", lead, "--json").told == {"ok": True, "receipts": []}
    receipt = hashiya("merge", lead, bundle, "--json").told["receipt"]

    (one,) = hashiya("take-back", lead, "--json").told["receipts"]

    assert (one["receipt"], one["of"], one["new"]) == (receipt, "a1.zip", 2)
    assert (one["taken_back"], one["gesture"]) == (False, "")
    gesture = hashiya("take-back", lead, receipt, "--json").told["gesture"]
    (one,) = hashiya("take-back", lead, "--json").told["receipts"]
    assert (one["taken_back"], one["gesture"]) == (True, gesture)


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_receipts_are_a_table_for_people(lead: Path, bundle: Path, lang: str) -> None:
    assert hashiya("take-back", lead, "--lang", lang).err.strip()
    receipt = hashiya("merge", lead, bundle, "--json").told["receipt"]

    ran = hashiya("take-back", lead, "--lang", lang)

    assert (ran.code, ran.err) == (0, "")
    assert receipt in ran.out
    assert ("Stands" in ran.out) == (lang == "en")


def test_a_reply_names_its_file_and_is_merged_by_whom_it_is_for(lead: Path) -> None:
    folder, out = lead.with_name("out"), lead.with_name("replies")
    assert hashiya("assign", lead, "--to", "سارة", "-o", folder).code == 0
    hers = folder / "سارة.hashiya"
    hashiya("merge", lead, hers)

    told = hashiya("reply", lead, "--to", "سارة", "-o", out, "--json").told
    said = hashiya("reply", lead, "--to", "سارة", "-o", out, lang="ar")

    assert [one["annotator"] for one in told["replies"]] == ["سارة"]
    assert "سارة" in said.out
    ran = hashiya("merge", hers, told["replies"][0]["path"], "--json")
    assert (ran.code, ran.told["new"]) == (0, 0)
