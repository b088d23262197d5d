"""Examining texts: each by the hash that is its article's identity."""

import hashlib
import sqlite3
from collections.abc import Iterable

from annotator.store import doctorfindings as found
from annotator.store.doctorfindings import Findings

_ARTICLES = "SELECT a.sha256,a.length,t.text FROM articles a LEFT JOIN texts t ON t.article=a.id"
_STRAY = (
    "SELECT t.article FROM texts t WHERE NOT EXISTS (SELECT 1 FROM articles WHERE id=t.article)"
    " AND NOT EXISTS (SELECT 1 FROM settings WHERE name='ahead')"
)
"""Texts of no article: only an import that is under way, or was killed, writes such."""


def examine(connection: sqlite3.Connection, findings: Findings) -> frozenset[str]:
    """Examine all texts; return the articles (SHA-256) whose text is another or is missing."""
    for (row,) in connection.execute(_STRAY):
        findings.add(found.TEXT, f"tables/texts/{row}", "added")
    return _wrong(connection.execute(_ARTICLES), findings)


def _wrong(rows: Iterable[tuple[str, int, str | None]], findings: Findings) -> frozenset[str]:
    wrong = set()
    for sha256, length, text in rows:
        why = why_wrong(sha256, length, text)
        if why is not None:
            wrong.add(sha256)
            findings.add(found.TEXT, f"articles/{sha256[:16]}", why)
    return frozenset(wrong)


def why_wrong(sha256: str, length: int, text: str | None) -> str | None:
    """Return in which way a text is not that of its article; None where it is."""
    if text is None:
        return "missing"
    spelled = text.encode("utf-8", "surrogateescape")
    if hashlib.sha256(spelled).hexdigest() != sha256:
        return ""
    return None if len(text) == length else "length"
