"""Imports where others work in the file, where there is no room, and where there are no rights."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.core.errors import UserError
from annotator.services import annotators
from annotator.services.importing import ImportReport, import_sources
from annotator.store.project import Project
from tests.formats.byhand import label_first
from tests.formats.rows import (
    SARA,
    SCHEMA,
    bare,
    empty,
    entity,
    example,
    exported,
    imported,
    rows_of,
    written,
)
from tests.projects import assert_sound, contents, copied, made
from tests.test_files import small_disk

TEXT = "قال بوتين شيئًا"


class Meddling:
    """Progress during which somebody works in the same file, on another connection."""

    cancelled = False

    def __init__(self, path: Path, name: str) -> None:
        self._path = path
        self._name = name
        self._is_done = False

    def advance(self, done: int, total: int) -> None:
        if not self._is_done:
            self._is_done = True
            with Project.open(self._path) as other:
                label_first(other, 4, 9, self._name)


@pytest.mark.parametrize("name", ["زيد", "عمرو"])
def test_a_gesture_made_while_an_import_is_got_ready_stands_beside_it(name: str) -> None:
    with empty() as project:
        imported(project, bare(TEXT, annotator={}))
        annotators.ensure(project, "زيد")
        row = bare(TEXT, annotator={"uid": "", "name": "زيد"}, entities=[entity("e", 0, 3)])
        try:
            report = imported(project, row, progress=Meddling(project.path, name))
        except UserError as trouble:
            report = ImportReport(0, 0, 0)
            assert trouble.code in ("layer_exists", "locked")  # noqa: PT017

        found = [(row["annotator"]["name"], row["entities"][0]["quote"])
                 for row in rows_of(exported(project))]  # fmt: skip
        assert (name, "بوتين") in found
        assert len(found) == 1 + report.layers
        lamports = [row[0] for row in project.connection.execute("SELECT lamport FROM operations")]
        assert len(set(lamports)) == len(lamports)
        assert_sound(project)


@pytest.mark.parametrize("n", [100_000, 200_000, 249_999])
def test_on_a_full_disk_an_import_is_whole_or_refused_and_the_project_as_it_was(n: int) -> None:
    source = written(Path(os.environ["HASHIYA_DATA"]), bare("خبر\n" * n))
    with (
        small_disk("2m") as folder,
        Project.open(made(folder, schema=SCHEMA, texts=())) as project,
    ):
        before = contents(project)
        try:
            report = import_sources(project, [source])
        except UserError as trouble:
            assert trouble.code == "disk_full"  # noqa: PT017
            assert contents(project) == before
        else:
            assert (report.added, len(rows_of(exported(project)))) == (1, 1)

        assert_sound(project)
        assert project.connection.in_transaction is False


def test_where_an_import_cannot_be_got_ready_it_is_refused_and_the_project_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = [
        bare(f"{TEXT} {n}\n" * 2000, entities=[entity(f"e{k}", 0, 3) for k in range(1500)])
        for n in range(12)
    ]
    with small_disk() as small, empty() as project:
        source = written(project.path.parent, *rows)
        before = contents(project)
        monkeypatch.setattr("tempfile.tempdir", str(small))

        with pytest.raises(UserError, match="disk_full"):
            import_sources(project, [source])

        assert contents(project) == before
        assert list(small.iterdir()) == []


def test_a_copy_of_the_file_imports_under_a_replica_of_its_own() -> None:
    with empty() as project:
        imported(project, example(1))
        with Project.open(copied(project.path, "copy.hashiya")) as copy:
            imported(copy, example(2, annotator=dict(SARA)))

            replicas = "SELECT count(DISTINCT replica) FROM operations WHERE kind='import'"
            assert copy.connection.execute(replicas).fetchone() == (2,)
            assert_sound(copy)


AS_NOBODY = """
import os, sys, tempfile
from pathlib import Path
from annotator.core.errors import UserError
from annotator.services.importing import import_sources
from annotator.store.project import Project
import annotator.store.staging
with Project.open(Path(sys.argv[4])) as project:  # loads what another user may not read
    import_sources(project, [Path(sys.argv[5])])
tempfile.tempdir = os.environ["HASHIYA_DATA"] = sys.argv[3]
os.setgid(65534)
os.setuid(65534)
try:
    with Project.open(Path(sys.argv[1])) as project:
        report = import_sources(project, [Path(sys.argv[2])])
    print(report.added, [one.trouble.code for one in report.refused])
except UserError as trouble:
    print(trouble.code)
"""


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs another user")
@pytest.mark.parametrize(
    ("what", "expected"),
    [("file", "0 ['cannot_read']"), ("folder", "0 ['cannot_read']"), ("project", "read_only")],
)
def test_what_this_user_may_not_read_or_write_is_refused_by_name(what: str, expected: str) -> None:
    with empty() as project:
        base = project.path.parent
        folder, own, other = base / "in", base / "own", copied(project.path, "other.hashiya")
        folder.mkdir()
        own.mkdir()
        source, read = folder / "a.txt", written(base, example(1))
        source.write_text(TEXT, encoding="utf-8")
        for path in (base, own, project.path):
            os.chown(path, 65534, 65534)
        {"file": source, "folder": folder, "project": project.path}[what].chmod(
            0o400 if what == "project" else 0
        )
        paths = map(str, (project.path, folder, own, other, read))
        command = [sys.executable, "-c", AS_NOBODY, *paths]
        told = subprocess.run(command, capture_output=True, text=True, check=False)

    assert told.stdout.strip() == expected, told.stderr[-500:]
