"""`hashiya mend-clitics`: looked at first, mended in one gesture, or said to be right."""

from pathlib import Path
from typing import Any

import pytest

from annotator.store.project import Project
from tests import projects
from tests.cli.running import hashiya, lines

TEXT = "التقى بوتين ترامب في موسكو، وقال ترامب وبوتين إن لقاء وبوتين مهم."
OTHER = "عاد بوتين وبوتين."


def entity(text: str, quote: str, nth: int = 0) -> dict[str, Any]:
    (span,) = projects.extent_of(quote, text, nth)
    place = {"article": projects.sha_of(text), "start": span.start, "end": span.end}
    return {"do": "add_entity", "type": "PERS", **place}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a project in which سلمى labelled a conjunction three times with its name."""
    path = projects.made(tmp_path, texts=(TEXT, OTHER))
    found = (entity(TEXT, "وبوتين"), entity(TEXT, "وبوتين", 1), entity(OTHER, "وبوتين"))
    assert hashiya("apply", path, "--as", "سلمى", given=lines(*found)).code == 0
    return path


def mend(file: Path, *words: object) -> dict[str, Any]:
    return hashiya("mend-clitics", file, "--as", "سلمى", *words, "--json").told


def problems(file: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = hashiya("problems", file, "--json").told["problems"]
    return found


def people(file: Path) -> list[str]:
    with Project.open(file) as project:
        return [one.name for one in project.annotators()]


def test_a_preview_counts_and_changes_nothing(file: Path) -> None:
    before = file.read_bytes()
    told = mend(file, "--preview")
    words = [{"from": "وبوتين", "to": "بوتين", "n": 3}]
    counts = {"n": 3, "n_articles": 2, "left_out": 0, "kept": 0}
    assert told == {"ok": True, **counts, "words": words}
    assert mend(file, "--preview", "--article", projects.sha_of(OTHER))["n"] == 1
    ran = hashiya("mend-clitics", file, "--as", "سلمى", "--preview")
    assert ran.out == "To mend: 3 labels in 2 articles\nوبوتين becomes بوتين: 3\n"
    assert ran.err == "Nothing was changed.\n"
    assert file.read_bytes() == before


def test_all_are_mended_and_one_undo_takes_it_back(file: Path) -> None:
    done = {"do": "set_status", "article": projects.sha_of(OTHER), "status": "done"}
    hashiya("apply", file, "--as", "سلمى", given=lines(done))
    told = mend(file)
    assert (told["n"], told["n_articles"], told["left_out"], told["kept"]) == (2, 1, 1, 0)
    assert len(told["uids"]) == 2
    assert len(problems(file)) == 1
    ran = hashiya("mend-clitics", file, "--as", "سلمى")
    assert ran.out == "Mended: 0.\nIn articles that are done, and left out: 1\n"

    undone = hashiya("undo", file, "--as", "سلمى", "--gesture", told["gesture"])
    assert undone.code == 0
    assert len(problems(file)) == 3


def test_what_is_right_as_it_is_is_no_problem_any_more(file: Path) -> None:
    uid = problems(file)[0]["uid"]
    told = mend(file, "--right", uid)
    assert told["uids"] == [uid]
    assert uid not in [row["uid"] for row in problems(file)]
    assert mend(file)["n"] == 2
    again = hashiya("mend-clitics", file, "--as", "سلمى", "--right", uid)
    assert (again.code, again.out) == (0, "It has no such problem: nothing was changed.\n")

    assert hashiya("undo", file, "--as", "سلمى", "--gesture", told["gesture"]).code == 0
    assert [row["uid"] for row in problems(file)] == [uid]
    (answer,) = hashiya(
        "apply", file, "--as", "سلمى", given=lines({"do": "say_right", "uid": uid})
    ).rows
    assert answer["uids"] == [uid]
    assert problems(file) == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--as", "سلمى", "--article", "x"), "unknown_article"),
        (("--as", "سلمى", "--right", "E00000000000000"), "unknown_label"),
        (("--as", "لا أحد", "--preview"), "unknown_annotator"),
        (("--as", "لا أحد"), "unknown_annotator"),
        (("--as", "لا أحد", "--right", "E00000000000000"), "unknown_annotator"),
    ],
)
def test_what_is_not_there_is_refused(file: Path, words: tuple[str, ...], code: str) -> None:
    ran = hashiya("mend-clitics", file, *words, "--json")
    assert ran.code != 0
    assert ran.told["error"] == code
    assert len(problems(file)) == 3
    assert people(file) == ["سلمى"]


def test_the_labels_of_others_are_not_hers(file: Path) -> None:
    uid = problems(file)[0]["uid"]
    hashiya("apply", file, "--as", "أحمد", given=lines(entity(TEXT, "موسكو")))
    ran = hashiya("mend-clitics", file, "--as", "أحمد", "--right", uid, "--json")
    assert ran.code == 1
    assert len(problems(file)) == 3
    assert hashiya("mend-clitics", file, "--as", "x", "--right", uid, "--preview").code == 2
