"""Examining regions: those that articles came with, and what the project's history says instead."""

import itertools
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter

import orjson

from annotator.core import operations as op
from annotator.core.bodies import Body
from annotator.store import doctorfindings as found
from annotator.store import givenregions, history, takenback
from annotator.store.doctorfindings import Findings
from annotator.store.givenregions import Given

_KEPT = (
    "SELECT a.id,a.sha256,g.regions,g.seal FROM articles a"
    " LEFT JOIN regions_given g ON g.article=a.id ORDER BY a.id"
)
_ONE = (
    'SELECT g.regions,g.seal,r.start,r."end",r.role,r.source FROM articles a'
    " LEFT JOIN regions_given g ON g.article=a.id LEFT JOIN regions r ON r.article=a.id"
    " WHERE a.sha256=? ORDER BY r.start"
)
_STRAY = "SELECT article FROM regions_given WHERE article NOT IN (SELECT id FROM articles)"
_NOW = 'SELECT article,start,"end",role,source FROM regions ORDER BY article,start'
_OPERATIONS = (
    "SELECT hash,body FROM operations WHERE layer IS NULL ORDER BY lamport,replica,sequence,hash"
)
Key = tuple[str, str]
"""What the project's scope says something under: a kind and a uid."""
_MAYBE = f'"{op.REGIONS}"'.encode()


@dataclass(frozen=True, slots=True)
class Said:
    """What history says of the regions of articles (SHA-256) now."""

    now: Mapping[str, list[Given]]

    @classmethod
    def by(cls, now: Mapping[Key, Body]) -> "Said":
        """Return what is said of regions among all that the project's scope says."""
        return cls({uid: _listed(body) for (kind, uid), body in now.items() if kind == op.REGIONS})

    @classmethod
    def in_history(cls, connection: sqlite3.Connection) -> "Said":
        """Read it from the history of a file that is open; of the rest nothing is decoded."""
        left_out = takenback.names(connection)
        now: dict[str, list[Given]] = {}
        for name, body in connection.execute(_OPERATIONS):
            spelled = history.spelled_body(body)
            for change in op.changes_from(orjson.loads(spelled)) if _MAYBE in spelled else ():
                if change.kind == op.REGIONS and name not in left_out:
                    now.pop(change.uid, None)
                    if change.after is not None:
                        now[change.uid] = _listed(change.after)
        return cls(now)


def _listed(body: Body) -> list[Given]:
    return [tuple(region) for region in body["regions"]]


def examine(connection: sqlite3.Connection, findings: Findings, said: Said) -> None:
    """Examine the regions of every article."""
    for (row,) in connection.execute(_STRAY):
        findings.add(found.DETAILS, f"tables/regions_given/{row}", "given")
    rows = connection.execute(_NOW)
    groups = itertools.groupby(rows, itemgetter(0))
    article, some = next(groups, _NONE)
    for row, sha256, *kept in connection.execute(_KEPT):
        while article < row:  # of no article: told as a row that points nowhere
            article, some = next(groups, _NONE)
        stands = [] if article > row else [tuple(one[1:]) for one in some]
        _compare(sha256, kept, stands, said, findings)


_NONE: tuple[float, Iterator[tuple[int, ...]]] = (float("inf"), iter(()))


def examine_one(
    connection: sqlite3.Connection, sha256: str, findings: Findings, said: Said
) -> None:
    """Examine the regions of one article that is there."""
    rows = connection.execute(_ONE, (sha256,)).fetchall()
    stands = [region for _, _, *region in rows if region[0] is not None]
    _compare(sha256, list(rows[0][:2]), [tuple(one) for one in stands], said, findings)


def _compare(
    sha256: str, kept: list[object], stands: list[Given], said: Said, findings: Findings
) -> None:
    given = givenregions.read(sha256, *kept)
    place = f"articles/{sha256[:16]}"
    if given is None:
        findings.add(found.DETAILS, f"{place}/regions_given", "given")
    if sha256 in said.now:
        if stands != said.now[sha256]:
            findings.add(found.STATE, f"{place}/{op.REGIONS}", "register")
    elif not stands:
        findings.add(found.DETAILS, f"{place}/{op.REGIONS}", "no_regions")
    elif given is not None and stands != given:
        findings.add(found.DETAILS, f"{place}/{op.REGIONS}", "not_given")
