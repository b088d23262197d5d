"""Text as a terminal can show it: without control characters, and in visual order where it must be.

Some terminals put Arabic in order themselves and some show it as it comes. What is piped is never
touched: other programs read it in logical order.
"""

import re
from collections.abc import Mapping
from typing import IO

WAYS = ("auto", "on", "off")
_CONTROLS = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LEFT_TO_RIGHT_MARK = "\u200e"
_MARKS = dict.fromkeys(map(ord, "\u061c\u200e\u200f"))
_WITHOUT_BIDI = {
    "TERM": ("linux", "xterm-kitty", "alacritty", "foot", "st-256color"),
    "TERM_PROGRAM": ("vscode", "WezTerm", "ghostty", "Hyper"),
}
"""Terminals that are known not to do it, by what they put into the environment."""
_MARKS_OF_TERMINALS_WITHOUT_BIDI = ("WT_SESSION", "XTERM_VERSION", "KITTY_WINDOW_ID")


def printable(text: str) -> str:
    r"""Return `text` on one line, with what could steer a terminal spelled out.

    >>> print(printable("أول\nثان\x1b[31m"))
    أول\nثان\x1b[31m
    """
    return _CONTROLS.sub(lambda found: repr(found[0])[1:-1], text)


def is_visual(way: str, stream: IO[str], environment: Mapping[str, str]) -> bool:
    """Whether what goes to `stream` is to be put in visual order; never where it is piped."""
    if way == "off" or not stream.isatty():
        return False
    return way == "on" or lacks_bidi(environment)


def lacks_bidi(environment: Mapping[str, str]) -> bool:
    """Whether the terminal is one that is known to show Arabic as it comes.

    >>> lacks_bidi({"TERM": "linux"}), lacks_bidi({"TERM": "xterm-256color"})
    (True, False)
    """
    if any(environment.get(name) for name in _MARKS_OF_TERMINALS_WITHOUT_BIDI):
        return True
    return any(environment.get(name) in known for name, known in _WITHOUT_BIDI.items())


def in_visual_order(text: str, direction: str) -> str:
    """Return every line of `text` in visual order, as a paragraph of `direction`, rtl or ltr."""
    if not _RIGHT_TO_LEFT.search(text):
        return text
    from bidi import get_display  # type: ignore[import-untyped]

    base = "R" if direction == "rtl" else "L"
    ordered = "\n".join(str(get_display(line, base_dir=base)) for line in text.split("\n"))
    return ordered.translate(_MARKS)


def set_apart(cell: str) -> str:
    """Return `cell` so that a terminal which orders Arabic does not swap it with its neighbour."""
    return cell + _LEFT_TO_RIGHT_MARK if _RIGHT_TO_LEFT.search(cell) else cell
