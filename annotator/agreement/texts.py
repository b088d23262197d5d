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
_INVERSE = pow(_STEP, -1, 1 << 64)
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
    """Which class a character is of, and a number for what it folds to: looked up once each.

    Powers of the step by which texts are hashed are kept here too.
    """

    def __init__(self) -> None:
        self._bits = np.zeros(0x110000, dtype=np.uint8)
        self._folds = np.zeros(0x110000, dtype=np.uint64)
        self._powers, self._inverses = _powers(_STEP, 1), _powers(_INVERSE, 1)

    def bits(self, codes: NDArray[np.int64]) -> NDArray[np.uint8]:
        """Return the bits of each code point."""
        bits = self._bits.take(codes)
        if bits.all():
            return bits
        is_new = np.zeros(int(codes.max()) + 1, dtype=bool)
        is_new[codes[bits == 0]] = True
        for code in np.flatnonzero(is_new).tolist():
            folded = TABLES["letters"][code]
            self._bits[code] = _KNOWN | _bits_of(chr(code), folded)
            self._folds[code] = _mixed(folded)
        return self._bits.take(codes)

    def folds(self, codes: NDArray[np.int64]) -> NDArray[np.uint64]:
        """Return what stands for the fold of each code point whose bits were asked for."""
        return self._folds.take(codes)

    def powers(self, n: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
        """Return the first `n` powers of the step, and of its inverse."""
        if len(self._powers) < n:
            self._powers, self._inverses = _powers(_STEP, 2 * n), _powers(_INVERSE, 2 * n)
        return self._powers[:n], self._inverses[:n]


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
        classes = classes or Classes()
        joined = "".join(texts).encode("utf-32-le", "surrogatepass")
        codes = np.frombuffer(joined, dtype=np.uint32).astype(np.int64)
        self._bits = classes.bits(codes)
        self._from = np.zeros(len(texts) + 1, dtype=np.int64)
        np.cumsum([len(text) for text in texts], out=self._from[1:])
        is_base = (self._bits & _BASE) != 0
        self._base = np.zeros(len(codes) + 1, dtype=np.int64)
        np.cumsum(is_base, out=self._base[1:])
        n_base = int(self._base[-1])
        powers, self._inverses = classes.powers(n_base + 1)
        folds = classes.folds(codes[is_base])
        self._sums = np.zeros(n_base + 1, dtype=np.uint64)
        np.cumsum(folds * powers[:-1], out=self._sums[1:])

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
        zero, first, last = self._base[at], self._base[at + start], self._base[at + end]
        total = self._sums[last] - self._sums[first]  # as if the text began at `first`:
        key = total * self._inverses[first] + (last - first).astype(np.uint64) * np.uint64(_MIX)
        return Measured(start, end, first - zero, last - zero, key.view(np.int64))

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
