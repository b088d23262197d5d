"""A file of text: one article, read whole, decoded once, its line ends made line feeds."""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from annotator.arabic import regions
from annotator.arabic.decode import SURE, decode, likeliest
from annotator.arabic.lines import check_text, longest_paragraph, with_line_feeds
from annotator.arabic.nottext import NotText
from annotator.core import canonical
from annotator.core.errors import UserError
from annotator.core.model import BY_RULE, Article, Region
from annotator.formats.base import LONGEST_ARTICLE, LONGEST_PARAGRAPH, Unit

_LOOKS_LIKE_DATE = re.compile(r"\d{4}-\d{2}")
_LARGEST_FILE = 16 * LONGEST_ARTICLE
"""Bytes: no text within the limit is longer, in any encoding, even with every line end doubled."""


class PlainText:
    """Reads text in any encoding that Arabic is written in; holds no labels."""

    name = "text"
    suffix = "txt"
    reads = True
    writes = False
    unit = ""
    losses = ("labels", "regions", "status")

    def recognises(self, name: str, head: bytes) -> bool:
        """Take everything that is not said to be something else."""
        return not name.lower().endswith((".json", ".jsonl", ".hashiya"))

    def units(self, file: BinaryIO, name: str, encoding: str) -> Iterator[Unit]:
        """Yield the one article of the file, or why it is none."""
        try:
            yield self._unit(file, name, encoding)
        except UserError as trouble:
            line = trouble.data.pop("line", 0) if trouble.code == "not_text" else 0
            place = line or trouble.data.get("line", 0)
            yield Unit(name, place if isinstance(place, int) else 0, trouble=trouble)

    def _unit(self, file: BinaryIO, name: str, encoding: str) -> Unit:
        size = os.fstat(file.fileno()).st_size
        if size > _LARGEST_FILE:
            raise UserError("file_too_big", size=size, limit=LONGEST_ARTICLE)
        try:
            text, told, digest = _read(file.read(), encoding)
        except NotText as trouble:
            raise not_text(trouble) from trouble
        refuse_length(text)
        found = regions_of(text)
        article = Article(digest, headline(text, found) or title_of_file(name), len(text))
        return Unit(name, 0, article, text, told, found)


def title_of_file(name: str) -> str:
    """Return the stem of a file's name; the whole name where loaders would take it for a date."""
    name = name.rpartition("/")[2]
    stem = name.rpartition(".")[0] or name
    return name if _LOOKS_LIKE_DATE.match(stem) else stem


def _read(data: bytes, encoding: str) -> tuple[str, str, str]:
    """Return the text of a file, the encoding it was in, and the digest of its UTF-8.

    Most files are their text's UTF-8 byte for byte: those are neither checked nor encoded again.
    """
    decoded = decode(data, encoding or None)
    if not encoding and decoded.certainty < SURE:
        raise UserError("not_text", why="unsure", encodings=likeliest(data))
    if decoded.encoding == "utf-8" and b"\r" not in data and b"\0" not in data:
        return decoded.text, decoded.encoding, hashlib.sha256(data).hexdigest()
    text = with_line_feeds(decoded.text)
    check_text(text)
    return text, decoded.encoding, canonical.text_digest(text)


def not_text(trouble: NotText) -> UserError:
    """Return what the text floor refused as trouble with a sentence."""
    known = {"offset": trouble.offset, "line": trouble.line, "unit": trouble.unit}
    place = known if trouble.offset is not None else {}
    return UserError("not_text", why=trouble.code, **place)


def refuse_length(text: str) -> None:
    """Refuse an empty text, an article over the limit, and a paragraph over the limit."""
    if not text.strip():
        raise UserError("empty_text")
    if len(text) > LONGEST_ARTICLE:
        raise UserError("article_too_long", length=len(text), limit=LONGEST_ARTICLE)
    if len(text) > LONGEST_PARAGRAPH:
        line, length = longest_paragraph(text)
        if length > LONGEST_PARAGRAPH:
            raise UserError("paragraph_too_long", line=line, length=length, limit=LONGEST_PARAGRAPH)


def article_of(
    text: str, title: str, source: str = "", language: str = "ar", meta: str = "{}"
) -> Article:
    """Return the article whose text is `text`; its identity is the SHA-256 of the UTF-8."""
    return Article(canonical.text_digest(text), title, len(text), source, language, meta)


def regions_of(page: str) -> tuple[Region, ...]:
    """Return the regions that the rules find in `page`: a file may hold what stood around."""
    return tuple(Region(*found, BY_RULE) for found in regions.regions_of(page))


def whole_body(text: str) -> tuple[Region, ...]:
    """Return the one region of a text that comes as an article and nothing else."""
    return (Region(0, len(text), "body", BY_RULE),)


def headline(text: str, found: Iterable[Region]) -> str:
    """Return what the first headline among the regions `found` says; nothing without one.

    Their places may still be wrong. A headline that looks like a date is none: loaders would take
    it for one.
    """
    first = next((region for region in found if region.role == "headline"), None)
    said = text[first.start : first.end] if first and first.start >= 0 else ""
    title = " ".join(said.split())
    return "" if _LOOKS_LIKE_DATE.match(title) else title


TEXT = PlainText()
