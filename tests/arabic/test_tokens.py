"""Tokens, words, and what is attached to a span."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.arabic.tokens import attached, tokens, word_at, word_edges, words
from tests.strategies import refused_texts, texts_with_span

# Each case: a text, and its tokens with their kinds.
CASES = {
    "قال: نعم!": "قال/arabic :/other نعم/arabic !/other",
    "و3.5": "و/arabic 3.5/number",
    'بـ"خطوة': 'بـ/arabic "/other خطوة/arabic',
    "لـ CBS News": "لـ/arabic CBS/latin News/latin",
    "14/7/2022": "14/number //other 7/number //other 2022/number",
    "٢٫٥٪": "٢٫٥/number ٪/other",
    "۱۴۰۴": "۱۴۰۴/number",
    "غزة.. وأمريكا": "غزة/arabic ../dots وأمريكا/arabic",
    "نعم… لا": "نعم/arabic …/dots لا/arabic",
    "مُستشفــى": "مُستشفــى/arabic",
    "می\u200cخواهم": "می\u200cخواهم/arabic",
    "a.b@site.iq، قال": "a.b@site.iq/mail ،/other قال/arabic",
    "انظر https://site.iq/أ?b=1.": "انظر/arabic https://site.iq/أ?b=1/url ./other",
    "www.site.iq": "www.site.iq/url",
    "#سوريا_الآن @user1": "#سوريا_الآن/tag @user1/tag",
    "U.S. anti-Putin d'état": "U.S/latin ./other anti-Putin/latin d'état/latin",
    "Путин": "Путин/latin",
    "👨\u200d👩\u200d👧 🇪🇬": "👨\u200d👩\u200d👧/other 🇪🇬/other",
    "👍🏽 ❤\ufe0f": "👍🏽/other ❤\ufe0f/other",
    "ﷺ": "ﷺ/arabic",
    "روسياأوكرانيا, حرب": "روسياأوكرانيا/arabic ,/other حرب/arabic",
}


@pytest.mark.parametrize(("text", "expected"), CASES.items())
def test_a_text_falls_into_these_tokens(text: str, expected: str) -> None:
    assert " ".join(f"{text[s:e]}/{kind}" for s, e, kind in tokens(text)) == expected


@given(refused_texts())
def test_every_visible_character_is_in_exactly_one_token(text: str) -> None:
    covered = [offset for start, end, _ in tokens(text) for offset in range(start, end)]

    assert covered == [offset for offset, c in enumerate(text) if not c.isspace()]


@given(refused_texts())
def test_a_text_is_tokenised_alike_between_blanks(text: str) -> None:
    for token in tokens(text):
        start, end = word_edges(text, token.start, token.end)
        assert (token.start - start, token.end - start, token.kind) in list(tokens(text[start:end]))


@given(refused_texts(), st.data())
def test_the_word_at_an_offset_is_one_that_touches_it(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    touching = [(start, end) for start, end in words(text) if start <= offset <= end]

    assert word_at(text, offset) == (touching[-1] if touching else None)


@given(texts_with_span())
def test_word_edges_are_the_blanks_around_a_span(example: tuple[str, tuple[int, int]]) -> None:
    text, (start, end) = example

    first, last = word_edges(text, start, end)

    touched = text[first:last]
    assert touched == touched.strip()
    assert first == 0 or text[first - 1].isspace()
    assert last == len(text) or text[last].isspace()
    assert text[start:end].strip() in touched
    assert word_edges(text, first, last) == (first, last)


def test_word_edges_of_blanks_are_the_blanks() -> None:
    assert word_edges("قال  نعم", 3, 5) == (3, 5)
    assert word_edges("قال  نعم", 4, 4) == (4, 4)


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        ("قال وبوتين أمس", "بوتين", ("و", "")),
        ("قال بوتين، أمس", "بوتين", ("", "")),
        ("«بوتين»", "بوتين", ("", "")),
        ("في لقائهم", "لقائ", ("", "هم")),
        ("وَبِكِتَابِهِمْ", "كِتَابِ", ("وَبِ", "هِمْ")),
        ("لـCBS", "CBS", ("لـ", "")),
        ("ــبوتين", "بوتين", ("ــ", "")),
        ("3بوتين4", "بوتين", ("", "")),
        ("می\u200cخواهم", "خواهم", ("می\u200c", "")),
        ("صلةاعتبر", "اعتبر", ("صلة", "")),
        ("\u200d\u200cبوتين\u200d.", "بوتين", ("", "")),
        ("بوتين", "بوتين", ("", "")),
    ],
)
def test_attached_letters_are_those_outside_the_span(
    text: str, quote: str, expected: tuple[str, str]
) -> None:
    start = text.index(quote)

    assert attached(text, start, start + len(quote)) == expected


@given(texts_with_span())
def test_what_is_attached_lies_in_the_same_word(example: tuple[str, tuple[int, int]]) -> None:
    text, (start, end) = example

    before, after = attached(text, start, end)

    assert text[:start].endswith(before)
    assert text[end:].startswith(after)
    assert not any(c.isspace() for c in before + after)


def test_a_long_line_of_signs_is_no_trap() -> None:
    for sign in "-.%@_#ـ'":
        assert list(tokens(sign * 20_000))
