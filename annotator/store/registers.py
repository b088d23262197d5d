"""What history says besides labels: status of layers, and the project's own scope.

Each is one body under (kind, uid), last writer wins. `uid` is empty for a layer's own, the SHA-256
of an article for its regions and its withdrawal, of an article with the uid of an annotator for an
assignment, of what a rule about noise says for that, the uid of an annotator or a label elsewhere.
"""

import sqlite3
from collections.abc import Callable

from annotator.core import operations as op
from annotator.core.bodies import Body
from annotator.core.model import Region
from annotator.core.schematoml import read_schema
from annotator.store import assignments, givenregions, noiselines, retyping, takenback

_Read = Callable[[sqlite3.Connection, str], Body | None]
_Write = Callable[[sqlite3.Connection, str, Body | None], None]

LAYER_COLUMNS = {op.STATUS: ("status", "new"), op.SUGGESTIONS: ("suggestions", "none")}


def of_layer(connection: sqlite3.Connection, layer: int, kind: str) -> Body | None:
    """Return what a layer's status or suggestions say; None where they are as in a new layer."""
    column, usual = LAYER_COLUMNS[kind]
    row = connection.execute(f"SELECT {column} FROM layers WHERE id=?", (layer,)).fetchone()
    return None if row is None or row[0] == usual else {column: row[0]}


def set_of_layer(connection: sqlite3.Connection, layer: int, kind: str, body: Body | None) -> None:
    """Write a layer's status or suggestions."""
    column, usual = LAYER_COLUMNS[kind]
    value = usual if body is None else body[column]
    connection.execute(f"UPDATE layers SET {column}=? WHERE id=?", (value, layer))


def of_project(connection: sqlite3.Connection, kind: str, uid: str) -> Body | None:
    """Return what the project's scope says under (kind, uid)."""
    return _KINDS[kind][0](connection, uid)


def set_of_project(connection: sqlite3.Connection, kind: str, uid: str, body: Body | None) -> None:
    """Write what the project's scope says under (kind, uid)."""
    _KINDS[kind][1](connection, uid, body)


def regions_body(regions: list[Region]) -> Body:
    """Return the whole list of an article's regions as one body."""
    return {"regions": [list(region) for region in regions]}


def _regions(connection: sqlite3.Connection, sha256: str) -> Body | None:
    rows = connection.execute(
        'SELECT r.start,r."end",r.role,r.source FROM regions r JOIN articles a ON a.id=r.article'
        " WHERE a.sha256=? ORDER BY r.start",
        (sha256,),
    )
    regions = [Region(*row) for row in rows]
    return regions_body(regions) if regions else None


def _set_regions(connection: sqlite3.Connection, sha256: str, body: Body | None) -> None:
    """Write an article's regions; where nothing is said of them, those that it came with.

    Where these are not as they were kept, those that stand there stay: no article is without any.
    """
    row = connection.execute("SELECT id FROM articles WHERE sha256=?", (sha256,)).fetchone()
    if row is None:
        return
    regions = body["regions"] if body else givenregions.of_article(connection, row[0], sha256)
    if not regions:
        return
    connection.execute("DELETE FROM regions WHERE article=?", row)
    connection.executemany(
        'INSERT INTO regions(article,start,"end",role,source) VALUES(?,?,?,?,?)',
        ((row[0], *region) for region in regions),
    )


def _annotator(connection: sqlite3.Connection, uid: str) -> Body | None:
    query = "SELECT name,kind FROM annotators WHERE uid=?"
    row = connection.execute(query, (uid,)).fetchone()
    return {"name": row[0], "kind": row[1]} if row else None


def _set_annotator(connection: sqlite3.Connection, uid: str, body: Body | None) -> None:
    """Name an annotator; once named she stays, for her layers name her."""
    if body is not None:
        query = "UPDATE annotators SET name=?,kind=? WHERE uid=?"
        if not connection.execute(query, (body["name"], body["kind"], uid)).rowcount:
            query = "INSERT INTO annotators(name,kind,uid) VALUES(?,?,?)"
            connection.execute(query, (body["name"], body["kind"], uid))
            assignments.make_layers(connection, uid)


def _label_schema(connection: sqlite3.Connection, _: str) -> Body | None:
    query = "SELECT toml FROM label_schemas ORDER BY id DESC LIMIT 1"
    row = connection.execute(query).fetchone()
    return {"toml": row[0]} if row else None


def _set_label_schema(connection: sqlite3.Connection, _: str, body: Body | None) -> None:
    if body is not None:
        schema = read_schema(body["toml"])
        connection.execute(
            "INSERT INTO label_schemas(name,version,digest,toml) VALUES(?,?,?,?)",
            (schema.name, schema.version, schema.digest, body["toml"]),
        )
        retyping.retype(connection, schema)


def _withdrawn(connection: sqlite3.Connection, sha256: str) -> Body | None:
    query = "SELECT withdrawn FROM articles WHERE sha256=?"
    row = connection.execute(query, (sha256,)).fetchone()
    return {"withdrawn": 1} if row and row[0] else None


def _set_withdrawn(connection: sqlite3.Connection, sha256: str, body: Body | None) -> None:
    query = "UPDATE articles SET withdrawn=? WHERE sha256=?"
    connection.execute(query, (int(body is not None), sha256))


def _doubt_answer(connection: sqlite3.Connection, uid: str) -> Body | None:
    query = "SELECT text FROM doubt_answers WHERE label=?"
    row = connection.execute(query, (uid,)).fetchone()
    return {"text": row[0]} if row else None


def _set_doubt_answer(connection: sqlite3.Connection, uid: str, body: Body | None) -> None:
    connection.execute("DELETE FROM doubt_answers WHERE label=?", (uid,))
    if body is not None:
        query = "INSERT INTO doubt_answers(label,text) VALUES(?,?)"
        connection.execute(query, (uid, body["text"]))


_KINDS: dict[str, tuple[_Read, _Write]] = {
    op.REGIONS: (_regions, _set_regions),
    op.ANNOTATOR: (_annotator, _set_annotator),
    op.LABEL_SCHEMA: (_label_schema, _set_label_schema),
    op.WITHDRAWN: (_withdrawn, _set_withdrawn),
    op.DOUBT_ANSWER: (_doubt_answer, _set_doubt_answer),
    op.ASSIGNMENT: (assignments.body, assignments.write),
    op.TAKEN_BACK: (takenback.body, takenback.set_body),
    op.NOISE_LINE: (noiselines.body, noiselines.set_body),
}
PROJECT_KINDS = frozenset(_KINDS)
