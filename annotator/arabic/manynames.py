"""Finding very many names in a text at once, each as `finding` finds it alone at `letters`.

The longest name that begins at a word is found there. A name may stand behind و ف ب ك ل, and one in
ال behind ل without its alef; never inside a longer stem.
"""

import re
from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

from annotator.arabic.clitics import ARTICLE, CONJUNCTIONS, PREPOSITIONS
from annotator.arabic.fold import Folded, fold, folded
from annotator.arabic.graphemes import snap_outward
from annotator.arabic.uncutwords import UNCUT

_FRONTS = frozenset(
    one + other for one in ("", *CONJUNCTIONS) for other in ("", *PREPOSITIONS) if one + other
)
_BEFORE_ARTICLE = frozenset(front for front in _FRONTS if front.endswith("ل"))
_LONGEST_FRONT = 2
_SHORTEST_STEM = 2
_BLANKS = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_]+")


class NamePlace(NamedTuple):
    """A name at `[start, end)` of the text: its key, and where clitics before it begin."""

    start: int
    end: int
    name: str
    with_clitics_from: int


def name_key(quote: str) -> str:
    """Return what is the same for two spellings of a name: folded, on one line, without signs.

    >>> name_key("فلاديمير  بوتينَ،"), name_key("«إلى»")
    ('فلاديمير بوتين', 'الي')
    """
    words = list(_WORD.finditer(key := " ".join(fold(quote).split())))
    return key[words[0].start() : words[-1].end()] if words else ""


def without_clitics(key: str, known: Container[str]) -> str:
    """Return `key` without clitics before it where what is left is one of the `known` keys.

    >>> without_clitics("وبوتين", {"بوتين"}), without_clitics("للاتحاد", {"الاتحاد"})
    ('بوتين', 'الاتحاد')
    """
    first = key.partition(" ")[0]
    for length in range(1, _LONGEST_FRONT + 1):
        for form in _stems(first, length):
            stem = form + key[len(first) :]
            if stem in known:
                return stem
    return key


def _stems(word: str, length: int) -> Iterator[str]:
    """Yield what is left of a folded word without `length` letters of clitics."""
    front, rest = word[:length], word[length:]
    is_cut = front in _FRONTS and len(rest) >= _SHORTEST_STEM
    if is_cut and not any(word[cut:] in UNCUT for cut in range(length)):
        yield rest
        if front in _BEFORE_ARTICLE and rest.startswith("ل"):
            yield ARTICLE + rest[1:]


class ManyNames:
    """Names, by their keys, made ready for many texts."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._by_first: dict[str, list[str]] = {}
        for key in sorted(set(keys), key=len, reverse=True):
            first = _WORD.match(key)
            if first is not None:
                self._by_first.setdefault(first[0], []).append(key)

    def places(self, text: str) -> list[NamePlace]:
        """Return the places of all names in `text`, in order, none over another.

        >>> text = "التقى وبوتين فلاديمير بوتين، للاتحاد"
        >>> found = ManyNames(["بوتين", "فلاديمير بوتين", "الاتحاد"]).places(text)
        >>> [text[one.start : one.end] for one in found]
        ['بوتين', 'فلاديمير بوتين', 'لاتحاد']
        """
        found = list(self._in_view(fold(text)))
        if not found:
            return []
        view = folded(text)
        return [_in_original(view, *one) for one in found]

    def _in_view(self, view: str) -> Iterator[tuple[int, int, str, int]]:
        """Yield start, end, key and where clitics begin of each place in a folded text."""
        at = 0
        for word in _WORD.finditer(view):
            if word.start() >= at:
                found = self._from(view, word.start(), word[0])
                if found is not None:
                    yield found
                    at = found[1]

    def _from(self, view: str, outer: int, word: str) -> tuple[int, int, str, int] | None:
        for key in self._by_first.get(word, ()):
            if end := _end_at(view, outer, key):
                return outer, end, key, outer
        if word[0] not in CONJUNCTIONS + PREPOSITIONS:
            return None
        for length in range(1, _LONGEST_FRONT + 1):
            for stem in _stems(word, length):
                start = outer + length
                for key in self._by_first.get(stem, ()):
                    written = key if stem == word[length:] else key[1:]  # without its alef
                    if end := _end_at(view, start, written):
                        return start, end, key, outer
        return None


def _end_at(view: str, at: int, key: str) -> int:
    """Return where `key` ends that stands at `at`, however its words are spaced; 0 for nowhere."""
    for n, word in enumerate(key.split(" ")):
        if n:
            blank = _BLANKS.match(view, at)
            if blank is None:
                return 0
            at = blank.end()
        if not view.startswith(word, at):
            return 0
        at += len(word)
    return 0 if view[at : at + 1].isalnum() else at


def _in_original(view: Folded, start: int, end: int, key: str, outer: int) -> NamePlace:
    first, last = snap_outward(view.original, *view.to_original(start, end))
    before, _ = snap_outward(view.original, view.map.from_units(outer), last)
    return NamePlace(first, last, key, before)
