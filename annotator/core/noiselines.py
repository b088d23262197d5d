"""Lines that are always noise on a site: rules of the project, and where they hold in a text.

What a rule says is text, never a pattern. A line is compared folded to `marks`, its white space as
single spaces; whole, or by the words that it begins with.
"""

import functools
import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from annotator.arabic.fold import fold
from annotator.core import canonical
from annotator.core.bodies import Body
from annotator.core.errors import UserError

WHOLE, BEGINNING = "line", "beginning"
MATCHES = (WHOLE, BEGINNING)
LONGEST = 1000
"""Code points of a rule's line, and of its site."""
_HOST = re.compile(r"(?:[a-z][a-z0-9+.-]*://)?(?:www\.)?([\w-]+(?:\.[\w-]+)+)(?::\d+)?(?:[/?#].*)?")


class NoiseLine(msgspec.Struct, frozen=True):
    """A rule: on `site` a line that says `line`, or with `beginning` begins so, is noise.

    `site` is empty for articles of which nobody knows where they come from.
    """

    site: str
    line: str
    match: str = WHOLE

    @property
    def uid(self) -> str:
        """What names the rule: the same wherever it is made, however its line is vocalised."""
        return canonical.digest([self.site, self.match, folded(self.line)])

    @property
    def body(self) -> Body:
        """What history says of it."""
        return {"line": self.line, "match": self.match, "site": self.site}


def made(site: str, line: str, match: str = WHOLE) -> NoiseLine:
    """Return the rule; `site` may be the source of an article.

    Raise `noise_line_empty` where the line says nothing, `noise_line_too_long`, `noise_lines_many`.
    """
    rule = NoiseLine(site_of(site), line.strip(), match)
    if "\n" in rule.line:
        raise UserError("noise_lines_many")
    if not _says_something(rule.line):
        raise UserError("noise_line_empty")
    length = max(len(rule.line), len(rule.site))
    if length > LONGEST:
        raise UserError("noise_line_too_long", length=length, limit=LONGEST)
    return rule


def is_sound(uid: str, rule: NoiseLine) -> bool:
    """Whether `rule`, as somebody else wrote it under `uid`, could have been `made`."""
    return (
        rule.match in MATCHES
        and max(len(rule.line), len(rule.site)) <= LONGEST
        and "\n" not in rule.line
        and _says_something(rule.line)
        and uid == rule.uid
    )


def _says_something(line: str) -> bool:
    """Whether what of a line is compared has a letter or a digit."""
    return any(map(str.isalnum, folded(line)))


@functools.lru_cache(maxsize=1024)
def site_of(source: str) -> str:
    """Return the site that the source of an article names: its host, or what is said of it.

    >>> site_of("https://www.Example.com/news/1"), site_of(" وكالة  الأنباء ")
    ('example.com', 'وكالة الأنباء')
    """
    said = " ".join(source.casefold().split())
    host = _HOST.fullmatch(said) if len(said) <= LONGEST else None
    return host[1] if host else said


def folded(line: str) -> str:
    """Return what of a line is compared.

    >>> folded("  تابِعونا   على ")
    'تابعونا على'
    """
    return " ".join(fold(line, "marks").split())


class NoiseLines:
    """The rules of a project, ready to be looked for."""

    def __init__(self, rules: Iterable[NoiseLine]) -> None:
        self._whole: dict[str, set[str]] = {}
        self._beginnings: dict[str, tuple[str, ...]] = {}
        for rule in rules:
            if rule.match == BEGINNING:
                said = (*self._beginnings.get(rule.site, ()), folded(rule.line))
                self._beginnings[rule.site] = said
            else:
                self._whole.setdefault(rule.site, set()).add(folded(rule.line))

    def has_site(self, source: str) -> bool:
        """Whether a rule is about articles from `source`."""
        site = site_of(source)
        return site in self._whole or site in self._beginnings

    def places(self, source: str, text: str) -> list[tuple[int, int]]:
        r"""Return the lines of `text`, each with its line feed, that are noise on its site.

        >>> NoiseLines([NoiseLine("", "تابعونا")]).places("", "خبر\nتابِعونا \nخبر")
        [(4, 14)]
        """
        if not self.has_site(source):
            return []
        whole = self._whole.get(site_of(source), set())
        beginnings = self._beginnings.get(site_of(source), ())
        return [
            (start, end)
            for start, end, said in _lines(text)
            if said in whole or _begins(said, beginnings)
        ]


def n_labels_in(
    lines: Sequence[tuple[int, int]], labels: Iterable[Sequence[tuple[int, int]]]
) -> list[int]:
    """Return how many of `labels`, each its spans, have a letter in each of `lines`.

    `lines` stand in order and apart. The work grows with the spans and the lines, not with both.

    >>> n_labels_in([(0, 4), (4, 9), (9, 12)], [[(1, 2), (3, 6)], [(5, 6)]])
    [1, 2, 0]
    """
    starts, ends = [start for start, _ in lines], [end for _, end in lines]
    steps = [0] * (len(lines) + 1)
    for spans in labels:
        last = 0
        for start, end in sorted(spans):
            first = max(last, bisect_right(ends, start))
            last = max(first, bisect_left(starts, end))
            steps[first] += 1
            steps[last] -= 1
    return list(itertools.accumulate(steps[:-1]))


def _begins(said: str, beginnings: tuple[str, ...]) -> bool:
    """Whether a line begins with one of these, which ends where a word ends."""
    return any(
        said.startswith(one) and not said[len(one) : len(one) + 1].isalnum() for one in beginnings
    )


def _lines(text: str) -> Iterator[tuple[int, int, str]]:
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        said = folded(text[start:end])
        if said:
            yield start, end, said
        start = end
