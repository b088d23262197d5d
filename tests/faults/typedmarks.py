"""A window in which somebody labels by keys until she is killed, and which tells what it has saved.

    python -m tests.faults.typedmarks PROJECT ANNOTATOR SEED [too-soon]

Only key events reach the program. Each operation is told on stdout, a line of JSON, in the moment
in which the session has it as saved; and so are the marks that the canvas has painted as saved,
once it has. With `too-soon` the window paints as saved what still waits to be written: whoever
counts what is gone must find it.
"""

import contextlib
import json
import os
import random
import sys
from pathlib import Path
from unittest import mock

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from annotator.core.operations import Operation
from annotator.gui import fonts
from annotator.gui.inview import InView
from annotator.gui.program import Program
from annotator.gui.session import Saved
from annotator.store.project import Project
from annotator.store.queries import known_annotator
from tests.faults.paintwatch import watched
from tests.faults.shownmarks import Look
from tests.journeys.typist import Typist, focus
from tests.projects import TEXTS, sha_of

_SHIFT, _CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier
_WORDS = len(TEXTS[0].split())


class Hand:
    """Somebody at the keys: a word here or there, a type, an event, a deletion, an undo."""

    def __init__(self, typist: Typist, seed: int) -> None:
        self._typist = typist
        self._chance = random.Random(seed)

    def label(self) -> None:
        """Go to a word by lot, select it, and give it a type, or make it a trigger."""
        chance, press = self._chance, self._typist.press
        press(Qt.Key.Key_Escape)
        press(Qt.Key.Key_Escape)
        press(Qt.Key.Key_Home, _CONTROL)
        for _ in range(chance.randrange(_WORDS)):
            press(Qt.Key.Key_Left, _CONTROL)
        press(Qt.Key.Key_Left, _CONTROL | _SHIFT)
        if chance.random() < 0.3:
            self._typist.letter(chance.choice("ma"), _SHIFT)
            press(Qt.Key.Key_1)  # what the card of the event offers first, where it offers any
        else:
            self._typist.letter(chance.choice("pog"))

    def remove(self) -> None:
        """Take a label in hand and delete it, with what points to it."""
        self._typist.press(Qt.Key.Key_Up, _ALT)
        self._typist.press(Qt.Key.Key_Delete)
        self._typist.press(Qt.Key.Key_Delete)  # asked twice, where others point to it

    def undo(self) -> None:
        """Take back what was done last, or do it again."""
        self._typist.press(Qt.Key.Key_Z, _CONTROL)
        if self._chance.random() < 0.5:
            self._typist.press(Qt.Key.Key_Z, _CONTROL | _SHIFT)

    def go_on(self) -> None:
        """Do something."""
        (act,) = self._chance.choices((self.label, self.remove, self.undo), (8, 1, 2))
        act()


def main() -> int:
    """Label until killed; end where who started this is gone."""
    path, who, seed, *asked = sys.argv[1:]
    with contextlib.ExitStack() as stack:
        stack.enter_context(watched(_painted))
        if asked == ["too-soon"]:
            stack.enter_context(mock.patch.object(InView, "is_pending", return_value=False))
        _label(Path(path), who, int(seed))
    return 0


def _label(path: Path, who: str, seed: int) -> None:
    application = QApplication([])
    fonts.load()
    program = Program(application, "ar")
    program.window.resize(1200, 800)
    with Project.open(path) as project:
        uid = known_annotator(project, who).uid
    assert program.open_project(path, uid)
    page, session = program.window.page, program.session
    assert page is not None
    assert session is not None
    page.show_article(sha_of(0))
    session.saved.connect(_told)
    session.taken_back.connect(_taken_back)
    program.window.show()
    focus(page.canvas)
    hand = Hand(Typist(program), seed)
    starter = os.getppid()
    while os.getppid() == starter:
        hand.go_on()


def _told(saved: Saved) -> None:
    _write({"ok": True, "ops": [saved.operation.hash]})


def _taken_back(operation: Operation, _kind: str) -> None:
    _write({"ok": True, "ops": [operation.hash]})


def _painted(marks: list[tuple[str, *Look]]) -> None:
    _write({"ok": True, "painted": marks})


def _write(told: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
