"""What stands in a text and is not seen: controls, blanks of no width, tatweel, shapes of letters.

Nothing is taken away: a text never changes. Places are for small marks on demand, counts for a
report, and a text in the order of the eye can be put right in a copy (`righted`).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from annotator.arabic.characters import ARABIC_LETTERS, ARABIC_MARKS, TATWEEL

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
_MAY_BE = re.compile("  |[\u00a0\u00ad\u061c\u0640\u180e\u2007-\u2069\ufb50-\ufeff]")
_SHAPED = re.compile(f"[{_SHAPE}]{{2,}}")
_SHAPES_ALONE = re.compile(f"[{_SHAPE}]+")
_NEVER_FIRST = re.compile(
    f"(?<![{ARABIC_LETTERS}{ARABIC_MARKS}{TATWEEL}])[ةى](?=[{ARABIC_LETTERS}])"
)
_ARTICLE_FIRST = re.compile(f"(?<![{ARABIC_LETTERS}])ال(?=[{ARABIC_LETTERS}])")
_ARTICLE_LAST = re.compile(f"(?<=[{ARABIC_LETTERS}])لا(?![{ARABIC_LETTERS}])")
_STEPS = frozenset(
    [("initial", "medial"), ("medial", "final"), ("", "initial"), ("final", "")],
)
"""From one shape to the next, where a word is written as it is read; nothing is around it."""
_STEPS_REVERSED = frozenset([step[::-1] for step in _STEPS])
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
    if not _MAY_BE.search(text):
        return
    for found in _ANY.finditer(text):
        end = found.end()
        if found.lastgroup == SPACES and text[end : end + 1] == " ":
            end += 1  # an odd one
        yield Unseen(found.start(), end, str(found.lastgroup))


def counts_of(text: str) -> dict[str, int]:
    """Return how often each kind stands in `text`: by character, double spaces by place."""
    counted: Counter[str] = Counter()
    for start, end, kind in unseen(text):
        counted[kind] += 1 if kind == SPACES else end - start
    return {kind: counted[kind] for kind in KINDS if kind in counted}


def is_in_order_of_eye(text: str) -> bool:
    """Whether `text` was stored in the order in which it is seen, so that words stand reversed.

    Shapes tell it: one that begins a word then follows those within it. Plain letters tell it by
    words that begin with `ة` or `ى` and by `لا` at ends where `ال` should begin.

    >>> is_in_order_of_eye("ﺎﺒﺣﺮﻣ"), is_in_order_of_eye("ﻣﺮﺣﺒﺎ")
    (True, False)
    """
    reversed_, right = 0, 0
    for run in _SHAPED.findall(text):
        shapes = [_shape_of(letter) for letter in run]
        steps = [*pairwise(shapes), ("", shapes[0]), (shapes[-1], "")]
        reversed_ += sum(step in _STEPS_REVERSED for step in steps)
        right += sum(step in _STEPS for step in steps)
    if reversed_ or right:
        return reversed_ > right
    if len(_NEVER_FIRST.findall(text)) < _ENOUGH:
        return False
    return len(_ARTICLE_LAST.findall(text)) > len(_ARTICLE_FIRST.findall(text))


def righted(text: str) -> str:
    r"""Return `text` in letters instead of shapes, and in the order of reading.

    For a copy beside the original. Numbers and Latin words keep their own order; what stood beside
    them on a line may have changed places, which nothing in the text tells.

    >>> righted("2025 ﺎﺒﺣﺮﻣ")
    'مرحبا 2025'
    """
    if is_in_order_of_eye(text):
        from bidi import get_display  # type: ignore[import-untyped]  # seldom needed

        lines = text.split("\n")
        text = "\n".join(get_display(line, base_dir="R") if line else line for line in lines)
    return _SHAPES_ALONE.sub(lambda run: unicodedata.normalize("NFKC", run.group()), text)


def _shape_of(letter: str) -> str:
    """Return which shape of a letter this is: initial, medial, final, isolated; or nothing."""
    told = unicodedata.decomposition(letter)
    return told[1 : told.index(">")] if told.startswith("<") else ""
