"""Which movement of the caret a key means. Pure."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from annotator.gui.canvas.caret import Movement
from annotator.gui.canvas.measures import USUAL

_Key = Qt.Key
# Plain, with Ctrl.
_BY_KEY: dict[int, tuple[Movement, Movement]] = {
    _Key.Key_Left: ("left", "word_left"),
    _Key.Key_Right: ("right", "word_right"),
    _Key.Key_Up: ("up", "paragraph_up"),
    _Key.Key_Down: ("down", "paragraph_down"),
    _Key.Key_Home: ("line_start", "document_start"),
    _Key.Key_End: ("line_end", "document_end"),
}
# With Shift, towards the end of the text and towards its start: a selection grows as one reads.
_READING: dict[bool, dict[bool, Movement]] = {
    False: {True: "forward", False: "backward"},
    True: {True: "word_forward", False: "word_backward"},
}


def movement(key: int, modifiers: Qt.KeyboardModifier, *, is_rtl: bool) -> Movement | None:
    """Return what `key` does to the caret in a paragraph of this direction; None for other keys."""
    if key not in _BY_KEY or modifiers & Qt.KeyboardModifier.AltModifier:
        return None
    with_control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
    is_sideways = key in (_Key.Key_Left, _Key.Key_Right)
    if is_sideways and modifiers & Qt.KeyboardModifier.ShiftModifier:
        return _READING[with_control][(key == _Key.Key_Left) == is_rtl]
    return _BY_KEY[key][with_control]


STEPS: dict[int, Movement] = {_Key.Key_PageUp: "up", _Key.Key_PageDown: "down"}
"""Keys that go many lines at a time."""


def zoomed(event: QKeyEvent, px: int) -> int:
    """Return the size that a key asks for instead of `px`; 0 for keys that ask for none."""
    if event.matches(QKeySequence.StandardKey.ZoomIn) or _is_with_control(event, _Key.Key_Equal):
        return px + 1
    if event.matches(QKeySequence.StandardKey.ZoomOut):
        return px - 1
    return USUAL if _is_with_control(event, _Key.Key_0) else 0


def _is_with_control(event: QKeyEvent, key: Qt.Key) -> bool:
    return event.key() == key and event.modifiers() == Qt.KeyboardModifier.ControlModifier
