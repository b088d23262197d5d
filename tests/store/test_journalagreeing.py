"""The journal beside its file: numbers that are never given twice, and what a backup holds."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.services import reopening
from annotator.store import journal, journalfile, journalpruning, journalreading
from annotator.store.backing import backed_up
from annotator.store.project import Project
from tests.projects import (
    annotator,
    assert_sound,
    made,
    operations_in,
    quick_folder,
)
from tests.store.journalling import TORN, label, names_in, names_of


@pytest.fixture
def path() -> Iterator[Path]:
    with quick_folder() as folder:
        path = made(folder)
        with Project.open(path) as project:
            annotator(project)
        yield path


# --- damage, kills and numbers -------------------------------------------------------------------


def test_a_damaged_line_is_passed_over_and_the_rest_comes_back(path: Path) -> None:
    old = path.read_bytes()
    with Project.open(path) as project:
        label(project, 10)
        place = journal.path_of(project.uid, project.replica)
        first = project.replica
        names = names_in(place)
    content = place.read_bytes()
    lost = names[9]
    at = content.index(lost.encode()) + 70
    place.write_bytes(content[:at] + b"#" + content[at + 1 :])
    path.write_bytes(old)
    with Project.open(path) as project:
        found = reopening.merged_back(project)
        assert (found.damaged, found.back) == (1, len(names) - 2)  # the annotator was there
        assert names_of(operations_in(project)) >= set(names) - {lost}
        label(
            project
        )  # what comes is numbered under another name: the lost one's is not given twice
        assert project.replica != first
        assert_sound(project)
    with Project.open(path) as project:
        assert not reopening.merged_back(project).is_anything


@pytest.mark.parametrize("said", [b"", b"{", b'{"imported":"\xff"}', b"[" * 5000, b'{"new":1}'])
def test_a_remark_that_vouches_for_itself_and_says_nothing_is_passed_over(
    path: Path, said: bytes
) -> None:
    with Project.open(path) as project:
        label(project)
        old = path.read_bytes()
        label(project)
        place = journal.path_of(project.uid, project.replica)
    names = names_in(place)
    lines = place.read_bytes().rstrip(b"\n") + b"\n"
    place.write_bytes(lines + journalfile.remarked(said))
    path.write_bytes(old)
    with Project.open(path) as project:
        found = reopening.merged_back(project)
        assert (found.back, found.damaged, found.trouble) == (2, 0, None)
        assert set(names) <= names_of(operations_in(project))


@pytest.mark.parametrize("torn", [b"", TORN])
def test_what_a_kill_kept_out_of_the_journal_is_added_with_the_next_gesture(
    path: Path, torn: bytes
) -> None:
    with Project.open(path) as project:
        label(project, 2)
        place = journal.path_of(project.uid, project.replica)
        replica, names = project.replica, names_in(place)
    lines = place.read_bytes().rstrip(b"\n").split(b"\n")
    place.write_bytes(b"\n".join(lines[:-2]) + b"\n" + torn)  # two windows, killed after COMMIT

    with Project.open(path) as project:
        assert not reopening.merged_back(project).is_anything
        label(project)
        assert project.replica == replica
        assert names_in(place)[: len(names)] == names
        assert len(names_in(place)) == len(names) + 2


def test_a_file_put_back_gives_no_number_twice_even_where_nobody_unites_it_first(
    path: Path,
) -> None:
    old = path.read_bytes()
    with Project.open(path) as project:
        label(project, 3)
        first = operations_in(project)
    path.write_bytes(old)
    with Project.open(path) as project:
        label(project, 3)
        second = operations_in(project)
    numbers = {(one.scope, one.replica, one.sequence): one.hash for one in first}
    for one in second:
        assert numbers.get((one.scope, one.replica, one.sequence), one.hash) == one.hash
    uids = [
        {change.uid for one in some for change in one.changes if change.kind == "entity"}
        for some in (first, second)
    ]
    assert not uids[0] & uids[1]


def test_a_file_that_is_written_over_while_it_is_open_takes_no_gesture(path: Path) -> None:
    old = path.read_bytes()
    with Project.open(path) as project:
        label(project)
        path.write_bytes(old)  # the very file: its number stays
        with pytest.raises(Exception, match="file_went_back"):
            label(project)
        assert project.has_gone_back()
        assert reopening.merged_back(project).back == 2
        assert not project.has_gone_back()
        label(project)
        assert_sound(project)


# --- shorter again --------------------------------------------------------------------------------


def test_what_a_backup_holds_goes_and_the_first_line_names_it(path: Path) -> None:
    old = path.read_bytes()
    with Project.open(path) as project:
        label(project, 5)
        backup = backed_up(project, "test")
        place = journal.path_of(project.uid, project.replica)
        n_before = len(names_in(place))
        assert journalpruning.prune(project, backup) == 0  # not worth it
        assert journalpruning.prune(project, backup, least=0) == n_before
        assert names_in(place) == []
        first = journalfile.line_of(next(journalfile.forwards(place)))
        assert first is not None
        remark = journalreading.remark_in(first)
        assert isinstance(remark, journalreading.Pruned)
        assert remark.backup == backup.name
        label(project, 2)  # the open file goes on in the new one
        assert len(names_in(place)) == 4
        everything = names_of(operations_in(project))
        assert journalpruning.prune(project, backup, least=0) == 0
    path.write_bytes(old)
    with Project.open(path) as project:
        found = reopening.merged_back(project)
        assert (found.back, found.waiting, found.damaged) == (n_before - 1 + 4, 0, 0)
        assert names_of(operations_in(project)) == everything
        assert_sound(project)


def test_a_journal_is_not_made_shorter_by_a_copy_that_lacks_its_end(path: Path) -> None:
    with Project.open(path) as project:
        label(project)
        backup = backed_up(project, "test")
        label(project)
        place = journal.path_of(project.uid, project.replica)
        assert journalpruning.prune(project, backup, least=0) == 3
        assert len(names_in(place)) == 2
