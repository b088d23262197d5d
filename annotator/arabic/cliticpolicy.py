"""What a project's clitic policy makes of a span: attached letters left out of it, or taken in.

Left out are و ف ب ك ل, and س where the rest was met alone; the article and pronouns belong to their
word. Taken in is whatever clitic stands there. Two ways of counting say how likely a cut is. The
words of the project are many, and set where a word that is clicked begins; those of the article
alone are the same in every file that holds it, and say what breaks the policy. They are few, so
that letters before what looks like the article break it only where more speaks for that: the rest
was met, or ends as Arabic nouns do. `كاليفورنيا` is no `اليفورنيا`. Offsets are code points,
half-open.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from annotator.arabic.cliticodds import Counts, n_after_article
from annotator.arabic.clitics import (
    CONJUNCTIONS,
    FUTURE,
    PREPOSITIONS,
    cuts_behind,
    cuts_in_front,
    ranked,
)
from annotator.arabic.fold import fold
from annotator.arabic.tokens import word_at

EXCLUDE, INCLUDE = "exclude", "include"
Place = tuple[int, int]
_LONGEST_WORD = 48
"""Code points, marks and tatweel among them; what is longer is cut nowhere."""
_SHORTEST = 3
"""Letters that are left of a word that is cut, at least."""
_READ = 100_000
"""Code points of an article, at most, whose words are counted."""
_KEPT, _WORDS_KEPT = 8, 1 << 14
"""Articles whose words are kept counted, and words of which it is kept how they are cut."""
_PLAIN = re.compile(f"[ء-غف-ي\u064b-\u0652]{{1,{_LONGEST_WORD - 1}}}")
"""A word of nothing but letters and usual marks."""
_NOUN_ENDS = ("ه", "ات")
"""How, folded to `letters`, many nouns of Arabic end, and hardly a name of another language."""
_ALONE = frozenset(a + b for a in ("", *CONJUNCTIONS) for b in ("", *PREPOSITIONS)) - {""}
_LETTERS = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي"
_LATIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_NO_CLITIC_FIRST = frozenset(_LETTERS + _LATIN) - frozenset("وفبكلس")
_APART = frozenset(" \n.،:؛؟!,;?\"'«»“”()[]-–—/…")


class Words:
    """Where words are likely cut, by how often they and their stems were met.

    Where it `is_strict`, letters before the article are cut off only where more speaks for it.
    """

    def __init__(self, counts: Counts, *, is_strict: bool = False) -> None:
        self._counts, self._is_strict = counts, is_strict

    def stem(self, word: str) -> int:
        """Return where, in `word`, what is likely the word itself begins; 0 for where it does."""
        asked = _asked(word)
        met = tuple(map(self._counts, asked))
        return _stem(word, met, is_strict=self._is_strict) if asked else 0


@lru_cache(_WORDS_KEPT)
def _asked(word: str) -> tuple[str, ...]:
    """Return the words, folded, whose counts decide how `word` is cut; none where nothing does."""
    asked: dict[str, None] = {}

    def counts(one: str) -> int:
        asked[one] = None
        return 0

    found = _cuts(word, counts)
    for start in found:
        n_after_article(fold(word[start:]), counts)
    return tuple(asked) if found else ()


@lru_cache(_WORDS_KEPT)
def _stem(word: str, met: tuple[int, ...], *, is_strict: bool) -> int:
    """Return where the stem of `word` begins, where what is asked was `met` so often."""
    counts = dict(zip(_asked(word), met, strict=True)).__getitem__
    for start in [start for start, odds in _cuts(word, counts).items() if odds > 0]:
        rest = fold(word[start:])
        if fold(word[:start]).endswith(FUTURE):
            speaks = counts(rest) > 0
        elif is_strict and rest.startswith("ال"):
            speaks = rest.endswith(_NOUN_ENDS) or n_after_article(rest, counts) > 0
        else:
            speaks = True
        if speaks:
            return start
    return 0


def _cuts(word: str, counts: Counts) -> dict[int, float]:
    """Return where `word` may be cut in front so that enough is left, the likeliest first."""
    found = (one for one in ranked(word, counts) if one.end == len(word) and one.start)
    return {one.start: one.odds for one in found if len(fold(word[one.start :])) >= _SHORTEST}


@lru_cache(_KEPT)
def words_of(text: str) -> Words:
    """Return how the words of an article are likely cut, by that article alone."""
    return Words(_Met(text), is_strict=True)


class _Met:
    """Counts words of an article as they are asked for: only few are."""

    def __init__(self, text: str) -> None:
        self._text, self._folded = text[:_READ], ""
        self._met: dict[str, int] = {}

    def __call__(self, word: str) -> int:
        found = self._met.get(word)
        if found is None:
            self._folded = self._folded or f" {fold(self._text)} "
            found = self._met[word] = self._n(word)
        return found

    def _n(self, word: str) -> int:
        folded, n, length = self._folded, 0, len(word)
        at = folded.find(word)
        while at > 0:
            if not (folded[at - 1].isalpha() or folded[at + length].isalpha()):
                n += 1
            at = folded.find(word, at + length)
        return n


def kept_to(policy: str, text: str, start: int, end: int, words: Words) -> Place:
    """Return `[start, end)` of `text` as `policy` wants it; it is never left without a letter.

    >>> text = "التقى بوتين وويتكوف، وقال بوتين وبوتين"
    >>> kept_to("exclude", text, 32, 38, words_of(text)), text[33:38]
    ((33, 38), 'بوتين')
    >>> kept_to("include", text, 33, 38, words_of(text))
    (32, 38)
    """
    if policy == INCLUDE:
        return _taken_in(text, start, end)
    return _left_out(text, start, end, words)


def of_extent(policy: str, text: str, spans: Iterable[Place]) -> list[Place]:
    """Return `spans` of a label as `policy` wants them, by the words of the article itself.

    Those that keep to it come back as they are.
    """
    return [
        kept_to(policy, text, start, end, words_of(text))
        if _is_doubtful(policy, text, start, end)
        else (start, end)
        for start, end in spans
    ]


def keeps(policy: str, text: str, start: int, end: int) -> bool:
    """Whether `[start, end)` is as `policy` wants it, by the words of the article itself."""
    if policy == EXCLUDE and text[start] in _NO_CLITIC_FIRST:  # as nearly all begin
        return True
    if not _is_doubtful(policy, text, start, end):
        return True
    return kept_to(policy, text, start, end, words_of(text)) == (start, end)


def _is_doubtful(policy: str, text: str, start: int, end: int) -> bool:
    """Whether the letters at the ends leave it open: of nearly all labels they do not."""
    if policy == INCLUDE:
        is_apart = start == 0 or text[start - 1] in _APART
        return not (is_apart and (end == len(text) or text[end] in _APART))
    return text[start] not in _NO_CLITIC_FIRST


# --- taken in -------------------------------------------------------------------------------------


def _taken_in(text: str, start: int, end: int) -> Place:
    """Return the span with the clitics that are written together with its ends."""
    first, last = _word_at(text, start), _word_at(text, end - 1)
    new_start, new_end = start, end
    if first is not None and first[0] < start:
        if start - first[0] in cuts_in_front(text[slice(*first)]):
            new_start = first[0]
    elif start and not text[start - 1].isspace():
        new_start = _before_joined(text, start)
    if last is not None and end < last[1] and end - last[0] in cuts_behind(text[slice(*last)]):
        new_end = last[1]
    return new_start, new_end


def _before_joined(text: str, start: int) -> int:
    """Return where a clitic begins that is joined to a word of another script: `وCBS`."""
    word = _word_at(text, start - 1)
    if word is not None and word[1] == start and fold(text[slice(*word)]) in _ALONE:
        return word[0]
    return start


# --- left out -------------------------------------------------------------------------------------


def _left_out(text: str, start: int, end: int, words: Words) -> Place:
    """Return the span without what is likely a clitic at its beginning."""
    if text[start] in _NO_CLITIC_FIRST:
        return start, end
    word = _word_at(text, start)
    if word is None or start >= word[1]:
        return start, end
    letters = text[slice(*word)]
    is_joined = word[1] < end and text[word[1]].isalnum()
    if is_joined and start == word[0] and fold(letters) in _ALONE:  # `وCBS`, `لـCBS`
        return word[1], end
    if start > word[0] and start - word[0] not in cuts_in_front(letters):
        return start, end
    likely = word[0] + words.stem(letters)
    return (likely if start < likely < end else start), end


def _word_at(text: str, offset: int) -> Place | None:
    """Return the word that holds or touches `offset`; it looks no further than a word is long."""
    if not offset or text[offset - 1] in _APART:
        plain = _PLAIN.match(text, offset)
        if plain is not None and (plain.end() == len(text) or text[plain.end()] in _APART):
            return plain.span()
    first = max(offset - _LONGEST_WORD, 0)
    last = min(offset + _LONGEST_WORD, len(text))
    word = word_at(text[first:last], offset - first)
    if word is None:
        return None
    start, end = word[0] + first, word[1] + first
    is_whole = (start > first or not first) and (end < last or last == len(text))
    return (start, end) if is_whole else None
