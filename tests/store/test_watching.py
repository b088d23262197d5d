"""An open file that is moved, exchanged, closed or full: refused before it looks saved."""

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator.core.errors import UserError
from annotator.core.model import Entity
from annotator.services import annotators, importing, labelling
from annotator.store import opening, watching
from annotator.store.project import Project
from annotator.store.whereabouts import ANYWHERE
from tests.projects import (
    SCHEMA,
    assert_sound,
    code_of,
    contents,
    copied,
    extent_of,
    layer_of,
    made,
    n_operations,
)
from tests.test_files import small_disk

pytestmark = pytest.mark.skipif(os.name == "nt", reason="an open file stays where it is there")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "مشروع"
    folder.mkdir()
    return made(folder)


@pytest.fixture
def project(path: Path) -> Iterator[Project]:
    with Project.open(path) as project:
        layer_of(project)
        yield project


def label(project: Project, quote: str = "بوتين") -> None:
    labelling.add_entity(project, layer_of(project), extent_of(quote), "PERS")


def label_during(project: Project, something: Callable[[], object]) -> None:
    """Write a label, and let something happen before the gesture has ended."""
    with project.gesture(layer_of(project), "test") as part:
        part.put(Entity(part.gesture.new_uid("entity"), extent_of("بوتين"), "PERS"))
        something()


# --- what others write ----------------------------------------------------------------------------


def test_another_connections_gesture_is_seen_and_ones_own_is_not(
    project: Project, path: Path
) -> None:
    before = watching.data_version(project)

    label(project)
    assert watching.data_version(project) == before

    with Project.open(path) as other:
        label(other, "ترامب")
    assert watching.data_version(project) != before


WRITING = """
import sys
from pathlib import Path
from annotator.services import annotators
from annotator.store.project import Project
with Project.open(Path(sys.argv[1])) as project:
    annotators.ensure(project, "زيد")
"""


def test_another_programs_gesture_is_seen(project: Project, path: Path) -> None:
    before = watching.data_version(project)

    subprocess.run([sys.executable, "-c", WRITING, str(path)], check=True)

    assert watching.data_version(project) != before


def test_while_another_program_writes_nobody_waits_and_nothing_is_known(
    project: Project, path: Path
) -> None:
    usual = project.connection.execute("PRAGMA busy_timeout").fetchone()
    with Project.open(path) as other:
        other.connection.execute("BEGIN EXCLUSIVE")
        began = time.monotonic()
        assert watching.data_version(project) is None
        assert time.monotonic() - began < opening.PATIENCE
        other.connection.execute("COMMIT")

    assert watching.data_version(project) is not None
    assert project.connection.execute("PRAGMA busy_timeout").fetchone() == usual == (5000,)


def test_during_a_gesture_of_our_own_nothing_is_asked(project: Project) -> None:
    assert not project.is_writing
    with project.gesture(layer_of(project), "test"):
        assert project.is_writing
        assert watching.data_version(project) is None


def test_a_file_that_cannot_be_read_any_more_is_said_to_be(project: Project, path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(100)

    assert code_of(lambda: watching.data_version(project)) in ("damaged", "not_a_project")


# --- where the file is ----------------------------------------------------------------------------


def moved(path: Path) -> Callable[[], object]:
    elsewhere = path.with_name("elsewhere.hashiya")
    path.rename(elsewhere)
    return lambda: elsewhere.rename(path)


def folder_moved(path: Path) -> Callable[[], object]:
    elsewhere = path.parent.with_name("elsewhere")
    path.parent.rename(elsewhere)
    return lambda: elsewhere.rename(path.parent)


def exchanged(path: Path) -> Callable[[], object]:
    former = path.with_name("former.hashiya")
    path.rename(former)
    shutil.copy(former, path)
    return lambda: former.replace(path)


def overwritten_by_a_sync_program(path: Path) -> Callable[[], object]:
    former = path.with_name("former.hashiya")
    os.link(path, former)
    Path(shutil.copy(path, path.with_name(".partial"))).replace(path)
    return lambda: former.replace(path)


def read_only(path: Path) -> Callable[[], object]:
    path.chmod(0o444)
    return lambda: path.chmod(0o644)


HARMS = [
    (moved, "gone", "file_gone"),
    (folder_moved, "gone", "file_gone"),
    (exchanged, "replaced", "file_replaced"),
    (overwritten_by_a_sync_program, "replaced", "file_replaced"),
    (read_only, "read_only", "read_only"),
]


@pytest.mark.parametrize(("harm", "state", "code"), HARMS)
def test_what_became_of_the_file_is_known_and_a_gesture_refused_until_it_is_mended(
    project: Project,
    path: Path,
    harm: Callable[[Path], Callable[[], object]],
    state: str,
    code: str,
) -> None:
    before = contents(project)
    assert watching.file_state(project) == "there"

    mend = harm(path)
    assert watching.file_state(project) == state
    with pytest.raises(UserError, match=code) as refused:
        label(project)
    assert refused.value.data == {"path": path.name}
    assert contents(project) == before

    mend()
    assert watching.file_state(project) == "there"
    label(project)
    assert n_operations(project) > len(before["operations"])
    assert_sound(project)
    with Project.open(path) as again:
        assert contents(again) == contents(project)


@pytest.mark.parametrize(("harm", "state", "code"), HARMS)
def test_what_happens_to_the_file_in_the_middle_of_a_gesture_keeps_it_from_looking_saved(
    project: Project,
    path: Path,
    harm: Callable[[Path], Callable[[], object]],
    state: str,
    code: str,
) -> None:
    before = contents(project)
    mends = list[Callable[[], object]]()

    with pytest.raises(UserError, match=code):
        label_during(project, lambda: mends.append(harm(path)))

    mends[0]()
    assert contents(project) == before
    label(project)
    assert_sound(project)


def test_a_file_that_was_removed_takes_no_gesture(project: Project, path: Path) -> None:
    path.unlink()

    assert watching.file_state(project) == "gone"
    assert code_of(lambda: label(project)) == "file_gone"


def test_an_import_into_a_file_that_is_gone_is_refused(project: Project, tmp_path: Path) -> None:
    source = tmp_path / "خبر.txt"
    source.write_text("قال الوزير شيئًا.", "utf-8")
    project.path.unlink()

    with pytest.raises(UserError, match="file_gone"):
        importing.import_sources(project, [source])


def test_where_sqlite_itself_meets_a_file_that_moved_it_is_said_too(path: Path) -> None:
    with Project(opening.open_file(path), path) as project:
        assert project.whereabouts == ANYWHERE
        assert watching.file_state(project) == "there"
        path.rename(path.with_name("elsewhere"))

        assert code_of(lambda: annotators.ensure(project, "زيد")) == "file_moved"


def test_the_file_is_watched_at_its_place_also_when_the_program_goes_to_another_folder(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(path.parent)
    with Project.open(Path(path.name)) as project:
        monkeypatch.chdir("/")

        assert watching.file_state(project) == "there"
        label(project)


# --- opened again ---------------------------------------------------------------------------------


def test_a_copy_put_back_in_its_place_is_opened_again_and_takes_the_gesture(
    project: Project, path: Path
) -> None:
    label(project)
    backup = copied(path, "backup.hashiya")
    path.unlink()
    shutil.copy(backup, path)
    assert code_of(lambda: label(project, "ترامب")) == "file_replaced"

    with watching.opened_again(project) as again:
        assert again.turn is project.turn
        label(again, "ترامب")
        assert len(again.labels(layer_of(again))) == 2
        assert_sound(again)


def test_another_project_in_its_place_is_not_taken_for_it(project: Project, path: Path) -> None:
    path.unlink()
    Project.create(path, SCHEMA).close()

    with pytest.raises(UserError, match="other_project"):
        watching.opened_again(project)


# --- folders, disks -------------------------------------------------------------------------------

AS_NOBODY = """
import os, sys
from pathlib import Path
from annotator.services import annotators
from annotator.store import watching
from annotator.store.project import Project
from annotator.core.errors import UserError
path = Path(sys.argv[1])
with Project.open(path) as project:
    annotators.ensure(project, "before")  # loads what another user may not read
os.environ["HASHIYA_DATA"] = str(path.parent / "data")
os.setgid(65534)
os.setuid(65534)
with Project.open(path) as project:
    path.parent.chmod(0o500)
    try:
        annotators.ensure(project, "during")
    except UserError as trouble:
        print(trouble.code, trouble.data.get("why"))
    path.parent.chmod(0o700)
    path.chmod(0o400)
    print(watching.file_state(project))
    path.chmod(0o600)
    annotators.ensure(project, "after")
    print(len(project.annotators()))
"""


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs another user")
def test_a_folder_in_which_nothing_can_be_made_is_named_as_the_reason() -> None:
    folder = Path(subprocess.check_output(["mktemp", "-d"], text=True).strip())  # noqa: S607
    path = made(folder)
    for one in (folder, path):
        os.chown(one, 65534, 65534)
    command = [sys.executable, "-c", AS_NOBODY, str(path)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    shutil.rmtree(folder)

    assert told.stdout.split("\n")[:3] == ["read_only folder", "read_only", "2"], told.stderr[-500:]


def fill(path: Path) -> None:
    """Write into `path` until the disk is full."""
    with path.open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 4096)


def test_on_a_full_disk_a_gesture_is_refused_and_works_when_there_is_room_again() -> None:
    with small_disk("2m") as folder, Project.open(made(folder)) as project:
        layer_of(project)
        before = contents(project)
        filler = folder / "filler"
        with pytest.raises(OSError, match="No space"):
            fill(filler)

        assert code_of(lambda: label(project)) == "disk_full"
        assert contents(project) == before
        assert not project.is_writing
        assert watching.file_state(project) == "there"

        filler.unlink()
        label(project)
        assert_sound(project)


LIMITED = """
import os, resource, signal, sys
from pathlib import Path
from annotator.core.errors import UserError
from annotator.services import annotators
from annotator.store.project import Project
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
path = Path(sys.argv[1])
with Project.open(path) as project:
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size, resource.RLIM_INFINITY))
    n, code = 0, ""
    while not code and n < 5000:
        try:
            annotators.ensure(project, f"n{n} " + "ا" * 60)
            n += 1
        except UserError as trouble:
            code = trouble.code
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    print(code, len(project.annotators()) == n)
    annotators.ensure(project, "again")
    print(len(project.annotators()) == n + 1)
"""


def test_where_no_file_may_grow_a_gesture_is_refused_and_works_when_it_may_again(
    path: Path,
) -> None:
    command = [sys.executable, "-c", LIMITED, str(path)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)

    assert told.stdout.split("\n")[:2] == ["quota True", "True"], told.stderr[-500:]
    with Project.open(path) as project:
        assert_sound(project)


# --- broken off -----------------------------------------------------------------------------------


def test_what_is_broken_off_from_another_thread_is_rolled_back(project: Project) -> None:
    before = contents(project)
    breaking = threading.Timer(0.2, project.interrupt)
    breaking.start()
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT count(*) FROM n"

    with pytest.raises(UserError, match="cancelled"):
        label_during(project, lambda: project.connection.execute(endless).fetchone())

    assert contents(project) == before
    project.close()
    project.interrupt()
