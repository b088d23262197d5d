"""Under the card in hand: what is wrong with it and how that is mended, and the open question."""

from collections.abc import Mapping

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.core.checks import Problem
from annotator.core.errors import UserError
from annotator.core.model import Argument, Event, Label
from annotator.gui.actions import BY_ID
from annotator.gui.look import Look
from annotator.gui.models.mending import IS_RIGHT, Layer, Repair
from annotator.gui.models.naming import Naming, quote_of
from annotator.gui.models.repairs import repair_of
from annotator.gui.panels.choicerow import ChoiceRow
from annotator.gui.panels.part import Part
from annotator.gui.session import Session
from annotator.gui.slots import slots_of
from annotator.gui.widgets.literal import literal
from annotator.gui.widgets.strip import Strip, StripText
from annotator.gui.widgets.words import Words
from annotator.services.wording import sentence

_MOST = 5


class Trouble(msgspec.Struct, frozen=True):
    """A problem with its sentence and what mends it; `choices` are names to choose between.

    Where `can_stay` a person may say that it is right as it is.
    """

    problem: Problem
    said: str
    text: StripText
    choices: tuple[str, ...] = ()
    can_stay: bool = False


class HandStrips(Part):
    """The problems of the label in hand, and its question to the lead with the answer."""

    led_to = Signal(object)  # Repair: a person has to go on from there
    action_asked = Signal(str)

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__(8)
        self._look, self._session = look, session

    @property
    def _naming(self) -> Naming:
        schema = self._session.schema
        return Naming(self._look.language, schema, slots_of(schema.entities))

    def show_of(self, uid: str) -> None:
        """Show what there is to say about the label `uid`."""
        label = self._session.label(uid)
        troubles = tuple(self._troubles(label)) if label else ()
        doubt = self._doubt(label) if label else ()
        closed = self._session.is_closed

        def build(column: QVBoxLayout) -> None:
            for trouble in troubles[:_MOST]:
                column.addWidget(self._problem_strip(trouble))
            for text in doubt:
                column.addWidget(self._question_strip(text))

        self.show_value((troubles, doubt, closed) if troubles or doubt else None, build)

    # --- problems ---

    def problems(self, label: Label) -> list[Problem]:
        """Return the problems of a label, of an event those of its arguments too."""
        found = list(self._session.problems_of(label.uid))
        if isinstance(label, Event):
            for argument in self._session.arguments_of(label.uid):
                found += self._session.problems_of(argument.uid)
        return found

    def repair(self, problem: Problem) -> Repair | None:
        """Return what mends `problem`, or where a person goes on from."""
        reading = self._session.reading
        if reading is None or self._session.is_closed:
            return None
        session = self._session
        layer = Layer(session.schema, session.intents, session.as_shown(), reading.text)
        return repair_of(problem, layer)

    def mend(self, problem: Problem) -> None:
        """Mend `problem`, or lead to where that is done."""
        repair = self.repair(problem)
        if repair is None:
            return
        if repair.intent is not None:
            self._session.do(repair.intent)
        else:
            self.led_to.emit(repair)

    def mend_first(self) -> bool:
        """Mend the first problem that is shown; return whether there was one."""
        label = self._session.label(self._session.hand)
        found = self.problems(label) if label else []
        if found:
            self.mend(found[0])
        return bool(found)

    def _troubles(self, label: Label) -> list[Trouble]:
        key = BY_ID["repair"].keys[0].replace("+", " ")
        found = []
        for n, problem in enumerate(self.problems(label)):
            repair = self.repair(problem)
            choices = repair.choices if repair else ()
            names = tuple(self._naming.type_called(problem.kind, one.about) for one in choices)
            act = self._look.language.text(repair.name) if repair and not choices else ""
            caps = (key, "") if repair and n == 0 else ("", "")
            text = StripText(self._quote(problem), act=act, key=caps)
            can_stay = repair is not None and repair.leave is not None
            said = self._sentence(problem, label)
            found.append(Trouble(problem, said, text, names, can_stay))
        return found

    def _quote(self, problem: Problem) -> str:
        label = self._session.label(problem.uid)
        if isinstance(label, Argument):
            label = self._session.label(label.filler)
        return (quote_of(label) if label else "") or self._look.language.text("Problem")

    def _sentence(self, problem: Problem, label: Label) -> str:
        """Return what is wrong; labels are named by their quotes, roles by their names."""
        event_type = label.type if isinstance(label, Event) else ""
        detail = _named_detail(problem, event_type, self._naming, self._session.shown_labels())
        why = {"why": problem.kind} if problem.code == "twin" else {}
        trouble = UserError(problem.code, kind=problem.kind, detail=literal(detail), **why)
        return sentence(trouble, self._look.language)

    def _problem_strip(self, trouble: Trouble) -> QWidget:
        strip = Strip(self._look, "problem", trouble.text)
        strip.setObjectName(f"problem:{trouble.problem.code}")
        strip.acted.connect(lambda: self.mend(trouble.problem))
        # a sentence of ours around text from people: it runs as the interface does
        strip.parts.addWidget(Words(self._look, trouble.said, "error", wraps=True))
        if trouble.can_stay:
            strip.offer_to_leave(self._look.language.text(IS_RIGHT))
            strip.left.connect(lambda: self._leave(trouble.problem))
        if trouble.choices:
            row = ChoiceRow(self._look, trouble.choices)
            row.chosen.connect(lambda n: self._choose(trouble.problem, n))
            strip.parts.addWidget(row)
        return strip

    def _leave(self, problem: Problem) -> None:
        """Leave it as it is: a person says that it is right."""
        repair = self.repair(problem)
        if repair is not None and repair.leave is not None:
            self._session.do(repair.leave)

    def _choose(self, problem: Problem, n: int) -> None:
        """Mend with the choice `n`."""
        repair = self.repair(problem)
        chosen = repair.choices[n] if repair and n < len(repair.choices) else None
        if chosen is not None and chosen.intent is not None:
            self._session.do(chosen.intent)

    # --- the question to the lead ---

    def _doubt(self, label: Label) -> tuple[StripText, ...]:
        if not label.doubt:
            return ()
        say = self._look.language
        answer = self._session.doubt_answers.get(label.uid, "")
        act = "" if self._session.is_closed else say.text("Change")
        about = quote_of(label) or self._naming.type_of(label)
        asked = StripText(about, label.doubt, say.text("Question to the lead"), act)
        if not answer:
            return (asked,)
        return asked, StripText(about, answer, say.text("Answer of the lead"))

    def _question_strip(self, text: StripText) -> QWidget:
        strip = Strip(self._look, "question", text)
        strip.acted.connect(lambda: self.action_asked.emit("doubt"))
        return strip


def _named_detail(
    problem: Problem, event_type: str, naming: Naming, labels: Mapping[str, Label]
) -> str:
    """Return the detail of a problem as people know it."""
    label = labels.get(problem.detail)
    if label is not None:
        return quote_of(label) or naming.type_of(label)
    if problem.code in ("role_missing", "too_many_fillers"):
        return naming.role(event_type, problem.detail)
    if problem.code == "type_split" and problem.uid in labels:
        return naming.choices_of(labels[problem.uid])
    return problem.detail
