"""Where words can be cut, in offsets of what is written; and which cut is meant, by counts."""

import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.arabic import clitics
from annotator.arabic.fold import fold
from annotator.arabic.graphemes import is_boundary
from tests.strategies import MARKS, texts

COUNTS = Counter({"بوتين": 9, "كتاب": 5, "مدينه": 4, "الهند": 3, "وزير": 6}).__getitem__
WORDS = st.text(alphabet="وفبكلسالهمنيةَُتدرأئ", min_size=1, max_size=10)


def spelled(word: str) -> tuple[list[str], list[str]]:
    """Return what each cut leaves of `word`, folded."""
    front = [fold(word[cut.at :]) for cut in clitics.front_candidates(word)]
    behind = [fold(word[: cut.at]) for cut in clitics.behind_candidates(word)]
    return front, behind


@pytest.mark.parametrize(
    ("word", "stems"),
    [
        ("وبوتين", ["بوتين", "وتين"]),
        ("ترامب", []),
        ("وترامب", ["ترامب"]),
        ("لأوكرانيا", ["أوكرانيا"]),
        ("وبالكرملين", ["بالكرملين", "الكرملين", "كرملين"]),
        ("فالاتصال", ["الاتصال", "اتصال"]),
        ("للاتحاد", ["لاتحاد", "اتحاد"]),
        ("وللاتحاد", ["للاتحاد", "لاتحاد", "اتحاد"]),
        ("سيعقد", ["يعقد"]),
        ("وَلِلسُّلطة", ["لِلسُّلطة", "لسُّلطة", "سُّلطة"]),
        ("لـأوكرانيا", ["أوكرانيا"]),
        ("ﻟﻠﺴﻠﻄﺔ", ["ﻠﺴﻠﻄﺔ", "ﺴﻠﻄﺔ"]),
        ("في", []),
        ("و", []),
        ("", []),
        ("CBS", []),
    ],
)
def test_every_stem_behind_a_clitic_is_a_candidate(word: str, stems: list[str]) -> None:
    found = sorted((word[cut.at :] for cut in clitics.front_candidates(word)), key=len)
    assert [fold(stem) for stem in found[::-1]] == [fold(stem) for stem in stems]
    assert [word[at:] for at in clitics.cuts_in_front(word)[1:]] == found[::-1]


@pytest.mark.parametrize(
    ("word", "stems"),
    [
        ("كتابهما", ["كتاب"]),
        ("كِتابُهُم", ["كِتابُ"]),
        ("كتابــه", ["كتابــ"]),
        ("لقائه", ["لقائ"]),
        ("مدرسة", []),
        ("له", ["ل"]),
        ("هم", []),
        ("", []),
    ],
)
def test_every_stem_before_a_pronoun_is_a_candidate(word: str, stems: list[str]) -> None:
    assert [word[: cut.at] for cut in clitics.behind_candidates(word)] == stems
    assert [word[:at] for at in clitics.cuts_behind(word)[1:]] == stems


def test_letters_that_old_fonts_write_as_one_character_are_not_cut_apart() -> None:
    assert clitics.front_candidates("ﻷوكرانيا") == []


@given(st.one_of(WORDS, texts(max_size=12)))
def test_cuts_lie_inside_the_word_between_graphemes(word: str) -> None:
    front, behind = clitics.front_candidates(word), clitics.behind_candidates(word)
    for at, clitic in [*front, *behind]:
        assert 0 < at < len(word)
        assert is_boundary(word, at)
        assert clitic
    assert [at for at, _ in front] == sorted({at for at, _ in front})
    for start, end, _ in clitics.ranked(word, COUNTS):
        assert 0 <= start < end <= len(word)
        assert is_boundary(word, start)
        assert is_boundary(word, end)


@given(WORDS, st.sampled_from([*MARKS, "\u0640", "\u0640\u0640"]))
def test_marks_and_tatweel_go_with_the_letter_before_them(word: str, mark: str) -> None:
    bare = fold(word, "marks")
    drawn_out = "".join(letter + mark for letter in bare)
    if fold(drawn_out, "marks") != bare:  # a hamza or madda makes another letter
        return
    assert spelled(drawn_out) == spelled(bare)
    assert all(drawn_out[cut.at - 1] == mark[-1] for cut in clitics.front_candidates(drawn_out))


@given(WORDS)
def test_the_two_normal_forms_have_the_same_cuts(word: str) -> None:
    composed = unicodedata.normalize("NFC", word)
    decomposed = unicodedata.normalize("NFD", word)
    assert spelled(composed) == spelled(decomposed)
    best = clitics.guess(composed, COUNTS), clitics.guess(decomposed, COUNTS)
    assert fold(composed[slice(*best[0])]) == fold(decomposed[slice(*best[1])])


@given(st.one_of(WORDS, texts(max_size=12)))
def test_the_guess_is_the_first_of_all_and_what_cannot_be_cut_stays_whole(word: str) -> None:
    found = clitics.ranked(word, COUNTS)
    assert clitics.guess(word, COUNTS) == (found[0][:2] if found else (0, len(word)))
    if word:
        assert (0, len(word), 0.0) in found
    if not clitics.front_candidates(word) and not clitics.behind_candidates(word):
        assert clitics.guess(word, COUNTS) == (0, len(word))


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("وبوتين", "بوتين"),
        ("بوتين", "بوتين"),
        ("وزير", "وزير"),
        ("والأميركي", "الأميركي"),
        ("للهند", "لهند"),
        ("كتابه", "كتاب"),
        ("وَكِتابُه", "كِتابُ"),
        ("مدينتهم", "مدينت"),
        ("منهم", "من"),
        ("لبنان", "لبنان"),
        ("لكن", "لكن"),
        ("الصيني", "الصيني"),
    ],
)
def test_counts_of_the_projects_words_say_which_cut_is_meant(word: str, stem: str) -> None:
    assert word[slice(*clitics.guess(word, COUNTS))] == stem


@pytest.mark.parametrize(
    ("word", "bare"),
    [
        ("وبوتين", "بوتين"),
        ("وَبُوتِين", "بُوتِين"),
        ("لـبوتين", "بوتين"),
        ("وبالكتاب", "الكتاب"),
        ("للكتاب", "الكتاب"),
        ("وللكتاب", "الكتاب"),
        ("للهند", "الهند"),
        ("سيعقد", "يعقد"),
        ("بوتين", ""),
        ("وزير", ""),
        ("كتاب", ""),
        ("الكتاب", ""),
        ("و", ""),
        ("", ""),
        ("CBS", ""),
    ],
)
def test_a_word_is_read_without_what_is_likely_a_clitic_in_front(word: str, bare: str) -> None:
    assert clitics.without_front(word, COUNTS) == bare


@given(st.one_of(WORDS, texts(max_size=12)))
def test_without_its_clitics_a_word_is_shorter_or_has_its_article_again(word: str) -> None:
    bare = clitics.without_front(word, COUNTS)
    assert not bare or word.endswith(bare.removeprefix("ال").removeprefix("ا"))
