"""The canvas under anything: hostile texts, names and marks, and any order of deeds."""

from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.arabic.graphemes import snap_outward
from annotator.gui import fonts
from annotator.gui.canvas.marks import Link, Mark, Stretch
from annotator.gui.canvas.view import Canvas
from annotator.gui.look import Look
from annotator.gui.theme import SLOTS, Theme
from annotator.i18n import Language
from tests.gui.canvases import painted, screen_of
from tests.strategies import names, texts

_KEYS = (
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home,
    Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
)  # fmt: skip


@st.composite
def articles(draw: st.DrawFn) -> tuple[str, list[Mark], list[Stretch]]:
    """Return a text with marks that lie on whole graphemes of it, and regions."""
    text = draw(texts(min_size=1, max_size=60))
    offsets = st.integers(0, len(text))
    marks = []
    for number in range(draw(st.integers(0, 12))):
        ends = sorted((draw(offsets), draw(offsets)))
        start, end = snap_outward(text, *ends)
        if start == end:
            continue
        marks.append(
            Mark(
                f"u{number}",
                draw(st.sampled_from(["entity", "event", "evidence"])),
                ((start, end),),
                draw(names()),
                draw(names()),
                slot=draw(st.sampled_from([*SLOTS, "", "#12ab34"])),
                sign=draw(st.sampled_from(["", "+", "−"])),
                is_pending=draw(st.booleans()),
                is_doubtful=draw(st.booleans()),
                has_problem=draw(st.booleans()),
                is_suggested=draw(st.booleans()),
                number=draw(st.sampled_from([0, 0, 1, 12])),
            )
        )
    cut = draw(offsets)
    stretches = [
        Stretch(0, cut, "headline", draw(names()), True),
        Stretch(cut, len(text), "related", draw(names()), draw(st.booleans())),
    ]
    return text, marks, stretches


@pytest.fixture(scope="module")
def made(qapp: QApplication) -> Iterator[Canvas]:
    fonts.load()
    canvas = Canvas(Look(Theme.of("light"), Language.of("ar")))
    canvas.resize(330, 260)
    canvas.show()
    yield canvas
    canvas.close()


def _deeds(made: Canvas, text: str, marks: list[Mark]) -> list[Callable[[int], object]]:
    surface, uids = made.viewport(), ["", *(mark.uid for mark in marks)]
    size = len(text)

    def point(n: int) -> QPoint:
        return QPoint(n * 37 % surface.width(), n * 53 % surface.height())

    return [
        lambda n: made.set_marks(marks[n % (len(marks) + 1) :]),
        lambda n: made.set_current(uids[n % len(uids)]),
        lambda n: made.set_event_in_hand(
            uids[n % len(uids)], [Link(uids[n % len(uids)], uid, "دور") for uid in uids[:n]]
        ),
        lambda n: made.select(n % size, size),
        lambda n: made.place_caret(n % (size + 1)),
        lambda n: made.scroll_to(n % size, min(size, n % size + 3)),
        lambda n: made.set_hits([(n % size, n % size + 1)], n % 2 - 1),
        lambda n: made.flash(n % size, size),
        lambda n: made.set_zoom(16 + n % 21),
        lambda n: made.resize(200 + n % 300, 150 + n % 200),
        lambda n: made.set_chips(("name", "code", "off")[n % 3]),
        lambda n: QTest.keyClick(made, _KEYS[n % len(_KEYS)], Qt.KeyboardModifier.NoModifier),
        lambda n: QTest.keyClick(made, _KEYS[n % len(_KEYS)], Qt.KeyboardModifier.ShiftModifier),
        lambda n: QTest.mousePress(surface, Qt.MouseButton.LeftButton, pos=point(n)),
        lambda n: QTest.mouseMove(surface, point(n)),
        lambda n: QTest.mouseRelease(surface, Qt.MouseButton.LeftButton, pos=point(n)),
    ]


@given(
    articles(),
    st.lists(st.tuples(st.integers(0, 15), st.integers(0, 400)), max_size=14),
)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_nothing_that_is_done_breaks_it_and_the_screen_shows_the_truth(
    qtbot: QtBot,
    made: Canvas,
    article: tuple[str, list[Mark], list[Stretch]],
    deeds: list[tuple[int, int]],
) -> None:
    text, marks, stretches = article
    made.show_article(text, stretches)
    made.set_marks(marks)
    able = _deeds(made, text, marks)
    try:
        for which, n in deeds:
            able[which](n)
            QApplication.processEvents()
            assert 0 <= made.caret() <= len(text)
    finally:  # no button stays down for what comes after
        QTest.mouseRelease(made.viewport(), Qt.MouseButton.LeftButton)

    assert screen_of(made) == painted(made)
