"""Folding: the same for what is the same, with an exact way back."""

import re
import unicodedata
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.arabic.fold import find_all, fold, fold_name, folded, index_fold, index_query
from annotator.arabic.foldtable import Level
from annotator.arabic.graphemes import is_boundary
from tests.strategies import names, news_texts, refused_texts, texts, texts_with_span

LEVELS = get_args(Level)
levels = st.sampled_from(LEVELS)
folding_levels = st.sampled_from(["marks", "letters"])

LEFT_OUT = {"Cn", "Co"}  # unassigned and private: they fold to themselves

# What level 1 and level 2 make of a text.
TABLE = [
    ("كِتَابٌ", "كتاب", "كتاب"),
    ("بـ كتــاب", "ب كتاب", "ب كتاب"),
    ("هٰذا", "هذا", "هذا"),
    ("آأإٱا", "ااااا", "ااااا"),
    ("إلى", "الى", "الي"),
    ("مدرسة", "مدرسة", "مدرسه"),
    ("مؤتمر رئيس", "مؤتمر رئيس", "موتمر رييس"),
    ("سماء", "سماء", "سماء"),
    ("یک ۀ ۃ", "يك ه ة", "يك ه ه"),
    ("گپچڤژۆ", "گپچڤژۆ", "كبجفزو"),
    ("٢٠٢٥ ۱۴۰۴", "2025 1404", "2025 1404"),
    ("٢٫٥٪ ١٬٠٠٠", "2.5% 1,000", "2.5% 1,000"),
    ("نعم، لا؛ هل؟ تم۔", "نعم, لا; هل? تم.", "نعم, لا; هل? تم."),
    ("«نعم» “لا” ‹أ›", '"نعم" "لا" \'ا\'', '"نعم" "لا" \'ا\''),
    ("روسيا–أوكرانيا", "روسيا-اوكرانيا", "روسيا-اوكرانيا"),
    ("أ\u00a0ب\tج\u2009د", "ا ب ج د", "ا ب ج د"),
    ("نعم…", "نعم...", "نعم..."),
    ("ﻻ ﷲ", "لا الله", "لا الله"),
    ("ﷺ", "صلى الله عليه وسلم", "صلي الله عليه وسلم"),
    ("ﹰ", "", ""),
    ("ﹱ", "", ""),
    ("ＡＢ１！", "ab1!", "ab1!"),
    ("CBS News", "cbs news", "cbs news"),
    ("Café cafe\u0301", "cafe cafe", "cafe cafe"),
    ("Путин ΛΌΓΟΣ", "путин λογοσ", "путин λογοσ"),
    ("\u202bنعم\u202c\u200f\ufeff", "نعم", "نعم"),
    ("أ\nب", "ا\nب", "ا\nب"),
]


@pytest.mark.parametrize(("text", "marks", "letters"), TABLE)
def test_a_text_folds_to_this(text: str, marks: str, letters: str) -> None:
    assert fold(text, "exact") == text
    assert fold(text, "marks") == marks
    assert fold(text, "letters") == fold(text) == letters


@pytest.mark.parametrize(
    ("one", "other"), [("ض", "ظ"), ("ذ", "ز"), ("ث", "س"), ("ترمب", "ترامب"), ("ء", "ا")]
)
def test_letters_that_differ_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_teh_marbuta_and_heh_stay_apart_where_only_marks_fold() -> None:
    assert fold("مدرسة", "marks") != fold("مدرسه", "marks")


@pytest.mark.parametrize("level", ["marks", "letters"])
def test_every_assigned_character_folds_once_and_alike_in_every_form(level: Level) -> None:
    characters = [c for c in map(chr, range(0x110000)) if unicodedata.category(c) not in LEFT_OUT]
    characters.remove("\x1e")
    everything = "\x1e".join(characters)

    once = fold(everything, level).split("\x1e")

    for other in (
        fold(fold(everything, level), level),
        fold(unicodedata.normalize("NFC", everything), level),
        fold(unicodedata.normalize("NFD", everything), level),
    ):
        pairs = zip(characters, once, other.split("\x1e"), strict=True)
        assert [hex(ord(character)) for character, a, b in pairs if a != b] == []


@given(refused_texts(), levels)
def test_folding_again_changes_nothing(text: str, level: Level) -> None:
    assert fold(fold(text, level), level) == fold(text, level)


@given(refused_texts(), folding_levels)
def test_normalization_forms_fold_alike(text: str, level: Level) -> None:
    assert (
        fold(unicodedata.normalize("NFC", text), level)
        == fold(unicodedata.normalize("NFD", text), level)
        == fold(text, level)
    )


def test_a_mixed_pile_of_marks_folds_alike() -> None:
    pile = "e\u064b\u0301و\u0651\u0323\u0654ي\u0654\u064eé"

    for level in ("marks", "letters"):
        assert fold(unicodedata.normalize("NFC", pile), level) == fold(pile, level)
    assert fold(pile, "marks") == "eؤئe"


@given(refused_texts(), refused_texts())
def test_the_search_fold_of_two_texts_is_their_folds_in_a_row(one: str, other: str) -> None:
    assert fold(one + other) == fold(one) + fold(other)


@given(st.one_of(texts(), news_texts()), folding_levels)
def test_an_uncommon_character_does_not_change_how_the_others_fold(text: str, level: Level) -> None:
    assert fold(text + "中", level) == fold(text, level) + "中"
    assert fold(f"中\n{text}", level) == f"中\n{fold(text, level)}"


@given(refused_texts(), levels)
def test_the_map_goes_there_and_back(text: str, level: Level) -> None:
    view = folded(text, level)

    assert view.text == fold(text, level)
    assert view.to_folded(len(text)) == len(view.text)
    for offset in range(len(text)):
        first, last = view.to_folded(offset), view.to_folded(offset + 1)
        assert first <= last
        if first < last:
            assert all(view.to_original(at, at + 1)[0] == offset for at in range(first, last))


@given(refused_texts(min_size=1), folding_levels, st.data())
def test_the_original_of_a_hit_folds_to_what_holds_the_hit(
    text: str, level: Level, data: st.DataObject
) -> None:
    view = folded(text, level)
    start = data.draw(st.integers(0, len(view.text)))
    end = data.draw(st.integers(start, len(view.text)))

    first, last = view.to_original(start, end)

    assert 0 <= first <= last <= len(text)
    assert view.text[start:end] in fold(text, level)[view.to_folded(first) : view.to_folded(last)]


@pytest.mark.parametrize(
    ("text", "query", "quotes"),
    [
        ("كتابٌ، كتــابـ وكتاب", "كتاب", ["كتابٌ", "كتــابـ"]),
        ("التقى بـ«بوتينَ»", "بوتين", ["بوتينَ"]),
        ("قال ﻻ", "لا", ["ﻻ"]),
        ("النبي ﷺ قال", "الله عليه", ["ﷺ"]),
        ("الرئيس\u00a0 الروسيّ", "الرئيس الروسي", ["الرئيس\u00a0 الروسيّ"]),
        ("الرئيس\nالروسي", "الرئيس الروسي", ["الرئيس\nالروسي"]),
        ("أوكرانيا اوكرانيا أُوكرانيا", "اوكرانيا", ["أوكرانيا", "اوكرانيا", "أُوكرانيا"]),
        ("#سوريا_الآن", "سوريا", ["سوريا"]),
        ("٢٠٢٥ و2025", "2025", ["٢٠٢٥"]),
        ("ترامب وترامب", "ترامب", ["ترامب"]),
        ("C++ وC", "c++", ["C++"]),
        ("5% 7%", "%", ["%", "%"]),
        ("مي مي مي", "مي مي", ["مي مي"]),
        ("كتاب\u200f", "كتاب", ["كتاب"]),
        ("الكتاب", "ًـ ", []),
        ("", "كتاب", []),
    ],
)  # fmt: skip
def test_whole_words_are_found_in_the_original(text: str, query: str, quotes: list[str]) -> None:
    assert [text[start:end] for start, end in find_all(text, query)] == quotes


def test_parts_of_words_are_found_when_asked_for() -> None:
    assert find_all("وترامب ترامبي", "ترامب", whole_word=False) == [(1, 6), (7, 12)]
    assert find_all("aaaa", "aa", whole_word=False) == [(0, 2), (2, 4)]


def test_a_character_that_holds_several_hits_is_found_once() -> None:
    assert find_all("قال ﷺ", "ل", whole_word=False) == [(2, 3), (4, 5)]
    assert find_all("👩\u200d👩\u200d👧", "👩", whole_word=False) == [(0, 5)]


def test_levels_tell_what_counts_as_the_same() -> None:
    text = "إلى الى الي إلى"

    assert find_all(text, "إلى", "exact") == [(0, 3), (12, 15)]
    assert find_all(text, "إلى", "marks") == [(0, 3), (4, 7), (12, 15)]
    assert len(find_all(text, "إلى")) == 4


def test_a_hit_is_of_whole_graphemes_at_every_level() -> None:
    assert find_all("كتابٌ", "كتاب", "exact") == [(0, 5)]
    assert find_all("👨\u200d👩\u200d👧", "👩", "letters", whole_word=False) == [(0, 5)]
    assert find_all("ه\u200d قال", "ه") == [(0, 2)]


@given(texts_with_span(), levels)
def test_a_quote_is_found_where_it_stands(
    example: tuple[str, tuple[int, int]], level: Level
) -> None:
    text, (start, end) = example
    if not fold(text[start:end], level).strip() or "\u0654" in text:
        return

    hits = find_all(text, text[start:end], level, whole_word=False)

    assert hits
    assert all(is_boundary(text, at) for hit in hits for at in hit)
    assert hits[0][0] <= end


def words_of(folded_text: str) -> list[str]:
    return re.findall(r"[^\W_]+", folded_text)


@given(st.one_of(refused_texts(), news_texts()))
def test_the_index_holds_the_words_of_the_fold(text: str) -> None:
    assert index_fold(text).split() == words_of(fold(text))


@given(st.one_of(texts(), news_texts()))
def test_both_paths_to_the_index_agree(text: str) -> None:
    assert index_fold(text + "中 ").split() == words_of(fold(text) + "中")


def test_every_character_comes_to_the_index_as_the_fold_has_it() -> None:
    for character in map(chr, range(0x3000)):
        assert index_fold(character).split() == words_of(fold(character)), hex(ord(character))


@given(texts(), texts())
def test_a_query_has_the_words_that_the_index_has(before: str, query: str) -> None:
    indexed = index_fold(f"{before} {query}").split()

    assert index_query(query) == indexed[len(indexed) - len(index_query(query)) :]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أحمد", "احمد"),
        ("أَحْمَد  علي", " احمد علي "),
        ("Ali", "ALI"),
        ("É", "e\u0301"),
        ("Straße", "STRASSE"),
        ("ﻋﻠﻲ", "علي"),
        ("ａｌｉ", "ali"),
        ("علي\u200f", "على"),
    ],
)
def test_spellings_of_one_name_are_one(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)


@pytest.mark.parametrize(("one", "other"), [("علي", "عليا"), ("が", "か"), ("ali b", "alib")])
def test_different_names_stay_two(one: str, other: str) -> None:
    assert fold_name(one) != fold_name(other)


@given(st.one_of(names(), refused_texts()))
def test_a_folded_name_is_folded_already(name: str) -> None:
    assert fold_name(fold_name(name)) == fold_name(name)
    assert fold_name(unicodedata.normalize("NFD", name)) == fold_name(name)
