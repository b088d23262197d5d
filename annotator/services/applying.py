"""`apply`: gestures as lines of JSON, each one transaction, each answered after COMMIT.

The functions called are the window's. A refused line changes nothing and the next is still served.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from annotator.core.errors import UserError
from annotator.core.model import (
    AUTHOR,
    KINDS,
    Annotator,
    Answer,
    Argument,
    Attributes,
    Entity,
    Event,
    Extent,
    Label,
    Layer,
    Party,
    Region,
    Relation,
    Span,
    Stance,
)
from annotator.core.operations import Operation
from annotator.services import annotators, gestures, labelling, marking, projectwide, undoing
from annotator.store.project import Project


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of one line."""

    operations: tuple[Operation, ...] = ()
    trouble: UserError | None = None

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
        if self.trouble is not None:
            message = sentence(self.trouble)
            return {"ok": False, "error": self.trouble.code, "message": message}
        names = [operation.hash for operation in self.operations]
        return {"ok": True, "op": names[0] if names else "", "ops": names, "uids": self.uids}


def apply_lines(
    project: Project, annotator_name: str, lines: Iterable[bytes], strict: bool = False
) -> Iterator[Answered]:
    """Serve `lines` one by one in the name of `annotator_name`; with `strict` stop at the first no."""
    applier = Applier(project, annotators.ensure(project, annotator_name))
    for line in lines:
        if not line.strip():
            continue
        answered = applier.serve(line)
        yield answered
        if strict and answered.trouble:
            return


class Applier:
    """One run of `apply`: who labels, and what the labels were called."""

    def __init__(self, project: Project, annotator: Annotator) -> None:
        self._project = project
        self._annotator = annotator
        self._names: dict[str, str] = {}

    def serve(self, line: bytes) -> Answered:
        """Do what `line` says and return the answer; refuse it with the reason."""
        try:
            given = gestures.gesture_of(line)
            operations = _SERVED[type(given)](self, given)
            answered = Answered(tuple(item for item in operations if item is not None))
        except UserError as trouble:
            return Answered(trouble=trouble)
        name = getattr(given, "name", "")
        if name and answered.uids:
            self._names[name] = answered.uids[0]
        return answered

    # --- one method a gesture ---

    def _add_entity(self, given: gestures.AddEntity) -> list[Operation | None]:
        layer, text = self._layer(given.article)
        made = labelling.add_entity(
            self._project,
            layer,
            _extent_given(text, given),
            given.type,
            subtype=given.subtype,
            head=_head(text, given.head),
            link=given.link,
            attributes=_pairs(given.attributes),
            note=given.note,
            doubt=given.doubt,
        )
        return [made]

    def _add_event(self, given: gestures.AddEvent) -> list[Operation | None]:
        layer, text = self._layer(given.article)
        made = labelling.add_event(
            self._project,
            layer,
            _extent_given(text, given),
            given.type,
            attributes=_pairs(given.attributes),
            note=given.note,
            doubt=given.doubt,
        )
        return [made]

    def _add_argument(self, given: gestures.AddArgument) -> list[Operation | None]:
        event, filler = self._uid(given.event), self._uid(given.filler)
        made = labelling.add_argument(
            self._project,
            self._layer_of(event),
            event,
            given.role,
            filler,
            note=given.note,
            doubt=given.doubt,
        )
        return [made]

    def _add_stance(self, given: gestures.AddStance) -> list[Operation | None]:
        layer, text = self._layer(given.article)
        made = labelling.add_stance(
            self._project,
            layer,
            self._target(given.target),
            given.value,
            holder=self._holder(given.holder),
            voice=given.voice,
            evidence=_extent(text, given.evidence, given.quotes),
            attributes=_pairs(given.attributes),
            note=given.note,
            doubt=given.doubt,
        )
        return [made]

    def _add_relation(self, given: gestures.AddRelation) -> list[Operation | None]:
        source, target = self._uid(given.source), self._uid(given.target)
        made = labelling.add_relation(
            self._project,
            self._layer_of(source),
            given.type,
            source,
            target,
            attributes=_pairs(given.attributes),
            note=given.note,
            doubt=given.doubt,
        )
        return [made]

    def _answer(self, given: gestures.GiveAnswer) -> list[Operation | None]:
        layer, _ = self._layer(given.article)
        made = labelling.answer(
            self._project,
            layer,
            given.question,
            tuple(given.values),
            note=given.note,
            doubt=given.doubt,
        )
        return [made]

    def _change(self, given: gestures.Change) -> list[Operation | None]:
        uid = self._uid(given.uid)
        layer = self._layer_of(uid)
        label = self._project.reading(layer).label(uid)
        if label is None:
            raise UserError("unknown_label", uid=uid)
        return [labelling.change(self._project, layer, self._changed(label, layer, given))]

    def _remove(self, given: gestures.Remove) -> list[Operation | None]:
        uid = self._uid(given.uid)
        return [labelling.remove(self._project, self._layer_of(uid), uid)]

    def _set_status(self, given: gestures.SetStatus) -> list[Operation | None]:
        layer, _ = self._layer(given.article)
        return [labelling.set_status(self._project, layer, given.status)]

    def _set_regions(self, given: gestures.SetRegions) -> list[Operation | None]:
        article = self._project.article(given.article).sha256
        regions = [Region(item.start, item.end, item.role) for item in given.regions]
        who = self._annotator.uid
        return [projectwide.set_regions(self._project, article, regions, who)]

    def _undo(self, given: gestures.Undo) -> list[Operation | None]:
        return [undoing.undo(self._project, self._layer(given.article)[0])]

    def _redo(self, given: gestures.Redo) -> list[Operation | None]:
        return [undoing.redo(self._project, self._layer(given.article)[0])]

    def _mark_all(self, given: gestures.MarkAll) -> list[Operation | None]:
        args = (given.query, given.type, given.article)
        return list(marking.mark_all(self._project, self._annotator, *args).operations)

    def _withdraw(self, given: gestures.Withdraw) -> list[Operation | None]:
        article = self._project.article(given.article).sha256
        return [projectwide.withdraw(self._project, article, self._annotator.uid)]

    def _answer_doubt(self, given: gestures.AnswerDoubt) -> list[Operation | None]:
        uid, who = self._uid(given.uid), self._annotator.uid
        return [projectwide.answer_doubt(self._project, uid, given.text, who)]

    # --- what a line names ---

    def _layer(self, name: str) -> tuple[Layer, str]:
        """Return this annotator's layer of the article called `name`, and the article's text."""
        article = self._project.article(name)
        layer = self._project.layer(article.sha256, self._annotator.uid)
        return layer, self._project.text(article.sha256)

    def _layer_of(self, uid: str) -> Layer:
        """Return the layer of the label `uid`; refuse another annotator's."""
        layer = self._project.layer_of(uid)
        if layer.annotator != self._annotator.uid:
            raise UserError("not_yours")
        return layer

    def _uid(self, name: str) -> str:
        if not name.startswith("$"):
            return name
        if name[1:] not in self._names:
            raise UserError("unknown_name", name=name)
        return self._names[name[1:]]

    def _holder(self, name: str) -> Party:
        return AUTHOR if name == "author" else Party("entity", self._uid(name))

    def _target(self, given: gestures.PartyGiven) -> Party:
        return Party(given.kind, given.ref if given.kind == "topic" else self._uid(given.ref))

    # --- change ---

    def _changed(self, label: Label, layer: Layer, given: gestures.Change) -> Label:
        """Return `label` with the given fields; refuse a field that its kind does not have."""
        fields = {
            name: value
            for name in given.__struct_fields__
            if name != "uid" and (value := getattr(given, name)) is not None
        }
        changed = _CHANGED[type(label)](self, label, layer, fields)
        for name in ("note", "doubt"):
            if name in fields:
                changed = replace(changed, **{name: fields.pop(name)})
        if isinstance(changed, Entity | Event | Stance | Relation) and "attributes" in fields:
            changed = replace(changed, attributes=_pairs(fields.pop("attributes")))
        if fields:
            raise UserError("unknown_key", key=min(fields), where="")
        return changed

    def _change_named(self, label: Entity | Event, layer: Layer, fields: dict[str, Any]) -> Label:
        text = self._project.text(layer.article)
        if "type" in fields:
            label = labelling.retyped(self._project.label_schema, label, fields.pop("type"))
        extent = _new_extent(text, label.extent, fields)
        changed: Entity | Event = replace(label, extent=extent)
        if isinstance(changed, Entity):
            if "head" in fields:
                changed = replace(changed, head=_head(text, fields.pop("head")))
            for name in ("subtype", "link"):
                if name in fields:
                    changed = replace(changed, **{name: fields.pop(name)})
        return changed

    def _change_argument(self, label: Argument, _: Layer, fields: dict[str, Any]) -> Label:
        for name in ("event", "filler"):
            if name in fields:
                label = replace(label, **{name: self._uid(fields.pop(name))})
        return replace(label, type=fields.pop("role", label.type))

    def _change_stance(self, label: Stance, layer: Layer, fields: dict[str, Any]) -> Label:
        text = self._project.text(layer.article)
        if "holder" in fields:
            label = replace(label, holder=self._holder(fields.pop("holder")))
        if isinstance(fields.get("target"), gestures.PartyGiven):
            label = replace(label, target=self._target(fields.pop("target")))
        if "evidence" in fields:
            spans = _extent(text, fields.pop("evidence"), fields.pop("quotes", None))
            label = replace(label, evidence=spans)
        value, voice = fields.pop("value", label.type), fields.pop("voice", label.voice)
        return replace(label, type=value, voice=voice)

    def _change_relation(self, label: Relation, _: Layer, fields: dict[str, Any]) -> Label:
        if "source" in fields:
            label = replace(label, source=self._uid(fields.pop("source")))
        if isinstance(fields.get("target"), str):
            label = replace(label, target=self._uid(fields.pop("target")))
        return replace(label, type=fields.pop("type", label.type))

    def _change_answer(self, label: Answer, _: Layer, fields: dict[str, Any]) -> Label:
        return replace(label, values=tuple(fields.pop("values", label.values)))


_SERVED: dict[type[Any], Callable[[Applier, Any], list[Operation | None]]] = {
    gestures.AddEntity: Applier._add_entity,
    gestures.AddEvent: Applier._add_event,
    gestures.AddArgument: Applier._add_argument,
    gestures.AddStance: Applier._add_stance,
    gestures.AddRelation: Applier._add_relation,
    gestures.GiveAnswer: Applier._answer,
    gestures.Change: Applier._change,
    gestures.Remove: Applier._remove,
    gestures.SetStatus: Applier._set_status,
    gestures.SetRegions: Applier._set_regions,
    gestures.Undo: Applier._undo,
    gestures.Redo: Applier._redo,
    gestures.MarkAll: Applier._mark_all,
    gestures.Withdraw: Applier._withdraw,
    gestures.AnswerDoubt: Applier._answer_doubt,
}
_CHANGED: dict[type[Any], Callable[[Applier, Any, Layer, dict[str, Any]], Label]] = {
    Entity: Applier._change_named,
    Event: Applier._change_named,
    Argument: Applier._change_argument,
    Stance: Applier._change_stance,
    Relation: Applier._change_relation,
    Answer: Applier._change_answer,
}


def _extent_given(text: str, given: gestures.AddEntity | gestures.AddEvent) -> Extent:
    if given.spans:
        _refuse_both(given.start, given.end, given.quote)
        return _extent(text, given.spans, given.quotes)
    if given.start is None or given.end is None:
        raise UserError("missing_key", key="start" if given.start is None else "end", where="")
    quotes = None if given.quote is None else [given.quote]
    return _extent(text, [(given.start, given.end)], quotes)


def _refuse_both(*given: object) -> None:
    if any(item is not None for item in given):
        raise UserError("unknown_key", key="start", where="")


def _new_extent(text: str, extent: Extent, fields: dict[str, Any]) -> Extent:
    if "spans" in fields:
        return _extent(text, fields.pop("spans"), fields.pop("quotes", None))
    if not {"start", "end"} & fields.keys():
        return extent
    if len(extent) > 1:
        raise UserError("missing_key", key="spans", where="")
    start, end = fields.pop("start", extent[0].start), fields.pop("end", extent[0].end)
    quote = fields.pop("quote", None)
    return _extent(text, [(start, end)], None if quote is None else [quote])


def _head(text: str, given: Sequence[int] | None) -> Extent:
    """Return the head span; an empty list takes it away."""
    if not given:
        return ()
    if len(given) != 2:
        raise UserError("wrong_type", expected="[start,end]", found=str(list(given)), where="head")
    return _extent(text, [(given[0], given[1])], None)


def _extent(text: str, offsets: list[gestures.Offsets], quotes: list[str] | None) -> Extent:
    """Return the extent at `offsets`, with the quotes that the line says, to be compared."""
    if quotes is None:
        return tuple(Span(start, end, text[max(start, 0) : max(end, 0)]) for start, end in offsets)
    if len(quotes) != len(offsets):
        raise UserError("missing_key", key="quotes", where="")
    return tuple(
        Span(start, end, quote) for (start, end), quote in zip(offsets, quotes, strict=True)
    )


def _pairs(given: list[gestures.NamedPair]) -> Attributes:
    pairs = tuple(sorted((item.name, item.value) for item in given))
    if len({name for name, _ in pairs}) < len(pairs):
        raise UserError("repeated_attribute", key=pairs[0][0])
    return pairs
