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
_READ_AT_ONCE = 1 << 15
"""Code points that are looked up in one go: few enough to stay at hand."""


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
        classes, joined = classes or Classes(), "".join(texts)
        n = len(joined)
        self._from = np.zeros(len(texts) + 1, dtype=np.int64)
        np.cumsum([len(text) for text in texts], out=self._from[1:])
        self._bits = np.empty(n, dtype=np.uint8)
        self._base = np.zeros(n + 1, dtype=np.int32)
        self._sums = np.zeros(n + 1, dtype=np.uint64)  # as far as there are base characters
        for first in range(0, n, _READ_AT_ONCE):
            self._read(joined[first : first + _READ_AT_ONCE], first, classes)
        self._inverses = classes.powers(int(self._base[-1]) + 1)[1]

    def _read(self, text: str, first: int, classes: Classes) -> None:
        """Take in the next stretch of the texts, which begins at `first`."""
        until = first + len(text)
        spelled = text.encode("utf-32-le", "surrogatepass")
        codes = np.frombuffer(spelled, dtype=np.uint32).astype(np.int64)
        bits = classes.bits(codes)
        self._bits[first:until] = bits
        is_base = _has(bits, _BASE)
        base = self._base[first : until + 1]
        np.cumsum(is_base, out=base[1:])
        base[1:] += base[0]
        since, n_base = int(base[0]), int(base[-1])
        powers, _ = classes.powers(n_base)
        sums = self._sums[since : n_base + 1]
        np.cumsum(classes.folds(codes[is_base]) * powers[since:], out=sums[1:])
        sums[1:] += sums[0]

    def n_base(self, article: Ints, start: Ints, end: Ints) -> Ints:
        """Return how many base characters stand in `[start, end)` of the texts at `article`."""
        at = self._from.take(article)
        return self._base_at(at + end) - self._base_at(at + start)

    def _base_at(self, at: Ints) -> Ints:
        """Return how many base characters stand before places in the joined texts."""
        return self._base.take(at).astype(np.int64)

    def measured(self, article: Ints, start: Ints, end: Ints, trim: Trim = AS_STORED) -> Measured:
        """Return the spans `[start, end)` of the texts at `article`, measured."""
        at = self._from.take(article)
        if trim.is_on or trim.punctuation:
            bounds = (at, self._from.take(article + 1))
            start, end = self._trimmed(at + start, at + end, bounds, trim)
            start, end = start - at, end - at
        zero, first, last = (self._base_at(place) for place in (at, at + start, at + end))
        total = self._sums.take(last) - self._sums.take(first)  # as if the text began at `first`:
        n_base = (last - first).astype(np.uint64)
        key = total * self._inverses.take(first) + n_base * np.uint64(_MIX)
        return Measured(start, end, first - zero, last - zero, key.view(np.int64))

    def _trimmed(
        self, start: Ints, end: Ints, bounds: tuple[Ints, Ints], trim: Trim
    ) -> tuple[Ints, Ints]:
        """Return the ends moved out of letters with marks, then inwards over what is trimmed.

        `bounds` are where their texts begin and end: a text may begin with marks.
        """
        bits = self._bits
        if trim.is_on:
            letters = np.flatnonzero(~_has(bits, _MARK))
            start = np.maximum(_last_up_to(letters, start), bounds[0])
            end = np.minimum(_first_from(letters, end, len(bits)), bounds[1])
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
    """Return the last of `places` up to `at`; -1 where there is none."""
    found: Ints = np.concatenate([[-1], places])[np.searchsorted(places, at, "right")]
    return found


def _powers(step: int, n: int) -> NDArray[np.uint64]:
    steps = np.full(n, step, dtype=np.uint64)
    steps[0] = 1
    return np.cumprod(steps, dtype=np.uint64)


def within(article: Ints, start: Ints, end: Ints, parts: tuple[Ints, Ints, Ints]) -> Flags:
    """Whether all of each span lies in one of `parts`: article, start, end, in that order."""
    of, since, until = parts
    if not len(of):
        return np.zeros(len(start), dtype=bool)
    n_of = np.bincount(of, minlength=int(article.max(initial=0)) + 1)
    if n_of.max() == 1:
        at = (np.cumsum(n_of) - 1).take(article)
    else:
        room = np.int64(1 << 21)
        at = np.searchsorted(of * room + since, article * room + start, "right") - 1
    at = np.maximum(at, 0)
    is_inside: Flags = (since.take(at) <= start) & (end <= until.take(at))
    is_inside &= of.take(at) == article
    return is_inside
