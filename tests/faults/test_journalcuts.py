"""Power cuts that journal and file meet together, in short; `journalcuts` is the long form."""

import errno
import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.files import make_folder, replacing, sync_folder
from annotator.services import labelling
from annotator.store import journal, journalfile
from annotator.store.journalfile import JournalFile
from annotator.store.project import Project
from tests.faults.disk import Disk
from tests.faults.journalcuts import counted, main
from tests.faults.journalmodes import MUST_LOSE, OURS, Mode
from tests.faults.mirrored import Mirror, MirroredVfs
from tests.faults.mirroredpython import mirrored_python
from tests.faults.sqlitevfs import NoSharedSqliteError, shared_sqlite
from tests.projects import extent_of, layer_of, made, quick_folder

CUTS = 30


@pytest.fixture(autouse=True)
def _reaches_sqlite() -> None:
    try:
        shared_sqlite()
    except NoSharedSqliteError as error:
        pytest.skip(str(error))
    if os.name == "nt":
        pytest.skip("the names of open files are asked of the system")


@pytest.mark.parametrize("mode", OURS, ids=lambda mode: mode.name)
def test_what_was_acknowledged_is_in_file_or_journal_and_no_torn_line_is_believed(
    mode: Mode,
) -> None:
    count = counted(mode, CUTS, seed=1)

    assert count.bad == 0, count
    assert count.acknowledged > 3 * CUTS
    assert count.believed > CUTS
    assert count.shorter > 0
    assert count.while_opening > 0


@pytest.mark.parametrize("mode", MUST_LOSE, ids=lambda mode: mode.name)
def test_what_is_written_down_less_carefully_is_lost(mode: Mode) -> None:
    assert counted(mode, 1, seed=1, most=200).bad


def test_few_cuts_are_enough_to_tell_that_nothing_is_lost(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["4", "1"]) == 0

    said = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in said[:-1]] == [
        one.name for one in (*OURS, *MUST_LOSE)
    ]


# --- the mirrored folder --------------------------------------------------------------------------


@pytest.fixture
def mirror() -> Iterator[Mirror]:
    """Give a folder whose files are on a disk too; its project file has been there before."""
    with quick_folder() as outside:
        folder = outside / "disk"
        folder.mkdir()
        path = made(folder)
        mirror = Mirror(folder)
        mirror.disk = Disk(random.Random(1), {str(path): path.read_bytes()})
        with MirroredVfs(mirror), mirrored_python(mirror):
            yield mirror


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(one): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def test_whatever_is_done_to_files_is_done_to_the_disk_too(
    mirror: Mirror, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HASHIYA_DATA", str(mirror.folder / "data"))
    (path,) = map(Path, mirror.on.seen())
    with Project.open(path) as project:
        labelling.add_entity(project, layer_of(project), extent_of("بوتين"), "PERS")
        place = journal.path_of(project.uid, project.replica)
    with replacing(mirror.folder / "export") as file:
        file.write(b"x" * 10_000)
    with (mirror.folder / "plain").open("w", encoding="utf-8") as text:
        text.write("نص")
    (mirror.folder / "plain").rename(mirror.folder / "renamed")

    assert files_in(mirror.folder) == mirror.on.seen()
    assert str(place) in mirror.on.seen()
    left = mirror.on.left()
    assert left[str(place)] == place.read_bytes()
    assert left[str(path)] == path.read_bytes()


def test_once_the_power_is_gone_nothing_is_written_and_the_system_says_so(mirror: Mirror) -> None:
    place = mirror.folder / "journals" / "j.jsonl"
    first, second = (journalfile.remarked(b"%d" % n) for n in range(2))
    file = JournalFile(place)
    file.add([first])
    mirror.on.cut_after(2)  # written, not synced
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        file.add([second])
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        place.open("rb")
    file.close()
    assert mirror.on.left()[str(place)].startswith(first)


def test_a_folder_that_was_made_may_be_gone_with_all_in_it_until_its_name_is_synced(
    mirror: Mirror,
) -> None:
    seen = set()
    for n in range(20):
        folder, place = mirror.folder / f"{n}", mirror.folder / f"{n}" / "a"
        folder.mkdir()
        place.write_bytes(b"x")
        with place.open("rb+") as file:
            os.fsync(file.fileno())
        sync_folder(folder)
        seen.add(str(place) in mirror.on.left())
    assert seen == {False, True}
    lasting = mirror.folder / "new" / "inner"
    make_folder(lasting)
    (lasting / "a").write_bytes(b"")
    sync_folder(lasting)
    assert str(lasting / "a") in mirror.on.left()
