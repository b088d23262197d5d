"""Keys: one place for a key, whatever characters the keyboard sends."""

import string

import pytest

from annotator.gui.keys import layout

LINUX = layout("linux")


@pytest.mark.parametrize("platform", ["linux", "win32", "darwin"])
def test_latin_letters_are_their_own_places(platform: str) -> None:
    for letter in string.ascii_lowercase:
        assert layout(platform).place(letter) == letter
        assert layout(platform).place(letter.upper()) == letter


@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_every_letter_has_an_arabic_legend_that_leads_back_to_it(platform: str) -> None:
    keys = layout(platform)
    for letter in string.ascii_lowercase:
        legend = keys.arabic_legend(letter)
        assert legend, letter
        assert keys.place(legend) == letter


def test_lam_alef_comes_as_two_characters_or_as_one() -> None:
    assert [LINUX.place(sign) for sign in ("لا", "\ufefb", "لآ", "لأ", "لإ")] == list("bbbgt")


def test_shifted_arabic_letters_keep_their_place() -> None:
    assert [LINUX.place(sign) for sign in ("؛", "أ", "إ", "\u064e", "÷")] == list("phyqi")


def test_brackets_and_digits_are_found_in_arabic() -> None:
    assert [LINUX.place(sign) for sign in ("ج", "د", "١", "٩", "[", "7")] == list("[]19[7")


def test_a_character_of_no_table_is_found_by_its_scan_code() -> None:
    assert LINUX.place("ж", 47) == ";"
    assert LINUX.place("", 33) == "p"
    assert layout("win32").place("ж", 25) == "p"
    assert LINUX.place("ж", 9999) == ""
    assert LINUX.place(" ") == ""


def test_the_digits_of_a_french_keyboard_are_digits_without_shift() -> None:
    unshifted = "&é\"'(-è_çà"
    assert [LINUX.place(sign, 10 + n) for n, sign in enumerate(unshifted)] == list("1234567890")


def test_the_same_signs_of_other_keyboards_stay_signs() -> None:
    american = {"&": 16, "(": 18, "'": 48, '"': 48, "-": 20, "_": 20}  # with Shift, or beside
    german = {"&": 15, "(": 17, '"': 11, "-": 61, "_": 61}
    for keyboard in (american, german):
        assert {LINUX.place(sign, code) for sign, code in keyboard.items()} == set(keyboard)
