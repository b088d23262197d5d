"""Disasters of a project file: own work comes back, and nothing of another file is poured in.

    .venv/bin/python -m tests.faults.disasters [TRIALS] [SEED] [--without-journal]

Two files of one project stand on one machine and are worked in by turns. One of them then meets a
disaster, is opened or recovered as a person would, and is worked in again. Without the journal the
same must lose work, or the trials would show nothing.
"""

import random
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from annotator import paths
from annotator.core.model import KINDS
from annotator.core.operations import Operation
from annotator.services import (
    annotators,
    applying,
    backing_up,
    handing_in,
    merging,
    reopening,
    restoring,
)
from annotator.store import journal
from annotator.store.project import Project
from tests.faults.gesturing import stream
from tests.projects import assert_sound, copied, made, operations_in, quick_folder

PAGES = 5
_PAGE = 8192
_HEADER = 100
_GESTURES = (3, 14)
"""Lines of work between two events, at least and at most."""
_TORN = b'0a1b2c3d4e5f {"at":"2026-11-2'


@dataclass(slots=True)
class Count:
    """What became of the operations: `poured_in` are another file's, `twice` numbers given anew."""

    trials: int = 0
    acknowledged: int = 0
    lost: int = 0
    poured_in: int = 0
    twice: int = 0
    unsound: int = 0

    def __str__(self) -> str:
        return ", ".join(f"{name} {getattr(self, name)}" for name in self.__dataclass_fields__)

    @property
    def is_well(self) -> bool:
        """Whether nothing was lost, poured in, numbered twice or left unsound."""
        return not (self.lost or self.poured_in or self.twice or self.unsound)


@dataclass(slots=True)
class Worked:
    """A file that is worked in, and all that it told as saved."""

    path: Path
    name: str
    chance: random.Random
    acknowledged: dict[str, Operation] = field(default_factory=dict)

    def work(self) -> None:
        """Open the file as the program does, and do some gestures."""
        lines = iter(stream(self.chance, 2)[self.chance.randrange(12) :])
        with Project.open(self.path) as project:
            reopening.merged_back(project)
            for _ in range(self.chance.randint(*_GESTURES)):
                for answered in applying.apply_lines(project, self.name, [next(lines)]):
                    self.take_down(answered.operations)
            self.take_down(one for one in operations_in(project) if one.kind == "annotator")

    def take_in(self, other: "Worked") -> None:
        """Merge what the other file hands in."""
        bundle = self.path.with_name("bundle.zip")
        with Project.open(other.path) as project:
            handing_in.hand_in(project, bundle)
        with Project.open(self.path) as project:
            if not merging.merge(project, [bundle]).refused:
                self.take_down(operations_in(project))

    def take_down(self, operations: Iterable[Operation]) -> None:
        """Remember operations that were told as saved."""
        self.acknowledged.update((one.hash, one) for one in operations)


# --- disasters ------------------------------------------------------------------------------------

Disaster = Callable[[Path, bytes, random.Random], None]
"""Does it to the file at a path, of which there is an old copy."""


def _old(path: Path, old: bytes, chance: random.Random) -> None:
    if chance.random() < 0.5:
        path.write_bytes(old)  # into the very file
    else:
        beside = path.with_suffix(".sync")
        beside.write_bytes(old)
        beside.replace(path)


def _pages(path: Path, _: bytes, chance: random.Random) -> None:
    with path.open("rb+") as file:
        n = path.stat().st_size // _PAGE
        for page in chance.sample(range(1, n), PAGES):
            file.seek(page * _PAGE)
            file.write(chance.randbytes(_PAGE))


def _deleted(path: Path, _: bytes, _chance: random.Random) -> None:
    path.unlink()


def _truncated(path: Path, _: bytes, chance: random.Random) -> None:
    with path.open("rb+") as file:
        file.truncate(chance.randrange(1, path.stat().st_size - 1))


def _header(path: Path, _: bytes, _chance: random.Random) -> None:
    with path.open("rb+") as file:
        file.write(bytes(_HEADER))


DISASTERS: dict[str, Disaster] = {
    "old file put back": _old,
    f"{PAGES} pages destroyed": _pages,
    "deleted": _deleted,
    "truncated": _truncated,
    "header gone": _header,
}


def recovered(path: Path) -> None:
    """Put aside what is left of the file; make it again from its backup and second record."""
    if path.exists():
        path.rename(path.with_name("damaged.hashiya"))
    restoring.restore(path, path, backing_up.backup_of(path))
    with Project.open(path) as project:
        reopening.merged_back(project)


# --- trials ---------------------------------------------------------------------------------------


class Trial:
    """Two files of one project on one machine, worked in by turns until one meets a disaster."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.chance = chance
        first = made(folder)
        with Project.open(first) as project:
            for name in ("a1", "a2"):
                annotators.ensure(project, name)
        second = copied(first, "other.hashiya")
        self.file = Worked(first, "a1", chance)
        self.other = Worked(second, chance.choice(["a1", "a2"]), chance)
        with Project.open(first) as project:
            self.file.take_down(operations_in(project))
            self.other.take_down(operations_in(project))
            backing_up.back_up(project, "open")
        self._old = b""

    def work(self) -> None:
        """Work in both by turns; somewhere on the way an old copy is kept, and a merge done."""
        rounds = self.chance.randint(2, 4)
        at = self.chance.randrange(rounds)
        for n in range(rounds):
            if n == at:
                self._old = self.file.path.read_bytes()
            self.file.work()
            self.other.work()
            if self.chance.random() < 0.3:
                self.file.take_in(self.other)
        if self.chance.random() < 0.5:
            self._tear()

    def _tear(self) -> None:
        """Leave the beginning of a line at the end of the journal, as a power cut would."""
        with Project.open(self.file.path) as project:
            place = journal.path_of(project.uid, project.replica)
        content = place.read_bytes().rstrip(b"\n")
        place.write_bytes(content + b"\n" + _TORN)

    def meet(self, disaster: Disaster, *, with_journal: bool = True) -> None:
        """Let it happen, and do what a person would do then."""
        disaster(self.file.path, self._old, self.chance)
        if not with_journal:
            shutil.rmtree(paths.data_folder() / "journals")
        if disaster is _old:
            with Project.open(self.file.path) as project:
                reopening.merged_back(project)
        else:
            recovered(self.file.path)

    def look(self, count: Count) -> None:
        """Count what is lost and what does not belong there; then work in both again."""
        mine = self.file.acknowledged
        with Project.open(self.file.path) as project:
            there = {one.hash for one in operations_in(project)}
            count.unsound += not _is_sound(project)
        count.acknowledged += len(mine)
        count.lost += len(mine.keys() - there)
        count.poured_in += len((there - mine.keys()) & self.other.acknowledged.keys())
        self.file.work()
        self.other.work()
        count.twice += n_twice([*mine.values(), *self.other.acknowledged.values()])
        with Project.open(self.other.path) as project:
            there = {one.hash for one in operations_in(project)}
            count.lost += len(self.other.acknowledged.keys() - there)
            count.poured_in += len((there - self.other.acknowledged.keys()) & mine.keys())


def _is_sound(project: Project) -> bool:
    try:
        assert_sound(project)
    except AssertionError:
        return False
    return True


def n_twice(operations: list[Operation]) -> int:
    """Return how many numbers of a scope were given to two operations, and uids to two labels."""
    given: dict[object, set[str]] = {}
    for one in operations:
        given.setdefault((one.scope, one.replica, one.sequence), set()).add(one.hash)
        for change in () if one.undoes else one.changes:
            if change.kind in KINDS and change.before is None:
                given.setdefault(change.uid, set()).add(one.hash)
    return sum(len(names) > 1 for names in given.values())


@contextmanager
def _trial(chance: random.Random) -> Iterator[Trial]:
    with quick_folder() as folder:
        yield Trial(folder, chance)


def counted(name: str, trials: int, seed: int, *, with_journal: bool = True) -> Count:
    """Let so many files meet the disaster called `name`."""
    count = Count()
    for n in range(trials):
        with _trial(random.Random(f"{seed} {name} {n}")) as trial:
            trial.work()
            trial.meet(DISASTERS[name], with_journal=with_journal)
            trial.look(count)
            count.trials += 1
    return count


def main() -> int:
    """Print what was lost by each disaster; return 1 where anything is not well."""
    numbers = [int(one) for one in sys.argv[1:] if not one.startswith("--")]
    trials, seed = (*numbers, *(100, 7)[len(numbers) :])
    with_journal = "--without-journal" not in sys.argv
    began = time.perf_counter()
    is_well = True
    with ProcessPoolExecutor(2) as pool:
        work = partial(counted, trials=trials, seed=seed, with_journal=with_journal)
        for name, count in zip(DISASTERS, pool.map(work, DISASTERS), strict=True):
            is_well &= count.is_well
            print(f"{name}: {count}; {time.perf_counter() - began:.0f} s", flush=True)
    return int(is_well != with_journal)


if __name__ == "__main__":
    sys.exit(main())
