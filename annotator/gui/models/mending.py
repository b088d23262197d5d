"""How problems are mended: the values, and the ways that move or remove a label. No Qt.

Which way fits which code is the table in `repairs`.
"""

from collections.abc import Callable, Iterable

import msgspec

from annotator.arabic.graphemes import snap_outward
from annotator.core import checks, clitics, places
from annotator.core.checks import Problem
from annotator.core.labelschema import LabelSchema
from annotator.core.model import (
    Entity,
    Event,
    Extent,
    Label,
    Stance,
    extent_at,
    extent_of,
    replace,
)
from annotator.core.reading import LayerLabels
from annotator.gui.intents import Intent, Intents
from annotator.i18n import marked

GO = "go"
"""Where a repair leads when a person decides there: to the label,"""
TYPE, ROLE, TOPIC, ANSWER = "type", "role", "topic", "answer"
"""to choosing a type, to filling a role, to judging a topic, to the questions of the article,"""
CHOICE = "choice"
"""to one of the repairs that are its choices."""
REMOVE = marked("Remove label")
GO_THERE = marked("Go there")
LEAVE_LETTERS_OUT = marked("Leave the attached letters out")
TAKE_LETTERS_IN = marked("Take the attached letters in")
IS_RIGHT = marked("It is right so")


class Repair(msgspec.Struct, frozen=True):
    """How a problem is mended: `name` stands on the button.

    With an `intent` it is done at once; else `leads_to` says where a person goes on from, with the
    `label` and, for a role or a topic, its id in `about`. Of `choices` she picks one: each has an
    intent, and what it chooses in `about`. `leave` is what says that nothing is to be mended.
    """

    name: str
    intent: Intent | None = None
    leads_to: str = GO
    label: str = ""
    about: str = ""
    choices: tuple["Repair", ...] = ()
    leave: Intent | None = None


class Layer(msgspec.Struct, frozen=True):
    """The layer that is mended, as far as repairs look at it."""

    schema: LabelSchema
    intents: Intents
    labels: LayerLabels
    text: str


Mend = Callable[[Problem, Label, Layer], Repair | None]


def going_with(layer: Layer, uid: str) -> tuple[str, ...]:
    """Return the uids of what would go with the label `uid`, without it."""
    going, todo = dict[str, None](), [uid]
    while todo:
        pointing = layer.labels.pointing_to(todo.pop())
        found = [one.uid for one in pointing if one.uid not in going]
        going |= dict.fromkeys(found)
        todo += found
    return tuple(going)


def removal(label: Label, layer: Layer, name: str = REMOVE) -> Repair:
    """Return the repair that removes `label` and what goes with it."""
    with_it = going_with(layer, label.uid)
    return Repair(name, layer.intents.remove(label.uid, with_it), label=label.uid)


def changed(
    problem: Problem, before: Label, after: Label, layer: Layer, name: str
) -> Repair | None:
    """Return the repair that writes `after`; where that would be a twin, the removal of one.

    None where it may not be written, or the problem would stay.
    """
    trouble = checks.of_new(layer.schema, layer.labels, after, before)
    if trouble is not None:
        return removal(before, layer) if trouble.code == "twin" else None
    if problem in checks.problems_of(layer.schema, layer.labels, after, layer.text):
        return None
    if _is_moved(before, after) and places.of_text(layer.text, after) is not None:
        return None
    return Repair(name, layer.intents.change(after), label=before.uid)


def _is_moved(before: Label, after: Label) -> bool:
    head, was = getattr(after, "head", ()), getattr(before, "head", ())
    return (extent_of(before), was) != (extent_of(after), head)


def _with_extent(label: Label, extent: Extent) -> Label:
    if isinstance(label, Stance):
        return replace(label, evidence=extent)
    return replace(label, extent=extent) if isinstance(label, Entity | Event) else label


def snapped(problem: Problem, label: Label, layer: Layer) -> Repair | None:
    """Take in the whole of each letter that the spans or the head cut."""
    mended = _with_extent(label, _outward(layer.text, extent_of(label)))
    if isinstance(mended, Entity) and mended.head:
        mended = replace(mended, head=_outward(layer.text, mended.head))
    return changed(problem, label, mended, layer, marked("Take the marks in"))


def _outward(text: str, extent: Extent) -> Extent:
    return extent_at(text, _apart([snap_outward(text, start, end) for start, end, _ in extent]))


def in_order(problem: Problem, label: Label, layer: Layer) -> Repair | None:
    """Put the spans in the order of the text; those that meet become one."""
    spans = _apart([(start, end) for start, end, _ in extent_of(label)])
    mended = _with_extent(label, extent_at(layer.text, spans))
    return changed(problem, label, mended, layer, marked("Put the spans in order"))


def _apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return `spans` in the order of the text, those that meet as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def without_empty(problem: Problem, label: Label, layer: Layer) -> Repair | None:
    """Leave out the spans that hold nothing, and the label where all do."""
    full = [(start, end) for start, end, quote in extent_of(label) if quote.strip()]
    if not full and not isinstance(label, Stance):
        return removal(label, layer)
    mended = _with_extent(label, extent_at(layer.text, full))
    return changed(problem, label, mended, layer, marked("Leave the white space out"))


def where_quoted(problem: Problem, label: Label, layer: Layer) -> Repair | None:
    """Move each span to the nearest place where its quote stands; without one remove the label."""
    spans = [_nearest(layer.text, quote, start) for start, _, quote in extent_of(label)]
    if any(start < 0 for start, _ in spans):
        return removal(label, layer)
    mended = _with_extent(label, extent_at(layer.text, _apart(spans)))
    return changed(problem, label, mended, layer, marked("Move it to its quote"))


def _nearest(text: str, quote: str, start: int) -> tuple[int, int]:
    before, after = text.rfind(quote, 0, start + len(quote)), text.find(quote, start)
    found = [place for place in (before, after) if place >= 0]
    best = min(found, key=lambda place: abs(place - start), default=-1)
    return best, best + len(quote)


def without_head(problem: Problem, label: Label, layer: Layer) -> Repair | None:
    """Leave the head out."""
    mended = replace(label, head=()) if isinstance(label, Entity) else label
    return changed(problem, label, mended, layer, marked("Leave the head out"))


def by_policy(problem: Problem, label: Label, layer: Layer) -> Repair | None:
    """Leave attached letters out of the label, or take them in, as the label schema says."""
    mended = clitics.mended(layer.schema.clitics, layer.text, label)
    is_inside = problem.code == clitics.INSIDE
    name = LEAVE_LETTERS_OUT if is_inside else TAKE_LETTERS_IN
    found = changed(problem, label, mended, layer, name) or Repair(GO_THERE, label=label.uid)
    right = clitics.said_right(layer.schema.clitics, layer.text, label)
    return replace(found, leave=layer.intents.change(right))
