"""Files are written whole, or what stood there stays."""

import errno
import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from annotator import files
from annotator.core.errors import UserError
from annotator.files import making, replacing, replacing_all

OLD = "قديم".encode()


def left_in(folder: Path) -> list[str]:
    """Return the names of all that is in `folder`, hidden files too."""
    return sorted(path.name for path in folder.iterdir())


def write(path: Path, parts: list[bytes], error: BaseException | None = None) -> None:
    """Replace `path` by `parts`, or meet `error` after them."""
    with replacing(path) as file:
        for part in parts:
            file.write(part)
        if error is not None:
            raise error


def test_a_new_file_is_there_when_the_block_has_ended(tmp_path: Path) -> None:
    path = tmp_path / "ملف.jsonl"

    with replacing(path) as file:
        file.write(b"new")
        assert not path.exists()

    assert path.read_bytes() == b"new"
    assert left_in(tmp_path) == [path.name]


def test_an_old_file_is_there_whole_until_the_block_has_ended(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(OLD)

    with replacing(path) as file:
        file.write(b"n" * 10_000_000)
        assert path.read_bytes() == OLD

    assert path.read_bytes() == b"n" * 10_000_000


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, UserError, SystemExit])
def test_any_error_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, error: type[BaseException]
) -> None:
    path = tmp_path / "x"
    path.write_bytes(OLD)

    with pytest.raises(error):
        write(path, [b"half"], error("x"))

    assert path.read_bytes() == OLD
    assert left_in(tmp_path) == ["x"]


def test_a_new_file_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    with replacing(tmp_path / "x"):
        pass
    (tmp_path / "y").touch()

    assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == stat.S_IMODE(
        (tmp_path / "y").stat().st_mode
    )


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "kept").touch()

    with pytest.raises(UserError, match="is_a_folder"), replacing(tmp_path / "x"):
        pass

    assert left_in(tmp_path / "x") == ["kept"]


@pytest.mark.parametrize(
    ("place", "code"),
    [("no/x", "no_such_folder"), ("file/x", "cannot_write"), ("n" * 300, "cannot_write")],
)
def test_a_place_where_nothing_can_be_written_is_named(
    tmp_path: Path, place: str, code: str
) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(UserError, match=code), replacing(tmp_path / place) as file:
        file.write(b"x")

    assert left_in(tmp_path) == ["file"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_what_is_no_ordinary_file_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)

    with pytest.raises(UserError, match="cannot_write"), replacing(path) as file:
        file.write(b"x")

    assert stat.S_ISFIFO(path.stat().st_mode)


@contextmanager
def small_disk(size: str = "1m") -> Iterator[Path]:
    """Give a disk of that size, where this machine lets us make one."""
    folder = Path(tempfile.mkdtemp())
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    try:
        is_made = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except OSError:
        is_made = False
    if not is_made:
        folder.rmdir()
        pytest.skip("only the superuser can make a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)  # noqa: S607
        folder.rmdir()


def test_on_a_full_disk_the_old_file_stays_whole() -> None:
    with small_disk() as folder:
        path = folder / "x"
        path.write_bytes(OLD)

        with pytest.raises(UserError, match="disk_full"):
            write(path, [b"n" * 100_000] * 40)

        assert path.read_bytes() == OLD
        assert left_in(folder) == ["x"]


LIMITED = """
import resource, sys
from pathlib import Path
from annotator.core.errors import UserError
from annotator.files import replacing
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    with replacing(Path(sys.argv[1])) as file:
        file.write(b"n" * 99_999)
        file.write(b"n" * 99_999)
except UserError as trouble:
    print(trouble.code)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_a_file_larger_than_is_allowed_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(OLD)

    told = subprocess.run(
        [sys.executable, "-c", LIMITED, str(path)], check=True, capture_output=True, text=True
    )

    assert told.stdout.strip() == "quota"
    assert path.read_bytes() == OLD
    assert left_in(tmp_path) == ["x"]


def test_of_several_files_all_are_replaced(tmp_path: Path) -> None:
    places = [tmp_path / "a", tmp_path / "b"]
    places[0].write_bytes(b"old")
    with replacing_all(places) as files:
        for n, file in enumerate(files):
            file.write(b"new %d" % n)
        assert places[0].read_bytes() == b"old"
    assert [place.read_bytes() for place in places] == [b"new 0", b"new 1"]
    assert sorted(tmp_path.iterdir()) == places


def test_of_several_files_none_is_replaced_where_one_cannot_be(tmp_path: Path) -> None:
    old, new, blocked = (tmp_path / name for name in ("a", "b", "c"))
    old.write_bytes(OLD)

    def write_all() -> None:
        with replacing_all([old, new, blocked]) as files:
            for file in files:
                file.write(b"new")
            blocked.mkdir()  # a folder has come to stand there

    with pytest.raises(UserError) as caught:
        write_all()
    assert (caught.value.code, caught.value.data["path"]) == ("cannot_write", "c")
    assert old.read_bytes() == OLD
    assert left_in(tmp_path) == ["a", "c"]


def test_a_private_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.touch(0o644)

    with replacing(path, is_private=True):
        pass

    assert stat.S_IMODE(path.stat().st_mode) == (0o666 if os.name == "nt" else 0o600)


def test_a_folder_on_a_disk_that_is_read_only_is_said() -> None:
    with small_disk() as folder:
        (folder / "x").write_bytes(OLD)
        again = ["mount", "-o", "remount,ro", str(folder)]
        subprocess.run(again, check=True)

        with pytest.raises(UserError) as caught:
            write(folder / "x", [b"new"])

        assert (caught.value.code, caught.value.data["why"]) == ("read_only", "folder")
        assert left_in(folder) == ["x"]
        assert (folder / "x").read_bytes() == OLD


# --- new files ------------------------------------------------------------------------------------


def make(path: Path, meanwhile: Callable[[], object] = lambda: None) -> None:
    """Make a file at `path`, while somebody does something `meanwhile`."""
    with making(path) as file:
        file.write(b"new")
        meanwhile()


def test_a_new_file_never_takes_the_place_of_another(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(OLD)

    with pytest.raises(UserError, match="file_exists"):
        make(tmp_path / "x")

    assert (tmp_path / "x").read_bytes() == OLD


@pytest.mark.parametrize("has_links", [True, False])
def test_where_the_name_is_taken_meanwhile_who_took_it_keeps_it(
    tmp_path: Path, has_links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not has_links:
        monkeypatch.setattr(os, "link", without_links)

    with pytest.raises(UserError, match="file_exists"):
        make(tmp_path / "x", lambda: (tmp_path / "x").write_bytes(OLD))

    assert (tmp_path / "x").read_bytes() == OLD
    assert left_in(tmp_path) == ["x"]


# --- file systems and machines that differ --------------------------------------------------------


def without_links(*_: object) -> None:
    """Refuse as file systems do that have no hard links."""
    raise OSError(errno.EPERM, os.strerror(errno.EPERM))


def test_where_there_are_no_hard_links_everything_is_written_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", without_links)
    (tmp_path / "a").write_bytes(OLD)

    make(tmp_path / "new")
    write(tmp_path / "a", [b"one"])
    with replacing_all([tmp_path / "a", tmp_path / "b"]) as opened:
        for file in opened:
            file.write(b"two")

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "new": b"new",
        "a": b"two",
        "b": b"two",
    }


def test_a_file_system_that_cannot_sync_folders_is_no_trouble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced = os.fsync

    def fsync(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        synced(handle)

    monkeypatch.setattr(os, "fsync", fsync)

    write(tmp_path / "x", [b"new"])

    assert (tmp_path / "x").read_bytes() == b"new"


@pytest.mark.parametrize(("n_held", "is_written"), [(2, True), (99, False)])
def test_a_file_that_a_sync_program_holds_is_waited_for(
    tmp_path: Path, n_held: int, is_written: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x"
    path.write_bytes(OLD)
    renamed, tries = Path.replace, iter(range(n_held))

    def replace(self: Path, to: Path) -> Path:
        if next(tries, None) is not None:
            raise PermissionError(errno.EACCES, "held")
        return renamed(self, to)

    monkeypatch.setattr(files, "_PASSING", PermissionError)  # as on Windows
    monkeypatch.setattr(files, "_PAUSES", (0.0, 0.0, 0.0))
    monkeypatch.setattr(Path, "replace", replace)

    if is_written:
        write(path, [b"new"])
    else:
        with pytest.raises(UserError):
            write(path, [b"new"])

    assert path.read_bytes() == (b"new" if is_written else OLD)
    assert left_in(tmp_path) == ["x"]
