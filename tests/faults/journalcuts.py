"""Power cuts that journal and project file meet together, on a disk that keeps what was synced.

    .venv/bin/python -m tests.faults.journalcuts [CUTS] [SEED]

The real store writes gestures, keeps backups and makes its journal shorter, and everything that
SQLite and Python do to files goes to a disk in memory too (`mirrored`). After each cut the folder
holds what is left there; in most modes an old copy of the file is put in its place besides, so that
what was acknowledged since can only come from the journal. It is opened as the program does. Prints
counts for each mode; ours must lose nothing in CUTS cuts, the others must, or nothing was seen.
"""

import random
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from unittest import mock

from annotator import paths
from annotator.core.errors import UserError
from annotator.core.operations import Operation
from annotator.services import annotators, reopening
from annotator.services.applying import Applier
from annotator.store import backing, journalfile, journalpruning
from annotator.store.journalfile import JournalFile
from annotator.store.project import Project
from tests.faults.disasters import n_twice
from tests.faults.disk import Disk
from tests.faults.gesturing import is_whole, stream
from tests.faults.journalmodes import MUST_LOSE, OURS, Mode
from tests.faults.mirrored import Mirror, MirroredVfs
from tests.faults.mirroredpython import mirrored_python
from tests.projects import annotator, assert_sound, made, operations_in, quick_folder

_CHAIN = 8
"""Cuts of one file, one after the other; then a new file begins, whose journal is still to make."""
_MOST_STEPS = 900
_MOST_ADDED, _STEPS_OF_ADDING = 14, 6
"""Half of the cuts fall into a line that is added to the journal: which one, and at which step."""
_SHORTER = 0.05
"""The share of gestures after which the journal is made shorter."""
_SOUND_EACH = 20
_MOST_UNTIL_LOST = 400
"""Cuts after which a mode that must lose, and has not, is not what it should be."""


@dataclass(slots=True)
class Count:
    """What became of the gestures of one mode.

    `in_flight` operations were told to nobody and are there, as a whole; `shorter` times the
    journal was made so. `torn` lines of it do not bear their hash; of `believed` ones, which do,
    `not_whole` were never written so.
    """

    mode: str
    cuts: int = 0
    acknowledged: int = 0
    in_flight: int = 0
    while_opening: int = 0
    shorter: int = 0
    while_shortening: int = 0
    believed: int = 0
    torn: int = 0
    not_whole: int = 0
    lost: int = 0
    corrupt: int = 0
    half: int = 0
    twice: int = 0

    def __str__(self) -> str:
        told = {name: getattr(self, name) for name in self.__dataclass_fields__ if name != "mode"}
        return f"{self.mode}: " + ", ".join(f"{name} {n}" for name, n in told.items())

    @property
    def bad(self) -> int:
        """How often anything was lost, made up, corrupt, there by half, or numbered twice."""
        return self.not_whole + self.lost + self.corrupt + self.half + self.twice


@dataclass(slots=True)
class JournalCuts:
    """One mode at work: gestures, a cut, what is left, and gestures again."""

    mode: Mode
    path: Path
    mirror: Mirror
    chance: random.Random
    count: Count
    fresh: dict[str, bytes]
    files: dict[str, bytes] = field(default_factory=dict)
    old: bytes = b""
    acknowledged: dict[str, Operation] = field(default_factory=dict)
    written: set[bytes] = field(default_factory=set)
    adding: int = 0

    def begin(self) -> None:
        """Take a new file, and a data folder without anything in it."""
        self.files = dict(self.fresh)
        self.old = self.files[str(self.path)]
        self.acknowledged.clear()

    def cut(self) -> None:
        """Write until the power goes, look at what is left, and go on with it."""
        before = self.count.bad
        is_at_adding = self.chance.random() < 0.5
        self.adding = self.chance.randrange(1, _MOST_ADDED) if is_at_adding else 0
        self._on_disk(self.chance.randrange(1, _MOST_STEPS), self._work)
        self._after_cut()
        if self.chance.random() < 0.3:
            self.adding = 0
            self._on_disk(self.chance.randrange(1, 30), self._reopen)
            self.count.while_opening += 1
            self._after_cut()
        self.mirror.lay(self.files)
        self._look()
        self.count.cuts += 1
        if before != self.count.bad or self.count.cuts % _CHAIN == 0:
            self.begin()

    def _on_disk(self, steps: int, act: Callable[[Disk], object]) -> None:
        """Act until the power goes, so many steps from now, or nothing is left to do."""
        self.mirror.lay(self.files)
        disk = Disk(self.chance, self.files, ignores_syncs=self.mode.ignores_syncs)
        for folder in sorted(one for one in self.mirror.folder.rglob("*") if one.is_dir()):
            disk.has_folder(str(folder))
        if not self.adding:
            disk.cut_after(steps)
        self.mirror.disk = disk
        with suppress(UserError, OSError):
            act(disk)
        self.files = disk.left()
        self.mirror.disk = None

    def _after_cut(self) -> None:
        """Let somebody put the old file back; what SQLite had begun beside the other is gone."""
        if self.mode.puts_back:
            self.files[str(self.path)] = self.old
            self.files.pop(f"{self.path}-journal", None)

    def _work(self, disk: Disk) -> None:
        with Project.open(self.path) as project:
            reopening.merged_back(project)
            applier = Applier(project, annotators.ensure(project, "a1"))
            for line in stream(self.chance):
                answered = applier.serve(line)
                if disk.is_dead:  # nobody was told any more
                    return
                self.count.acknowledged += len(answered.operations)
                self.acknowledged.update((one.hash, one) for one in answered.operations)
                if self.chance.random() < _SHORTER:
                    self._make_shorter(project, disk)

    def _make_shorter(self, project: Project, disk: Disk) -> None:
        """Keep a backup, and take what it holds out of the journal."""
        try:
            backup = backing.backed_up(project, "asked")
            self.count.shorter += journalpruning.prune(project, backup, least=0) > 0
        finally:
            self.count.while_shortening += disk.is_dead

    def _reopen(self, _: Disk) -> None:
        with Project.open(self.path) as project:
            reopening.merged_back(project)

    # --- looking ---

    def _look(self) -> None:
        self._look_at_journals()
        try:
            with Project.open(self.path) as project:
                reopening.merged_back(project)
                self._look_at(project)
        except (UserError, sqlite3.Error, ValueError, AssertionError):
            self.count.corrupt += 1
            return
        there = {
            str(one): one.read_bytes() for one in self.mirror.folder.rglob("*") if one.is_file()
        }
        self.files = there
        if self.chance.random() < 0.3:
            self.old = there[str(self.path)]

    def _look_at_journals(self) -> None:
        for place in (paths.data_folder() / "journals").rglob("*.jsonl"):
            for raw in journalfile.backwards(place):
                line = journalfile.line_of(raw)
                self.count.torn += line is None
                if line is not None and not line.is_remark:
                    self.count.believed += 1
                    self.count.not_whole += raw not in self.written

    def _look_at(self, project: Project) -> None:
        if project.connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            self.count.corrupt += 1
            return
        operations = operations_in(project)
        there = {one.hash: one for one in operations}
        self.count.lost += len(self.acknowledged.keys() - there.keys())
        self.count.in_flight += len(there.keys() - self.acknowledged.keys())
        self.count.half += not is_whole(operations)
        self.acknowledged |= there
        self.count.twice += n_twice([*self.acknowledged.values()])
        if self.count.cuts % _SOUND_EACH == 0 and not self.count.bad:
            assert_sound(project)

    def note(self, lines: Iterable[bytes]) -> None:
        """Take note of lines that a journal is given to add; let the power go, where it is time."""
        self.written.update(line.rstrip(b"\n") for line in lines)
        if self.adding:
            self.adding -= 1
            if not self.adding:
                self.mirror.on.cut_after(self.chance.randint(1, _STEPS_OF_ADDING))


@contextmanager
def _cutting(mode: Mode, seed: int) -> Iterator[JournalCuts]:
    """Give what cuts the power in `mode`, with all that it patches in force."""
    with quick_folder() as outside, ExitStack() as stack:
        folder = outside / "disk"
        folder.mkdir()
        stack.enter_context(mock.patch.dict("os.environ", HASHIYA_DATA=str(folder / "data")))
        path = made(folder)
        with Project.open(path) as project:
            annotator(project)
        shutil.rmtree(folder / "data")
        mirror = Mirror(folder)
        cutting = JournalCuts(
            mode, path, mirror, random.Random(f"{seed} {mode.name}"), Count(mode.name),
            {str(path): path.read_bytes()},
        )  # fmt: skip
        for target, name, stand_in in (*mode.patches, (JournalFile, "add", _noting(cutting))):
            stack.enter_context(mock.patch.object(target, name, stand_in))
        stack.enter_context(MirroredVfs(mirror))
        stack.enter_context(mirrored_python(mirror))
        cutting.begin()
        yield cutting


def _noting(cutting: JournalCuts) -> Callable[[JournalFile, Iterable[bytes]], None]:
    usual = JournalFile.add

    def add(self: JournalFile, lines: Iterable[bytes]) -> None:
        given = list(lines)
        cutting.note(given)
        usual(self, given)

    return add


def counted(mode: Mode, cuts: int, seed: int, *, most: int = 0) -> Count:
    """Cut the power `cuts` times in `mode`; where nothing shows by then go on, to `most` cuts."""
    with _cutting(mode, seed) as cutting:
        count = cutting.count
        while count.cuts < cuts or (count.cuts < most and not count.bad):
            cutting.cut()
        return count


def _names(modes: Iterable[Mode]) -> list[str]:
    """Return what modes are called: another process finds them by that."""
    return [mode.name for mode in modes]


def _called(name: str, cuts: int, seed: int, most: int = 0) -> Count:
    (mode,) = (one for one in (*OURS, *MUST_LOSE) if one.name == name)
    return counted(mode, cuts, seed, most=most)


def main(words: Sequence[str]) -> int:
    """Print what each mode loses; return 1 where it is not what is promised.

    `words` are how many cuts, and the seed. The modes that must lose are cut until they do,
    however few cuts are asked for.
    """
    cuts, seed = (*map(int, words), *(2000, 1)[len(words) :])
    began, is_well = time.perf_counter(), True
    with ProcessPoolExecutor(2) as pool:
        until_lost = partial(_called, cuts=cuts // 10, seed=seed, most=_MOST_UNTIL_LOST)
        ours = pool.map(partial(_called, cuts=cuts // len(OURS), seed=seed), _names(OURS))
        others = pool.map(until_lost, _names(MUST_LOSE))
        for count in ours:
            is_well &= not count.bad
            print(count, flush=True)
        for count in others:
            is_well &= bool(count.bad)
            print(count, flush=True)
    print(f"{time.perf_counter() - began:.0f} s")
    return int(not is_well)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
