"""Counting the problems of very many labels: what was found out about one holds for all alike.

Nearly all labels are entities, events and arguments with nothing wrong. Whether one like it breaks
the label schema is asked once; the others, and what points to events, are checked one by one.
"""

from collections.abc import Iterable, Sequence

from annotator.arabic.graphemes import is_boundary
from annotator.core import checks, places
from annotator.core.labelschema import LabelSchema
from annotator.core.layerproblems import layer_labels, problems_of_layer
from annotator.core.model import Argument, Entity, Event, Label

_Key = tuple[object, ...]


class ProblemCounter:
    """Counts the problems of layers by one label schema."""

    def __init__(self, schema: LabelSchema) -> None:
        self._schema = schema
        self._is_sound: dict[_Key, bool] = {}
        self._current: dict[str, str] = {}

    def n_problems(self, labels: Sequence[Label], text: str, status: str) -> int:
        """Return how many problems a layer has whose labels stand in `text`."""
        if self._schema.stance.every_topic or self._has_twins(labels):
            return sum(1 for _ in problems_of_layer(self._schema, labels, text, status))
        by_uid = {label.uid: label for label in labels}
        roles = _roles(labels)
        doubtful = [label for label in labels if not self._is_plain(label, by_uid, roles, text)]
        if not doubtful:
            return 0
        reading = layer_labels(self._schema, labels)
        found = (checks.problems_of(self._schema, reading, one, text) for one in doubtful)
        return sum(1 for some in found for _ in some)

    def _has_twins(self, labels: Sequence[Label]) -> bool:
        """Whether two entities, events or arguments may say the same thing in the same place."""
        said: list[_Key] = []
        for label in labels:
            if isinstance(label, Argument):
                said.append((label.event, label.type, label.filler))
            elif isinstance(label, Entity | Event):
                spans = tuple([span[:2] for span in label.extent])
                said.append((type(label), self._type(label.type), spans))
        return len(set(said)) < len(said)

    def _type(self, given: str) -> str:
        found = self._current.get(given)
        if found is None:
            found = self._current[given] = self._schema.current(given)
        return found

    def _is_plain(
        self, label: Label, by_uid: dict[str, Label], roles: dict[str, list[Argument]], text: str
    ) -> bool:
        """Whether a label alike was found to keep to the schema, and this one lies well."""
        near: tuple[Label, ...] = ()
        if isinstance(label, Entity):
            key: _Key = (label.type, label.subtype, label.attributes)
        elif isinstance(label, Argument):
            event, filler = by_uid.get(label.event), by_uid.get(label.filler)
            if not (isinstance(event, Event) and isinstance(filler, Entity)):
                return False
            near = (event, filler)
            key = (label.type, event.type, None, filler.type)
        elif isinstance(label, Event):
            near = tuple(roles.get(label.uid, ()))
            key = (None, label.type, label.attributes, *sorted([one.type for one in near]))
        else:
            return False
        is_sound = self._is_sound.get(key)
        if is_sound is None:
            is_sound = self._is_sound[key] = self._asked(label, near)
        return is_sound and _lies_well(label, text)

    def _asked(self, label: Label, near: tuple[Label, ...]) -> bool:
        """Whether `label` keeps to the schema, as far as the labels `near` it say."""
        reading = layer_labels(self._schema, (label, *near))
        return next(checks.problems_of(self._schema, reading, label), None) is None


def _roles(labels: Iterable[Label]) -> dict[str, list[Argument]]:
    found: dict[str, list[Argument]] = {}
    for label in labels:
        if isinstance(label, Argument):
            found.setdefault(label.event, []).append(label)
    return found


def _lies_well(label: Label, text: str) -> bool:
    """Whether the spans of a label that stands may be made in `text`."""
    if isinstance(label, Argument):
        return True
    extent = label.extent if isinstance(label, Entity | Event) else ()
    if len(extent) == 1 and not getattr(label, "head", ()):
        start, end, quote = extent[0]
        return is_boundary(text, start) and is_boundary(text, end) and not quote.isspace()
    return places.of_text(text, label) is None
