"""The sample readings themselves: whole, exact, and as far apart as people are."""

import itertools
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator import paths
from annotator.services.agreeing import Asked, agreement
from annotator.services.applying import apply_lines
from annotator.services.importing import import_sources
from annotator.store.project import Project
from tests.cli.running import hashiya
from tests.formats.rows import NEWS_TOML, empty
from tests.projects import assert_sound, quick_folder

SEEDS = paths.seeds()
READERS = ("a1", "a2", "a3")
THIRD = {
    "add_entity": 332, "add_event": 103, "add_argument": 246, "add_stance": 29,
    "add_relation": 15, "answer": 20, "set_status": 5,
}  # fmt: skip
PAIRS = list(itertools.combinations(READERS, 2))


def labels_of(name: str) -> Path:
    return SEEDS / "labels" / f"{name}.jsonl"


def gestures_of(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in labels_of(name).read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def read_by_all() -> Iterator[Project]:
    with empty("", NEWS_TOML) as project:
        import_sources(project, [SEEDS / "articles"])
        for name in READERS:
            with labels_of(name).open("rb") as lines:
                assert [one for one in apply_lines(project, name, lines) if one.trouble] == []
        yield project


@pytest.mark.parametrize("name", READERS)
def test_names_are_the_files_own_and_stand_before_they_are_used(name: str) -> None:
    named: set[str] = set()
    for line in gestures_of(name):
        used = [line.get(key, "") for key in ("event", "filler", "holder", "source", "target")]
        used = [one.get("ref", "") if isinstance(one, dict) else one for one in used]
        assert {one.removeprefix("$") for one in used if one.startswith("$")} <= named
        assert line.get("as") not in named
        named.add(line.get("as", ""))


@pytest.mark.parametrize("name", READERS)
def test_every_span_stands_beside_the_text_under_it(read_by_all: Project, name: str) -> None:
    kept = "SELECT uid, text FROM articles JOIN texts ON article = id"
    texts = dict(read_by_all.connection.execute(kept).fetchall())
    n_spans = 0
    for line in gestures_of(name):
        spans = line.get("spans") or line.get("evidence") or []
        quotes = line.get("quotes", [])
        if "start" in line:
            spans, quotes = [(line["start"], line["end"])], [line["quote"]]
        assert [texts[line["article"]][start:end] for start, end in spans] == quotes
        n_spans += len(spans)
    assert n_spans > 300


def test_the_third_reading_is_done_and_breaks_nothing() -> None:
    with quick_folder() as folder:
        file = folder / "s.hashiya"
        hashiya("new", file)
        hashiya("import", file, SEEDS / "articles")

        ran = hashiya("apply", file, labels_of("a3"), "--as", "a3")

        assert (ran.code, [row["ok"] for row in ran.rows]) == (0, [True] * sum(THIRD.values()))
        assert Counter(line["do"] for line in gestures_of("a3")) == THIRD
        stats = hashiya("stats", file, "--json").told
        assert stats["statuses"] == {"new": 0, "started": 0, "done": 5, "skipped": 0}
        assert stats["labels"]["argument"] == THIRD["add_argument"]
        assert hashiya("problems", file, "--json").told["problems"] == []


def test_three_readings_stand_beside_each_other(read_by_all: Project) -> None:
    assert_sound(read_by_all)


def test_no_two_readers_read_alike_and_none_reads_at_random(read_by_all: Project) -> None:
    report = agreement(read_by_all, Asked(what=("entities", "events")))

    assert report.totals.n_joint == 4
    assert report.entities is not None
    assert report.events is not None
    found = {(row.first.name, row.second.name): row for row in report.entities.by_pair}
    assert sorted(found) == PAIRS
    for row in found.values():
        assert row.strict.value is not None
        assert 0.6 < row.strict.value < 0.95
        assert {"label", "boundary"} <= row.disagreements.kinds.keys()
        assert row.disagreements.kinds["missing"] > 0
    assert report.events.tc.value is not None
    assert 0.6 < report.events.tc.value < 0.95
