"""The look of Arabic text."""

import pytest
from hypothesis import given

from annotator.arabic.likeness import arabic_likeness, candidates, is_nearly_utf8
from tests.strategies import refused_texts

SENTENCE = "وقال المتحدث باسم الكرملين إن لقاء الرئيسين كان مفيدًا"


@pytest.mark.parametrize("wrong", ["iso8859-6", "mac-arabic", "cp864", "cp720", "latin-1"])
def test_the_right_code_page_looks_more_like_arabic(wrong: str) -> None:
    misread = SENTENCE.encode("cp1256").decode(wrong, "replace")

    assert arabic_likeness(SENTENCE) > 1 > arabic_likeness(misread)


def test_a_text_without_arabic_is_nothing_like_it() -> None:
    assert arabic_likeness("No Arabic here") == arabic_likeness("") == -1


@given(refused_texts())
def test_any_text_has_a_likeness(text: str) -> None:
    assert arabic_likeness(text) < 2


def test_shapes_of_letters_count_as_letters() -> None:
    assert arabic_likeness("ﻗﺎﻝ ﺍﻟﺮﺋﻴﺲ ﺍﻟﺮﻭﺳﻲ") == pytest.approx(
        arabic_likeness("قال الرئيس الروسي")
    )


def test_candidates_come_likeliest_first() -> None:
    found = list(candidates(SENTENCE.encode("cp1256")))

    assert found[0][0] == "cp1256"
    assert found[0][1] >= 80


def test_utf8_with_a_damaged_character_is_nearly_utf8() -> None:
    data = SENTENCE.encode()

    assert is_nearly_utf8(data[:-1])
    assert not is_nearly_utf8(SENTENCE.encode("cp1256"))
    assert not is_nearly_utf8(b"\xff\xfe")
