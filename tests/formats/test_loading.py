"""What export writes, loaded by the libraries that trainers use: 18,000 rows, in blocks of 10 MB.

The rows go through a project once. Export orders them by hash; here they are put in an order in
which the first blocks look unlike the last, which is how types that a loader guesses go wrong.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.json as paj
import pytest

from annotator.services.exporting import export
from annotator.services.importing import import_sources
from tests.formats.rows import Row, empty, spelled

datasets = pytest.importorskip("datasets")
pytestmark = pytest.mark.slow

HALF = 9_000
BLOCK = 10 << 20
"""Bytes that `datasets` looks at before it settles on types."""

META = json.dumps({"published": "2025-05-06", "by": "وكالة الأنباء " * 8}, ensure_ascii=False)
Lines = dict[str, list[bytes]]
"""Exported lines: `words`, every tenth full of labels, and `dates`, with only an entity each."""


def words(number: int) -> str:
    """Return something that is no date."""
    return f"خبر عاجل من موسكو رقم {number}"


def date(number: int) -> str:
    """Return something that looks like a date and a time."""
    return f"2025-{number % 12 + 1:02}-{number % 28 + 1:02} {number % 24:02}:{number % 60:02}:00"


def row_of(number: int, spell: Callable[[int], str], *, is_full: bool) -> Row:
    """Return a row with every string free to choose spelled by `spell`; lists empty or filled."""
    text, said = f"{spell(number)} {number:05}", spell(number)
    place = {"start": 0, "end": len(text) - 6}
    rest: Row = {"note": said, "doubt": said}
    entity = {"uid": "e", "type": "PERS", **place, "subtype": said, "link": said, **rest}
    row: Row = {
        "format": "hashiya/1",
        "article": {"title": said, "source": said, "language": said, "meta": META},
        "text": text,
        "annotator": {"uid": "u", "name": "سارة", "kind": "human"},
        "entities": [entity],
    }
    if is_full:
        _fill(row, place, said, rest)
    return row


def _fill(row: Row, place: Row, said: str, rest: Row) -> None:
    rest |= {
        "votes": [{"annotator": said, "value": said}],
        "origin": {"by": "suggestion", "source": said, "confidence": 0.5},
    }
    pairs = [{"name": said, "value": said}]
    row["entities"][0] |= {"head": [place], "attributes": pairs, **rest}
    argument = {"uid": "a", "role": "actor", "filler": "e", **rest}
    row["events"] = [
        {"uid": "v", "type": "MEET", **place, "attributes": pairs, "arguments": [argument], **rest}
    ]
    row["stances"] = [
        {
            "uid": "s",
            "holder": {"kind": "entity", "ref": "e"},
            "target": {"kind": "topic", "ref": said},
            "value": "favor",
            "evidence": [place],
            "attributes": pairs,
            **rest,
        }
    ]
    row["relations"] = [
        {"uid": "r", "type": "same_as", "source": "e", "target": "v", "attributes": pairs, **rest}
    ]
    row["answers"] = [{"uid": "q", "question": "summary", "values": [said], **rest}]


@pytest.fixture(scope="module")
def lines() -> Lines:
    """Import 18,000 rows into a project, export them, and sort the lines by what they are like."""
    kinds = ["words", "dates"]
    rows = [row_of(number, words, is_full=number % 10 == 0) for number in range(HALF)]
    rows += [row_of(HALF + number, date, is_full=False) for number in range(HALF)]
    with empty() as project:
        source, destination = project.path.parent / "in.jsonl", project.path.parent / "out.jsonl"
        source.write_bytes(spelled(*rows))
        report = import_sources(project, [source])
        assert (report.layers, report.refused) == (2 * HALF, ())
        assert export(project, destination).rows == 2 * HALF
        found = destination.read_bytes().splitlines(keepends=True)
    by_kind: Lines = {kind: [] for kind in kinds}
    for line in found:
        start = line.index(b'"text":"') + len(b'"text":"')
        number = int(line[start : line.index(b'"', start)][-5:])
        by_kind[kinds[number // HALF]].append(line)
    assert all(len(some) == HALF for some in by_kind.values())
    assert all(sum(map(len, some)) > BLOCK for some in by_kind.values())
    return by_kind


def written(folder: Path, lines: Lines, first: str, second: str) -> Path:
    """Write a file whose first half is of one kind and whose second of another."""
    path = folder / "rows.jsonl"
    path.write_bytes(b"".join(lines[first] + lines[second]))
    with empty() as project:
        export(project, folder / "none.jsonl")
    return path


def loaded(path: Path, *, with_features: bool) -> Any:  # noqa: ANN401
    """Load with `datasets`, as its documentation says, with the features file that export wrote."""
    features = None
    if with_features:
        told = (path.parent / "none.jsonl.features.json").read_bytes()
        features = datasets.Features.from_dict(json.loads(told))
    datasets.disable_progress_bars()
    return datasets.load_dataset(
        "json",
        data_files=str(path),
        split="train",
        cache_dir=str(path.parent / "cache"),
        features=features,
    )


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_DATASETS_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path))


def assert_strings(row: Row, said: str, kinds: tuple[str, ...]) -> None:
    """Check that whatever was `said` in a row, in labels of `kinds` too, is still a string."""
    assert row["text"].startswith(said)
    assert [row["article"][key] for key in ("title", "source", "language")] == [said] * 3
    assert row["article"]["meta"] == META
    assert [row["entities"][0][key] for key in ("quote", "subtype", "link")] == [said] * 3
    for kind in kinds:
        assert [row[kind][0][key] for key in ("note", "doubt")] == [said] * 2


def assert_full(row: Row, said: str) -> None:
    """Check a row in which every list is filled."""
    assert_strings(row, said, ("entities", "events", "stances", "relations", "answers"))
    for kind in ("entities", "events", "stances", "relations", "answers"):
        assert row[kind][0]["votes"] == [{"annotator": said, "value": said}]
        assert row[kind][0]["origin"] == {"by": "suggestion", "source": said, "confidence": 0.5}
    assert row["entities"][0]["head"][0]["quote"] == said
    assert row["events"][0]["arguments"][0]["quote"] == said
    assert row["answers"][0]["values"] == [said]


def test_strings_that_look_like_dates_in_the_second_half_are_strings_for_every_loader(
    tmp_path: Path, lines: Lines
) -> None:
    path = written(tmp_path, lines, "words", "dates")

    found = loaded(path, with_features=False)
    table = paj.read_json(path, paj.ReadOptions(block_size=BLOCK))

    assert (len(found), table.num_rows) == (2 * HALF, 2 * HALF)
    for number in (0, HALF - 1, HALF, 2 * HALF - 1):
        assert table.slice(number, 1).to_pylist() == [found[number]]
    full = next(row for row in found if row["relations"])
    assert_full(full, full["article"]["title"])
    assert_strings(found[HALF], found[HALF]["article"]["title"], ("entities",))
    assert found[0]["article"]["title"].startswith("خبر")
    assert found[HALF]["article"]["title"].startswith("2025-")


def test_with_the_features_file_dates_and_empty_lists_in_the_first_half_are_no_trouble(
    tmp_path: Path, lines: Lines
) -> None:
    path = written(tmp_path, lines, "dates", "words")

    found = loaded(path, with_features=True)

    assert len(found) == 2 * HALF
    first, last = found[0], next(row for row in found if row["relations"])
    assert first["relations"] == first["answers"] == first["events"] == first["stances"] == []
    assert first["entities"][0]["votes"] == first["entities"][0]["head"] == []
    assert_strings(first, first["article"]["title"], ("entities",))
    assert first["article"]["title"].startswith("2025-")
    assert_full(last, last["article"]["title"])
    assert last["relations"][0]["type"] == "same_as"
