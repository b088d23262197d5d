"""Who is to read which article: the register of assignments in the project's scope.

An assignment is one body under `<SHA-256 of the article>/<uid of the annotator>`. It makes the
layer, new, where the article and the annotator are there: lists and exports know what is to be
read. What is asked of many assignments at once is in `readers`.
"""

import sqlite3

from annotator.core.bodies import Body
from annotator.core.uids import layer_uid
from annotator.store import history

ASSIGNED: Body = {"assigned": 1}
_HASH = 64


def name_of(article: str, annotator: str) -> str:
    """Return under which name history keeps the assignment of an article to an annotator."""
    return f"{article}/{annotator}"


def parts_of(name: str) -> tuple[str, str]:
    """Return the article (its SHA-256) and the annotator (a uid) of an assignment's name."""
    return name[:_HASH], name[_HASH + 1 :]


def body(connection: sqlite3.Connection, name: str) -> Body | None:
    """Return what is said of the assignment called `name`; None where it is none."""
    query = "SELECT 1 FROM assignments WHERE article=? AND annotator=?"
    return ASSIGNED if connection.execute(query, parts_of(name)).fetchone() else None


def write(connection: sqlite3.Connection, name: str, body: Body | None) -> None:
    """Assign, or take the assignment away: a layer in which nothing was done goes with it."""
    article, annotator = parts_of(name)
    uid = layer_uid(article, annotator)
    if body is not None:
        query = "INSERT OR IGNORE INTO assignments(article,annotator) VALUES(?,?)"
        connection.execute(query, (article, annotator))
        connection.execute(_MAKE_LAYER, (uid, article, annotator, uid))
        return
    query = "DELETE FROM assignments WHERE article=? AND annotator=?"
    connection.execute(query, (article, annotator))
    row = connection.execute("SELECT id FROM layers WHERE uid=?", (uid,)).fetchone()
    if row is not None:
        history.drop_if_empty(connection, row[0])


def make_layers(connection: sqlite3.Connection, annotator: str = "") -> None:
    """Make the layers of assignments that came before their article or their annotator (a uid)."""
    query = "SELECT article,annotator FROM assignments WHERE ?='' OR annotator=?"
    for article, uid in connection.execute(query, (annotator, annotator)).fetchall():
        layer = layer_uid(article, uid)
        connection.execute(_MAKE_LAYER, (layer, article, uid, layer))


_MAKE_LAYER = (
    "INSERT INTO layers(uid,article,annotator) SELECT ?,a.id,n.id FROM articles a, annotators n"
    " WHERE a.sha256=? AND n.uid=? AND NOT EXISTS (SELECT 1 FROM layers WHERE uid=?)"
)
