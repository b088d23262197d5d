"""Uniting histories: a set union of operations, and the touched scopes folded again.

Whatever the order of arrival, the same operations give the same tables; nothing is lost.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from annotator.core import operations as op
from annotator.core.errors import UserError
from annotator.core.operations import Operation
from annotator.store import history, rebuilding
from annotator.store.project import Project


@dataclass(frozen=True, slots=True)
class Union:
    """What uniting did: operations that were new, that were known, and labels now held."""

    new: int
    same: int
    held: int


def unite(project: Project, operations: Iterable[Operation]) -> Union:
    """Add `operations` to the history of `project`, in one transaction: all or nothing.

    Raise `UserError("changed_history")` where one is not what its hash says. Their articles must
    be in the project.
    """
    connection = project.connection
    with project.turn.taken(by_person=False), project.committed():
        known = {row[0] for row in connection.execute("SELECT hash FROM operations")}
        given = {operation.hash: operation for operation in operations}
        new = [operation for name, operation in given.items() if name not in known]
        new.sort(key=lambda operation: (not operation.scope.is_project, op.order(operation)))
        held = _add(project, new)
    return Union(len(new), len(given) - len(new), held)


def _add(project: Project, new: list[Operation]) -> int:
    connection = project.connection
    touched: set[int] = set()
    digest = project.label_schema.digest
    of_project = [operation for operation in new if operation.scope.is_project]
    for operation in of_project:
        _append(project, operation, None)
    if of_project:
        rebuilding.refold_project(connection)
    for operation in new[len(of_project) :]:
        layer = history.layer_row(connection, operation.scope)
        _append(project, operation, layer)
        touched.add(layer)
    if project.label_schema.digest != digest:
        touched = {row[0] for row in connection.execute("SELECT id FROM layers")}
    schema = project.label_schema
    return sum(rebuilding.refold_layer(connection, layer, schema) for layer in sorted(touched))


def _append(project: Project, operation: Operation, layer: int | None) -> None:
    named = history.append(project.connection, operation, layer)
    if named.hash != operation.hash:
        raise UserError("changed_history", operation=operation.hash)
    project.connection.execute(
        "INSERT INTO replicas(replica,counter,lamport) VALUES(?,0,?)"
        " ON CONFLICT(replica) DO UPDATE SET lamport=max(lamport,excluded.lamport)",
        (operation.replica, operation.lamport),
    )
