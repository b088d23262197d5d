"""What the texts say about spans: their length in base characters, the same text, trimmed ends.

A base character is one that folding keeps: marks, tatweel and invisible characters are none, so
that a vocalised word weighs no more than a bare one. Everything is counted for many articles at
once; offsets are code points.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annotator.agreement.arrays import Flags, Ints
from annotator.arabic.characters import INVISIBLE, TATWEEL, characters_of
from annotator.arabic.foldtable import TABLES

_BASE, _EDGE, _MARK, _SIGN, _KNOWN = (1 << bit for bit in range(5))
_INVISIBLE = frozenset(characters_of(INVISIBLE))
_STEP = 0x9E3779B97F4A7C15
_MIX = 0xBF58476D1CE4E5B9
_WORD = (1 << 64) - 1


@dataclass(frozen=True, slots=True)
class Trim:
    """Whether ends are normalised before they are compared.

    `is_on`: white space, invisible characters and tatweel at the ends go, and an end inside a
    letter with its marks moves out of it. `punctuation`: punctuation at the ends goes too.
    """

    is_on: bool = False
    punctuation: bool = False


AS_STORED = Trim()


@dataclass(frozen=True, slots=True)
class Measured:
    """Spans as the texts have them: offsets, the same in base characters, and equal text.

    `key` is the same for two spans whose folded texts are the same.
    """

    start: Ints
    end: Ints
    first: Ints
    last: Ints
    key: Ints


class Classes:
    """Which class a character is of, and a number for what it folds to: looked up once each."""

    def __init__(self) -> None:
        self._bits = np.zeros(0x110000, dtype=np.uint8)
        self._folds = np.zeros(0x110000, dtype=np.uint64)

    def of(self, codes: NDArray[np.uint32]) -> tuple[NDArray[np.uint8], NDArray[np.uint64]]:
        """Return bits and folds of each code point."""
        bits = self._bits[codes]
        new = np.unique(codes[bits == 0])
        for code in new.tolist():
            folded = TABLES["letters"][code]
            self._bits[code] = _KNOWN | _bits_of(chr(code), folded)
            self._folds[code] = _mixed(folded)
        return (self._bits[codes] if len(new) else bits), self._folds[codes]


def _bits_of(character: str, folded: str) -> int:
    category = unicodedata.category(character)
    is_edge = character.isspace() or character in _INVISIBLE or character == TATWEEL
    bits = _EDGE if is_edge else 0
    bits |= _BASE if folded else 0
    bits |= _MARK if category == "Mn" else 0
    return bits | (_SIGN if category.startswith("P") else 0)


def _mixed(folded: str) -> int:
    mixed = 0
    for character in folded:
        mixed = ((mixed + ord(character)) * _MIX) & _WORD
        mixed ^= mixed >> 31
    return mixed


class TextPage:
    """Some articles' texts, put together once and asked about many spans."""

    def __init__(self, texts: Sequence[str], classes: Classes | None = None) -> None:
        joined = "".join(texts)
        codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        self._bits, folds = (classes or Classes()).of(codes)
        lengths = np.array([len(text) for text in texts], dtype=np.int64)
        self._from = np.concatenate([[0], np.cumsum(lengths)])
        is_base = (self._bits & _BASE) > 0
        self._base = np.concatenate([[0], np.cumsum(is_base)])
        n_base = int((self._base[self._from[1:]] - self._base[self._from[:-1]]).max(initial=0))
        self._powers = _powers(_STEP, n_base + 1)
        self._inverses = _powers(pow(_STEP, -1, 1 << 64), n_base + 1)
        within = self._base[:-1] - np.repeat(self._base[self._from[:-1]], lengths)
        weighed = np.where(is_base, folds * self._powers[within], 0).astype(np.uint64)
        self._sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(weighed, dtype=np.uint64)])

    def n_base(self, article: Ints, start: Ints, end: Ints) -> Ints:
        """Return how many base characters stand in `[start, end)` of the texts at `article`."""
        at = self._from[article]
        counted: Ints = self._base[at + end] - self._base[at + start]
        return counted

    def measured(self, article: Ints, start: Ints, end: Ints, trim: Trim = AS_STORED) -> Measured:
        """Return the spans `[start, end)` of the texts at `article`, measured."""
        at = self._from[article]
        if trim.is_on or trim.punctuation:
            start, end = self._trimmed(at + start, at + end, trim)
            start, end = start - at, end - at
        zero = self._base[at]
        first, last = self._base[at + start] - zero, self._base[at + end] - zero
        total = self._sums[at + end] - self._sums[at + start]
        key = total * self._inverses[first] + (last - first).astype(np.uint64) * np.uint64(_MIX)
        return Measured(start, end, first, last, key.view(np.int64))

    def _trimmed(self, start: Ints, end: Ints, trim: Trim) -> tuple[Ints, Ints]:
        """Return the ends moved out of letters with marks, then inwards over what is trimmed."""
        bits = self._bits
        if trim.is_on:
            letters = np.flatnonzero(~_has(bits, _MARK))
            start = _last_up_to(letters, start)
            end = _first_from(letters, end, len(bits))
        goes = (_EDGE if trim.is_on else 0) | (_SIGN if trim.punctuation else 0)
        kept = np.flatnonzero(~_has(bits, goes))
        first, last = _first_from(kept, start, len(bits)), _last_up_to(kept, end - 1) + 1
        if trim.is_on:  # marks of the last letter belong to it
            last = np.minimum(_first_from(letters, last, len(bits)), end)
        is_whole = first < last
        return np.where(is_whole, first, start), np.where(is_whole, last, end)


def _has(bits: NDArray[np.uint8], wanted: int) -> Flags:
    found: Flags = (bits & wanted) > 0
    return found


def _first_from(places: Ints, at: Ints, end: int) -> Ints:
    """Return the first of `places` from `at` on; `end` where there is none."""
    found: Ints = np.concatenate([places, [end]])[np.searchsorted(places, at, "left")]
    return found


def _last_up_to(places: Ints, at: Ints) -> Ints:
    """Return the last of `places` up to `at`; `at` itself where there is none."""
    rank = np.searchsorted(places, at, "right") - 1
    if not len(places):
        return at
    return np.where(rank >= 0, places[np.maximum(rank, 0)], at)


def _powers(step: int, n: int) -> NDArray[np.uint64]:
    steps = np.full(n, step, dtype=np.uint64)
    steps[0] = 1
    return np.cumprod(steps, dtype=np.uint64)


def within(article: Ints, start: Ints, end: Ints, parts: tuple[Ints, Ints, Ints]) -> Flags:
    """Whether all of each span lies in one of `parts`: article, start, end, in that order."""
    of, since, until = parts
    if not len(of):
        return np.zeros(len(start), dtype=bool)
    room = np.int64(1 << 21)
    rank = np.searchsorted(of * room + since, article * room + start, "right") - 1
    at = np.maximum(rank, 0)
    is_inside: Flags = (of[at] == article) & (since[at] <= start) & (end <= until[at])
    return is_inside & (rank >= 0)
