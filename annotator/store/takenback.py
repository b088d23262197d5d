"""Operations that are taken back: the register of them, and what they concern."""

import sqlite3
from collections.abc import Collection

import orjson

from annotator.core import operations as op
from annotator.core.bodies import Body
from annotator.core.takingback import body_naming, names_in
from annotator.store import history


def body(connection: sqlite3.Connection, receipt: str) -> Body | None:
    """Return what is taken back under a receipt, as the body of its register."""
    query = "SELECT operation FROM taken_back WHERE receipt=?"
    names = [name for (name,) in connection.execute(query, (receipt,))]
    return body_naming(names) if names else None


def set_body(connection: sqlite3.Connection, receipt: str, named: Body | None) -> None:
    """Write what is taken back under a receipt; whoever writes folds again what it concerns."""
    connection.execute("DELETE FROM taken_back WHERE receipt=?", (receipt,))
    if named is not None:
        query = "INSERT INTO taken_back(operation,receipt) VALUES(?,?)"
        connection.executemany(query, ((name, receipt) for name in names_in(named)))


def names(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the hashes of all operations that are taken back."""
    return frozenset(
        name for (name,) in connection.execute("SELECT DISTINCT operation FROM taken_back")
    )


def names_in_layer(connection: sqlite3.Connection, layer: int) -> frozenset[str]:
    """Return the hashes of the operations of a layer that are taken back."""
    query = (
        "SELECT o.hash FROM operations o CROSS JOIN taken_back t ON t.operation=o.hash"
        " WHERE o.layer=?"
    )
    return frozenset(name for (name,) in connection.execute(query, (layer,)))


def layers_of(connection: sqlite3.Connection, hashes: Collection[str]) -> list[int]:
    """Return the row ids of the layers that operations stand in."""
    query = (
        "SELECT DISTINCT o.layer FROM json_each(?) j CROSS JOIN operations o ON o.hash=j.value"
        " WHERE o.layer IS NOT NULL ORDER BY o.layer"
    )
    return [layer for (layer,) in connection.execute(query, (_listed(hashes),))]


def articles_of(connection: sqlite3.Connection, hashes: Collection[str]) -> frozenset[str]:
    """Return the articles (SHA-256) that operations touch: their layers, or their regions."""
    query = (
        "SELECT DISTINCT a.sha256 FROM json_each(?) j CROSS JOIN operations o ON o.hash=j.value"
        " JOIN layers l ON l.id=o.layer JOIN articles a ON a.id=l.article"
    )
    found = connection.execute(query, (_listed(hashes),))
    return with_regions_in(connection, hashes).union(name for (name,) in found)


def with_regions_in(connection: sqlite3.Connection, hashes: Collection[str]) -> frozenset[str]:
    """Return the articles (SHA-256) of whose regions operations speak."""
    query = (
        "SELECT o.body FROM json_each(?) j CROSS JOIN operations o ON o.hash=j.value"
        " WHERE o.layer IS NULL"
    )
    bodies = connection.execute(query, (_listed(hashes),))
    changes = (one for (body,) in bodies for one in op.changes_from(history.plain_body(body)))
    return frozenset(change.uid for change in changes if change.kind == op.REGIONS)


def _listed(hashes: Collection[str]) -> str:
    return orjson.dumps(list(hashes)).decode()
