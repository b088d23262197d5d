"""Regions, as long as there are no rules."""

from hypothesis import given

from annotator.arabic.regions import RULES_VERSION, regions_of
from tests.strategies import texts


@given(texts())
def test_regions_cover_the_text_in_order(text: str) -> None:
    regions = regions_of(text)

    assert "".join(text[start:end] for start, end, _ in regions) == text
    assert {role for _, _, role in regions} <= {"body"}


def test_the_rules_have_a_version() -> None:
    assert RULES_VERSION == "0"
