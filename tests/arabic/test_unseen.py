"""What is not seen: found exactly, counted; a text in the order of the eye, told and put right."""

import unicodedata

import pytest
from bidi import get_display  # type: ignore[import-untyped]
from hypothesis import given

from annotator.arabic.spelling import unshaped
from annotator.arabic.unseen import (
    KINDS,
    counts_of,
    is_in_order_of_eye,
    righted,
    runs_together,
    unseen,
)
from tests.arabic import pages
from tests.strategies import texts

SEEDS = [page.text for page in pages.seeds()]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("قال", []),
        ("قا\u200dل", [(2, 3, "zero_width")]),
        ("كتـــاب", [(2, 5, "tatweel")]),
        ("قال\u00a0الوزير", [(3, 4, "no_break")]),
        ("قال   الوزير", [(3, 6, "spaces")]),
        ("قال    الوزير", [(3, 7, "spaces")]),
        ("\u202eريزولا\u202c", [(0, 1, "override"), (7, 8, "bidi")]),
        ("ﻣﺮﺣﺒﺎ بك", [(0, 5, "shapes")]),
        ("قال ﷺ", []),
        ("\ufeffقال", [(0, 1, "zero_width")]),
    ],
)
def test_places_are_exact(text: str, found: list[tuple[int, int, str]]) -> None:
    assert [tuple(one) for one in unseen(text)] == found


def test_counts_are_by_character_and_double_spaces_by_place() -> None:
    text = "كتـــاب\u200f  جديد\u200e   آخر"

    assert counts_of(text) == {"bidi": 2, "tatweel": 3, "spaces": 2}


def test_the_samples_have_what_a_person_counted() -> None:
    assert not any(set(counts_of(text)) & {"bidi", "override", "shapes"} for text in SEEDS)
    assert sum(counts_of(text).get("no_break", 0) for text in SEEDS) == sum(
        text.count("\u00a0") for text in SEEDS
    )


@given(texts())
def test_counts_are_those_of_the_places(text: str) -> None:
    counted = dict.fromkeys(KINDS, 0)
    for start, end, kind in unseen(text):
        counted[kind] += 1 if kind == "spaces" else end - start

    assert counts_of(text) == {kind: n for kind, n in counted.items() if n}


def test_every_character_is_counted_as_it_is_found() -> None:
    for code in (*range(0x3000), *range(0xD7F0, 0xE010), *range(0xF800, 0x10010), 0xE0001):
        text = chr(code)
        assert list(counts_of(text)) == [kind for _, _, kind in unseen(text)], hex(code)


@given(texts())
def test_who_says_whether_there_are_shapes_gets_the_same_answer(text: str) -> None:
    has_shapes = "shapes" in counts_of(text)

    assert is_in_order_of_eye(text, has_shapes=has_shapes) == is_in_order_of_eye(text)


@pytest.mark.parametrize("text", SEEDS)
def test_words_that_run_together_are_told(text: str) -> None:
    assert runs_together("".join(text.split()))
    assert not runs_together(text)
    assert not runs_together("\n".join(text.split()))


@given(texts())
def test_stretches_are_in_order_apart_and_of_one_kind(text: str) -> None:
    last = 0
    for start, end, kind in unseen(text):
        assert last <= start < end <= len(text)
        assert kind in KINDS
        last = end


@pytest.mark.parametrize("text", SEEDS)
def test_the_order_of_the_eye_is_told_from_the_order_of_reading(text: str) -> None:
    seen = "\n".join(get_display(line, base_dir="R") if line else "" for line in text.split("\n"))

    assert not is_in_order_of_eye(text)
    assert is_in_order_of_eye(seen)


@pytest.mark.parametrize("text", SEEDS)
def test_a_text_in_the_order_of_the_eye_comes_back(text: str) -> None:
    seen = "\n".join(get_display(line, base_dir="R") if line else "" for line in text.split("\n"))
    wanted, found = text.split(), righted(seen).split()

    assert len(found) == len(wanted)
    assert len(set(found) & set(wanted)) >= 0.99 * len(set(wanted))


def test_shapes_become_letters_whichever_order_they_stand_in() -> None:
    assert righted("ﻣﺮﺣﺒﺎ بكم") == "مرحبا بكم"
    assert righted("ﺎﺒﺣﺮﻣ") == unshaped("ﺎﺒﺣﺮﻣ") == "مرحبا"
    assert righted("ﻡﻼﺴﻟﺍ") == "السلام"  # a ligature is turned round before it is taken apart


@given(texts())
def test_a_text_without_shapes_in_the_order_of_reading_stays(text: str) -> None:
    if not is_in_order_of_eye(text) and "shapes" not in counts_of(text):
        assert righted(text) == text


@given(texts())
def test_no_shape_is_left(text: str) -> None:
    assert "shapes" not in counts_of(righted(text))


def test_letters_of_a_shape_are_those_of_unicode() -> None:
    assert righted("ﷲ") == unicodedata.normalize("NFKC", "ﷲ")


def test_a_long_line_is_looked_at_at_once() -> None:
    text = "كـتـا" * 20_000

    assert counts_of(text) == {"tatweel": 40_000}
    assert not is_in_order_of_eye(text)
