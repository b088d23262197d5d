"""Files that replace others: whole, or the old one stays."""

import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from annotator.core.errors import UserError
from annotator.formats.files import replacing, replacing_all

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
from annotator.formats.files import replacing
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

    assert told.stdout.strip() == "disk_full"
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
