"""What a team does in the window: handing out and in, merging, replying, changing types."""

from collections.abc import Callable, Sequence
from pathlib import Path

from annotator.gui import noiselines
from annotator.gui.acts import Acts
from annotator.gui.fileacts import show


class TeamActs(Acts):
    """The actions of one window that are about the work of several people."""

    def acts(self) -> dict[str, Callable[[], object]]:
        """Return what each of them does."""
        return {
            "hand_out": self._hand_out,
            "hand_in": self._hand_in,
            "merge": self.ask_for_merge,
            "reply": self._reply,
            "receipts": self._receipts,
            "change_type": self._change_type,
            "questions": self._questions,
            "withdraw": self._withdraw,
            "noise_lines": lambda: noiselines.ask(self._window, self._program),
        }

    def _hand_out(self) -> None:
        from annotator.gui.dialogs.handout import HandOutDialog

        window = self._window
        dialog = HandOutDialog(window.look, self._session.project, self._program.jobs, window)
        dialog.handed_out.connect(lambda _: self._session.read_again())
        dialog.taken_back.connect(lambda: self._session.read_again())
        show(dialog)

    def _hand_in(self) -> None:
        from annotator.gui.dialogs.handin import HandInDialog

        window = self._window
        self._session.flush()
        show(HandInDialog(window.look, self._session.project, self._program.jobs, window))

    def ask_for_merge(self, sources: Sequence[Path] = ()) -> None:
        """Ask what to merge, beginning with `sources`."""
        from annotator.gui.dialogs.merge import MergeDialog

        window = self._window
        self._session.flush()
        dialog = MergeDialog(
            window.look, self._session.project, self._program.jobs, sources, window
        )
        dialog.merged.connect(lambda: self._session.read_again())
        show(dialog)

    def _reply(self) -> None:
        from annotator.gui.dialogs.reply import ReplyDialog

        window = self._window
        show(ReplyDialog(window.look, self._session.project, self._program.jobs, window))

    def _receipts(self) -> None:
        from annotator.gui.dialogs.receipts import ReceiptsDialog

        window = self._window
        dialog = ReceiptsDialog(window.look, self._session.project, self._program.jobs, window)
        dialog.changed.connect(lambda: self._session.read_again())
        show(dialog)

    def _change_type(self) -> None:
        from annotator.gui.dialogs.changetype import ChangeTypeDialog

        window = self._window
        dialog = ChangeTypeDialog(window.look, self._session.project, self._program.jobs, window)
        dialog.changed.connect(lambda: self._session.read_again())
        show(dialog)

    def _questions(self) -> None:
        from annotator.gui.dialogs.questions import QuestionsDialog

        window = self._window
        self._session.flush()
        dialog = QuestionsDialog(window.look, self._session.project, self._program.jobs, window)
        dialog.answered.connect(lambda: self._session.read_again())
        show(dialog)

    def _withdraw(self) -> None:
        from annotator.gui.dialogs.withdraw import WithdrawDialog

        window, session = self._window, self._session
        session.flush()
        article = session.reading.article if session.reading else None
        dialog = WithdrawDialog(window.look, session.project, self._program.jobs, article, window)
        dialog.changed.connect(lambda: self._session.read_again())
        show(dialog)
