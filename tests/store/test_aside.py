"""Files of the version before that cannot be written where they lie: read, and left as they are."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.services import exporting, labelling
from annotator.store import queries, watching, workfolder
from annotator.store.project import Project
from tests import projects
from tests.projects import code_of, layer_of
from tests.store.regionsgiven import filled, previous, told
from tests.withoutrights import RIGHTS, run


@pytest.fixture
def before(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Make a file of the version before in which a layer was begun; nobody may write it.

    Folders for copies lie beside it, where no other test makes any.
    """
    with projects.quick_folder() as folder:
        monkeypatch.setattr(tempfile, "tempdir", str(folder))
        path = filled(folder)
        with Project.open(path) as project:
            labelling.set_status(project, layer_of(project), "started")
        file = previous(path, path.with_name("before.hashiya"))
        file.chmod(0o444)
        yield file
        file.chmod(0o644)


def n_folders() -> int:
    return len(list(Path(tempfile.gettempdir()).glob(f"{workfolder.PREFIX}older-*")))


def test_a_file_that_nobody_may_write_is_read_and_stays_as_it_is(before: Path) -> None:
    whole, n_before = before.read_bytes(), n_folders()

    with Project.open(before) as project:
        assert n_folders() == n_before + 1
        assert (project.path, watching.file_state(project)) == (before, "read_only")
        assert queries.count(project, "articles") == 7
        exporting.export(project, before.with_name("out.jsonl"))

    assert before.with_name("out.jsonl").read_bytes().count(b"\n") == 1
    assert n_folders() == n_before
    assert before.read_bytes() == whole
    assert told(before) == []


def test_nothing_can_be_done_there_and_nothing_looks_saved(before: Path) -> None:
    with Project.open(before) as project:
        layer = layer_of(project)
        assert code_of(lambda: labelling.set_status(project, layer, "done")) == "read_only"
        before.chmod(0o644)
        assert code_of(lambda: labelling.set_status(project, layer, "done")) == "read_only"
    with Project.open(before) as project:
        n_before = projects.n_operations(project)
        labelling.set_status(project, layer, "done")
        assert projects.n_operations(project) == n_before + 1


def test_a_file_that_went_meanwhile_is_told_as_any_other(before: Path) -> None:
    with Project.open(before) as project:
        elsewhere = before.rename(before.with_name("elsewhere.hashiya"))
        assert watching.file_state(project) == "gone"
        elsewhere.rename(before)


@RIGHTS
def test_a_file_in_a_folder_that_nobody_may_write_is_read(before: Path) -> None:
    folder = before.parent / "closed"
    folder.mkdir()
    there = Path(shutil.copy(before, folder))
    there.chmod(0o644)
    folder.chmod(0o555)
    try:
        said = run(_READ_THERE, there, data=before.parent / "data")
    finally:
        folder.chmod(0o755)
    assert said.split() == ["7", "read_only"]


_READ_THERE = """
import sys
from pathlib import Path
from annotator.services import labelling
from annotator.store import queries
from annotator.store.project import Project
from tests.projects import code_of, layer_of

with Project.open(Path(sys.argv[1])) as project:
    print(queries.count(project, "articles"))
    print(code_of(lambda: labelling.set_status(project, layer_of(project), "done")))
"""
