"""Undo and redo of an annotator's own work in one layer, and of whole gestures."""

from collections.abc import Callable
from typing import Any

import msgspec

from annotator.core.errors import UserError
from annotator.core.model import LEAD, Annotator, Layer
from annotator.core.operations import Operation, Scope
from annotator.store import history, undoing
from annotator.store.project import Project
from annotator.store.trouble import reads


class Undone(msgspec.Struct, frozen=True):
    """What undoing a gesture did: its operations, and how many done layers it left out."""

    operations: tuple[Operation, ...]
    left_out: int = 0


def undo(project: Project, layer: Layer) -> Operation:
    """Take back the newest operation of the layer's annotator on this replica that still holds.

    Raise `nothing_to_undo`; `changed_since` where a label is no longer what it left.
    """
    return _take_back(project, layer, "undo", undoing.next_undo)


def redo(project: Project, layer: Layer) -> Operation:
    """Take back the newest undo; raise `nothing_to_redo` where a new gesture ended it."""
    return _take_back(project, layer, "redo", undoing.next_redo)


def _take_back(
    project: Project, layer: Layer, kind: str, choose: Callable[..., Operation | None]
) -> Operation:
    with project.transaction(kind, layer.annotator) as gesture:
        row = project.layer_row(layer)
        args: tuple[Any, ...] = (project.connection, row, project.replica, layer.annotator)
        target = choose(*args) if row is not None else None
        if target is None:
            raise UserError(f"nothing_to_{kind}")
        undoing.take_back(gesture, target)
    return gesture.operations[0]


@reads
def done_by(project: Project, name: str) -> list[str]:
    """Return as whom the gesture `name` was done: names, or `lead` for the role.

    Raise `unknown_gesture`.
    """
    targets = history.operations_of_gesture(project.connection, name)
    if not targets:
        raise UserError("unknown_gesture", gesture=name)
    found = ((one.who, project.annotator(one.who)) for one in targets)
    return list(dict.fromkeys(known.name if known else uid for uid, known in found))


def undo_gesture(project: Project, annotator: Annotator, name: str) -> Undone:
    """Take back every part of the gesture `name`; done layers are left out and counted.

    Raise `unsound_article` where regions are to stand again that are not as they were kept.
    """
    return _take_gesture_back(project, annotator, name, "undo")


def redo_gesture(project: Project, annotator: Annotator, name: str) -> Undone:
    """Take back the undo called `name`, every part of it."""
    return _take_gesture_back(project, annotator, name, "redo")


def _take_gesture_back(project: Project, annotator: Annotator, name: str, kind: str) -> Undone:
    left_out: set[Scope] = set()
    with project.transaction(kind, annotator.uid) as gesture:
        targets = history.operations_of_gesture(project.connection, name)
        if not targets:
            raise UserError("unknown_gesture", gesture=name)
        if any(not _is_hers(target, annotator) for target in targets):
            raise UserError("not_yours")
        standing = undoing.to_take_back(project.connection, targets, kind)
        if not standing:
            raise UserError(f"nothing_to_{kind}")
        undoing.refuse_altered(project.connection, standing)
        for target in reversed(standing):
            if not undoing.took_back(gesture, target):
                left_out.add(target.scope)
    return Undone(tuple(gesture.operations), len(left_out))


def _is_hers(operation: Operation, annotator: Annotator) -> bool:
    """Whether `annotator` may take it back: not in another layer, and hers or a lead's."""
    if operation.scope.annotator not in ("", annotator.uid):
        return False
    return operation.who in (annotator.uid, LEAD)
