"""Counting the problems of very many labels: what was found out about one holds for all alike.

Nearly all labels are entities, events and arguments with nothing wrong. Whether one like it breaks
the label schema is asked once; the others, and what points to events, are checked one by one.
"""

from collections.abc import Iterable, Iterator, Sequence

from annotator.arabic import cliticpolicy
from annotator.arabic.graphemes import is_boundary
from annotator.core import checks, clitics, places
from annotator.core.labelschema import LabelSchema
from annotator.core.layerproblems import layer_labels, problems_of_layer
from annotator.core.model import Argument, Entity, Event, Label

_Key = tuple[object, ...]
_STAND_ALONE = " .،؛؟«»ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي"
_BETWEEN = frozenset([before + after for before in _STAND_ALONE for after in _STAND_ALONE])
"""Pairs of characters between which there always is a boundary."""


class _Layer:
    """The labels of a layer, kind by kind."""

    def __init__(self, labels: Iterable[Label]) -> None:
        self.entities: dict[str, Entity] = {}
        self.events: dict[str, Event] = {}
        self.arguments: list[Argument] = []
        self.others: list[Label] = []
        self.n_broken = 0
        """Labels that break the clitic policy, and are right else."""
        for label in labels:
            if isinstance(label, Entity):
                self.entities[label.uid] = label
            elif isinstance(label, Argument):
                self.arguments.append(label)
            elif isinstance(label, Event):
                self.events[label.uid] = label
            else:
                self.others.append(label)


class ProblemCounter:
    """Counts the problems of layers by one label schema."""

    def __init__(self, schema: LabelSchema) -> None:
        self._schema = schema
        self._is_sound: dict[_Key, bool] = {}

    def n_problems(self, labels: Sequence[Label], text: str, status: str) -> int:
        """Return how many problems a layer has whose labels stand in `text`."""
        layer = _Layer(labels)
        if self._schema.stance.every_topic or self._has_twins(layer):
            return sum(1 for _ in problems_of_layer(self._schema, labels, text, status))
        doubtful = [
            *self._doubtful_entities(layer, text),
            *self._doubtful_events(layer, text),
            *self._doubtful_arguments(layer),
            *layer.others,
        ]
        if not doubtful:
            return layer.n_broken
        reading = layer_labels(self._schema, labels)
        found = (checks.problems_of(self._schema, reading, one, text) for one in doubtful)
        return layer.n_broken + sum(1 for some in found for _ in some)

    def _has_twins(self, layer: _Layer) -> bool:
        """Whether two entities, events or arguments say the same thing in the same place."""
        current = self._schema.current
        for mentions in (layer.entities, layer.events):
            said = {(current(one.type), one.extent) for one in mentions.values()}
            if len(said) < len(mentions):
                return True
        fillings = {(one.event, one.type, one.filler) for one in layer.arguments}
        return len(fillings) < len(layer.arguments)

    def _doubtful_entities(self, layer: _Layer, text: str) -> Iterator[Label]:
        """Yield those of which none alike was found to keep to the schema, or that lie ill."""
        is_sound = self._is_sound
        for one in layer.entities.values():
            key = (one.type, one.subtype, one.attributes)
            is_plain = is_sound.get(key) or self._asked(key, one)
            if not (is_plain and _lies_well(one, text)):
                yield one
            elif not self._keeps_policy(one, text):
                layer.n_broken += 1

    def _doubtful_events(self, layer: _Layer, text: str) -> Iterator[Label]:
        near: dict[str, list[Argument]] = {uid: [] for uid in layer.events}
        for argument in layer.arguments:
            near.setdefault(argument.event, []).append(argument)
        for uid, one in layer.events.items():
            roles = sorted([argument.type for argument in near[uid]])
            key = (None, one.type, one.attributes, *roles)
            is_plain = self._is_sound.get(key) or self._asked(key, one, *near[uid])
            if not (is_plain and _lies_well(one, text)):
                yield one
            elif not self._keeps_policy(one, text):
                layer.n_broken += 1

    def _doubtful_arguments(self, layer: _Layer) -> Iterator[Label]:
        is_sound, entities, events = self._is_sound, layer.entities, layer.events
        for one in layer.arguments:
            event, filler = events.get(one.event), entities.get(one.filler)
            if event is None or filler is None:
                yield one
                continue
            key = (one.type, event.type, None, filler.type)
            if not (is_sound.get(key) or self._asked(key, one, event, filler)):
                yield one

    def _asked(self, key: _Key, label: Label, *near: Label) -> bool:
        """Whether labels alike keep to the schema, as far as the labels `near` one say."""
        is_sound = self._is_sound.get(key)
        if is_sound is None:
            reading = layer_labels(self._schema, (label, *near))
            is_sound = next(checks.problems_of(self._schema, reading, label), None) is None
            self._is_sound[key] = is_sound
        return is_sound

    def _keeps_policy(self, label: Entity | Event, text: str) -> bool:
        """Whether a label whose spans lie well keeps to the clitic policy."""
        keeps, policy = cliticpolicy.keeps, self._schema.clitics
        first, *more = label.extent
        if keeps(policy, text, first.start, first.end) and (
            not more or all(keeps(policy, text, one.start, one.end) for one in more)
        ):
            return True
        return clitics.fault_of(policy, text, label) is None  # or it was said to be right


def _lies_well(label: Entity | Event, text: str) -> bool:
    """Whether the spans of a label that stands may be made in `text`."""
    extent = label.extent
    if len(extent) > 1 or (isinstance(label, Entity) and label.head):
        return places.of_text(text, label) is None
    start, end, quote = extent[0]
    return (
        (text[start - 1 : start + 1] in _BETWEEN or is_boundary(text, start))
        and (text[end - 1 : end + 1] in _BETWEEN or is_boundary(text, end))
        and not quote.isspace()
    )
