"""Lines of a page as rules look at them: what they say, folded, and which give a role away.

A line that boilerplate was glued to counts as two.
"""

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from annotator.arabic.fold import fold
from annotator.arabic.pagewords import (
    BEGINNINGS,
    FIRST,
    FIRST_OF_LONG,
    begins,
    is_date,
    is_said_to_reader,
    is_under_headline,
    may_begin,
)

_PROSE = 12
"""Words from which on a line without a final stop is read as prose."""
_LONG = 2 * _PROSE
"""Words from which on a line is longer than headlines are."""
_SENTENCE = 6
"""Words from which on a line with a final stop is."""
_KEYWORDS = 5
"""Commas from which on a line of single words is a list of them."""
_STOPS = frozenset('.!؟?…"”»:؛')
"""What running text ends with."""
_FINAL = frozenset(".!؟…")
"""What only a sentence ends with."""
_BLANK = " \u00a0\t\u200f\u200e\ufeff"

_GLUED = "أخبار ذات صلة|اخبار ذات صلة|اقرأ أيضا|اقرأ أيضاً|إقرأ أيضاً|مواضيع ذات صلة|موصى به"
"""As they are written: the cut is in the text itself."""
_GLUED_FIRST = frozenset("أاإم")
_ODD = frozenset("#0123456789٠١٢٣٤٥٦٧٨٩(")
"""With what else than a word a line may begin that gives a role away."""
_ODD_LAST = frozenset(")-")
"""With what one may end."""
_FEWEST_COUNTED = 15
"""Words from which on a line that begins with a number is no date or the like."""
_AT_MOST = {"date": 8, "byline": 8, "caption": 10, "source": 12, "nav": 12, "noise": 16}
"""Words of such a line: a longer one is prose that happens to begin so."""
_LONGEST_DATE = 14
_OF_SITE = 10
_LONGEST_TO_READER = 7
_LONGEST = max(_AT_MOST.values())
_HEAD = 80
"""Characters of a line of more words that are looked at: no beginning is longer."""
_NO_SENTENCES = frozenset({"date", "byline", "caption", "nav"})
_CREDIT = (
    r"/ ?[\w ]{2,20}$|\((?:تصوير|صورة|الصورة|عدسة)[ :][^()]+\)$|"
    r"[-–—] (?:تصوير|عدسة) ?:? [^()]{2,40}$"
)


class Line(NamedTuple):
    """A line that is not blank, without the blanks around it: where it stands and what it says."""

    start: int
    end: int
    said: str
    n_words: int
    is_stopped: bool
    """Whether it ends as running text does."""
    is_prose: bool
    """Whether it reads like running text."""

    @property
    def is_sentence(self) -> bool:
        """Whether it ends as only a sentence does."""
        return self.said[-1] in _FINAL

    @property
    def is_long(self) -> bool:
        """Whether it is longer than headlines are."""
        return self.n_words >= _LONG

    @property
    def is_list_of_words(self) -> bool:
        """Whether it is keywords with commas between them."""
        said = self.said
        if said[-1] == ".":
            return False
        n_commas = said.count("،") + said.count(",")
        return n_commas >= _KEYWORDS and self.n_words <= 3 * n_commas + 3

    @property
    def is_of_site(self) -> bool:
        """Whether it holds little but an address, or says whose the page is."""
        if self.n_words > _OF_SITE:
            return False
        return "©" in self.said or ("://" in self.said and not self.is_stopped)

    @property
    def has_credit(self) -> bool:
        """Whether it ends with who took a picture."""
        return not self.is_long and _credit().search(self.said) is not None


def lines_of(page: str) -> Iterator[Line]:
    r"""Yield the lines of `page` that are not blank, in order.

    >>> [line.said for line in lines_of("خبر\n\nأخبار ذات صلةقال الوزير ")]
    ['خبر', 'أخبار ذات صلة', 'قال الوزير']
    """
    start = 0
    for line in page.split("\n"):
        said = line.strip(_BLANK)
        first = start + (line.find(said) if len(said) < len(line) else 0)
        start += len(line) + 1
        if not said:
            continue
        glued = _glued().match(said) if said[0] in _GLUED_FIRST else None
        if glued is not None:
            yield _line(first, glued.group())
            first, said = first + glued.end(), said[glued.end() :]
        yield _line(first, said)


def _line(start: int, said: str) -> Line:
    n_words, is_stopped = said.count(" ") + 1, said[-1] in _STOPS
    is_prose = n_words >= (_SENTENCE if is_stopped else _PROSE)
    return Line(start, start + len(said), said, n_words, is_stopped, is_prose)


def gives_away(line: Line) -> str:
    """Return what a line says, folded, where its first word may give a role away; else nothing.

    Most lines do not begin with such a word, and need not be folded.
    """
    said, n_words = line.said, line.n_words
    if n_words >= _LONG:
        if said[0] != "#" and _first_word(said) not in FIRST_OF_LONG:
            return ""
    elif said[0] in _ODD:
        if n_words >= _FEWEST_COUNTED and said[0] != "#":
            return ""
    elif said[-1] not in _ODD_LAST and _first_word(said) not in FIRST:
        return ""
    is_read_whole = n_words <= _LONGEST or said[0] == "#"
    return " ".join(fold(said if is_read_whole else said[:_HEAD]).split())


def _first_word(said: str) -> str:
    blank = said.find(" ")
    return _bare(said if blank < 0 else said[:blank])  # to split would copy the whole line


@functools.lru_cache(maxsize=4096)
def _bare(word: str) -> str:
    return fold(word.split(":", 1)[0] or ":").rstrip(",.")


def role_by_beginning(line: Line, folded: str) -> str:
    """Return the role that the first words of a line give away; nothing where they give none."""
    is_sentence = line.said.endswith(".")
    if may_begin(folded):
        for role in BEGINNINGS:
            is_none = is_sentence and role in _NO_SENTENCES
            is_none |= line.n_words > _AT_MOST.get(role, line.n_words)
            if not is_none and begins(role, folded):
                return role
    if is_sentence or line.n_words > _LONGEST_DATE:
        return ""
    if is_date(folded):
        return "date"
    return "noise" if line.n_words <= _LONGEST_TO_READER and is_said_to_reader(folded) else ""


def is_credit(line: Line) -> bool:
    """Whether a line under a headline says who wrote, or where."""
    return line.n_words <= _AT_MOST["byline"] and is_under_headline(fold(line.said))


@functools.cache
def _credit() -> re.Pattern[str]:
    return re.compile(_CREDIT)


@functools.cache
def _glued() -> re.Pattern[str]:
    return re.compile(rf"(?:{_GLUED})(?=[^\W\d_])")
