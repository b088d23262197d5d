"""kill -9: what was acknowledged is there, what was not is there whole or not at all."""

import json
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.store.indexing import index_pending, pending
from annotator.store.project import Project
from tests.faults.kills import WRITERS, counted, killed, started
from tests.projects import (
    TEXTS,
    annotator,
    assert_sound,
    made,
    n_operations,
    operations_in,
    quick_folder,
    sha_of,
)

KILLS = 30


@pytest.fixture
def path() -> Iterator[Path]:
    """Give a project in memory: a gesture takes a millisecond and a kill falls anywhere in it."""
    with quick_folder() as folder:
        path = made(folder)
        with Project.open(path) as project:
            annotator(project)
        yield path


def test_every_acknowledged_gesture_survives_kills_and_none_is_there_by_half() -> None:
    count = counted(WRITERS["apply"], KILLS, seed=7)

    assert (count.lost, count.half) == (0, 0)
    assert count.kills == KILLS
    assert count.acknowledged > 5 * KILLS


@pytest.mark.window
def test_every_mark_painted_as_saved_survives_kills_of_the_window() -> None:
    count = counted(WRITERS["window"], 3, seed=7)

    assert (count.lost, count.gone, count.half) == (0, 0, 0)
    assert count.kills == 3
    assert count.acknowledged >= 3
    assert count.painted >= 3


@pytest.mark.window
def test_a_window_that_paints_marks_as_saved_before_they_are_is_found() -> None:
    count = counted(WRITERS["too-soon"], 10, seed=7)

    assert count.gone > 0
    assert count.lost == 0


def test_a_gesture_over_three_layers_is_there_in_all_of_them_or_in_none(path: Path) -> None:
    """Each marking is taken back, first of all one that a kill left: so each touches all three."""
    chance = random.Random(8)
    back = [{"do": "undo", "article": sha_of(n)} for n in range(len(TEXTS))]
    told = [*back, *[{"do": "mark_all", "query": "في", "type": "GPE"}, *back] * 60]
    lines = b"".join(json.dumps(line).encode() + b"\n" for line in told)
    following = started("annotator", "apply", path, "--as", "a1", "-")
    for _ in range(10):
        writer, following = following, started("annotator", "apply", path, "--as", "a1", "-")
        killed(writer, lines, chance.uniform(0, 0.1), n_answers=len(back) + 2)
        with Project.open(path) as project:
            marked = [one for one in operations_in(project) if one.kind == "mark_all"]
            assert set(Counter(one.gesture for one in marked).values()) <= {len(TEXTS)}
            assert_sound(project)
    assert len(marked) >= 10 * len(TEXTS)
    following.kill()
    following.communicate()


@pytest.mark.parametrize("after", [0.0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3])
def test_a_killed_import_is_there_as_a_whole_or_not_at_all(path: Path, after: float) -> None:
    folder = path.parent / "texts"
    folder.mkdir()
    for n in range(300):
        (folder / f"{n:03}.txt").write_text(f"المقال {n}. " + TEXTS[0] * 80, encoding="utf-8")
    with Project.open(path) as project:
        before = n_operations(project)
    importer = started("annotator", "import", path, folder)
    while not list(Path(path.parent).glob("*-journal")) and importer.poll() is None:
        time.sleep(0.001)
    time.sleep(after)
    importer.kill()
    importer.communicate()

    with Project.open(path) as project:
        n = project.connection.execute("SELECT count(*) FROM articles").fetchone()[0]
        assert n in (len(TEXTS), len(TEXTS) + 300)
        assert n_operations(project) == before
        assert_sound(project)
        index_pending(project)
        assert pending(project) == 0
        found = project.connection.execute("SELECT count(*) FROM words WHERE words MATCH 'المقال'")
        assert found.fetchone()[0] == n - len(TEXTS)
