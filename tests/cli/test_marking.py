"""`hashiya mark-all`: looked at first, then done in one gesture, and undone."""

from pathlib import Path
from typing import Any

import pytest

from annotator.store.project import Project
from tests.cli.running import Ran, article_in, hashiya, lines


def labels(file: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = hashiya("labels", file, "--json").told["labels"]
    return found


def mark(file: Path, query: str, *words: object, lang: str = "en") -> Ran:
    return hashiya("mark-all", file, query, "--as", "سارة", "--type", "PERS", *words, lang=lang)


def test_every_occurrence_is_labelled_and_one_undo_takes_it_back(project_file: Path) -> None:
    told = mark(project_file, "بوتين", "--json").told

    assert (told["n"], told["left_out"], told["otherwise"]) == (2, 0, [])
    assert sorted(told["uids"]) == sorted(label["uid"] for label in labels(project_file))
    assert {label["quote"] for label in labels(project_file)} == {"بوتين"}

    undone = hashiya("undo", project_file, "--as", "سارة", "--gesture", told["gesture"])
    assert undone.code == 0
    assert labels(project_file) == []


def test_a_preview_lists_the_places_and_changes_nothing(project_file: Path) -> None:
    before = project_file.read_bytes()
    told = mark(project_file, "بوتين", "--preview", "--json").told

    assert (told["n"], told["n_new"]) == (2, 2)
    assert set(told["proposals"][0]) == {
        "article", "start", "end", "quote", "left", "right", "state", "types",
    }  # fmt: skip
    ran = mark(project_file, "بوتين", "--preview")
    assert ran.out.count("[بوتين]") == 2
    assert ran.err == "Places: 2; to be labelled: 2. Nothing was changed.\n"
    assert project_file.read_bytes() == before


def test_what_is_labelled_otherwise_is_listed_and_skipped(labelled_file: Path) -> None:
    n = len(labels(labelled_file))
    made = hashiya("mark-all", labelled_file, "بوتين", "--as", "سارة", "--type", "GPE", "--json")
    (otherwise,) = made.told["otherwise"]
    assert (otherwise["state"], otherwise["types"]) == ("otherwise", ["PERS"])
    assert made.told["n"] == 1
    assert len(labels(labelled_file)) == n + 1

    again = hashiya("mark-all", labelled_file, "بوتين", "--as", "سارة", "--type", "GPE")
    assert "Places that are labelled otherwise and stay so: 1." in again.out
    assert "labelled otherwise: PERS" in again.out


def test_done_layers_are_left_out(project_file: Path) -> None:
    article = article_in(project_file)
    done = lines({"do": "set_status", "article": article, "status": "done"})
    assert hashiya("apply", project_file, "--as", "سارة", given=done).code == 0

    told = mark(project_file, "بوتين", "--json").told

    assert (told["n"], told["left_out"], told["gesture"]) == (0, 1, "")
    assert told["left_out_places"] == 2
    said = mark(project_file, "بوتين").out
    assert "Left out, because the layer is done: 2 places in 1 article." in said


def test_the_gesture_of_apply_does_the_same(project_file: Path) -> None:
    gesture = lines({"do": "mark_all", "query": "بوتين", "type": "PERS"})
    (answer,) = hashiya("apply", project_file, "--as", "سارة", given=gesture).rows
    assert len(answer["uids"]) == 2
    assert mark(project_file, "بوتين", "--json").told["n"] == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("",), "empty_query"),
        (("ٌ",), "empty_query"),
        (("ب" * 10_000,), "query_too_long"),
        (("بوتين", "--article", "x"), "unknown_article"),
        (("بوتين", "--type", "NOPE"), "unknown_type"),
    ],
)
@pytest.mark.parametrize("preview", [(), ("--preview",)])
def test_what_cannot_be_marked_is_refused(
    project_file: Path, words: tuple[str, ...], code: str, preview: tuple[str, ...]
) -> None:
    ran = mark(project_file, *words, *preview, "--json")
    assert ran.code != 0
    assert ran.told["error"] == code
    assert labels(project_file) == []
    with Project.open(project_file) as project:
        assert project.annotator("سارة") is None


def test_people_are_told_in_arabic_too(project_file: Path) -> None:
    ran = mark(project_file, "بوتين", lang="ar")
    assert ran.out.startswith("المواضع الموسومة: 2.\nالإجراء: ")
