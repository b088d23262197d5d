"""The labels of an article as they are shown: those in the file, and what is not yet there."""

from annotator.core.checks import Problem
from annotator.core.labelschema import LabelSchema
from annotator.core.model import Argument, Label, extent_of, hull, points_to
from annotator.gui.intents import Intent

Problems = dict[str, list[Problem]]
"""What is wrong, by the uid of the label; under "" what is wrong with no label."""


class InView:
    """What is in the file, what waits to be written, and what could not be written. No Qt."""

    schema: LabelSchema
    labels: dict[str, Label]
    problems: Problems
    waiting: list[Intent]
    unsaved: list[Intent]

    def nothing_in_view(self) -> None:
        """Begin with no label."""
        self.labels, self.problems = {}, {}
        self.waiting, self.unsaved = [], []

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

    def shown_labels(self) -> dict[str, Label]:
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
            for label in self.shown_labels().values()
            if isinstance(label, Argument) and label.event == event
        ]
        owner = self.label(event)
        roles = self.schema.role_order
        type_name = owner.type if owner else ""
        return sorted(found, key=lambda one: roles.get((type_name, one.type), len(roles)))

    def going_with(self, uid: str) -> list[Label]:
        """Return the labels that would go with the label `uid`, without it."""
        shown = list(self.shown_labels().values())
        going: dict[str, Label] = {}
        todo = [uid]
        while todo:
            target = todo.pop()
            for label in shown:
                if target in points_to(label) and label.uid not in going:
                    going[label.uid] = label
                    todo.append(label.uid)
        return list(going.values())

    def place_of(self, label: Label) -> tuple[int, int] | None:
        """Return where `label` lies; for what points to others, where the first of these lies."""
        if extent_of(label):
            return hull(extent_of(label))
        others = (self.label(uid) for uid in points_to(label))
        return next((hull(extent_of(one)) for one in others if one and extent_of(one)), None)
