"""Articles that say the same in another spelling: found among those that an import brought.

Texts that fold to the same words in the index are the same body. Within one import that costs a
look at the fold that the index makes anyway; against what was there before, the index is asked for
some words in a row from the middle, where few articles are new.
"""

from collections.abc import Iterator
from typing import NamedTuple

from annotator.arabic.fold import index_fold
from annotator.core.model import Article
from annotator.store.project import Project
from annotator.store.searching import text_of
from annotator.store.trouble import reads

FEW = 100
"""New articles up to which those that were there before are looked at."""
_WORDS = 12
"""Words in a row that the index is asked for; those in the middle are not the site's."""
_LOOKED_AT = 16
_SAMPLE = 64
"""Code points before and behind the middle by which a fold is remembered, with its length."""
_REMEMBERED = 200_000
"""Articles of an import that are remembered, some 20 MB."""
_BEFORE = "SELECT rowid FROM words WHERE words MATCH ? AND rowid<? ORDER BY rowid LIMIT ?"


class Same(NamedTuple):
    """A new article, and the one with the same body that was there first."""

    new: Article
    other: Article


class SameWords:
    """Remembers what was indexed, by a hash; those that meet are compared word by word."""

    def __init__(self) -> None:
        self._first: dict[int, int] = {}
        self._same: list[tuple[int, int]] = []
        self._few: list[tuple[int, str]] = []

    def take(self, row: int, words: str) -> None:
        """Take the words, as the index has them, of the article with that row id."""
        if len(self._first) >= _REMEMBERED or words.isspace():
            return
        middle = len(words) // 2
        key = hash((len(words), words[max(0, middle - _SAMPLE) : middle + _SAMPLE]))
        first = self._first.setdefault(key, row)
        if first != row:
            self._same.append((row, first))
        elif len(self._first) <= FEW:
            self._few.append((row, words))

    def found(self, project: Project) -> Iterator[Same]:
        """Yield the new articles whose body was there, in order, each with the first that has it.

        Those that were in the project before are among them where `FEW` are new.
        """
        pairs = [pair for pair in self._same if _is_same(project, *pair)]
        if len(self._first) <= FEW:
            start = min(self._first.values(), default=0)
            each = ((row, _before(project, words, start)) for row, words in self._few)
            pairs += [(row, other) for row, other in each if other]
        for row, other in sorted(pairs):
            yield Same(_article(project, row), _article(project, other))


def _is_same(project: Project, row: int, other: int) -> bool:
    return index_fold(text_of(project, row)) == index_fold(text_of(project, other))


@reads
def _before(project: Project, words: str, start: int) -> int:
    """Return the row id of an article before `start` with these words; 0 where there is none."""
    each = words.split()
    middle = max(0, len(each) // 2 - _WORDS // 2)
    phrase = " ".join(each[middle : middle + _WORDS])
    for (row,) in project.connection.execute(
        _BEFORE, (f'"{phrase}"', start, _LOOKED_AT)
    ).fetchall():
        if index_fold(text_of(project, row)) == words:
            return int(row)
    return 0


@reads
def _article(project: Project, row: int) -> Article:
    query = "SELECT sha256 FROM articles WHERE id=?"
    return project.article(project.connection.execute(query, (row,)).fetchone()[0])
