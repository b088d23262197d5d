"""The table of folds, and the fast path that is made of it."""

import pytest

from annotator.arabic import characters
from annotator.arabic.bytefold import ByteFold
from annotator.arabic.foldtable import PLAIN, TABLES, Level

ALL = list(map(chr, range(0x110000)))


@pytest.mark.parametrize("level", ["marks", "letters"])
def test_plain_characters_fold_to_exactly_one(level: Level) -> None:
    for character in characters.characters_of(PLAIN):
        assert len(TABLES[level][ord(character)]) == 1, hex(ord(character))


@pytest.mark.parametrize("level", ["marks", "letters"])
def test_the_fast_path_folds_each_character_as_the_table_does(level: Level) -> None:
    fast = ByteFold.of_text(TABLES[level])
    n_fast = 0
    for character in ALL:
        try:
            result = fast(character)
        except UnicodeEncodeError:
            continue
        n_fast += 1
        assert result == TABLES[level][ord(character)], hex(ord(character))
    assert 200 < n_fast <= 256


def test_letters_of_arabic_fold_to_letters_and_shapes_of_marks_to_nothing() -> None:
    for letter in characters.characters_of(characters.ARABIC_LETTERS):
        assert letter.isalpha()
        folded = TABLES["letters"][ord(letter)].replace(" ", "")
        assert folded.isalpha() or not folded, hex(ord(letter))


def test_marks_fold_to_nothing() -> None:
    for mark in characters.characters_of(characters.MARKS):
        assert TABLES["marks"][ord(mark)] == TABLES["letters"][ord(mark)] == ""
