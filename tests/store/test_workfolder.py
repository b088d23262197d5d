"""Folders for copies: whoever is killed leaves his behind, and only such are swept away."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.core.errors import UserError
from annotator.store import workfolder
from annotator.store.workfolder import LOCK, PREFIX, WorkFolder, work_folder
from tests import projects
from tests.cli.running import PYTHON, hashiya

HOLDS = """
import sys
from annotator.store.workfolder import WorkFolder
made = WorkFolder("trial")
(made.path / "copy.hashiya").write_bytes(bytes(1000))
print(made.path, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the temporary folder of this process and of those that it starts."""
    found = tmp_path / "temporary"
    found.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(found))
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(found))
    return found


@pytest.fixture
def holder(place: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """Return another program that holds a folder, and the folder."""
    program = subprocess.Popen(
        [sys.executable, "-c", HOLDS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert program.stdout is not None
    yield program, Path(program.stdout.readline().strip())
    program.kill()
    program.communicate()


def make_old(folder: Path) -> None:
    before = time.time() - 2 * workfolder.OLD
    os.utime(folder, (before, before))


def test_it_goes_when_the_work_ends(place: Path) -> None:
    with work_folder("trial") as folder:
        (folder / "copy").write_text("نص")
        assert folder.parent == place
    assert list(place.iterdir()) == []


def test_what_a_living_program_holds_stays(
    holder: tuple[subprocess.Popen[str], Path], place: Path
) -> None:
    _, folder = holder
    make_old(folder)

    assert workfolder.sweep(0) == 0
    assert (folder / "copy.hashiya").exists()


def test_what_a_killed_program_left_is_swept_by_the_next_start(
    holder: tuple[subprocess.Popen[str], Path], tmp_path: Path
) -> None:
    program, folder = holder
    path = projects.made(tmp_path)
    program.kill()
    program.wait()
    assert (folder / "copy.hashiya").exists()
    hashiya("stats", path)
    assert folder.exists()  # it is not old enough

    make_old(folder)
    hashiya("stats", path)

    assert not folder.exists()


def test_what_this_process_holds_stays_whoever_sweeps(place: Path) -> None:
    with work_folder("trial") as folder:
        make_old(folder)
        assert workfolder.sweep(0) == 0
        swept = "from annotator.store import workfolder; print(workfolder.sweep(0))"
        told = subprocess.run([sys.executable, "-c", swept], capture_output=True, check=True)
        assert told.stdout.strip() == b"0"
        assert folder.is_dir()


def test_nothing_that_is_not_ours_is_touched(place: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / LOCK).touch()
    (place / f"{PREFIX}without-a-lock").mkdir()
    (place / f"{PREFIX}file").write_text("نص")
    (place / f"{PREFIX}link").symlink_to(kept)
    (place / "other").mkdir()
    (place / "other" / LOCK).touch()
    there = sorted(place.iterdir())

    assert workfolder.sweep(0) == 0
    assert sorted(place.iterdir()) == there
    assert (kept / LOCK).exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the folders of others away")
def test_the_folder_of_another_user_is_left_alone(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = WorkFolder("trial").path  # nobody holds it any more when it is collected
    (folder / LOCK).unlink()
    (folder / LOCK).touch()
    someone = os.getuid() + 1
    monkeypatch.setattr(os, "getuid", lambda: someone)

    assert workfolder.sweep(0) == 0
    assert folder.exists()


def test_a_clock_that_went_back_sweeps_nothing(
    holder: tuple[subprocess.Popen[str], Path], place: Path
) -> None:
    program, folder = holder
    program.kill()
    program.wait()
    later = time.time() + 10_000
    os.utime(folder, (later, later))

    assert workfolder.sweep(0) == 0


def test_an_import_that_is_killed_leaves_a_folder_and_another_one_takes_it_away(
    place: Path, tmp_path: Path
) -> None:
    path, articles = projects.made(tmp_path), tmp_path / "articles"
    articles.mkdir()
    for n in range(3000):
        (articles / f"{n:04}.txt").write_text(f"قال {n} " + "كلمة " * 300, encoding="utf-8")
    with subprocess.Popen([*PYTHON, "import", str(path), str(articles)]) as program:
        while not list(place.glob(f"{PREFIX}import-*/staging.sqlite")):
            assert program.poll() is None
            time.sleep(0.005)
        program.kill()
    (left,) = place.glob(f"{PREFIX}import-*")
    make_old(left)

    with work_folder("trial"):
        assert not left.exists()


def test_where_none_can_be_made_it_is_told(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(place / "gone" / "deeper"))

    with pytest.raises(UserError, match="no_such_folder"):
        WorkFolder("trial")
