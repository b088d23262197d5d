"""A project of 20,000 articles with 100,000 labels: opened in a fresh process, and labelled.

    QT_QPA_PLATFORM=offscreen .venv/bin/python -m tests.bench.bench_large [ARTICLES] [GESTURES]

Opening is CPU seconds of the process from its start, the files having been read before, held
against a loop of a million additions. A gesture is wall time, because it is syncs: the p95 of
gestures, to durable in file and journal, against that of bare commits of two rows into a file of
the same size, set alike. The two take turns, and turns in being first: what one leaves to the disk
the other meets. A disk has moods, so that is done in rounds, and the middle round counts; the
others are told. Exits 1 where a figure is outside its bound.
"""

import itertools
import json
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

from annotator.core.model import Extent, Layer, extent_at
from annotator.gui import settings
from annotator.services import annotators, labelling
from annotator.store.project import Project
from tests.bench import opening
from tests.bench.atrest import loop_told, mood, slowness
from tests.bench.beside import Bare
from tests.bench.labelled import ARTICLES, WHO, labelled_project
from tests.bench.measuring import Figure, report, seconds

TURNS = 7
GESTURES = 600
ROUNDS = 5
Given = tuple[Layer, Extent]
_ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Print the figures; return 1 where one is outside its bound."""
    n, n_gestures = (*map(int, sys.argv[1:]), *(ARTICLES, GESTURES)[len(sys.argv) - 1 :])
    folder = Path(tempfile.mkdtemp(prefix=".bench-", dir=".")).absolute()  # a disk, not memory
    opening.as_installed(folder)
    try:
        path = labelled_project(folder, n)
        return report([*_openings(path), *_gestures(path, n_gestures)])
    finally:
        shutil.rmtree(folder)


# --- opening --------------------------------------------------------------------------------------


def _openings(path: Path) -> list[Figure]:
    with Project.open(path) as project:
        who = annotators.named(project, WHO).uid
        settings.change(lambda now: settings.with_project(now, project.uid, who=who))
    return [
        _opened("opened, with its first list, s", lambda: _listed(path)),
        _opened("first window on it painted, s", lambda: _painted(path)),
    ]


def _opened(what: str, act: Callable[[], dict[str, float]]) -> Figure:
    """Return the middle of some starts; the first, which reads the files, is left out."""
    moods, starts = [], []
    for _ in range(TURNS + 1):
        moods.append(mood())
        starts.append(act())
    middle = {step: statistics.median(one[step] for one in starts[1:]) for step in starts[0]}
    slowed = slowness(moods)
    steps = ", ".join(f"{step} {1000 * cpu:.0f}" for step, cpu in middle.items())
    told = f"until, ms of CPU: {steps}; {loop_told(slowed)}"
    return Figure(what, max(middle.values()) / slowed, 1.0, False, told)


def _listed(path: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.first_open", str(path), WHO]
    done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    assert told["rows"], "the list is empty"
    assert not told["came"], "something was lacking"
    return dict(told["at"])


def _painted(path: Path) -> dict[str, float]:
    return {step: cpu for step, (_, cpu) in opening.started([str(path)]).steps.items()}


# --- gestures -------------------------------------------------------------------------------------


def _gestures(path: Path, n: int) -> list[Figure]:
    copy = path.with_name("bare.hashiya")
    shutil.copyfile(path, copy)
    bare = Bare(copy)
    with Project.open(path) as project:
        query = "SELECT sha256 FROM articles ORDER BY id"
        articles = [sha256 for (sha256,) in project.connection.execute(query)]
        who = annotators.ensure(project, WHO).uid
        one, *anywhere = random.Random(5).sample(articles, min(n + 1, len(articles)))
        return [
            _figure("gestures in articles anywhere", project, who, anywhere, bare),
            _figure("gestures in one article", project, who, [one] * n, bare),
        ]


def _figure(what: str, project: Project, who: str, articles: list[str], bare: Bare) -> Figure:
    """Return p95 of a label in each of `articles`, which was read before, of a bare commit's."""
    given: list[Given] = []
    for sha256, n in Counter(articles).items():
        text = project.text(sha256)
        places = _places(text)
        chosen = random.Random(7).sample(places, min(n, len(places)))
        given += [(Layer(sha256, who), extent_at(text, [place])) for place in chosen]
    rounds = []
    for first in range(ROUNDS):
        ours, others = _in_turn(project, given[first::ROUNDS], bare)
        (mine, middle), (theirs, usual) = _p95_and_p50(ours), _p95_and_p50(others)
        told = f"{mine:.1f} ms, bare {theirs:.1f} ms; p50 {middle:.1f} and {usual:.1f}"
        rounds.append((mine / theirs, told))
    rounds.sort()
    ratio, told = rounds[ROUNDS // 2]
    all_of_them = " ".join(f"{one:.2f}" for one, _ in rounds)
    told += f"; {ROUNDS} rounds of {len(given) // ROUNDS}: {all_of_them}"
    return Figure(f"{what}, p95 of a bare commit's", ratio, 2.0, False, told)


def _in_turn(project: Project, given: list[Given], bare: Bare) -> tuple[list[float], list[float]]:
    """Return how many milliseconds each label took, and as many bare commits between them."""
    times: tuple[list[float], list[float]] = ([], [])
    for n, (layer, extent) in enumerate(given):
        acts = (partial(labelling.add_entity, project, layer, extent, "LAW"), bare.commit)
        for which in (0, 1) if n % 2 else (1, 0):
            times[which].append(seconds(acts[which], time.perf_counter) * 1000)
    return times


def _places(text: str) -> list[tuple[int, int]]:
    """Return the places of its words, and of each two in a line."""
    words = [found.span() for found in re.finditer(r"\S+", text)]
    pairs = [(one[0], other[1]) for one, other in itertools.pairwise(words)]
    return words + [(start, end) for start, end in pairs if "\n" not in text[start:end]]


def _p95_and_p50(times: list[float]) -> tuple[float, float]:
    return sorted(times)[len(times) * 95 // 100], statistics.median(times)


if __name__ == "__main__":
    sys.exit(main())
