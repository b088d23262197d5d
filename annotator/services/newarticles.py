"""Articles made of others: a copy put in the order of reading, a page made two articles.

A text never changes, so each is an article of its own, and its meta names what it was made from.
"""

from collections.abc import Mapping
from typing import Any

import msgspec
import orjson

from annotator.arabic.misread import LOST, is_hardly_arabic, misread_as, reread
from annotator.arabic.regions import RULES_VERSION
from annotator.arabic.unseen import (
    OVERRIDE,
    SHAPES,
    is_in_order_of_eye,
    righted,
    runs_together,
)
from annotator.core import canonical
from annotator.core.bundles import ArticleRecord
from annotator.core.errors import UserError
from annotator.core.model import LEAD, Article
from annotator.formats.plaintext import headline, refuse_length, regions_of
from annotator.store import newarticles
from annotator.store.indexing import index_next
from annotator.store.project import Project

WITH_COPY = frozenset({"misread", "order_of_eye", "joined_shapes"})
"""What of a text a copy puts right."""
_ENCODINGS = {"cp1256": "Windows-1256", "cp1252": "Windows-1252", "latin-1": "ISO 8859-1"}
"""What people call the encodings in which texts are misread."""


def unseen_trouble(text: str, counts: Mapping[str, int]) -> UserError | None:
    """Return why `text`, in which `counts` are not seen, reads wrong; None where it does not."""
    misread = _misreading(text)
    if misread is not None:
        return misread
    if is_in_order_of_eye(text, has_shapes=SHAPES in counts):
        return UserError("order_of_eye")
    if OVERRIDE in counts:
        return UserError("direction_forced", n=counts[OVERRIDE])
    if SHAPES in counts:
        return UserError("joined_shapes", n=counts[SHAPES])
    if LOST in text:
        return UserError("characters_lost", n=text.count(LOST))
    if runs_together(text):
        return UserError("words_run_together")
    return UserError("hardly_arabic") if is_hardly_arabic(text) else None


def _misreading(text: str) -> UserError | None:
    encoding = misread_as(text)
    if not encoding:
        return None
    if reread(text):
        return UserError("misread", encoding=_ENCODINGS[encoding])
    return UserError("misread_and_lost", encoding=_ENCODINGS[encoding])


class Made(msgspec.Struct, frozen=True):
    """The articles that were made, in order, and those of them that were there before."""

    articles: tuple[Article, ...]
    known: tuple[Article, ...]

    @property
    def new(self) -> tuple[Article, ...]:
        """Those that were not there before."""
        return tuple(one for one in self.articles if one not in self.known)


def same_body(other: Article) -> UserError:
    """Return the remark that a text is that of `other` in another spelling."""
    return UserError("same_body", article=other.uid, title=other.title)


def righted_copy(project: Project, article: str) -> Made:
    """Add the article with the SHA-256 `article`, in letters and in the order of reading.

    Raise `nothing_to_right` where it would be the same text, `lead_only` in a file that was handed
    out.
    """
    given = project.article(article)
    text = righted(project.text(article))
    if text == project.text(article):
        raise UserError("nothing_to_right", article=given.uid)
    return _added(project, given, [(text, righted(given.title), {"how": "righted"})])


def parted(project: Project, article: str, offset: int) -> Made:
    """Add what stands before and from `offset` (code points) in an article as two articles.

    The article itself stays, with its labels. Raise `nothing_above` where one would hold nothing,
    `lead_only` in a file that was handed out.
    """
    given = project.article(article)
    text = project.text(article)
    if not (text[: max(0, offset)].strip() and text[offset:].strip()):
        raise UserError("nothing_above")
    parts = []
    for start, end in ((0, offset), (offset, len(text))):
        part = text[start:end].strip()
        refuse_length(part)
        first = start + text[start:end].index(part)
        told = {"how": "part", "start": first, "end": first + len(part)}
        title = headline(part, regions_of(part)) or part.split("\n", 1)[0].strip()
        parts.append((part, title, told))
    return _added(project, given, parts)


def _added(project: Project, given: Article, texts: list[tuple[str, str, dict[str, Any]]]) -> Made:
    """Add articles with these texts, titles and ways of having been made from `given`."""
    if project.role != LEAD:
        raise UserError("lead_only")
    records = [_record(given, *one) for one in texts]
    with project.turn.taken(by_person=True), project.committed():
        known = [one for one in records if newarticles.is_known(project, one.sha256)]
        for record in records:
            newarticles.add(project, record)
        while index_next(project.connection):
            pass
    made, there = (tuple(project.article(one.sha256) for one in some) for some in (records, known))
    return Made(made, there)


def _record(given: Article, text: str, title: str, told: dict[str, Any]) -> ArticleRecord:
    meta = {**orjson.loads(given.meta), "made_from": {"article": given.uid, **told}}
    return ArticleRecord(
        sha256=canonical.text_digest(text),
        title=title,
        source=given.source,
        language=given.language,
        meta=canonical.encoded(meta).decode(),
        encoding="utf-8",
        rules=RULES_VERSION,
        regions=tuple((one.start, one.end, one.role, one.source) for one in regions_of(text)),
        text=text,
    )
