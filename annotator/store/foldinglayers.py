"""Layers folded while their operations come in, and those that were there folded again.

A layer that has no operation yet is folded from the very operations that came, without reading
them back; its labels are written together with those of others.
"""

from collections.abc import Collection, Sequence
from typing import Any

from annotator.core import incoming
from annotator.core import operations as op
from annotator.core.incoming import Arrived
from annotator.core.labelshapes import MADE
from annotator.core.lineshapes import Arrival
from annotator.core.model import Label
from annotator.core.operations import Scope
from annotator.core.plainlabels import ProblemCounter
from annotator.core.standing import told_apart
from annotator.store import rebuilding, registers, storedlabels
from annotator.store.project import Project
from annotator.store.rows import Waiting

_AT_ONCE = 4000
"""Labels whose rows wait in memory."""


class Folding:
    """What a union folds, within its transaction; it counts what is held and what is wrong."""

    def __init__(self, project: Project) -> None:
        """Begin, with the label schema that is in force now."""
        self._connection = project.connection
        self._project = project
        self._schema = project.label_schema
        self._problems = ProblemCounter(self._schema)
        self._waiting = Waiting()
        self._first: dict[int, tuple[int, int]] = {}
        self.n_held = 0
        self.n_changed = 0
        self.n_problems = 0

    def fold(
        self, layer: int, scope: Scope, given: Sequence[Arrived], left_out: Collection[str]
    ) -> None:
        """Fold the operations `given`, all that a layer has, in the total order.

        Its labels wait to be written.
        """
        last = _last_written(given, left_out)
        labels = [MADE[one.kind](one.uid, one.after) for one in last if one.kind in MADE]
        text = self._project.text(scope.article)
        standing, held = told_apart(labels, text)
        self._waiting.add(layer, standing, self._schema)
        rebuilding.hold(self._connection, layer, held)
        registers_ = {one.kind: incoming.body_of(one) for one in last if one.kind in _COLUMNS}
        for kind, body in registers_.items():
            registers.set_of_layer(self._connection, layer, kind, body)
        status = str(registers_.get(op.STATUS, {}).get("status", "new"))
        self._first[layer] = (len(held), self._problems.n_problems(standing, text, status))
        self._count(*self._first[layer])
        if len(self._waiting) >= _AT_ONCE:
            self.write()

    def write(self) -> None:
        """Write the labels that wait."""
        self._waiting.write(self._connection)

    def again(self, layer: int) -> None:
        """Fold a layer from history.

        Counted as changed are labels that stood before the union and now read otherwise, or stand
        no longer. Of a layer that was folded before, by `fold`, nothing stood, and what was counted
        then is taken back.
        """
        first = self._first.pop(layer, None)
        before = self._labels(layer) if first is None else []
        n_held = rebuilding.refold_layer(self._connection, layer, self._schema)
        now = self._labels(layer)
        after = {label.uid: label for label in now}
        self.n_changed += sum(1 for label in before if after.get(label.uid) != label)
        text, status = self._connection.execute(_TEXT, (layer,)).fetchone()
        held_first, problems_first = first or (0, 0)
        n_problems = self._problems.n_problems(now, text, status)
        self._count(n_held - held_first, n_problems - problems_first)

    def _count(self, n_held: int, n_problems: int) -> None:
        self.n_held += n_held
        self.n_problems += n_problems

    def _labels(self, layer: int) -> list[Label]:
        return storedlabels.labels_of(self._connection, layer)


_COLUMNS = registers.LAYER_COLUMNS
_TEXT = "SELECT t.text,l.status FROM layers l JOIN texts t ON t.article=l.article WHERE l.id=?"


def _last_written(given: Sequence[Arrived], left_out: Collection[str]) -> list[Arrival]:
    """Return the last change of everything that is there after `given`, in the total order."""
    last: dict[tuple[str, str], Any] = {}
    for one in given:
        if one.hash not in left_out:
            for change in one.changes:
                last[change.kind, change.uid] = change
    return [change for change in last.values() if change.after is not None]
