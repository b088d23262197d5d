"""Text for terminals: visual order, control characters, tables."""

from collections.abc import Iterator

import pytest
from rich.cells import cell_len

from annotator.cli.tables import lines_of
from annotator.cli.visual import in_visual_order, lacks_bidi, printable, set_apart


def test_latin_text_is_left_alone() -> None:
    assert in_visual_order("news.hashiya: 3", "rtl") == "news.hashiya: 3"


def test_arabic_is_reversed_and_numbers_are_not() -> None:
    assert in_visual_order("غزة 2025", "rtl") == "2025 ةزغ"


def test_each_line_is_put_in_order_by_itself() -> None:
    assert in_visual_order("أول\nثان", "rtl") == "لوأ\nناث"


def test_marks_of_direction_are_not_printed_in_visual_order() -> None:
    assert "\u200e" not in in_visual_order("الخيار \u200e--lang\u200e", "rtl")


def test_what_could_steer_a_terminal_is_spelled_out() -> None:
    assert printable("خبر\x1b[2J\r\n\u202e") == "خبر\\x1b[2J\\r\\n\\u202e"


def test_marks_of_letters_are_kept() -> None:
    assert printable("مُنظَّمة") == "مُنظَّمة"


@pytest.mark.parametrize(
    ("environment", "lacks"),
    [
        ({"WT_SESSION": "1"}, True),
        ({"TERM_PROGRAM": "vscode"}, True),
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM": "xterm-256color", "VTE_VERSION": "7200"}, False),
        ({"TERM_PROGRAM": "Apple_Terminal"}, False),
        ({}, False),
    ],
)
def test_terminals_without_bidi_are_known_by_name(environment: dict[str, str], lacks: bool) -> None:
    assert lacks_bidi(environment) == lacks


def test_columns_stand_under_each_other_whatever_the_letters() -> None:
    rows = [["مُحَمَّد", 1, "أ"], ["Ann", 22, "ب"], ["日本", 333, "ج"]]

    told = list(lines_of(["who", "n", "text"], rows))

    assert len({cell_len(line[: line.rindex("  ")]) for line in told}) == 1


def test_a_table_without_rows_is_nothing() -> None:
    assert list(lines_of(["a"], [])) == []


def test_a_long_cell_is_cut() -> None:
    assert list(lines_of(["a"], [["س" * 500]]))[1] == "س" * 59 + "…"


def test_a_table_is_written_as_its_rows_come() -> None:
    taken = []

    def rows() -> Iterator[list[int]]:
        for n in range(100_000):
            taken.append(n)
            yield [n]

    lines = lines_of(["n"], rows())
    next(lines)

    assert len(taken) < 1000


def test_arabic_cells_are_kept_apart_for_terminals_that_order_them() -> None:
    assert set_apart("سارة") == "سارة\u200e"
    assert set_apart("PERS") == "PERS"
    assert list(lines_of(["who"], [["سارة"]], keeps_cells_apart=True))[1] == "سارة\u200e"
