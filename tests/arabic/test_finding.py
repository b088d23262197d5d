"""Finding words as a reader thinks of them: folded, behind clitics, and exactly in the original."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.arabic.finding import Finder, Query
from annotator.arabic.fold import fold, index_fold, index_query
from annotator.arabic.foldtable import Level
from annotator.arabic.graphemes import is_boundary
from tests.strategies import WORDS, news_texts, texts

LEVELS: tuple[Level, ...] = ("exact", "marks", "letters")
_queries = st.one_of(st.sampled_from(WORDS), texts(max_size=6), news_texts(max_size=8))


def quotes(query: str, text: str, level: Level = "letters", **how: bool) -> list[str]:
    found = Finder(Query(query, level, **how)).hits(text)
    return [text[hit.start : hit.end] for hit in found]


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("أوكرانيا", "لأوكرانيا وأوكرانيا ولاوكرانيا", ["أوكرانيا", "أوكرانيا", "اوكرانيا"]),
        ("ترامب", "وترامب", ["ترامب"]),
        ("كتاب", "كتابٌ", ["كتابٌ"]),
        ("الاتحاد", "للاتحاد", ["لاتحاد"]),
        ("الاتحاد", "وللاتحاد، فالاتحاد بالاتّحاد", ["لاتحاد", "الاتحاد", "الاتّحاد"]),
        ("الاتحاد الأوروبي", "للاتحاد الأوروبي", ["لاتحاد الأوروبي"]),
        ("الاتصال", "فالاتصال", ["الاتصال"]),
        ("CBS", "لـCBS و CBS", ["CBS", "CBS"]),
        ("خطوة", 'بـ"خطوة"', ["خطوة"]),
        ("يعقد", "سيعقد وسيعقد", ["يعقد", "يعقد"]),
        ("لا", "ﻻ", ["ﻻ"]),
        ("صلى الله", "قال ﷺ", ["ﷺ"]),
        ("وزير الخارجية", "وزيرُ  الخارجيــة", ["وزيرُ  الخارجيــة"]),
        ("مستشفى", "المستشفى بمستشفي", ["مستشفي"]),
        ("بوتين بوتين", "Xبوتين بوتين بوتين", ["بوتين بوتين"]),
    ],
)
def test_a_word_is_found_behind_its_clitics(query: str, text: str, found: list[str]) -> None:
    assert quotes(query, text) == found


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("بوتين", "بوتينا أبوتين xبوتين بوتين2"),
        ("زير", "وزير ووزير"),
        ("تارة", "ستارة"),
        ("روسي", "روسية روسيا"),
        ("اتحاد", "الاتحاد للاتحاد"),
        ("الاتحاد", "لاتحاد مالاتحاد"),
        ("و", "وبوتين"),
    ],
)
def test_nothing_is_found_inside_a_longer_stem(query: str, text: str) -> None:
    assert quotes(query, text) == []


def test_where_the_clitics_begin_is_told() -> None:
    text = "قال ولـأوكرانيا"
    (hit,) = Finder(Query("أوكرانيا")).hits(text)
    assert (text[hit.start : hit.end], text[hit.with_clitics_from : hit.end]) == (
        "أوكرانيا",
        "ولـأوكرانيا",
    )


def test_without_clitics_only_bare_words_are_found() -> None:
    assert quotes("بوتين", "وبوتين بوتين", with_clitics=False) == ["بوتين"]
    assert quotes("الاتحاد", "للاتحاد", with_clitics=False) == []


@pytest.mark.parametrize(
    ("level", "found"),
    [
        ("exact", ["إلى"]),
        ("marks", ["إلى", "الى", "إلــى", "إِلى"]),
        ("letters", ["إلى", "الى", "إلــى", "إِلى", "الي"]),
    ],
)
def test_each_level_finds_what_is_written_otherwise(level: Level, found: list[str]) -> None:
    assert quotes("إلى", "إلى الى إلــى إِلى الي", level) == found


def test_to_the_letter_the_clitics_and_the_marks_behind_are_no_matter() -> None:
    assert quotes("كتاب", "كتابٌ وكتاب وكِتاب", "exact") == ["كتابٌ", "كتاب"]
    assert quotes("الأمن", "للأمن للامن", "exact") == ["لأمن"]


def test_a_beginning_finds_all_of_the_word() -> None:
    text = "أوكرانيا والأوكرانية وأوكرانيّون"
    assert quotes("أوكران", text) == []
    assert quotes("أوكران", text, is_prefix=True) == ["أوكرانيا", "أوكرانيّون"]
    assert quotes("وزير الخار", "وزير الخارجيةِ", is_prefix=True) == ["وزير الخارجيةِ"]


def test_the_last_name_alone_is_found_where_it_is_asked_for() -> None:
    text = "فلاديمير بوتين ثم وبوتين"
    assert quotes("فلاديمير بوتين", text) == ["فلاديمير بوتين"]
    assert quotes("فلاديمير بوتين", text, with_last_name=True) == ["فلاديمير بوتين", "بوتين"]
    assert quotes("بوتين", text, with_last_name=True) == ["بوتين", "بوتين"]


@pytest.mark.parametrize("query", ["", " ", "ٌ", "ـ", "،؟", '"', "\u200f", "…"])
def test_a_query_without_letters_finds_nothing(query: str) -> None:
    assert quotes(query, 'بوتين، "قال": ـ ٌ …') == []
    assert Finder(Query(query)).in_index == []


@given(_queries, texts(max_size=60), st.sampled_from(LEVELS), st.booleans(), st.booleans())
@example("الاتحاد", "وللاتّحاد", "letters", True, False)
@example("لا", "ﻻ", "exact", True, False)
@example("بوتين\u200e", "", "exact", False, False)
@example("ًٱلله", "", "exact", True, False)
def test_each_hit_is_whole_graphemes_whose_fold_holds_the_query(
    query: str, text: str, level: Level, with_clitics: bool, is_prefix: bool
) -> None:
    finder = Finder(Query(query, level, with_clitics, is_prefix))
    text = f"{text} {query} و{query}ٌ"
    before = 0
    wanted = " ".join(fold(query, level).split())
    for hit in finder.hits(text):
        assert before <= hit.with_clitics_from <= hit.start < hit.end <= len(text)
        assert all(is_boundary(text, offset) for offset in hit)
        found = " ".join(fold(text[hit.start : hit.end], level).split())
        is_without_alef = with_clitics and wanted.startswith("ال") and wanted[1:] in found
        assert wanted in found or is_without_alef
        before = hit.end


@given(_queries, news_texts(max_size=60), st.booleans())
def test_every_text_with_a_hit_is_a_candidate_of_the_index(
    query: str, text: str, is_prefix: bool
) -> None:
    finder = Finder(Query(query, is_prefix=is_prefix))
    text = f"{text} ل{query}"
    if not finder.hits(text):
        return
    words = f" {' '.join(index_fold(text).split())} "
    ends = "" if is_prefix else " "
    assert any(f" {phrase}{ends}" in words for phrase in finder.in_index)


@given(_queries, news_texts(max_size=40))
def test_both_normal_forms_have_the_same_hits(query: str, text: str) -> None:
    text = f"{text} {query}"
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    hits = [
        [fold(one[hit.start : hit.end]) for hit in Finder(Query(query)).hits(one)]
        for one in (composed, decomposed)
    ]
    assert hits[0] == hits[1]


@given(st.sampled_from([word for word in WORDS if index_query(word)]))
def test_a_word_of_its_own_is_always_found(word: str) -> None:
    assert quotes(word, f"قال {word}، ثم") != []


@pytest.mark.parametrize(
    "text",
    [
        "بوتين" * 20_000,
        "ب" * 100_000,
        "بوتين " * 16_000,
        "".join(f"{letter}ـ" for letter in "قال بوتين اليوم " * 3_000),
        "".join(f"{letter}\u064e\u0651" for letter in "قال بوتين اليوم " * 2_000),
        "ﺑﻮﺗﻴﻦ" * 20_000,
        "ﺑﻮﺗﻴﻦ " * 16_000,
    ],
)
@pytest.mark.parametrize("query", ["بوتين", "الاتحاد", "ب" * 900, "ب " * 450])
def test_long_paragraphs_are_searched_once(text: str, query: str) -> None:
    wanted = " ".join(fold(query).split())
    for start, end, _ in Finder(Query(query)).hits(text):
        assert wanted in " ".join(fold(text[start:end]).split())
