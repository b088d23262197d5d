"""What stands in a text and is not seen: controls, blanks of no width, tatweel, shapes of letters.

Nothing is taken away: a text never changes. Places are for small marks on demand, counts for a
report, and a text in the order of the eye can be put right in a copy (`righted`).
"""

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from annotator.arabic.characters import ARABIC_LETTERS, ARABIC_MARKS, TATWEEL
from annotator.arabic.misread import reread

OVERRIDE = "override"
BIDI = "bidi"
ZERO_WIDTH = "zero_width"
NO_BREAK = "no_break"
SPACES = "spaces"
SHAPES = "shapes"

_SHAPE = "\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufd8f\ufd92-\ufdc7\ufdf0-\ufdf9\ufe70-\ufefc"
"""Letters as they are joined. Signs of their own, such as `ﷺ`, are not among them."""
_KINDS = {
    OVERRIDE: "[\u202d\u202e]",
    BIDI: "[\u061c\u200e\u200f\u202a-\u202c\u2066-\u2069]",
    ZERO_WIDTH: "[\u00ad\u180e\u200b-\u200d\u2060-\u2064\ufeff]",
    "tatweel": TATWEEL,
    NO_BREAK: "[\u00a0\u2007\u202f]",
    SHAPES: f"[{_SHAPE}]",
    SPACES: "  ",
}
KINDS = tuple(_KINDS)
"""What is not seen, in the order in which it is reported."""
_ANY = re.compile("|".join(f"(?P<{kind}>(?:{what})+)" for kind, what in _KINDS.items()))
_CHARACTER = re.compile(f"[{''.join(what.strip('[]') for what in _KINDS.values()).strip()}]")
"""Any of them but double spaces: one class is found ten times as fast as one of several."""
_SHAPED = re.compile(f"[{_SHAPE}]{{2,}}")
_SHAPES_ALONE = re.compile(f"[{_SHAPE}]+")
_NEVER_FIRST = re.compile(
    f"[ةى](?=[{ARABIC_LETTERS}])(?<![{ARABIC_LETTERS}{ARABIC_MARKS}{TATWEEL}].)"
)
_OF_ARABIC_BLOCK = ((BIDI, "\u061c"), ("tatweel", TATWEEL))
_SPACES = re.compile("  +")
_ARTICLE_FIRST = re.compile(f"(?<![{ARABIC_LETTERS}])ال(?=[{ARABIC_LETTERS}])")
_ARTICLE_BEHIND_BLANK = re.compile(f" ال(?=[{ARABIC_LETTERS}])")
_ARTICLE_LAST = re.compile(f"(?<=[{ARABIC_LETTERS}])لا(?![{ARABIC_LETTERS}])")
_STEPS = frozenset(
    [("initial", "medial"), ("medial", "final"), ("", "initial"), ("final", "")],
)
"""From one shape to the next, where a word is written as it is read; nothing is around it."""
_STEPS_REVERSED = frozenset([step[::-1] for step in _STEPS])
_LONG_ENOUGH = 200
"""Characters of a text from which on blanks are missed."""
_LONGEST_WORD = 25
"""Characters that no words have on average."""
_ENOUGH = 3
"""Words that no text in the order of reading has: fewer may be slips."""


class Unseen(NamedTuple):
    """A stretch `[start, end)` of one kind, in code points."""

    start: int
    end: int
    kind: str


def unseen(text: str) -> Iterator[Unseen]:
    r"""Yield what is not seen in `text`, in order, as the longest stretches of a kind.

    >>> [tuple(one) for one in unseen("كتـــاب\u200f  جديد")]
    [(2, 5, 'tatweel'), (7, 8, 'bidi'), (8, 10, 'spaces')]
    """
    end = 0
    spaces, character = text.find("  "), _start_of(_CHARACTER, text, 0)
    while spaces >= 0 or character >= 0:
        is_spaces = character < 0 or 0 <= spaces < character
        found = _ANY.match(text, spaces if is_spaces else character)
        if found is None:
            raise ValueError("a character of no kind")
        end = found.end()
        if is_spaces:
            end += text[end : end + 1] == " "  # an odd one
            spaces = text.find("  ", end)
        else:
            character = _start_of(_CHARACTER, text, end)
        yield Unseen(found.start(), end, str(found.lastgroup))


def _start_of(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.search(text, start)
    return found.start() if found else -1


def counts_of(text: str) -> dict[str, int]:
    """Return how often each kind stands in `text`: by character, double spaces by place."""
    data = text.encode("utf-8", "surrogatepass")
    counted = dict.fromkeys(KINDS, 0)
    for lead, kinds in _kinds_by_lead().items():
        n = 2 if lead < b"\xe0" else 3
        for at in _places(data, lead):
            kind = kinds.get(data[at : at + n])
            if kind is not None:
                counted[kind] += 1
    for kind, sign in _OF_ARABIC_BLOCK:
        if sign in text:
            counted[kind] += text.count(sign)
    if "  " in text:
        counted[SPACES] = len(_SPACES.findall(text))
    return {kind: n for kind, n in counted.items() if n}


@functools.cache
def _kinds_by_lead() -> dict[bytes, dict[bytes, str]]:
    """Return the kinds of characters by the first byte of their UTF-8, then by all of it.

    Few characters of Arabic text begin with such a byte, and to find a byte takes no time: a text
    is counted in a twentieth of what going through its characters takes. Those of the Arabic block
    share their first byte with every letter and are left out.
    """
    found: dict[bytes, dict[bytes, str]] = {}
    for code in (*range(0x80, 0x100), *range(0x1800, 0x2070), *range(0xFB50, 0xFF00)):
        kind = _ANY.match(chr(code))
        if kind is not None:
            data = chr(code).encode()
            found.setdefault(data[:1], {})[data] = str(kind.lastgroup)
    return found


def _places(data: bytes, byte: bytes) -> Iterator[int]:
    """Yield where `byte` stands in `data`, in order."""
    at = data.find(byte)
    while at >= 0:
        yield at
        at = data.find(byte, at + 1)


def runs_together(text: str) -> bool:
    """Whether so few blanks part the words of `text` that its words cannot be told.

    Words of news have some five letters; none has as many as these would have on average.

    >>> runs_together("قالالرئيسالروسيإناللقاءكانمفيدا" * 9), runs_together("قال الرئيس " * 9)
    (True, False)
    """
    if len(text) < _LONG_ENOUGH or text.count(" ") * _LONGEST_WORD > len(text):
        return False
    return len(text.split()) * _LONGEST_WORD < len(text)


def is_in_order_of_eye(text: str, *, has_shapes: bool | None = None) -> bool:
    """Whether `text` was stored in the order in which it is seen, so that words stand reversed.

    Who has counted what is not seen may say whether it `has_shapes`.

    Shapes tell it: one that begins a word then follows those within it. Plain letters tell it by
    words that begin with `ة` or `ى` and by `لا` at ends where `ال` should begin.

    >>> is_in_order_of_eye("ﺎﺒﺣﺮﻣ"), is_in_order_of_eye("ﻣﺮﺣﺒﺎ")
    (True, False)
    """
    reversed_, right = 0, 0
    for run in _SHAPED.findall(text) if has_shapes is not False else ():
        shapes = [_shape_of(letter) for letter in run]
        steps = [*itertools.pairwise(shapes), ("", shapes[0]), (shapes[-1], "")]
        reversed_ += sum(step in _STEPS_REVERSED for step in steps)
        right += sum(step in _STEPS for step in steps)
    if reversed_ or right:
        return reversed_ > right
    if _begins_words_right(text) or len(_NEVER_FIRST.findall(text)) < _ENOUGH:
        return False
    return len(_ARTICLE_LAST.findall(text)) > len(_ARTICLE_FIRST.findall(text))


def _begins_words_right(text: str) -> bool:
    """Whether more words begin with the article than can end with it turned round.

    Nearly every text in the order of reading shows that in its first lines.
    """
    n_turned = text.count("لا")
    first = itertools.islice(_ARTICLE_BEHIND_BLANK.finditer(text), n_turned + 1)
    return sum(1 for _ in first) > n_turned


def righted(text: str) -> str:
    r"""Return `text` in letters instead of shapes, in the order of reading, and read as UTF-8.

    For a copy beside the original. Numbers and Latin words keep their own order; what stood beside
    them on a line may have changed places, which nothing in the text tells.

    >>> righted("2025 ﺎﺒﺣﺮﻣ")
    'مرحبا 2025'
    """
    text = reread(text) or text
    if is_in_order_of_eye(text):
        text = turned(text)
    return _SHAPES_ALONE.sub(lambda run: unicodedata.normalize("NFKC", run.group()), text)


def turned(text: str) -> str:
    """Return a text in the order of the eye in that of reading, line by line; shapes stay."""
    from bidi import get_display  # type: ignore[import-untyped]  # seldom needed

    return "\n".join(get_display(line, base_dir="R") if line else line for line in text.split("\n"))


def _shape_of(letter: str) -> str:
    """Return which shape of a letter this is: initial, medial, final, isolated; or nothing."""
    told = unicodedata.decomposition(letter)
    return told[1 : told.index(">")] if told.startswith("<") else ""
