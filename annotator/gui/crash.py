"""What happens when Hashiya itself is at fault: a report is kept here, one sentence is said.

Errors of the project's file that come here are no fault of ours: they are handed on, to be told.

The window stays: an exception in a slot or an event ends that slot or event, not the program.
"""

import contextlib
import faulthandler
import inspect
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TextIO

from PySide6.QtCore import (
    QCoreApplication,
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)

from annotator import paths
from annotator.core.errors import UserError
from annotator.gui import crashreports
from annotator.i18n import Language
from annotator.store import trouble

OnReport = Callable[[Path], None]
OnTrouble = Callable[[BaseException], None]

_LOGGED = {QtMsgType.QtWarningMsg: "warning", QtMsgType.QtCriticalMsg: "critical"}
_LOGGED_AT_MOST = 200
_REPORTED_AT_MOST = 50


def sentence(path: Path, language: Language) -> str:
    """Return what a person is told of the report at `path`."""
    return language.text("A fault of Hashiya's own was met; the report is “{path}”.", path=path)


class Crash(QObject):
    """The hooks of Python and of Qt, while they are installed.

    The same fault is reported once a run: what fails in a paint event fails sixty times a second.
    """

    _reported = Signal(str)
    _troubled = Signal(object)  # BaseException

    def __init__(
        self,
        language: Language,
        on_report: OnReport | None = None,
        on_trouble: OnTrouble | None = None,
    ) -> None:
        """Make the hooks; `on_report` is called on this thread, in its event loop.

        So is `on_trouble`, with errors that are the file's and not Hashiya's: no report is kept.
        """
        super().__init__()
        self.language = language
        self.folder = paths.log_folder()
        self._tell, self._tell_trouble = on_report, on_trouble
        self._seen: set[tuple[str, ...]] = set()
        self._n_logged = 0
        self._writing = threading.Lock()
        self._hard: TextIO | None = None
        self._stderr: int | None = None
        self._reported.connect(self._on_reported, Qt.ConnectionType.QueuedConnection)
        self._troubled.connect(self._on_troubled, Qt.ConnectionType.QueuedConnection)

    def install(self, *, silences: bool = False) -> None:
        """Put the hooks in place, and tell of a run that was killed.

        With `silences` nothing but our sentences reaches stderr: Shiboken and Qt's plugins write
        there past Python.
        """
        if silences:
            self._silence()
        sys.excepthook = self._on_error
        threading.excepthook = self._on_thread_error
        sys.unraisablehook = self._on_unraisable
        qInstallMessageHandler(self._on_message)
        self._watch_hard()

    def remove(self) -> None:
        """Put back what was there before: Python's own hooks, Qt's own messages, stderr."""
        qInstallMessageHandler(None)
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        sys.unraisablehook = sys.__unraisablehook__
        if self._hard is not None:
            faulthandler.disable()
            self._hard.close()
            self._hard = None
        if self._stderr is not None:
            os.dup2(self._stderr, 2)
            os.close(self._stderr)
            self._stderr = None

    def _silence(self) -> None:
        with contextlib.suppress(OSError):  # no stderr at all
            self._stderr = os.dup(2)
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 2)
            os.close(nowhere)

    def _watch_hard(self) -> None:
        """Let the interpreter write down a hard crash, and report the last one."""
        try:
            path = crashreports.gathered(self.folder)
            self.folder.mkdir(parents=True, exist_ok=True)
            self._hard = (self.folder / crashreports.HARD).open("a", encoding="utf-8")
            faulthandler.enable(self._hard)
        except (OSError, UserError) as error:
            self._say_kept_nowhere(error)
        else:
            if path is not None:
                self._reported.emit(str(path))

    # --- hooks ---

    def _on_error(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QCoreApplication.quit()
        else:
            self._report("exception", error, trace)

    def _on_thread_error(self, told: threading.ExceptHookArgs) -> None:
        if told.exc_value is not None and not isinstance(told.exc_value, SystemExit):
            self._report("thread", told.exc_value, told.exc_traceback)

    def _on_unraisable(self, told: "sys.UnraisableHookArgs") -> None:
        if told.exc_value is not None:
            self._report("unraisable", told.exc_value, told.exc_traceback)

    def _on_message(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if kind == QtMsgType.QtFatalMsg:
            frame = inspect.currentframe()  # Qt aborts next
            self._keep("fatal message of Qt", lambda: crashreports.lines_of_stack(frame))
        elif kind in _LOGGED and self._n_logged < _LOGGED_AT_MOST:
            self._n_logged += 1
            category = str(getattr(context, "category", "") or "default")
            with contextlib.suppress(OSError):  # a log is not worth a word
                crashreports.logged(self.folder, _LOGGED[kind], category, message)

    # --- reports ---

    def _report(self, what: str, error: BaseException, trace: TracebackType | None) -> None:
        if self._tell_trouble is not None and trouble.met(error) is not None:
            with contextlib.suppress(RuntimeError):  # Qt has ended
                self._troubled.emit(error)
        else:
            self._keep(what, lambda: crashreports.lines_of(error, trace))

    def _keep(self, what: str, told: Callable[[], list[str]]) -> None:
        try:
            with self._writing:
                path = self._written(what, told())
        except Exception as second:
            self._say_not_written(second)
            return
        if path is not None:
            self._say(sentence(path, self.language))
            with contextlib.suppress(RuntimeError):  # Qt has ended
                self._reported.emit(str(path))

    def _written(self, what: str, lines: list[str]) -> Path | None:
        """Write a report, unless there was one just like it."""
        if tuple(lines) in self._seen or len(self._seen) >= _REPORTED_AT_MOST:
            return None
        self._seen.add(tuple(lines))
        return crashreports.written(self.folder, what, lines)

    def _say_not_written(self, error: Exception) -> None:
        code = error.code if isinstance(error, UserError) else type(error).__name__
        self._say(
            self.language.text(
                "A fault of Hashiya's own was met, and its report could not be written ({code}).",
                code=code,
            )
        )

    def _say_kept_nowhere(self, error: OSError | UserError) -> None:
        code = error.code if isinstance(error, UserError) else type(error).__name__
        self._say(
            self.language.text(
                "No reports can be written here, should Hashiya meet a fault of its own ({code}).",
                code=code,
            )
        )

    def _say(self, text: str) -> None:
        """Say one line on stderr, where there is one."""
        with contextlib.suppress(OSError):
            os.write(2 if self._stderr is None else self._stderr, f"{text}\n".encode())

    def _on_troubled(self, error: BaseException) -> None:
        if self._tell_trouble is not None:
            self._tell_trouble(error)

    def _on_reported(self, path: str) -> None:
        if self._tell is not None:
            self._tell(Path(path))
