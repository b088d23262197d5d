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
    assert RULES_VERSION == "1"
