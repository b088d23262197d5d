"""Marks that a window has painted as saved, held against what its file says once it was killed."""

from collections.abc import Iterable, Mapping
from typing import Any

from annotator.core.model import Entity, Event, Label
from annotator.core.operations import Operation

Look = tuple[str, str, tuple[tuple[int, int], ...]]
"""What a mark shows of its label: entity or event, the type, and the spans."""


def look_of(label: Label) -> Look | None:
    """Return what the mark of a label shows; None where it has none of its own."""
    if not isinstance(label, Entity | Event):
        return None
    kind = "event" if isinstance(label, Event) else "entity"
    return kind, label.type, tuple(span[:2] for span in label.extent)


class ShownMarks:
    """What one window has told on its way: operations as saved, and marks as it painted them."""

    def __init__(self, known: Iterable[str]) -> None:
        """Begin with the operations (hashes) that were in the file before the window opened it."""
        self.n_painted = 0
        self._told = dict.fromkeys(known, 0)  # operations, by when they were told
        self._painted: dict[str, tuple[Look, int]] = {}  # as last painted, and when
        self._now = 0

    def take(self, answer: Mapping[str, Any]) -> list[str]:
        """Take what was told next; return the operations that it tells as saved."""
        self._now += 1
        names: list[str] = answer.get("ops", [])
        self._told.update(dict.fromkeys(names, self._now))
        for uid, kind, type_name, spans in answer.get("painted", ()):
            look = kind, type_name, tuple((start, end) for start, end in spans)
            self._painted[uid] = look, self._now
            self.n_painted += 1
        return names

    def gone(self, labels: Iterable[Label], operations: Iterable[Operation]) -> set[str]:
        """Return the labels (uids) that were painted as saved and are not so in the file.

        Where an operation of which nobody was told before that paint touched a label, it may look
        otherwise: the person went on, and was killed before she saw it.
        """
        there = {label.uid: look_of(label) for label in labels}
        last = {
            change.uid: self._told.get(one.hash, self._now + 1)
            for one in sorted(operations, key=lambda one: self._told.get(one.hash, self._now + 1))
            for change in one.changes
        }
        return {
            uid
            for uid, (look, when) in self._painted.items()
            if there.get(uid) != look and last.get(uid, 0) <= when
        }
