"""Sentences: where they end, and where a stop is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.arabic.sentences import sentences
from tests.arabic import pages


def said(text: str) -> list[str]:
    """Return the sentences of `text`."""
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "التقى د. سعيد السفير في القاهرة.",  # a title
        "ولد عام 300 ق.م. في بابل.",  # an abbreviation
        "نقلت أ.ف.ب. عن مصدر قوله ذلك.",
        "هدنة غزة تقترب.. ولقاء البيت الأبيض يحدد المصير",  # a pause
        "النقاط المحددة … والتي تحتاج إلى ضبطها",
        "كتب: “فلاديمير ، توقف!” ، مضيفًا شيئًا.",  # the quoted sentence ends, not ours
        "ارتفع 3.5 في المئة إلى 10.25 دولار.",
        "زار www.example.com أمس، ثم عاد",  # a stop that no blank follows
        "1. البند الأول من الاتفاق",  # the number of an item
        "قال: نعم؛ ثم غادر، ولم يعد:",
    ],
)
def test_it_is_one_sentence(text: str) -> None:
    assert said(text) == [text]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("جاء. ذهب! لماذا؟ لا أدري", ["جاء.", "ذهب!", "لماذا؟", "لا أدري"]),
        ("قال: “لن أعود.” ثم بكى.", ["قال: “لن أعود.”", "ثم بكى."]),
        ("(انتهى.) وبدأ", ["(انتهى.)", "وبدأ"]),
        ("سطر\nسطر آخر\n\n  ثالث  ", ["سطر", "سطر آخر", "ثالث"]),
        ("حقا؟! نعم.", ["حقا؟!", "نعم."]),
        ("He came. She left.", ["He came.", "She left."]),
        ("پہلا جملہ۔ دوسرا جملہ۔", ["پہلا جملہ۔", "دوسرا جملہ۔"]),
    ],
)
def test_a_stop_ends_one(text: str, parts: list[str]) -> None:
    assert said(text) == parts


@given(st.text(alphabet=st.sampled_from([*'ابتود.!؟…،"”) \n١3\u064b\u0640a\u00a0']), max_size=60))
def test_every_letter_is_in_exactly_one_and_none_begins_with_a_blank(text: str) -> None:
    found = list(sentences(text))
    covered = [offset for start, end in found for offset in range(start, end)]
    assert covered == sorted(set(covered))
    left = set(range(len(text))) - set(covered)
    assert all(text[offset].isspace() for offset in left)
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in found)


def test_lines_of_the_seeds_that_were_counted_by_hand() -> None:
    lines = {page.name: page.text.splitlines() for page in pages.seeds()}
    counted = {("000", 16): 1, ("001", 13): 1, ("001", 14): 2, ("001", 18): 2, ("004", 23): 2}
    assert {place: len(said(lines[place[0]][place[1]])) for place in counted} == counted
