"""A fault at any place of a row: it is refused with its place, and the rows around it are taken."""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from annotator.services.importing import ImportReport
from tests.formats.rows import Row, codes, empty, example, exported, rows_of, spelled, taken_from
from tests.projects import assert_sound

Path = tuple[str | int, ...]

_OTHERS: dict[type, list[object]] = {
    str: [7, 1.5, True, None, [], {}, ["x"]],
    int: ["1", 1.5, True, None, [], {}],
    float: ["1", True, None, [], {}],
    list: ["x", 1, False, None, {}, "[]"],
    dict: ["x", 1, False, None, [], [{}]],
}
_REQUIRED = {
    "format", "text",
    "entities.type", "events.type", "relations.type", "relations.source", "relations.target",
    "events.arguments.role", "events.arguments.filler",
    "stances.holder", "stances.target", "stances.value", "stances.holder.kind",
    "stances.target.kind", "answers.question", "answers.values",
    "regions.start", "regions.end", "regions.role",
}  # fmt: skip
"""Keys whose empty value is not clear, so that a row without one cannot be read; spans and pairs
follow in `_is_required`."""


def _paths(value: object, path: Path = ()) -> Iterator[Path]:
    """Yield the place of every value in `value`, the whole first."""
    yield path
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _paths(item, (*path, key))
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from _paths(item, (*path, number))


def _at(value: Any, path: Path) -> Any:  # noqa: ANN401
    for step in path:
        value = value[step]
    return value


def _with(row: Row, path: Path, value: object) -> Row:
    changed = deepcopy(row)
    _at(changed, path[:-1])[path[-1]] = value
    return changed


def _named(path: Path) -> str:
    """Return a place as it is told: `entities[0].origin.confidence`."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".")


def _family(path: Path) -> str:
    return ".".join(step for step in path if isinstance(step, str))


def _between_sound_ones(lines: list[bytes]) -> tuple[ImportReport, dict[int, Any], list[Row]]:
    """Import `lines` with a sound row before each; return what was refused by its number."""
    sound = (spelled(example(10_000 + number)) for number in range(len(lines)))
    data = b"".join(part for pair in zip(sound, lines, strict=True) for part in pair)
    with empty() as project:
        report = taken_from(project, data)
        assert_sound(project)
        rows = rows_of(exported(project))
    found = {row["text"] for row in rows}
    assert all(example(10_000 + number)["text"] in found for number in range(len(lines)))
    assert all(one.source == "rows.jsonl" for one in report.refused)
    return report, {one.line // 2 - 1: one for one in report.refused}, rows


def test_a_value_of_another_type_is_refused_wherever_it_stands_and_nothing_else_is_lost() -> None:
    row = example(1)
    places = [path for path in _paths(row) if path]
    cases = [
        (path, other)
        for turn, path in enumerate(places)
        for other in _OTHERS[type(_at(row, path))][turn % 2 :: 2]
    ]
    lines = [spelled(_with(row, path, other)) for path, other in cases]

    report, refused, rows = _between_sound_ones(lines)

    assert len(cases) > 500
    assert (report.added, len(rows)) == (len(cases), len(cases))
    for number, (path, other) in enumerate(cases):
        assert number in refused, (path, other)
        trouble = refused[number].trouble
        assert trouble.code == "wrong_type", (path, other, trouble)
        assert trouble.data["where"] == _named(path), (path, other)
        assert trouble.data["expected"], (path, other)


def test_a_row_that_is_no_object_is_refused() -> None:
    others: list[object] = [[], "x", 1, 1.5, True, None, [{}]]
    lines = [spelled(other) for other in others]

    _, refused, _ = _between_sound_ones(lines)

    assert [refused[number].trouble.code for number in range(len(lines))] == ["wrong_type"] * 7


def test_a_key_that_is_not_ours_is_refused_wherever_it_stands() -> None:
    row = example(1)
    places = [path for path in _paths(row) if isinstance(_at(row, path), dict)]
    strange = ("extra", "Type", "uid ", "", "نوع", "__class__")
    cases = [(path, key) for path in places for key in strange]
    lines = [spelled(_with(row, (*path, key), "x")) for path, key in cases]

    _, refused, _ = _between_sound_ones(lines)

    for number, (path, key) in enumerate(cases):
        trouble = refused[number].trouble
        assert trouble.code == "unknown_key", (path, key, trouble)
        assert (trouble.data["key"], trouble.data["where"]) == (key, _named(path))


def test_a_key_that_stands_twice_is_refused_wherever_it_stands() -> None:
    row = example(1)
    places = [path for path in _paths(row) if path and isinstance(path[-1], str)]
    lines = [_twice(row, path) for path in places]

    _, refused, _ = _between_sound_ones(lines)

    for number, path in enumerate(places):
        trouble = refused[number].trouble
        assert (trouble.code, trouble.data.get("key")) == ("duplicate_key", path[-1]), path


def test_a_key_that_stands_twice_is_refused_though_one_is_spelled_with_an_escape() -> None:
    line = spelled(example(1)).replace(b'"status":', b'"\\u0073tatus":"done","status":')

    _, refused, _ = _between_sound_ones([line])

    assert refused[0].trouble.code == "duplicate_key"


def test_a_key_that_stands_twice_in_a_row_of_text_only_is_refused() -> None:
    spellings = ('"title":', '"title" :', '"title"\t:', r'"\u0074itle":', r'"tit\u006ce" : ')
    row = '{"format":"hashiya/1","article":{"title":"أ",%s"ب"},"text":"خبر"}\n'
    lines = [(row % again).encode() for again in spellings]

    _, refused, _ = _between_sound_ones(lines)

    for number in range(len(lines)):
        assert refused[number].trouble.code == "duplicate_key", spellings[number]


def test_what_looks_like_keys_in_a_text_harms_nothing() -> None:
    text = 'قال "text":"خبر" و"text":"نبأ"، "title" : ثم \\" و\\'
    line = spelled({"format": "hashiya/1", "article": {"title": "أ"}, "text": text})

    report, refused, _ = _between_sound_ones([line])

    assert (report.added, refused) == (2, {})


@pytest.mark.parametrize("place", ["title", "source", "language", "meta"])
def test_a_nul_is_refused_wherever_it_stands_in_a_row_of_text_only(place: str) -> None:
    line = b'{"format":"hashiya/1","article":{"%s":"a\\u0000b"},"text":"x"}\n' % place.encode()

    _, refused, _ = _between_sound_ones([line])

    assert (refused[0].trouble.code, refused[0].trouble.data["why"]) == ("not_text", "nul")


def _twice(row: Row, path: Path) -> bytes:
    """Return `row` spelled with the key at `path` twice, both times with the same value."""
    mark = "⟦again⟧"
    line = spelled(_with(row, (*path[:-1], mark), _at(row, path)))
    return line.replace(f'"{mark}"'.encode(), json.dumps(path[-1]).encode())


def test_a_key_that_is_left_out_has_its_empty_value_or_is_named_as_missing() -> None:
    places = [path for path in _paths(example(1)) if path and isinstance(path[-1], str)]
    lines = []
    for number, path in enumerate(places):
        row = example(20_000 + number)
        del _at(row, path[:-1])[path[-1]]
        lines.append(spelled(row))

    _, refused, _ = _between_sound_ones(lines)

    for number, path in enumerate(places):
        trouble = refused[number].trouble if number in refused else None
        if _is_required(path):
            assert trouble is not None, path
            assert (trouble.code, trouble.data["key"]) == ("missing_key", path[-1])
            assert trouble.data["where"] == _named(path[:-1])
        elif path == ("annotator",):  # labels of nobody
            assert trouble is not None
            assert (trouble.code, trouble.data["key"]) == ("missing_key", "name")
        elif not _is_pointed_to(path):
            assert trouble is None, (path, trouble)


def _is_required(path: Path) -> bool:
    parent = [step for step in path if isinstance(step, str)][-2:-1]
    is_span = parent in (["spans"], ["head"], ["evidence"]) and path[-1] in ("start", "end")
    is_pair = parent in (["attributes"], ["votes"])
    return is_span or is_pair or _family(path) in _REQUIRED


def _is_pointed_to(path: Path) -> bool:
    """Whether a row without this key says something else: uids, references, half a hull."""
    whole = ("entities.uid", "events.uid", "stances.holder.ref", "stances.target.ref",
             "events", "entities", "annotator", "annotator.name", "entities.start", "entities.end",
             "events.start", "events.end", "events.arguments.start",
             "events.arguments.end")  # fmt: skip
    return _family(path) in whole


def test_half_a_hull_is_refused() -> None:
    lines: list[bytes] = []
    for kind, key in (("entities", "start"), ("entities", "end"), ("events", "start")):
        row = example(30_000 + len(lines))
        del row[kind][0][key]
        lines.append(spelled(row))

    _, refused, _ = _between_sound_ones(lines)

    assert [refused[n].trouble.code for n in range(3)] == ["bad_extent"] * 3


def test_labels_without_uids_are_told_apart_and_get_uids() -> None:
    row = example(1, events=[], stances=[], relations=[])
    for label in row["entities"] + row["answers"]:
        del label["uid"]

    _, refused, rows = _between_sound_ones([spelled(row)])

    assert refused == {}
    found = next(one for one in rows if one["text"] == row["text"])
    assert len({label["uid"] for label in found["entities"]}) == 3


def test_uids_that_look_like_our_numbers_for_labels_without_one_are_no_trouble() -> None:
    row = example(1, events=[], stances=[], relations=[], answers=[])
    row["entities"][0]["uid"], row["entities"][1]["uid"], row["entities"][2]["uid"] = "#1", "", ""

    _, refused, _ = _between_sound_ones([spelled(row)])

    assert refused == {}


def test_labels_of_nobody_are_refused_and_not_lost_in_silence() -> None:
    no_name = example(1, annotator={"uid": "u-sara", "name": "", "kind": "human"})
    no_annotator = example(2)
    del no_annotator["annotator"]

    report, refused, _ = _between_sound_ones([spelled(no_name), spelled(no_annotator)])

    assert sorted(refused) == [0, 1], codes(report)


def test_a_value_that_is_not_one_of_the_few_is_refused_with_its_place() -> None:
    places: list[Path] = [
        ("status",), ("suggestions",), ("annotator", "kind"), ("regions", 0, "source"),
        ("entities", 0, "origin", "by"), ("events", 0, "origin", "by"),
        ("stances", 0, "voice"), ("stances", 0, "holder", "kind"), ("stances", 0, "target", "kind"),
        ("entities", 0, "decision"), ("answers", 0, "decision"),
    ]  # fmt: skip
    lines = [spelled(_with(example(number), path, "موز")) for number, path in enumerate(places)]

    _, refused, _ = _between_sound_ones(lines)

    assert [path for number, path in enumerate(places) if number not in refused] == []
    for number, path in enumerate(places):
        trouble = refused[number].trouble
        assert (trouble.code, trouble.data["where"]) == ("wrong_type", _named(path))


def test_confidence_beyond_nought_and_one_is_refused_with_its_place() -> None:
    path = ("entities", 0, "origin", "confidence")
    lines = [spelled(_with(example(1), path, value)) for value in (-0.001, 1.001, 1e300, 2)]

    _, refused, _ = _between_sound_ones(lines)

    for number in range(len(lines)):
        assert refused[number].trouble.code == "wrong_type"
        assert refused[number].trouble.data["where"] == _named(path)
