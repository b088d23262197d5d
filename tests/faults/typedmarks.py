"""A window in which somebody labels by keys until she is killed, and which tells what it has saved.

    python -m tests.faults.typedmarks PROJECT ANNOTATOR SEED

Only key events reach the program. Each operation is told on stdout, a line of JSON each, in the
moment in which its mark is shown as saved.
"""

import json
import os
import random
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from annotator.core.operations import Operation
from annotator.gui import fonts
from annotator.gui.program import Program
from annotator.gui.session import Saved
from annotator.store.project import Project
from annotator.store.queries import known_annotator
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
    path, who, seed = sys.argv[1:]
    application = QApplication([])
    fonts.load()
    program = Program(application, "ar")
    program.window.resize(1200, 800)
    with Project.open(Path(path)) as project:
        uid = known_annotator(project, who).uid
    assert program.open_project(Path(path), uid)
    page, session = program.window.page, program.session
    assert page is not None
    assert session is not None
    page.show_article(sha_of(0))
    session.saved.connect(_told)
    session.taken_back.connect(_taken_back)
    focus(page.canvas)
    hand = Hand(Typist(program), int(seed))
    starter = os.getppid()
    while os.getppid() == starter:
        hand.go_on()
    return 0


def _told(saved: Saved) -> None:
    _write(saved.operation)


def _taken_back(operation: Operation, _kind: str) -> None:
    _write(operation)


def _write(operation: Operation) -> None:
    sys.stdout.write(json.dumps({"ok": True, "ops": [operation.hash]}) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
