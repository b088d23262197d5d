"""The names that entities bear, over all articles: spellings, types, and where they stand.

Entities that share a `link` are one name; the others are one where their spellings fold to the
same. Counting goes through the articles a stretch at a time and keeps a number a mention.
"""

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import msgspec

from annotator.arabic.cliticpolicy import INCLUDE
from annotator.arabic.clitics import ARTICLE
from annotator.arabic.fold import fold
from annotator.arabic.manynames import name_key, without_clitics
from annotator.services.progress import SILENT, Progress, go_on
from annotator.store import namedmentions, searching
from annotator.store.namedmentions import Counted, Mention
from annotator.store.project import Project

_AT_ONCE = 200
"""Articles that are read in one moment of the file."""


class Spelling(msgspec.Struct, frozen=True, gc=False):
    """One way in which a name is written, its fold, and how often.

    `n_open` labels of it can be changed.
    """

    text: str
    key: str
    n: int
    n_open: int


class Name(msgspec.Struct, frozen=True):
    """A name: what its entities share, or what their spellings fold to where they share nothing.

    `link` is the shared name, empty where there is none, and `key` the fold. Spellings and types
    (with how many labels have them) begin with the most frequent.
    """

    link: str
    key: str
    spellings: tuple[Spelling, ...]
    types: tuple[tuple[str, int], ...]
    n: int
    n_open: int
    n_articles: int

    @property
    def shown(self) -> str:
        """What the name is called: the shared name, else its most frequent spelling."""
        return self.link or self.spellings[0].text

    @property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """What its labels have: the shared name, and each spelling."""
        return frozenset((self.link, one.text) for one in self.spellings)


_Kind = tuple[str, str, str, int]
"""Spelling, type, shared name, and whether it can be changed."""
_Rows = dict[_Kind, "array[int]"]
"""Row ids of articles, one a mention."""


class Tally:
    """What was counted so far, in the order of articles; `after` is the last one's row id."""

    def __init__(self, project: Project, who: str = "", me: str = "") -> None:
        """Count what is `who`'s, an annotator's uid, or everyone's; `me` or anybody changes it."""
        self.who, self.me = who, me
        self.after, self.is_whole = 0, False
        self._holds_clitics = project.label_schema.clitics == INCLUDE
        self._met: _Rows = {}
        self._keys: dict[str, str] = {}

    def count_on(self, project: Project, n: int = 0, progress: Progress = SILENT) -> None:
        """Count the next `n` articles, a multiple of some; 0 is all that are left."""
        total = searching.last_row(project)
        done = 0
        while not self.is_whole and (not n or done < n):
            go_on(progress, self.after, total)
            there = namedmentions.stretch(project, self.after, _AT_ONCE)
            if there is None:
                self.is_whole = True
                return
            self._take(namedmentions.counted(project, there, self.who, self.me))
            self.after, done = there.last, done + there.n

    def _take(self, rows: Iterable[Counted]) -> None:
        met = self._met
        for spelling, type_, link, is_open, article in rows:
            found = met.get(key := (spelling, type_, link, is_open))
            if found is None:
                found = met[key] = array("q")
            found.append(article)

    def names(self) -> list[Name]:
        """Return the names, the most frequent first."""
        groups: dict[tuple[str, str], _Rows] = {}
        known = {self._key(kind[0]) for kind in self._met}
        for kind, articles in self._met.items():
            spelling, _, link, _ = kind
            key = name_key(link) if link else self._bare(self._key(spelling), known)
            groups.setdefault((link, key), {})[kind] = articles
        keys = self._keys
        found = [_name(link, key, rows, keys) for (link, key), rows in groups.items()]
        return sorted(found, key=lambda one: (-one.n, one.key, one.link))

    def articles_of(self, spellings: Collection[tuple[str, str]]) -> list[int]:
        """Return the row ids of the articles with labels of `spellings` (as `Name.pairs` says)."""
        found: set[int] = set()
        for (spelling, _, link, _), articles in self._met.items():
            if (link, spelling) in spellings:
                found.update(articles)
        return sorted(found)

    def _key(self, spelling: str) -> str:
        key = self._keys.get(spelling)
        if key is None:
            key = self._keys[spelling] = _key_of(spelling)
        return key

    def _bare(self, key: str, known: Collection[str]) -> str:
        """Return `key` as it is without clitics, where what is left is known.

        Where labels leave clitics out, of `للهند` they take `لهند`, which is `الهند`.
        """
        if self._holds_clitics:
            return without_clitics(key, known)
        whole = ARTICLE[0] + key
        return whole if whole.startswith(ARTICLE) and whole in known else key


def _key_of(text: str) -> str:
    """Return the fold of a name; of signs alone, which are no name, what they fold to."""
    return name_key(text) or fold(text).strip()


def _name(link: str, key: str, rows: _Rows, keys: Mapping[str, str]) -> Name:
    spellings: dict[str, list[int]] = {}
    types: dict[str, int] = {}
    for (text, type_, _, is_open), articles in rows.items():
        n = len(articles)
        counts = spellings.setdefault(text, [0, 0])
        counts[0] += n
        counts[1] += n if is_open else 0
        types[type_] = types.get(type_, 0) + n
    told = [Spelling(text, keys[text], *counts) for text, counts in spellings.items()]
    told.sort(key=lambda one: (-one.n, one.text))
    return Name(
        link,
        key,
        tuple(told),
        tuple(sorted(types.items(), key=lambda one: (-one[1], one[0]))),
        sum(one.n for one in told),
        sum(one.n_open for one in told),
        len(set().union(*rows.values())),
    )


def counted(project: Project, who: str = "", me: str = "", progress: Progress = SILENT) -> Tally:
    """Count all articles; `who` and `me` as `Tally` takes them."""
    tally = Tally(project, who, me)
    tally.count_on(project, progress=progress)
    return tally


def fitting(names: Iterable[Name], text: str = "", type_name: str = "") -> list[Name]:
    """Return the names of which a spelling, or what they share, holds `text`, however spelled.

    Only those that have labels of the type, where one is given.
    """
    wanted = _key_of(text)
    return [
        one
        for one in names
        if (not type_name or any(type_ == type_name for type_, _ in one.types))
        and (not wanted or wanted in one.key or (one.link and _is_spelled(one, wanted)))
    ]


def _is_spelled(name: Name, wanted: str) -> bool:
    return any(wanted in one.key for one in name.spellings)


def called(names: Sequence[Name], text: str) -> list[Name]:
    """Return the names that `text` means: what they share, or else one of their spellings."""
    wanted = _key_of(text)
    exactly = [one for one in names if (one.link or one.key) in (text, wanted)]
    return exactly or [
        one
        for one in names
        if wanted == one.key or any(each.key == wanted for each in one.spellings)
    ]


def places(
    project: Project, name: Name, articles: Sequence[int], who: str = ""
) -> Iterator[Mention]:
    """Yield the labels of a name in the articles with those row ids, in order."""
    spellings, pairs = [one.text for one in name.spellings], name.pairs
    for there in namedmentions.of_articles(articles):
        for one in namedmentions.chosen(project, there, spellings, who):
            if (one.link, one.spelling) in pairs:
                yield one
