"""Lines of a file before they are rows: bytes, JSON, line ends, sizes; and which file is ours."""

import json
import re
import time

import pytest

from tests.formats.rows import (
    Row,
    bare,
    codes,
    empty,
    entity,
    example,
    exported,
    rows_of,
    spelled,
    taken_from,
)
from tests.projects import assert_sound

NEXT = spelled(example(7))


def why_refused(line: bytes) -> tuple[str, object]:
    """Import `line` as the second of three, check that the others were taken, and say why."""
    with empty() as project:
        report = taken_from(project, spelled(example(6)) + line + b"\n" + NEXT)

        texts = {row["text"] for row in rows_of(exported(project))}
        assert texts == {example(6)["text"], example(7)["text"]}, report.refused
        assert [(one.source, one.line) for one in report.refused] == [("rows.jsonl", 2)]
        assert_sound(project)
    trouble = report.refused[0].trouble
    return trouble.code, trouble.data.get("why")


def taken(data: bytes) -> list[Row]:
    """Import a file of sound lines and return the rows that it brought."""
    with empty() as project:
        report = taken_from(project, data)
        assert report.refused == ()
        return rows_of(exported(project))


LINE = spelled(bare("قال بوتين", entities=[entity("e", 4, 9, note="@@")])).rstrip(b"\n")


@pytest.mark.parametrize(
    "line",
    [
        b"{", b"}", b"x", b"'", b"{}x", b"[1", b'{"format":"hashiya/1"', b"{'format':'hashiya/1'}",
        b'{"format":"hashiya/1","text":"a",}', b'{"format":"hashiya/1" "text":"a"}',
        b'{"format":"hashiya/1","text":"\t"}', b'{"format":"hashiya/1","text":"\\x"}',
        b"\x00", b"\xff", b"\xef\xbb\xbf" + LINE, LINE + LINE, LINE + b"\x00",
        b"{" + b'"a":{' * 50_000, b"[" * 200_000, b"[" * 3_000_000,
        LINE[:-1] + b',"extra":' + b"[" * 5000 + b"]" * 5000 + b"}",
        LINE.replace(b"@@", b"\xed\xa0\x80"), LINE.replace(b"@@", b"\xc0\xaf"),
        LINE.replace(b"@@", b"\xf5\x80\x80\x80"), LINE.replace(b"@@", "قال".encode("cp1256")),
        LINE.replace(b"@@", b"\\ud800"), LINE.replace(b"@@", b"\\udc00\\ud800"),
        LINE.replace(b"@@", b"\\ud83dx"), LINE.replace("قال".encode(), b"\\ud800"),
    ],
)  # fmt: skip
def test_a_line_that_is_no_sound_json_is_refused_alone(line: bytes) -> None:
    assert why_refused(line)[0] == "not_json"


@pytest.mark.parametrize(
    "number", [b"NaN", b"Infinity", b"-Infinity", b"1e999", b"-1e999", b"0x1", b"01", b"1.", b".5",
               b"+1", b"9" * 5000, b"1e9999999999", b"1" + b"0" * 400]
)  # fmt: skip
@pytest.mark.parametrize("key", [b'"confidence":1.0', b'"start":0'])
def test_numbers_that_json_or_we_do_not_have_are_refused(key: bytes, number: bytes) -> None:
    line = spelled(example(1)).rstrip(b"\n")
    name = key.partition(b":")[0]
    assert key in line

    code = why_refused(line.replace(key, name + b":" + number, 1))[0]

    assert code in ("not_json", "wrong_type", "bad_regions", "out_of_text")


@pytest.mark.parametrize("key", ["title", "source", "language"])
def test_a_nul_is_refused_in_the_article(key: str) -> None:
    row = example(1)
    row["article"][key] = "قال\0بوتين"

    assert why_refused(spelled(row).rstrip(b"\n")) == ("not_text", "nul")


@pytest.mark.parametrize("where", ["text", "note", "value", "name", "key"])
def test_a_nul_is_refused_wherever_it_stands(where: str) -> None:
    label = entity("e", 4, 9, attributes=[{"name": "a", "value": "b"}], note="c")
    row = bare("قال بوتين", entities=[label])
    found = {"text": "قال", "note": '"c"', "value": '"b"', "name": '"a"', "key": "subtype"}
    row["entities"][0]["subtype"] = ""
    written = found[where].strip('"')
    line = spelled(row).decode().rstrip("\n").replace(written, written + "\\u0000", 1)

    assert why_refused(line.encode())[0] in ("not_text", "unknown_key")


def test_a_byte_order_mark_before_the_first_line_is_no_part_of_it() -> None:
    assert len(taken(b"\xef\xbb\xbf" + spelled(example(1), example(2)))) == 2


def test_line_feeds_with_carriage_returns_are_line_ends_too() -> None:
    assert len(taken(spelled(example(1), example(2)).replace(b"\n", b"\r\n"))) == 2


def test_empty_lines_are_passed_over_and_counted() -> None:
    with empty() as project:
        report = taken_from(project, b"\n \t\n" + NEXT + b"\r\n\n{\n")

        assert (report.layers, [one.line for one in report.refused]) == (1, [6])


def test_the_last_line_needs_no_line_feed() -> None:
    assert len(taken(spelled(example(1), example(2)).rstrip(b"\n"))) == 2


@pytest.mark.parametrize("character", ["\u0085", "\u2028", "\u2029", "\u000b", "\u000c", "\u001c"])
def test_only_line_feeds_part_lines(character: str) -> None:
    row = bare(f"قال{character}بوتين", entities=[entity("e", 4, 9, note=character)])
    line = json.dumps(row, ensure_ascii=ord(character) < 32)

    (found,) = taken(line.encode() + b"\n")

    assert found["text"] == row["text"]
    assert found["entities"][0]["note"] == character


def test_json_may_be_spelled_with_white_space_and_escapes_of_every_letter() -> None:
    rows = [example(1), example(2)]
    data = "\n".join(json.dumps(row, ensure_ascii=True, indent=None) for row in rows)

    found = taken(re.sub(r'([,:{\[])(?=["{\[])', r"\1 \t ", data).encode())

    assert {row["text"] for row in found} == {row["text"] for row in rows}


def test_keys_may_stand_in_any_order() -> None:
    rows = [dict(sorted(example(number).items(), reverse=True)) for number in (1, 2)]

    assert len(taken(spelled(*rows))) == 2


def test_a_long_text_before_the_format_is_read_all_the_same() -> None:
    row = bare("قال بوتين " * 800)
    del row["format"]

    assert len(taken(spelled({**row, "format": "hashiya/1"}))) == 1


@pytest.mark.parametrize("first", [b"{", b"x", b"\xff\xfe", b"[]", b'{"text":"' + b"a" * 9000])
def test_a_bad_first_line_costs_no_other(first: bytes) -> None:
    with empty() as project:
        report = taken_from(project, first + b"\n" + spelled(example(1), example(2)))

        assert (report.layers, [one.line for one in report.refused]) == (2, [1])


def test_rows_in_a_file_of_another_name_are_told_by_content() -> None:
    with empty() as project:
        report = taken_from(project, spelled(example(1)), "rows.txt")

        assert (report.added, report.layers) == (1, 1)


def test_an_empty_file_of_rows_brings_nothing_and_is_no_fault() -> None:
    for data in (b"", b"\n", b" \n\n"):
        with empty() as project:
            report = taken_from(project, data)

            assert (report.added, report.layers, codes(report)) == (0, 0, [])


def test_a_line_of_twenty_megabytes_is_refused_and_the_next_is_taken() -> None:
    line = spelled(bare("ا" * 10_000_000)).rstrip(b"\n")

    assert why_refused(line)[0] == "article_too_long"


def test_a_line_of_twenty_megabytes_of_labels_is_taken_if_it_is_sound() -> None:
    text = "بوتين " * 1000
    note = "ملاحظة " * 260
    entities = [
        entity("", n % 1000 * 6, n % 1000 * 6 + 5, ("PERS", "ORG", "GPE")[n // 1000], note=note)
        for n in range(3000)
    ]
    line = spelled(bare(text, entities=entities)) + spelled(
        bare(text + "\u2028", entities=entities)
    )

    assert len(line) > 20_000_000
    assert [len(row["entities"]) for row in taken(line)] == [3000, 3000]


def test_a_string_that_never_ends_is_refused_at_once() -> None:
    line = LINE.replace(b"@@", b"[]" * 20 + b'\\"' * 16_000)[: -len(b'"}]}')]
    start = time.perf_counter()

    assert why_refused(line)[0] == "not_json"

    assert time.perf_counter() - start < 3, "the time grows with the square of the line"


GESTURE = json.dumps({"do": "add_entity", "as": "e1", "article": "0" * 16, "type": "PERS"})


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("n", [1, 2000])
def test_a_file_of_nothing_but_lines_for_apply_is_refused_once(n: int, mark: bytes) -> None:
    with empty() as project:
        report = taken_from(project, mark + b"\n".join([GESTURE.encode(), b""] * n))
        assert (report.added, codes(report)) == (0, ["holds_gestures"])
        assert [(one.source, one.line) for one in report.refused] == [("rows.jsonl", 0)]


@pytest.mark.parametrize("other", [NEXT, b"{\n", b'{"format":"hashiya/1"}\n', b'"do"\n'])
def test_where_other_lines_are_among_them_each_is_refused_by_itself(other: bytes) -> None:
    line = GESTURE.encode() + b"\n"
    with empty() as project:
        report = taken_from(project, line + line + other + line)
        is_row = other == NEXT
        assert report.added == is_row
        told = [(one.line, one.trouble.code) for one in report.refused]
        assert [one for one in told if one[0] != 3] == [(n, "unknown_key") for n in (1, 2, 4)]
        assert len(told) == 4 - is_row
