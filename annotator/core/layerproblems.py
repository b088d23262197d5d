"""What is wrong in a layer, as a whole and kept while its labels come and go."""

from collections.abc import Iterable, Iterator, Mapping

from annotator.core import checks
from annotator.core.checks import Problem
from annotator.core.labelschema import LabelSchema
from annotator.core.model import Argument, Label, Stance
from annotator.core.reading import LayerLabels


def layer_labels(schema: LabelSchema, labels: Iterable[Label]) -> LayerLabels:
    """Return `labels` as checks by `schema` ask for them."""
    symmetric = [item.id for item in schema.relations if item.symmetric]
    return LayerLabels(labels, symmetric, schema.current)


def problems_of_layer(
    schema: LabelSchema, labels: Iterable[Label], text: str, status: str
) -> Iterator[Problem]:
    """Yield the problems of a layer: of its labels, and of topics not judged though it is done."""
    reading = layer_labels(schema, labels)
    for label in reading:
        yield from checks.problems_of(schema, reading, label, text)
    yield from _unjudged(schema, reading, status)


def _unjudged(schema: LabelSchema, labels: Iterable[Label], status: str) -> Iterator[Problem]:
    if schema.stance.every_topic and status == "done":
        judged = {label.target.ref for label in labels if isinstance(label, Stance)}
        for topic in schema.topics:
            if topic.id not in judged:
                yield Problem("topic_unjudged", "", "topic", topic.id)


def concerned_by(reading: LayerLabels, label: Label) -> set[str]:
    """Return the uids of the labels whose problems may differ with `label` and without it.

    Besides itself these are its twins, what points to it, and for an argument its event and every
    argument from which that event can be reached: it may close a circle.
    """
    found = {label.uid}
    found.update(twin.uid for twin in reading.twins(label))
    found.update(other.uid for other in reading.pointing_to(label.uid))
    if isinstance(label, Argument):
        found |= {label.event, *_leading_to(reading, label.event)}
    return found


def _leading_to(reading: LayerLabels, event: str) -> Iterator[str]:
    """Yield the arguments from which `event` can be reached, filler by filler."""
    seen, todo = {event}, [event]
    while todo:
        reached = todo.pop()
        for one in reading.pointing_to(reached):
            if isinstance(one, Argument) and one.filler == reached:
                yield one.uid
                if one.event not in seen:
                    seen.add(one.event)
                    todo.append(one.event)


class LayerProblems:
    """The problems of a layer's labels: only what a change concerns is checked again."""

    def __init__(self, schema: LabelSchema, labels: LayerLabels, text: str) -> None:
        self._schema, self._labels, self._text = schema, labels, text
        self._found: dict[str, list[Problem]] = {}
        self._due = dict.fromkeys(labels.by_uid)

    @property
    def is_due(self) -> bool:
        """Whether something is still to be checked."""
        return bool(self._due)

    def change(self, changed: Mapping[str, Label | None]) -> None:
        """Take `changed` over into the labels, None for what is gone; `check` looks at it later."""
        for uid, after in changed.items():
            before = self._labels.label(uid)
            if before is not None:
                self._concern(before)
            if after is None:
                self._labels.drop(uid)
            else:
                self._labels.put(after)
                self._concern(after)

    def _concern(self, label: Label) -> None:
        self._due |= dict.fromkeys(concerned_by(self._labels, label))

    def check(self, at_most: int = 0) -> None:
        """Check what is due, no more than `at_most` labels unless that is 0."""
        uids = list(self._due)[: at_most or None]
        for uid in uids:
            del self._due[uid]
            label = self._labels.label(uid)
            problems = list(self._problems_of(label)) if label is not None else []
            if problems:
                self._found[uid] = problems
            else:
                self._found.pop(uid, None)

    def _problems_of(self, label: Label) -> Iterator[Problem]:
        return checks.problems_of(self._schema, self._labels, label, self._text)

    def found(self, status: str) -> dict[str, list[Problem]]:
        """Return what was found, by uid; under "" what is wrong with no label in this status."""
        of_layer = list(_unjudged(self._schema, self._labels, status))
        return {**self._found, "": of_layer} if of_layer else dict(self._found)
