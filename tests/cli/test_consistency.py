"""`hashiya consistency`: names of several types, or labelled here and not there."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.services import labelling
from annotator.store.project import Project
from tests import projects
from tests.cli.running import hashiya
from tests.projects import extent_of, layer_of, sha_of

ONE = "التقى بوتين ترامب في موسكو. وقال ترامب إن موسكو ترحب."
OTHER = "عاد بوتين من موسكو، ورحب ترامب وبوتين."


@pytest.fixture(scope="module")
def file() -> Iterator[Path]:
    """Give a project whose labels of `a1` are not all alike, which the tests here only read."""
    with projects.quick_folder() as folder:
        path = projects.made(folder, texts=(ONE, OTHER))
        with Project.open(path) as project:
            for quote, text, type_, nth in (
                ("موسكو", ONE, "GPE", 0),
                ("موسكو", ONE, "GPE", 1),
                ("موسكو", OTHER, "ORG", 0),
                ("بوتين", ONE, "PERS", 0),
                ("بوتين", OTHER, "PERS", 0),
            ):
                layer = layer_of(project, "a1", text)
                labelling.add_entity(project, layer, extent_of(quote, text, nth), type_)
        yield path


def test_places_are_told_with_what_the_name_is_elsewhere(file: Path) -> None:
    told = hashiya("consistency", file, "--who", "a1", "--json").told
    assert set(told) == {"ok", "places", "n", "looked_at"}
    assert told["looked_at"] == {"names": 2, "articles": 2}
    assert told["n"] == len(told["places"]) == 2
    other, bare = told["places"]
    assert other == {
        "what": "type",
        "name": "موسكو",
        "article": sha_of(OTHER)[:16],
        "start": 13,
        "end": 18,
        "quote": "موسكو",
        "left": "عاد بوتين من ",
        "right": "، ورحب ترامب وبوتين.",
        "uid": other["uid"],
        "type": "ORG",
        "meant": "GPE",
        "types": [{"type": "GPE", "n": 2}, {"type": "ORG", "n": 1}],
    }
    assert (bare["what"], bare["quote"], bare["type"], bare["uid"]) == (
        "unlabelled",
        "بوتين",
        "",
        "",
    )
    assert (bare["start"], bare["end"], bare["meant"]) == (32, 37, "PERS")


def test_as_is_the_same_word_and_rows_stream(file: Path) -> None:
    lines = hashiya("consistency", file, "--as", "a1", "--jsonl").out.splitlines()
    assert [json.loads(line)["what"] for line in lines] == ["type", "unlabelled"]
    only = hashiya("consistency", file, "--as", "a1", "--only", "unlabelled", "--jsonl").out
    assert only.splitlines() == lines[1:]
    limited = hashiya("consistency", file, "--as", "a1", "--limit", "1", "--jsonl").out
    assert limited.splitlines() == lines[:1]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_people_get_a_table_or_one_sentence(file: Path, language: str) -> None:
    shown = hashiya("consistency", file, "--who", "a1", "--lang", language)
    assert (shown.code, len(shown.out.splitlines())) == (0, 3)
    assert "[بوتين]" in shown.out


def test_nobody_of_that_name_is_told_in_one_sentence(file: Path) -> None:
    answer = hashiya("consistency", file, "--who", "a9", "--json")
    assert (answer.code, answer.told["error"]) == (2, "unknown_annotator")


@pytest.mark.parametrize(
    ("only", "said"),
    [
        ((), "Every name is labelled in one way."),
        (("--only", "type"), "Places without a label were left aside."),
        (("--only", "unlabelled"), "Differing types were left aside."),
    ],
)
def test_where_there_is_none_it_says_what_was_looked_at(
    tmp_path: Path, only: tuple[str, ...], said: str
) -> None:
    path = projects.made(tmp_path, texts=(ONE, OTHER))
    with Project.open(path) as project:
        projects.annotator(project, "a2")
        layer = layer_of(project, "a1", OTHER)
        labelling.add_entity(project, layer, extent_of("موسكو", OTHER), "GPE")
    shown = hashiya("consistency", path, "--who", "a1", *only)
    assert said in shown.err
    assert "names: 1; articles that are started or done: 1." in shown.err
    assert "Nothing was looked at" in hashiya("consistency", path, "--who", "a2", *only).err
