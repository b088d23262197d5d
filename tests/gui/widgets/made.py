"""Widgets to try, each made with words; looks to try them in."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QApplication,
    QWidget,
)

from annotator.gui import fonts
from annotator.gui.dressing import dress
from annotator.gui.look import Look
from annotator.gui.theme import Theme
from annotator.gui.widgets.avatar import Avatar
from annotator.gui.widgets.buttons import Button, IconButton
from annotator.gui.widgets.card import FormRow, Well
from annotator.gui.widgets.chip import Chip, ChipFace
from annotator.gui.widgets.empty import Empty
from annotator.gui.widgets.fields import LineField, SearchField, TextField
from annotator.gui.widgets.literal import (
    Literal,
    shown,
)
from annotator.gui.widgets.progressline import ProgressLine
from annotator.gui.widgets.segments import Choice, Segments
from annotator.gui.widgets.strip import Strip, StripText
from annotator.gui.widgets.tabs import Tabs
from annotator.i18n import Language

HOSTILE = "<b>&<img src=x>\u202e\u2066قال\r\nabc\u2028\t" + "ط" * 500 + "\x00\ufeff"
WORDS = {"ar": "أنهِ المقال وانتقل", "en": "Finish and go on"}
Part = TypeVar("Part", bound=QWidget)
Make = Callable[[Look, str], QWidget]

# Every widget that shows words which may come from people, made with the words it is given.
WORDED: dict[str, Make] = {
    "literal": lambda look, text: Literal(look, text),
    "literal of three lines": lambda look, text: Literal(look, text, lines=3),
    "chip of an entity": lambda look, text: Chip(look, ChipFace(text, "entity", "n6")),
    "chip of a filler": lambda look, text: Chip(look, ChipFace(text, "entity", "m6", 2)),
    "chip of an event": lambda look, text: Chip(look, ChipFace(text, "event")),
    "chip of a stance": lambda look, text: Chip(look, ChipFace(text, "against")),
    "primary button": lambda look, text: Button(look, text, "primary", "check"),
    "second button": lambda look, text: Button(look, text, icon="download"),
    "quiet button": lambda look, text: Button(look, text, "quiet"),
    "segments": lambda look, text: Segments(look, text, [Choice("a", text)], ["a"]),
    "tabs": lambda look, text: Tabs(look, text, [text]),
    "form row": lambda look, text: FormRow(look, text, Well(look, Literal(look, text)), width=160),
    "problem": lambda look, text: Strip(look, "problem", StripText(text, text, text, text)),
    "question": lambda look, text: Strip(look, "question", StripText("", text)),
    "empty": lambda look, text: Empty(look, shown(text), text, [("P", "ح")]),
    "icon button": lambda look, text: IconButton(look, "flag", text, "Ctrl F"),
    "avatar": lambda look, text: Avatar(look, text),
    "line": lambda look, text: LineField(look, text, text, hint=text),
    "search": lambda look, text: SearchField(look, text, latin="Ctrl F"),
    "lines": lambda look, text: TextField(look, text, hint=text),
    "progress": lambda look, text: ProgressLine(look, shown(text), 2, 5),
}


def look_of(code: str, theme: str = "light", *, is_compact: bool = False) -> Look:
    return Look(Theme.of(theme), Language.of(code), is_compact)


def dressed(application: QApplication, look: Look) -> Iterator[Look]:
    fonts.load()
    dress(application, look)
    yield look
    application.setStyleSheet("")
    application.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def parts(widget: QWidget) -> list[QWidget]:
    return [widget, *widget.findChildren(QWidget)]


def found(widget: QWidget, kind: type[Part]) -> Part:
    part = widget.findChild(kind)
    assert part is not None
    return part


def colours(image: QImage) -> set[int]:
    return {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}
