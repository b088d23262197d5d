"""The article in view: its labels as they are in the file, what is in hand, and what is wrong."""

from collections.abc import Sequence

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal

from annotator.core.errors import UserError
from annotator.core.layerproblems import LayerProblems, layer_labels
from annotator.core.model import Annotator, Label
from annotator.core.operations import Operation
from annotator.gui.checking import Checking
from annotator.gui.intents import Intents
from annotator.gui.inview import InView
from annotator.gui.ridingout import RidingOut
from annotator.services import reading, regioning
from annotator.services.reading import Reading
from annotator.store.project import Project

_READ_AT_ONCE = 1_000
"""Labels that are read with the article; when there are more its text is painted first."""
AFTER_PAINT = Qt.EventPriority.LowEventPriority.value - 1
"""Qt paints with a low priority; what is lower still finds the mark painted as pending."""


class ShownArticle(QObject, InView):
    """What is shown of one project to one annotator. Views listen to its signals."""

    article_shown = Signal()  # another article is in view, or none
    regions_changed = Signal()  # of the article in view
    labels_changed = Signal(object)  # set[str]: uids of labels that look different now
    status_changed = Signal()
    hand_changed = Signal()
    problems_changed = Signal()
    project_changed = Signal()  # articles, annotators or the label schema are others now

    def __init__(self, project: Project, annotator: Annotator | None = None) -> None:
        super().__init__()
        self.project = project
        project.is_waited_for = True
        self.annotator = annotator
        self.reading = None
        self.doubt_answers: dict[str, str] = {}
        self.hand = ""
        self.schema = project.label_schema
        self.intents = Intents(self.schema)
        self.nothing_in_view()
        self._looking = RidingOut(self)
        self._checking = Checking(LayerProblems(self.schema, self.in_file, ""), self)
        self._checking.checked.connect(self._tell_problems)

    def show_article(self, article: str) -> None:
        """Show the article named `article` (a uid or SHA-256), or none with an empty name.

        Where another program holds the file, it is shown as soon as that lets go.
        """
        self.flush()
        try:
            found = self._found(article)
        except UserError as met:
            if self._looking.rides_out(met, lambda: self.show_article(article)):
                return
            raise
        self._looking.stop()
        self.hand = ""
        self._show(found)
        self.article_shown.emit()
        self.hand_changed.emit()

    def read_again(self) -> None:
        """Show what the file says now: somebody else wrote in it."""
        self.flush()
        self.schema = self.intents.schema = self.project.label_schema
        if self.reading is not None:
            before, former = set(self.labels), self.reading
            self._show(self._found(self.reading.article.sha256))
            self.read_rest()
            if self.label(self.hand) is None:
                self.take_in_hand("")
            self.labels_changed.emit(before | self.labels.keys())
            self.problems_changed.emit()
            self.status_changed.emit()
            self._tell_regions(former)
        self.project_changed.emit()

    def flush(self) -> None:
        """Do at once what was put off: read what is still to be read."""
        self.read_rest()

    def read_rest(self) -> None:
        """Read the labels of the article in view, where that was put off until it is painted."""
        if self.reading is not None and not self.reading.is_whole:
            labels = reading.labels_of(self.project, self.reading.layer)
            self.reading = replace(self.reading, labels=labels, is_whole=True)
            self._take(labels)
            self.labels_changed.emit(set(self.labels))
            self.problems_changed.emit()

    def _show(self, found: Reading | None) -> None:
        """Have `found` in view; whoever calls says so, and nothing is told before that."""
        if not self._is_in_view(found):
            self.problems = {}
        self.leave(self.layer)
        self.reading = found
        self.come_to(self.layer)
        self._take(self.reading.labels if self.reading else ())
        if self.reading is not None and not self.reading.is_whole:
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), AFTER_PAINT)

    def _take(self, labels: Sequence[Label]) -> None:
        self.in_file = layer_labels(self.schema, labels)
        self.doubt_answers = reading.answered_doubts(self.project, labels)
        text = self.reading.text if self.reading else ""
        held = reading.held(self.project, self.reading.layer) if self.reading else ()
        problems = LayerProblems(self.schema, self.in_file, text)
        self._checking.begin(problems, {problem.uid: [problem] for problem in held})
        if not self._checking.is_due:
            self.problems = self._checking.found(self.status)

    def _is_in_view(self, found: Reading | None) -> bool:
        here, there = self.reading, found
        return bool(here and there and here.article.sha256 == there.article.sha256)

    def _found(self, article: str) -> Reading | None:
        if self.annotator is None or not article:
            return None
        return reading.reading(self.project, article, self.annotator, at_most=_READ_AT_ONCE)

    def take_in_hand(self, uid: str) -> None:
        """Put the label `uid` in hand, or nothing."""
        if uid != self.hand:
            self.hand = uid
            self.hand_changed.emit()

    def show_operation(self, operation: Operation) -> set[str]:
        """Bring what is in view up to `operation`; return the uids that it touched."""
        changed = reading.changed_labels(self.schema, operation)
        self._checking.change(changed)
        status = reading.changed_status(operation)
        if status and self.reading is not None:
            layer = replace(self.reading.layer, status=status)
            self.reading = replace(self.reading, layer=layer)
            self.status_changed.emit()
        self._show_regions(operation)
        if self.hand in changed and changed[self.hand] is None:
            self.take_in_hand("")
        return set(changed)

    def _show_regions(self, operation: Operation) -> None:
        former = self.reading
        if former is not None:
            change = regioning.change_in(operation, former.article.sha256)
            if change is not None:
                self.reading = replace(former, regions=regioning.regions_of(change.after))
                self._tell_regions(former)

    def _tell_regions(self, former: Reading) -> None:
        now = self.reading or former
        if now.regions != former.regions or now.annotatable != former.annotatable:
            self.regions_changed.emit()

    # --- what is wrong ---

    def check(self) -> None:
        """Check what changed against the label schema."""
        self._checking.check()

    def _tell_problems(self) -> None:
        found = self._checking.found(self.status)
        differing = {
            uid
            for uid in found.keys() | self.problems.keys()
            if found.get(uid) != self.problems.get(uid)
        }
        self.problems = found
        if differing:
            self.labels_changed.emit(differing)
            self.problems_changed.emit()
