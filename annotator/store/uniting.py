"""Uniting histories: a set union of operations, and the touched scopes folded again.

Whatever the order of arrival, the same operations give the same tables; nothing is lost.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter, itemgetter

from annotator.core import incoming
from annotator.core import operations as op
from annotator.core.errors import UserError
from annotator.core.incoming import Arrived
from annotator.core.operations import Operation, Scope
from annotator.core.overruling import Overruled
from annotator.core.uids import is_numbered_by, layer_uid, number_of
from annotator.store import history, rebuilding, takenback
from annotator.store.bulk import last_id
from annotator.store.chaining import Broken, Chaining
from annotator.store.foldinglayers import Folding
from annotator.store.journalgathering import Gathered
from annotator.store.newarticles import is_known
from annotator.store.overruling import Overruling
from annotator.store.project import Project

_AT = itemgetter(history.COLUMNS.index("at"))
_AT_ONCE = 1000
"""Operations whose rows wait in memory."""
_MANY = 1000
"""Operations from which on rows are not checked by triggers one by one."""


@dataclass(slots=True)
class Union:
    """What uniting did: operations that were new, that were known, and labels now held.

    `changed` counts labels that were there and are now otherwise or gone, `problems` those of the
    layers touched; `layers` are the row ids of those touched, `no_text` the articles (SHA-256) that
    are not in the project, whose operations were passed over; `brought` the first and the last row
    id of the new operations, `broken` those that do not follow the one before them, `overruled`
    changes of the label schema that another one, made at once, now takes the place of.
    """

    new: int = 0
    same: int = 0
    held: int = 0
    changed: int = 0
    problems: int = field(default=0, compare=False)
    layers: set[int] = field(default_factory=set, compare=False)
    no_text: set[str] = field(default_factory=set, compare=False)
    brought: tuple[int, int] = field(default=(0, 0), compare=False)
    times: set[str] = field(default_factory=set, compare=False)
    broken: tuple[Broken, ...] = field(default=(), compare=False)
    overruled: tuple[Overruled, ...] = field(default=(), compare=False)


def unite(project: Project, operations: Iterable[Operation]) -> Union:
    """Add `operations` to the history of `project`, in one transaction: all or nothing.

    Raise `UserError("changed_history")` where one is not what its hash says. Their articles must
    be in the project.
    """
    given = {operation.hash: _arrived(operation) for operation in operations}
    ordered = sorted(given.values(), key=lambda one: (one.scope.article, one.scope.annotator))
    n_of_project = sum(1 for one in ordered if one.scope.is_project)
    with project.turn.taken(by_person=False), project.committed():
        uniting = Uniting(project, len(ordered))
        uniting.of_project(ordered[:n_of_project])
        uniting.fold_project()
        uniting.of_layers(ordered[n_of_project:])
        return uniting.ended()


def _arrived(operation: Operation) -> Arrived:
    found = incoming.arrived(op.canonical_json(operation))
    if found.hash != operation.hash:
        raise UserError("changed_history", operation=operation.hash)
    return found


def _go_on(_n: int) -> None:
    """Tell nobody."""


class Uniting:
    """A union under way, within one transaction: the project's scope first, then layers."""

    def __init__(
        self,
        project: Project,
        expected: int,
        step: Callable[[int], None] = _go_on,
        gathered: Gathered | None = None,
    ) -> None:
        """Begin; about so many operations are `expected`.

        `step` is told how many have been looked at, and may raise to stop. What is new is also
        `gathered`, for the second record.
        """
        self._gathered = gathered
        self._project = project
        self._connection = project.connection
        self._step = step
        self._union = Union()
        self._first = last_id(project.connection, "operations") + 1
        self._rows: list[tuple[object, ...]] = []
        self._again: set[int] = set()
        self._replicas: dict[str, tuple[int, int]] = {}
        self._left_out = takenback.names(project.connection)
        self._has_new_of_project = False
        self._overruling = Overruling(project.connection)
        self._folding = Folding(project)
        self._chaining = Chaining(project, self._first)
        self._triggers = self._laid_aside() if expected >= _MANY else []
        self.n_taken_back = 0

    @property
    def n_new(self) -> int:
        """How many operations were new so far."""
        return self._union.new

    @property
    def n_same(self) -> int:
        """How many operations were known so far."""
        return self._union.same

    @property
    def next_row(self) -> int:
        """The row id that the next new operation gets: they grow one by one."""
        return self._first + self._union.new

    @property
    def no_text(self) -> set[str]:
        """The articles (SHA-256) that were asked for and are not in the project."""
        return self._union.no_text

    @property
    def times(self) -> set[str]:
        """All times that new operations carry."""
        return self._union.times

    def knows(self, name: str) -> bool:
        """Whether the operation with the hash `name` is in the history."""
        query = "SELECT 1 FROM operations WHERE hash=?"
        return self._connection.execute(query, (name,)).fetchone() is not None

    def of_project(self, given: Iterable[Arrived]) -> None:
        """Add operations of the project's own scope; `fold_project` then writes what they say."""
        new = self._new(given, self._known(None))
        self._overruling.look_at(new, self._left_out)
        self._keep(new, None)
        self._write_rows()
        if new:
            self._has_new_of_project = True
            self._chaining.note_project(new)

    def _laid_aside(self) -> list[str]:
        """Drop the triggers that check each row; return their SQL, for the end.

        What they check is sure here: a label is written only where its quotes are the text
        (`told_apart`), an operation only where its hash is not there. An error rolls this back too.
        """
        query = f"SELECT name,sql FROM sqlite_master WHERE type='trigger' AND name IN ({_ASIDE})"
        triggers = self._connection.execute(query).fetchall()
        for name, _ in triggers:
            self._connection.execute(f"DROP TRIGGER {name}")
        return [sql for _, sql in triggers]

    def fold_project(self, *, even_unchanged: bool = False) -> None:
        """Write what the project's own scope says now, where it may have changed."""
        if not (self._has_new_of_project or even_unchanged):
            return
        rebuilding.refold_project(self._connection)
        left_out = takenback.names(self._connection)
        self._again.update(takenback.layers_of(self._connection, left_out ^ self._left_out))
        self._left_out = left_out
        self._union.overruled = self._overruling.found(left_out)
        self._folding = Folding(self._project)

    def of_layers(self, given: Iterable[Arrived]) -> None:
        """Add operations of layers; those of a layer stand together wherever they can."""
        for scope, run in groupby(given, attrgetter("scope")):
            self._of_layer(scope, list(run))

    def ended(self) -> Union:
        """Fold what is left to fold, and say what was done."""
        self._write_rows()
        union, folding = self._union, self._folding
        folding.write()
        for layer in sorted(self._again):
            union.layers.add(layer)
            folding.again(layer)
        union.held, union.changed = folding.n_held, folding.n_changed
        union.problems, union.broken = folding.n_problems, tuple(self._chaining.broken())
        self._connection.executemany(
            "INSERT INTO replicas(replica,counter,lamport) VALUES(?,?,?) ON CONFLICT(replica)"
            " DO UPDATE SET counter=max(counter,excluded.counter),"
            "lamport=max(lamport,excluded.lamport)",
            ((replica, *counters) for replica, counters in self._replicas.items()),
        )
        for sql in self._triggers:
            self._connection.execute(sql)
        last = last_id(self._connection, "operations")
        union.brought = (self._first, last) if union.new else (0, 0)
        return union

    def _of_layer(self, scope: Scope, run: list[Arrived]) -> None:
        uid = layer_uid(scope.article, scope.annotator)
        row = self._connection.execute(_LAYER, (uid,)).fetchone()
        layer, has_operations = row or (0, False)
        is_touched = layer in self._union.layers
        if is_touched:
            self._write_rows()
        new = self._new(run, self._known(layer) if has_operations or is_touched else set())
        self._step(self._union.new + self._union.same)
        if not new:
            return
        if not layer:
            layer = self._made_layer(uid, scope)
            if not layer:
                return
        ordered = self._keep(new, layer)
        self._union.layers.add(layer)
        self._chaining.note(layer, ordered, is_all=not (has_operations or is_touched))
        if has_operations or is_touched:
            self._again.add(layer)
        else:
            self._folding.fold(layer, scope, ordered, self._left_out)

    def _made_layer(self, uid: str, scope: Scope) -> int:
        """Return the row id of a new layer; 0 where its article is not there."""
        key = (uid, scope.article, scope.annotator)
        made = self._connection.execute(_MAKE_LAYER, key).fetchone()
        if made is not None:
            return int(made[0])
        if is_known(self._project, scope.article):
            raise UserError("damaged_bundle", why="unnamed")
        self._union.no_text.add(scope.article)
        return 0

    def _known(self, layer: int | None) -> set[str]:
        query = "SELECT hash FROM operations WHERE layer IS ?"
        return {name for (name,) in self._connection.execute(query, (layer,))}

    def _new(self, given: Iterable[Arrived], known: set[str]) -> list[Arrived]:
        """Return those of `given` that are not known, each once, and count them."""
        new: dict[str, Arrived] = {}
        left_out = self._left_out
        n_given = 0
        for one in given:
            n_given += 1
            if one.hash not in known:
                new[one.hash] = one
            elif left_out and one.hash in left_out:
                self.n_taken_back += 1
        self._union.new += len(new)
        self._union.same += n_given - len(new)
        return list(new.values())

    def _keep(self, new: list[Arrived], layer: int | None) -> Sequence[Arrived]:
        """Let the rows of operations wait; return these in the total order."""
        rows = [history.row_of_arrived(one, layer) for one in new]
        self._rows += rows
        if self._gathered is not None:
            self._gathered.add(new)
        self._union.times.update(map(_AT, rows))
        ordered = incoming.in_order(new)
        for replica, last in {one.line.replica: one for one in ordered}.items():
            counter, lamport = self._replicas.get(replica, (0, 0))
            counter = max(counter, _counter_of(last))
            self._replicas[replica] = (counter, max(lamport, last.line.lamport))
        if len(self._rows) >= _AT_ONCE:
            self._write_rows()
        return ordered

    def _write_rows(self) -> None:
        self._connection.executemany(history.INSERT, self._rows)
        self._rows.clear()


def _counter_of(last: Arrived) -> int:
    """Return the counter of the last name that a replica gave by its last operation.

    Names grow with it; a file that another takes the place of goes on above them.
    """
    names = (last.line.gesture, *(change.uid for change in last.changes))
    numbers = [number_of(name) for name in names if is_numbered_by(name, last.line.replica)]
    return max(numbers, default=0)


_MAKE_LAYER = (
    "INSERT INTO layers(uid,article,annotator) SELECT ?,a.id,n.id FROM articles a, annotators n"
    " WHERE a.sha256=? AND n.uid=? RETURNING id"
)
_ASIDE = "'operations_once','spans_quoted'"
_LAYER = "SELECT l.id,EXISTS(SELECT 1 FROM operations WHERE layer=l.id) FROM layers l WHERE l.uid=?"
