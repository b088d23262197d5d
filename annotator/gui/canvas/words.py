"""Words near a place of an article, and spans snapped to them. Offsets only; no Qt.

Looks no further than to the next blanks, or to a limit that is given.
"""

from annotator.arabic.tokens import tokens, word_at, words
from annotator.gui.canvas.paragraphs import SEPARATORS

Span = tuple[int, int]


def word_holding(text: str, offset: int) -> Span | None:
    """Return the word that the character at `offset` is in.

    >>> word_holding("قال: نعم!", 2), word_holding("قال: نعم!", 3)
    ((0, 3), None)
    """
    word = word_at(text, offset)
    return word if word and word[0] <= offset < word[1] else None


def token_holding(text: str, offset: int) -> Span | None:
    """Return the word or sign that the character at `offset` is in; none for a blank.

    >>> token_holding("قال... نعم", 4), token_holding("قال... نعم", 6)
    ((3, 6), None)
    """
    begin = _blank_before(text, offset, 0)
    near = tokens(text[begin : _blank_after(text, offset)])
    spans = ((begin + start, begin + end) for start, end, _ in near)
    return next((span for span in spans if span[0] <= offset < span[1]), None)


def word_within(text: str, offset: int) -> Span | None:
    """Return the word that `offset` parts: neither its start nor its end."""
    word = word_holding(text, offset)
    return word if word and word[0] < offset else None


def end_of_word_after(text: str, offset: int, limit: int) -> int:
    """Return where the first word ends that reaches beyond `offset`; `limit` if none does so.

    >>> end_of_word_after("قال: نعم!", 3, 9)
    8
    """
    begin = _blank_before(text, offset, 0)
    return next((begin + e for _, e in words(text[begin:limit]) if begin + e > offset), limit)


def start_of_word_before(text: str, offset: int, limit: int) -> int:
    """Return where the last word begins that begins before `offset`; `limit` if none does so.

    >>> start_of_word_before("قال: نعم!", 5, 0)
    0
    """
    end = offset
    while end > limit:
        begin = _blank_before(text, end, limit)
        starts = [begin + start for start, _ in words(text[begin : _blank_after(text, end)])]
        before = [start for start in starts if start < offset]
        if before:
            return before[-1]
        end = begin - 1
    return limit


def trimmed(text: str, start: int, end: int) -> Span:
    """Return `[start, end)` without blanks at its ends; as it is if there is nothing else.

    >>> trimmed("قال نعم", 2, 4)
    (2, 3)
    """
    first, last = start, end
    while first < last and text[first].isspace():
        first += 1
    while first < last and text[last - 1].isspace():
        last -= 1
    return (first, last) if first < last else (start, end)


def paragraph_holding(text: str, offset: int) -> Span:
    r"""Return the paragraph that `offset` stands in, without its separator.

    >>> paragraph_holding("خبر\nعاجل", 5), paragraph_holding("خبر\nعاجل", 3)
    ((4, 8), (0, 3))
    """
    start = max(text.rfind(separator, 0, offset) for separator in SEPARATORS) + 1
    ends = [text.find(separator, offset) for separator in SEPARATORS]
    return start, min((end for end in ends if end >= 0), default=len(text))


def _blank_before(text: str, offset: int, limit: int) -> int:
    while offset > limit and not text[offset - 1].isspace():
        offset -= 1
    return offset


def _blank_after(text: str, offset: int) -> int:
    while offset < len(text) and not text[offset].isspace():
        offset += 1
    return offset
