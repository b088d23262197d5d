"""Rows whose offsets, spans and quotes do not fit the text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.refusing import code_of, refused
from tests.formats.rows import (
    bare,
    codes,
    empty,
    entity,
    example,
    exported,
    imported,
    rows_of,
    span,
    stance,
)

SHORT = "قال بوتين شيئًا 😀"


# --- places and quotes ---------------------------------------------------------------------------

END = len(SHORT)
PLACES = [
    (-1, 3, "out_of_text"), (0, END + 1, "out_of_text"), (5, 3, "out_of_text"),
    (END, END + 4, "out_of_text"), (-5, -2, "out_of_text"), (0, 10**18, "out_of_text"),
    (3, 3, "empty_span"), (3, 4, "empty_span"), (END, END, "empty_span"),
]  # fmt: skip


@pytest.mark.parametrize(("start", "end", "code"), PLACES)
@pytest.mark.parametrize("part", ["entity", "event", "spans", "head", "evidence"])
def test_a_span_must_lie_in_the_text_and_hold_something(
    part: str, start: int, end: int, code: str
) -> None:
    bad = {"start": start, "end": end}
    good = {"start": 4, "end": 9}
    rows = {
        "entity": bare(SHORT, entities=[{"type": "PERS", **bad}]),
        "event": bare(SHORT, events=[{"type": "MEET", **bad}]),
        "spans": bare(SHORT, entities=[{"type": "PERS", **bad, "spans": [bad]}]),
        "head": bare(SHORT, entities=[{"type": "PERS", **good, "head": [bad]}]),
        "evidence": bare(SHORT, stances=[stance(evidence=[bad])]),
    }

    assert code_of(rows[part]) == code


@given(st.integers(-30, 60), st.integers(-30, 60), st.sampled_from(["", "بوتين", "ب", "😀"]))
@settings(deadline=None, max_examples=60)
def test_whatever_the_offsets_the_quote_is_the_text_or_the_row_is_refused(
    start: int, end: int, quote: str
) -> None:
    row = bare(SHORT, entities=[entity("e", start, end, quote=quote)])
    is_place = 0 <= start < end <= END and not SHORT[start:end].isspace()
    with empty() as project:
        report = imported(project, row)

        if is_place and quote in ("", SHORT[start:end]):
            (label,) = rows_of(exported(project))[0]["entities"]
            assert (label["start"], label["end"]) == (start, end)
            assert label["quote"] == SHORT[start:end]
        else:
            assert codes(report)[0] in ("out_of_text", "empty_span", "quote_differs")
            assert exported(project) == b""


@pytest.mark.parametrize("quote", ["بوتن", "بوتين ", "بُوتين", "ﺑﻮﺗﻴﻦ", "xx", " "])
@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("entities", ("quote",)), ("entities", ("spans", 0, "quote")),
        ("entities", ("head", 0, "quote")), ("events", ("quote",)),
        ("events", ("spans", 0, "quote")), ("events", ("arguments", 0, "quote")),
        ("stances", ("evidence", 0, "quote")),
    ],
)  # fmt: skip
def test_a_quote_that_is_not_the_text_is_refused(
    kind: str, path: tuple[str | int, ...], quote: str
) -> None:
    row = example(1)
    part = row[kind][0]
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = quote

    assert code_of(row) == "quote_differs"


def test_offsets_counted_in_utf_16_are_refused_by_the_quote() -> None:
    text = "😀😀 قال بوتين"
    start = len(text[: text.index("بوتين")].encode("utf-16-le")) // 2

    assert code_of(bare(text, entities=[entity("e", start, start + 5, quote="بوتين")])) in (
        "quote_differs",
        "out_of_text",
    )


@pytest.mark.parametrize(
    ("start", "end"), [(0, 9), (4, 8), (5, 9), (4, 14), (0, 0), (-1, 9), (4, -1)]
)
def test_a_hull_that_is_not_that_of_the_spans_is_refused(start: int, end: int) -> None:
    label = {"type": "PERS", "start": start, "end": end, "spans": [{"start": 4, "end": 9}]}

    assert code_of(bare(SHORT, entities=[label])) == "bad_extent"


@pytest.mark.parametrize(
    "cuts", [[(4, 9), (0, 3)], [(0, 5), (4, 9)], [(0, 3), (0, 3)], [(0, 4), (4, 9)]]
)
def test_spans_must_be_in_the_order_of_the_text_each_apart_from_the_next(
    cuts: list[tuple[int, int]],
) -> None:
    spans = [{"start": start, "end": end} for start, end in cuts]

    assert code_of(bare(SHORT, entities=[{"type": "PERS", "spans": spans}])) == "bad_extent"


def test_the_place_of_an_argument_must_be_that_of_its_filler() -> None:
    row = example(1)
    row["events"][0]["arguments"][0] |= span("ويتكوف")
    row["events"][0]["arguments"][0]["quote"] = ""

    assert refused(row)
