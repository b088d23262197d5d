"""The labels of an article as they are shown: those in the file, and what is not yet there."""

from collections.abc import Mapping

from annotator.core.checks import Problem
from annotator.core.labelschema import LabelSchema
from annotator.core.layerproblems import layer_labels
from annotator.core.model import Argument, Label, Layer, extent_of, hull, points_to
from annotator.core.reading import LayerLabels
from annotator.gui.intents import Intent
from annotator.services.reading import Reading

Problems = dict[str, list[Problem]]
"""What is wrong, by the uid of the label; under "" what is wrong with no label."""


class InView:
    """What is in the file, what waits to be written, and what could not be written. No Qt."""

    schema: LabelSchema
    reading: Reading | None
    in_file: LayerLabels
    problems: Problems
    waiting: list[Intent]
    unsaved: list[Intent]
    elsewhere: dict[Layer, list[Intent]]
    is_riding_out: bool
    """Whether what could not be written will be in a moment, as far as is known."""

    def nothing_in_view(self) -> None:
        """Begin with no label."""
        self.in_file, self.problems = LayerLabels(), {}
        self.waiting, self.unsaved, self.elsewhere = [], [], {}
        self.is_riding_out = False

    @property
    def layer(self) -> Layer | None:
        """The layer in view."""
        return self.reading.layer if self.reading else None

    @property
    def status(self) -> str:
        """The status of the layer in view; empty where no article is."""
        return self.reading.layer.status if self.reading else ""

    @property
    def is_closed(self) -> bool:
        """Whether no label may be changed: there is no article, or it is done."""
        return self.status in ("", "done")

    @property
    def labels(self) -> Mapping[str, Label]:
        """The labels that are in the file, by uid."""
        return self.in_file.by_uid

    @property
    def has_waiting(self) -> bool:
        """Whether anything waits to be written."""
        return bool(self.waiting)

    # --- what could not be written ---

    @property
    def has_unsaved(self) -> bool:
        """Whether anything could not be written, in view or in articles that were left."""
        return bool(self.unsaved or self.elsewhere)

    def all_unsaved(self) -> list[tuple[Layer, list[Intent]]]:
        """Return what could not be written, layer by layer; of the layer in view last."""
        here = [(self.layer, self.unsaved)] if self.layer is not None and self.unsaved else []
        return [*self.elsewhere.items(), *here]

    def rests_on_unsaved(self, intent: Intent) -> bool:
        """Whether `intent` is about a label that could not be written, or about all of them."""
        made = {label.uid for one in self.unsaved for label in one.shown}
        is_of_all = bool(self.unsaved) and intent.name == "set_status"
        return is_of_all or not made.isdisjoint(intent.needed)

    def leave(self, layer: Layer | None) -> None:
        """Keep what could not be written in `layer`, which is in view no longer."""
        if layer is not None and self.unsaved:
            self.elsewhere[_named(layer)] = self.unsaved
        self.unsaved = []

    def come_to(self, layer: Layer | None) -> None:
        """Have in view again what could not be written in `layer`."""
        self.unsaved = self.elsewhere.pop(_named(layer), []) if layer else []

    def name_anew(self, names: dict[str, str]) -> None:
        """Let what is still to be written speak of labels by the uids that the file has given."""
        self.waiting = [intent.under(names) for intent in self.waiting]
        self.unsaved = [intent.under(names) for intent in self.unsaved]

    # --- labels ---

    def label(self, uid: str) -> Label | None:
        """Return the label `uid`, pending ones as they will be."""
        for intent in reversed(self.unsaved + self.waiting):
            if uid in intent.removed:
                return None
            for label in intent.shown:
                if label.uid == uid:
                    return label
        return self.labels.get(uid)

    def shown_labels(self) -> Mapping[str, Label]:
        """Return the labels as they are shown: those in the file, changed by what is pending."""
        waiting = self.unsaved + self.waiting
        if not waiting:
            return self.labels
        shown = dict(self.labels)
        for intent in waiting:
            shown.update((label.uid, label) for label in intent.shown)
            for uid in intent.removed:
                shown.pop(uid, None)
        return shown

    def as_shown(self) -> LayerLabels:
        """Return the labels as they are shown, as checks ask for them."""
        if not self.unsaved and not self.waiting:
            return self.in_file
        return layer_labels(self.schema, self.shown_labels().values())

    def pointing_to(self, uid: str) -> list[Label]:
        """Return the labels, as they are shown, that do not stand without the label `uid`."""
        found = {label.uid: label for label in self.in_file.pointing_to(uid)}
        for intent in self.unsaved + self.waiting:
            for label in intent.shown:
                if uid in points_to(label):
                    found[label.uid] = label
                else:
                    found.pop(label.uid, None)
            for gone in intent.removed:
                found.pop(gone, None)
        return list(found.values())

    def is_pending(self, uid: str) -> bool:
        """Whether the label as it is shown is not in the file yet, but will be in a moment."""
        coming = self.unsaved + self.waiting if self.is_riding_out else self.waiting
        return any(uid == label.uid for intent in coming for label in intent.shown)

    def is_unsaved(self, uid: str) -> bool:
        """Whether the label as it is shown could not be written."""
        failed = () if self.is_riding_out else self.unsaved
        return any(uid == label.uid for intent in failed for label in intent.shown)

    def problems_of(self, uid: str) -> list[Problem]:
        """Return what is wrong with the label `uid`; with "" what is wrong with no label."""
        return self.problems.get(uid, [])

    def arguments_of(self, event: str) -> list[Argument]:
        """Return the arguments of the event `event` as shown, in the label schema's order."""
        found = [
            label
            for label in self.pointing_to(event)
            if isinstance(label, Argument) and label.event == event
        ]
        owner = self.label(event)
        roles = self.schema.role_order
        type_name = owner.type if owner else ""
        return sorted(found, key=lambda one: roles.get((type_name, one.type), len(roles)))

    def going_with(self, uid: str) -> list[Label]:
        """Return the labels that would go with the label `uid`, without it."""
        going: dict[str, Label] = {}
        todo = [uid]
        while todo:
            for label in self.pointing_to(todo.pop()):
                if label.uid not in going:
                    going[label.uid] = label
                    todo.append(label.uid)
        return list(going.values())

    def place_of(self, label: Label) -> tuple[int, int] | None:
        """Return where `label` lies; for what points to others, where the first of these lies."""
        if extent_of(label):
            return hull(extent_of(label))
        others = (self.label(uid) for uid in points_to(label))
        return next((hull(extent_of(one)) for one in others if one and extent_of(one)), None)


def _named(layer: Layer) -> Layer:
    """Return `layer` without what changes in it."""
    return Layer(layer.article, layer.annotator)
