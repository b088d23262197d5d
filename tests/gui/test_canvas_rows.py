"""Lanes under a line, chips over it, heights and marks of paragraphs: the pure parts."""

from bisect import bisect_right
from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from annotator.gui.canvas import lanes, saying
from annotator.gui.canvas.chips import APART, MORE, Placed, Wish, pack
from annotator.gui.canvas.heights import Heights
from annotator.gui.canvas.markindex import MarkIndex
from annotator.gui.canvas.marks import Mark

SPANS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 20)).map(lambda s: (s[0], s[0] + s[1])),
    max_size=25,
)
WISHES = st.lists(
    st.builds(
        lambda edge, size, widths: Wish(edge, edge + size, tuple(sorted(widths, reverse=True))),
        st.integers(0, 500).map(float),
        st.integers(1, 200).map(float),
        st.lists(st.integers(10, 90).map(float), min_size=1, max_size=3),
    ),
    max_size=20,
).map(lambda wishes: sorted(wishes, key=lambda wish: (wish.edge, -wish.far)))


def more(n: int) -> float:
    return 14.0 + 6.0 * len(str(n))


@given(SPANS)
def test_spans_that_share_a_place_never_share_a_lane(spans: list[tuple[int, int]]) -> None:
    chosen = lanes.assign(spans)

    for one, other in combinations(range(len(spans)), 2):
        if spans[one][0] < spans[other][1] and spans[other][0] < spans[one][1]:
            assert chosen[one] != chosen[other]


@given(SPANS)
def test_a_span_lies_nearer_to_the_text_than_what_holds_it(spans: list[tuple[int, int]]) -> None:
    chosen = lanes.assign(spans)

    for inner, outer in combinations(range(len(spans)), 2):
        for a, b in ((inner, outer), (outer, inner)):
            is_inside = spans[b][0] <= spans[a][0] and spans[a][1] <= spans[b][1]
            if is_inside and spans[a] != spans[b]:
                assert chosen[a] < chosen[b]


@given(SPANS)
def test_no_lane_is_left_empty(spans: list[tuple[int, int]]) -> None:
    assert set(lanes.assign(spans)) == set(range(len(set(lanes.assign(spans)))))


@given(WISHES, st.integers(60, 600).map(float))
def test_chips_never_touch_and_never_reach_beyond_the_line(wishes: list[Wish], end: float) -> None:
    placed = pack(wishes, end, more)

    assert all(one.end + APART <= other.begin for one, other in pairwise(placed))
    assert all(chip.end <= end for chip in placed)
    assert all(chip.begin >= min(wishes[n].edge for n in chip.wishes) for chip in placed)


@given(WISHES, st.integers(60, 600).map(float))
def test_every_chip_is_shown_or_counted_once_and_in_order(wishes: list[Wish], end: float) -> None:
    placed = pack(wishes, end, more)
    told = [n for chip in placed for n in chip.wishes]

    assert told == sorted(told)
    if placed:
        assert told == list(range(len(wishes)))
    else:  # not even "+n" has room
        assert all(wish.edge + more(len(wishes)) > end or not wishes for wish in wishes[:1])


@given(WISHES)
def test_a_chip_that_has_room_says_the_longest(wishes: list[Wish]) -> None:
    far_apart = [
        Wish(300.0 * n, 300.0 * n + wish.far - wish.edge, wish.widths)
        for n, wish in enumerate(wishes)
    ]

    placed = pack(far_apart, 1e6, more)

    assert [chip.rung for chip in placed] == [0] * len(wishes)
    assert [chip.begin for chip in placed] == [wish.edge for wish in far_apart]


def test_a_chip_takes_its_short_name_where_the_next_one_stands() -> None:
    row = pack([Wish(0, 40, (60, 30)), Wish(42, 90, (20,))], 500, more)

    assert row == [Placed(0, 30, (0,), 1), Placed(42, 62, (1,), 0)]


def test_what_does_not_fit_becomes_one_chip_that_counts() -> None:
    row = pack([Wish(0, 10, (40,)) for _ in range(6)], 500, more)

    assert [chip.wishes for chip in row] == [(0,), (1,), (2, 3, 4, 5)]
    assert row[-1].rung == MORE
    assert row[-1].is_more


@given(st.lists(st.integers(0, 50), min_size=1, max_size=70), st.data())
def test_heights_add_up_whatever_changes(heights: list[int], data: st.DataObject) -> None:
    made = Heights(heights)
    for _ in range(data.draw(st.integers(0, 5))):
        changes = data.draw(
            st.dictionaries(st.integers(0, len(heights) - 1), st.integers(0, 50), max_size=20)
        )
        assert made.change_many(changes) == {n: h - heights[n] for n, h in changes.items()}
        for index, height in changes.items():
            heights[index] = height

    tops = [sum(heights[:n]) for n in range(len(heights) + 1)]
    assert [made.top(n) for n in range(len(heights) + 1)] == tops
    assert made.total == tops[-1]
    for y in range(-3, tops[-1] + 3):
        expected = min(max(0, bisect_right(tops, y) - 1), len(heights) - 1)
        assert made.at(y) == expected


def _mark(uid: str, *spans: tuple[int, int]) -> Mark:
    return Mark(uid, "entity", spans, "شخص")


MARKS = st.dictionaries(
    st.integers(0, 9).map(str),
    st.lists(
        st.tuples(st.integers(0, 80), st.integers(1, 30)).map(lambda s: (s[0], s[0] + s[1])),
        min_size=1,
        max_size=3,
    ),
).map(lambda found: [_mark(uid, *spans) for uid, spans in found.items()])


@given(st.lists(MARKS, max_size=5))
def test_marks_are_found_on_every_paragraph_they_touch(states: list[list[Mark]]) -> None:
    starts = [0, 10, 20, 45, 46, 70]
    index = MarkIndex(starts)
    ends = [*starts[1:], 1000]
    for marks in states:
        changes = index.replace(marks)
        for n, (first, end) in enumerate(zip(starts, ends, strict=True)):
            expected = [m for m in marks if any(a < end and b > first for a, b in m.spans)]
            assert sorted(index[n], key=lambda m: m.uid) == sorted(expected, key=lambda m: m.uid)
        assert all(set(changes) <= set(range(len(starts))) for _ in changes)
        assert {m.uid: index.get(m.uid) for m in marks} == {m.uid: m for m in marks}


@given(MARKS, st.lists(st.tuples(st.sets(st.integers(0, 9).map(str)), MARKS), max_size=5))
def test_marks_that_come_and_go_leave_what_all_marks_given_anew_would(
    first: list[Mark], changes: list[tuple[set[str], list[Mark]]]
) -> None:
    starts = [0, 10, 20, 45, 46, 70]
    index, anew = MarkIndex(starts), MarkIndex(starts)
    index.change((), first)
    there = {mark.uid: mark for mark in first}
    for gone, come in changes:
        index.change(gone, come)
        there = {uid: mark for uid, mark in there.items() if uid not in gone}
        there |= {mark.uid: mark for mark in come}
    anew.replace(there.values())
    for n in range(len(starts)):
        assert {mark.uid: mark for mark in index[n]} == {mark.uid: mark for mark in anew[n]}
        assert len(index[n]) == len(anew[n])
    assert dict(index.numbers()) == dict(anew.numbers())


def test_only_the_paragraphs_that_differ_are_named() -> None:
    index = MarkIndex([0, 10, 20])
    first, second = _mark("a", (0, 5)), _mark("b", (12, 15))
    index.replace([first, second])

    assert index.replace([first, second]) == {}
    assert index.replace([_mark("a", (0, 5)), second]) == {}
    assert set(index.replace([first, second, _mark("c", (8, 22))])) == {0, 1, 2}
    assert set(index.replace([first, _mark("b", (13, 15)), _mark("c", (8, 22))])) == {1}


def test_what_chips_say_is_harmless_short_and_without_a_doubled_sign() -> None:
    evidence = Mark("s", "evidence", ((0, 1),), "+ شاهد: مع", sign="+")

    assert saying.ladder(evidence, "name") == ("شاهد: مع",)
    assert saying.ladder(Mark("e", "entity", (), "منصب\u202e أو\n مهنة", "منصب"), "name") == (
        "منصب  أو  مهنة",
        "منصب",
    )
    assert saying.ladder(Mark("e", "entity", (), "", "", "OCC"), "name") == ("OCC",)
    assert saying.ladder(Mark("e", "entity", (), "شخص"), "code") == ("entity",)
    assert saying.ladder(Mark("e", "entity", (), "شخص"), "off") == ()
    assert len(saying.cut("ا" * 900)) == 40
    assert "&lt;b&gt;" in saying.plain_tooltip(["<b>"])
