"""kill -9: what was acknowledged is there, what was not is there whole or not at all."""

import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.core.operations import Operation, Scope
from annotator.store.indexing import index_pending, pending
from annotator.store.project import Project
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

KILLS = 50
_ROOT = Path(__file__).parents[2]
_WORDS = ("قال", "بوتين", "ترامب", "موسكو", "الاجتماع", "القاهرة", "مصر", "وأضاف", "لقاءه")


@pytest.fixture
def path() -> Iterator[Path]:
    """Give a project in memory: a gesture takes a millisecond and a kill falls anywhere in it."""
    with quick_folder() as folder:
        path = made(folder)
        with Project.open(path) as project:
            annotator(project)
        yield path


def started(*arguments: object) -> "subprocess.Popen[bytes]":
    """Start the command line with `arguments` and leave it to itself."""
    return subprocess.Popen(
        [sys.executable, "-m", "annotator", *map(str, arguments)],
        cwd=_ROOT,
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def stream(chance: random.Random) -> bytes:
    """Return gestures of every sort, over one layer and over three, some of which are refused."""
    lines: list[dict[str, object]] = []
    articles = [sha_of(n) for n in range(len(TEXTS))]
    for _ in range(40):
        first, second = (TEXTS[0].index(word) for word in chance.sample(_WORDS, 2))
        entity = {"article": articles[0], "type": chance.choice(["PERS", "ORG", "GPE"])}
        event = {"article": articles[0], "type": "MEET"}
        back: list[dict[str, object]] = [{"do": "undo", "article": name} for name in articles]
        lines += [
            {"do": "add_entity", **entity, "start": first, "end": first + 3, "as": "e"},
            {"do": "add_event", **event, "start": second, "end": second + 3, "as": "v"},
            {"do": "add_argument", "event": "$v", "role": "theme", "filler": "$e"},
            {"do": "mark_all", "query": "في", "type": entity["type"]},
            {"do": "change", "uid": "$v", "note": f"ملاحظة {chance.random()}"},
            {"do": "answer", "article": articles[1], "question": "summary", "values": [str(first)]},
            {"do": "remove", "uid": "$e"},
            {"do": "remove", "uid": "$v"},
            *back,
            *back,
            {"do": "redo", "article": articles[0]},
        ]  # fmt: skip
    return b"".join(json.dumps(line).encode() + b"\n" for line in lines)


def killed(
    writer: "subprocess.Popen[bytes]", lines: bytes, after: float
) -> list[dict[str, object]]:
    """Feed `lines`, kill the writer `after` so many seconds of work; return its whole answers."""
    assert writer.stdin is not None
    assert writer.stdout is not None
    writer.stdin.write(lines)
    writer.stdin.flush()
    first = writer.stdout.readline()
    time.sleep(after)
    writer.kill()
    rest = writer.stdout.read()
    writer.wait()
    writer.stdin.close()
    writer.stdout.close()
    told = (first + rest).split(b"\n")[:-1]  # a line that was cut off acknowledges nothing
    return [json.loads(line) for line in told]


def test_every_acknowledged_gesture_survives_kills_and_none_is_there_by_half(path: Path) -> None:
    chance = random.Random(7)  # noqa: S311
    acknowledged: set[str] = set()
    in_flight = 0
    following = started("apply", path, "--as", "a1", "-")
    for n in range(KILLS):
        writer, following = following, started("apply", path, "--as", "a1", "-")
        answers = killed(writer, stream(chance), chance.uniform(0, 0.12))
        told = {name for answer in answers if answer["ok"] for name in answer["ops"]}  # type: ignore[attr-defined]
        acknowledged |= told
        with Project.open(path) as project:
            operations = operations_in(project)
            there = {operation.hash for operation in operations}
            assert acknowledged <= there
            assert_whole(operations)
            if n % 5 == 0 or n == KILLS - 1:
                assert_sound(project)
            in_flight += len(there - acknowledged)
            acknowledged |= there  # what is there now must stay
    following.kill()
    following.communicate()
    assert len(acknowledged) > 5 * KILLS


def assert_whole(operations: list[Operation]) -> None:
    """Check that no chain has a gap, and that no gesture is twice in one layer."""
    assert max(Counter((one.gesture, one.scope) for one in operations).values()) == 1
    chains: dict[tuple[Scope, str], list[Operation]] = {}
    for one in operations:
        chains.setdefault((one.scope, one.replica), []).append(one)
    for chain in chains.values():
        chain.sort(key=lambda one: one.sequence)
        assert [one.sequence for one in chain] == list(range(1, len(chain) + 1))
        assert [one.prev for one in chain] == ["", *(one.hash for one in chain[:-1])]


def test_a_gesture_over_three_layers_is_there_in_all_of_them_or_in_none(path: Path) -> None:
    """Each marking is taken back, first of all one that a kill left: so each touches all three."""
    chance = random.Random(8)  # noqa: S311
    back = [{"do": "undo", "article": sha_of(n)} for n in range(len(TEXTS))]
    told = [*back, *[{"do": "mark_all", "query": "في", "type": "GPE"}, *back] * 60]
    lines = b"".join(json.dumps(line).encode() + b"\n" for line in told)
    following = started("apply", path, "--as", "a1", "-")
    for _ in range(10):
        writer, following = following, started("apply", path, "--as", "a1", "-")
        killed(writer, lines, chance.uniform(0, 0.1))
        with Project.open(path) as project:
            marked = [one for one in operations_in(project) if one.kind == "mark_all"]
            assert set(Counter(one.gesture for one in marked).values()) <= {len(TEXTS)}
            assert_sound(project)
    assert len(marked) > 10
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
    importer = started("import", path, folder)
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
