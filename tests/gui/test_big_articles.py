"""Articles that are long, dense or odd, in the real window: opened, scrolled, labelled, kept."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.arabic import tokens
from annotator.core.canonical import text_digest
from annotator.core.model import Entity, extent_of
from annotator.gui.canvas.view import Canvas
from annotator.gui.program import Program
from annotator.services import annotators, importing
from annotator.services import projects as making
from annotator.store.project import Project
from tests import projects
from tests.gui.onpage import session_of

pytestmark = pytest.mark.slow
WHO = "سلمى"
_NEWS = projects.TEXTS[0].split("\n")[0] + " وأضاف أن القمة ستعقد في القاهرة يوم الأحد المقبل. "
_ODD = (
    "قا\u200bل بو\u2060تين\u200d ا\u0378ب \U000e0080ج \ufeff\u034fم \U0001fbfb \ufdd0 لا\u200cلا 😀"
)


@dataclass(frozen=True, slots=True)
class Made:
    """An article, and where it has labels already."""

    text: str
    places: list[tuple[int, int]]


def _long(length: int, paragraph: int) -> str:
    """Return a text of `length` code points in paragraphs of about `paragraph`."""
    parts: list[str] = []
    size = 0
    while size < length:
        part = (_NEWS * (paragraph // len(_NEWS) + 1))[: paragraph + len(parts) * 37 % 80 - 40]
        parts.append(part)
        size += len(part) + 1
    return "\n".join(parts)[:length].rstrip()


def _words(text: str, n: int) -> list[tuple[int, int]]:
    found = list(tokens.words(text))
    return [found[k * len(found) // n] for k in range(min(n, len(found)))]


def _dense() -> Made:
    """Return a page on which 600 labels show at once: words, and letters in them."""
    text = ("في من عن أن لا ما قد هو " * 60).strip()
    words = list(tokens.words(text))
    letters = [(start, start + 1) for start, _ in words]
    return Made(text, (words + letters)[:600])


def _labelled(text: str, n: int) -> Made:
    return Made(text, _words(text, n))


MAKE: dict[str, Callable[[], Made]] = {
    "a million characters": lambda: Made(_long(1_000_000, 400), []),
    "20,000 labels": lambda: _labelled("أ " + _long(999_000, 500), 20_000),
    "one paragraph of 100,000": lambda: Made(_long(100_000, 100_000).replace("\n", " "), []),
    "600 labels on one screen": _dense,
    "what cannot be seen": lambda: Made("\n".join([_ODD] * 400), []),
    "no Arabic": lambda: Made("CBS News said 25% of AFP, e\u0301t 中文.\nTwo words. " * 300, []),
}


def _row(made: Made, title: str) -> dict[str, Any]:
    entities = [
        {"uid": f"e{n}", "type": "PERS", "start": a, "end": b, "quote": made.text[a:b]}
        for n, (a, b) in enumerate(made.places)
    ]
    row = {"format": "hashiya/1", "article": {"title": title}, "text": made.text}
    return {**row, "annotator": {"name": WHO}, "entities": entities} if entities else row


@pytest.fixture(scope="module")
def articles() -> dict[str, Made]:
    return {name: make() for name, make in MAKE.items()}


@pytest.fixture(scope="module")
def project(articles: dict[str, Made]) -> Iterator[Path]:
    """Return a project of all of them."""
    with projects.quick_folder() as folder:
        path, rows = folder / "big.hashiya", folder / "big.jsonl"
        with rows.open("w", encoding="utf-8") as file:
            for name, made in articles.items():
                file.write(json.dumps(_row(made, name), ensure_ascii=False) + "\n")
        making.new(path)
        with Project.open(path) as opened:
            report = importing.import_sources(opened, [rows])
            assert not report.refused
            annotators.ensure(opened, WHO)
        yield path


def open_it(program: Program, path: Path, text: str) -> None:
    with Project.open(path) as project:
        who = annotators.named(project, WHO).uid
    assert program.open_project(path, who)
    assert program.window.page is not None
    program.window.page.show_article(text_digest(text))
    rest(program)


def canvas_of(program: Program) -> Canvas:
    assert program.window.page is not None
    return program.window.page.canvas


def rest(program: Program) -> None:
    session_of(program).flush()
    for _ in range(20):
        QApplication.processEvents()


def scroll(program: Program) -> None:
    """Turn the wheel, press Page Down, go to the end and to places in between."""
    canvas = canvas_of(program)
    viewport, none = canvas.viewport(), Qt.KeyboardModifier.NoModifier
    at, away = QPointF(viewport.rect().center()), QPoint(0, -360)
    still, no_button = Qt.ScrollPhase.NoScrollPhase, Qt.MouseButton.NoButton
    wheel = QWheelEvent(at, at, QPoint(), away, no_button, none, still, False)
    for _ in range(10):
        QApplication.sendEvent(viewport, wheel)
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_Down):
        QTest.keyClick(canvas, key)
    bar = canvas.verticalScrollBar()
    for share in (0.3, 0.9, 0.5):
        bar.setValue(round(bar.maximum() * share))
        rest(program)
        assert not canvas.grab().isNull()
    QTest.keyClick(canvas, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    rest(program)


def label(program: Program, start: int) -> str:
    """Put the caret into the word at `start` and press the key of a type; return its quote."""
    canvas, session = canvas_of(program), session_of(program)
    before = set(session.labels)
    canvas.place_caret(start)
    canvas.scroll_to(start, start)
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, Qt.Key.Key_O, Qt.KeyboardModifier.NoModifier, "o")
        QApplication.sendEvent(canvas, event)
    rest(program)
    (made,) = set(session.labels) - before
    found = session.labels[made]
    assert isinstance(found, Entity)
    assert found.type == "ORG"
    assert canvas.box_of(found.extent[0].start, found.extent[0].end).isValid()
    return found.extent[0].quote


@pytest.mark.parametrize("name", MAKE)
def test_it_opens_scrolls_is_labelled_and_kept(
    program: Program, project: Path, articles: dict[str, Made], name: str
) -> None:
    made = articles[name]
    open_it(program, project, made.text)
    session = session_of(program)
    assert session.reading is not None
    assert session.reading.text == made.text
    assert len(session.labels) == len(made.places)

    scroll(program)
    places = set(made.places)
    free = [word for word in tokens.words(made.text) if word not in places]
    wanted = [free[0], free[len(free) // 2], free[-1]] if free else []
    quotes = [label(program, start) for start, _ in wanted]

    assert quotes == [made.text[start:end] for start, end in wanted]
    program.close_project()
    open_it(program, project, made.text)
    kept = [one for one in session_of(program).labels.values() if isinstance(one, Entity)]
    assert len(kept) == len(made.places) + len(quotes)
    assert sorted(extent_of(one)[0].quote for one in kept if one.type == "ORG") == sorted(quotes)


def test_600_labels_do_show_at_once(
    program: Program, project: Path, articles: dict[str, Made]
) -> None:
    made = articles["600 labels on one screen"]
    open_it(program, project, made.text)
    canvas = canvas_of(program)
    canvas.set_zoom(16)
    program.window.resize(1600, 1400)
    rest(program)
    seen = canvas.viewport().rect()

    shown = [place for place in made.places if seen.intersects(canvas.box_of(*place))]

    assert len(shown) == 600
    assert not canvas.grab().isNull()


def test_the_text_of_much_labelled_articles_comes_first_and_a_key_waits_for_the_labels(
    program: Program, project: Path, articles: dict[str, Made]
) -> None:
    made = articles["20,000 labels"]
    open_it(program, project, made.text)
    session, canvas = session_of(program), canvas_of(program)
    sha256, n = text_digest(made.text), len(session.labels)
    session.show_article("")

    session.show_article(sha256)
    assert session.reading is not None
    assert (session.reading.text, session.reading.is_whole) == (made.text, False)
    assert not session.labels
    for _ in range(20):
        QApplication.processEvents()
    assert session.reading.is_whole
    assert len(session.labels) == n >= len(made.places)

    session.show_article(sha256)
    start, end = made.places[5]
    canvas.place_caret(start)
    key = session.schema.entity_types["PERS"].key
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_P, Qt.KeyboardModifier.NoModifier, key)
    QApplication.sendEvent(canvas, event)  # the type of the label there: it goes
    rest(program)
    assert len(session.labels) == n - 1
    assert not [one for one in session.labels.values() if extent_of(one)[0][:2] == (start, end)]
    session.undo()
