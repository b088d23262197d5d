"""Backups in trouble: killed or out of room in the middle, they leave the earlier ones whole."""

import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.services import backing_up, labelling, restoring
from annotator.store import backupfolder
from annotator.store.backupfolder import Backup
from annotator.store.project import Project
from tests.projects import (
    TEXTS,
    add_articles,
    assert_sound,
    contents,
    layer_of,
    made,
    n_operations,
    quick_folder,
)

_ROOT = Path(__file__).parents[2]
KILLS = 12


@pytest.fixture
def path() -> Iterator[Path]:
    """Give a project of some size, with a backup, and texts that are not kept yet."""
    with quick_folder() as folder:
        path = made(folder)
        with Project.open(path) as project:
            add_articles(project, *(f"المقال {n}. " + TEXTS[0] * 20 for n in range(300)))
            backing_up.back_up(project, "asked")
            add_articles(project, *(f"الخبر {n}. " + TEXTS[1] * 20 for n in range(300)))
            _work(project)
        yield path


def _work(project: Project) -> None:
    layer = layer_of(project)
    status = "done" if project.layer(layer.article, layer.annotator).status != "done" else "started"
    labelling.set_status(project, layer, status)


def started(path: Path, limit: int = 0) -> "subprocess.Popen[bytes]":
    """Start `hashiya backups --now`; no file may grow beyond `limit` bytes where that is given."""

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.Popen(
        [sys.executable, "-m", "annotator", "backups", str(path), "--now", "--json"],
        cwd=_ROOT,
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=limited if limit else None,
    )


def all_whole(path: Path) -> list[Backup]:
    """Return the backups, each of which must be byte for byte what it was when it was made."""
    found = backing_up.backups_of(path)
    for one in found:
        backupfolder.refuse_altered(one)
    return found


def assert_restores(path: Path, backup: Backup) -> None:
    to = path.with_name(f"restored-{backup.number}-{time.monotonic_ns()}.hashiya")
    restoring.restore(path, to, backup, as_it_was=True)
    with Project.open(to) as project:
        assert_sound(project)
        assert n_operations(project) == backup.facts.n_operations
    to.unlink()


def test_a_backup_that_is_killed_leaves_the_earlier_ones_whole(path: Path) -> None:
    chance = random.Random(5)
    with Project.open(path) as project:
        folder = backupfolder.folder_of(project)
    (first,) = all_whole(path)
    n_killed = 0
    for _ in range(KILLS):
        writer = started(path)
        until = time.monotonic() + 20
        while not list(folder.glob("*.part")) and writer.poll() is None:
            assert time.monotonic() < until
            time.sleep(0.0005)
        time.sleep(chance.uniform(0, 0.08))
        writer.kill()
        writer.communicate()
        found = all_whole(path)
        assert found[0] == first
        n_killed += bool(list(folder.glob("*.part")))
        with Project.open(path) as project:
            _work(project)
    assert n_killed > 0
    assert_restores(path, first)
    with Project.open(path) as project:
        last = backing_up.back_up(project, "asked").backup
        before = contents(project)
    assert not list(folder.glob("*.part*"))
    to = path.with_name("last.hashiya")
    restoring.restore(path, to, last, as_it_was=True)
    with Project.open(to) as project:
        assert contents(project) == before


@pytest.mark.parametrize("limit", [20_000, 200_000, 700_000, 2_000_000])
def test_a_backup_that_finds_no_room_leaves_the_earlier_ones_whole(path: Path, limit: int) -> None:
    (first,) = all_whole(path)
    writer = started(path, limit)
    out, err = writer.communicate()
    assert (writer.returncode, err) == (3, b"")
    assert b'"error":"no_backup"' in out
    assert all_whole(path) == [first]
    assert_restores(path, first)
    assert not list(first.path.parent.glob("*.part*"))
    with Project.open(path) as project:
        assert backing_up.back_up(project, "asked").backup.number == 2
    assert len(all_whole(path)) == 2
