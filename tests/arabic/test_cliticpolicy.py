"""A policy makes the same of a span wherever it is asked, and sees where it need not look."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.arabic import cliticpolicy as policy
from annotator.arabic.fold import fold
from annotator.arabic.graphemes import is_boundary, snap_outward
from annotator.arabic.tokens import words
from tests.strategies import texts

TEXT = (
    "التقى بوتين وويتكوف في موسكو، وقال ويتكوف لبوتين وللسلطة إن كتابهم كتاب. وَبوتين والكرملين "
    'وCBS لـCBS سان فرانسيسكو: ان. بـ"بوتين" وصل فيينا. بالخارجية، عاد الكرملين'
)


def span(quote: str, text: str = TEXT) -> tuple[int, int]:
    start = text.index(quote)
    return start, start + len(quote)


@pytest.mark.parametrize(
    ("quote", "left"),
    [
        ("لبوتين", "بوتين"),
        ("وَبوتين", "بوتين"),
        ("وويتكوف", "ويتكوف"),
        ("وويتكوف في موسكو", "ويتكوف في موسكو"),
        ("وللسلطة", "لسلطة"),
        ("والكرملين", "الكرملين"),
        ("بالخارجية", "الخارجية"),
        ("كتابهم", "كتابهم"),
        ("وCBS", "CBS"),
        ("لـCBS", "CBS"),
        ("ويتكوف", "ويتكوف"),
        ("سان فرانسيسكو", "سان فرانسيسكو"),
        ("فيينا", "فيينا"),
        ("وصل", "وصل"),
        ("و", "و"),
        ("موسكو", "موسكو"),
    ],
)
def test_attached_letters_are_left_out_where_the_article_shows_that_they_are_such(
    quote: str, left: str
) -> None:
    start, end = span(quote)
    kept = policy.kept_to(policy.EXCLUDE, TEXT, start, end, policy.words_of(TEXT))
    assert TEXT[slice(*kept)] == left
    assert policy.keeps(policy.EXCLUDE, TEXT, start, end) == (quote == left)


@pytest.mark.parametrize(
    "name",
    ["كاليفورنيا", "كالاس", "والتر", "بالتيمور", "فالنسيا", "بالسونارو", "كالدربانك", "والبول"],
)
def test_a_name_that_looks_like_letters_before_an_article_is_whole(name: str) -> None:
    once = f"قال مسؤول في {name} إن الأمر جيد"
    start, end = span(name, once)
    assert policy.keeps(policy.EXCLUDE, once, start, end)
    often = policy.Words(lambda word: 3 if word == fold(name) else 0)
    assert policy.kept_to(policy.EXCLUDE, once, start, end, often) == (start, end)


def test_letters_before_what_was_met_without_them_are_left_out_of_a_frequent_word() -> None:
    text = "بالقمح"
    met = {"بالقمح": 9, "قمح": 1}
    words_met = policy.Words(lambda word: met.get(word, 0))
    assert policy.kept_to(policy.EXCLUDE, text, 0, len(text), words_met) == (1, len(text))


@pytest.mark.parametrize(
    ("word", "part", "taken"),
    [
        ("لبوتين", "بوتين", "لبوتين"),
        ("وَبوتين", "بوتين", "وَبوتين"),
        ("وللسلطة", "لسلطة", "وللسلطة"),
        ("كتابهم", "كتاب", "كتابهم"),
        ("كتابهم", "هم", "هم"),
        ("والكرملين", "كرملين", "والكرملين"),
        ("وCBS", "CBS", "وCBS"),
        ('بـ"بوتين"', "بوتين", "بوتين"),
        ("بوتين", "تين", "تين"),
    ],
)
def test_attached_letters_are_taken_in_where_they_can_be_such(
    word: str, part: str, taken: str
) -> None:
    first, _ = span(word)
    start, end = (first + at for at in span(part, word))
    kept = policy.kept_to(policy.INCLUDE, TEXT, start, end, policy.words_of(TEXT))
    assert TEXT[slice(*kept)] == taken
    assert policy.keeps(policy.INCLUDE, TEXT, start, end) == (part == taken)


def test_a_word_without_end_is_left_alone_and_takes_no_time() -> None:
    text = "وبوتين" * 15_000
    for start in range(0, 60_000, 6):
        assert policy.keeps(policy.EXCLUDE, text, start, start + 6)
        assert policy.keeps(policy.INCLUDE, text, start + 1, start + 6)


@given(texts(), st.data(), st.sampled_from([policy.EXCLUDE, policy.INCLUDE]))
def test_what_keeps_to_a_policy_lies_on_whole_graphemes_and_stays(
    text: str, data: st.DataObject, name: str
) -> None:
    places = list(words(text))
    if not places:
        return
    start, end = snap_outward(text, *data.draw(st.sampled_from(places)))
    known = policy.words_of(text)
    kept = policy.kept_to(name, text, start, end, known)
    assert kept[0] < kept[1]
    assert is_boundary(text, kept[0])
    assert is_boundary(text, kept[1])
    assert policy.keeps(name, text, start, end) == (kept == (start, end))
    assert policy.kept_to(name, text, *kept, known) == kept


@pytest.mark.parametrize(
    ("word", "left"), [("كلCBS", "كلCBS"), ("بكBBC", "بكBBC"), ("وبCBS", "CBS"), ("لـCBS", "CBS")]
)
def test_before_latin_only_letters_that_are_clitics_together_are_cut(word: str, left: str) -> None:
    told = f"{word} هنا"
    start, end = policy.kept_to("exclude", told, 0, len(word), policy.words_of(told))

    assert word[start:end] == left
