"""Places as a person reads them in a list: which article it is, and the words around on the line.

The context here is for reading: whole words of the same paragraph, with an ellipsis where it is
cut. The context that a hit itself carries is the text as it stands.
"""

from collections.abc import Iterable

import msgspec

from annotator.arabic.graphemes import snap_outward
from annotator.core.places import annotatable_parts
from annotator.store.project import Project
from annotator.store.searching import labelled, row_of

AROUND = 90
"""Code points on either side, at most."""
_ELLIPSIS = "…"

Spot = tuple[str, int, int]
"""The SHA-256 of an article, and `[start, end)` in it."""


class InContext(msgspec.Struct, frozen=True):
    """A place with what stands before and after it.

    It `is_annotatable` where its part of the article is labelled in this project; `labels` are the
    entities and triggers of one annotator that touch it, kind and type, the one nearest to its
    ends first.
    """

    article: str
    start: int
    end: int
    title: str
    before: str
    quote: str
    after: str
    is_annotatable: bool
    labels: tuple[tuple[str, str], ...] = ()


class _Article(msgspec.Struct, frozen=True):
    title: str
    text: str
    parts: list[tuple[int, int]]
    labels: list[tuple[int, int, str, str]]


def in_context(project: Project, places: Iterable[Spot], annotator: str = "") -> list[InContext]:
    """Return `places` in their order, each as it is read; `annotator` is a uid, or nobody."""
    known: dict[str, _Article] = {}
    found = []
    for sha256, start, end in places:
        if sha256 not in known:
            known[sha256] = _article(project, sha256, annotator)
        found.append(_in_context(known[sha256], sha256, start, end))
    return found


def _article(project: Project, sha256: str, annotator: str) -> _Article:
    parts = annotatable_parts(project.regions(sha256), project.annotatable)
    labels = [
        (one.start, one.end, one.kind, one.type)
        for one in labelled(project, row_of(project, sha256))
        if one.annotator == annotator
    ]
    return _Article(project.article(sha256).title, project.text(sha256), parts, labels)


def _in_context(article: _Article, sha256: str, start: int, end: int) -> InContext:
    before, after = around(article.text, start, end)
    touching = [one for one in article.labels if one[0] < end and start < one[1]]
    touching.sort(key=lambda one: abs(one[0] - start) + abs(one[1] - end))
    return InContext(
        sha256,
        start,
        end,
        article.title,
        before,
        article.text[start:end],
        after,
        any(a <= start and end <= b for a, b in article.parts),
        tuple(dict.fromkeys((kind, type_) for _, _, kind, type_ in touching)),
    )


def around(text: str, start: int, end: int) -> tuple[str, str]:
    r"""Return what is before and after `[start, end)` in its paragraph, in whole words.

    >>> around("الأول\nالتقى بوتين وترامب", 12, 17)
    ('التقى ', ' وترامب')
    """
    line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    line_end = line_end if line_end >= 0 else len(text)
    first, last = max(line_start, start - AROUND), min(line_end, end + AROUND)
    first, last = snap_outward(text, first, last)
    first, last = max(line_start, first), min(line_end, last)
    before, after = text[first:start], text[end:last]
    if first and text[first - 1] != "\n":
        before = f"{_ELLIPSIS} {before.partition(' ')[2] or before}"
    if last < len(text) and text[last] != "\n":
        after = f"{after.rpartition(' ')[0] or after} {_ELLIPSIS}"
    return before, after
