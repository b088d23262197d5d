"""Why two spans of the same thing have different edges, as far as Arabic letters tell.

What stands between the two left edges and between the two right ones is looked at: an attached
particle, the article, an attached pronoun, punctuation, a title, whole words.
"""

import functools
import re
import unicodedata
from collections.abc import Sequence

import numpy as np

from annotator.agreement.arrays import Ints
from annotator.agreement.meetings import Pairs
from annotator.agreement.titles import HEADS, TITLES
from annotator.arabic.characters import ARABIC_LETTERS, INVISIBLE, JOINERS, MARKS
from annotator.arabic.fold import fold

SAME = 0
INVISIBLE_SIGNS = 1
PUNCTUATION = 2
PARTICLE = 3
PARTICLE_AND_ARTICLE = 4
ARTICLE = 5
PRONOUN = 6
TITLE = 7
WORDS_BEFORE = 8
WORDS_AFTER = 9
WORDS_AROUND = 10
PART_OF_WORD = 11
CROSSING = 12
GAPS = 13

REASONS = (
    "same",
    "invisible",
    "punctuation",
    "particle",
    "particle_and_article",
    "article",
    "pronoun",
    "title",
    "words_before",
    "words_after",
    "words_around",
    "part_of_word",
    "crossing",
    "gaps",
)
"""Names of the reasons, by their number."""

_LETTERS = f"{ARABIC_LETTERS}{MARKS}{JOINERS}"
_BLANK = re.compile(rf"[\s{INVISIBLE}{MARKS}{JOINERS}]*")
_PARTICLES = re.compile(r"[وف]?[بكلس]?(?P<the>ال|(?<=ل)ل)?")
_PRONOUNS = frozenset({"ه", "ها", "هم", "هن", "هما", "ك", "كم", "كن", "كما", "نا", "ني", "ي"})
_WORD_BEFORE = re.compile(rf"[{_LETTERS}]+$")
_LONGEST_PARTICLES = 4
"""Letters and marks before a span that are looked at: two particles with a mark each."""


def reason(text: str, one: tuple[int, int], other: tuple[int, int]) -> int:
    """Return why two overlapping spans (code points) of `text` differ: a number of `REASONS`.

    The same whichever is called the first.

    >>> text = "قال الرئيس بوتين بالقاهرة، أمس"
    >>> REASONS[reason(text, (17, 25), (18, 25))], REASONS[reason(text, (4, 16), (11, 16))]
    ('particle', 'title')
    """
    (start, since), (until, end) = sorted((one[0], other[0])), sorted((one[1], other[1]))
    if start != since and until != end and (one[0] < other[0]) == (one[1] < other[1]):
        return _crossing(text, (start, since), (until, end))
    return _together(_left_of(text, start, since), _right_of(text, until, end))


def reasons(texts: Sequence[str], article: Ints, one: Pairs, other: Pairs) -> Ints:
    """Return `reason` for many pairs of spans at once: starts and ends, in the texts at `article`.

    Only pieces that differ are looked at.
    """
    start, since = np.minimum(one[0], other[0]), np.maximum(one[0], other[0])
    until, end = np.minimum(one[1], other[1]), np.maximum(one[1], other[1])
    left, right = np.zeros((2, len(article)), dtype=np.int64)
    sides = (left, start, since, _left_of), (right, until, end, _right_of)
    for found, first, last, tell in sides:
        differs = np.flatnonzero(first < last)
        columns = (column[differs].tolist() for column in (article, first, last))
        found[differs] = [tell(texts[at], a, b) for at, a, b in zip(*columns, strict=True)]
    is_slight = (left == right) | (np.minimum(left, right) <= PUNCTUATION)
    together = np.where(is_slight, np.maximum(left, right), WORDS_AROUND)
    is_same_way = (one[0] < other[0]) == (one[1] < other[1])
    for at in np.flatnonzero((start < since) & (until < end) & is_same_way).tolist():
        pieces = (int(start[at]), int(since[at])), (int(until[at]), int(end[at]))
        together[at] = _crossing(texts[article[at]], *pieces)
    return together


def _left_of(text: str, start: int, since: int) -> int:
    """Return why one of two spans begins at `start` and the other at `since`."""
    if not start or text[start - 1].isspace():
        return left_reason(text[start:since], "")
    before = _WORD_BEFORE.search(text, max(0, start - _LONGEST_PARTICLES - 1), start)
    return left_reason(text[start:since], before.group() if before else "")


def _right_of(text: str, until: int, end: int) -> int:
    """Return why one of two spans ends at `until` and the other at `end`."""
    return right_reason(text[until:end], text[end : end + 1])


def _crossing(text: str, left: tuple[int, int], right: tuple[int, int]) -> int:
    """Return `CROSSING`, unless what differs on a side is only blanks or punctuation."""
    slight = [_slight(text[start:end]) for start, end in (left, right)]
    if None not in slight:
        return max(found for found in slight if found is not None)
    return CROSSING


def _together(left: int, right: int) -> int:
    """Return one reason for both edges: the graver one, or that words stand on both sides."""
    if left <= INVISIBLE_SIGNS or right <= INVISIBLE_SIGNS or left == right:
        return max(left, right)
    if PUNCTUATION in (left, right):
        return max(left, right)
    return WORDS_AROUND


@functools.lru_cache(maxsize=65536)
def left_reason(piece: str, before: str) -> int:
    """Return why one span begins `piece` earlier; `before` are letters of its word before that."""
    slight = _slight(piece)
    if slight is not None:
        return slight
    if piece[-1].isspace() or not _ends_in_letter(piece):
        return _words_before(piece)
    parts = piece.split()
    if len(parts) > 1:
        return WORDS_BEFORE
    bare = fold(_without_signs(piece))
    found = _PARTICLES.fullmatch(fold(_without_signs(before)) + bare)
    if found is None:
        return PART_OF_WORD
    if bare == "ال":
        return ARTICLE
    return PARTICLE_AND_ARTICLE if found["the"] else PARTICLE


@functools.lru_cache(maxsize=65536)
def right_reason(piece: str, following: str) -> int:
    """Return why one span ends `piece` later; `following` is the character after that."""
    slight = _slight(piece)
    if slight is not None:
        return slight
    if not _begins_in_letter(piece):
        return WORDS_AFTER
    if len(piece.split()) > 1:
        return WORDS_AFTER
    is_at_end = not re.match(f"[{_LETTERS}]", following)
    return PRONOUN if is_at_end and fold(_without_signs(piece)) in _PRONOUNS else PART_OF_WORD


def _words_before(piece: str) -> int:
    words = [fold(_without_signs(word)) for word in piece.split()]
    words = [word for word in words if word]
    bare = [_without_particle(word) for word in words]
    is_title = bare and bare[0] in HEADS and all(word in TITLES for word in bare[1:])
    return TITLE if is_title else WORDS_BEFORE


def _without_particle(word: str) -> str:
    for known in (word, word[1:], word[2:]):
        if known in TITLES:
            return known
    return word


def _slight(piece: str) -> int | None:
    """Return why a difference is slight: nothing, nothing seen, or punctuation; else None."""
    if not piece:
        return SAME
    if _BLANK.fullmatch(piece):
        return INVISIBLE_SIGNS
    return None if _without_signs(piece) else PUNCTUATION


def _without_signs(piece: str) -> str:
    """Return `piece` without blanks, punctuation and what is not seen."""
    return "".join(
        character
        for character in piece
        if not unicodedata.category(character).startswith("P") and not _BLANK.fullmatch(character)
    )


def _ends_in_letter(piece: str) -> bool:
    return re.search(f"[{_LETTERS}\\w]$", piece) is not None


def _begins_in_letter(piece: str) -> bool:
    return re.match(f"[{_LETTERS}\\w]", piece) is not None
