"""A data folder that may not be entered, read or written: work counts, and sentences say what not.

Each command runs in a process without rights beyond those of the files.
"""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.running import hashiya
from tests.projects import made, quick_folder, sha_of
from tests.withoutrights import RIGHTS, run

pytestmark = RIGHTS
A = sha_of(0)[:16]
_COMMANDS = """
    import json, sys
    from pathlib import Path
    from tests.cli.running import hashiya
    folder, article = Path(sys.argv[1]), sys.argv[2]
    path, damaged, gone = (folder / f"{name}.hashiya" for name in ("project", "damaged", "gone"))
    def line(start):
        return json.dumps({"do": "add_entity", "article": article, "start": start,
                           "end": start + 1, "type": "PERS"}).encode() + b"\\n"
    told = {}
    def do(name, *words, given=b""):
        ran = hashiya(*words, given=given)
        told[name] = [ran.code, ran.out, ran.err]
    do("apply", "apply", path, "--as", "a1", given=line(20) + line(21))
    do("labels", "labels", path)
    do("merge", "merge", path, folder / "other.hashiya")
    do("undo", "undo", path, "--as", "a1", "--article", article)
    do("handin", "handin", path, "-o", folder / "given.hashiya-bundle")
    do("new", "new", folder / "new.hashiya")
    do("doctor", "doctor", path)
    do("repair", "doctor", path, "--repair", "-o", folder / "repaired.hashiya")
    do("rebuild", "rebuild", path, "-o", folder / "rebuilt.hashiya")
    do("backups", "backups", path)
    do("backup", "backups", path, "--now")
    do("restore", "restore", path, "-o", folder / "restored.hashiya")
    do("restore in place", "restore", path, "--in-place")
    do("damaged labels", "labels", damaged)
    do("damaged doctor", "doctor", damaged)
    do("damaged rebuild", "rebuild", damaged, "-o", folder / "rebuilt2.hashiya")
    do("gone restore", "restore", gone, "-o", folder / "restored2.hashiya")
    do("gone backups", "backups", gone)
    do("erase", "backups", path, "--erase", "--yes")
    print(json.dumps(told))
"""
_UNREAD = "The data folder “data” cannot be read"
_NO_RECORD = "The second record cannot be read"
_OFF = "Saved in the project only: the second record, in the data folder “data”, cannot be written"
_NO_BACKUP = "No backup of “project.hashiya” can be kept: the data folder cannot be written"
_READERS = ("backups", "restore", "restore in place", "gone restore", "gone backups", "erase")
Told = dict[str, tuple[int, str, str]]


@pytest.fixture
def folder() -> Iterator[Path]:
    """Give a folder with projects that were worked in, one damaged, one gone, and their data."""
    with quick_folder() as outer:
        folder = outer / "work"
        folder.mkdir()
        first = made(folder)
        project = first.rename(folder / "project.hashiya")
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("HASHIYA_DATA", str(folder / "data"))
            for name in ("damaged", "gone", "other"):
                shutil.copy(project, folder / f"{name}.hashiya")
            for n, name in enumerate(("project", "damaged", "gone", "other")):
                line = {"do": "add_entity", "article": A, "start": n, "end": n + 1, "type": "PERS"}
                given = json.dumps(line).encode()
                hashiya("apply", folder / f"{name}.hashiya", "--as", "a1", given=given)
        (folder / "gone.hashiya").unlink()
        with (folder / "damaged.hashiya").open("r+b") as file:
            file.write(bytes(100))
        (folder / "data" / "examined").mkdir(exist_ok=True)
        yield folder


@contextmanager
def closed(place: Path, mode: int) -> Iterator[None]:
    before = place.stat().st_mode
    place.chmod(mode)
    try:
        yield
    finally:
        place.chmod(before)


def told_in(folder: Path) -> Told:
    """Do every command; return exit codes and what was said, where none met a fault of ours."""
    told: Told = json.loads(run(_COMMANDS, folder, A, data=folder / "data").splitlines()[-1])
    for name, (_, out, err) in told.items():
        assert "fault" not in err, (name, err)
        assert "Traceback" not in out + err, (name, err)
    code, out, _ = told["apply"]
    assert code == 0
    assert [json.loads(line)["ok"] for line in out.splitlines()] == [True, True]
    return told


def _emptied(data: Path) -> None:
    shutil.rmtree(data)
    data.mkdir()


def _nothing(_: Path) -> None:
    """Leave it as it is."""


@pytest.mark.parametrize("mode", [0o000, 0o444])
@pytest.mark.parametrize("before", [_nothing, _emptied])
def test_of_a_data_folder_that_may_not_be_entered_each_command_says_what_cannot_be_done(
    folder: Path, mode: int, before: Callable[[Path], None]
) -> None:
    before(folder / "data")
    with closed(folder / "data", mode):
        told = told_in(folder)

    said = told["apply"][2]
    assert [said.count(one) for one in (_NO_RECORD, _OFF, _NO_BACKUP)] == [1, 1, 1]
    assert len(said.splitlines()) == 3
    assert _NO_RECORD in told["labels"][2]
    assert _UNREAD in told["doctor"][1] + told["doctor"][2]
    assert told["doctor"][0] == 0
    for name in (*_READERS, "rebuild", "damaged labels", "damaged rebuild"):
        assert told[name][2].startswith(_UNREAD), (name, told[name])
        assert told[name][0] == 3
    assert not [*folder.glob("re*.hashiya")]


def test_in_an_empty_data_folder_that_may_not_be_written_work_counts_without_a_record(
    folder: Path,
) -> None:
    _emptied(folder / "data")
    with closed(folder / "data", 0o555):
        told = told_in(folder)

    said = told["apply"][2]
    assert [said.count(one) for one in (_NO_RECORD, _OFF, _NO_BACKUP)] == [0, 1, 1]
    assert "no backup of “project.hashiya” could be kept" in told["backup"][2]
    assert told["rebuild"][0] == 0


@pytest.mark.parametrize("mode", [0o000, 0o444, 0o555])
@pytest.mark.parametrize("name", ["replicas", "journals", "backups", "schemas", "examined"])
def test_a_folder_in_it_that_is_closed_ends_no_command_in_a_fault(
    folder: Path, name: str, mode: int
) -> None:
    with closed(folder / "data" / name, mode):
        told = told_in(folder)

    is_unread = mode != 0o555
    assert (_NO_RECORD in told["labels"][2]) == (is_unread and name in ("replicas", "journals"))
    assert (_NO_BACKUP in told["apply"][2]) == (is_unread and name == "backups")
    assert told["backups"][2].startswith(_UNREAD) == (is_unread and name == "backups")
    needed = ("replicas", "journals", "backups")
    assert told["rebuild"][2].startswith(_UNREAD) == (is_unread and name in needed)
