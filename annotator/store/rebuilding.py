"""Tables from history: one scope, or all of them, folded again and written anew."""

import sqlite3
from collections.abc import Callable, Iterable, Mapping

from annotator.core import operations as op
from annotator.core.bodies import Body, label_from
from annotator.core.labelschema import LabelSchema
from annotator.core.standing import told_apart
from annotator.core.takingback import left_out
from annotator.store import history, registers, rows, storedlabels, takenback

Bodies = dict[tuple[str, str], Body]


def refold_layer(connection: sqlite3.Connection, layer: int, schema: LabelSchema) -> int:
    """Write the labels, the held ones and the status of a layer as its history says.

    Return how many labels are held.
    """
    left_out = takenback.names_in_layer(connection, layer)
    state = op.fold(history.operations_of(connection, layer), left_out)
    bodies: Bodies = next(iter(state.values()), {})
    labels = [
        label_from(kind, uid, body)
        for (kind, uid), body in bodies.items()
        if kind in rows.LABEL_KINDS
    ]
    standing, held = told_apart(labels, _text_of_layer(connection, layer))
    rows.clear(connection, layer)
    rows.insert(connection, layer, standing, schema)
    hold(connection, layer, held)
    for kind in registers.LAYER_COLUMNS:
        registers.set_of_layer(connection, layer, kind, bodies.get((kind, "")))
    return len(held)


def hold(connection: sqlite3.Connection, layer: int, held: Mapping[str, str]) -> None:
    """Write which labels of a layer are held, by uid, and why."""
    connection.executemany(
        "INSERT INTO held(layer,label,kind,why) VALUES(?,?,?,?)",
        ((layer, uid, storedlabels.kind_of_uid(uid), why) for uid, why in held.items()),
    )


def refold_project(connection: sqlite3.Connection) -> None:
    """Write what the project's own scope says as its history says."""
    operations = list(history.operations_of(connection, None))
    state = op.fold(operations, left_out(operations)).get(op.PROJECT, {})
    keys = {change.key for operation in operations for change in operation.changes}
    for kind, uid in sorted(keys):
        if kind in registers.PROJECT_KINDS:
            body = state.get((kind, uid))
            if body != registers.of_project(connection, kind, uid):
                registers.set_of_project(connection, kind, uid, body)


def follow_taking_back(
    connection: sqlite3.Connection, named: Iterable[str], schema: Callable[[], LabelSchema]
) -> None:
    """Fold again what a taking back, or the undoing of one, concerns: `named` are its operations.

    Among them may be another taking back, which then holds no longer.
    """
    before = takenback.names(connection)
    refold_project(connection)
    concerned = (before ^ takenback.names(connection)).union(named)
    for layer in takenback.layers_of(connection, concerned):
        refold_layer(connection, layer, schema())


def rebuild(connection: sqlite3.Connection, schema: Callable[[], LabelSchema]) -> None:
    """Write every table that history says: the project's scope first, then each layer."""
    refold_project(connection)
    for (layer,) in connection.execute("SELECT id FROM layers ORDER BY id").fetchall():
        refold_layer(connection, layer, schema())


def has_held(connection: sqlite3.Connection, layer: int) -> bool:
    """Whether labels of a layer are held: then a gesture may bring them back."""
    query = "SELECT 1 FROM held WHERE layer=? LIMIT 1"
    return connection.execute(query, (layer,)).fetchone() is not None


def _text_of_layer(connection: sqlite3.Connection, layer: int) -> str | None:
    query = "SELECT text FROM texts JOIN layers l ON l.article=texts.article WHERE l.id=?"
    row = connection.execute(query, (layer,)).fetchone()
    return row[0] if row else None
