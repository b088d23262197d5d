"""Where a word can be cut: conjunction, preposition and article in front, pronouns behind.

Every cut that the letters allow is a candidate; which one is meant is for the reader to say, or
for a ranking that knows the project's words. Marks and tatweel stay with their letter.
"""

import functools
import re

_MARKS = "[\u0640\u064b-\u065f\u0670]*"
_LETTER = f"[^\\W\\d_]{_MARKS}"


def _one_of(letters: str) -> str:
    return f"[{letters}]{_MARKS}"


_PRONOUNS = ("كما", "هما", "كم", "كن", "ها", "هم", "هن", "نا", "ني", "ك", "ه", "ي")
_LEFT_OVER = 2
"""Letters that a word keeps at least."""


@functools.cache
def _before() -> re.Pattern[str]:
    return re.compile(
        f"(?P<joined>{_one_of('وف')})?(?P<attached>{_one_of('بكلس')})?(?P<the>ا{_MARKS}ل{_MARKS})?"
    )


@functools.cache
def _behind() -> re.Pattern[str]:
    spelled = ("".join(f"{sign}{_MARKS}" for sign in one) for one in _PRONOUNS)
    return re.compile("(?:" + "|".join(spelled) + ")$")


def cuts_in_front(word: str) -> list[int]:
    """Return the offsets at which `word` may begin, its own beginning first.

    >>> cuts_in_front("وبالكرملين"), cuts_in_front("للاتحاد"), cuts_in_front("في")
    ([0, 1, 2, 4], [0, 1], [0])
    """
    found = _before().match(word)
    ends = {found.end(name) for name in ("joined", "attached", "the")} if found else set()
    return [0, *sorted(end for end in ends if end > 0 and _n_letters(word[end:]) >= _LEFT_OVER)]


def cuts_behind(word: str) -> list[int]:
    """Return the offsets at which `word` may end, its own end first.

    >>> cuts_behind("كتابهما"), cuts_behind("له")
    ([7, 4], [2])
    """
    starts = {found.start() for at in range(len(word)) if (found := _behind().match(word, at))}
    kept = sorted(start for start in starts if _n_letters(word[:start]) >= _LEFT_OVER)
    return [len(word), *kept]


def _n_letters(part: str) -> int:
    return len(re.findall(_LETTER, part))
