"""Undo and redo: which operation is next, whether it may be taken back, and taking it back.

An undo is an operation like any other and names the one that it takes back; a redo takes back an
undo. So both survive closing the file and are undone by merging nothing.
"""

import sqlite3
from collections.abc import Iterable, Iterator

from annotator.core import operations as op
from annotator.core.bodies import Body, label_from
from annotator.core.errors import UserError
from annotator.core.labelschema import LabelSchema
from annotator.core.model import points_to
from annotator.core.operations import Change, Operation
from annotator.core.takingback import named_by
from annotator.store import givenregions, history, registers, rows, storedlabels, takenback
from annotator.store.layerreading import StoredReading
from annotator.store.transaction import Gesture, Part


def next_undo(
    connection: sqlite3.Connection, layer: int, replica: str, who: str
) -> Operation | None:
    """Return the newest operation of `who` in a layer on this replica that is not undone."""
    return next(
        (found for found in _in_force(connection, layer, replica, who) if not found.undoes), None
    )


def next_redo(
    connection: sqlite3.Connection, layer: int, replica: str, who: str
) -> Operation | None:
    """Return the undo that a redo would take back: none once a new gesture was made."""
    for found in _in_force(connection, layer, replica, who):
        if found.kind == "undo":
            return found
        if found.kind != "redo":
            return None
    return None


def _in_force(
    connection: sqlite3.Connection, layer: int, replica: str, who: str
) -> Iterator[Operation]:
    """Yield own operations, newest first, that no later one took back."""
    taken_back = set()
    for found in history.operations_of(connection, layer, replica):
        if found.hash not in taken_back:
            if found.undoes:
                taken_back.add(found.undoes)
            if found.who == who:
                yield found


def refuse_altered(connection: sqlite3.Connection, targets: Iterable[Operation]) -> None:
    """Raise `unsound_article` where taking `targets` back brings what an article came with.

    That must be as it was kept then. The rest is in the history, and is put back out of that.
    """
    changes = [change for target in targets for change in target.changes]
    regions = (one for one in changes if one.kind == op.REGIONS and one.before is None)
    named = takenback.with_regions_in(connection, named_by(changes))
    givenregions.refuse_altered(connection, named.union(one.uid for one in regions))


def take_back(gesture: Gesture, target: Operation) -> Part:
    """Put back what every label of `target` was before; refuse with `changed_since`.

    A done layer refuses it too, unless only its status is put back.
    """
    only_status = all(change.kind == op.STATUS for change in target.changes)
    part = gesture.within(target.scope, even_done=only_status, undoes=target.hash)
    connection, layer = gesture.connection, part.layer
    of_labels = [change for change in target.changes if change.kind in rows.LABEL_KINDS]
    others = [change for change in target.changes if change.kind not in rows.LABEL_KINDS]
    changed = [change.uid for change in of_labels if not _is_as_left(connection, part, change)]
    if layer is not None:
        reading = StoredReading(connection, layer, gesture.schema)
        changed += _left_in_the_air(reading, target)
    stale = [change for change in others if not _is_as_left(connection, part, change)]
    if changed or (stale and not of_labels):
        raise UserError("changed_since", uids=sorted({uid for uid in changed if uid}))
    for change in of_labels + [change for change in others if change not in stale]:
        if not (_is_kept(change) or _keeps_started(part, change, target)):
            part.put_back(change)
    return part


def to_take_back(
    connection: sqlite3.Connection, targets: list[Operation], kind: str
) -> list[Operation]:
    """Return what an undo or a redo (`kind`) of a gesture takes back: what is in force of it.

    A gesture that was undone may be named itself for the redo.
    """
    if kind == "redo" and targets[0].kind != "undo":
        undos = [history.last_undo_of(connection, target.hash) for target in targets]
        targets = [undo for undo in undos if undo is not None]
    return [
        target
        for target in targets
        if (kind == "redo") == (target.kind == "undo")
        and history.is_in_force(connection, target.hash)
        and not (target.changes and all(_is_kept(change) for change in target.changes))
    ]


def _is_kept(change: Change) -> bool:
    """Whether it stays whatever is undone: the first label schema, and an annotator once named."""
    return change.kind in (op.ANNOTATOR, op.LABEL_SCHEMA) and change.before is None


def took_back(gesture: Gesture, target: Operation) -> bool:
    """Take `target` back unless its layer is closed, done or withdrawn; return whether it was."""
    try:
        take_back(gesture, target)
    except UserError as trouble:
        if trouble.code not in ("layer_done", "article_withdrawn"):
            raise
        return False
    return True


def _is_as_left(connection: sqlite3.Connection, part: Part, change: Change) -> bool:
    schema = part.gesture.schema
    now = current_body(connection, part.layer, change)
    return _renamed(schema, change.kind, now) == _renamed(schema, change.kind, change.after)


def current_body(connection: sqlite3.Connection, layer: int | None, change: Change) -> Body | None:
    """Return the body that what `change` changed has now."""
    if layer is None:
        return registers.of_project(connection, change.kind, change.uid)
    if change.kind in rows.LABEL_KINDS:
        return storedlabels.body(connection, change.uid, layer)
    return registers.of_layer(connection, layer, change.kind)


def _renamed(schema: LabelSchema, kind: str, body: Body | None) -> Body | None:
    """Return `body` with its type as it is called after renaming."""
    if body is None or kind not in ("entity", "event", "relation"):
        return body
    return {**body, "type": schema.current(body["type"])}


def _left_in_the_air(reading: StoredReading, target: Operation) -> list[str]:
    """Return the labels that would point to nothing, or be pointed to, were `target` taken back."""
    ours = [change for change in target.changes if change.kind in rows.LABEL_KINDS]
    gone = {change.uid for change in ours if change.before is None}
    back = {change.uid for change in ours if change.before is not None}
    hanging = [
        label.uid
        for uid in gone
        for label in reading.pointing_to(uid)
        if label.uid not in gone | back
    ]
    footless = [
        needed
        for change in ours
        if change.before is not None
        for needed in points_to(label_from(change.kind, change.uid, change.before))
        if needed in gone or (needed not in back and reading.label(needed) is None)
    ]
    return hanging + footless


def _keeps_started(part: Part, change: Change, target: Operation) -> bool:
    """Whether a layer stays started: labels of another replica may have come into it since."""
    if change.kind != op.STATUS or change.before is not None or part.layer is None:
        return False
    connection = part.gesture.connection
    has_others = history.has_others_since(connection, part.layer, target)
    return has_others and storedlabels.has_labels(connection, part.layer)
