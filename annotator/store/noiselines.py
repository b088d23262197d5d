"""The project's lines that are always noise: one row of its settings each, by the rule's name."""

import itertools
import sqlite3
from operator import itemgetter
from typing import TYPE_CHECKING

import orjson

from annotator.core import canonical
from annotator.core.bodies import Body

if TYPE_CHECKING:
    from annotator.store.project import Project

_PREFIX = "noise/"
NAMES = f"SELECT substr(name,{len(_PREFIX) + 1}) FROM settings WHERE name GLOB '{_PREFIX}*'"
"""What asks for the names of all rules."""
_RULES = NAMES.replace(" FROM", ",value FROM") + " ORDER BY name"
_ARTICLES = "SELECT sha256,source FROM articles WHERE withdrawn=0 ORDER BY id"
_SPANS = """
  SELECT s.layer,s.label,s.start,s."end" FROM articles a
    JOIN layers l ON l.article=a.id JOIN spans s ON s.layer=l.id
   WHERE a.sha256=? ORDER BY s.layer,s.label,s.start"""


def body(connection: sqlite3.Connection, uid: str) -> Body | None:
    """Return what the rule with that name says; None where there is none."""
    query = "SELECT value FROM settings WHERE name=?"
    row = connection.execute(query, (_PREFIX + uid,)).fetchone()
    return _read(row[0]) if row else None


def set_body(connection: sqlite3.Connection, uid: str, said: Body | None) -> None:
    """Write what the rule with that name says, or take it away."""
    connection.execute("DELETE FROM settings WHERE name=?", (_PREFIX + uid,))
    if said is not None:
        query = "INSERT INTO settings(name,value) VALUES(?,?)"
        connection.execute(query, (_PREFIX + uid, canonical.encoded(said).decode()))


def bodies(project: "Project") -> list[tuple[str, Body]]:
    """Return the names of the rules and what they say."""
    return [(uid, _read(value)) for uid, value in project.connection.execute(_RULES)]


def sources(project: "Project") -> list[tuple[str, str]]:
    """Return the SHA-256 and the source of each article that is not withdrawn."""
    return project.connection.execute(_ARTICLES).fetchall()


def labels_in(project: "Project", article: str) -> list[list[tuple[int, int]]]:
    """Return the spans, in order, of each label in all layers of the article `article`."""
    rows = project.connection.execute(_SPANS, (article,))
    return [[row[2:] for row in some] for _, some in itertools.groupby(rows, itemgetter(0, 1))]


def _read(value: str) -> Body:
    """Return a rule as it was written; what somebody else wrote there says nothing."""
    try:
        found = orjson.loads(value)
    except orjson.JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}
