"""Rules for regions, held against pages that a person read, and against any text."""

from itertools import pairwise

import pytest
from hypothesis import given

from annotator.arabic.regions import RULES_VERSION, regions_of
from tests.arabic import pages
from tests.arabic.pages import Page
from tests.strategies import texts

SHARE = 0.97
"""Characters that are to get the role that a person read, of those that are not blank."""
SHARE_OF_OTHERS = 0.9
"""The same of pages that were written before the rules knew them: 0.58 to 0.70 then."""


def _share(page: Page) -> float:
    found = [""] * len(page.text)
    for start, end, role in regions_of(page.text):
        found[start:end] = [role] * (end - start)
    read = [
        found[offset] == role
        for start, end, role in page.read
        for offset in range(start, end)
        if not page.text[offset].isspace()
    ]
    return sum(read) / len(read)


@pytest.mark.parametrize("page", [*pages.seeds(), *pages.own()], ids=lambda page: page.name)
def test_nearly_every_letter_gets_the_role_that_a_person_read(page: Page) -> None:
    assert _share(page) >= SHARE


@pytest.mark.parametrize("page", pages.others(), ids=lambda page: page.name)
def test_most_letters_of_pages_of_other_sites_get_their_role(page: Page) -> None:
    assert _share(page) >= SHARE_OF_OTHERS


def _roles(*lines: str) -> list[str]:
    text = "\n".join(lines)
    ends = [sum(len(line) + 1 for line in lines[: n + 1]) - 1 for n in range(len(lines))]
    regions = regions_of(text)
    return [next(role for start, end, role in regions if start < at <= end) for at in ends]


BODY = "قال الوزير إن المشروع يبدأ في الخريف وإن كلفته لم تحدد بعد."


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("الرئيسية | أخبار | اقتصاد | رياضة", "nav"),
        ("الأولى » مجتمع", "nav"),
        ("سياسة - اقتصاد - رياضة", "nav"),
    ],
)
def test_a_list_between_bars_is_no_headline(line: str, role: str) -> None:
    headline = "وزراء المالية يبحثون خطة مشتركة للموانئ"

    assert _roles(line, headline, BODY) == [role, "headline", "lead"]


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("نُشر في: 3 نيسان 2026، 14:20", "date"),
        ("تم التحديث: الخميس 2 أبريل 2026 الساعة 9:05 م", "date"),
        ("الخميس، 2 أبريل 2026 09:05 م", "date"),
        ("12 أبريل 2025", "date"),
        ("استمع إلى المقال", "noise"),
        ("انشر عبر", "noise"),
        ("أرسل هذا الخبر", "noise"),
        ("5:12 دقيقة", "noise"),
        ("بيروت - سلمى النجار", "byline"),
        ("كتبت سلمى النجار", "byline"),
        ("جانب من الاجتماع الأول (وكالة الساحل)", "caption"),
        ("12 قتيلا في هجوم على قافلة", "subhead"),
    ],
)
def test_what_stands_under_a_headline_is_told_apart(line: str, role: str) -> None:
    assert _roles("وزراء المالية يبحثون خطة مشتركة للموانئ", line, BODY)[1] == role


def test_a_headline_of_three_words_is_one_where_no_longer_line_stands_before_the_text() -> None:
    assert _roles("أخبار", "رحيل شاعر الميناء", BODY) == ["nav", "headline", "lead"]


def test_an_article_goes_on_behind_a_list_of_others_amid_it() -> None:
    lines = ["وزراء المالية يبحثون خطة مشتركة", BODY, "موضوعات متعلقة", "- خبر عن غير ذلك"]

    found = _roles(*lines, f"وأضاف أنه {BODY}")

    assert found == ["headline", "lead", "related", "related", "body"]


def test_a_tail_of_titles_is_other_articles_and_a_list_under_a_colon_is_not() -> None:
    titles = ["قطار جديد إلى الجنوب", "حديقة بلا أشجار", "سوق السمك يعود", "مطر في آب"]
    headline = "وزراء المالية يبحثون خطة مشتركة"

    assert _roles(headline, BODY, BODY[:-1] + " أيضا.", *titles)[3:] == ["related"] * 4
    assert "related" not in _roles(headline, BODY, "وتشمل الخطة أربعة أبواب هي:", *titles)


@given(texts())
def test_regions_cover_the_text_in_order(text: str) -> None:
    regions = regions_of(text)

    assert "".join(text[start:end] for start, end, _ in regions) == text
    assert all(one.role != other.role for one, other in pairwise(regions))


def test_long_paragraphs_are_no_headlines_where_no_stop_ends_them() -> None:
    paragraph = " ".join(["قال الوزير إن الأمر قد انتهى"] * 10)

    found = regions_of("\n".join(f"{paragraph} {number}" for number in range(6)))

    assert {region.role for region in found} <= {"lead", "body"}


def test_the_rules_have_a_version() -> None:
    assert RULES_VERSION == "2"
