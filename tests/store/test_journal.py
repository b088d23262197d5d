"""The journal: one line an operation, durable, whole or passed over, and never given twice."""

import os
import resource
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from annotator.core import incoming
from annotator.core import operations as op
from annotator.core.model import Layer
from annotator.services import handing_in, importing, labelling, merging, reopening, undoing
from annotator.store import journal, journalfile, journalreading
from annotator.store.project import Project
from tests.projects import (
    add_articles,
    annotator,
    copied,
    extent_of,
    layer_of,
    made,
    operations_in,
    quick_folder,
)
from tests.store.journalling import label, names_in, names_of

ROOT = Path(__file__).parents[2]


@pytest.fixture
def path() -> Iterator[Path]:
    with quick_folder() as folder:
        path = made(folder)
        with Project.open(path) as project:
            annotator(project)
        yield path


# --- what is written ------------------------------------------------------------------------------


def test_every_operation_is_written_down_as_the_line_that_a_merge_would_take(path: Path) -> None:
    with Project.open(path) as project:
        layer = label(project)
        undoing.undo(project, layer)
        undoing.redo(project, layer)
        expected = {op.canonical_json(one) for one in operations_in(project)}
        found = list(journalreading.lines(project.uid, project.replica))
        names = names_of(operations_in(project))
    assert set(found) <= expected
    assert len(found) == len(set(found)) == 5  # her name, the label, its removal, undo and redo
    assert {incoming.arrived(line).hash for line in found} <= names


def test_the_operation_of_a_new_file_is_written_down_once_the_file_has_its_place(
    tmp_path: Path,
) -> None:
    with Project.open(made(tmp_path)) as template:
        toml = template.schema_toml()
    with Project.create(tmp_path / "new.hashiya", toml) as project:
        (only,) = journalreading.lines(project.uid, project.replica)
        assert orjson.loads(only)["kind"] == "new"


def test_what_is_refused_or_rolled_back_is_not_written_down(path: Path) -> None:
    with Project.open(path) as project:
        layer = label(project)
        place = journal.path_of(project.uid, project.replica)
        before = place.read_bytes()
        with pytest.raises(ZeroDivisionError):
            _fail(project, layer)
        assert place.read_bytes() == before


def _fail(project: Project, layer: Layer) -> None:
    with project.gesture(layer, "add") as part:
        part.set(op.STATUS, "", {"status": "done"})
        raise ZeroDivisionError


def test_an_import_leaves_a_remark_and_a_merge_its_operations(path: Path) -> None:
    other = copied(path, "other.hashiya")
    with Project.open(other) as project:
        label(project)
        bundle = path.with_name("bundle.zip")
        handing_in.hand_in(project, bundle)
        theirs = names_of(operations_in(project))
    with Project.open(path) as project:
        label(project)
        add_articles(project, "نص جديد للاستيراد.")
        source = path.with_name("rows.jsonl")
        source.write_bytes(_ROWS)
        assert importing.import_sources(project, [source]).layers == 1
        place = journal.path_of(project.uid, project.replica)
        imported = [one.hash for one in operations_in(project) if one.kind == "import"]
        assert imported
        assert not set(imported) & set(names_in(place))
        remarks = [
            journalreading.remark_in(line)
            for raw in journalfile.forwards(place)
            if (line := journalfile.line_of(raw)) and line.is_remark
        ]
        assert [one.imported for one in remarks] == [imported[-1]]  # type: ignore[union-attr]
        before = names_of(operations_in(project))
        assert merging.merge(project, [bundle]).new > 0
        assert theirs - before <= set(names_in(place))


_ROWS = (
    '{"format":"hashiya/1","article":{"title":"ن","source":"","language":"ar","meta":"{}"},'
    '"text":"خبر قصير عن القاهرة.","annotator":{"name":"آلة","kind":"machine"},"entities":['
    '{"type":"GPE","start":12,"end":19}]}\n'
).encode()


def test_the_journal_grows_by_stretches_that_a_sync_need_not_measure(path: Path) -> None:
    with Project.open(path) as project:
        label(project)
        place = journal.path_of(project.uid, project.replica)
        size = place.stat().st_size
        label(project, 5)
        assert place.stat().st_size == size
        assert len(set(names_in(place))) == len(names_in(place)) == 13


# --- several writers ------------------------------------------------------------------------------

_WRITER = """
    import sys
    from pathlib import Path
    from annotator.services import labelling
    from annotator.store.project import Project
    from tests.projects import extent_of, layer_of
    with Project.open(Path(sys.argv[1])) as project:
        layer = layer_of(project, sys.argv[2])
        for n in range(int(sys.argv[3])):
            made = labelling.add_entity(project, layer, extent_of("بوتين"), "PERS")
            labelling.remove(project, layer, next(c.uid for c in made.changes if c.uid))
        assert project.second_record is None
"""


def test_two_processes_on_one_file_lose_no_line(path: Path) -> None:
    with Project.open(path) as project:
        annotator(project, "a2")
        replica, uid = project.replica, project.uid
    command = [sys.executable, "-c", textwrap.dedent(_WRITER), str(path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    writers = [
        subprocess.Popen([*command, name, "60"], env=environment, cwd=ROOT) for name in ("a1", "a2")
    ]
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0]
    names = names_in(journal.path_of(uid, replica))
    with Project.open(path) as project:
        own = {one.hash for one in operations_in(project) if one.replica == replica}
        assert len(own) > 240
        assert own == set(names)
        # who opens between another's COMMIT and its line adds that line too: once an opening
        assert len(names) - len(set(names)) <= len(writers)
        assert not reopening.merged_back(project).is_anything


def test_two_openings_in_one_process_write_in_turn(path: Path) -> None:
    with Project.open(path) as one, Project.open(path) as other:
        for _ in range(10):
            label(one)
            label(other)
        names = names_in(journal.path_of(one.uid, one.replica))
        assert one.replica == other.replica
        assert len(names) == 41
        assert set(names) <= names_of(operations_in(one))


# --- where it cannot be written -------------------------------------------------------------------


@pytest.mark.skipif(sys.platform != "linux", reason="limits the size of files as Linux does")
def test_where_the_disk_takes_no_more_the_gesture_counts_and_the_record_catches_up(
    path: Path,
) -> None:
    with Project.open(path) as project:
        label(project)
        place = journal.path_of(project.uid, project.replica)
        _fill_up(place)
        usual = resource.getrlimit(resource.RLIMIT_FSIZE)
        layer = layer_of(project)
        extent = extent_of("ترامب")
        journal_only = place.stat().st_size
        assert journal_only > path.stat().st_size + 300_000  # the project itself has room
        resource.setrlimit(resource.RLIMIT_FSIZE, (journal_only, usual[1]))
        try:
            made_full = labelling.add_entity(project, layer, extent, "PERS")
            assert project.second_record is not None
            assert project.second_record.code == "second_record_off"
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, usual)
        assert made_full is not None
        assert made_full.hash in names_of(operations_in(project))
        assert made_full.hash not in names_in(place)
        project.try_second_record()
        assert project.second_record is None
        assert made_full.hash in names_in(place)


def _fill_up(place: Path) -> None:
    """Let the journal end where its file ends, beyond the size of the project."""
    content = place.read_bytes().rstrip(b"\n") + b"\n"
    place.write_bytes(content + b"#" + b"x" * 1_500_000 + b"\n")


def test_a_data_folder_that_comes_late_gets_what_was_missing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = path.with_name("late")
    data.write_bytes(b"in the way")
    monkeypatch.setenv("HASHIYA_DATA", str(data))
    with Project.open(path) as project:
        label(project, 3)
        assert project.second_record is not None
        data.unlink()
        label(project)
        assert project.second_record is None
        names = names_in(journal.path_of(project.uid, project.replica))
        own = {one.hash for one in operations_in(project) if one.replica == project.replica}
        assert set(names) == own
        assert len(own) == 8


def test_a_journal_that_goes_away_is_made_again(path: Path) -> None:
    with Project.open(path) as project:
        label(project)
        place = journal.path_of(project.uid, project.replica)
        place.unlink()
        label(project)
        assert project.second_record is None
        assert len(names_in(place)) == 2


# --- others ---------------------------------------------------------------------------------------


def test_journals_of_other_files_of_the_project_are_only_listed(path: Path) -> None:
    with Project.open(copied(path, "other.hashiya")) as other:
        label(other)
        theirs = other.replica
    with Project.open(path) as project:
        assert journal.others(project.uid, project.replicas.names) == [theirs]
        assert not reopening.merged_back(project).is_anything


def test_a_project_uid_from_a_strange_file_builds_no_path() -> None:
    for uid in ("../../x", "/etc", "a/b", "", "x" * 200, "\udc80"):
        folder = journal.folder_of(uid)
        assert folder.parent.name == "journals"
        assert len(folder.name) == 32
