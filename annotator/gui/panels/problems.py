"""Problems of the article with their repairs, questions to the lead, and notes."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from annotator.gui.dressing import direction_of
from annotator.gui.look import Look
from annotator.gui.models.findings import Finding, Findings
from annotator.gui.models.mending import Layer, Repair
from annotator.gui.models.naming import Naming
from annotator.gui.models.repairs import repair_of
from annotator.gui.panels.findingstrip import FindingStrip
from annotator.gui.panels.part import clear
from annotator.gui.session import Session
from annotator.gui.slots import slots_of
from annotator.gui.widgets.empty import Empty
from annotator.gui.widgets.words import Words

_AT_ONCE = 30
"""Strips of one sort that are built; the next ones come when these are done."""


class ProblemsPanel(QWidget):
    """Strips in the order of the text. One problem is current: F4 goes on, Ctrl+M mends it."""

    label_asked = Signal(str)
    place_asked = Signal(int, int)
    action_asked = Signal(str)
    role_asked = Signal(str, str)  # event, role: a person fills it
    type_asked = Signal(str)  # label: a person chooses another type for it
    topic_asked = Signal(str)  # topic: a person judges it
    counted = Signal(int, int)  # problems, questions that are not answered

    def __init__(self, look: Look, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._session = look, session
        self.problems: list[Finding] = []
        self.questions: list[Finding] = []
        self.notes: list[Finding] = []
        self._told: list[object] = []
        self._current: Finding | None = None
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._show)
        self._column = QVBoxLayout()
        self._put_together()
        session.problems_changed.connect(self._later.start)
        session.article_shown.connect(self._later.start)
        session.status_changed.connect(self._later.start)
        session.labels_changed.connect(self._on_labels_changed)
        self._show()

    def _put_together(self) -> None:
        page = QWidget()
        page.setLayoutDirection(direction_of(self._look))
        page.setLayout(self._column)
        self._column.setContentsMargins(12, 8, 12, 12)
        self._column.setSpacing(8)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        self._area = area
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    @property
    def _naming(self) -> Naming:
        """Names by the label schema that is in force now."""
        schema = self._session.schema
        return Naming(self._look.language, schema, slots_of(schema.entities))

    @property
    def strips(self) -> list[FindingStrip]:
        """The strips that are shown, in their order."""
        items = (self._column.itemAt(at) for at in range(self._column.count()))
        widgets = (item.widget() for item in items if item)
        return [widget for widget in widgets if isinstance(widget, FindingStrip)]

    # --- what is shown ---

    def _on_labels_changed(self, uids: set[str]) -> None:
        """Follow notes and questions; problems come with their own signal."""
        label_of = self._session.label
        told = {one.uid for one in (*self.problems, *self.questions, *self.notes)}
        is_told = any((found := label_of(uid)) and (found.doubt or found.note) for uid in uids)
        if is_told or told & uids:
            self._later.start()

    def _show(self) -> None:
        session = self._session
        findings = Findings(self._naming, session.labels)
        self.problems = findings.of_problems(session.problems)
        self.questions = findings.of_questions(session.doubt_answers)
        self.notes = findings.of_notes()
        told: list[object] = [self.problems, self.questions, self.notes, session.status]
        if told != self._told:
            self._told = told
            self._build()
        open_questions = [one for one in self.questions if not one.answer]
        self.counted.emit(len(self.problems), len(open_questions))

    def _build(self) -> None:
        choosing = next((one.finding for one in self.strips if one.choices.has_focus), None)
        self._fill()
        if choosing is not None:
            self._choose_on(choosing)

    def _fill(self) -> None:
        clear(self._column)
        text = self._look.language.text
        self._add(text("Problems"), self._from_current(), len(self.problems))
        self._add(text("Questions to the lead"), self.questions, len(self.questions))
        self._add(text("Notes"), self.notes, len(self.notes))
        if not (self.problems or self.questions or self.notes):
            has_article = self._session.reading is not None
            nothing = text("No problems, questions or notes here")
            chosen = text("Choose an article from the list")
            self._column.addWidget(Empty(self._look, nothing if has_article else chosen), 1)
        else:
            self._column.addStretch(1)

    def _from_current(self) -> list[Finding]:
        """Return the problems of the stretch in which the current one stands."""
        first = self._place_of_current() // _AT_ONCE * _AT_ONCE
        return self.problems[max(first, 0) :]

    def _add(self, name: str, found: Sequence[Finding], n: int) -> None:
        if not n:
            return
        self._column.addWidget(Words(self._look, f"{name} {n}", "head"))
        layer = self._layer()
        for one in found[:_AT_ONCE]:
            self._column.addWidget(self._strip(one, layer))
        rest = len(found) - _AT_ONCE
        if rest > 0:
            said = self._look.language.plural("{n} more after these", "{n} more after these", rest)
            self._column.addWidget(Words(self._look, said, "hint"))

    def _strip(self, finding: Finding, layer: Layer) -> FindingStrip:
        repair = self._repair(finding, layer)
        is_current = finding.problem is not None and finding.problem == self._problem_now()
        choices = self._names(finding, repair)
        strip = FindingStrip(self._look, finding, repair, choices, is_current=is_current)
        strip.acted.connect(lambda: self._mend(finding))
        strip.left.connect(lambda: self._leave(finding))
        strip.asked.connect(lambda: self._go(finding))
        strip.chosen.connect(lambda n: self._choose(finding, n))
        return strip

    def _names(self, finding: Finding, repair: Repair | None) -> list[str]:
        """Return what is called what a person has to choose between."""
        if repair is None or finding.problem is None:
            return []
        naming, kind = self._naming, finding.problem.kind
        return [naming.type_called(kind, one.about) for one in repair.choices]

    def _layer(self) -> Layer:
        session = self._session
        text = session.reading.text if session.reading else ""
        return Layer(session.schema, session.intents, session.in_file, text)

    def _repair(self, finding: Finding, layer: Layer) -> Repair | None:
        if finding.problem is None or self._session.is_closed:
            return None
        return repair_of(finding.problem, layer)

    # --- going and mending ---

    def next_problem(self, step: int = 1) -> bool:
        """Make the next problem current and go to it; say whether there is one."""
        if not self.problems:
            return False
        at = self._place_of_current()
        at = 0 if at < 0 else (at + step) % len(self.problems)
        self._go(self.problems[at])
        return True

    def mend_current(self) -> bool:
        """Mend the current problem, that of the label in hand, or the first; say whether it was."""
        finding = self._to_mend()
        if finding is not None:
            self._mend(finding)
        return finding is not None

    @property
    def has_choices(self) -> bool:
        """Whether what `mend_current` would mend is for a person to choose, here."""
        finding = self._to_mend()
        repair = self._repair(finding, self._layer()) if finding else None
        return repair is not None and bool(repair.choices)

    def _to_mend(self) -> Finding | None:
        if not self.problems:
            return None
        of_hand = [one for one in self.problems if one.uid and one.uid == self._session.hand]
        return of_hand[0] if of_hand else self.problems[max(self._place_of_current(), 0)]

    def _place_of_current(self) -> int:
        problems, now = [one.problem for one in self.problems], self._problem_now()
        return problems.index(now) if now in problems else -1

    def _problem_now(self) -> object:
        return self._current.problem if self._current else None

    def _go(self, finding: Finding) -> None:
        """Go to the label; without one to what is asked of the whole article."""
        if finding.kind == "problem":
            self._current = finding
            self._build()
            self._bring_into_view()
        if self._session.label(finding.uid) is not None:
            self.label_asked.emit(finding.uid)
        elif finding.problem is not None:
            self.topic_asked.emit(finding.problem.detail)
            self.action_asked.emit("about_article")
        if finding.place is not None:
            self.place_asked.emit(*finding.place)

    def _bring_into_view(self) -> None:
        for strip in self.strips:
            if strip.is_current:
                self._area.ensureWidgetVisible(strip)

    def _mend(self, finding: Finding) -> None:
        repair = self._repair(finding, self._layer())
        if repair is None:
            self._go(finding)
        elif repair.intent is not None:
            self._session.do(repair.intent)
        else:
            self._lead(finding, repair)

    def _leave(self, finding: Finding) -> None:
        """Leave it as it is: a person says that it is right."""
        repair = self._repair(finding, self._layer())
        if repair is not None and repair.leave is not None:
            self._session.do(repair.leave)

    def _lead(self, finding: Finding, repair: Repair) -> None:
        """Go where a person mends it, and say what is asked of her there."""
        self._go(finding)
        if repair.choices:
            self._choose_on(finding)
        elif repair.leads_to == "role":
            self.role_asked.emit(repair.label, repair.about)
        elif repair.leads_to == "type":
            self.type_asked.emit(repair.label)
        elif repair.leads_to == "answer":
            self.action_asked.emit("about_article")

    # --- choosing ---

    def _choose(self, finding: Finding, n: int) -> None:
        """Mend with the choice `n`."""
        repair = self._repair(finding, self._layer())
        chosen = repair.choices[n] if repair and n < len(repair.choices) else None
        if chosen is not None and chosen.intent is not None:
            self._session.do(chosen.intent)

    def _choose_on(self, finding: Finding) -> None:
        """Give the keyboard to the choices of `finding`, or of the next one that has some."""
        place = finding.place or (0, 0)
        behind = [one for one in self.strips if (one.finding.place or (0, 0)) >= place]
        left = [one for one in (*behind, *self.strips) if one.choices.buttons]
        same = [one for one in left if one.finding.problem == finding.problem]
        if not left:
            return
        strip = (same or left)[0]
        if strip.finding.problem != self._problem_now():
            self._go(strip.finding)
            strip = next(one for one in self.strips if one.finding == strip.finding)
        strip.choices.take_focus()
