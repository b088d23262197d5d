"""Migrations of a project file: appended, self-contained, never edited.

A file that has them all is opened without this module, and so without sqlite-utils, which takes
longer to load than the rest of the store.
"""

import hashlib
import itertools
import json
import sqlite3
import zlib
from operator import itemgetter
from typing import Any

from annotator.core.errors import UserError
from annotator.store import fingerprints, tables
from annotator.store.sqliteutils import Database, Migrations

_migrations = Migrations("hashiya")


def apply(connection: sqlite3.Connection, name: str = "") -> None:
    """Run the migrations that the file of `connection` has not had yet: all of them or none.

    Raise `strange_tables`, with the file's `name`, where its tables are not ours after that: what
    it says of the migrations that it had is not true.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        _migrations.apply(Database(connection, execute_plugins=False))
        connection.execute(f"PRAGMA user_version={tables.VERSION}")
        if fingerprints.of(connection) != fingerprints.FINGERPRINT:
            raise UserError("strange_tables", path=name)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def apply_first(connection: sqlite3.Connection, n: int) -> None:
    """Run the first `n` migrations on an empty file, as an earlier release did."""
    database = Database(connection, execute_plugins=False)
    names = [one.name for one in _migrations.pending(database)]
    _migrations.apply(database, stop_before=names[n:][:1])


@_migrations()
def m001_the_tables(database: Database) -> None:
    """Make every table, trigger and view of the first release."""
    for statement in tables.FIRST_RELEASE:
        database.execute(statement)


@_migrations()
def m002_texts_before_their_articles(database: Database) -> None:
    """Let a text come before its article: a big import writes its texts ahead."""
    for statement in tables.TEXTS_FIRST:
        database.execute(statement)


@_migrations()
def m003_hand_ins_taken_back(database: Database) -> None:
    """Let a hand-in be taken back: name the operations that are left out."""
    for statement in tables.TAKEN_BACK:
        database.execute(statement)


@_migrations()
def m004_agreement(database: Database) -> None:
    """Keep what agreement is made of, article by article, and find extents with gaps."""
    for statement in tables.AGREEMENT:
        database.execute(statement)


@_migrations()
def m005_regions_that_articles_came_with(database: Database) -> None:
    """Keep the regions that articles came with: as history, or else what is there, tells them.

    A change of regions says what was there before it, and so the first one what an article came
    with. Where nobody changed any, those that stand there are kept; an article that lost them all,
    as it could by a taking back, gets those that it came with again, or those of the rules.
    """
    for statement in tables.REGIONS_GIVEN:
        database.execute(statement)
    told = _before_any_change(database)
    rows = database.execute(
        'SELECT a.id,a.sha256,a.length,r.start,r."end",CAST(r.role AS BLOB),CAST(r.source AS BLOB)'
        " FROM articles a LEFT JOIN regions r ON r.article=a.id ORDER BY a.id,r.start"
    ).fetchall()
    for (article, sha256, length), some in itertools.groupby(rows, itemgetter(0, 1, 2)):
        stands = [
            [start, end, role.decode("utf-8", "replace"), source.decode("utf-8", "replace")]
            for *_, start, end, role, source in some
            if start is not None
        ]
        first: Any = told.get(sha256)
        if not _can_be_regions(first, length):
            first = stands or _by_rules(database, article)
        spelled = json.dumps(first, ensure_ascii=False, separators=(",", ":"))
        sealed = (sha256 + spelled).encode("utf-8", "replace")
        seal = hashlib.blake2b(sealed, digest_size=16).hexdigest()
        statement = "INSERT INTO regions_given(article,regions,seal) VALUES(?,?,?)"
        database.execute(statement, (article, spelled, seal))
        for region in () if stands else first:
            statement = 'INSERT INTO regions(article,start,"end",role,source) VALUES(?,?,?,?,?)'
            database.execute(statement, (article, *region))


def _before_any_change(database: Database) -> dict[str, Any]:
    """Return what the first change of the regions of an article (SHA-256) says was there before.

    None where it says nothing. An operation that is not what its hash says is passed over.
    """
    found: dict[str, Any] = {}
    told: dict[str, Any]
    for body, lamport, sequence, *words in database.execute(_OF_THE_PROJECT):
        try:
            spelled = body if body.startswith(b"{") else zlib.decompress(body)
            if b'"regions"' not in spelled:
                continue
            told = dict(zip(_WORDS, (word.decode() for word in words), strict=True))
            name, at = told.pop("hash"), told.pop("at")
            head = json.dumps({"at": at}, ensure_ascii=False, separators=(",", ":"))[:-1]
            told |= {"scope": [], "lamport": lamport, "sequence": sequence}
            tail = json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True)[1:]
            line = head.encode() + b',"body":' + spelled + b"," + tail.encode()
            if hashlib.sha256(line).hexdigest() != name:
                continue
            for change in json.loads(spelled).get("changes", ()):
                if change["kind"] == "regions":
                    found.setdefault(change["uid"], change.get("before", {}).get("regions"))
        except (zlib.error, ValueError, TypeError, KeyError, AttributeError):
            continue  # the doctor names it
    return found


_WORDS = ("hash", "at", "gesture", "kind", "prev", "replica", "undoes", "who")
_OF_THE_PROJECT = (
    "SELECT CAST(body AS BLOB),lamport,sequence,"
    + ",".join(f"CAST({word} AS BLOB)" for word in _WORDS)
    + " FROM operations WHERE layer IS NULL ORDER BY lamport,replica,sequence,hash"
)
"""As bytes: a page of the file may be damaged, and what stands there be no text at all."""


def _can_be_regions(given: Any, length: int) -> bool:  # noqa: ANN401  # whatever JSON held
    """Whether `given` is a list of regions of a text of `length` code points, in order."""
    last = 0
    try:
        for start, end, role, source in given:
            are_words = isinstance(role, str) and isinstance(source, str)
            are_offsets = isinstance(start, int) and isinstance(end, int)
            if not (are_words and are_offsets and last <= start < end <= length):
                return False
            last = end
    except (TypeError, ValueError):
        return False
    return bool(given)


def _by_rules(database: Database, article: int) -> list[list[Any]]:
    """Return the regions that the rules find in the text of an article (a row id); [] without."""
    from annotator.arabic.regions import regions_of

    query = "SELECT CAST(text AS BLOB) FROM texts WHERE article=?"
    found = database.execute(query, (article,)).fetchone()
    text = found[0].decode("utf-8", "replace") if found else ""
    return [[*region, "rule"] for region in regions_of(text)]
