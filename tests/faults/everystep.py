"""A fault at every operation on files of a gesture, a merge, a migration, a backup, an export.

    .venv/bin/python -m tests.faults.everystep [EVERY] [STEP...]

The first, the second … operation fails, with a full disk and with an I/O error, once and from then
on for good (with EVERY only each such one, begun at random). After each the disk says what it said
before, or what it says after, never anything between; what was acknowledged is there; and what the
open project says is what the disk says. Prints the counts of each step.
"""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

from annotator.core.errors import UserError
from annotator.i18n import CODES, Language
from annotator.services.wording import sentence
from annotator.store import workfolder
from annotator.store.project import Project
from tests.faults.faults import NONE, Fault, WatchedVfs, watched_python
from tests.faults.steps import PROJECT, STEPS, State, Step, said_by
from tests.projects import quick_folder

_LEFT_OVER = ("-journal", ".part", ".hashiya-", "-wal")
_CLEARING_AWAY = ("delete", f"open {workfolder.PREFIX}")
"""What fails where something is removed: it goes with a later sweep."""
_ROOT = Path(__file__).parents[2]
KINDS = ("full", "io")


@dataclass(slots=True)
class Counts:
    """What became of one step's tries."""

    step: str
    faults: int = 0
    before: int = 0
    after: int = 0
    not_acknowledged_yet_there: int = 0
    wrong: list[str] = field(default_factory=list)
    operations: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        told = f"{self.faults} faults, {self.before} before, {self.after} after"
        there = f"{self.not_acknowledged_yet_there} of them not acknowledged, yet there"
        operations = ", ".join(f"{n} {what}" for what, n in self.operations.most_common())
        return f"{self.step}: {told} ({there}), {len(self.wrong)} wrong [{operations}]"


class Trying:
    """One step, tried with one fault after the other in a folder that is put back each time."""

    def __init__(self, step: Step, folder: Path, vfs: WatchedVfs) -> None:
        self._step = step
        self._folder = folder
        self._vfs = vfs
        self._full = folder.with_name(folder.name + "-full")
        self.counts = Counts(step.name)
        step.fill(folder)
        shutil.copytree(folder, self._full)
        self._before = step.said(folder)
        self._put_back()
        with Project.open(folder / PROJECT) as project:
            step.ready(project, folder)()
        self._after = step.said(folder)

    def _put_back(self) -> None:
        shutil.rmtree(self._folder)
        shutil.copytree(self._full, self._folder)
        (self._folder / "tmp").mkdir(exist_ok=True)

    def n_operations(self, kind: str) -> int:
        """Return how many operations a fault of `kind` can hit."""
        fault = self._tried(Fault(kind, self._folder, but=self._step.but))
        self.counts.operations |= fault.counted
        return fault.met

    def fail_at(self, kind: str, at: int, *, is_for_good: bool) -> None:
        """Let one operation fail, and look at what came of it."""
        self._tried(Fault(kind, self._folder, at, is_for_good, self._step.but))

    def _tried(self, fault: Fault) -> Fault:
        self._put_back()
        self._vfs.fault = fault
        try:
            with watched_python(fault):
                live, trouble = self._acted(fault)
        finally:
            self._vfs.fault = NONE
        if fault.at:
            self._judge(fault, live, trouble)
        return fault

    def _acted(self, fault: Fault) -> tuple[State, str]:
        """Do the step under `fault`; return what the open project says then, and the trouble."""
        if self._step.is_opening:
            return {}, self._done(lambda: Project.open(self._folder / PROJECT).close(), fault)
        with Project.open(self._folder / PROJECT) as project:
            trouble = self._done(self._step.ready(project, self._folder), fault)
            with suppress(sqlite3.Error):
                return said_by(project), trouble
            try:  # where SQLite could not even roll back, its first read may still say so
                return said_by(project), trouble
            except sqlite3.Error as error:
                self._note(f"{_told(fault)}: the open project cannot be read: {error!r}")
                return {}, trouble

    def _done(self, act: Callable[[], object], fault: Fault) -> str:
        """Act under `fault`; return what was raised, nothing where the step is acknowledged."""
        try:
            with fault.on():
                act()
        except UserError as trouble:
            for language in CODES:
                sentence(trouble, Language.of(language))  # raises where there is none
            return trouble.code
        except Exception as error:
            self._note(f"{_told(fault)}: refused without a sentence: {_where(error)}")
            return repr(error)
        return ""

    def _judge(self, fault: Fault, live: State, trouble: str) -> None:
        name = f"{_told(fault)} {trouble}"
        self.counts.faults += 1
        try:
            found = self._step.said(self._folder)
        except (AssertionError, UserError, sqlite3.Error) as error:
            self._note(f"{name}: cannot be read: {error!r}")
            return
        is_before, is_after = found == self._before, _says(found) == _says(self._after)
        self.counts.before += is_before
        self.counts.after += is_after and not is_before
        self.counts.not_acknowledged_yet_there += is_after and bool(trouble)
        if not (is_before or is_after or self._is_excused(fault, found)):
            self._note(f"{name}: between: {_differing(found, self._after)}")
        elif not trouble and not is_after:
            self._note(f"{name}: acknowledged, and not there")
        if any(live[key] != found[key] for key in live):
            self._note(f"{name}: the screen says {_differing(live, found)}")
        if not fault.is_for_good and not fault.hits[0].startswith(_CLEARING_AWAY):
            self._look_for_remains(name)

    def _is_excused(self, fault: Fault, found: State) -> bool:
        """Whether each of several files is whole, the disk being gone in the midst of renaming.

        No renaming can be taken back then, and no two can be done at once.
        """
        is_gone = fault.is_for_good and fault.hits[0].startswith("rename")
        return is_gone and all(
            found.get(key) in (self._before.get(key), self._after.get(key)) for key in self._after
        )

    def _look_for_remains(self, name: str) -> None:
        left = [
            str(path.relative_to(self._folder))
            for path in self._folder.rglob("*")
            if any(part in path.name for part in _LEFT_OVER)
        ]
        if left:
            self._note(f"{name}: left behind {left}")

    def _note(self, what: str) -> None:
        self.counts.wrong.append(what)


def _told(fault: Fault) -> str:
    how = "for good" if fault.is_for_good else "once"
    return f"{fault.kind} {how} at {fault.at} ({', '.join(fault.hits[:1])})"


def _where(error: Exception) -> str:
    """Return what was raised, and the last place of the program that it went through."""
    places = [
        f"{Path(frame.filename).name}:{frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
        if "annotator" in Path(frame.filename).parts
    ]
    return f"{error!r} {places[-1:]}"


def _says(state: State) -> State:
    """Return `state` without what is drawn by lot or told by the clock."""
    return {
        key: len(value) if key in ("operations", "spans", "settings") else value
        for key, value in state.items()
        if key not in _DRAWN
    }


_DRAWN = frozenset({"entities", "attributes", "receipts"})


def _differing(one: State, other: State) -> list[str]:
    keys = one.keys() | other.keys()
    return sorted(key for key in keys if one.get(key) != other.get(key))


def tried(step: Step, every: int, chance: random.Random) -> Counts:
    """Let each `every`th operation of `step` fail in all four ways."""
    with quick_folder() as outside:
        folder = outside / "data"  # what the program keeps for itself is put back and fails too
        folder.mkdir()
        (folder / "tmp").mkdir()
        place = mock.patch.object(tempfile, "tempdir", str(folder / "tmp"))
        with place, WatchedVfs() as vfs:
            trying = Trying(step, folder, vfs)
            for kind in KINDS:
                n = trying.n_operations(kind)
                for at in range(1 + chance.randrange(every), n + 1, every):
                    for is_for_good in (False, True):
                        trying.fail_at(kind, at, is_for_good=is_for_good)
    return trying.counts


def in_its_own_process(step: Step, every: int) -> tuple[bool, str]:
    """Try a step in another process; return whether all is well, and what it printed."""
    command = [sys.executable, "-m", "tests.faults.everystep", str(every), step.name]
    path = os.pathsep.join((str(_ROOT), str(_ROOT / "packaging")))
    environment = {**os.environ, "PYTHONPATH": path}
    done = subprocess.run(
        command, cwd=_ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=False
    )
    return done.returncode == 0, done.stdout


def main() -> int:
    """Print the counts of each step, two at a time; return 1 where anything is wrong."""
    arguments = sys.argv[1:]
    every = int(arguments.pop(0)) if arguments and arguments[0].isdigit() else 1
    steps = [step for step in STEPS if not arguments or step.name in arguments]
    if len(steps) == 1:
        return _told_of(steps[0], every)
    with ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(in_its_own_process, step, every) for step in steps]
        are_well = []
        for one in waiting:
            is_well, printed = one.result()
            are_well.append(is_well)
            print(printed, end="", flush=True)
    return int(not all(are_well))


def _told_of(step: Step, every: int) -> int:
    began = time.perf_counter()
    counts = tried(step, every, random.Random(every))
    print(f"{counts} {time.perf_counter() - began:.0f} s")
    for line in counts.wrong[:40]:
        print("   ", line)
    return int(bool(counts.wrong))


if __name__ == "__main__":
    sys.exit(main())
