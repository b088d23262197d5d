"""Which format a file is taken for, and what each says of itself."""

import pytest

from annotator.formats.registry import formats
from annotator.services.importing import import_sources
from tests.formats.rows import codes, empty, example, spelled

ROWS = spelled(example(1))


def test_every_format_says_its_name_its_unit_and_what_it_loses() -> None:
    found = {item.name: item for item in formats()}

    assert set(found) >= {"hashiya/1", "text"}
    assert (found["hashiya/1"].unit, found["hashiya/1"].losses) == ("code points", ())
    assert "labels" in found["text"].losses
    assert all(item.reads or item.writes for item in formats())
    assert len(found) == len(formats())


@pytest.mark.parametrize(
    ("name", "told", "layers"),
    [
        ("rows.jsonl", "", 1), ("rows.JSONL", "", 1), ("rows", "", 1), ("rows.json", "", 1),
        ("rows.txt", "", 1), ("rows.txt", "hashiya", 1), ("rows.txt", "hashiya/1", 1),
        ("rows.txt", "jsonl", 1), ("rows.jsonl", "text", 0), ("rows.txt", "text", 0),
    ],
)  # fmt: skip
def test_content_tells_the_format_unless_it_is_said(name: str, told: str, layers: int) -> None:
    with empty() as project:
        path = project.path.parent / name
        path.write_bytes(ROWS)

        report = import_sources(project, [path], format=told)

        assert (report.added, report.layers, codes(report)) == (1, layers, [])


@pytest.mark.parametrize("told", ["conll", "HASHIYA", "hashiya/2", " ", "text/1"])
def test_a_format_that_there_is_not_is_refused_by_name(told: str) -> None:
    with empty() as project:
        path = project.path.parent / "rows.jsonl"
        path.write_bytes(ROWS)

        report = import_sources(project, [path], format=told)

        assert codes(report) == ["unknown_format"]
        assert report.refused[0].trouble.data["format"] == told


@pytest.mark.parametrize("data", [b"[]", b'{"a":1}', b"\x89PNG\r\n\x1a\n\x00\x00"])
@pytest.mark.parametrize("name", ["x.json", "x.hashiya"])
def test_json_that_is_not_ours_is_not_taken_for_text(name: str, data: bytes) -> None:
    with empty() as project:
        path = project.path.parent / name
        path.write_bytes(data)

        assert codes(import_sources(project, [path])) == ["unknown_format"]


def test_a_text_that_begins_with_a_brace_is_a_text() -> None:
    with empty() as project:
        path = project.path.parent / "x.txt"
        path.write_text("{خبر} عاجل", encoding="utf-8")

        assert import_sources(project, [path]).added == 1
