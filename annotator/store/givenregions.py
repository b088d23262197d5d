"""Regions as an article came with them: kept beside those of now, sealed, and never changed.

What stands in `regions` is this, or what the project's history says instead. So a change that
nobody made shows, and what was there is known; and where all that was said is taken back, these
stand again. The seal is over the article's name too, so that no row can stand for another.
"""

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence

import msgspec

from annotator.core.errors import UserError
from annotator.core.model import Region
from annotator.store.doctorfindings import DETAILS

Given = tuple[int, int, str, str]
KEEP = "INSERT INTO regions_given(article,regions,seal) VALUES(?,?,?)"
_ENCODE = msgspec.json.Encoder().encode
_DECODE = msgspec.json.Decoder(list[Region]).decode
_SEAL = hashlib.blake2b(digest_size=16)
"""Copied for each: an import makes one an article, and this takes two thirds of a new SHA-256."""
_SPELLED = "SELECT regions,seal FROM regions_given WHERE article=?"


def spelled(sha256: str, regions: Sequence[Given]) -> tuple[str, str]:
    """Return the regions that the article `sha256` came with as they are kept, and their seal."""
    told = _ENCODE(regions)
    return told.decode(), _sealed(sha256, told)


def _sealed(sha256: str, told: bytes) -> str:
    seal = _SEAL.copy()
    seal.update(sha256.encode() + told)
    return seal.hexdigest()


def read(sha256: str, told: object, seal: object) -> list[Region] | None:
    """Return the regions that `told` spells; None where the seal is not that of them.

    Or where there are none: every article comes with some.
    """
    try:
        if not isinstance(told, str) or _sealed(sha256, told.encode()) != seal:
            return None
        return _DECODE(told) or None
    except (ValueError, TypeError):  # msgspec's errors, and those of UTF-8
        return None


def of_article(connection: sqlite3.Connection, row: int, sha256: str) -> list[Region] | None:
    """Return the regions that an article came with; None where they are not as they were kept.

    `row` is the article's row id.
    """
    found = connection.execute(_SPELLED, (row,)).fetchone()
    return read(sha256, *found) if found else None


def keep(connection: sqlite3.Connection, row: int, sha256: str, regions: Sequence[Given]) -> None:
    """Keep the regions with which the new article of the row id `row` comes."""
    connection.execute(KEEP, (row, *spelled(sha256, regions)))


def refuse_altered(connection: sqlite3.Connection, articles: Iterable[str]) -> None:
    """Raise `unsound_article` where what one of `articles` (SHA-256s) came with is altered.

    Before they are to stand again; those that are not in the file are passed over.
    """
    query = "SELECT id FROM articles WHERE sha256=?"
    for sha256 in sorted(articles):
        for (row,) in connection.execute(query, (sha256,)).fetchall():
            if of_article(connection, row, sha256) is None:
                raise UserError("unsound_article", article=sha256[:16], finding=DETAILS)
