"""The session: one project, one annotator, one article in view, and what she has in hand.

Everything that is written in the window goes through `do`: the intent is shown as pending at once,
written in the next turn of the event loop, and shown as saved when it is. Views listen to signals;
they never write and never query.
"""

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal

from annotator.core.errors import UserError
from annotator.core.labelschema import LabelSchema
from annotator.core.layerproblems import LayerProblems, layer_labels
from annotator.core.model import Annotator, Label, Layer
from annotator.core.operations import Operation
from annotator.gui.intents import PROVISIONAL, Intent, Intents
from annotator.gui.inview import InView, Problems
from annotator.services import reading, undoing
from annotator.services.reading import Reading
from annotator.store.project import Project

_CHECK_AFTER = 150
"""Milliseconds without a change until what it concerns is checked again."""
_AT_ONCE = 300
"""Labels that are checked in one go, in some 5 ms; with more the window is served in between."""
_READ_AT_ONCE = 1_000
"""Labels that are read with the article; when there are more its text is painted first."""
_AFTER_PAINT = Qt.EventPriority.LowEventPriority.value - 1
"""Qt paints with a low priority; what is lower still finds the mark painted as pending."""
_UNTIL_FREE = 10
"""Milliseconds until it is looked again whether the file is free."""
TRY_AGAIN = frozenset(
    {"disk_full", "disk_trouble", "cannot_write", "read_only", "locked", "damaged"}
    | {"file_gone", "file_moved", "file_replaced", "file_busy"}
)
"""Trouble of the file, not of the gesture: what was meant stays in view and can be tried again."""


class Saved(msgspec.Struct, frozen=True):
    """A gesture that is in the file, and what was meant by it."""

    intent: Intent
    operation: Operation


class Session(QObject, InView):
    """What the window shows, and the one way in which it writes."""

    article_shown = Signal()  # another article is in view, or none
    labels_changed = Signal(object)  # set[str]: uids of labels that look different now
    status_changed = Signal()
    hand_changed = Signal()
    problems_changed = Signal()
    saved = Signal(object)  # Saved
    taken_back = Signal(object, str)  # Operation, "undo" or "redo"
    refused = Signal(object)  # UserError: nothing was written, and the mark is gone
    not_saved = Signal(object)  # UserError: nothing was written, and the mark stays
    project_changed = Signal()  # articles, annotators or the label schema are others now

    def __init__(self, project: Project, annotator: Annotator | None = None) -> None:
        super().__init__()
        self.project = project
        self.annotator = annotator
        self.reading = self._found("")
        self.doubt_answers: dict[str, str] = {}
        self.hand = ""
        self._use(project.label_schema)
        self.nothing_in_view()
        self._checked = LayerProblems(self.schema, self.in_file, "")
        self._held: Problems = {}
        self._check = QTimer(self, singleShot=True)
        self._check.timeout.connect(self._check_some)

    def _use(self, schema: LabelSchema) -> None:
        self.schema = schema
        self.intents = Intents(schema)

    # --- what is in view ---

    def show_article(self, article: str) -> None:
        """Show the article named `article` (a uid or SHA-256), or none with an empty name."""
        self.flush()
        self.hand = ""
        self._read(article)
        self.article_shown.emit()
        self.hand_changed.emit()

    def read_again(self) -> None:
        """Show what the file says now: somebody else wrote in it."""
        self.flush()
        self._use(self.project.label_schema)
        if self.reading is not None:
            before = set(self.labels)
            self._read(self.reading.article.sha256)
            self.read_rest()
            self.labels_changed.emit(before | self.labels.keys())
            self.status_changed.emit()
        self.project_changed.emit()

    def _read(self, article: str) -> None:
        self.reading = self._found(article)
        self.unsaved.clear()
        self._take(self.reading.labels if self.reading else ())
        if self.reading is not None and not self.reading.is_whole:
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), _AFTER_PAINT)

    def _take(self, labels: Sequence[Label]) -> None:
        self.in_file = layer_labels(self.schema, labels)
        self.doubt_answers = reading.answered_doubts(self.project, labels)
        text = self.reading.text if self.reading else ""
        self._checked = LayerProblems(self.schema, self.in_file, text)
        held = reading.held(self.project, self.reading.layer) if self.reading else ()
        self._held = {problem.uid: [problem] for problem in held}
        self._check_some()

    def read_rest(self) -> None:
        """Read the labels of the article in view, where that was put off until it is painted."""
        if self.reading is not None and not self.reading.is_whole:
            labels = reading.labels_of(self.project, self.reading.layer)
            self.reading = replace(self.reading, labels=labels, is_whole=True)
            self._take(labels)
            self.labels_changed.emit(set(self.labels))

    def _found(self, article: str) -> Reading | None:
        if self.annotator is None or not article:
            return None
        return reading.reading(self.project, article, self.annotator, at_most=_READ_AT_ONCE)

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

    def take_in_hand(self, uid: str) -> None:
        """Put the label `uid` in hand, or nothing."""
        if uid != self.hand:
            self.hand = uid
            self.hand_changed.emit()

    # --- writing ---

    def do(self, intent: Intent) -> None:
        """Show `intent` as pending, and write it in the next turn of the event loop."""
        if self.reading is None:
            return
        if self.status == "done" and intent.name != "set_status":
            self.refused.emit(UserError("layer_done"))
            return
        self.read_rest()
        self.waiting.append(intent)
        self.labels_changed.emit(intent.uids)
        if intent.hand or self.hand in intent.removed:
            self.take_in_hand(intent.hand)
        QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), _AFTER_PAINT)

    def _write_soon(self) -> None:
        """Write what waits as soon as the file is free: a large copy may have it, and is told."""
        if self.project.turn.kept_for_person():
            self.flush()
        else:
            QTimer.singleShot(_UNTIL_FREE, self, self._write_soon)

    def flush(self) -> None:
        """Read what is still to be read and write what waits, now."""
        self.read_rest()
        while self.waiting:
            self._write(self.waiting[0])

    def try_again(self) -> None:
        """Write what could not be written before."""
        self.waiting = self.unsaved + self.waiting
        self.unsaved = []
        self.flush()

    def give_up(self) -> None:
        """Let go of what could not be written."""
        gone = [uid for intent in self.unsaved for uid in intent.uids]
        self.unsaved.clear()
        self.labels_changed.emit(set(gone))

    def _write(self, intent: Intent) -> None:
        layer = self.layer
        if layer is None:
            self.waiting.clear()
            return
        self.waiting.remove(intent)
        try:
            operation = intent.write(self.project, layer)
        except UserError as trouble:
            self._not_written(intent, trouble)
            return
        except BaseException:  # a fault of ours: it is reported, and the mark says not saved
            self.unsaved.append(intent)
            self.labels_changed.emit(intent.uids)
            raise
        touched = intent.uids
        if operation is not None:
            touched |= self._apply(operation)
            self._name_anew(intent, operation)
        if operation is not None:
            self.saved.emit(Saved(intent, operation))
        self.labels_changed.emit(touched)

    def _not_written(self, intent: Intent, trouble: UserError) -> None:
        if trouble.code in TRY_AGAIN:
            self.unsaved.append(intent)
        elif self.hand.startswith(PROVISIONAL):
            self.take_in_hand("")
        self.labels_changed.emit(intent.uids)
        (self.not_saved if trouble.code in TRY_AGAIN else self.refused).emit(trouble)

    def _apply(self, operation: Operation) -> set[str]:
        """Bring what is in view up to `operation`; return the uids that it touched."""
        changed = reading.changed_labels(self.schema, operation)
        self._checked.change(changed)
        status = reading.changed_status(operation)
        if status and self.reading is not None:
            layer = replace(self.reading.layer, status=status)
            self.reading = replace(self.reading, layer=layer)
            self.status_changed.emit()
        if self.hand in changed and changed[self.hand] is None:
            self.take_in_hand("")
        self._check.start(_CHECK_AFTER)
        return set(changed)

    def _name_anew(self, intent: Intent, operation: Operation) -> None:
        """Give what waits the uids that the file has given to provisional labels."""
        names = intent.names_given(reading.changed_labels(self.schema, operation))
        if names and self.hand in names:
            self.take_in_hand(names[self.hand])

    # --- undo and redo ---

    def undo(self) -> None:
        """Take back the newest gesture of this annotator in this article."""
        self._take_back("undo")

    def redo(self) -> None:
        """Do again what was undone last."""
        self._take_back("redo")

    def _take_back(self, kind: str) -> None:
        self.flush()
        layer = self.layer
        if layer is None:
            return
        try:
            operation = (undoing.undo if kind == "undo" else undoing.redo)(self.project, layer)
        except UserError as trouble:
            self.refused.emit(trouble)
            return
        self.labels_changed.emit(self._apply(operation))
        self.taken_back.emit(operation, kind)

    # --- what is wrong ---

    def check(self) -> None:
        """Check what changed against the label schema."""
        self._check.stop()
        self._checked.check()
        self._tell_problems()

    def _check_some(self) -> None:
        """Check a part of what changed, and the rest when the window has been served."""
        self._checked.check(at_most=_AT_ONCE)
        if self._checked.is_due:
            self._check.start(0)
        else:
            self._tell_problems()

    def _tell_problems(self) -> None:
        found = {**self._checked.found(self.status), **self._held}
        differing = {
            uid
            for uid in found.keys() | self.problems.keys()
            if found.get(uid) != self.problems.get(uid)
        }
        self.problems = found
        if differing:
            self.labels_changed.emit(differing)
            self.problems_changed.emit()

    def customEvent(self, event: QEvent) -> None:
        """Read and write what was put off until the window was painted."""
        self.read_rest()
        self._write_soon()
