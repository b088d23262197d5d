"""What is to be looked at in an article: its problems, questions and notes, in text order. Pure."""

from collections.abc import Callable, Iterable, Mapping

import msgspec

from annotator.core.checks import Problem
from annotator.core.errors import UserError
from annotator.core.labelschema import LabelSchema
from annotator.core.model import Argument, Label, Stance, extent_of, hull, points_to
from annotator.gui.canvas.saying import cut
from annotator.gui.models.naming import Naming, quote_of
from annotator.services.wording import sentence, word

_LAST = 1 << 40
_ABOUT_LABELS = frozenset({"unknown_label", "bad_filler", "bad_target", "bad_holder", "circle"})
"""Problems whose detail is the uid of a label."""
_ABOUT_ROLES = frozenset({"role_missing", "too_many_fillers", "unknown_role"})


class Finding(msgspec.Struct, frozen=True):
    """One thing to look at: `kind` is problem, question or note; `answer` the lead's.

    `uid` is the label, "" for what is of none; `place` where it lies, None without one.
    """

    kind: str
    uid: str
    place: tuple[int, int] | None
    quote: str
    sentence: str
    answer: str = ""
    problem: Problem | None = None


class Findings:
    """Makes findings of the labels in view."""

    def __init__(self, naming: Naming, labels: Mapping[str, Label]) -> None:
        self._naming, self._labels = naming, labels

    def of_problems(self, problems: Mapping[str, Iterable[Problem]]) -> list[Finding]:
        """Return the problems as findings."""
        return _in_order(self._problem(one) for found in problems.values() for one in found)

    def of_questions(self, answers: Mapping[str, str]) -> list[Finding]:
        """Return the questions to the lead, with her answers."""
        asked = (label for label in self._labels.values() if label.doubt)
        return _in_order(
            self._finding("question", label, label.doubt, answers.get(label.uid, ""))
            for label in asked
        )

    def of_notes(self) -> list[Finding]:
        """Return the notes."""
        noted = (label for label in self._labels.values() if label.note)
        return _in_order(self._finding("note", label, label.note) for label in noted)

    def _problem(self, problem: Problem) -> Finding:
        why = {"why": problem.kind} if problem.code == "twin" else {}
        detail = cut(self._detail(problem))
        trouble = UserError(problem.code, kind=problem.kind, detail=detail, **why)
        said = sentence(trouble, self._naming.language)
        label = self._labels.get(problem.uid)
        if label is None:
            about = detail or word(problem.kind, self._naming.language)
            return Finding("problem", problem.uid, None, about, said, problem=problem)
        place, quote = self._place(label), self._quote(label)
        return Finding("problem", label.uid, place, quote, said, problem=problem)

    def _finding(self, kind: str, label: Label, said: str, answer: str = "") -> Finding:
        return Finding(kind, label.uid, self._place(label), self._quote(label), said, answer)

    def _detail(self, problem: Problem) -> str:
        """Return the detail in words: the name of a role, a type or a topic, or a quote."""
        label, detail = self._labels.get(problem.uid), problem.detail
        schema = self._naming.schema
        if problem.code in _ABOUT_LABELS and detail in self._labels:
            return quote_of(self._labels[detail]) or detail
        if problem.code in _ABOUT_ROLES and label is not None:
            event = self._labels.get(label.event) if isinstance(label, Argument) else label
            return self._naming.role(event.type, detail) if event else detail
        if problem.code == "topic_unjudged":
            return str(getattr(schema.topic_names.get(detail), self._naming.language.code, detail))
        if problem.code == "twin" and label is not None:
            return self._type_name(schema, label)
        if problem.code == "type_split" and label is not None:
            return self._naming.choices_of(label)
        return detail

    def _type_name(self, schema: LabelSchema, label: Label) -> str:
        if isinstance(label, Argument):
            return self._naming.role_of(label, self._labels)
        return self._naming.type_of(label)

    def _pointed(self, label: Label) -> Label | None:
        """Return the label that one without a place is about: of a filler the filler."""
        order = reversed(points_to(label)) if isinstance(label, Argument) else points_to(label)
        return next((self._labels[uid] for uid in order if uid in self._labels), None)

    def _place(self, label: Label) -> tuple[int, int] | None:
        at = self._nearest(label)
        return hull(extent_of(at)) if at else None

    def _quote(self, label: Label) -> str:
        at = self._nearest(label)
        if at is not None:
            return quote_of(at)
        if isinstance(label, Stance):
            return self._naming.party(label.target, self._labels)
        return self._type_name(self._naming.schema, label)

    def _nearest(self, label: Label) -> Label | None:
        found: Label | None = label
        for _ in range(_DEEPEST):
            if found is None or extent_of(found):
                break
            found = self._pointed(found)
        return found if found and extent_of(found) else None


_DEEPEST = 8


def _in_order(found: Iterable[Finding]) -> list[Finding]:
    place: Callable[[Finding], tuple[int, int]] = lambda one: one.place or (_LAST, 0)  # noqa: E731
    return sorted(found, key=lambda one: (*place(one), one.uid))
