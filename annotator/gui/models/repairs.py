"""What mends a problem: an intent where one key can do it, else where a person has to go.

A table by code. No repair makes what a gesture may not make, and each can be undone; what takes
a judgement (who the holder is, which of two fillers is right) only leads to the place. No Qt.
"""

from collections.abc import Mapping

from annotator.core.checks import Problem
from annotator.core.labelschema import Role, allows
from annotator.core.model import (
    AUTHOR,
    KIND_OF,
    Answer,
    Argument,
    Entity,
    Event,
    Label,
    Relation,
    Stance,
    replace,
)
from annotator.core.retyping import retyped
from annotator.gui.models import mending
from annotator.gui.models.mending import (
    ANSWER,
    CHOICE,
    GO_THERE,
    REMOVE,
    ROLE,
    TOPIC,
    TYPE,
    Layer,
    Mend,
    Repair,
    changed,
    going_with,
    removal,
)
from annotator.i18n import marked

_TAKE_OUT = marked("Take the filler out")
_CHOOSE = marked("Choose one")


def repair_of(problem: Problem, layer: Layer) -> Repair | None:
    """Return what can be offered for `problem`: at least the way to its place, if it has one."""
    if problem.code == "topic_unjudged":
        return Repair(marked("Judge the topic"), leads_to=TOPIC, about=problem.detail)
    if problem.code.startswith("held_"):  # it is nowhere, and comes back by itself
        return None
    label = layer.labels.label(problem.uid)
    mend = _MENDS.get(problem.code)
    found = mend(problem, label, layer) if mend and label else None
    return found or Repair(GO_THERE, label=problem.uid)


# --- types, subtypes, attributes, values ---------------------------------------------------------


def _other_type(problem: Problem, label: Label, layer: Layer) -> Repair | None:
    if isinstance(label, Answer):
        return removal(label, layer)
    if isinstance(label, Entity | Event):
        return Repair(marked("Choose a type"), leads_to=TYPE, label=label.uid)
    return None


def _one_of_split(problem: Problem, label: Label, layer: Layer) -> Repair | None:
    """Offer each type that the label's was split into, but one that would make it a twin."""
    if not isinstance(label, Entity | Event | Relation):
        return None
    choices = []
    for type_id in layer.schema.choices.get(layer.schema.current(label.type), ()):
        decided = _retyped(layer, label, type_id)
        found = changed(problem, label, decided, layer, _CHOOSE)
        if found is not None and found.name == _CHOOSE:
            choices.append(replace(found, about=type_id))
    if choices:
        return Repair(_CHOOSE, leads_to=CHOICE, label=label.uid, choices=tuple(choices))
    return _other_type(problem, label, layer)


def _retyped(layer: Layer, label: Entity | Event | Relation, type_id: str) -> Label:
    if isinstance(label, Relation):
        return replace(label, type=type_id)
    return retyped(layer.schema, label, type_id)


def _without_subtype(problem: Problem, label: Label, layer: Layer) -> Repair | None:
    mended = replace(label, subtype="") if isinstance(label, Entity) else label
    return changed(problem, label, mended, layer, marked("Leave the subtype out"))


def _without_attribute(problem: Problem, label: Label, layer: Layer) -> Repair | None:
    """Leave out the attribute that the detail names; a default of the type takes its place."""
    if isinstance(label, Argument | Answer):
        return None
    name = problem.detail.partition("=")[0]
    kept = tuple(pair for pair in label.attributes if pair[0] != name)
    mended = replace(label, attributes=kept)
    return changed(problem, label, mended, layer, marked("Leave the attribute out"))


def _known_value(problem: Problem, label: Label, layer: Layer) -> Repair | None:
    if isinstance(label, Stance) and "=" not in problem.detail:
        return None
    if not isinstance(label, Answer):
        return _without_attribute(problem, label, layer)
    question = layer.schema.question_types.get(label.type)
    known = {value.id for value in question.values} if question else set()
    return _answered(problem, label, [value for value in label.values if value in known], layer)


def _fit_values(problem: Problem, label: Label, layer: Layer) -> Repair | None:
    if not isinstance(label, Answer):
        return None
    return _answered(problem, label, list(dict.fromkeys(label.values)), layer)


def _answered(problem: Problem, label: Answer, values: list[str], layer: Layer) -> Repair:
    """Return the repair that leaves `values`; where they are still too many, a person chooses."""
    if not values:
        return removal(label, layer, marked("Take the answer back"))
    mended = replace(label, values=tuple(values))
    found = changed(problem, label, mended, layer, marked("Keep what can stand"))
    return found or Repair(GO_THERE, leads_to=ANSWER, label=label.uid, about=label.type)


# --- what points to labels -----------------------------------------------------------------------


def _other_place(problem: Problem, label: Label, layer: Layer) -> Repair:
    """Let a filler play the one role that takes it, or a relation run the other way; else remove.

    Of several roles none is chosen for a person.
    """
    if isinstance(label, Relation):
        turned = replace(label, source=label.target, target=label.source)
        return changed(problem, label, turned, layer, marked("Turn it round")) or removal(
            label, layer
        )
    moved = _in_its_role(problem, label, layer) if isinstance(label, Argument) else None
    return moved or removal(label, layer, _TAKE_OUT)


def _in_its_role(problem: Problem, label: Argument, layer: Layer) -> Repair | None:
    roles = _roles_for(label, layer)
    if len(roles) != 1:
        return None
    moved = replace(label, type=roles[0].id)
    return changed(problem, label, moved, layer, marked("Put it in the role that takes it"))


def _roles_for(label: Argument, layer: Layer) -> list[Role]:
    """Return the other roles of the event that take the filler and have room."""
    event, filler = layer.labels.label(label.event), layer.labels.label(label.filler)
    if not isinstance(event, Event) or not isinstance(filler, Entity | Event):
        return []
    known = layer.schema.event_types.get(layer.schema.current(event.type))
    kind, type_id = KIND_OF[type(filler)], layer.schema.current(filler.type)
    played = [one.type for one in layer.labels.arguments_of(event.uid)]
    return [
        role
        for role in (known.roles if known else ())
        if role.id != label.type
        and allows(role.fillers, kind, type_id)
        and (role.max == 0 or played.count(role.id) < role.max)
    ]


def _without_filler(problem: Problem, label: Label, layer: Layer) -> Repair:
    return removal(label, layer, _TAKE_OUT if isinstance(label, Argument) else REMOVE)


def _role(problem: Problem, label: Label, layer: Layer) -> Repair:
    is_missing = problem.code == "role_missing"
    name = marked("Fill the role") if is_missing else marked("Choose among the fillers")
    return Repair(name, leads_to=ROLE, label=label.uid, about=problem.detail)


def _holder(problem: Problem, label: Label, layer: Layer) -> Repair | None:
    """Leave the name of an author out; who else holds a stance only a person can say."""
    if not isinstance(label, Stance) or label.holder.kind != "author":
        return None
    return changed(
        problem, label, replace(label, holder=AUTHOR), layer, marked("Make the paper its holder")
    )


# --- twins ---------------------------------------------------------------------------------------


def _twin(problem: Problem, label: Label, layer: Layer) -> Repair | None:
    """Remove the one of the twins with which least goes; of two alike, that of the greater uid."""
    twins = [label, *layer.labels.twins(label)]
    if isinstance(label, Stance) and not _say_the_same(twins):
        return None
    twins.sort(key=lambda one: (one.uid[1:], one.uid), reverse=True)

    def weight(one: Label) -> int:
        return len(going_with(layer, one.uid)) + bool(one.note or one.doubt)

    return removal(min(twins, key=weight), layer, marked("Remove the twin"))


def _say_the_same(twins: list[Label]) -> bool:
    """Whether stances have one value and one evidence, so that nothing is lost with any."""
    said = {(one.type, one.evidence) for one in twins if isinstance(one, Stance)}
    return len(said) == 1


_MENDS: Mapping[str, Mend] = {
    "inside_grapheme": mending.snapped,
    "bad_extent": mending.in_order,
    "empty_span": mending.without_empty,
    "out_of_text": mending.where_quoted,
    "quote_differs": mending.where_quoted,
    "bad_head": mending.without_head,
    "clitic_inside": mending.by_policy,
    "clitic_outside": mending.by_policy,
    "unknown_type": _other_type,
    "type_split": _one_of_split,
    "unknown_subtype": _without_subtype,
    "unknown_role": _other_place,
    "unknown_attribute": _without_attribute,
    "unknown_value": _known_value,
    "unknown_label": _without_filler,
    "bad_filler": _other_place,
    "bad_holder": _holder,
    "bad_values": _fit_values,
    "twin": _twin,
    "circle": _without_filler,
    "role_missing": _role,
    "too_many_fillers": _role,
}
"""The rest (unknown topics, targets and voices) is for a person to say, at its place."""
