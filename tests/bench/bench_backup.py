"""Bench: a backup of 20,000 articles with 100,000 labels, each of them a gesture of its own.

    .venv/bin/python -m tests.bench.bench_backup [ARTICLES]

Seconds are CPU time, held against a loop of a million additions, which takes 46 ms on the machine
of the bounds; the clock is told beside. Exits 1 where a figure is outside its bound.
"""

import os
import random
import re
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from annotator.core import operations as op
from annotator.core.bodies import body_of
from annotator.core.model import Annotator, Entity, extent_at
from annotator.core.operations import Change, Operation, Scope
from annotator.core.uids import GESTURE, label_uid, new_replica, numbered
from annotator.services import (
    annotators,
    backing_up,
    labelling,
    restoring,
)
from annotator.store.project import Project
from annotator.store.turn import Turn
from annotator.store.uniting import unite
from tests.bench.imported import project_of
from tests.bench.measuring import Figure, report

ARTICLES = 20_000
LABELS = 5
LENGTH = 2000
TURNS = 7
_USUAL = 0.046


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
    path = _made(folder, n)
    scale = n / ARTICLES
    turns = _Watched()
    with Project.open(path, turn=turns) as project:
        first = _timed(lambda: backing_up.back_up(project, "asked"))
        ours, plain, moods = [], [], [_mood()]
        for turn in range(TURNS):
            _say_something(project, turn)
            plain.append(_timed(lambda: _plain_copy(path)))
            ours.append(_timed(lambda: _backed_up(project)))
            moods.append(_mood())
    backup = backing_up.backup_of(path)
    again = _timed(lambda: restoring.restore(path, folder / "new.hashiya", backup))
    mood = max(1.0, statistics.median(moods) / _USUAL)
    mine, theirs = (
        _Time(*map(statistics.median, zip(*all_, strict=True))) for all_ in (ours, plain)
    )
    size = f"{backup.size / 1e6:.0f} MB of {path.stat().st_size / 1e6:.0f} MB"
    told = f"{mine.wall:.2f} s by the clock; the loop takes {mood * _USUAL * 1000:.0f} ms; {size}"
    return [
        Figure("backup, seconds", mine.cpu / mood, scale, False, told),
        Figure(
            "of a plain copy, synced, by the clock", mine.wall / theirs.wall, 5, False, str(theirs)
        ),
        Figure("the first, with all texts", first.cpu / mood, 3 * scale, False, str(first)),
        Figure(
            "keeps gestures waiting, ms", turns.longest * 1000 / mood, 350 * scale, False, "CPU"
        ),
        Figure("restoring as a new file", again.cpu / mood, 15 * scale, False, str(again)),
    ]


class _Time(NamedTuple):
    cpu: float
    wall: float

    def __str__(self) -> str:
        return f"{self.cpu:.2f} s of CPU, {self.wall:.2f} s by the clock"


def _middle(times: list[_Time]) -> _Time:
    cpu, wall = zip(*times, strict=True)
    return _Time(statistics.median(cpu), statistics.median(wall))


def _timed(work: Callable[[], object]) -> _Time:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return _Time(time.process_time() - cpu, time.perf_counter() - wall)


def _backed_up(project: Project) -> None:
    made = backing_up.back_up(project, "asked")
    if not made.is_new or made.n_text_bytes:
        raise SystemExit(f"no backup of its own, or texts again: {made}")


def _mood() -> float:
    """Return the CPU seconds that a million additions take."""
    began = time.process_time()
    n = 0
    while n < 1_000_000:
        n += 1
    return time.process_time() - began


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


# --- the project --------------------------------------------------------------------------------


def _made(folder: Path, n: int) -> Path:
    path = project_of(folder / "project.hashiya", n, LENGTH)
    with Project.open(path) as project:
        unite(project, list(_operations(project, annotators.ensure(project, "a1"))))
    return path


def _operations(project: Project, who: Annotator) -> Iterator[Operation]:
    """Yield the history of somebody who labels every article, an operation a label."""
    chance, replica = random.Random(3), new_replica()
    number, lamport = 0, project.clock().lamport
    query = "SELECT a.sha256,t.text FROM articles a JOIN texts t ON t.article=a.id"
    for sha256, text in project.connection.execute(query).fetchall():
        prev = ""
        for sequence, (start, end) in enumerate(_places(chance, text), 1):
            number, lamport = number + 2, lamport + 1
            entity = Entity(
                label_uid("entity", replica, number - 1),
                extent_at(text, [(start, end)]),
                chance.choice(("PERS", "ORG", "GPE")),
            )
            change = Change("entity", entity.uid, None, body_of(entity))
            numbers = (replica, sequence, prev, lamport)
            told = (who.uid, "2026-11-22T01:00Z", numbered(GESTURE, replica, number))
            made = Operation("add_entity", Scope(sha256, who.uid), *numbers, *told, (change,))
            named, _ = op.recorded(made)
            prev = named.hash
            yield named


def _places(chance: random.Random, text: str) -> list[tuple[int, int]]:
    return sorted(chance.sample([found.span() for found in re.finditer(r"\S+", text)], LABELS))


if __name__ == "__main__":
    sys.exit(main())
