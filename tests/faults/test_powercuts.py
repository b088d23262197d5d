"""Power cuts: nothing that was acknowledged is lost, and a file that is set otherwise loses."""

import random
from pathlib import Path

import pytest

from annotator.core.errors import UserError
from annotator.services import labelling
from annotator.store.project import Project
from tests.faults.disk import Disk
from tests.faults.memoryvfs import MemoryVfs
from tests.faults.powercuts import MUST_LOSE, OURS, Mode, counted
from tests.faults.sqlitevfs import NoSharedSqliteError, shared_sqlite
from tests.projects import contents, extent_of, layer_of, made, quick_folder

CUTS = 100


@pytest.fixture(autouse=True)
def _reaches_sqlite() -> None:
    try:
        shared_sqlite()
    except NoSharedSqliteError as error:
        pytest.skip(str(error))


def test_no_acknowledged_operation_is_lost_in_a_power_cut() -> None:
    count = counted(OURS, CUTS, seed=1)

    assert (count.lost, count.corrupt, count.half) == (0, 0, 0)
    assert count.cuts == CUTS
    assert count.acknowledged > 3 * CUTS
    assert count.in_flight > 0
    assert count.while_opening > 0


@pytest.mark.parametrize("mode", MUST_LOSE, ids=lambda mode: mode.name)
def test_what_is_written_less_carefully_is_lost(mode: Mode) -> None:
    assert counted(mode, 200, seed=1, until_lost=True).has_lost


def test_the_file_is_on_the_disk_in_memory_and_nothing_is_written_beside_it() -> None:
    with quick_folder() as folder:
        path = made(folder)
        before = path.read_bytes()
        with MemoryVfs(path) as vfs:
            disk = vfs.disk = Disk(random.Random(1), {str(path): before})
            with Project.open(path) as project:
                labelling.add_entity(project, layer_of(project), extent_of("بوتين"), "PERS")
                said = contents(project)
            assert path.read_bytes() == before
            assert list(disk.seen()) == [str(path)]
            disk.is_dead = True
            with pytest.raises(UserError, match="disk_trouble"):
                Project.open(path)
        path.write_bytes(disk.seen()[str(path)])
        with Project.open(path) as project:
            assert contents(project) == said


# --- the disk itself ------------------------------------------------------------------------------


def test_what_is_synced_is_there_after_every_cut() -> None:
    for seed in range(50):
        disk = Disk(random.Random(seed), {})
        inode = disk.create("a")
        disk.write(inode, b"x" * 3000, 0)
        disk.sync(inode)
        disk.sync_names("")
        assert disk.left() == {"a": b"x" * 3000}


def test_what_is_not_synced_may_be_there_in_part_and_names_hold_in_order() -> None:
    left = set()
    for seed in range(300):
        disk = Disk(random.Random(seed), {"a": b"." * 1024})
        disk.write(disk.names["a"], b"x" * 1024, 0)
        for name in ("b", "c"):
            disk.sync(disk.create(name))
        disk.unlink("a")
        left.add(tuple(sorted(disk.left().items())))
    names = {tuple(name for name, _ in found) for found in left}
    assert names == {("a",), ("a", "b"), ("a", "b", "c"), ("b", "c")}
    halves = {(data[:512], data[512:]) for found in left for name, data in found if name == "a"}
    old, new = b"." * 512, b"x" * 512
    assert halves == {(old, old), (old, new), (new, old), (new, new)}


def test_a_device_that_ignores_flushes_keeps_nothing_for_sure() -> None:
    left = set()
    for seed in range(50):
        disk = Disk(random.Random(seed), {"a": b"." * 512}, ignores_syncs=True)
        disk.write(disk.names["a"], b"x" * 512, 0)
        disk.sync(disk.names["a"])
        left.add(disk.left()["a"])
    assert left == {b"." * 512, b"x" * 512}


def test_the_disk_ends_at_the_step_that_was_said(tmp_path: Path) -> None:
    path = made(tmp_path)
    with MemoryVfs(path) as vfs:
        vfs.disk = Disk(random.Random(1), {str(path): path.read_bytes()})
        vfs.disk.cut_after(1)
        with Project.open(path) as project, pytest.raises(UserError, match="disk_trouble"):
            labelling.add_entity(project, layer_of(project), extent_of("بوتين"), "PERS")
        assert vfs.disk.left() == {str(path): path.read_bytes()}
