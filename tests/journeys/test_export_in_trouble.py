"""Exports that stop, have no room or no place, or meet others: files are whole or the old ones."""

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.core.errors import UserError
from annotator.services.exporting import export
from annotator.store.project import Project
from tests.formats import shape
from tests.formats.rows import (
    bare,
    empty,
    entity,
    exported,
    imported,
    rows_of,
    spelled,
    written,
)
from tests.formats.team import many, team
from tests.projects import assert_sound, contents
from tests.test_files import left_in, small_disk


class Stopping:
    """Progress of a person who stops at the second row."""

    cancelled = False

    def advance(self, done: int, total: int) -> None:
        self.cancelled = done == 2
        assert total == 8


def test_an_export_that_is_stopped_leaves_the_old_files(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"old")
    with empty() as project:
        team(project)

        with pytest.raises(UserError, match="cancelled"):
            export(project, path, progress=Stopping())

    assert path.read_bytes() == b"old"
    assert left_in(tmp_path) == ["x.jsonl"]


@pytest.mark.parametrize("which", ["x.jsonl", "x.jsonl.features.json"])
def test_where_either_file_cannot_be_written_both_stay_as_they_were(
    tmp_path: Path, which: str
) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"old")
    (tmp_path / which).unlink(missing_ok=True)
    (tmp_path / which).mkdir()
    with empty() as project:
        team(project)

        with pytest.raises(UserError, match="is_a_folder"):
            export(project, path)

    assert left_in(tmp_path) == sorted({"x.jsonl", which})
    assert path.is_dir() or path.read_bytes() == b"old"


def test_where_one_file_of_a_split_cannot_be_written_none_is_replaced(tmp_path: Path) -> None:
    for name in ("train", "validation"):
        (tmp_path / f"x.{name}.jsonl").write_bytes(b"old")
    (tmp_path / "x.test.jsonl").mkdir()
    with empty() as project:
        team(project)

        with pytest.raises(UserError, match="is_a_folder"):
            export(project, tmp_path / "x.jsonl", split=(80, 10, 10))

    assert (tmp_path / "x.train.jsonl").read_bytes() == b"old"
    assert (tmp_path / "x.validation.jsonl").read_bytes() == b"old"


@pytest.mark.parametrize("how", ["path", "link", "hard link"])
def test_an_export_does_not_replace_the_project_itself(tmp_path: Path, how: str) -> None:
    with empty() as project:
        team(project)
        before = contents(project)
        path = project.path
        if how == "link":
            path = tmp_path / "x.jsonl"
            path.symlink_to(project.path)
        elif how == "hard link":
            path = project.path.with_name("x.jsonl")
            path.hardlink_to(project.path)
        with contextlib.suppress(UserError):
            export(project, path)

        with Project.open(project.path) as again:
            assert contents(again) == before
        if how == "path":
            with pytest.raises(UserError):
                export(project, path)


def test_on_a_full_disk_the_old_export_stays() -> None:
    rows = spelled(*(bare(f"خبر {number} " * 500) for number in range(400)))
    with small_disk() as folder, empty() as project:
        path = folder / "x.jsonl"
        path.write_bytes(b"old")
        imported(project, *rows_of(rows))

        with pytest.raises(UserError, match="disk_full"):
            export(project, path)

        assert path.read_bytes() == b"old"
        assert left_in(folder) == ["x.jsonl"]


def test_the_project_may_be_read_only() -> None:
    with empty() as project:
        team(project)
        data = exported(project)
        project.path.chmod(0o400)
        with Project.open(project.path) as again:
            assert exported(again) == data


MEMORY = """
import io, resource, sys
from pathlib import Path
from annotator.services.exporting import export
from annotator.store.project import Project
class Nowhere(io.RawIOBase):
    def write(self, data): return len(data)
with Project.open(Path(sys.argv[1])) as project:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    n = export(project, None, stream=Nowhere()).rows
print(n, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows counts memory otherwise")
def test_memory_does_not_grow_with_the_number_of_rows() -> None:
    peaks = {}
    for n in (200, 2000):
        with empty() as project:
            text, labels = "قال بوتين " * 600, [entity(f"e{k}", 4, 9) for k in range(5)]
            rows = (bare(f"{text}{number}", entities=labels) for number in range(n))
            written(project.path.parent, *rows)
            imported(project, *rows_of((project.path.parent / "rows.jsonl").read_bytes()))
            command = [sys.executable, "-c", MEMORY, str(project.path)]
            ran = subprocess.run(command, capture_output=True, text=True, check=True)
        found, peaks[n] = map(int, ran.stdout.split())
        assert found == n

    assert peaks[2000] < peaks[200] + 24_000, peaks


class Adding:
    """Progress during which somebody imports rows into the same file, on another connection."""

    cancelled = False

    def __init__(self, path: Path) -> None:
        self._path = path

    def advance(self, done: int, total: int) -> None:
        if done % 100 == 1:
            with Project.open(self._path) as other:
                imported(other, *(bare(f"جديد {done} {number}") for number in range(20)))


@pytest.mark.parametrize("split", [(), (80, 20)])
def test_an_export_during_which_articles_come_is_of_sound_rows(split: tuple[int, ...]) -> None:
    with empty() as project:
        many(project, 300)

        path = project.path.parent / "out.jsonl"
        report = export(project, path, split=split, progress=Adding(project.path))

        rows = [row for one in report.paths for row in rows_of(one.read_bytes())]
        assert len(rows) == report.rows >= 600
        assert all(shape.misfits(row) == [] for row in rows)
        assert_sound(project)
