"""The page: laid out lazily, and what is read stays where it is."""

import random

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.gui.canvas.layout import Layout
from annotator.gui.canvas.marks import Link, Mark, Stretch
from annotator.gui.canvas.measures import Column, Measures
from annotator.gui.canvas.page import Page
from annotator.gui.theme import SLOTS
from tests.gui.canvases import canvas, entity, event, painted, screen_of, seed

LONG = "\n".join(seed(n % 5) for n in range(60))


def some_marks(text: str, n: int, lot: int = 3) -> list[Mark]:
    lots = random.Random(lot)  # noqa: S311
    starts = [at for at in range(0, len(text) - 12) if text[at].isalpha()]
    places = [(at, at + lots.randrange(1, 12)) for at in lots.sample(starts, n)]
    kinds = ("entity", "entity", "event", "evidence")
    return [
        Mark(
            f"u{k}",
            kinds[k % 4],
            (place,),
            "شخص",
            slot=SLOTS[k % len(SLOTS)],
            sign="+" if k % 4 == 3 else "",
            is_pending=k % 11 == 1,
            is_suggested=k % 9 == 1,
            is_doubtful=k % 10 == 1,
            has_problem=k % 12 == 1,
        )
        for k, place in enumerate(places)
    ]


def page(qtbot: QtBot, text: str) -> Page:
    made = Page(Layout(text, ()), QSize(700, 500), Measures(22), "name")
    made.settle()
    return made


def test_only_what_is_in_view_is_laid_out(qtbot: QtBot) -> None:
    made = page(qtbot, LONG)

    laid = [n for n in range(len(made.paragraphs)) if made.layout.laid(n)]

    assert laid == [n for n, _ in made.visible()]
    assert len(laid) < 30


def test_paragraphs_that_are_not_seen_any_more_are_forgotten(qtbot: QtBot) -> None:
    made = page(qtbot, "\n".join("خبر عاجل " * 4000 for _ in range(20)))
    for index in range(20):
        made.lines_of(index)

    kept = [n for n in range(20) if made.layout.laid(n)]

    assert kept[-1] == 19
    assert sum(len(made.paragraphs[n].text) for n in kept) <= 250_000


def test_what_is_seen_stays_while_what_is_above_is_laid_out(qtbot: QtBot) -> None:
    made = page(qtbot, LONG)
    made.top = made.lowest // 2
    made.settle()
    before = made.place(), [y for _, y in made.visible()]

    for index in range(0, len(made.paragraphs) // 2):
        made.lines_of(index)

    assert (made.place(), [y for _, y in made.visible()]) == before


def test_one_paragraph_of_a_hundred_thousand_characters_is_a_page_too(qtbot: QtBot) -> None:
    text = "قال الكرملين إن لقاء الرئيس كان مفيدا " * 2632
    made = page(qtbot, text[:100_000])
    made.layout.set_marks(some_marks(text[:100_000], 500))
    made.settle()

    laid = made.lines_of(0)
    assert len(laid.lines) > 1000
    made.reveal(99_990, 99_995)
    assert made.box_of(99_990, 99_995).bottom() < 500


@pytest.mark.parametrize("width", [300, 640, 900, 3840])
def test_the_column_keeps_its_margins(width: int) -> None:
    column = Column.of(width)

    assert column.width <= 720
    assert column.text - column.left == 26
    assert column.right - column.text - column.width == 84
    assert column.right <= max(width, 230)


def test_a_line_grows_only_for_what_lies_on_it(qtbot: QtBot) -> None:
    text = "قال بوتين\nقال بوتين"
    made = page(qtbot, text)
    bare = made.layout.heights[0], made.layout.heights[1]

    growths = made.layout.set_marks([entity(text, "بوتين")])

    assert list(growths) == [0]
    assert made.layout.heights[0] == bare[0] + 17 + 5
    assert made.layout.heights[1] == bare[1]


def test_the_topmost_line_stays_when_labels_come_above_and_in_view(qtbot: QtBot) -> None:
    made = canvas(qtbot, LONG)
    made.scroll_to(len(LONG) // 2, len(LONG) // 2)
    before = made.place()
    top = made.point_of(before.offset).y()

    made.set_marks(some_marks(LONG[: before.offset], 500))

    assert made.place() == before
    assert made.point_of(before.offset).y() == top


def test_the_topmost_line_stays_when_the_window_and_the_zoom_change(qtbot: QtBot) -> None:
    made = canvas(qtbot, LONG, some_marks(LONG, 300))
    made.scroll_to(len(LONG) // 2, len(LONG) // 2)
    offset = made.place().offset
    made.resize(500, 400)
    QApplication.processEvents()
    line_of_offset = made.box_of(offset, offset + 1)
    assert -60 < line_of_offset.top() < 60

    with qtbot.waitSignal(made.zoom_changed):
        made.set_zoom(30)

    assert made.zoom() == 30
    assert -80 < made.box_of(offset, offset + 1).top() < 80


def test_where_one_reads_does_not_creep_while_the_window_is_drawn_wider(qtbot: QtBot) -> None:
    made = canvas(qtbot, LONG, size=(700, 400))
    made.scroll_to(len(LONG) // 2, len(LONG) // 2)
    offset = made.place().offset
    for width in [*range(700, 500, -9), *range(500, 701, 10)]:
        made.resize(width, 400)
        QApplication.processEvents()

    assert made.place().offset == offset


def test_room_for_links_follows_a_filler_that_moves(qtbot: QtBot) -> None:
    text = "جرى لقاء الرئيس\nفلاديمير بوتين\nثم تحدث بوتين"
    made = canvas(qtbot, text, [event(text, "لقاء"), entity(text, "بوتين")])
    made.set_event_in_hand("V1", [Link("V1", "E1", "الفاعل")])
    top, low = made.box_of(16, 17).top(), made.box_of(len(text) - 1, len(text)).top()

    made.set_marks([event(text, "لقاء"), entity(text, "بوتين", nth=1)])

    assert made.box_of(16, 17).top() == top - 37
    assert made.box_of(len(text) - 1, len(text)).top() == low - 5  # a lane


def test_the_screen_shows_what_a_new_painting_would_whatever_was_done(qtbot: QtBot) -> None:
    marks = some_marks(LONG, 3000)
    made = canvas(qtbot, LONG, marks, size=(700, 460))
    lots = random.Random(1)  # noqa: S311
    bar = made.verticalScrollBar()
    for step in range(60):
        act = step % 5
        if act == 0:
            bar.setValue(bar.value() + lots.randrange(-150, 400))
        elif act == 1:
            at = made.place().offset
            new = some_marks(LONG[at : at + 900], 4, step)
            moved = [((a + at, b + at),) for mark in new for a, b in mark.spans]
            marks = [
                *marks,
                *(Mark(f"n{step}{k}", "entity", s, "كيان") for k, s in enumerate(moved)),
            ]
            made.set_marks(marks)
        elif act == 2:
            marks = marks[: -lots.randrange(1, 6)]
            made.set_marks(marks)
        elif act == 3:
            made.set_current(lots.choice(marks).uid)
            made.select(made.place().offset + 5, made.place().offset + 90)
        else:
            made.scroll_to(at := lots.randrange(len(LONG)), at + 3)
        QApplication.processEvents()
        assert screen_of(made) == painted(made), (step, act)


def test_a_region_that_is_not_labelled_is_set_smaller_and_named_in_the_margin(
    qtbot: QtBot,
) -> None:
    text = "عنوان الخبر\nمتن الخبر\nوكالة"
    made = page(qtbot, text)
    made.layout = Layout(
        text,
        [
            Stretch(0, 12, "headline", "العنوان", True),
            Stretch(12, 22, "body", "المتن", True),
            Stretch(22, 27, "source", "المصدر", False),
        ],
    )
    made.set(QSize(700, 500), Measures(22), "name")
    sizes = [made.layout.face_of(n).font.pixelSize() for n in range(3)]

    assert sizes == [24, 22, 15]
    assert made.layout.face_of(0).font.bold()
    assert [made.layout.is_dimmed(n) for n in range(3)] == [False, False, True]
    assert [stretch.name for stretch in made.layout.roles.values()] == [
        "العنوان",
        "المتن",
        "المصدر",
    ]


def test_links_of_the_event_in_hand_get_room_and_give_it_back(qtbot: QtBot) -> None:
    text = "جرى لقاء الرئيس فلاديمير بوتين\nثم تحدث"
    trigger, filler = event(text, "لقاء"), entity(text, "بوتين", number=1)
    made = canvas(qtbot, text, [trigger, filler])
    bare = made.box_of(0, 1).top()

    made.set_event_in_hand("V1", [Link("V1", "E1", "الفاعل")])
    with_links = made.box_of(0, 1).top()
    made.set_event_in_hand("", [])

    assert with_links == bare + 15 + 5
    assert made.box_of(0, 1).top() == bare


def test_related_lines_fold_into_one_row_until_it_is_pressed(qtbot: QtBot) -> None:
    lines = [f"خبر آخر له صلة رقم {n}" for n in range(40)]
    text = "\n".join(["متن الخبر", *lines, "خاتمة"])
    end = len(text) - len("خاتمة") - 1
    stretches = [
        Stretch(0, 9, "body", "المتن", True),
        Stretch(10, end, "related", "مواد ذات صلة", False),
        Stretch(end + 1, len(text), "body", "المتن", True),
    ]
    made = canvas(qtbot, text, stretches=stretches)
    folded = made.box_of(len(text) - 1, len(text)).top()
    row = QPoint(200, made.box_of(0, 1).bottom() + 30)
    assert folded < 130

    QTest.mouseClick(made.viewport(), Qt.MouseButton.LeftButton, pos=row)

    assert made.selection() is None
    assert screen_of(made) == painted(made)
    made.scroll_to(len(text) - 1, len(text))
    assert made.place().offset > 100


def test_what_is_gone_to_is_unfolded(qtbot: QtBot) -> None:
    text = "متن\n" + "\n".join(f"كلمة {n}" for n in range(30))
    made = canvas(qtbot, text, stretches=[Stretch(4, len(text), "keywords", "كلمات", False)])
    place = text.index("كلمة 20")
    assert made.box_of(place, place + 4).isEmpty()

    made.scroll_to(place, place + 4)

    assert made.viewport().rect().contains(made.box_of(place, place + 4))
