"""One gesture, to durable in file and journal, against a bare commit of two rows, set alike.

Wall time, because it is syncs; the two in turn, because disks have moods.
Run: python -m tests.bench.bench_gesture [GESTURES]
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from annotator.core.model import extent_at
from annotator.services import annotators, importing, labelling, projects
from annotator.store.project import Project
from tests.bench.beside import Bare
from tests.bench.measuring import Figure, article, report, seconds, words

_Given = TypeVar("_Given")


def main() -> int:
    """Measure adding entities to one article; `GESTURES` is 300 unless given."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with tempfile.TemporaryDirectory(
        dir=".", prefix=".bench-"
    ) as name:  # a disk, not a memory file system
        folder = Path(name)
        os.environ["HASHIYA_DATA"] = str(folder / "data")
        source = folder / "article.txt"
        source.write_text(article(random.Random(3), words(), 40 * n, 1), "utf-8")
        return report([_figure(folder, source, n)])


def _figure(folder: Path, source: Path, n: int) -> Figure:
    path = folder / "p.hashiya"
    projects.new(path)
    with Project.open(path) as project:
        importing.import_sources(project, [source])
        annotator = annotators.ensure(project, "a1")
        sha256 = project.connection.execute("SELECT sha256 FROM articles").fetchone()[0]
        text, layer = project.text(sha256), project.layer(sha256, annotator.uid)
        places = [(at, at + 1) for at in range(0, len(text), 37) if text[at].isalpha()][:n]

        def add(place: tuple[int, int]) -> None:
            labelling.add_entity(project, layer, extent_at(text, [place]), "PERS")

        ours, others = in_turn(add, places, Bare(folder / "bare.sqlite"))
    mine, theirs = statistics.median(ours), statistics.median(others)
    told = f"p50 {mine:.2f} ms, bare {theirs:.2f} ms, {len(places)} each; journal included"
    return Figure("one gesture", mine / theirs, 2.0, False, told)


def in_turn(
    act: Callable[[_Given], object], each: Iterable[_Given], bare: Bare
) -> tuple[list[float], list[float]]:
    """Return how many milliseconds `act` took with each, and a bare commit before each."""
    ours: list[float] = []
    others: list[float] = []
    for given in each:
        others.append(seconds(bare.commit, time.perf_counter) * 1000)
        ours.append(seconds(lambda: act(given), time.perf_counter) * 1000)  # noqa: B023
    return ours, others


if __name__ == "__main__":
    sys.exit(main())
