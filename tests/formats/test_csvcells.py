"""No cell that we write is a formula, whatever stands before its sign; and nothing is lost."""

import csv
import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats.csvcells import guarded, unguarded

FORMULAS = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\u22121", "＝1", "＋1", "＠x", "－1", "﹦1",
    "\t=1", "\r=1", "\n=1", "\u200f=1", "\ufeff=1", " =1", "\u00a0=1", "\u202e=1", "\u0301=1",
    "=HYPERLINK(\"http://x\")", "\x00=1",
)  # fmt: skip
PLAIN = ("سلمى", "a=1", "1-2", "“=1”", "", "\u200f", "ـ=1", "٣")


@pytest.mark.parametrize("text", FORMULAS)
def test_what_could_be_a_formula_is_text(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", PLAIN)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert guarded(text) == text


@given(st.one_of(st.text(), st.text("=+-@'\t\r\n\u200f\ufeff＝− a")))
def test_nothing_is_lost_and_no_cell_begins_with_a_sign(text: str) -> None:
    cell = guarded(text)

    assert unguarded(cell) == text
    seen = [one for one in cell if unicodedata.category(one)[0] not in "CZ"]
    assert not seen or unicodedata.normalize("NFKC", seen[0])[0] not in "=+-@"
    assert not cell.startswith(("\t", "\r", "\n"))
    if "\x00" not in cell and cell:
        told = io.StringIO(newline="")
        csv.writer(told).writerow([cell])
        assert next(csv.reader(io.StringIO(told.getvalue(), newline=""))) == [cell]
