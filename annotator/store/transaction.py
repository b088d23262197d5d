"""The one way in which a project file is written: a gesture is one transaction, and records itself.

Whoever writes puts and removes labels in a `Part` (one scope of the gesture); the operation with
every label's before and after is made from that, so nobody composes an undo by hand.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from annotator.core import operations as op
from annotator.core import takingback
from annotator.core.bodies import Body, body_of, label_from
from annotator.core.errors import UserError
from annotator.core.labelschema import LabelSchema
from annotator.core.model import KIND_OF, Label
from annotator.core.operations import Change, Operation, Scope
from annotator.core.uids import GESTURE, label_uid, numbered
from annotator.store import history, patience, rebuilding, registers, rows, storedlabels, trouble
from annotator.store.layerreading import StoredReading
from annotator.store.whereabouts import ANYWHERE, Whereabouts


@contextmanager
def committed(
    connection: sqlite3.Connection, path: str, file: Whereabouts = ANYWHERE
) -> Iterator[None]:
    """Run the block in BEGIN IMMEDIATE … COMMIT; roll back, and name the trouble, on any error.

    Where `file` does not stand at its place, nothing is begun, and nothing committed where it went
    meanwhile: what is written into a file that is thrown away must not look saved.
    """
    try:
        file.refuse()
        patience.begin(connection)
        yield
        file.refuse()
        connection.execute("COMMIT")
    except BaseException as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        known = trouble.named(error, path) if isinstance(error, sqlite3.Error) else None
        if known is not None:
            met = trouble.looked_into(trouble.in_writing(known), file.path)
            raise file.trouble() or met from error
        raise


@dataclass(slots=True)
class Clock:
    """This replica's counters: of labels and gestures, and the greatest Lamport number seen."""

    replica: str
    counter: int
    lamport: int


class File(Protocol):
    """What a gesture needs of the project that it writes in."""

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection that holds the transaction."""

    @property
    def owner(self) -> str:
        """The uid of the only annotator who writes in the file; nothing in a lead's."""

    @property
    def label_schema(self) -> LabelSchema:
        """The label schema in force."""


class Gesture:
    """One gesture under way: its parts, one a scope, each of which becomes an operation."""

    def __init__(
        self, file: File, clock: Clock, *, kind: str, who: str, at: str, name: str = ""
    ) -> None:
        self.connection = file.connection
        self._file = file
        self.kind = kind
        self.who = who
        self.operations: list[Operation] = []
        self.made: set[str] = set()
        self._clock = clock
        self._at = at
        self._parts: list[Part] = []
        self.name = name or self._next(lambda counter: numbered(GESTURE, clock.replica, counter))

    @property
    def schema(self) -> LabelSchema:
        """The label schema in force, as this gesture left it."""
        return self._file.label_schema

    def within(self, scope: Scope, *, even_done: bool = False, undoes: str = "") -> "Part":
        """Return the part of the gesture that writes in `scope`.

        Raise `UserError("layer_done")` where the layer is done, unless `even_done`, and
        `article_withdrawn` where its article was taken out. In a file with an owner `lead_only` and
        `not_your_file`: there only her own layers can be written.
        """
        if self._file.owner and scope.annotator != self._file.owner:
            if scope.is_project:
                raise UserError("lead_only")
            raise UserError("not_your_file", name=scope.annotator)
        layer = None if scope.is_project else history.layer_row(self.connection, scope)
        if layer is not None:
            self._refuse_closed(layer, even_done)
        part = Part(self, scope, layer, undoes)
        self._parts.append(part)
        return part

    def new_uid(self, kind: str) -> str:
        """Return a uid for a new label of `kind`."""
        uid = self._next(lambda counter: label_uid(kind, self._clock.replica, counter))
        self.made.add(uid)
        return uid

    def _next(self, name: Callable[[int], str]) -> str:
        self._clock.counter += 1
        return name(self._clock.counter)

    def _refuse_closed(self, layer: int, even_done: bool) -> None:
        query = (
            "SELECT l.status,a.withdrawn,a.uid FROM layers l JOIN articles a ON a.id=l.article"
            " WHERE l.id=?"
        )
        status, is_withdrawn, article = self.connection.execute(query, (layer,)).fetchone()
        if is_withdrawn:
            raise UserError("article_withdrawn", article=article)
        if status == "done" and not even_done:
            raise UserError("layer_done")

    def record(self) -> None:
        """Write the operations of all parts, and where this replica's counters stand."""
        for part in self._parts:
            n_before = len(self.operations)
            for changes in part.closed():
                self._append(part, changes)
            if part.layer is not None and len(self.operations) == n_before:
                history.drop_if_empty(self.connection, part.layer)
        clock = self._clock
        self.connection.execute(
            "INSERT INTO replicas(replica,counter,lamport) VALUES(?,?,?)"
            " ON CONFLICT(replica) DO UPDATE SET counter=excluded.counter,lamport=excluded.lamport",
            (clock.replica, clock.counter, clock.lamport),
        )

    def _append(self, part: "Part", changes: tuple[Change, ...]) -> None:
        sequence, prev = history.tail(self.connection, part.layer, self._clock.replica)
        self._clock.lamport += 1
        operation = Operation(
            kind=self.kind,
            scope=part.scope,
            replica=self._clock.replica,
            sequence=sequence + 1,
            prev=prev,
            lamport=self._clock.lamport,
            who=self.who,
            at=self._at,
            gesture=self.name,
            changes=changes,
            undoes=part.undoes,
        )
        self.operations.append(history.append(self.connection, operation, part.layer))
        if part.layer is not None and rebuilding.has_held(self.connection, part.layer):
            rebuilding.refold_layer(self.connection, part.layer, self.schema)
        named = takingback.named_by(changes)
        if named:
            rebuilding.follow_taking_back(self.connection, named, lambda: self.schema)


class Part:
    """What a gesture does in one scope. Each change is in the tables at once, and remembered."""

    def __init__(self, gesture: Gesture, scope: Scope, layer: int | None, undoes: str) -> None:
        self.gesture = gesture
        self.scope = scope
        self.layer = layer
        self.undoes = undoes
        self._changes: dict[tuple[str, str], Change] = {}
        self._said_again: set[tuple[str, str]] = set()

    def put(self, label: Label) -> None:
        """Write `label`, new or changed, as the layer now has it."""
        kind, layer = KIND_OF[type(label)], self._row()
        before = None
        if label.uid not in self.gesture.made:
            before = storedlabels.label(self._connection, label.uid, layer)
        if before is not None:
            rows.delete(self._connection, layer, kind, label.uid)
        rows.insert(self._connection, layer, [label], self.gesture.schema)
        self.gesture.made.discard(label.uid)
        self._note(kind, label.uid, body_of(before) if before else None, body_of(label))

    def remove(self, label: Label) -> None:
        """Take `label` out of the layer; what points to it is the caller's to remove first."""
        kind = KIND_OF[type(label)]
        rows.delete(self._connection, self._row(), kind, label.uid)
        self._note(kind, label.uid, body_of(label), None)

    def set(self, kind: str, uid: str, body: Body | None) -> None:
        """Write what is no label: status and suggestions of a layer, anything of the project."""
        if self.layer is None:
            before = registers.of_project(self._connection, kind, uid)
            registers.set_of_project(self._connection, kind, uid, body)
        else:
            before = registers.of_layer(self._connection, self.layer, kind)
            registers.set_of_layer(self._connection, self.layer, kind, body)
        self._note(kind, uid, before, body)

    def say_again(self, kind: str, uid: str) -> None:
        """Record what the project says under (kind, uid), though nothing of it changes."""
        body = registers.of_project(self._connection, kind, uid)
        self._note(kind, uid, body, body)
        self._said_again.add((kind, uid))

    def put_back(self, change: Change) -> None:
        """Write what `change` says was there before."""
        if change.kind in rows.LABEL_KINDS:
            now = storedlabels.label(self._connection, change.uid, self._row())
            if change.before is not None:
                self.put(label_from(change.kind, change.uid, change.before))
            elif now is not None:
                self.remove(now)
        else:
            self.set(change.kind, change.uid, change.before)

    @property
    def operation(self) -> Operation | None:
        """The operation that this part became, once the gesture has ended; None if none."""
        found = (made for made in self.gesture.operations if made.scope == self.scope)
        return next(found, None)

    @property
    def reading(self) -> StoredReading:
        """The labels of the layer as this gesture has left them so far, for checks."""
        return StoredReading(self._connection, self.layer, self.gesture.schema)

    def closed(self) -> Iterator[tuple[Change, ...]]:
        """Yield the changes for each operation to record: none where nothing was changed.

        An undo is recorded even so, or the next one would meet the same operation again.
        """
        self._start_layer()
        changes = [
            change
            for change in self._changes.values()
            if change.before != change.after or change.key in self._said_again
        ]
        changes.sort(
            key=lambda change: change.kind in rows.LABEL_KINDS
        )  # status is taken back last
        if self.undoes and not changes:
            yield ()
        for first in range(0, len(changes), op.BULK_LIMIT):
            yield tuple(changes[first : first + op.BULK_LIMIT])

    def _start_layer(self) -> None:
        """Make the layer started by its first label, in the same operation."""
        is_new = (op.STATUS, "") not in self._changes and not self.undoes
        has_label = any(
            kind in rows.LABEL_KINDS and change.after is not None
            for (kind, _), change in self._changes.items()
        )
        if (
            is_new
            and has_label
            and registers.of_layer(self._connection, self._row(), op.STATUS) is None
        ):
            self.set(op.STATUS, "", {"status": "started"})

    def _note(self, kind: str, uid: str, before: Body | None, after: Body | None) -> None:
        earlier = self._changes.get((kind, uid))
        first = earlier.before if earlier else before
        self._changes[kind, uid] = Change(kind, uid, first, after)

    def _row(self) -> int:
        if self.layer is None:
            raise ValueError("the project's scope holds no labels")
        return self.layer

    @property
    def _connection(self) -> sqlite3.Connection:
        return self.gesture.connection
