"""Names of annotators and titles."""

import unicodedata

import pytest
from hypothesis import given

from annotator.arabic.names import name_problem
from tests.strategies import names


@pytest.mark.parametrize(
    "name", ["أحمد", "أحمد علي", "Ali O'Neil-Smith", "مُحمّد", "می\u200cخواهم", "القارئ 2", "a1", "Ж"]
)
def test_a_plain_name_will_do(name: str) -> None:
    assert name_problem(name) is None


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("", "name_empty"),
        (" \u00a0", "name_empty"),
        ("ـًـ", "name_empty"),
        ("أ" * 81, "name_too_long"),
        ("e\u0301ve", "name_not_nfc"),
        ("علي\u202eيلع", "name_invisible"),
        ("علي\n", "name_invisible"),
        ("\u200cعلي", "name_invisible"),
        ("علي\u200d", "name_invisible"),
        ("ع \u200d ي", "name_invisible"),
        ("👩\u200d💻", "name_invisible"),
        ("\ufeffعلي", "name_invisible"),
        ("a\ud800", "name_invisible"),
        ("a\ue000", "name_invisible"),
        ("a\uffff", "name_invisible"),
        ("a\u2028b", "name_invisible"),
    ],
)
def test_a_bad_name_is_refused_with_its_reason(name: str, problem: str) -> None:
    assert name_problem(name) == problem


@given(names())
def test_a_name_that_will_do_shows_all_it_holds(name: str) -> None:
    if name_problem(name) is None:
        assert 1 <= len(name) <= 80
        assert unicodedata.normalize("NFC", name) == name
        assert all(c.isprintable() or c.isspace() or c in "\u200c\u200d" for c in name)
