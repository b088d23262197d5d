"""Mutants: what comes from elsewhere, changed at random, given to every reader of it.

    .venv/bin/python -m tests.faults.mutants [N] [READER...]

N of each reader (`readers.READERS`; all unless named), half of them in a process of its own, in
memory where there is such a place. Prints how many were refused with a sentence, were read, or fell
over, how long the longest took in CPU seconds and the most memory, and what the program said; exits
1 where one fell over, took two seconds or more, or had 512 MB. First it breaks samples for a reader
that guards itself against nothing: where none of them falls over, nothing that follows is true.
"""

import contextlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from unittest import mock

from tests.exchange.mutating import most_memory
from tests.faults.readers import READERS, careless
from tests.faults.reading import MADE
from tests.faults.twocores import CORES, halves
from tests.projects import quick_folder

SECONDS, MEGABYTES = 2.0, 512
_ROOT = Path(__file__).parents[2]
_ONE = "--one"
_SEED = 20261122
CONTROL = "careless"
_N_CONTROL = 200
_ALL = {**READERS, CONTROL: careless}


def found_by(reader: str, n: int, seed: int) -> dict[str, Any]:
    """Give a reader `n` mutants in this process; return what became of them."""
    codes: Counter[str] = Counter()
    fallen: Counter[str] = Counter()
    longest, chance, before = 0.0, random.Random(seed), time.process_time()
    with (
        quick_folder() as folder,
        mock.patch.object(tempfile, "tempdir", str(folder)),
        _ALL[reader](folder, chance) as read,
    ):
        for _ in range(n):
            began = time.process_time()
            try:
                codes[read()] += 1
            except Exception as error:
                fallen[_where(error)] += 1
            longest = max(longest, time.process_time() - began)
    counts = {"codes": dict(codes.most_common()), "fallen": dict(fallen.most_common())}
    told = {"longest": longest, "megabytes": most_memory(), "cpu": time.process_time() - before}
    return {"reader": reader, **counts, **told}


def _where(error: Exception) -> str:
    """Return what was raised, and the places of the program that it went through last."""
    places = [
        f"{Path(frame.filename).name}:{frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
        if "annotator" in Path(frame.filename).parts
    ]
    return f"{type(error).__name__} {str(error)[:80]!r} {' '.join(places[-2:])}"


def in_its_own_process(reader: str, n: int, seed: int) -> dict[str, Any]:
    """Give a reader `n` mutants in another process; return what became of them."""
    command = [sys.executable, "-m", "tests.faults.mutants", _ONE, reader, str(n), str(seed)]
    path = os.pathsep.join((str(_ROOT), str(_ROOT / "packaging")))
    done = subprocess.run(
        command,
        cwd=_ROOT,
        env={**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    with contextlib.suppress(ValueError):
        found: dict[str, Any] = json.loads(done.stdout)
        return found
    return {"reader": reader, "codes": {}, "fallen": {done.stderr[-1500:]: 1}, "longest": 0.0,
            "megabytes": 0.0, "cpu": 0.0}  # fmt: skip


def together(parts: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what became of a reader's mutants in several processes, as if it had been one."""
    found = {"reader": parts[0]["reader"], "cpu": sum(part["cpu"] for part in parts)}
    for what in ("codes", "fallen"):
        found[what] = dict(sum((Counter(part[what]) for part in parts), Counter()).most_common())
    return found | {what: max(part[what] for part in parts) for what in ("longest", "megabytes")}


def is_good(found: dict[str, Any]) -> bool:
    """Whether nothing fell over, took too long, or had too much memory."""
    is_quick = found["longest"] < SECONDS
    return is_quick and found["megabytes"] < MEGABYTES and is_sturdy(found)


def is_sturdy(found: dict[str, Any]) -> bool:
    """Whether nothing fell over, and not all was answered alike."""
    return not found["fallen"] and len(found["codes"]) > 1


def is_refusal(answer: str) -> bool:
    """Whether a reader's answer is the code of a refusal, and not what it made of the sample."""
    return answer not in MADE and not set(answer.split(", ")) <= MADE


def told(found: dict[str, Any]) -> str:
    """Return what became of a reader's mutants, in lines."""
    codes, fallen = found["codes"], found["fallen"]
    counts = ", ".join(f"{n} {code}" for code, n in codes.items())
    n_refused = sum(n for code, n in codes.items() if is_refusal(code))
    n_read, n_fallen = sum(codes.values()) - n_refused, sum(fallen.values())
    head = (
        f"{found['reader']}: {n_refused + n_read + n_fallen} mutants, {n_refused} refused with a"
        f" sentence, {n_read} read, {n_fallen} fell over, longest {found['longest']:.2f} s,"
        f" {found['megabytes']:.0f} MB, {found['cpu']:.0f} s of CPU: {counts}"
    )
    return "\n    ".join([head, *(f"{n} {where}" for where, n in fallen.items())])


def main() -> int:
    """Print what became of the mutants of each reader; return 1 where it is not what it must be."""
    arguments = sys.argv[1:]
    if arguments[:1] == [_ONE]:
        reader, *numbers = arguments[1:]
        sys.stdout.write(json.dumps(found_by(reader, *map(int, numbers))))
        return 0
    n = int(arguments.pop(0)) if arguments and arguments[0].isdigit() else 20_000
    began, cpu = time.perf_counter(), 0.0
    control = in_its_own_process(CONTROL, _N_CONTROL, _SEED)
    print("control:", told(control).partition("\n")[0], flush=True)
    good = not is_sturdy(control)
    with ThreadPoolExecutor(CORES) as pool:
        waiting = {
            reader: [
                pool.submit(in_its_own_process, reader, half, _SEED + at)
                for at, half in enumerate(halves(n))
            ]
            for reader in arguments or READERS
        }
        for parts in waiting.values():
            found = together([part.result() for part in parts])
            good &= is_good(found)
            cpu += found["cpu"]
            print(told(found), flush=True)
    print(f"{time.perf_counter() - began:.0f} s by the clock, {cpu:.0f} s of CPU on {CORES} cores")
    return int(not good)


if __name__ == "__main__":
    sys.exit(main())
