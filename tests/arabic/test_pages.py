"""What a person read: every page is covered to the last letter, by roles that there are."""

from itertools import pairwise

import pytest

from annotator.core.model import ROLES
from tests.arabic import pages
from tests.arabic.pages import Page

EVERY = [*pages.seeds(), *pages.own(), *pages.others()]


def test_all_seeds_and_the_pages_of_our_own_are_there() -> None:
    names = [page.name for page in EVERY]
    assert names[:7] == ["000", "001", "002", "003", "004", "interview", "river"]
    assert names[7:] == ["accidents", "agency", "magazine", "markets", "platform"]


@pytest.mark.parametrize("page", EVERY, ids=lambda page: page.name)
def test_every_letter_has_one_role(page: Page) -> None:
    assert all(one.end <= other.start for one, other in pairwise(page.read))
    assert {one.role for one in page.read} <= set(ROLES)
    covered = {offset for one in page.read for offset in range(one.start, one.end)}
    assert not any(
        not character.isspace() and offset not in covered
        for offset, character in enumerate(page.text)
    )


@pytest.mark.parametrize("page", EVERY, ids=lambda page: page.name)
def test_no_stretch_begins_or_ends_with_a_blank(page: Page) -> None:
    for start, end, _ in page.read:
        assert page.text[start:end].strip() == page.text[start:end] != ""
