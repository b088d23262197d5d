"""Which backups stay."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from annotator.store.rotation import DAYS, MONTHS, NEWEST, Kept, outgoing

Times = list[str]


def made(times: Times, size: int = 1) -> list[Kept]:
    """Return backups with these times, in the order of their numbers."""
    return [Kept(n, at, size, n) for n, at in enumerate(times, 1)]


def staying(copies: list[Kept], room: int = 10**12) -> list[int]:
    going = {one.number for one in outgoing(copies, room)}
    return [one.number for one in copies if one.number not in going]


def kept_over(times: Times, room: int = 10**12, size: int = 1) -> list[Kept]:
    """Return what is there after backups were made at these times, one after the other."""
    there: list[Kept] = []
    for n, at in enumerate(times, 1):
        there.append(Kept(n, at, size, n))
        going = {one.number for one in outgoing(there, room)}
        there = [one for one in there if one.number not in going]
    return there


def test_the_newest_twelve_stay() -> None:
    assert staying(made(["2026-11-22T10:00Z"] * 30)) == list(range(19, 31))


def test_the_last_one_of_each_of_fourteen_days_stays() -> None:
    times = [f"2026-11-{day:02}T{hour:02}:00Z" for day in range(1, 29) for hour in range(8, 18)]
    found = kept_over(times)
    days = {one.at[:10] for one in found}
    assert days == {f"2026-11-{day:02}" for day in range(15, 29)}
    earlier = [one for one in found if one.at < "2026-11-27"]
    assert {one.at[11:13] for one in earlier} == {"17"}
    assert len(found) == NEWEST + DAYS - 2


def test_the_last_one_of_each_of_twelve_months_stays() -> None:
    times = [
        f"{2025 + month // 12}-{month % 12 + 1:02}-{day:02}T10:00Z"
        for month in range(18)
        for day in range(1, 29)
    ]
    found = kept_over(times)
    months = sorted({one.at[:7] for one in found})
    assert months == [f"{2025 + month // 12}-{month % 12 + 1:02}" for month in range(6, 18)]
    assert {one.at[8:10] for one in found if one.at[:7] < "2026-06"} == {"28"}
    assert len(found) == DAYS + MONTHS - 1


def test_a_clock_that_jumps_removes_none_of_the_newest() -> None:
    clock = itertools.cycle(["1999-01-01T00:00Z", "2099-12-31T23:59Z", "2026-11-22T10:00Z"])
    times = [next(clock) for _ in range(100)]
    assert [one.number for one in kept_over(times)] == list(range(89, 101))


def test_a_backup_from_a_wrong_year_keeps_nobody_else_s_place_for_ever() -> None:
    times = [
        "2099-12-31T23:59Z",
        *(f"2026-{m:02}-{d:02}T10:00Z" for m in range(1, 13) for d in range(1, 29)),
    ]
    assert 1 not in [one.number for one in kept_over(times)]


def test_the_cap_removes_the_oldest_and_never_the_newest() -> None:
    assert staying(made(["2026-11-22T10:00Z"] * 5, size=10), room=25) == [4, 5]
    assert staying(made(["2026-11-22T10:00Z"] * 5, size=10), room=0) == [5]
    assert staying(made(["2026-11-22T10:00Z"], size=10), room=0) == [1]


def test_the_one_with_most_history_stays_where_the_file_was_emptied_or_put_back() -> None:
    at = "2026-11-22T10:00Z"
    copies = [
        Kept(1, at, 10, 5),
        Kept(2, at, 10, 5000),
        *(Kept(n, at, 10, 3) for n in range(3, 30)),
    ]
    assert staying(copies) == [2, *range(18, 30)]
    assert staying(copies, room=0) == [2, 29]


@given(
    st.lists(st.datetimes(), min_size=1, max_size=80),
    st.integers(0, 3000),
    st.integers(1, 100),
)
def test_whatever_the_clock_says_the_newest_stays_and_the_rest_is_bounded(
    clock: list["object"], room: int, size: int
) -> None:
    times = [f"{at:%Y-%m-%dT%H:%MZ}" for at in clock]
    found = kept_over(times, room, size)
    assert found[-1].number == len(times)
    assert len(found) <= NEWEST + DAYS + MONTHS
    if len(times) <= NEWEST and size * len(times) <= room:
        assert len(found) == len(times)
    if size * len(found) > room:
        assert len(found) == 1


def test_the_same_again_removes_nothing_more() -> None:
    times = [f"2026-11-{day:02}T{hour:02}:00Z" for day in range(1, 29) for hour in range(8, 18)]
    assert outgoing(kept_over(times)) == []
