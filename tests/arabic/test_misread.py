"""Texts that were damaged before they came: told, and read again where nothing was lost."""

import pytest
from hypothesis import given

from annotator.arabic.misread import is_hardly_arabic, misread_as, reread
from annotator.arabic.unseen import righted
from tests.arabic import pages
from tests.strategies import texts

SEEDS = [page.text for page in pages.seeds()]
ENCODINGS = ["cp1256", "cp1252", "latin-1"]


def misread(text: str, encoding: str) -> str:
    """Return `text` as a program shows its UTF-8 in `encoding`; unused bytes pass through."""
    signs = []
    for byte in text.encode():
        try:
            signs.append(bytes([byte]).decode(encoding))
        except UnicodeDecodeError:
            signs.append(chr(byte))
    return "".join(signs)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("text", SEEDS)
def test_what_was_misread_is_told_and_comes_back_whole(text: str, encoding: str) -> None:
    wrong = misread(text, encoding)

    assert misread_as(wrong) == encoding
    assert reread(wrong) == righted(wrong) == text


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_sentence_is_enough(encoding: str) -> None:
    assert reread(misread("قال الوزير إن اللقاء مفيد.", encoding)) == "قال الوزير إن اللقاء مفيد."
    assert reread(misread("\ufeffقال الوزير إن اللقاء", encoding)) == "قال الوزير إن اللقاء"


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_where_letters_were_lost_nothing_is_made_up(encoding: str) -> None:
    wrong = misread(SEEDS[0], encoding)
    at = wrong.index(misread("ل", encoding))

    for damaged in (wrong[: at + 1] + wrong[at + 2 :], wrong.replace("\n", "\ufffd")):
        assert misread_as(damaged) == encoding
        assert reread(damaged) == ""
        assert "\n" in damaged or righted(damaged) == damaged


@pytest.mark.parametrize("text", [*SEEDS, "ظ ظ ظ", "حظ وظفر", "Ärger über Ùlle Øre", "قال", ""])
def test_other_texts_were_not_misread(text: str) -> None:
    assert misread_as(text) == ""
    assert not is_hardly_arabic(text)


@given(texts())
def test_what_is_read_again_is_what_was_misread(text: str) -> None:
    again = reread(text)

    assert not again or misread(again, misread_as(text)).removeprefix("ï»¿") in text


@pytest.mark.parametrize("text", SEEDS)
def test_a_text_with_little_arabic_is_told(text: str) -> None:
    latin = "He said so in Moscow today and said it again. " * 99

    assert is_hardly_arabic(latin)
    assert is_hardly_arabic(latin + text[:400])
    assert not is_hardly_arabic(latin[:500] + text)
    assert not is_hardly_arabic("2025 " * 99)
