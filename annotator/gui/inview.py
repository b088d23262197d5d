"""The labels of an article as they are shown: those in the file, and what is not yet there."""

from collections.abc import Mapping

from annotator.core.checks import Problem
from annotator.core.labelschema import LabelSchema
from annotator.core.layerproblems import layer_labels
from annotator.core.model import Argument, Label, extent_of, hull, points_to
from annotator.core.reading import LayerLabels
from annotator.gui.intents import Intent

Problems = dict[str, list[Problem]]
"""What is wrong, by the uid of the label; under "" what is wrong with no label."""


class InView:
    """What is in the file, what waits to be written, and what could not be written. No Qt."""

    schema: LabelSchema
    in_file: LayerLabels
    problems: Problems
    waiting: list[Intent]
    unsaved: list[Intent]

    def nothing_in_view(self) -> None:
        """Begin with no label."""
        self.in_file, self.problems = LayerLabels(), {}
        self.waiting, self.unsaved = [], []

    @property
    def labels(self) -> Mapping[str, Label]:
        """The labels that are in the file, by uid."""
        return self.in_file.by_uid

    @property
    def has_waiting(self) -> bool:
        """Whether anything waits to be written."""
        return bool(self.waiting)

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
        return any(uid == label.uid for intent in self.waiting for label in intent.shown)

    def is_unsaved(self, uid: str) -> bool:
        """Whether the label as it is shown could not be written."""
        return any(uid == label.uid for intent in self.unsaved for label in intent.shown)

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
