"""What is done on the page of names: one gesture at a time, each of which can be taken back."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from annotator.core.errors import UserError
from annotator.gui.dialogs.running import Running
from annotator.gui.jobs import Jobs, Work
from annotator.gui.look import Look
from annotator.gui.pages import nameswork as work
from annotator.gui.pages.namesside import NamesSide
from annotator.gui.pages.nameswork import Done
from annotator.gui.panels.messages import MessagesBar
from annotator.gui.session import Session
from annotator.gui.widgets.troubles import worded
from annotator.i18n import Language
from annotator.services.namesproposed import Proposal
from annotator.store.trouble import PASSING


class NamesActs(QObject):
    """Does what the side asks for, in jobs, and tells what was done.

    `made` are the gestures made here, the last one last.
    """

    action_asked = Signal(str)
    progressed = Signal(int, int)

    def __init__(
        self,
        look: Look,
        session: Session,
        jobs: Jobs,
        side: NamesSide,
        messages: MessagesBar,
        made: Sequence[str],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._look, self._session = look, session
        self._side, self._messages = side, messages
        self.made, self._undone = list(made), list[str]()
        self._kind = ""
        self._doing = Running(jobs, self)
        self._doing.progressed.connect(self.progressed)
        self._doing.finished.connect(self._on_done)
        self._doing.failed.connect(self._on_failed)
        side.given.connect(self._give)
        side.taken_off.connect(self._take_off)
        side.accepted.connect(self._accept)
        side.refused.connect(self._refuse)
        messages.action_asked.connect(self._on_action_asked)

    @property
    def is_on(self) -> bool:
        """Whether something is done now."""
        return self._doing.is_on

    def stop(self) -> None:
        """Leave off what runs."""
        self._doing.let_go()

    # --- gestures ---

    def _give(self, link: str) -> None:
        names, ticked, who = self._side.names(), self._side.ticked(), self._session.annotator
        if who is not None and ticked and len(names) == 1:
            self._do("made", work.splitting(who, names[0], ticked, link))
        elif who is not None:
            self._do("made", work.merging(who, names, link))

    def _take_off(self) -> None:
        names, who = self._side.names(), self._session.annotator
        if who is not None and len(names) == 1:
            every = [one.text for one in names[0].spellings]
            self._do("made", work.splitting(who, names[0], self._side.ticked() or every, ""))

    def _accept(self, proposal: Proposal) -> None:
        who = self._session.annotator
        if who is not None:
            self._do("made", work.merging(who, proposal.names, proposal.link))

    def _refuse(self, proposal: Proposal) -> None:
        who = self._session.annotator
        if who is not None:
            self._do("made", work.parting(who, proposal.names))

    def undo(self) -> None:
        """Take back what was done here last."""
        self._take_back("undo", self.made)

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._take_back("redo", self._undone)

    def _take_back(self, kind: str, among: list[str]) -> None:
        who = self._session.annotator
        if who is not None and among:
            self._do(kind, work.taking_back(who, among[-1], kind))

    def _do(self, kind: str, doing: Work) -> None:
        """Write a gesture; what waits to be written in the article goes before it."""
        if not self._doing.is_on:
            self._kind = kind
            self._session.flush()
            self._side.allow(can_change=False)
            self._doing.start(self._session.project, doing)

    def _on_action_asked(self, action: str) -> None:
        if action == "undo":
            self.undo()
        else:
            self.action_asked.emit(action)

    # --- what became of it ---

    def _on_done(self, done: Done) -> None:
        self._end()
        if done.kind == "made" and done.gesture:
            self.made.append(done.gesture)
            self._undone = []
            self._session.note_wide(done.gesture, done.linked.articles)
        elif done.kind == "undo":
            self._undone.append(self.made.pop())
            self._session.note_taken_back(done.gesture)
        elif done.kind == "redo":
            self.made.append(self._undone.pop())
            self._session.read_again()
        has_undo = done.kind == "made" and bool(done.gesture)
        tell = self._messages.tell_saved if has_undo else self._messages.tell
        tell(told(done, self._look.language))

    def _on_failed(self, trouble: UserError) -> None:
        self._end()
        among = {"undo": self.made, "redo": self._undone}.get(self._kind)
        if among and trouble.code not in PASSING:
            among.pop()  # or what was done before it could not be taken back any more
        self._messages.tell_trouble(worded(trouble, self._look.language))

    def _end(self) -> None:
        self._side.allow(can_change=True)
        self.progressed.emit(0, 0)


def told(done: Done, language: Language) -> str:
    """Return what became of a gesture in one sentence, or two where something was left out."""
    text, plural = language.text, language.plural
    if done.kind != "made":
        whole = text("Undone.") if done.kind == "undo" else text("Redone.")
        left_out = text("Layers left out because they are done: {n}.", n=done.left_out)
        return f"{whole} {left_out}" if done.left_out else whole
    made = done.linked
    labels = plural("{n} label", "{n} labels", made.labels)
    articles = plural("in {n} article", "in {n} articles", len(made.articles))
    said = [text("Shared names changed: {labels} {articles}.", labels=labels, articles=articles)]
    if not made.labels:
        said = [text("Nothing was changed.")]
    if made.done:
        said.append(text("Labels left out, in done layers: {n}.", n=made.done))
    if made.others:
        said.append(text("Labels left out, of other people: {n}.", n=made.others))
    return " ".join(said)
