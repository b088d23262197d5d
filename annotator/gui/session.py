"""The session: one project, one annotator, one article in view, and what she has in hand.

Everything that is written in the window goes through `do`: the intent is shown as pending at once,
written in the next turn of the event loop, and shown as saved when it is. Views listen to signals;
they never write and never query.
"""

from collections.abc import Container

import msgspec
from PySide6.QtCore import QCoreApplication, QEvent, QTimer, Signal

from annotator.core.errors import UserError
from annotator.core.model import Annotator, Layer
from annotator.core.operations import Operation
from annotator.gui import notsaved
from annotator.gui.intents import PROVISIONAL, Intent
from annotator.gui.ridingout import RidingOut
from annotator.gui.shownarticle import AFTER_PAINT, ShownArticle
from annotator.gui.takingback import TakingBack
from annotator.services import reading, regioning
from annotator.store.project import Project
from annotator.store.trouble import writing

_EVEN_DONE = ("set_status", "set_role")
"""Gestures that change no label."""
_UNTIL_FREE = 10
"""Milliseconds until it is looked again whether the file is free."""


class Saved(msgspec.Struct, frozen=True):
    """A gesture that is in the file, and what was meant by it."""

    intent: Intent
    operation: Operation
    n_left_out: int = 0
    """Labels, of everybody, that count no longer: their regions are not labelled now."""


class Session(ShownArticle):
    """What the window shows, and the one way in which it writes."""

    saved = Signal(object)  # Saved
    taken_back = Signal(object, str)  # Operation, "undo" or "redo"
    refused = Signal(object)  # UserError: nothing was written, and the mark is gone
    not_saved = Signal(object)  # UserError: nothing was written, and the mark stays
    not_read = Signal(object)  # UserError: something in view could not be looked up in the file
    all_saved = Signal()  # what could not be written before is in the file now

    def __init__(self, project: Project, annotator: Annotator | None = None) -> None:
        super().__init__(project, annotator)
        self.trouble: UserError | None = None  # why something is not saved
        self._writing = RidingOut(self, gives_up=False)
        self._taking_back = RidingOut(self)
        self._order = TakingBack()
        self.article_shown.connect(self._on_article_shown)

    # --- writing ---

    def do(self, intent: Intent) -> None:
        """Show `intent` as pending, and write it in the next turn of the event loop."""
        if self.reading is None:
            return
        if self.project.is_only_read:
            self.refused.emit(UserError("only_read"))
            return
        if self.status == "done" and intent.name not in _EVEN_DONE:
            self.refused.emit(UserError("layer_done"))
            return
        self.read_rest()
        self._taking_back.stop()
        if self.rests_on_unsaved(intent):  # in the order in which they were meant
            self.waiting, self.unsaved = self.unsaved + self.waiting, []
        self.waiting.append(intent)
        self.labels_changed.emit(intent.uids)
        if intent.hand or self.hand in intent.removed:
            self.take_in_hand(intent.hand)
        QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), AFTER_PAINT)

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
            if self._writing.is_on:  # the file was held a moment ago: it is tried with the rest
                waiting, self.waiting = self.waiting, []
                self._put_off(waiting)
            else:
                self._write(self.waiting[0])

    def try_again(self) -> None:
        """Write what could not be written before, in articles that were left too."""
        self._writing.stop()
        self._try_again()

    def _try_again(self) -> None:
        self.waiting, self.unsaved = self.unsaved + self.waiting, []
        self.flush()
        for layer in () if self.unsaved else tuple(self.elsewhere):
            if not self._writing.is_on:
                self._try_elsewhere(layer)
        self._tell_all_saved()

    def stop(self) -> None:
        """Try nothing again: the project is closed."""
        for one in (self._writing, self._taking_back, self._looking):
            one.stop()

    def _tell_all_saved(self) -> None:
        if self.trouble is not None and not self.has_unsaved:
            self.trouble = None
            self._writing.stop()
            self.is_riding_out = False
            self.all_saved.emit()

    def _try_elsewhere(self, layer: Layer) -> None:
        waiting = self.elsewhere.pop(layer)
        tried = notsaved.tried(self.project, layer, waiting, self._names)
        for trouble in tried.refused:
            self.refused.emit(trouble)
        if tried.trouble is not None:
            self.elsewhere[layer] = tried.waiting
            self._tell_not_saved(tried.trouble)
        self.project_changed.emit()

    def _write(self, intent: Intent) -> None:
        layer = self.layer
        if layer is None:
            self.waiting.clear()
            return
        self.waiting.remove(intent)
        if self.rests_on_unsaved(intent):
            self._put_off([intent])
            return
        try:
            with writing(self.project):
                operation = intent.write(self.project, layer)
        except UserError as trouble:
            self._not_written(intent, trouble)
            return
        except BaseException:  # a fault of ours: it is reported, and the mark says not saved
            self._put_off([intent])
            raise
        touched = intent.uids
        if operation is not None:
            touched |= self.show_operation(operation)
            self._name_anew(intent, operation)
            self._order.note(operation)
            n_left_out = regioning.n_labels_left_out(self.project, operation)
            self.saved.emit(Saved(intent, operation, n_left_out))
        self.labels_changed.emit(touched)

    def _not_written(self, intent: Intent, trouble: UserError) -> None:
        if trouble.code in notsaved.TRY_AGAIN:
            self._put_off([intent])
            self._tell_not_saved(trouble)
            return
        if self.hand.startswith(PROVISIONAL):
            self.take_in_hand("")
        self.labels_changed.emit(intent.uids)
        self.refused.emit(trouble)

    def _put_off(self, intents: list[Intent]) -> None:
        """Keep what cannot be written now, in the order in which it was meant."""
        self.unsaved += intents
        self.labels_changed.emit({uid for one in intents for uid in one.uids})

    def _tell_not_saved(self, trouble: UserError) -> None:
        """Tell why something is not saved, unless that passes by itself in a moment."""
        self.trouble = trouble
        is_quiet = self._writing.rides_out(trouble, self._try_again)
        if self.is_riding_out != self._writing.is_quiet:
            self.is_riding_out = self._writing.is_quiet
            self.labels_changed.emit({uid for one in self.unsaved for uid in one.uids})
        if not is_quiet:
            self.not_saved.emit(trouble)

    def _name_anew(self, intent: Intent, operation: Operation) -> None:
        """Give what waits the uids that the file has given to provisional labels."""
        names = self._names(intent, operation)
        self.name_anew(names)
        if self.hand in names:
            self.take_in_hand(names[self.hand])

    def _names(self, intent: Intent, operation: Operation) -> dict[str, str]:
        names = intent.names_given(reading.changed_labels(self.schema, operation))
        self.intents.names.update(names)
        return names

    # --- undo and redo ---

    def _on_article_shown(self) -> None:
        self._order.begin(self.reading.article.sha256 if self.reading else "")

    def undo(self) -> None:
        """Take back the newest gesture of this annotator in this article, saved or not."""
        self.flush()
        if self.unsaved:
            self.labels_changed.emit(self.unsaved.pop().uids)
            if self.label(self.hand) is None:
                self.take_in_hand("")
            self._tell_all_saved()
        else:
            self._take_back("undo")

    def note_wide(self, gesture: str, articles: Container[str]) -> None:
        """Show what a gesture did in several layers (of `articles`); undo takes back all of it."""
        self.read_again()
        if self.layer is not None and self.layer.article in articles:
            self._order.note_wide(gesture)

    def note_taken_back(self, gesture: str) -> None:
        """Show what taking back a gesture did, which nobody has to take back any more."""
        self._order.note_taken_back(gesture)
        self.read_again()

    def redo(self) -> None:
        """Do again what was undone last."""
        self._take_back("redo")

    def _take_back(self, kind: str) -> None:
        self.flush()
        layer = self.layer
        if layer is None or self.annotator is None:
            return
        try:
            operation = self._order.take_back(self.project, layer, self.annotator, kind)
        except UserError as trouble:
            if not self._taking_back.rides_out(trouble, lambda: self._take_back_in(layer, kind)):
                self.refused.emit(trouble)
            return
        self._taking_back.stop()
        self.labels_changed.emit(self.show_operation(operation))
        self.taken_back.emit(operation, kind)
        if self._order.was_wide:
            self.project_changed.emit()

    def _take_back_in(self, layer: Layer, kind: str) -> None:
        """Take back what could not be before, if the same article is still in view."""
        here = self.layer
        if here and (here.article, here.annotator) == (layer.article, layer.annotator):
            self._take_back(kind)
        else:
            self._taking_back.stop()

    def customEvent(self, event: QEvent) -> None:
        """Read and write what was put off until the window was painted."""
        self.read_rest()
        self._write_soon()
