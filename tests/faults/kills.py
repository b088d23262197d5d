"""kill -9 of who writes: what was told as saved is there, what was not whole or not at all.

    .venv/bin/python -m tests.faults.kills apply|window|too-soon [KILLS] [SEED]

Writers are the real command line and the real window, started one after the other on one file. Of
the window it is counted too which marks its canvas had painted as saved, and are gone; `too-soon`
is a window that paints them before they are, and must be found out.
"""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from annotator.core.operations import recorded
from annotator.store.project import Project
from tests.faults.gesturing import is_whole, stream
from tests.faults.shownmarks import ShownMarks
from tests.faults.twocores import in_halves, summed
from tests.projects import annotator, assert_sound, layer_of, made, operations_in, quick_folder

_ROOT = Path(__file__).parents[2]
_SOUND_EACH = 10
_NEW_EACH = 50
"""Kills of one file; then a new one, or history would grow longer than anybody's."""


@dataclass(slots=True)
class Count:
    """What became of the operations; `in_flight` were there, though nobody was told of them.

    `painted` counts marks each time that they came to be painted as saved, `gone` those that are
    not in the file as they were painted.
    """

    kills: int = 0
    acknowledged: int = 0
    in_flight: int = 0
    painted: int = 0
    lost: int = 0
    gone: int = 0
    half: int = 0

    def __str__(self) -> str:
        return ", ".join(f"{name} {getattr(self, name)}" for name in self.__dataclass_fields__)

    @property
    def has_lost(self) -> bool:
        """Whether anything that was told as saved is gone, or anything is there by half."""
        return bool(self.lost or self.gone or self.half)


@dataclass(frozen=True, slots=True)
class Writer:
    """A program that writes: how it is started, and what it is given.

    It works until some of its answers came, at most `answers`, and then for at most `seconds`.
    """

    module: str
    arguments: tuple[str, ...]
    is_fed: bool
    answers: int
    seconds: float


_WINDOW = "tests.faults.typedmarks"
WRITERS = {
    "apply": Writer(
        "annotator", ("apply", "{path}", "--as", "a1", "-"), is_fed=True, answers=20, seconds=0.12
    ),
    "window": Writer(_WINDOW, ("{path}", "a1", "{seed}"), is_fed=False, answers=4, seconds=1.0),
    "too-soon": Writer(
        _WINDOW, ("{path}", "a1", "{seed}", "too-soon"), is_fed=False, answers=4, seconds=1.0
    ),
}


def started(module: str, *arguments: object) -> "subprocess.Popen[bytes]":
    """Start a module with `arguments` and leave it to itself."""
    packaging = _ROOT / "packaging"
    return subprocess.Popen(
        [sys.executable, "-m", module, *map(str, arguments)],
        cwd=_ROOT,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join((str(_ROOT), str(packaging))),
            "QT_QPA_PLATFORM": "offscreen",
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def killed(
    writer: "subprocess.Popen[bytes]", lines: bytes, after: float, n_answers: int = 1
) -> list[dict[str, object]]:
    """Feed `lines`, kill the writer so many answers and seconds later; return its whole answers."""
    assert writer.stdin is not None
    assert writer.stdout is not None
    writer.stdin.write(lines)
    writer.stdin.flush()
    first = b"".join(writer.stdout.readline() for _ in range(n_answers))
    time.sleep(after)
    writer.kill()
    rest = writer.stdout.read()
    writer.wait()
    writer.stdin.close()
    writer.stdout.close()
    told = (first + rest).split(b"\n")[:-1]  # a line that was cut off acknowledges nothing
    return [json.loads(line) for line in told]


class Kills:
    """One writer after the other at work on one file, each killed at a random moment."""

    def __init__(self, writer: Writer, folder: Path, seed: int) -> None:
        self.count = Count()
        self._writer = writer
        self._chance = random.Random(seed)
        self._folder = folder
        self._begin()

    def _begin(self) -> None:
        self._path = made(self._folder, f"{self.count.kills}.hashiya")
        with Project.open(self._path) as project:
            annotator(project)
            self._acknowledged = {one.hash for one in operations_in(project)}
        self._following = self._next()

    def _next(self) -> "tuple[subprocess.Popen[bytes], ShownMarks]":
        """Start a writer: while one works the next gets ready, or begins to work beside it."""
        shown = ShownMarks(self._acknowledged)
        named = {"path": str(self._path), "seed": str(self._chance.randrange(10**6))}
        told = [one.format(**named) for one in self._writer.arguments]
        return started(self._writer.module, *told), shown

    def kill(self) -> None:
        """Let a writer work, kill it, and look at the file."""
        (writer, shown), self._following = self._following, self._next()
        lines = b"".join(stream(self._chance)) if self._writer.is_fed else b""
        after = self._chance.uniform(0, self._writer.seconds)
        n_answers = self._chance.randint(1, self._writer.answers)
        answers = killed(writer, lines, after, n_answers)
        self.count.kills += 1
        for answer in answers:
            if answer["ok"]:
                names = shown.take(answer)
                self._acknowledged.update(names)
                self.count.acknowledged += len(names)
        self.count.painted += shown.n_painted
        self._look(shown)
        if self.count.kills % _NEW_EACH == 0:
            self.end()
            self._begin()

    def _look(self, shown: ShownMarks) -> None:
        with Project.open(self._path) as project:
            project.connection.execute("BEGIN")  # the next writer may be at work: of one moment
            operations = operations_in(project)
            there = {one.hash for one in operations}
            self.count.lost += len(self._acknowledged - there)
            self.count.in_flight += len(there - self._acknowledged)
            labels = project.labels(layer_of(project))
            self.count.gone += len(shown.gone(labels, operations))
            is_sound = all(recorded(one)[0].hash == one.hash for one in operations[-20:])
            self.count.half += not (is_whole(operations) and is_sound)
            if self.count.kills % _SOUND_EACH == 0:
                assert_sound(project)
            self._acknowledged = there  # what is there now must stay

    def end(self) -> None:
        """End the writer that waits."""
        writer, _ = self._following
        writer.kill()
        writer.communicate()


def counted(writer: Writer, kills: int, seed: int, tell: Callable[[Count], object] = str) -> Count:
    """Kill so many writers, on a file in memory: a kill falls anywhere in a gesture there.

    `tell` is called with the counts now and then.
    """
    with quick_folder() as folder:
        killing = Kills(writer, folder, seed)
        try:
            while killing.count.kills < kills and not killing.count.has_lost:
                killing.kill()
                if killing.count.kills % _NEW_EACH == 0:
                    tell(killing.count)
        finally:
            killing.end()
    return killing.count


def _counted(name: str, kills: int, seed: int) -> Count:
    return counted(WRITERS[name], kills, seed, lambda so_far: print("so far:", so_far, flush=True))


def main() -> int:
    """Print what the kills left; return 1 where anything is lost or there by half."""
    name, *numbers = sys.argv[1:]
    kills, seed = (*map(int, numbers), *((500, 7) if name == "apply" else (100, 7))[len(numbers) :])
    began = time.perf_counter()
    count = summed(in_halves(partial(_counted, name), kills, seed))
    print(f"{name}: {count}; {time.perf_counter() - began:.0f} s")
    return int(count.has_lost)


if __name__ == "__main__":
    sys.exit(main())
