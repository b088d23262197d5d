"""The role of each stretch of an article: headline, body, related and so on, found by rules.

Pages come as plain text with all that stood around the article. Nothing is taken away: each line
gets a role, and a person can change it. The version of the rules is stored with the regions, so
that articles marked by older ones can be told.
"""

from collections.abc import Sequence
from typing import NamedTuple

from annotator.arabic.pagelines import Line, behind_related, gives_away, lines_of, role_by_beginning

RULES_VERSION = "1"

_RUNNING = frozenset(["lead", "body"])
_HEADLINE = 5
"""The fewest words of a headline; shorter lines before it lead elsewhere."""
_SECOND_HEADLINE = 8
"""The fewest of one amid the body: a subhead is shorter."""
_DASHES = ("-", "–", "—")
_BULLETS = ("•", "▪", "●", "■", "◆", "*")


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
    starts = [0, *(line.start for line in lines[1:])]
    found: list[Region] = []
    for start, end, role in zip(starts, [*starts[1:], len(text)], roles, strict=True):
        if found and found[-1].role == role:
            found[-1] = Region(found[-1].start, end, role)
        else:
            found.append(Region(start, end, role))
    return found


class _Walk:
    """Goes along the lines of a page, and remembers what it has passed."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._seen: set[str] = set()
        self._n_prose = 0
        self._has_headline = False
        self._is_behind = False
        """Whether other articles have begun."""
        self._is_second = False
        """Whether the headline of another article was just passed."""
        self._has_ended = False
        """Whether a source or keywords stood after the article."""

    def roles(self) -> list[str]:
        """Return the role of each line."""
        found = []
        for number, line in enumerate(self._lines):
            role = self._role(number, line)
            self._n_prose += role == "lead" or (role == "body" and line.is_prose)
            self._has_headline |= role == "headline"
            self._has_ended |= role in ("source", "keywords") and self._n_prose > 1
            self._seen.add(line.said)
            found.append(role)
        return found

    def _role(self, number: int, line: Line) -> str:
        marked = self._by_beginning(line) or self._of_picture(line)
        if marked:
            return marked
        if self._is_behind:
            return "related"
        if line.said in self._seen and line.n_words > 1:
            return "noise"
        if line.is_list_of_words:
            return "keywords"
        if not self._n_prose:
            return self._before_prose(line)
        if self._is_second and line.is_prose:
            self._is_second = False
            return "lead"
        before = self._lines[number - 1]
        after = self._lines[number + 1] if number + 1 < len(self._lines) else None
        return self._among_prose(before, line, after)

    def _by_beginning(self, line: Line) -> str:
        folded = gives_away(line)
        return (role_by_beginning(line, folded) or self._of_related(line, folded)) if folded else ""

    def _of_related(self, line: Line, folded: str) -> str:
        """Return whether a line leads to other articles: alone it says that the rest does."""
        rest = behind_related(folded)
        if rest == "":
            self._is_behind = self._n_prose > 0
        elif rest is None or line.is_long:
            return ""
        return "related"

    def _of_picture(self, line: Line) -> str:
        is_on_top = self._n_prose < 2 and self._has_headline
        return "caption" if is_on_top and line.has_credit else ""

    def _before_prose(self, line: Line) -> str:
        if line.is_prose and (self._has_headline or line.said.endswith(".")):
            return "lead"
        if not self._has_headline:
            if line.is_long or (line.said.endswith(".") and line.n_words >= _HEADLINE):
                return "lead"
            return "headline" if line.n_words >= _HEADLINE else "nav"
        return "caption" if line.n_words < _HEADLINE else "subhead"

    def _among_prose(self, before: Line, line: Line, after: Line | None) -> str:
        if line.said.startswith(_BULLETS):
            return "related" if self._has_ended else "body"
        if after and _is_question(line):
            return "subhead"
        if line.is_prose and line.is_stopped:
            return "body"
        if not line.is_prose and (line.is_sentence or before.said.endswith(":")):
            return "body"
        if self._has_ended:
            return "related"
        if after is None:
            return "body"
        if line.n_words >= _SECOND_HEADLINE and after.is_long and not line.is_long:
            self._is_second = True
            return "headline"
        return "subhead" if after.is_prose and not line.is_prose else "body"


def _is_question(line: Line) -> bool:
    """Whether a line is asked in an interview, or stands over an answer."""
    is_asked = line.said.endswith(("؟", "?"))
    return is_asked and (line.said.startswith(_DASHES) or not line.is_prose)
