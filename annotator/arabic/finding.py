"""Finding words in a text as a reader of Arabic thinks of them: folded, behind clitics, exactly.

A query is text, never syntax. It is found as whole words: letters of a longer stem are no hit. With
clitics the first word may stand behind و ف ب ك ل, and س before a verb; the hit lies on the stem
alone. The article belongs to its word (`اتحاد` does not find `الاتحاد`), but `الاتحاد` finds
`للاتحاد`, where its alef is not written. Pronouns belong to the word too: `روسي` with ه would be
`روسية`. A hit reaches over the marks and tatweel behind its last letter.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from annotator.arabic.fold import Folded, fold, folded, index_query
from annotator.arabic.foldtable import Level
from annotator.arabic.graphemes import snap_outward
from annotator.arabic.uncutwords import UNCUT

_FRONTS = frozenset(one + other for one in ("", "و", "ف") for other in ("", "ب", "ك", "ل"))
_BEFORE_VERBS = frozenset({"س", "وس", "فس"})
_VERBS_BEGIN = "يتنا"
_BEFORE_ARTICLE = frozenset({"ل", "ول", "فل"})
"""What stands before a lam that is the article without its alef."""
_LONGEST_FRONT = max(map(len, _FRONTS)) + 1
_SHORTEST_STEM = 2
_WORD = re.compile(r"[^\W_]*")


class Query(msgspec.Struct, frozen=True):
    """What is looked for, and how: the last word may be the beginning of one with `is_prefix`.

    `with_last_name` looks for the last word alone too, as of a person's name.
    """

    text: str
    level: Level = "letters"
    with_clitics: bool = True
    is_prefix: bool = False
    with_last_name: bool = False


class Hit(NamedTuple):
    """A place in the original: `[start, end)`, and where the clitics before it begin."""

    start: int
    end: int
    with_clitics_from: int


class Finder:
    """A query made ready for many texts.

    >>> text = "التقى بـ«بوتينَ» وبوتين، للاتحاد"
    >>> [text[hit.start : hit.end] for hit in Finder(Query("بوتين")).hits(text)]
    ['بوتينَ', 'بوتين']
    >>> [text[hit.start : hit.end] for hit in Finder(Query("الاتحاد")).hits(text)]
    ['لاتحاد']
    """

    def __init__(self, query: Query) -> None:
        """Make `query` ready; one without any letter or digit finds nothing."""
        self.query = query
        self._written = query.text.strip()
        self._level: Level = "marks" if query.level == "exact" else query.level
        self._words = fold(self._written, self._level).split() if index_query(query.text) else []
        first = self._words[0] if self._words else ""
        last = self._words[-1] if self._words else ""
        self._is_open_in_front = not first[:1].isalnum()
        self._is_open_behind = query.is_prefix or not last[-1:].isalnum()
        self._takes_clitics = query.with_clitics and len(first) >= _SHORTEST_STEM
        self._takes_clitics &= not self._is_open_in_front
        self._has_article = self._takes_clitics and first.startswith("ال") and len(first) > 3
        sought = [first[1:] if self._has_article else first, *self._words[1:]]
        self._pattern = re.compile(r"\s+".join(map(re.escape, sought)))
        self._last_name: Finder | None = None
        if query.with_last_name and len(self._words) > 1:
            alone = replace(query, text=query.text.split()[-1], with_last_name=False)
            self._last_name = Finder(alone)

    # --- in one text ---

    def hits(self, text: str) -> list[Hit]:
        """Return the hits in `text` in order; none lies in another, and all are whole graphemes."""
        found = self._hits(text)
        if self._last_name is None:
            return found
        alone = (
            one
            for one in self._last_name.hits(text)
            if not any(whole.start < one.end and one.start < whole.end for whole in found)
        )
        return sorted([*found, *alone])

    def _hits(self, text: str) -> list[Hit]:
        if not self._words or not self._may_be_in(text):
            return []
        found = list(self._in_view(fold(text, self._level)))
        if not found:  # as in most articles of a search: no need of a map
            return []
        view = folded(text, self._level)
        hits = (self._as_written(text, self._in_original(view, *one)) for one in found)
        kept = {hit[:2]: hit for hit in hits if hit}
        return list(kept.values())  # one character may hold several hits

    def _may_be_in(self, text: str) -> bool:
        return self.query.level != "exact" or self._written[self._has_article :] in text

    def _as_written(self, text: str, hit: Hit) -> Hit | None:
        """Return the hit where it is as it was asked for; to the letter only `exact` minds.

        What was asked for may end in a sign that cannot be seen, which the hit then covers.
        """
        if self.query.level != "exact":
            return hit
        is_without_alef = self._has_article and fold(text[hit.start], "marks").startswith("ل")
        written = self._written[is_without_alef:]
        if not text.startswith(written, hit.start):
            return None
        _, end = snap_outward(text, hit.start, max(hit.end, hit.start + len(written)))
        return hit._replace(end=end)

    def _in_original(self, view: Folded, start: int, end: int, outer: int) -> Hit:
        first, last = snap_outward(view.original, *view.to_original(start, end))
        before, _ = snap_outward(view.original, view.map.from_units(outer), last)
        return Hit(first, last, before)

    def _in_view(self, view: str) -> Iterator[tuple[int, int, int]]:
        """Yield start, end and the beginning of the clitics of each hit in a folded text."""
        at = 0
        while found := self._pattern.search(view, at):
            start, end = found.span()
            begins = self._begins(view, start)
            if begins is not None and self._ends(view, end):
                until = _end_of_word(view, end) if self.query.is_prefix else end
                yield begins[0], until, begins[1]
                at = until
            else:
                at = self._after_a_miss(view, start)

    def _begins(self, view: str, start: int) -> tuple[int, int] | None:
        """Return where the hit and its clitics begin; None inside a longer stem."""
        if self._is_open_in_front:
            return start, start
        outer = _beginning_of_word(view, start)
        if self._has_article:
            if view[start - 1 : start] != "ا":
                is_lam = view[outer:start] in _BEFORE_ARTICLE
                return (start, outer) if is_lam else None
            start -= 1
        if outer < start and not self._is_behind_clitics(view, outer, start):
            return None
        return start, outer

    def _is_behind_clitics(self, view: str, outer: int, start: int) -> bool:
        """Whether what stands from `outer` to `start` is clitics and no part of the word."""
        if not self._takes_clitics:
            return False
        front = view[outer:start]
        is_verb = front in _BEFORE_VERBS and view[start] in _VERBS_BEGIN
        if front not in _FRONTS and not is_verb:
            return False
        word = fold(view[outer : _end_of_word(view, start)], "letters")
        return not any(word[cut:] in UNCUT for cut in range(len(front)))

    def _ends(self, view: str, end: int) -> bool:
        return self._is_open_behind or not view[end : end + 1].isalnum()

    def _after_a_miss(self, view: str, start: int) -> int:
        """Return where to look on: deep in a long word nothing can begin any more."""
        if self._is_open_in_front or start - _beginning_of_word(view, start) <= _LONGEST_FRONT:
            return start + 1
        return max(_end_of_word(view, start), start + 1)

    # --- in the index ---

    @property
    def in_index(self) -> list[str]:
        """The phrases, as a full-text index of `index_fold` holds them, of which a hit has one."""
        words = index_query(self.query.text)
        if not words:
            return []
        if self._last_name is not None and self._last_name.in_index:
            return self._last_name.in_index  # wherever the whole name stands, this does
        first, rest = words[0], words[1:]
        forms = [first]
        if self._takes_clitics:
            fronts = sorted(_FRONTS | (_BEFORE_VERBS if first[0] in _VERBS_BEGIN else set()))
            forms = [front + first for front in fronts]
        if self._has_article:
            forms += [front + first[1:] for front in sorted(_BEFORE_ARTICLE)]
        return [" ".join([form, *rest]) for form in forms]


def _beginning_of_word(view: str, at: int) -> int:
    """Return where the letters before `at` begin, looking one letter further than clitics reach."""
    start = at
    while start and at - start <= _LONGEST_FRONT and view[start - 1].isalnum():
        start -= 1
    return start


def _end_of_word(view: str, at: int) -> int:
    found = _WORD.match(view, at)
    return found.end() if found else at
