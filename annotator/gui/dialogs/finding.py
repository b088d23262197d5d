"""Finding a command, a type or an article by what a person types: folded, in both languages.

No Qt. Names are looked for in Arabic and in English at once, whatever the interface speaks.
"""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from annotator.arabic.fold import fold

_WHOLE, _START, _WORD, _INSIDE = range(4)
"""How near a hit is: the whole name, its beginning, the beginning of a word, anywhere."""
_PREFIXES = ("ال", "وال", "بال", "لل")
"""What may stand before the word that a person has in mind."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to be found: what it is, and the names under which it is looked for.

    `kind` is "action", "entity", "event", "relation" or "article"; `keys` are the caps of its keys,
    `why_not` says why it cannot be done now, `hint` what it is where it has no key.
    """

    kind: str
    id: str
    name: str
    names: tuple[str, ...]
    keys: tuple[tuple[str, str], ...] = ()
    why_not: str = ""
    icon: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """An entry with its names folded, so that a list is folded once and not at each key."""

    entry: Entry
    folded: tuple[str, ...]

    @classmethod
    def of(cls, entry: Entry) -> "Place":
        """Return `entry` ready to be looked for."""
        return cls(entry, tuple(dict.fromkeys(map(folded, entry.names))))


def folded(text: str) -> str:
    """Return `text` as it is compared: letters folded, signs apart.

    >>> folded("أنهِ المقال…"), folded("New project…")
    ('انه المقال', 'new project')
    """
    letters = fold(text, "letters").casefold()
    return " ".join("".join(sign if sign.isalnum() else " " for sign in letters).split())


class Titles:
    """Titles of articles, tens of thousands perhaps: found in a moment, in their own order."""

    def __init__(self) -> None:
        self._folded: list[str] = []
        self._known: list[tuple[str, str]] = []

    def __len__(self) -> int:
        return len(self._known)

    def add(self, uid: str, title: str) -> None:
        """Take in the article `uid`."""
        self._folded.append(folded(title))
        self._known.append((uid, title))

    def found(self, query: str, limit: int = 100) -> list[tuple[str, str]]:
        """Return the first articles in whose titles all words of `query` stand."""
        fitting: Iterable[int] = range(len(self._folded))
        for word in folded(query).split():
            fitting = self._with(word, fitting)
        return [self._known[at] for at in itertools.islice(fitting, limit)]

    def _with(self, word: str, among: Iterable[int]) -> Iterator[int]:
        return (at for at in among if word in self._folded[at])


def found(query: str, places: Iterable[Place]) -> list[Entry]:
    """Return what fits `query`, nearest first, else in the order given; all without a query.

    What cannot be done now comes last.
    """
    words = folded(query).split()
    ranked = [
        (rank, n, place.entry)
        for n, place in enumerate(places)
        if (rank := _rank(words, place.folded)) is not None
    ]
    ranked.sort(key=lambda item: (bool(item[2].why_not), item[0], item[1]))
    return [entry for _, _, entry in ranked]


def _rank(words: list[str], names: Iterable[str]) -> int | None:
    """Return how near the nearest of `names` is to all of `words`; None where none fits."""
    if not words:
        return _WHOLE
    ranks = [rank for name in names if (rank := _rank_in(words, name)) is not None]
    return min(ranks, default=None)


def _rank_in(words: list[str], name: str) -> int | None:
    whole = " ".join(words)
    if name == whole:
        return _WHOLE
    if name.startswith(whole):
        return _START
    if not all(word in name for word in words):
        return None
    starts = _starts(name)
    return _WORD if all(any(s.startswith(word) for s in starts) for word in words) else _INSIDE


def _starts(name: str) -> list[str]:
    """Return the words of `name`, also without the article and what is attached to it."""
    words = name.split()
    return words + [
        word.removeprefix(prefix)
        for word in words
        for prefix in _PREFIXES
        if word.startswith(prefix) and len(word) > len(prefix) + 1
    ]
