"""What chips say: names from elsewhere made harmless, and the ladder from long to short. No Qt."""

import html
import re
from collections.abc import Iterable
from functools import lru_cache

from annotator.gui.canvas.marks import Mark

CHIPS = ("name", "code", "off")
_HARMFUL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\uffff]+"
)
_LONGEST = 40
_EXCERPT = 24


def harmless(name: str) -> str:
    r"""Return `name` on one line and without what steers the direction of text.

    >>> harmless("شخص\n\u202eLRO")
    'شخص LRO'
    """
    return _HARMFUL.sub(" ", name).strip()


def cut(name: str, longest: int = _LONGEST) -> str:
    """Return `name`, harmless, at most `longest` characters of it.

    >>> cut("منصب أو مهنة", 8)
    'منصب أو…'
    """
    name = harmless(name)
    return name if len(name) <= longest else name[: longest - 1].rstrip() + "…"


def ladder(mark: Mark, chips: str) -> tuple[str, ...]:
    """Return what the chip of `mark` may say, longest first; nothing where chips are off."""
    if chips == "off":
        return ()
    return _ladder(mark.name, mark.short, mark.code or mark.kind, mark.sign, chips)


@lru_cache(maxsize=1024)  # a label schema has some dozens of types
def _ladder(name: str, short: str, code: str, sign: str, chips: str) -> tuple[str, ...]:
    wanted = (name, short) if chips == "name" else (code,)
    return _said(sign, wanted) or _said(sign, (code, short, name)) or (sign,)


def excerpt(text: str) -> str:
    """Return the beginning of a piece of the article, for a flag or a margin."""
    return cut(text, _EXCERPT)


def plain_tooltip(lines: Iterable[str]) -> str:
    """Return a tooltip that shows `lines` literally; Qt would take them for rich text."""
    return "<p>" + "<br>".join(html.escape(harmless(line)) for line in lines) + "</p>"


def _said(sign: str, words: Iterable[str]) -> tuple[str, ...]:
    """Return the words that say something, each once; the sign stands beside them anyway."""
    bare = (harmless(word).removeprefix(sign).strip() for word in words)
    return tuple(dict.fromkeys(cut(word) for word in bare if word))
