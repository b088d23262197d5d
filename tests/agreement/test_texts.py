"""Spans measured in many texts at once: as in each alone, however the texts are read."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.agreement import texts
from annotator.agreement.arrays import ints
from annotator.agreement.texts import AS_STORED, Measured, TextPage, Trim
from annotator.arabic.fold import fold

LETTERS = "وبالقاهرة رئس،َٓـ\n"
TRIMS = (AS_STORED, Trim(True), Trim(True, True), Trim(False, True))


def _spans(told: list[str]) -> list[tuple[int, int, int]]:
    return [
        (at, start, end)
        for at, text in enumerate(told)
        for start in range(len(text))
        for end in range(start + 1, len(text) + 1)
    ]


def _measured(told: list[str], spans: list[tuple[int, int, int]], trim: Trim) -> Measured:
    article, start, end = (ints([span[at] for span in spans]) for at in range(3))
    return TextPage(told).measured(article, start, end, trim)


def _rows(found: Measured) -> list[tuple[int, ...]]:
    columns = (found.start, found.end, found.first, found.last, found.key)
    return list(zip(*(column.tolist() for column in columns), strict=True))


several = st.lists(st.text(LETTERS, max_size=6), min_size=1, max_size=3)


@settings(max_examples=60, deadline=None)
@given(several, st.sampled_from(TRIMS))
def test_a_text_is_measured_as_if_it_were_alone(told: list[str], trim: Trim) -> None:
    together = _rows(_measured(told, _spans(told), trim))

    alone = [row for text in told for row in _rows(_measured([text], _spans([text]), trim))]
    assert [row[:-1] for row in together] == [row[:-1] for row in alone]
    assert together == alone


@settings(max_examples=40, deadline=None)
@given(several)
def test_a_span_is_as_long_as_its_folded_text_and_has_its_key(told: list[str]) -> None:
    spans = _spans(told)

    found = _measured(told, spans, AS_STORED)

    folded = [fold(told[at][start:end]) for at, start, end in spans]
    n_base = [sum(bool(fold(one)) for one in told[at][start:end]) for at, start, end in spans]
    assert (found.last - found.first).tolist() == n_base
    keys: dict[str, set[int]] = {}
    for text, key in zip(folded, found.key.tolist(), strict=True):
        keys.setdefault(text, set()).add(key)
    assert all(len(key) == 1 for key in keys.values())
    assert len({key for of_one in keys.values() for key in of_one}) == len(keys)


@pytest.mark.parametrize("size", [1, 2, 5])
def test_texts_are_measured_the_same_however_much_is_read_at_once(
    size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = ["قال الرئيسُ بوتين", "", "َأمسِ في القاهرة،"]
    before = _rows(_measured(told, _spans(told), Trim(True)))

    monkeypatch.setattr(texts, "_READ_AT_ONCE", size)

    assert _rows(_measured(told, _spans(told), Trim(True))) == before


def test_an_end_never_leaves_its_text_though_the_next_one_begins_with_marks() -> None:
    told = ["قال بوتين", "َقال", "ًّ"]

    found = _measured(told, [(0, 4, 9), (1, 0, 4), (2, 0, 2)], Trim(True))

    assert np.stack([found.start, found.end]).tolist() == [[4, 0, 0], [9, 4, 2]]
