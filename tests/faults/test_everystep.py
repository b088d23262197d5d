"""A fault at operations on files: the state is the one before or the one after, never between."""

import builtins
import errno
import io
import os
import random
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.everystep import tried
from tests.faults.faults import Fault, WatchedVfs, watched_python
from tests.faults.sqlitevfs import NoSharedSqliteError, shared_sqlite
from tests.faults.steps import STEPS, Step

EVERY = 61


@pytest.fixture(autouse=True)
def _reaches_sqlite() -> None:
    try:
        shared_sqlite()
    except NoSharedSqliteError as error:
        pytest.skip(str(error))


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_a_fault_leaves_the_state_before_or_after_and_never_between(step: Step) -> None:
    counts = tried(step, EVERY, random.Random(1))

    assert counts.wrong == []
    assert counts.before
    assert counts.faults > 3


def test_every_operation_of_sqlite_can_fail(tmp_path: Path) -> None:
    found = set()
    for at in range(1, 60):
        path = tmp_path / f"{at}.db"
        with WatchedVfs() as vfs, closing(sqlite3.connect(path, isolation_level=None)) as file:
            vfs.fault = Fault("io", tmp_path, at)
            with vfs.fault.on():
                try:
                    file.execute("CREATE TABLE t(x)")
                except sqlite3.OperationalError as error:
                    found.add((vfs.fault.hits[0].split()[0], error.sqlite_errorname))
    assert {what for what, _ in found} >= {"create", "read", "write", "sync", "delete", "lock"}
    assert ("write", "SQLITE_IOERR_WRITE") in found
    assert ("sync", "SQLITE_IOERR_FSYNC") in found


def _text(path: Path) -> None:
    path.write_text("نص" * 10_000, "utf-8")


def _zipped(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a", b"x" * 10_000)


def _temporary(path: Path) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(b"x" * 100_000)
    Path(name).replace(path)


def _copied(path: Path) -> None:
    shutil.copy2(path.with_name("source"), path)


def _low(path: Path) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT)
    try:
        os.write(handle, b"x")
        os.fsync(handle)
    finally:
        os.close(handle)


WAYS: dict[str, Callable[[Path], object]] = {
    "text": _text,
    "zip": _zipped,
    "temporary": _temporary,
    "copy": _copied,
    "descriptor": _low,
    "folder": lambda path: path.with_name(f"{len(list(path.parent.iterdir()))}").mkdir(),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_in_which_python_writes_a_file_can_fail(tmp_path: Path, way: str) -> None:
    (tmp_path / "source").write_bytes(b"x" * 100_000)
    counting = Fault("full", tmp_path)
    with watched_python(counting), counting.on():
        WAYS[way](tmp_path / "target")
    assert counting.met
    for at in range(1, counting.met + 1):
        (tmp_path / "target").unlink(missing_ok=True)
        fault = Fault("full", tmp_path, at, is_for_good=True)
        with watched_python(fault), fault.on(), pytest.raises(OSError, match="space") as caught:
            WAYS[way](tmp_path / "target")
        assert caught.value.errno == errno.ENOSPC
    assert builtins.open is io.open


def test_a_full_disk_takes_a_part_of_what_is_written(tmp_path: Path) -> None:
    fault = Fault("full", tmp_path, 2)
    with watched_python(fault), fault.on(), pytest.raises(OSError, match="space"):
        _text(tmp_path / "target")
    assert 0 < (tmp_path / "target").stat().st_size < len("نص".encode()) * 10_000
