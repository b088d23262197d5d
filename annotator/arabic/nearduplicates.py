"""Near-duplicates: texts that are one article twice, with little changed, found in one pass.

Two texts are near-duplicates where the sets of their shingles (three folded words in a row) have a
Jaccard index of at least `ALIKE`. Candidates meet by their least hashes (Broder 1997, "On the
resemblance and containment of documents"; all minima from one hash: Li, Owen and Zhang 2012, "One
permutation hashing"), and each is then compared exactly. So the time grows with the number of
texts, not with that of pairs.
"""

import hashlib
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from operator import eq

from annotator.arabic.fold import fold, index_fold

FEWEST_WORDS = 50
"""Shorter texts are near-duplicates only where they are identical after folding."""
ALIKE = 0.7
"""Some one word in twenty may differ, or two fifths be added. Reports of the same events by
different desks stay far below: no two of the five sample articles reach 0.02."""

_BINS = 96
_ROWS = 4
"""Minima in a band; texts meet where all of one band are the same. With 24 bands a pair at `ALIKE`
is overlooked once in 700 times, one at 0.8 once in 300,000; of pairs at 0.1 few ever meet."""
_LIKELY = 0.5
"""The share of minima in common from which on two texts are compared exactly."""
_REMEMBERED = 16
"""Texts that a band keeps under one key."""
_COMPARED = 32
"""Comparisons of one text at most, where thousands are alike without being near-duplicates."""
_LOW = (1 << 32) - 1
_VOCABULARY = 200_000
"""Hashes of words kept at once."""


def near_duplicates(texts: Iterable[str]) -> list[int]:
    """Return for each text the number, from 0, of the first text of its group.

    What is near-duplicate of one text of a group belongs to it. The same texts in the same order
    give the same groups on every machine.

    >>> near_duplicates(["خبرٌ أول", "خبر آخر", "خبر أوّل"])
    [0, 1, 0]
    """
    search = _Search()
    for text in texts:
        search.add(text)
    return search.groups()


def resemblance(text: str, other: str) -> float:
    """Return the Jaccard index of the shingles of two texts; 1.0 where neither has any.

    >>> resemblance("قال وزير الخارجية اليوم", "قال وزير الخارجية أمس")
    0.3333333333333333
    """
    words = _Words()
    return _jaccard(*(_shingles(words.of(one)) for one in (text, other)))


class _Words:
    """Hashes of folded words, each worked out once: 58 bits, the same on every machine."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def of(self, text: str) -> list[int]:
        """Return the hash of each word of `text`."""
        words, known = index_fold(text).split(), self._known
        try:
            return [known[word] for word in words]
        except KeyError:
            if len(known) > _VOCABULARY:
                known.clear()
            known.update({word: _digest(word.encode()) >> 6 for word in words if word not in known})
            return [known[word] for word in words]


def _digest(content: bytes) -> int:
    """Return 64 bits that depend on `content` alone, not on the run as Python's own hash does."""
    return int.from_bytes(hashlib.blake2b(content, digest_size=8).digest(), "big")


def _shingles(words: list[int]) -> list[int]:
    """Return the hashes of every three words in a row, without repeats, the greatest first."""
    threes = zip(words, words[1:], words[2:], strict=False)
    return sorted({one ^ two << 1 ^ three << 2 for one, two, three in threes}, reverse=True)


def _jaccard(one: Sequence[int], other: Sequence[int]) -> float:
    if not one and not other:
        return 1.0
    n_shared = len(set(one).intersection(other))
    return n_shared / (len(one) + len(other) - n_shared)


def _least(shingles: list[int]) -> list[int]:
    """Return the least hash of each bin.

    An empty bin borrows from the next that is not (Shrivastava and Li 2014, "Densifying one
    permutation hashing via rotation for fast near neighbor search"), with the way there in it.
    """
    found = {hash_ % _BINS: hash_ for hash_ in shingles}
    if len(found) == _BINS:
        return list(map(found.__getitem__, range(_BINS)))
    least = [0] * _BINS
    borrowed = 0
    for place in range(2 * _BINS - 1, -1, -1):
        borrowed = found.get(place % _BINS, borrowed + (1 << 64))
        least[place % _BINS] = borrowed
    return least


def _keys(least: list[int]) -> list[int]:
    """Return the keys under which a text meets others, one a band."""
    bands = zip(*(least[row::_ROWS] for row in range(_ROWS)), strict=True)
    n_bands = _BINS // _ROWS
    return [
        (one ^ two << 1 ^ three << 2 ^ four << 3) * n_bands + band
        for band, (one, two, three, four) in enumerate(bands)
    ]


class _Search:
    """The texts so far: which are one group, and under which keys they meet."""

    def __init__(self) -> None:
        self._words = _Words()
        self._identical: dict[int, int] = {}
        self._shingles: list[array[int]] = []
        self._least: list[array[int]] = []
        self._bands: dict[int, list[int]] = {}
        self._first: list[int] = []

    def add(self, text: str) -> None:
        """Take a text in, and put it with those that it is a near-duplicate of."""
        number = len(self._first)
        self._first.append(number)
        words = self._words.of(text)
        is_short = len(words) < FEWEST_WORDS
        content = " ".join(fold(text).split()).encode() if is_short else array("Q", words).tobytes()
        same = self._identical.setdefault(_digest(content), number)
        self._shingles.append(array("Q"))
        self._least.append(array("I"))
        if same < number:
            self._join(same, number)
        elif not is_short:
            self._meet(number, _shingles(words))

    def groups(self) -> list[int]:
        """Return the number of the first text of each text's group."""
        return [self._first_of(number) for number in range(len(self._first))]

    def _meet(self, number: int, shingles: list[int]) -> None:
        """Compare a text with those that it meets most often, and let it be met."""
        least = _least(shingles)
        self._shingles[number].extend(shingles)
        self._least[number].extend([hash_ & _LOW for hash_ in least])
        met: Counter[int] = Counter()
        for key in _keys(least):
            there = self._bands.setdefault(key, [])
            if there:
                met.update(there)
            if len(there) < _REMEMBERED:
                there.append(number)
        for other, _ in met.most_common(_COMPARED):
            if self._first_of(other) != self._first_of(number) and self._is_alike(number, other):
                self._join(other, number)

    def _is_alike(self, number: int, other: int) -> bool:
        one, two = self._shingles[number], self._shingles[other]
        if min(len(one), len(two)) < ALIKE * max(len(one), len(two)):
            return False
        n_same = sum(map(eq, self._least[number], self._least[other]))
        return n_same >= _LIKELY * _BINS and _jaccard(one, two) >= ALIKE

    def _first_of(self, number: int) -> int:
        while self._first[number] != number:
            self._first[number] = self._first[self._first[number]]
            number = self._first[number]
        return number

    def _join(self, one: int, other: int) -> None:
        first, second = sorted((self._first_of(one), self._first_of(other)))
        self._first[second] = first
