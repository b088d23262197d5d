"""A journal as a file: lines that vouch for themselves, whatever happens to others of them."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.store import journalfile
from annotator.store.journalfile import AHEAD, JournalFile
from tests.projects import quick_folder
from tests.store.journalling import TORN


def entries(n: int) -> list[bytes]:
    return [journalfile.remarked(b'{"n":%d}' % one) for one in range(n)]


def said(place: Path) -> list[bytes]:
    found = map(journalfile.line_of, journalfile.forwards(place))
    return [line.said for line in found if line is not None]


def test_a_torn_line_is_closed_off_before_the_next_and_without_that_the_next_is_lost(
    tmp_path: Path,
) -> None:
    first, second = entries(2)
    for is_closed in (True, False):
        place = tmp_path / f"{is_closed}.jsonl"
        place.write_bytes(first + TORN)
        if is_closed:
            file = JournalFile(place)
            file.add([second])
            file.close()
        else:
            with place.open("ab") as plain:  # the control: as a log would do it
                plain.write(second)
        assert said(place) == ([b'{"n":0}', b'{"n":1}'] if is_closed else [b'{"n":0}'])


def test_the_line_ends_written_ahead_close_off_a_torn_line_too(tmp_path: Path) -> None:
    place = tmp_path / "j.jsonl"
    first, second, third = entries(3)
    file = JournalFile(place)
    file.add([first, second])
    file.close()
    with place.open("rb+") as raw:
        raw.seek(len(first) + 20)
        raw.write(b"\n" * (len(second) - 20))  # its sectors never reached the disk
    again = JournalFile(place)
    again.add([third])
    again.close()
    assert said(place) == [b'{"n":0}', b'{"n":2}']


def test_zeros_that_a_file_system_left_at_the_end_lose_nothing(tmp_path: Path) -> None:
    place = tmp_path / "j.jsonl"
    first, second = entries(2)
    place.write_bytes(first + b"\0" * 5000)
    file = JournalFile(place)
    file.add([second])
    file.close()
    assert said(place) == [b'{"n":0}', b'{"n":1}']


@pytest.mark.parametrize("n", [1, 2, AHEAD - 1, AHEAD, AHEAD + 1, 3 * AHEAD])
def test_line_ends_in_any_number_are_passed_over_forwards_and_backwards(
    tmp_path: Path, n: int
) -> None:
    place = tmp_path / "j.jsonl"
    first, second, third = entries(3)
    place.write_bytes(b"\n" * n + first + b"\n" * n + second + third + b"\n" * n)
    assert said(place) == [b'{"n":%d}' % one for one in range(3)]
    assert [*journalfile.backwards(place)][::-1] == [*journalfile.forwards(place)]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_is_damaged_all_other_lines_count_forwards_and_backwards(
    data: st.DataObject,
) -> None:
    with quick_folder() as folder:
        place = folder / "j.jsonl"
        sizes = data.draw(st.lists(st.integers(0, 90_000), min_size=1, max_size=6))
        lines = [
            journalfile.remarked(b'"%b"' % (b"x" * size + b"%d" % n))
            for n, size in enumerate(sizes)
        ]
        file = JournalFile(place)
        for line in lines:
            file.add([line])
        file.close()
        whole = bytearray(place.read_bytes())
        at = data.draw(st.integers(0, sum(map(len, lines)) - 1))
        whole[at] ^= data.draw(st.integers(1, 255))
        place.write_bytes(whole)
        hit, end = 0, len(lines[0])
        while at >= end:
            hit += 1
            end += len(lines[hit])
        is_line_end = at == end - 1
        sound = [
            line[66:-1]
            for n, line in enumerate(lines)
            if n != hit and not (is_line_end and n == hit + 1)
        ]
        assert said(place) == sound
        backwards = map(journalfile.line_of, journalfile.backwards(place))
        assert [line.said for line in backwards if line][::-1] == sound
