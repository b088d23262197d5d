"""What the canvas of a window has on the screen: told after each paint of it."""

import contextlib
from collections.abc import Callable, Iterator
from unittest import mock

from PySide6.QtCore import QRect
from PySide6.QtGui import QPaintEvent

from annotator.gui.canvas.marks import Mark
from annotator.gui.canvas.sheet import Sheet
from tests.faults.shownmarks import Look

Tell = Callable[[list[tuple[str, *Look]]], None]
"""Is told of marks that are painted as saved and were not before: uid, kind, type, spans."""


@contextlib.contextmanager
def watched(tell: Tell) -> Iterator[None]:
    """Let each canvas that is made in the block tell, once it has painted, what it painted."""
    paint = Sheet.paintEvent
    on_screen: dict[str, Look] = {}

    def painted(sheet: Sheet, event: QPaintEvent) -> None:
        paint(sheet, event)
        new = _new(sheet, event.rect(), on_screen)
        if new:
            tell(new)

    with mock.patch.object(Sheet, "paintEvent", painted):
        yield


def _new(sheet: Sheet, clip: QRect, on_screen: dict[str, Look]) -> list[tuple[str, *Look]]:
    """Bring what is on the screen up to date; return what is painted as saved only now."""
    there = sheet._page.layout.marks  # noqa: SLF001  # what it painted from
    for uid in [uid for uid in on_screen if there.get(uid) is None]:
        del on_screen[uid]
    found = []
    for mark in _painted_in(sheet, clip):
        look = mark.kind, mark.code, mark.spans
        if mark.is_pending or mark.is_unsaved:  # dashed, or in the ink of errors
            on_screen.pop(mark.uid, None)
        elif on_screen.get(mark.uid) != look:
            on_screen[mark.uid] = look
            found.append((mark.uid, *look))
    return found


def _painted_in(sheet: Sheet, clip: QRect) -> Iterator[Mark]:
    """Yield the marks of the lines that a paint of `clip` has drawn."""
    page = sheet._page  # noqa: SLF001  # as above
    for index, top in page.between(clip.top(), clip.bottom() + 1):
        laid = page.layout.laid(index)
        if laid is not None:
            for number in laid.lines_between(clip.top() - top, clip.bottom() + 1 - top):
                yield from (piece.mark for piece in laid.lines[number].pieces)
