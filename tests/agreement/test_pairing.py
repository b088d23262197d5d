"""The fast ways against plain ones, on random readings: pairing, counting twins, edges, tables."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.agreement import arrays, articles, counting, edges, statistics, sums
from annotator.agreement.arrays import Ints, ints
from annotator.agreement.batch import Batch
from annotator.agreement.counted import counted
from annotator.agreement.joint import joint_of, pair_code
from annotator.agreement.meetings import Meetings
from annotator.agreement.pairing import Pairing
from annotator.agreement.spans import NONE, Comparison, Spans, are_among, compared, spans_of
from annotator.agreement.splicing import Splice
from tests.agreement.plain import Item, Plain, items_of, n_within_labels
from tests.agreement.readings import FILLING, Reading, batch, named
from tests.agreement.test_properties import TEXTS, teams


def _plain(start: int, width: int, label: int, shape: int) -> Plain:
    return Plain(start, start + width, label, shape, key=10 * width + start % 2)


places = st.builds(
    _plain,
    st.integers(0, 14),
    st.integers(1, 6),
    st.integers(0, 3),
    st.sampled_from((0, 0, 0, 0, 1)),
)


@st.composite
def readings(draw: st.DrawFn) -> list[tuple[int, int, list[Plain]]]:
    """Draw article, annotator and spans of some readings, in any order."""
    told = [
        (article, annotator, draw(st.lists(places, max_size=9)))
        for article in range(3)
        for annotator in range(draw(st.integers(0, 4)))
    ]
    return draw(st.permutations(told))


def _met(told: list[tuple[int, int, list[Plain]]]) -> tuple[Ints, Ints]:
    nothing = ints([])
    article, annotator = ints([one[0] for one in told]), ints([one[1] for one in told])
    return Batch((), (nothing, nothing, nothing), article, annotator, article * 0).meetings()


def _spans(told: list[tuple[int, int, list[Plain]]], *, is_set: bool = True) -> Spans:
    rows = [
        (at, one.start, one.end, one.label, one.shape, one.key)
        for at, (_, _, spans) in enumerate(told)
        for one in spans
    ]
    columns = [ints([row[at] for row in rows]) for at in range(6)]
    reading, start, end, label, shape, key = columns
    at = (start, end)
    return spans_of(reading, at, at, label, shape=shape, key=key, is_set=is_set)[0]


def _compared(told: list[tuple[int, int, list[Plain]]]) -> tuple[Spans, Comparison]:
    spans = _spans(told)
    return spans, compared(spans, _met(told), len(told))


@settings(max_examples=60, deadline=None)
@given(readings())
def test_what_is_said_twice_is_paired_twice(told: list[tuple[int, int, list[Plain]]]) -> None:
    twice = [(article, who, [*spans, *spans[:3]]) for article, who, spans in told]
    pairing = Pairing(_spans(twice, is_set=False).by_reading, Meetings.of(_met(twice), len(twice)))

    n_same = np.bincount(pairing.meeting(pairing.same), minlength=len(_met(twice)[0]))

    bags = [Counter((one.place, one.label) for one in spans) for _, _, spans in twice]
    pairs = zip(*(side.tolist() for side in _met(twice)), strict=True)
    assert n_same.tolist() == [(bags[one] & bags[other]).total() for one, other in pairs]


def _span(spans: Spans, at: int) -> Plain | None:
    columns = (spans.start, spans.end, spans.label, spans.shape, spans.key)
    return None if at < 0 else Plain(*(int(column[at]) for column in columns))


@settings(max_examples=60, deadline=None)
@given(readings())
def test_all_meetings_at_once_give_what_each_gives_alone(
    told: list[tuple[int, int, list[Plain]]],
) -> None:
    spans, found = _compared(told)

    items = found.items
    by_meeting: dict[int, Counter[Item]] = {}
    columns = (items.meeting, items.kind, items.reason, items.one, items.other)
    for meeting, kind, reason, one, other in zip(*(c.tolist() for c in columns), strict=True):
        item = (kind, reason, _span(spans, one), _span(spans, other))
        by_meeting.setdefault(meeting, Counter())[item] += 1
    n_within: Counter[tuple[int, int]] = Counter(
        zip(*(spans.reading[side].tolist() for side in found.of_one_label), strict=True)
    )
    for meeting, (one, other) in enumerate(zip(*(s.tolist() for s in _met(told)), strict=True)):
        ours, theirs = told[one][2], told[other][2]
        assert by_meeting.get(meeting, Counter()) == items_of(ours, theirs)
        assert n_within[one, other] == n_within_labels(ours, theirs)


@settings(max_examples=60, deadline=None)
@given(readings())
def test_things_in_common_are_counted_as_bags(told: list[tuple[int, int, list[Plain]]]) -> None:
    rows = [
        (at, 100 * article + one.label)
        for at, (article, _, spans) in enumerate(told)
        for one in spans
    ]
    met = Meetings.of(_met(told), len(told))

    found = met.shared(ints([at for at, _ in rows]), ints([kind for _, kind in rows]))

    bags = [Counter(one.label for one in spans) for _, _, spans in told]
    pairs = zip(met.one.tolist(), met.other.tolist(), strict=True)
    assert found.tolist() == [(bags[one] & bags[other]).total() for one, other in pairs]


@settings(max_examples=60, deadline=None)
@given(st.text("وبالقاهرة رئس،. َٓـ\n", min_size=24, max_size=24), st.data())
def test_reasons_of_many_are_those_of_each(text: str, data: st.DataObject) -> None:
    span = st.tuples(st.integers(0, 14), st.integers(1, 10)).map(lambda at: (at[0], sum(at)))
    pairs = data.draw(st.lists(st.tuples(span, span), min_size=1, max_size=20))
    pairs = [(a, b) for a, b in pairs if max(a[0], b[0]) < min(a[1], b[1])]
    starts = [[ints([pair[side][end] for pair in pairs]) for end in (0, 1)] for side in (0, 1)]

    found = edges.reasons(
        [text], ints([0] * len(pairs)), (starts[0][0], starts[0][1]), (starts[1][0], starts[1][1])
    )

    assert found.tolist() == [edges.reason(text, one, other) for one, other in pairs]


numbers = st.one_of(st.integers(0, 3), st.integers(0, 2**40))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(numbers, numbers), max_size=20))
def test_rows_are_sorted_and_counted_whatever_their_size(rows: list[tuple[int, int]]) -> None:
    columns = [ints([row[at] for row in rows]) for at in (0, 1)]

    order, is_new = arrays.arranged(*columns)
    kinds, n = arrays.tallied(*columns)

    assert order.tolist() == sorted(range(len(rows)), key=lambda at: rows[at])
    assert int(is_new.sum()) == len(set(rows))
    assert list(zip(*(column.tolist() for column in kinds), strict=True)) == sorted(set(rows))
    assert n.tolist() == [rows.count(row) for row in sorted(set(rows))]
    assert [c.tolist() for c in arrays.sorted_rows(*columns)] == [
        [row[at] for row in sorted(rows)] for at in (0, 1)
    ]
    known = sorted(set(rows))
    assert arrays.numbered(*columns).tolist() == [known.index(row) for row in rows]


@settings(max_examples=40, deadline=None)
@given(teams())
def test_tables_and_rows_hold_what_the_cells_count(team: list[Reading]) -> None:
    told = batch(team, TEXTS)
    families = statistics.by_family(articles.cells_of(told))
    of_all = counted(families, len(TEXTS), named())

    found = sums.item_sums(of_all, statistics.ENTITIES, joint_of(of_all))

    cells = of_all.of(statistics.ENTITIES)
    columns = (cells.first, cells.second, cells.a, cells.b, cells.detail, cells.n)
    confusion: Counter[int] = Counter()
    labels: Counter[int] = Counter()
    for first, second, a, b, _, n in zip(*(column.tolist() for column in columns), strict=True):
        confusion[pair_code((first, second)) << 32 | a << 16 | b] += n
        labels.update({a: n})
        labels.update({b: n})
    assert dict(zip(found.confusion.codes.tolist(), found.confusion.n.tolist(), strict=True)) == (
        dict(sorted(confusion.items()))
    )
    of_type = dict(
        zip(
            found.values.tolist(), found.by_type[:, :, sums.TOTAL].sum(axis=0).tolist(), strict=True
        )
    )
    assert of_type == {label: n for label, n in labels.items() if label != NONE}
    kinds = np.bincount(counting.of_kind(cells.detail), cells.n, minlength=5)
    assert found.kinds.sum(axis=0).tolist() == kinds.astype(int).tolist()


def test_a_table_too_wide_for_one_room_is_counted_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = batch([Reading(0, who, ((0, 2, "PER"), (4, 6, "LOC"))) for who in (1, 2)], (FILLING,))
    of_all = counted(statistics.by_family(articles.cells_of(told)), 1, named())

    found = sums.item_sums(of_all, statistics.ENTITIES, joint_of(of_all))
    monkeypatch.setattr(sums, "MOST_CODES", 0)
    again = sums.item_sums(of_all, statistics.ENTITIES, joint_of(of_all))

    for one, other in ((found.confusion, again.confusion), (found.reasons, again.reasons)):
        assert one.codes.tolist() == other.codes.tolist()
        assert one.n.tolist() == other.n.tolist()


keys = st.lists(st.integers(0, 6), max_size=20)


@settings(max_examples=60, deadline=None)
@given(keys, keys, st.sets(st.integers(0, 7), max_size=5))
def test_rows_that_are_spliced_in_stand_where_others_went_out(
    known: list[int], new: list[int], gone: set[int]
) -> None:
    known, new = sorted(known), [key for key in new if key in gone]
    rows = list(enumerate(known))
    into = [(100 + at, key) for at, key in enumerate(new)]

    splice = Splice(ints(known), ints(sorted(gone, reverse=True)), ints(new))
    found = splice.rows(ints([at for at, _ in rows]), ints([at for at, _ in into]))

    left = [row for row in rows if row[1] not in gone] + into
    assert found.tolist() == [at for at, _ in sorted(left, key=lambda row: row[1])]


@settings(max_examples=60, deadline=None)
@given(st.lists(numbers, max_size=20), st.lists(numbers, max_size=20))
def test_what_is_among_others_is_found(sought: list[int], known: list[int]) -> None:
    shifted = [number - (1 << 39) for number in known]  # of either sign

    found = are_among(ints([number - (1 << 39) for number in sought]), ints(shifted))

    assert found.tolist() == [number in known for number in sought]
