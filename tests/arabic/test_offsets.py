"""Offsets in UTF-16 units and bytes of UTF-8, there and back."""

from collections.abc import Callable

import pytest
from hypothesis import given

from annotator.arabic.offsets import OffsetMap, from_utf8, from_utf16, to_utf8, to_utf16
from tests.strategies import refused_texts

Mapping = Callable[[str], OffsetMap]
maps = pytest.mark.parametrize(
    ("map_of", "to_units", "from_units"),
    [(OffsetMap.utf16, to_utf16, from_utf16), (OffsetMap.utf8, to_utf8, from_utf8)],
    ids=["utf16", "utf8"],
)


@maps
@given(text=refused_texts())
def test_every_offset_maps_there_and_back(
    map_of: Mapping,
    to_units: Callable[[str, int], int],
    from_units: Callable[[str, int], int],
    text: str,
) -> None:
    offsets = map_of(text)
    for offset in range(len(text) + 1):
        units = to_units(text, offset)
        assert offsets.to_units(offset) == units
        assert offsets.from_units(units) == offset == from_units(text, units)


@maps
@given(text=refused_texts())
def test_a_position_inside_a_character_goes_to_its_start(
    map_of: Mapping,
    to_units: Callable[[str, int], int],
    from_units: Callable[[str, int], int],
    text: str,
) -> None:
    offsets = map_of(text)
    for offset in range(len(text)):
        for units in range(to_units(text, offset), to_units(text, offset + 1)):
            assert offsets.from_units(units) == offset == from_units(text, units)


@maps
@pytest.mark.parametrize("text", ["", "خبر", "😀"])
def test_what_is_outside_the_text_is_an_index_error(
    map_of: Mapping, to_units: Callable[[str, int], int], from_units: object, text: str
) -> None:
    offsets = map_of(text)
    for outside in (-1, len(text) + 1):
        with pytest.raises(IndexError):
            offsets.to_units(outside)
    for outside in (-1, to_units(text, len(text)) + 1):
        with pytest.raises(IndexError):
            offsets.from_units(outside)


def test_a_byte_order_mark_is_a_character_like_any_other() -> None:
    assert to_utf16("\ufeff\ufffeخبر", 2) == 2
    assert to_utf8("\ufeff\ufffeخبر", 2) == 6
    assert from_utf16("\ufeffخبر", 1) == 1


def test_two_lone_surrogates_are_two_characters() -> None:
    assert [from_utf16("\ud83d\ude00خ", units) for units in range(4)] == [0, 1, 2, 3]
    assert from_utf16("\U0001f600خ", 2) == 1


def test_a_map_grows_with_the_exceptions_and_not_with_the_text() -> None:
    plain, emoji = "خبر" * 10_000, "😀" * 10_000

    assert len(OffsetMap.utf16(plain).offsets) == 2
    assert len(OffsetMap.utf8(plain).offsets) == 2
    assert len(OffsetMap.utf16(plain + emoji + plain).offsets) == 4
