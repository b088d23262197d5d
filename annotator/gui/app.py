"""Starts the window: what it needs is looked for before Qt is loaded, and faults are kept."""

import builtins
import contextlib
import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.gui import probe
from annotator.i18n import Language

if TYPE_CHECKING:
    from annotator.gui.program import Program


def run(language: Language, file: Path | None) -> int:
    """Open the window, on the project `file` where one is given; return the exit code.

    Raise `UserError` where no window can be opened here, before Qt would end the process.
    """
    probe.check(os.environ)
    shown: list[Program] = []
    with _nothing_collected():
        from PySide6.QtWidgets import QApplication

        _import_plainly()
        from annotator.gui.crash import Crash

        application = QApplication([language.text("Hashiya")])
        application.setApplicationName("hashiya")
        crash = Crash(language, lambda path: _say(path, shown), lambda error: _meet(error, shown))
        crash.install(silences=True)
        shown.append(started(application, language, file))
    try:
        return application.exec()
    finally:
        crash.remove()


def started(application: object, language: Language, file: Path | None = None) -> "Program":
    """Return the program with its window shown, on `file`: faces loaded, look put on."""
    from PySide6.QtWidgets import QApplication

    from annotator.gui import fonts
    from annotator.gui.program import Program

    fonts.load()
    if not isinstance(application, QApplication):
        raise TypeError(application)
    return Program(application, language.code, file)


def _import_plainly() -> None:
    """Let `import` be Python's own again.

    Qt for Python puts one in its place that reads the source of every module, to see whether names
    are to be switched there by `from __feature__ import`; nothing here asks for that.
    """
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)


@contextlib.contextmanager
def _nothing_collected() -> Iterator[None]:
    """Look for no garbage in a block: what is loaded in it stays, and is never looked through."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _say(path: Path, shown: "list[Program]") -> None:
    """Say in the window that a report was kept; before there is one, nobody can be told there."""
    from annotator.gui.crash import sentence

    for program in shown:
        program.window.tell_sentence(sentence(path, program.look.language))


def _meet(error: BaseException, shown: "list[Program]") -> None:
    """Let the window tell trouble of its file that came up where nobody expected it."""
    for program in shown:
        program.attending.meet(error)
