"""The canvas: opening, scrolling and a key press painted, in CPU milliseconds against DESIGN §11.

Run: QT_QPA_PLATFORM=offscreen python -m tests.bench.bench_canvas [PART ...]
Parts: open, scroll, press; all of them unless some are named.
"""

import os
import random
import statistics
import sys
from collections.abc import Callable, Iterator
from time import process_time

from msgspec.structs import replace
from PySide6.QtWidgets import QApplication

from annotator.arabic import tokens
from annotator.gui import fonts
from annotator.gui.canvas.marks import Mark, Stretch
from annotator.gui.canvas.view import Canvas
from annotator.gui.look import Look
from annotator.gui.theme import SLOTS, Theme
from annotator.i18n import Language
from tests.bench.measuring import Figure, report, words

_WINDOW, _WIDE = (1000, 760), (3840, 2160)
_SIZES = ((2_000, 50, 30.0), (200_000, 5_000, 60.0), (1_000_000, 20_000, 120.0))
_FRAME, _SCROLLED = 16.7, 8.3
_TYPES = ("شخص", "منظمة", "كيان جيوسياسي", "منصب أو مهنة", "حدث مسمّى", "تاريخ")


class _Bench:
    """One application, and canvases in it."""

    def __init__(self) -> None:
        self.application = QApplication.instance() or QApplication(sys.argv[:1])
        fonts.load()
        self.look = Look(Theme.of("light"), Language.of("ar"))
        self.figures: list[Figure] = []

    def canvas(self, size: tuple[int, int]) -> Canvas:
        canvas = Canvas(self.look)
        canvas.resize(*size)
        canvas.show()
        self.application.processEvents()
        return canvas

    def add(self, what: str, times: list[float], bound: float, *, is_once: bool = False) -> None:
        """Keep the 95th percentile of `times`, or the median of what happens once an article."""
        ordered = sorted(times)
        p50, p95 = statistics.median(times), ordered[min(len(times) - 1, int(len(times) * 0.95))]
        told = f"CPU ms; p50 {p50:.1f}, p95 {p95:.1f}, most {ordered[-1]:.1f}"
        self.figures.append(Figure(what, p50 if is_once else p95, bound, False, told))

    # -- the parts

    def open(self) -> None:
        """Measure a new canvas with an article and its labels, and the next article in it."""
        self._opened("2 k", *_article(2_000, 50), 30.0)  # warms up
        self.figures.clear()
        for length, n, bound in _SIZES:
            self._opened(f"{length // 1000} k", *_article(length, n), bound)
        text = _article(100_000, 0)[0].replace("\n", " ")
        self._opened("one paragraph of 100 k", text, _marks(text, 2_000), 120.0)
        self._next_article()

    def _opened(self, name: str, text: str, marks: list[Mark], bound: float) -> None:
        bare, labelled = [], []
        for _ in range(9):
            canvas, began = Canvas(self.look), process_time()
            canvas.resize(*_WINDOW)
            canvas.show_article(text, [Stretch(0, len(text), "body", "المتن", True)])
            canvas.show()
            self.application.processEvents()
            bare.append((process_time() - began) * 1000)
            canvas.set_marks(marks)
            self.application.processEvents()
            labelled.append((process_time() - began) * 1000)
            canvas.close()
        self.add(f"open {name}", bare, bound, is_once=True)
        self.add(f"open {name} with {len(marks)} labels", labelled, bound, is_once=True)

    def _next_article(self) -> None:
        canvas = self.canvas(_WINDOW)
        articles = [_article(2_000, 50, lot) for lot in range(40)]

        def show(text: str, marks: list[Mark]) -> None:
            canvas.show_article(text, [Stretch(0, len(text), "body", "المتن", True)])
            canvas.set_marks(marks)

        times = [self._painted(lambda a=a: show(*a)) for a in articles]  # type: ignore[misc]
        self.add("next article", times, 35.0, is_once=True)

    def scroll(self) -> None:
        """Measure one step of the wheel at two sizes, with few labels and with 600 in view."""
        for size, bound in ((_WINDOW, _SCROLLED), (_WIDE, _FRAME)):
            at = f"{size[0]}×{size[1]}"
            for text, marks in (_article(200_000, 5_000), _dense(30_000)):
                canvas = self.canvas(size)
                canvas.show_article(text, [])
                canvas.set_marks(marks)
                self.application.processEvents()
                told = f"{at}, {_in_view(canvas, marks)} labels in view"
                self.add(f"scroll {told}", self._scrolled(canvas, 60), bound)
                self.add(f"scroll back {told}", self._scrolled(canvas, -60), bound)
                canvas.close()

    def _scrolled(self, canvas: Canvas, step: int) -> list[float]:
        bar = canvas.verticalScrollBar()
        return [self._painted(lambda: bar.setValue(bar.value() + step)) for _ in range(150)]

    def press(self) -> None:
        """Measure one more pending label until it is painted, then saved, then gone."""
        sizes = [(length, n, f"{length // 1000} k, {n} labels") for length, n, _ in _SIZES]
        for length, n, name in [*sizes, (3_000, 600, "3 k, 600 labels")]:
            text, marks = _article(length, n)
            self._pressed(name, text, marks, _WINDOW)
        text, marks = _article(1_000_000, 20_000)
        self._pressed("1000 k, 3840×2160", text, marks, _WIDE)
        text = _article(100_000, 0)[0].replace("\n", " ")
        self._pressed("one paragraph of 100 k", text, _marks(text, 2_000), _WINDOW)

    def _pressed(self, name: str, text: str, marks: list[Mark], size: tuple[int, int]) -> None:
        canvas = self.canvas(size)
        canvas.show_article(text, [Stretch(0, len(text), "body", "المتن", True)])
        canvas.set_marks(marks)
        lots, times = random.Random(5), []
        for _ in range(12):
            at = lots.randrange(len(text))
            canvas.scroll_to(at, at)
            self.application.processEvents()
            first = canvas.place().offset
            for pending in _some(text, first, lots):
                saved = replace(pending, is_pending=False)
                for shown in ([*marks, pending], [*marks, saved], marks):
                    times.append(self._painted(lambda s=shown: canvas.set_marks(s)))  # type: ignore[misc]
        self.add(f"press, {name}", times, _FRAME)
        canvas.close()

    def _painted(self, action: Callable[[], object]) -> float:
        began = process_time()
        action()
        self.application.processEvents()
        return (process_time() - began) * 1000


def _article(length: int, n: int, lot: int = 7) -> tuple[str, list[Mark]]:
    """Return a text in paragraphs of about 250 code points, and labels on it."""
    lots, vocabulary, parts, size, line = random.Random(lot), words(), list[str](), 0, 0
    while size < length:
        word = lots.choice(vocabulary)
        line += len(word) + 1
        size += len(word) + 1
        if line > lots.randrange(60, 440):
            word, line = word + "\n", 0
        parts.append(word)
    text = " ".join(parts)[:length]
    return text, _marks(text, n)


def _marks(text: str, n: int) -> list[Mark]:
    """Return `n` labels spread over `text`, one in five inside or over another."""
    lots = random.Random(11)
    places = list(tokens.words(text))
    marks: list[Mark] = []
    for number in range(n):
        first = number * len(places) // n
        last = min(first + lots.randrange(3), len(places) - 1)
        start, end = places[first][0], places[last][1]
        if "\n" in text[start:end]:
            end = places[first][1]
        kind = "event" if number % 9 == 8 else "entity"
        type_number = lots.randrange(len(_TYPES))
        name, slot = _TYPES[type_number], SLOTS[type_number]
        marks.append(Mark(f"u{number}", kind, ((start, end),), name, "", "X", slot))
    return marks


def _dense(length: int) -> tuple[str, list[Mark]]:
    """Return a text with a label on every letter, and on pairs: 600 on a screen of 1000×760."""
    text, _ = _article(length, 0)
    marks = []
    for start, character in enumerate(text):
        for size in (1, 2) if start % 4 == 0 else (1,):
            if not character.isspace() and not text[start : start + size].isspace():
                name, slot = _TYPES[start % len(_TYPES)], SLOTS[start % len(_TYPES)]
                span = (start, start + size)
                marks.append(Mark(f"u{start}_{size}", "entity", (span,), name, "", "X", slot))
    return text, marks


def _some(text: str, first: int, lots: random.Random) -> Iterator[Mark]:
    """Yield pending labels on words after `first`."""
    places = list(tokens.words(text[first : first + 500]))
    for number in range(4):
        start, end = lots.choice(places)
        yield Mark(
            f"new{number}",
            "entity",
            ((first + start, first + end),),
            "شخص",
            slot="n6",
            is_pending=True,
        )


def _in_view(canvas: Canvas, marks: list[Mark]) -> int:
    """Return how many labels are on the screen."""
    shown = canvas.viewport().rect()
    first = canvas.place().offset
    near = (mark for mark in marks if first <= mark.spans[0][0] < first + 5000)
    return sum(shown.intersects(canvas.box_of(*mark.spans[0])) for mark in near)


def main() -> int:
    """Measure the parts that are named."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    bench = _Bench()
    parts = {"open": bench.open, "scroll": bench.scroll, "press": bench.press}
    for name in sys.argv[1:] or list(parts):
        parts[name]()
    return report(bench.figures)


if __name__ == "__main__":
    sys.exit(main())
