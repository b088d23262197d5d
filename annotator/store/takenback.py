"""Operations that are taken back: the register of them, and what they concern."""

import sqlite3
from collections.abc import Collection

import orjson

from annotator.core.bodies import Body
from annotator.core.takingback import body_naming, names_in


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
    given = orjson.dumps(list(hashes)).decode()
    return [layer for (layer,) in connection.execute(query, (given,))]
