"""`hashiya stats`."""

from pathlib import Path

import pytest

from tests.cli.running import hashiya


def test_counts_are_by_kind_type_annotator_and_status(labelled_file: Path) -> None:
    told = hashiya("stats", labelled_file, "--json").told

    assert (told["articles"], told["layers"]) == (1, 1)
    assert told["labels"]["entity"] == 2
    assert told["types"]["entity"] == {"GPE": 1, "PERS": 1}
    assert told["statuses"]["started"] == 1
    assert told["annotators"]["سارة"]["labels"]["argument"] == 1
    assert told["active_minutes"] >= 1


def test_filters_narrow_the_counts(labelled_file: Path) -> None:
    told = hashiya("stats", labelled_file, "--kind", "event", "--json").told

    assert told["labels"]["event"] == 1
    assert told["labels"]["entity"] == 0


def test_jsonl_is_the_counts_alone(labelled_file: Path) -> None:
    whole = hashiya("stats", labelled_file, "--json").told

    assert hashiya("stats", labelled_file, "--jsonl").rows == [
        {key: value for key, value in whole.items() if key != "ok"}
    ]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("ar", ["المقالات: 1", "الوسوم بحسب الصنف", "  كيان: 2", "الموسِّم «سارة»", "  الوسوم: 4"]),
        ("en", ["Articles: 1", "Labels by kind", "  entity: 2", "Annotator “سارة”", "  Labels: 4"]),
    ],
)
def test_people_read_the_counts_in_words(labelled_file: Path, lang: str, said: list[str]) -> None:
    lines = hashiya("stats", labelled_file, lang=lang).out.splitlines()

    assert [line for line in lines if line in said] == said


def test_a_project_without_layers_has_counts_too(project_file: Path) -> None:
    assert hashiya("stats", project_file).out.splitlines() == [
        "Articles: 1",
        "Layers: 0",
        "Active minutes: 0",
    ]
