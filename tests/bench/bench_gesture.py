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
from pathlib import Path

from annotator.core.model import extent_at
from annotator.services import annotators, importing, labelling, projects
from annotator.store import opening
from annotator.store.project import Project
from tests.bench.measuring import Figure, article, report, seconds, words


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
        bare = opening.connect(folder / "bare.sqlite", "rwc")
        bare.execute("CREATE TABLE a(id INTEGER PRIMARY KEY, x TEXT)")
        bare.execute("CREATE TABLE b(id INTEGER PRIMARY KEY, x TEXT)")
        places = [(at, at + 1) for at in range(0, len(text), 37) if text[at].isalpha()][:n]
        ours, others = [], []

        def add(place: tuple[int, int]) -> None:
            labelling.add_entity(project, layer, extent_at(text, [place]), "PERS")

        def commit() -> None:
            bare.execute("BEGIN IMMEDIATE")
            bare.execute("INSERT INTO a(x) VALUES('x')")
            bare.execute("INSERT INTO b(x) VALUES('x')")
            bare.execute("COMMIT")

        for place in places:
            others.append(seconds(commit, time.perf_counter))
            ours.append(seconds(lambda: add(place), time.perf_counter))  # noqa: B023
    mine, theirs = statistics.median(ours) * 1000, statistics.median(others) * 1000
    told = f"p50 {mine:.2f} ms, bare {theirs:.2f} ms, {len(places)} each; journal included"
    return Figure("one gesture", mine / theirs, 2.0, False, told)


if __name__ == "__main__":
    sys.exit(main())
