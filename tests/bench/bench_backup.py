"""Bench: a backup of 20,000 articles with 100,000 labels, each of them a gesture of its own.

    .venv/bin/python -m tests.bench.bench_backup [ARTICLES]

Seconds are CPU time, held against a loop of a million additions, which takes 46 ms on the machine
of the bounds; the clock is told beside. Exits 1 where a figure is outside its bound.
"""

import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator.services import annotators, backing_up, labelling, restoring
from annotator.store.project import Project
from annotator.store.turn import Turn
from tests.bench.atrest import Time, loop_told, mood, slowness, timed
from tests.bench.labelled import ARTICLES, labelled_project
from tests.bench.measuring import Figure, report

TURNS = 7


def main() -> int:
    """Print the figures; return 1 where one is outside its bound."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    folder = Path(tempfile.mkdtemp(prefix=".bench-", dir="."))  # a disk, not memory
    os.environ["HASHIYA_DATA"] = str(folder / "data")
    try:
        return report(_figures(folder, n))
    finally:
        shutil.rmtree(folder)


def _figures(folder: Path, n: int) -> list[Figure]:
    path = labelled_project(folder, n)
    scale = n / ARTICLES
    turns = _Watched()
    with Project.open(path, turn=turns) as project:
        first = timed(lambda: backing_up.back_up(project, "asked"))
        ours, plain, moods = [], [], [mood()]
        for turn in range(TURNS):
            _say_something(project, turn)
            plain.append(timed(lambda: _plain_copy(path)))
            ours.append(timed(lambda: _backed_up(project)))
            moods.append(mood())
    backup = backing_up.backup_of(path)
    again = timed(lambda: restoring.restore(path, folder / "new.hashiya", backup))
    slowed = slowness(moods)
    mine, theirs = (
        Time(*map(statistics.median, zip(*all_, strict=True))) for all_ in (ours, plain)
    )
    size = f"{backup.size / 1e6:.0f} MB of {path.stat().st_size / 1e6:.0f} MB"
    told = f"{mine.wall:.2f} s by the clock; {loop_told(slowed)}; {size}"
    return [
        Figure("backup, seconds", mine.cpu / slowed, scale, False, told),
        Figure(
            "of a plain copy, synced, by the clock", mine.wall / theirs.wall, 5, False, str(theirs)
        ),
        Figure("the first, with all texts", first.cpu / slowed, 3 * scale, False, str(first)),
        Figure(
            "keeps gestures waiting, ms", turns.longest * 1000 / slowed, 350 * scale, False, "CPU"
        ),
        Figure("restoring as a new file", again.cpu / slowed, 15 * scale, False, str(again)),
    ]


def _backed_up(project: Project) -> None:
    made = backing_up.back_up(project, "asked")
    if not made.is_new or made.n_text_bytes:
        raise SystemExit(f"no backup of its own, or texts again: {made}")


def _plain_copy(path: Path) -> None:
    copy = path.with_name("plain")
    shutil.copyfile(path, copy)
    with copy.open("rb+") as file:
        os.fsync(file.fileno())


def _say_something(project: Project, turn: int) -> None:
    sha256 = project.connection.execute("SELECT sha256 FROM articles").fetchone()[0]
    layer = project.layer(sha256, annotators.ensure(project, "a2").uid)
    labelling.set_status(project, layer, ("done", "started")[turn % 2])


class _Watched(Turn):
    """A turn that is told how long jobs have it: so long a gesture waits for a backup at most."""

    longest = 0.0

    @contextmanager
    def taken(self, by_person: bool = True) -> Iterator[None]:
        with super().taken(by_person):
            began = time.thread_time()
            yield
            if not by_person:
                self.longest = max(self.longest, time.thread_time() - began)


if __name__ == "__main__":
    sys.exit(main())
