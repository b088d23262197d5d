"""Graphemes: against a table of cases, and against uniseg's own walk through a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from uniseg.graphemecluster import grapheme_cluster_boundaries

from annotator.arabic.graphemes import _bits, _looked_up, graphemes, is_boundary, snap_outward
from tests.strategies import refused_texts

FAMILY = "👨\u200d👩\u200d👧\u200d👦"

# Each case is written as its graphemes.
CASES = {
    "letters": ["و", "ز", "ي", "ر"],
    "marks": ["كَ", "تَ", "بَ"],
    "shadda and kasra": ["م", "دِّ", "ر"],
    "marks over two letters of one word": ["سً", "ا"],
    "dagger alef": ["هٰ", "ذ", "ا"],
    "tatweel is a letter of its own": ["ب", "ـ", "ـ", "خ"],
    "tatweel with a mark": ["ـّ", "ل"],
    "a mark at the start": ["َ", "ب"],
    "a mark after a space": [" ّ", "ب"],
    "a mark after a line feed stands alone": ["\n", "ّ", "ب"],
    "zero-width non-joiner": ["ی\u200c", "خ"],
    "zero-width joiner after a letter": ["ه\u200d", " "],
    "lam-alef ligature": ["ﻻً", "ب"],
    "family": [FAMILY, "ع"],
    "two families": [FAMILY, FAMILY],
    "no joiner, no family": ["👨", "👩"],
    "letter, joiner, emoji": ["ه\u200d", "👩"],
    "skin tone": ["👍🏽", "👍"],
    "heart with a selector": ["❤\ufe0f", "."],
    "keycap": ["1\ufe0f\u20e3", "2"],
    "flags": ["🇪🇬", "🇵🇸"],
    "half a flag": ["🇪🇬", "🇵"],
    "number sign before its digits": ["\u0600٣", "٤"],
    "end of ayah before its number": ["\u06dd٢", "٣"],
    "prepended before a control": ["\u0605", "\n"],
    "two prepended": ["\u0601\u0602ب"],
    "CR LF": ["\r\n", "\n", "\r", "\r"],
    "bidi controls stand alone": ["\u202b", "و", "\u202c"],
    "Hangul syllables": ["한", "국"],
    "Hangul parts": ["\u1112\u1161\u11ab", "\u1100\u1161"],
    "Hangul syllable with a final": ["가\u11a8", "ᄀ"],
    "Latin with a mark": ["e\u0301", "t"],
    "Devanagari conjunct": ["क्षि", "क"],
    "Devanagari without a linker": ["क", "ष"],
    "lone surrogates": ["\ud83d", "\ude00"],
}  # fmt: skip


@pytest.mark.parametrize("expected", CASES.values(), ids=CASES.keys())
def test_a_text_falls_into_these_graphemes(expected: list[str]) -> None:
    text = "".join(expected)

    assert [text[start:end] for start, end in graphemes(text)] == expected


@given(refused_texts())
def test_boundaries_are_those_of_uniseg(text: str) -> None:
    expected = set(grapheme_cluster_boundaries(text)) | {0}

    assert {offset for offset in range(len(text) + 1) if is_boundary(text, offset)} == expected
    assert {0, *(end for _, end in graphemes(text))} == expected


def test_what_is_known_without_uniseg_is_what_uniseg_says() -> None:
    assert {c: _looked_up(c) for c in _bits} == _bits


@given(refused_texts())
def test_graphemes_cover_the_text_without_gaps(text: str) -> None:
    assert "".join(text[start:end] for start, end in graphemes(text)) == text
    assert all(start < end for start, end in graphemes(text))


@given(refused_texts(), st.data())
def test_snapping_gives_the_smallest_range_of_whole_graphemes(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))

    first, last = snap_outward(text, start, end)

    assert first == max(at for at in range(start + 1) if is_boundary(text, at))
    assert last == min(at for at in range(end, len(text) + 1) if is_boundary(text, at))
    assert snap_outward(text, first, last) == (first, last)


@pytest.mark.parametrize("text", ["🇪" * 50_001, "م" + "ّ" * 50_000, FAMILY + "\u200d👦" * 20_000])
def test_an_endless_run_is_walked_through_once(text: str) -> None:
    assert sum(end - start for start, end in graphemes(text)) == len(text)
