"""Power cuts while real gestures are written by the real store onto a disk in memory.

    .venv/bin/python -m tests.faults.powercuts [CUTS] [SEED]

Prints for each mode what was acknowledged, lost and corrupt. The file as it is set by the store
must lose nothing in CUTS cuts; the modes beside it must lose, or the test would see nothing. What
is lost here is lost from the file alone: the second record is not asked.
"""

import random
import shutil
import sqlite3
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from unittest import mock

from annotator.core.errors import UserError
from annotator.core.operations import recorded
from annotator.services import annotators
from annotator.services.applying import Applier
from annotator.store import opening
from annotator.store.project import Project
from tests.faults.disk import Disk
from tests.faults.gesturing import is_whole, stream
from tests.faults.memoryvfs import MemoryVfs
from tests.faults.twocores import in_halves, summed
from tests.projects import annotator, assert_sound, made, operations_in, quick_folder

_CHAIN = 10
"""Cuts of one file, one after the other; then a new file begins."""
_MOST_STEPS = 600
_SOUND_EACH = 20
"""Cuts after which everything is checked; after the others what was recorded."""


@dataclass(frozen=True, slots=True)
class Mode:
    """How the file is written: SQLite's `synchronous`, and whether the device ignores flushes."""

    name: str
    synchronous: str
    ignores_syncs: bool = False


OURS = Mode("as the store sets it", "EXTRA")
MUST_LOSE = (
    Mode("synchronous=OFF", "OFF"),
    Mode("synchronous=FULL", "FULL"),
    Mode("a device that ignores flushes", "EXTRA", ignores_syncs=True),
)


@dataclass(slots=True)
class Count:
    """What became of the gestures of one mode; `lost` and `corrupt` are told apart."""

    mode: str
    cuts: int = 0
    acknowledged: int = 0
    in_flight: int = 0
    """Operations that nobody was told of, and that are there: as a whole."""
    while_opening: int = 0
    lost: int = 0
    corrupt: int = 0
    half: int = 0

    def __str__(self) -> str:
        told = {name: getattr(self, name) for name in self.__dataclass_fields__ if name != "mode"}
        return f"{self.mode}: " + ", ".join(f"{name} {n}" for name, n in told.items())

    @property
    def has_lost(self) -> bool:
        """Whether anything that was acknowledged is gone or cannot be read."""
        return bool(self.lost or self.corrupt or self.half)


class PowerCuts:
    """One mode at work: gestures, a cut, what is left, and gestures again."""

    def __init__(self, mode: Mode, path: Path, vfs: MemoryVfs, seed: int) -> None:
        self.count = Count(mode.name)
        self._mode = mode
        self._path = path
        self._vfs = vfs
        self._chance = random.Random(f"{seed} {mode.name}")
        self._begin()

    def _begin(self) -> None:
        """Take a new file."""
        self._files = {str(self._path): self._path.read_bytes()}
        self._acknowledged: set[str] = set()

    def cut(self) -> None:
        """Write until the power goes, look at what is left, and go on with it."""
        before = (self.count.lost, self.count.corrupt, self.count.half)
        self._disk().cut_after(self._chance.randrange(1, _MOST_STEPS))
        self._write()
        self._files = self._on.left()
        self._acknowledged |= self._found()
        self.count.cuts += 1
        is_bad = before != (self.count.lost, self.count.corrupt, self.count.half)
        if is_bad or self.count.cuts % _CHAIN == 0:
            self._begin()

    @property
    def _on(self) -> Disk:
        assert self._vfs.disk is not None
        return self._vfs.disk

    def _disk(self) -> Disk:
        ignores = self._mode.ignores_syncs
        self._vfs.disk = Disk(self._chance, self._files, ignores_syncs=ignores)
        return self._vfs.disk

    def _write(self) -> None:
        with suppress(UserError), Project.open(self._path) as project:
            applier = Applier(project, annotators.ensure(project, "a1"))
            for line in stream(self._chance):
                answered = applier.serve(line)
                told = {operation.hash for operation in answered.operations}
                self._acknowledged |= told
                self.count.acknowledged += len(told)
                if self._on.is_dead:
                    return

    def _found(self) -> set[str]:
        """Open what is left, the power going once more now and then; return what is recorded."""
        if self._chance.random() < 0.3:
            self._disk().cut_after(self._chance.randrange(1, 12))
            with suppress(UserError), Project.open(self._path):
                pass
            self.count.while_opening += self._on.is_dead
            self._files = self._on.left()
        self._disk()
        try:
            with Project.open(self._path) as project:
                return self._looked_at(project)
        except (UserError, sqlite3.Error, UnicodeDecodeError, ValueError):
            self.count.corrupt += 1
            return set()

    def _looked_at(self, project: Project) -> set[str]:
        if project.connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            self.count.corrupt += 1
            return set()
        operations = operations_in(project)
        there = {one.hash for one in operations}
        self.count.lost += len(self._acknowledged - there)
        self.count.half += not is_whole(operations)
        self.count.in_flight += len(there - self._acknowledged)
        self.count.corrupt += any(recorded(one)[0].hash != one.hash for one in operations[-20:])
        if self.count.cuts % _SOUND_EACH == 0 and not self.count.has_lost:
            assert_sound(project)
        self._files = self._on.seen()
        return there


def counted(mode: Mode, cuts: int, seed: int, *, until_lost: bool = False) -> Count:
    """Cut the power `cuts` times in `mode`; with `until_lost` no more than until it shows."""
    pragmas = [
        f"synchronous={mode.synchronous}" if one.startswith("synchronous=") else one
        for one in opening._PRAGMAS  # noqa: SLF001
    ]
    with quick_folder() as folder:
        path = made(folder)
        with Project.open(path) as project:
            annotator(project)
        with MemoryVfs(path) as vfs, mock.patch.object(opening, "_PRAGMAS", pragmas):
            cutting = PowerCuts(mode, path, vfs, seed)
            while cutting.count.cuts < cuts and not (until_lost and cutting.count.has_lost):
                shutil.rmtree(folder / "data" / "journals", ignore_errors=True)
                cutting.cut()
    return cutting.count


def _counted(name: str, cuts: int, seed: int) -> Count:
    (mode,) = (one for one in (OURS, *MUST_LOSE) if one.name == name)
    return counted(mode, cuts, seed)


def main() -> int:
    """Print what each mode loses; return 1 where it is not what is promised."""
    cuts, seed = (*map(int, sys.argv[1:]), *(2000, 1)[len(sys.argv) - 1 :])
    began = time.perf_counter()
    ours = summed(in_halves(partial(_counted, OURS.name), cuts, seed))
    print(ours, flush=True)
    few, others = max(40, cuts // 10), []
    for mode in MUST_LOSE:
        others.append(summed(in_halves(partial(_counted, mode.name), few, seed)))
        print(others[-1], flush=True)
    print(f"{time.perf_counter() - began:.0f} s")
    return int(ours.has_lost or not all(count.has_lost for count in others))


if __name__ == "__main__":
    sys.exit(main())
