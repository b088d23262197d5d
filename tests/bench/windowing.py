"""A real window to measure: a project with long and much labelled articles, and when it is painted.

Offscreen, with the file on a disk and settings of its own.
"""

import json
import os
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from annotator.arabic import tokens
from annotator.core.labelschema import LabelSchema
from annotator.gui import fonts
from annotator.gui.program import Program
from annotator.services import annotators, importing, projects
from annotator.store.project import Project
from tests.bench.measuring import article, words
from tests.gui.onpage import page_of, session_of

WINDOW, WIDE = (1000, 760), (3840, 2160)
_QUIET = 0.03
"""Seconds without anything painted after which the window has come to rest."""
_PATIENCE = 20.0
NAME = "a1"


@dataclass(frozen=True, slots=True)
class Took:
    """How long something took until it was painted: milliseconds of this process' CPU, of wall."""

    cpu: float
    wall: float
    was_written: bool = False  # something was written in between


class Painted(QObject):
    """Sees when the canvas of a window has been painted and shown."""

    def __init__(self, program: Program) -> None:
        super().__init__()
        self._window = program.window
        self._viewport = page_of(program).canvas.viewport()
        self._session = session_of(program)
        self._viewport.installEventFilter(self)
        self._window.installEventFilter(self)
        self._session.saved.connect(self._on_saved)
        self._is_painted = self._is_written = self._was_written = False
        self._at: tuple[float, float] | None = None
        self._until: Callable[[], bool] = bool

    def _on_saved(self) -> None:
        self._is_written = True

    def after(self, action: Callable[[], object], until: Callable[[], bool] = lambda: True) -> Took:
        """Do `action` and return how long it took until the canvas was painted and shown.

        What is painted before `until` holds does not count.
        """
        rest()
        self._until = until
        self._is_painted = self._is_written = False
        self._at = None
        cpu, wall = time.process_time(), time.perf_counter()
        action()
        while self._at is None:
            QCoreApplication.processEvents()
            if time.perf_counter() - wall > _PATIENCE:
                raise TimeoutError("nothing was painted")
        return Took((self._at[0] - cpu) * 1000, (self._at[1] - wall) * 1000, self._was_written)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note that the canvas is painted; and the time, as soon as the window has shown that."""
        if event.type() is QEvent.Type.Paint and watched is self._viewport:
            if not self._is_painted:
                self._was_written = self._is_written
            self._is_painted = self._until()
        elif event.type() is QEvent.Type.UpdateRequest and self._at is None:
            watched.removeEventFilter(self)
            QCoreApplication.sendEvent(watched, event)  # here, to know when it is done
            watched.installEventFilter(self)
            if self._is_painted:
                self._at = time.process_time(), time.perf_counter()
            return True
        return False


def started() -> Program:
    """Return the program with its window, in Arabic and without a project."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    fonts.load()
    return Program(application, "ar")


def rest() -> None:
    """Let everything be done and painted that is still to be."""
    for _ in range(3):
        until = time.perf_counter() + _QUIET
        while time.perf_counter() < until:
            QCoreApplication.processEvents()
            time.sleep(0.002)


def press(program: Program, key: Qt.Key, text: str, *, is_alt: bool = False) -> None:
    """Press a key in the article."""
    held = Qt.KeyboardModifier.AltModifier if is_alt else Qt.KeyboardModifier.NoModifier
    event = QKeyEvent(QEvent.Type.KeyPress, key, held, text)
    QApplication.sendEvent(page_of(program).canvas, event)


# --- projects ---


@dataclass(frozen=True, slots=True)
class Article:
    """An article to make: its length in code points, and how many labels it gets.

    Where it `is_dense` every letter has one, and pairs of letters.
    """

    title: str
    length: int
    n_labels: int = 0
    is_dense: bool = False


def made(path: Path, articles: list[Article]) -> str:
    """Make a project of `articles` at `path`; return the uid of who labels in it."""
    os.environ["HASHIYA_DATA"] = str(path.parent / "data")
    projects.new(path)
    rows = path.with_suffix(".jsonl")
    with Project.open(path) as project:
        schema = project.label_schema
        with rows.open("w", encoding="utf-8") as file:
            for number, one in enumerate(articles):
                file.write(json.dumps(_row(schema, one, number), ensure_ascii=False) + "\n")
        found = importing.import_sources(project, [rows])
        assert not found.refused, found.refused[:2]
        return annotators.ensure(project, NAME).uid


def named(program: Program) -> dict[str, str]:
    """Return the SHA-256 of the articles by their titles."""
    rows = session_of(program).project.connection.execute("SELECT title, sha256 FROM articles")
    return dict(rows.fetchall())


def _row(schema: LabelSchema, one: Article, number: int) -> dict[str, object]:
    text = article(random.Random(number), words(), one.length, number)[: one.length].rstrip()
    row: dict[str, object] = {
        "format": "hashiya/1",
        "article": {"title": one.title},
        "text": text,
    }
    places = _dense(text) if one.is_dense else _spread(text, one.n_labels)
    if places:
        types = [item.id for item in schema.entities]
        row["annotator"] = {"name": NAME}
        row["entities"] = [
            {
                "uid": f"e{n}",
                "type": types[n % len(types)],
                "start": start,
                "end": end,
                "quote": text[start:end],
            }
            for n, (start, end) in enumerate(places)
        ]
    return row


def _spread(text: str, n: int) -> list[tuple[int, int]]:
    """Return `n` places spread over `text`, of one, two or three words."""
    chance, found = random.Random(11), list(tokens.words(text))
    places = []
    for number in range(n):
        first = number * len(found) // n
        last = min(first + chance.randrange(3), len(found) - 1)
        start, end = found[first][0], found[last][1]
        places.append((start, found[first][1] if "\n" in text[start:end] else end))
    return places


def _dense(text: str) -> list[tuple[int, int]]:
    """Return every letter, and some pairs of letters."""
    found = []
    for start, character in enumerate(text):
        for size in (1, 2) if start % 4 == 0 else (1,):
            if character.isalpha() and text[start : start + size].isalpha():
                found.append((start, start + size))
    return found


def unlabelled(path: Path, n: int) -> None:
    """Write `n` articles of 2,000 code points as rows of JSONL."""
    chance, vocabulary = random.Random(9), words()
    with path.open("w", encoding="utf-8") as file:
        for number in range(n):
            text = article(chance, vocabulary, 2_000, 1_000_000 + number)
            row = {"format": "hashiya/1", "text": text}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
