"""Rules about lines that are always noise: what is one, and which lines carry labels."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core import noiselines
from annotator.core.noiselines import BEGINNING, LONGEST, NoiseLine, made, n_labels_in
from tests import strategies
from tests.projects import code_of

LINE = "تابعونا على المنصات"
GOOD = made("example.org", LINE)
edges = st.integers(0, 40)


@st.composite
def drawn_spans(draw: st.DrawFn) -> list[tuple[int, int]]:
    """Draw the spans of a label, in any order; they may overlap."""
    pairs = st.tuples(edges, edges).filter(lambda one: one[0] < one[1])
    return draw(st.lists(pairs, min_size=1, max_size=4))


@given(
    cuts=st.lists(edges, unique=True).map(sorted),
    gaps=st.sets(st.integers(0, 40)),
    labels=st.lists(drawn_spans(), max_size=8),
)
def test_labels_are_counted_once_in_each_line_in_which_they_have_a_letter(
    cuts: list[int], gaps: set[int], labels: list[list[tuple[int, int]]]
) -> None:
    lines = [pair for n, pair in enumerate(itertools.pairwise(cuts)) if n not in gaps]
    wanted = [
        sum(any(first < end and start < last for first, last in spans) for spans in labels)
        for start, end in lines
    ]
    assert n_labels_in(lines, labels) == wanted


@given(
    site=strategies.texts(),
    line=strategies.texts(min_size=1),
    match=st.sampled_from(noiselines.MATCHES),
)
def test_every_rule_that_can_be_made_is_sound_under_its_own_uid(
    site: str, line: str, match: str
) -> None:
    rules = []
    code = code_of(lambda: rules.append(made(site, line, match)))
    assert rules or code.startswith("noise_line")
    for rule in rules:
        assert noiselines.is_sound(rule.uid, rule)


@pytest.mark.parametrize(
    ("uid", "rule"),
    [
        ("0" * 64, GOOD),
        (GOOD.uid[:8], GOOD),
        (made("", LINE).uid, GOOD),
        *(
            (one.uid, one)
            for one in (
                NoiseLine("", "ً", BEGINNING),
                NoiseLine("", "؟! …"),
                NoiseLine("", ""),
                NoiseLine("", LINE, "pattern"),
                NoiseLine("", f"{LINE}\n{LINE}"),
                NoiseLine("", "ا" * (LONGEST + 1)),
                NoiseLine("ا" * (LONGEST + 1), LINE),
            )
        ),
    ],
    ids=str,
)
def test_what_could_not_have_been_made_is_no_rule(uid: str, rule: NoiseLine) -> None:
    assert noiselines.is_sound(GOOD.uid, GOOD)
    assert not noiselines.is_sound(uid, rule)


def test_a_site_that_grows_by_folding_its_letters_is_measured_as_it_is_kept() -> None:
    assert code_of(lambda: made("ß" * LONGEST, LINE)) == "noise_line_too_long"
