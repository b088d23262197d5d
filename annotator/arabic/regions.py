"""The role of each stretch of an article: headline, body, related and so on, found by rules.

Pages come as plain text with all that stood around the article. Nothing is taken away: each line
gets a role, and a person can change it. The version of the rules is stored with the regions, so
that articles marked by older ones can be told.
"""

from collections.abc import Sequence
from typing import NamedTuple

from annotator.arabic.pagelines import (
    Line,
    gives_away,
    is_credit,
    lines_of,
    role_by_beginning,
)
from annotator.arabic.pagewords import (
    behind_related,
    ends_list,
    is_of_comments,
    is_of_initials,
    role_of_bar,
)

RULES_VERSION = "2"

_RUNNING = frozenset(["lead", "body"])
_HEADLINE = 5
"""The fewest words of a headline; shorter lines before it lead elsewhere."""
_SECOND_HEADLINE = 8
"""The fewest of one amid the body: a subhead is shorter."""
_SHORT_HEADLINE = 3
"""The fewest of one where no line is longer."""
_LONGEST_BAR = 24
"""Words of a list between bars, which count as words."""
_NAME = 2
"""Words of the name of who wrote, where what they are stands below it."""
_TAIL = 4
"""Titles at the end of a page that are other articles."""
_INITIALS = 3
_TAG = 2
"""Words of a line of keywords at most."""
_DASHES = ("-", "–", "—")
_BULLETS = ("•", "▪", "●", "■", "◆", "*")
_LISTED = (*_DASHES, *_BULLETS)


class Region(NamedTuple):
    """A stretch `[start, end)` of an article, and its role."""

    start: int
    end: int
    role: str


def regions_of(text: str) -> list[Region]:
    r"""Return the regions of `text`, in order, without gaps: blanks go with what is before them.

    Where nothing reads like running text, the whole is body; none where there is no text.

    >>> regions_of("نشر\nقال الوزير إن الأمر قد انتهى.")
    [Region(start=0, end=4, role='nav'), Region(start=4, end=33, role='lead')]
    """
    lines = list(lines_of(text))
    roles = _Walk(lines).roles()
    if not _RUNNING.intersection(roles):
        return [Region(0, len(text), "body")] if text else []
    turns = [n for n, role in enumerate(roles) if not n or role != roles[n - 1]]
    starts = [0, *[lines[n].start for n in turns[1:]], len(text)]
    return [Region(starts[k], starts[k + 1], roles[n]) for k, n in enumerate(turns)]


class _Walk:
    """Goes along the lines of a page, and remembers what it has passed."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._seen: dict[int, list[str]] = {}
        """The lines that were passed, by their length: to hash long ones takes longer."""
        self._n_prose = 0
        self._has_headline = False
        self._is_behind = False
        """Whether other articles have begun."""
        self._is_listed = False
        """Whether all of these were items of a list so far."""
        self._n_listed = 0
        self._is_told = False
        """Whether comments have begun behind the article."""
        self._tail = self._start_of_tail()
        self._short: list[int] = []
        """Lines that lead elsewhere for nothing but being short, and may be a headline."""
        self._is_second = False
        """Whether the headline of another article was just passed."""
        self._has_ended = False
        """Whether a source or keywords stood after the article."""

    def roles(self) -> list[str]:
        """Return the role of each line."""
        found: list[str] = []
        for number, line in enumerate(self._lines):
            role = self._role(number, line, found[-1] if found else "")
            self._n_prose += role == "lead" or (role == "body" and line.is_prose)
            self._has_headline |= role == "headline"
            self._has_ended |= role in ("source", "keywords") and self._n_prose > 1
            self._seen.setdefault(len(line.said), []).append(line.said)
            found.append(role)
        if self._short and not self._has_headline:
            found[max(self._short, key=lambda number: self._lines[number].n_words)] = "headline"
        return found

    def _role(self, number: int, line: Line, role_before: str) -> str:
        marked = self._by_beginning(line) or self._of_picture(line) or self._of_signs(line)
        if marked:
            return marked
        if self._is_behind and not self._is_past_list(line):
            return "noise" if self._is_told else "related"
        if line.n_words > 1 and line.said in self._seen.get(len(line.said), ()):
            return "noise"
        if line.is_list_of_words:
            return "keywords"
        return self._of_article(number, line, role_before)

    def _of_article(self, number: int, line: Line, role_before: str) -> str:
        """Return the role of a line that nothing of its own gives away."""
        after = self._lines[number + 1] if number + 1 < len(self._lines) else None
        if not self._n_prose:
            return self._before_prose(number, line, after)
        if self._is_second and line.is_prose:
            self._is_second = False
            return "lead"
        if role_before in ("source", "keywords") and self._has_ended and line.n_words <= _TAG:
            return "keywords"
        return self._among_prose(number, line, after)

    def _start_of_tail(self) -> int:
        """Return from which line on there are only titles, behind the last that is running text."""
        start = len(self._lines)
        while start and not _is_running(self._lines[start - 1]):
            start -= 1
        is_list = start and self._lines[start - 1].said[-1] == ":"
        return len(self._lines) if is_list or len(self._lines) - start < _TAIL else start

    def _by_beginning(self, line: Line) -> str:
        folded = gives_away(line)
        if not folded:
            return ""
        role = role_by_beginning(line, folded)
        if role == "noise" and (self._is_behind or self._has_ended):
            self._is_told |= is_of_comments(folded)
            self._is_behind |= self._is_told
        if role == "noise" and ends_list(folded):
            self._is_behind = False
        return role or self._of_related(line, folded)

    def _of_related(self, line: Line, folded: str) -> str:
        """Return whether a line leads to other articles: alone it says that the rest does."""
        rest = behind_related(folded)
        if rest == "":
            self._is_behind = self._n_prose > 0
            self._is_listed, self._is_told = self._is_behind, False
        elif rest is None or line.is_long:
            return ""
        return "related"

    def _is_past_list(self, line: Line) -> bool:
        """Whether the article goes on behind a list of others, which stood amid it."""
        if not self._is_listed:
            return False
        if line.said.startswith(_LISTED):
            self._n_listed += 1
            return False
        self._is_listed = False
        if self._n_listed and line.is_prose and line.is_sentence:
            self._is_behind = False
        return not self._is_behind

    def _of_picture(self, line: Line) -> str:
        is_on_top = self._n_prose < 2 and self._has_headline
        return "caption" if is_on_top and line.has_credit else ""

    def _of_signs(self, line: Line) -> str:
        if line.n_words > _LONGEST_BAR:
            return ""
        if line.is_of_site:
            return "noise"
        if line.n_words <= _INITIALS and is_of_initials(line.said):
            return "byline"
        if line.is_stopped:
            return ""
        is_before = not self._n_prose
        return role_of_bar(line.said, is_before=is_before, is_behind=self._is_behind)

    def _before_prose(self, number: int, line: Line, after: Line | None) -> str:
        if line.is_prose and (self._has_headline or line.said.endswith(".")):
            return "lead"
        if not self._has_headline:
            if line.is_long or (line.said.endswith(".") and line.n_words >= _HEADLINE):
                return "lead"
            if line.n_words < _HEADLINE:
                self._short += [number] if line.n_words >= _SHORT_HEADLINE else []
                return "nav"
            return "headline"
        if is_credit(line) or (line.n_words == _NAME and after is not None and is_credit(after)):
            return "byline"
        return "caption" if line.n_words < _HEADLINE else "subhead"

    def _among_prose(self, number: int, line: Line, after: Line | None) -> str:
        before = self._lines[number - 1]
        if line.said.startswith(_BULLETS):
            return "related" if self._has_ended else "body"
        if after and _is_question(line):
            return "subhead"
        if line.is_prose and line.is_stopped:
            return "body"
        if not line.is_prose and (line.is_sentence or before.said.endswith(":")):
            return "body"
        if self._has_ended or number >= self._tail:
            return "related"
        if after is None:
            return "body"
        if line.n_words >= _SECOND_HEADLINE and after.is_long and not line.is_long:
            self._is_second = True
            return "headline"
        return "subhead" if after.is_prose and not line.is_prose else "body"


def _is_running(line: Line) -> bool:
    return line.is_prose or line.is_sentence or line.said[-1] == ":"


def _is_question(line: Line) -> bool:
    """Whether a line is asked in an interview, or stands over an answer."""
    is_asked = line.said.endswith(("؟", "?"))
    return is_asked and (line.said.startswith(_DASHES) or not line.is_prose)
