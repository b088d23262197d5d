"""Canvases for tests: real widgets with real text, and what is on the screen of them."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.gui import fonts
from annotator.gui.canvas.marks import Mark, Stretch
from annotator.gui.canvas.view import Canvas
from annotator.gui.look import Look
from annotator.gui.theme import Theme
from annotator.i18n import Language

SEEDS = sorted((Path(__file__).parents[2] / "seeds/articles").glob("*.txt"))
NO_KEYS = Qt.KeyboardModifier.NoModifier


def seed(number: int = 0) -> str:
    """Return one of the sample articles."""
    return SEEDS[number].read_text("utf-8")


def canvas(
    qtbot: QtBot,
    text: str,
    marks: Sequence[Mark] = (),
    *,
    theme: str = "light",
    size: tuple[int, int] = (700, 500),
    stretches: Sequence[Stretch] = (),
) -> Canvas:
    """Return a canvas that shows `text` with `marks`."""
    fonts.load()
    made = Canvas(Look(Theme.of(theme), Language.of("ar")))
    qtbot.addWidget(made)
    made.resize(*size)
    made.show()
    QApplication.processEvents()
    made.show_article(text, stretches)
    made.set_marks(marks)
    QApplication.processEvents()
    return made


def entity(text: str, quote: str, uid: str = "E1", nth: int = 0, **state: object) -> Mark:
    """Return a mark on the `nth` place where `quote` stands."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(quote, start + 1)
    span = (start, start + len(quote))
    return Mark(uid, "entity", (span,), "شخص", slot="n6", **state)  # type: ignore[arg-type]


def event(text: str, quote: str, uid: str = "V1", **state: object) -> Mark:
    """Return a trigger on the first place where `quote` stands."""
    start = text.index(quote)
    span = (start, start + len(quote))
    return Mark(uid, "event", (span,), "تشاور", **state)  # type: ignore[arg-type]


def drag(made: Canvas, start: QPoint, end: QPoint, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
    """Press at `start`, move and let go at `end`."""
    surface, button = made.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(surface, button, keys, start)
    QTest.mouseMove(surface, (start + end) / 2)
    QTest.mouseMove(surface, end)
    QTest.mouseRelease(surface, button, keys, end)


def screen_of(made: Canvas) -> QImage:
    """Return what is on the screen of the viewport, without painting anything anew."""
    QApplication.processEvents()
    picture = made.screen().grabWindow(made.winId())
    return picture.toImage().copy(_in_window(made)).convertToFormat(QImage.Format.Format_RGB32)


def painted(made: Canvas) -> QImage:
    """Return the viewport as it is painted when all of it is painted anew."""
    QApplication.processEvents()
    picture = made.grab(_in_window(made))
    return picture.toImage().convertToFormat(QImage.Format.Format_RGB32)


def _in_window(made: Canvas) -> QRect:
    surface = made.viewport()
    return QRect(surface.mapTo(made, QPoint(0, 0)), surface.size())
