"""Line ends, paragraphs, and what no text may hold."""

import pytest
from hypothesis import given

from annotator.arabic.lines import (
    NotText,
    check_text,
    line_of,
    longest_paragraph,
    paragraphs,
    with_line_feeds,
)
from tests.strategies import texts


@given(texts())
def test_line_feeds_are_the_only_change(text: str) -> None:
    result = with_line_feeds(text)

    assert "\r" not in result
    assert result.replace("\n", "") == text.replace("\r", "").replace("\n", "")
    assert with_line_feeds(result) == result


def test_crlf_is_one_line_end_and_cr_is_another() -> None:
    assert with_line_feeds("أ\r\nب\rج\n\rد\u2028ه\x85") == "أ\nب\nج\n\nد\u2028ه\x85"


@given(texts())
def test_paragraphs_are_what_stands_between_line_feeds(text: str) -> None:
    assert [text[start:end] for start, end in paragraphs(text)] == text.split("\n")


@given(texts())
def test_the_longest_paragraph_is_on_its_line(text: str) -> None:
    line, length = longest_paragraph(text)

    assert len(text.split("\n")[line - 1]) == length == max(map(len, text.split("\n")))


@given(texts())
def test_the_line_of_an_offset_counts_the_line_feeds_before_it(text: str) -> None:
    for number, (start, end) in enumerate(paragraphs(text), 1):
        assert line_of(text, start) == line_of(text, end) == number


@given(texts())
def test_a_text_without_nul_and_surrogates_passes(text: str) -> None:
    check_text(text)


@pytest.mark.parametrize(
    ("character", "code"),
    [("\0", "nul"), ("\ud83d", "lone_surrogate")],
)
def test_what_no_text_may_hold_is_refused_with_its_place(character: str, code: str) -> None:
    with pytest.raises(NotText) as refused:
        check_text(f"خبر\nعاجل{character}.")

    error = refused.value
    assert (error.code, error.offset, error.unit, error.line) == (code, 8, "characters", 2)
    assert str(error) == f"{code} at 8 (characters), line 2"


@pytest.mark.parametrize("surrogates", ["\udfff", "\ud83d\ude00"])
def test_surrogates_are_refused_in_pairs_too(surrogates: str) -> None:
    with pytest.raises(NotText, match="lone_surrogate"):
        check_text(surrogates)
