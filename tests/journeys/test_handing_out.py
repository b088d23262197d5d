"""The journey of handing out: articles dealt, labelled in files of one's own, and so on."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator import paths
from annotator.store.project import Project
from tests.cli.running import hashiya
from tests.projects import assert_sound, quick_folder

SEEDS = paths.seeds()
GESTURES = {name: SEEDS / "labels" / f"{name}.jsonl" for name in ("a1", "a2")}
NEW = "أعلنت وزارة الصحة في تونس إطلاق حملة وطنية للتلقيح ضد الإنفلونزا الموسمية هذا الأسبوع."


@pytest.fixture
def folder() -> Iterator[Path]:
    with quick_folder() as path:
        yield path


@pytest.fixture(params=["ar", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def told(*words: object, **given: Any) -> dict[str, Any]:  # noqa: ANN401
    ran = hashiya(*words, "--json", **given)
    assert ran.code == 0, ran.out + ran.err
    return ran.told


def sound(*files: Path) -> None:
    for file in files:
        with Project.open(file) as project:
            assert_sound(project)


def test_by_command_line(folder: Path, lang: str) -> None:
    lead, out = folder / "lead.hashiya", folder / "out"
    told("new", lead, lang=lang)
    told("import", lead, SEEDS / "articles", lang=lang)

    seen = told("assign", lead, "--to", "a1,a2,سارة", "--overlap", 3, "--preview", lang=lang)
    first = told("assign", lead, "--to", "a1,a2,سارة", "--overlap", 3, "-o", out, lang=lang)
    assert [one["new"] for one in first["assigned"]] == [one["new"] for one in seen["assigned"]]
    files = {one["annotator"]: Path(one["path"]) for one in first["assigned"]}
    sound(lead, *files.values())

    for name, gestures in GESTURES.items():
        ran = hashiya("apply", files[name], gestures, "--as", name, lang=lang)
        assert ran.code == 0
        assert hashiya("apply", files[name], gestures, "--as", "سارة", lang=lang).code == 1
        told("merge", lead, files[name], lang=lang)
    sound(lead, *files.values())

    given = told("stats", lead, lang=lang)["assignments"]
    assert (given["a1"]["done"], given["a1"]["started"], given["سارة"]["new"]) == (4, 1, 5)
    assert given["a1"]["words_done"] > 0

    (folder / "new.txt").write_text(NEW, encoding="utf-8")
    told("import", lead, folder / "new.txt", lang=lang)
    again = told("assign", lead, "--to", "a1,a2,سارة", "--overlap", 3, "-o", out, lang=lang)
    assert [(one["articles"], one["new"]) for one in again["assigned"]] == [(6, 1)] * 3
    labels = told("labels", files["a1"], lang=lang)["labels"]
    assert {row["annotator"] for row in labels} == {"a1"}
    assert len(labels) == sum(
        row["annotator"] == "a1" for row in told("labels", lead, lang=lang)["labels"]
    )

    taken = told("assign", lead, "--to", "a2,هند", "--from", "سارة", "-o", out, lang=lang)
    assert {one["annotator"]: one["gone"] for one in taken["assigned"]}["سارة"] == 6
    assert told("stats", lead, lang=lang)["assignments"]["هند"]["assigned"] == 6
    sound(lead, *out.iterdir())


def test_types_change_while_people_label(folder: Path) -> None:
    lead, out = folder / "lead.hashiya", folder / "out"
    told("new", lead)
    told("import", lead, SEEDS / "articles")
    file = Path(told("assign", lead, "--to", "a1", "-o", out)["assigned"][0]["path"])
    hashiya("apply", file, GESTURES["a1"], "--as", "a1")
    before = [row["type"] for row in told("labels", file)["labels"]]

    told("schema", "change", lead, "rename", "PERS", "PERSON")
    told("schema", "change", lead, "merge", "LOC", "GPE")
    told("merge", lead, file)

    after = [row["type"] for row in told("labels", lead)["labels"]]
    assert len(after) == len(before)
    assert before.count("PERS") == after.count("PERSON") > 0
    assert before.count("LOC") + before.count("GPE") == after.count("GPE")
    sound(lead, file)
