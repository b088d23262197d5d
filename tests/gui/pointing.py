"""A surface of one row for the pointer, in which every character is ten pixels wide."""

from PySide6.QtCore import QPointF

from annotator.arabic.graphemes import snap_outward
from annotator.gui.canvas.pointer import Deed, Hit, Keys, Placed, Pointer, Selected

WIDTH = 10
PLAIN, ALT, SHIFT = Keys(), Keys(has_alt=True), Keys(has_shift=True)
TEXT = "قال وويتكوف، «لا» CBS News 25%\nعاجل"


class Row:
    """A surface of one row. Marks are under the text; chips hang at x below 0 and -100."""

    def __init__(self, text: str, marks: dict[str, tuple[int, int]] | None = None) -> None:
        self._text = text
        self._marks = marks or {}
        self._handles: dict[float, tuple[str, str]] = {}

    def hold(self, uid: str) -> None:
        """Make a mark the current one: it has handles, five pixels above the text."""
        start, end = self._marks[uid]
        self._handles = {start * WIDTH: (uid, "start"), end * WIDTH: (uid, "end")}

    def hit(self, point: QPointF) -> Hit:
        if point.y() < -50:
            uid = next(iter(self._marks), "")
            return Hit(0, 0, 1, uid, is_on_text=False)
        place = min(max(0.0, point.x() / WIDTH), len(self._text))
        under = min(int(place), max(0, len(self._text) - 1))
        start, end = snap_outward(self._text, under, under + 1)
        is_second = place - start > (end - start) / 2
        uid = next((u for u, (a, b) in self._marks.items() if a <= under < b), "")
        handle = self._handles.get(point.x(), ("", "")) if point.y() < 0 else ("", "")
        is_on_text = 0 <= point.x() <= len(self._text) * WIDTH
        return Hit(
            end if is_second else start,
            start,
            end,
            handle[0] or uid,
            handle[1],  # type: ignore[arg-type] # one of the three
            is_on_text,
            is_second,
        )

    def span_of(self, uid: str) -> tuple[int, int]:
        return self._marks[uid]


def at(offset: float, y: float = 5) -> QPointF:
    return QPointF(offset * WIDTH, y)


def inside(offset: int) -> QPointF:
    """Return a point in the first half of the character at `offset`."""
    return at(offset + 0.2)


def before(offset: int) -> QPointF:
    """Return a point in the second half of the character before `offset`."""
    return at(offset - 0.2)


def drag(pointer: Pointer, points: list[QPointF], keys: Keys = PLAIN) -> str | None:
    """Press at the first point, move over the others, let go; return what is selected."""
    deeds = pointer.press(points[0], keys)
    for point in points[1:]:
        deeds += pointer.move(point, keys)
    deeds += pointer.release(points[-1], keys)
    return selected(deeds)


def selected(deeds: list[Deed], text: str = TEXT) -> str | None:
    last = next((d for d in reversed(deeds) if isinstance(d, Placed | Selected)), None)
    return text[last.start : last.end] if isinstance(last, Selected) else None


def place(word: str) -> tuple[int, int]:
    start = TEXT.index(word)
    return start, start + len(word)


def pointer() -> Pointer:
    return Pointer(Row(TEXT), TEXT)
