"""Regular expressions of people: over the text or its fold, and what is none."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.arabic import patterns
from annotator.arabic.fold import fold
from annotator.arabic.foldtable import Level
from annotator.arabic.graphemes import is_boundary
from tests.strategies import texts

LEVELS: tuple[Level, ...] = ("exact", "marks", "letters")


@pytest.mark.parametrize(
    ("written", "text", "level", "found"),
    [
        ("ك.اب", "كتابٌ وكِتاب", "exact", ["كتابٌ"]),
        ("ك.اب", "كتابٌ وكِتاب", "marks", ["كتابٌ", "كِتاب"]),
        ("^قال$", "قال\nقال نعم\nقال", "exact", ["قال", "قال"]),
        ("x*", "xx و", "exact", ["xx"]),
        ("الله", "ﷲ", "marks", ["ﷲ"]),
    ],
)
def test_places_lie_on_the_original(
    written: str, text: str, level: Level, found: list[str]
) -> None:
    hits = patterns.hits(patterns.compiled(written), text, level)
    assert [text[hit.start : hit.end] for hit in hits] == found


@given(
    texts(max_size=40),
    st.sampled_from([r"\w+", ".", r"[ا-ي]{2,}", r"\s+"]),
    st.sampled_from(LEVELS),
)
def test_places_are_whole_graphemes_that_hold_what_fits(
    text: str, written: str, level: Level
) -> None:
    pattern = patterns.compiled(written)
    for start, end, _ in patterns.hits(pattern, text, level):
        assert start < end
        assert is_boundary(text, start)
        assert is_boundary(text, end)
        assert re.search(written, fold(text[start:end], level))


@pytest.mark.parametrize(
    ("written", "place"), [("(", 0), ("ب)", 1), ("*", 0), ("(" * 2000 + ")" * 2000, -1)]
)
def test_a_fault_has_its_place_where_it_has_one(written: str, place: int) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011
        patterns.compiled(written)
    assert caught.value.args == (place,)
