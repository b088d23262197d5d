"""`apply`: gestures as lines of JSON, each one transaction, each answered after COMMIT.

The functions called are the window's. A refused line changes nothing and the next is still served.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import singledispatchmethod
from typing import Any

from annotator.core.errors import UserError
from annotator.core.layerproblems import problems_of_layer
from annotator.core.model import KINDS, Annotator, Layer, Region
from annotator.core.operations import Operation
from annotator.services import (
    annotators,
    clitics,
    gestures,
    labelling,
    marking,
    projectwide,
    regioning,
    undoing,
)
from annotator.services.changing import changed
from annotator.services.references import References, extent, extent_given, head, pairs
from annotator.store.project import Project
from annotator.store.trouble import writing


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of one line."""

    operations: tuple[Operation, ...] = ()
    trouble: UserError | None = None
    line: int = 0
    more: tuple[tuple[str, int], ...] = ()
    """What only some gestures tell: `problems` open in a layer now done, layers `left_out`."""

    @property
    def uids(self) -> list[str]:
        """The labels that the gesture made or changed, the asked-for one first."""
        return [
            change.uid
            for operation in self.operations
            for change in operation.changes
            if change.kind in KINDS
        ]

    def as_map(self, sentence: Callable[[UserError], str]) -> dict[str, Any]:
        """Return the answer as it is printed; `sentence` words the trouble."""
        where = {"line": self.line} if self.line else {}
        if self.trouble is not None:
            message = sentence(self.trouble)
            return {"ok": False, "error": self.trouble.code, "message": message, **where}
        names = [operation.hash for operation in self.operations]
        told = {"op": names[0] if names else "", "ops": names, "uids": self.uids}
        return {"ok": True, **told, **where, **dict(self.more)}


Made = Operation | Answered | None


def apply_lines(
    project: Project, annotator_name: str, lines: Iterable[bytes], strict: bool = False
) -> Iterator[Answered]:
    """Serve `lines` one by one for `annotator_name`; with `strict` stop at the first refusal."""
    applier = Applier(project, annotators.ensure(project, annotator_name))
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        answered = replace(applier.serve(line), line=number)
        yield answered
        if strict and answered.trouble:
            return


class Applier:
    """One run of `apply`: who labels, and what the labels were called."""

    def __init__(self, project: Project, annotator: Annotator) -> None:
        self._project = project
        self._annotator = annotator
        self._names = References(project, annotator)

    def serve(self, line: bytes) -> Answered:
        """Do what `line` says and return the answer; refuse it with the reason."""
        try:
            given = gestures.gesture_of(line)
            with writing(self._project):
                made = self._do(given)
            answered = made if isinstance(made, Answered) else Answered((made,) if made else ())
        except UserError as trouble:
            return Answered(trouble=trouble)
        name = getattr(given, "name", "")
        if name and answered.uids:
            self._names.call(name, answered.uids[0])
        return answered

    @singledispatchmethod
    def _do(self, given: gestures.Given) -> Made:
        """Do what one line says; there is one of these for each gesture."""
        raise TypeError(type(given).__name__)

    @_do.register
    def _(self, given: gestures.AddEntity) -> Made:
        layer, text = self._names.layer(given.article)
        return labelling.add_entity(
            self._project,
            layer,
            extent_given(text, given),
            given.type,
            subtype=given.subtype,
            head=head(text, given.head),
            link=given.link,
            attributes=pairs(given.attributes),
            note=given.note,
            doubt=given.doubt,
        )

    @_do.register
    def _(self, given: gestures.AddEvent) -> Made:
        layer, text = self._names.layer(given.article)
        return labelling.add_event(
            self._project,
            layer,
            extent_given(text, given),
            given.type,
            attributes=pairs(given.attributes),
            note=given.note,
            doubt=given.doubt,
        )

    @_do.register
    def _(self, given: gestures.AddArgument) -> Made:
        event, filler = self._names.uid(given.event), self._names.uid(given.filler)
        return labelling.add_argument(
            self._project,
            self._names.layer_of(event),
            event,
            given.role,
            filler,
            note=given.note,
            doubt=given.doubt,
        )

    @_do.register
    def _(self, given: gestures.AddStance) -> Made:
        layer, text = self._names.layer(given.article)
        return labelling.add_stance(
            self._project,
            layer,
            self._names.target(given.target),
            given.value,
            holder=self._names.holder(given.holder),
            voice=given.voice,
            evidence=extent(text, given.evidence, given.quotes),
            attributes=pairs(given.attributes),
            note=given.note,
            doubt=given.doubt,
        )

    @_do.register
    def _(self, given: gestures.AddRelation) -> Made:
        source, target = self._names.uid(given.source), self._names.uid(given.target)
        return labelling.add_relation(
            self._project,
            self._names.layer_of(source),
            given.type,
            source,
            target,
            attributes=pairs(given.attributes),
            note=given.note,
            doubt=given.doubt,
        )

    @_do.register
    def _(self, given: gestures.GiveAnswer) -> Made:
        layer, _ = self._names.layer(given.article)
        return labelling.answer(
            self._project,
            layer,
            given.question,
            tuple(given.values),
            note=given.note,
            doubt=given.doubt,
        )

    @_do.register
    def _(self, given: gestures.Change) -> Made:
        uid = self._names.uid(given.uid)
        layer = self._names.layer_of(uid)
        label = self._project.reading(layer).label(uid)
        if label is None:
            raise UserError("unknown_label", uid=uid)
        return labelling.change(self._project, layer, changed(self._names, label, layer, given))

    @_do.register
    def _(self, given: gestures.Remove) -> Made:
        uid = self._names.uid(given.uid)
        return labelling.remove(self._project, self._names.layer_of(uid), uid)

    @_do.register
    def _(self, given: gestures.SayRight) -> Made:
        uid = self._names.uid(given.uid)
        return clitics.say_right(self._project, self._names.layer_of(uid), uid)

    @_do.register
    def _(self, given: gestures.SetStatus) -> Made:
        layer, _ = self._names.layer(given.article)
        made = labelling.set_status(self._project, layer, given.status)
        more = (("problems", self._n_problems(layer)),) if given.status == "done" else ()
        return Answered((made,) if made else (), more=more)

    def _n_problems(self, layer: Layer) -> int:
        """Return how many problems are open in a layer that is done."""
        project = self._project
        labels, text = project.labels(layer), project.text(layer.article)
        return sum(1 for _ in problems_of_layer(project.label_schema, labels, text, "done"))

    @_do.register
    def _(self, given: gestures.SetRegions) -> Made:
        article = self._project.article(given.article).sha256
        regions = [Region(item.start, item.end, item.role) for item in given.regions]
        who = self._annotator.uid
        return projectwide.set_regions(self._project, article, regions, who)

    @_do.register
    def _(self, given: gestures.SetRole) -> Made:
        stretch, who = (given.start, given.end), self._annotator.uid
        args = (self._project, given.article, stretch, given.role, who)
        return regioning.set_role(*args, is_exact=given.exact)

    @_do.register
    def _(self, given: gestures.Undo) -> Made:
        return undoing.undo(self._project, self._names.layer(given.article)[0])

    @_do.register
    def _(self, given: gestures.Redo) -> Made:
        return undoing.redo(self._project, self._names.layer(given.article)[0])

    @_do.register
    def _(self, given: gestures.MarkAll) -> Made:
        args = (given.query, given.type, given.article)
        made = marking.mark_all(self._project, self._annotator, *args)
        return Answered(made.operations, more=_left_out(made))

    @_do.register
    def _(self, given: gestures.Withdraw) -> Made:
        article = self._project.article(given.article).sha256
        return projectwide.withdraw(self._project, article, self._annotator.uid)

    @_do.register
    def _(self, given: gestures.AnswerDoubt) -> Made:
        uid, who = self._names.uid(given.uid), self._annotator.uid
        return projectwide.answer_doubt(self._project, uid, given.text, who)


def _left_out(made: marking.Marked) -> tuple[tuple[str, int], ...]:
    return ("left_out", made.left_out), ("left_out_places", made.n_done)
