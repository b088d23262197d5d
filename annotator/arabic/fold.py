"""Folding: a view of a text in which what is written differently for the same thing is the same.

A view only: no text is ever stored folded, and every hit lies on the original, exactly. Levels:
`exact` folds nothing; `marks` takes away marks, tatweel and invisible characters and joins what
only keyboards and fonts tell apart; `letters`, the search fold, also joins ى ي ئ · ه ة · و ؤ and
the letters of foreign sounds.
"""

import functools
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from annotator.arabic.bytefold import ByteFold
from annotator.arabic.characters import MARKS, TATWEEL
from annotator.arabic.foldtable import (
    NAME_TABLE,
    PLAIN,
    TABLES,
    FoldTable,
    Level,
    with_seated_hamzas,
)
from annotator.arabic.graphemes import snap_outward
from annotator.arabic.offsets import OffsetMap

_NOT_WORDS = re.compile(r"[\W_]+")
_AFTER_A_HIT = re.compile(f"[{MARKS}{TATWEEL}]*")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text with the way back: `map` counts the characters of `text` as its units."""

    text: str
    map: OffsetMap
    original: str

    def to_original(self, start: int, end: int) -> tuple[int, int]:
        """Return where `[start, end)` of the folded text lies in the original.

        The end reaches over the marks and tatweel that follow.

        >>> folded("كتابٌ جديد").to_original(0, 4)
        (0, 5)
        """
        first = self.map.from_units(start)
        if start >= end:
            return first, first
        after = self.map.from_units(end - 1) + 1
        trailing = _AFTER_A_HIT.match(self.original, after)
        return first, trailing.end() if trailing else after

    def to_folded(self, offset: int) -> int:
        """Return where `offset` of the original falls; what was deleted, on what follows it."""
        return self.map.to_units(offset)


@functools.cache
def _fast_fold(level: Level) -> ByteFold:
    return ByteFold.of_text(TABLES[level])


@functools.cache
def _fast_index_fold() -> ByteFold:
    return ByteFold.of_words(TABLES["letters"])


def fold(text: str, level: Level = "letters") -> str:
    """Return the folded view of `text`: the same for NFC and NFD, and for a text folded before.

    >>> fold("إلى مُستشفــى «القاهرة»…"), fold("إلى مُستشفــى", "marks")
    ('الي مستشفي "القاهره"...', 'الى مستشفى')
    """
    if level == "exact":
        return text
    table = TABLES[level]
    seated = with_seated_hamzas(text) if level == "marks" else text
    return _by_lines(seated, _fast_fold(level), lambda line: line.translate(table))


def folded(text: str, level: Level = "letters") -> Folded:
    """Return the folded view of `text` with its map.

    >>> view = folded("ﷺ كتابٌ")
    >>> view.text, view.to_original(4, 8), view.to_folded(2)
    ('صلي الله عليه وسلم كتاب', (0, 1), 19)
    """
    return Folded(fold(text, level), _map(text, level), text)


def find_all(
    text: str, query: str, level: Level = "letters", whole_word: bool = True
) -> list[tuple[int, int]]:
    """Return `(start, end)` in `text` of each hit of `query`, in order, in whole graphemes.

    Unless the level is `exact`, a space in the query is any white space in the text.

    >>> find_all("التقى بـ«بوتينَ» وبوتين", "بوتين")
    [(9, 15)]
    """
    pattern = _pattern(query, level, whole_word)
    if pattern is None:
        return []
    view = fold(text, level)
    hits = [found.span() for found in pattern.finditer(view)]
    if not hits:  # as in most articles of a search: no need of a map
        return []
    way_back = Folded(view, _map(text, level), text)
    found_in_text = (snap_outward(text, *way_back.to_original(*hit)) for hit in hits)
    return list(dict.fromkeys(found_in_text))  # one character may hold several hits


def index_fold(text: str) -> str:
    """Return the words of `text` for a full-text index: folded letters and digits, else blanks.

    >>> index_fold("قال: «إلى مُستشفى 3»").split()
    ['قال', 'الي', 'مستشفي', '3']
    """
    return _by_lines(text, _fast_index_fold(), lambda line: _NOT_WORDS.sub(" ", fold(line)))


def index_query(query: str) -> list[str]:
    """Return the words of `query` as a full-text index holds them.

    >>> index_query("«وزارةُ الخارجية»")
    ['وزاره', 'الخارجيه']
    """
    return index_fold(query).split()


def fold_name(name: str) -> str:
    """Return what is the same for two spellings of one annotator's name.

    >>> fold_name(" أحمدُ  Ali "), fold_name("احمد ALI")
    ('احمد ali', 'احمد ali')
    """
    letters = unicodedata.normalize("NFKD", name).casefold().translate(NAME_TABLE)
    return " ".join(unicodedata.normalize("NFKC", letters).split())


def _by_lines(text: str, fast: ByteFold, general: Callable[[str], str]) -> str:
    """Fold the fast way where it can be done, line by line where an uncommon character stands."""
    try:
        return fast(text)
    except UnicodeEncodeError:
        if "\n" not in text:
            return general(text)
        return "\n".join(_by_lines(line, fast, general) for line in text.split("\n"))


def _map(text: str, level: Level) -> OffsetMap:
    """Map `text` to its fold."""
    runs = () if level == "exact" else _changes_of_length(text, TABLES[level])
    return OffsetMap.of_runs(text, runs)


@functools.cache
def _not_plain() -> re.Pattern[str]:
    """Return what finds characters that may fold to none or several; it takes long to compile."""
    return re.compile(f"[^{PLAIN}]+")


def _changes_of_length(text: str, table: FoldTable) -> Iterator[tuple[int, int, int]]:
    """Yield `(start, end, length of each fold)` where characters do not fold to one character."""
    for found in _not_plain().finditer(text):
        start, end = found.span()
        if not found.group().translate(table):
            yield start, end, 0
            continue
        for offset, character in enumerate(found.group(), start):
            length = len(table[ord(character)])
            if length != 1:
                yield offset, offset + 1, length


def _pattern(query: str, level: Level, whole_word: bool) -> re.Pattern[str] | None:
    """Return what to look for in a folded text; None when nothing is left of the query."""
    wanted = fold(query, level)
    words = [wanted] if level == "exact" and wanted else wanted.split()
    if not words:
        return None
    first, *others = map(re.escape, words)
    if whole_word and words[0][0].isalnum():
        # The edge is looked for behind the first word: a pattern that begins with letters is fast.
        first += rf"(?<![^\W_]{first})"
    spelled = r"\s+".join([first, *others])
    is_closed = whole_word and words[-1][-1].isalnum()
    return re.compile(spelled + r"(?![^\W_])" if is_closed else spelled)
