"""The whole window: its start, a key press painted and durable, opening articles, a long import.

CPU milliseconds of the process where only that counts (a machine may be shared), wall time where a
person waits for a disk or for another process. Each figure says which.
Run: QT_QPA_PLATFORM=offscreen python -m tests.bench.bench_window [PART ...]
Parts: first, press, durable, open, next, import; all of them unless some are named.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt

from annotator.core.model import extent_at, extent_of
from annotator.services import labelling
from tests.bench import opening
from tests.bench.beside import N_NEXT, Bare, Beside
from tests.bench.measuring import Figure, report, seconds
from tests.bench.windowing import (
    WIDE,
    WINDOW,
    Article,
    Painted,
    Took,
    made,
    named,
    press,
    rest,
    started,
    unlabelled,
)
from tests.gui.onpage import page_of, session_of

_SIZES = ((2_000, 50, 30.0), (200_000, 5_000, 60.0), (1_000_000, 20_000, 120.0))
_FRAME, _NEXT = 16.7, 35.0
_LABEL = 0.05
"""Milliseconds for each label that comes after the text of its article."""
_PRESSES, _DURABLE = 40, 60
_N_IMPORTED = 10_000
_READ, _GESTURE = 150.0, 250.0


def _articles() -> list[Article]:
    """Return what the project holds: each size with labels and without, and 600 on a screen."""
    sizes = [
        article
        for length, n, _ in _SIZES
        for article in (Article(f"{length}", length, n), Article(f"{length} bare", length))
    ]
    usual = [Article(f"next {n}", 2_000, 50) for n in range(N_NEXT)]
    return [*sizes, Article("dense", 4_000, is_dense=True), *usual]


class _Bench:
    """One window on one project, and the figures that were found in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.figures: list[Figure] = []
        path = folder / "p.hashiya"
        who = made(path, _articles())
        self.program = started()
        assert self.program.open_project(path, who)
        self.article = named(self.program)
        self.resize(WINDOW)
        self.painted = Painted(self.program)

    def resize(self, size: tuple[int, int]) -> None:
        """Give the window a size."""
        self.program.window.resize(*size)
        rest()

    def show(self, title: str, *, is_whole: bool = False) -> Took:
        """Show an article and return how long that took; until its labels are there, if asked."""

        def is_there() -> bool:
            reading = session_of(self.program).reading
            return not is_whole or (reading is not None and reading.is_whole)

        page = page_of(self.program)
        return self.painted.after(lambda: page.show_article(self.article[title]), is_there)

    def add(self, what: str, times: list[float], bound: float, told: str = "") -> None:
        """Keep the 95th percentile of `times`, in milliseconds, with its bound."""
        ordered = sorted(times)
        p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
        said = f"p50 {statistics.median(times):.1f}, p95 {p95:.1f}, most {ordered[-1]:.1f} ms{told}"
        self.figures.append(Figure(what, p95, bound, False, said))

    # --- a key press until its mark is painted ---

    def press(self) -> None:
        """Measure a key press until the canvas and the window have been painted."""
        for length, n, _ in _SIZES:
            self._pressed(f"{length // 1000} k, {n} labels", f"{length}")
        self._pressed("600 labels on the screen", "dense")
        self.resize(WIDE)
        for length, n, _ in _SIZES:
            self._pressed(f"{length // 1000} k, {n} labels, 3840×2160", f"{length}")
        self._pressed("dense, 3840×2160", "dense")
        self.resize(WINDOW)

    def _pressed(self, name: str, title: str) -> None:
        self.show(title)
        took = [self._press_at(offset) for offset in self._places(_PRESSES)]
        n, walls = self._in_view(), [one.wall for one in took]
        first = sum(not one.was_written for one in took)
        told = f" of CPU; wall p50 {statistics.median(walls):.1f}; {n} labels in view"
        self.add(f"press → painted, {name}", [one.cpu for one in took], _FRAME, told)
        said = f"{first} of {len(took)} marks were painted before anything was written"
        what = f"painted before written, {name}"
        self.figures.append(Figure(what, first / len(took), 1.0, True, said))

    def _places(self, n: int) -> list[int]:
        """Return offsets on words that are in view."""
        reading = session_of(self.program).reading
        assert reading is not None
        chance, text = random.Random(5), reading.text[:1500]
        letters = [at for at, character in enumerate(text) if character.isalpha()]
        return [chance.choice(letters) for _ in range(n)]

    def _press_at(self, offset: int) -> Took:
        canvas = page_of(self.program).canvas
        canvas.place_caret(offset)
        canvas.scroll_to(offset, offset)
        key, text = random.Random(offset).choice(((Qt.Key.Key_P, "p"), (Qt.Key.Key_O, "o")))
        return self.painted.after(lambda: press(self.program, key, text))

    def _in_view(self) -> int:
        """Return how many labels are on the screen."""
        canvas, labels = page_of(self.program).canvas, session_of(self.program).labels
        shown = canvas.viewport().rect()
        places = [extent_of(one)[0] for one in labels.values() if extent_of(one)]
        return sum(
            shown.intersects(canvas.box_of(place.start, place.end))
            for place in places
            if place.start < 10_000
        )

    # --- a key press until it is in the file ---

    def durable(self) -> None:
        """Measure a key press until it is saved, the same gesture without a window, a bare commit.

        The three in turn. The mark is painted before anything is written, so what the window adds
        to the gesture is a paint: its bound is a frame.
        """
        self.show("2000")
        bare, service = Bare(self.folder / "bare.sqlite"), self._service()
        ours, others, theirs = [], [], []
        for offset in self._places(_DURABLE):
            page_of(self.program).canvas.place_caret(offset)
            rest()
            theirs.append(seconds(bare.commit, time.perf_counter) * 1000)
            others.append(seconds(service, time.perf_counter) * 1000)
            ours.append(self._saved())
        whole, gesture, commit = (statistics.median(each) for each in (ours, others, theirs))
        told = f"wall, p50 {gesture:.2f} ms, bare {commit:.2f} ms, {len(ours)} each"
        self.figures.append(
            Figure("gesture in the window's file", gesture / commit, 2.0, False, told)
        )
        told = f"wall, p50 {whole:.2f} ms: {whole / commit:.1f} × bare"
        more = whole - gesture
        self.figures.append(Figure("press → durable beyond it, ms", more, _FRAME, False, told))

    def _service(self) -> Callable[[], object]:
        """Return what labels, without the window, an article that is not in view."""
        session = session_of(self.program)
        project, annotator = session.project, session.annotator
        assert annotator is not None
        layer = project.layer(self.article["next 3"], annotator.uid)
        text = project.text(layer.article)
        free = (at for at, letter in enumerate(text) if letter.isalpha())
        return lambda: labelling.add_entity(
            project, layer, extent_at(text, [((at := next(free)), at + 1)]), "LAW"
        )

    def _saved(self) -> float:
        """Return how long a key press takes until the session says that it is saved."""
        ends: list[float] = []
        session = session_of(self.program)
        note = session.saved.connect(lambda _: ends.append(time.perf_counter()))
        began = time.perf_counter()
        press(self.program, Qt.Key.Key_P, "p")
        while not ends:
            QCoreApplication.processEvents()
        session.saved.disconnect(note)
        return (ends[0] - began) * 1000

    # --- articles ---

    def open(self) -> None:
        """Measure an article from the click in the list until it is painted."""
        for title in ("next 1", "2000", "next 2"):  # warms up
            self.show(title)
        for length, n, bound in _SIZES:
            for title, told in ((f"{length} bare", "no label"), (f"{length}", f"{n} labels")):
                took = []
                for _ in range(9):
                    self.show("next 3")
                    took.append(self.show(title))
                cpu, wall = [one.cpu for one in took], statistics.median(one.wall for one in took)
                said = f" of CPU; wall p50 {wall:.1f}"
                self.add(f"open {length // 1000} k, {told}", cpu, bound, said)
        for length, n, _ in _SIZES[1:]:
            took = []
            for _ in range(5):
                self.show("next 3")
                took.append(self.show(f"{length}", is_whole=True))
            what = f"all {n} labels of {length // 1000} k painted"
            self.add(what, [one.cpu for one in took], n * _LABEL, " of CPU")

    def next(self) -> None:
        """Measure the command that goes on to the next article."""
        self.show("next 0")
        step = self.program.window.commands.do
        took = [self.painted.after(lambda: step("next_article")) for _ in range(N_NEXT - 1)]
        self.add("next article", [one.cpu for one in took], _NEXT, " of CPU")

    # --- beside an import ---

    def import_(self) -> None:
        """Measure reads and gestures of the window's thread while articles come in."""
        rows = self.folder / "in.jsonl"
        unlabelled(rows, _N_IMPORTED)
        self.show("next 0")
        beside = Beside(self.program, self.article)
        n, took = beside.run(rows)
        told = f" of wall; {n} articles in {took:.1f} s; {len(beside.gestures)} of each"
        self._worst("worst read during an import", beside.reads, _READ, told)
        self._worst("worst gesture during an import", beside.gestures, _GESTURE, told)

    def _worst(self, what: str, times: list[float], bound: float, told: str) -> None:
        said = f"p50 {statistics.median(times):.1f} ms{told}"
        self.figures.append(Figure(f"{what}, ms", max(times), bound, False, said))


def main() -> int:
    """Measure the parts that are named."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    wanted = sys.argv[1:] or ["first", "press", "durable", "open", "next", "import"]
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(
        dir=".", prefix=".bench-"
    ) as name:  # a disk, not a memory file system
        folder = Path(name).absolute()
        if "first" in wanted:
            figures += opening.figures(folder)
        if wanted != ["first"]:
            figures += _in_window(folder, wanted)
    return report(figures)


def _in_window(folder: Path, wanted: list[str]) -> list[Figure]:
    bench = _Bench(folder)
    parts: dict[str, Callable[[], None]] = {
        "press": bench.press,
        "durable": bench.durable,
        "open": bench.open,
        "next": bench.next,
        "import": bench.import_,
    }
    for name, part in parts.items():
        if name in wanted:
            part()
    bench.program.close_project()
    return bench.figures


if __name__ == "__main__":
    sys.exit(main())
