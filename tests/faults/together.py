"""Two processes that label in one file at the same time: each gesture of both is there afterwards.

    .venv/bin/python -m tests.faults.together [GESTURES] [PROCESSES]

The processes are the real command line, each with an annotator of her own, fed at once.
"""

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from annotator.store.project import Project
from tests.faults.gesturing import is_whole
from tests.faults.kills import started
from tests.projects import TEXTS, annotator, assert_sound, made, operations_in, quick_folder, sha_of


@dataclass(frozen=True, slots=True)
class Count:
    """Gestures that were asked for, acknowledged, and are there once each."""

    asked: int
    acknowledged: int
    there: int
    is_whole: bool

    @property
    def is_complete(self) -> bool:
        """Whether all are acknowledged, there, and in unbroken chains."""
        return self.asked == self.acknowledged == self.there and self.is_whole

    def __str__(self) -> str:
        told = f"{self.there} of {self.asked} there, {self.acknowledged} acknowledged"
        return f"{told}, chains {'whole' if self.is_whole else 'broken'}"


def lines(n: int) -> bytes:
    """Return `n` gestures that are all done: in turn a label and its removal."""
    text, article = TEXTS[0], sha_of(0)
    at = text.index("بوتين")
    add = {"do": "add_entity", "article": article, "type": "PERS", "start": at, "end": at + 5}
    asked = [{**add, "as": "e"} if k % 2 == 0 else {"do": "remove", "uid": "$e"} for k in range(n)]
    return b"".join(json.dumps(one).encode() + b"\n" for one in asked)


def counted(folder: Path, n: int, n_processes: int) -> Count:
    """Let so many processes make `n` gestures each in one file."""
    path = made(folder)
    names = [f"a{k}" for k in range(n_processes)]
    with Project.open(path) as project:
        for name in names:
            annotator(project, name)
        before = {one.hash for one in operations_in(project)}
    writers = [started("annotator", "apply", path, "--as", name, "-") for name in names]
    with ThreadPoolExecutor(n_processes) as feeding:
        said = feeding.map(lambda writer: writer.communicate(lines(n))[0], writers)
    answers = [json.loads(line) for whole in said for line in whole.splitlines()]
    told = [name for answer in answers if answer["ok"] for name in answer["ops"]]
    with Project.open(path) as project:
        operations = [one for one in operations_in(project) if one.hash not in before]
        assert_sound(project)
    there = len({one.hash for one in operations} & set(told))
    return Count(n * n_processes, len(set(told)), there, is_whole(operations))


def main() -> int:
    """Print how many gestures are there; return 1 where one is missing."""
    n, n_processes = (*map(int, sys.argv[1:]), *(500, 2)[len(sys.argv) - 1 :])
    began = time.perf_counter()
    with quick_folder() as folder:
        count = counted(folder, n, n_processes)
    print(f"{count}; {time.perf_counter() - began:.0f} s")
    return int(not count.is_complete)


if __name__ == "__main__":
    sys.exit(main())
