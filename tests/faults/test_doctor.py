"""The doctor sees what was done behind the program's back, and every repair of it works.

The long form is `python -m tests.faults.doctoring 800`.
"""

import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotator import paths
from annotator.core.errors import UserError
from annotator.services import backing_up, doctoring
from annotator.store import doctor, keptreceipts, receipts
from annotator.store.doctorfindings import CODES
from annotator.store.project import Project
from annotator.store.replica import Replicas
from tests import projects
from tests.faults import doctored
from tests.faults import doctoring as flipping
from tests.faults.doctampering import TAMPERINGS, UNDONE, behind

FLIPS = 60


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """Make a folder with the files of `doctored.lead_file`, its data folder beside them."""
    with projects.quick_folder() as folder:
        doctored.lead_file(folder)
        yield folder


@pytest.fixture
def file(folder: Path, tmp_path: Path) -> Iterator[Path]:
    """Copy the lead's file, in memory too."""
    beside = folder / tmp_path.name
    beside.mkdir()
    yield Path(shutil.copy(folder / "project.hashiya", beside / "مشروع.hashiya"))
    shutil.rmtree(beside)


def codes(path: Path) -> set[str]:
    return {finding.code for finding in doctoring.examine(path).findings}


# --- no false alarms ------------------------------------------------------------------------------


def test_clean_handed_out_and_partly_merged_files_are_sound(folder: Path) -> None:
    for path in (folder / "project.hashiya", *doctored.handed_out(folder)):
        assert doctoring.examine(path).findings == ()


@pytest.mark.parametrize("seed", range(4))
def test_files_in_which_many_things_were_done_are_sound(seed: int) -> None:
    with projects.quick_folder() as folder:
        path = projects.made(folder)
        doctored.play_at_random(path, seed, 60)

        assert doctoring.examine(path).findings == ()


def test_two_copies_that_went_on_separately_and_came_together_are_sound() -> None:
    with projects.quick_folder() as folder:
        path = projects.made(folder)
        doctored.play_at_random(path, 5, 30)
        other = projects.copied(path, "other.hashiya")
        doctored.play_at_random(path, 6, 30)
        doctored.play_at_random(other, 7, 30)
        doctored.united(path, other)

        assert doctoring.examine(path).findings == ()


# --- tampering ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TAMPERINGS)
def test_it_is_seen_and_the_repaired_copy_is_sound(name: str, file: Path) -> None:
    code, tamper = TAMPERINGS[name]
    with behind(file) as connection:
        tamper(connection)
    before = file.read_bytes()

    repair = doctoring.repair(file, file.with_name("copy.hashiya"))

    assert repair is not None
    assert code in {finding.code for finding in repair.before.findings}
    assert repair.after.findings == ()
    assert file.read_bytes() == before
    with Project.open(repair.path) as project:
        if not repair.made.lost.texts:
            projects.assert_sound(project)


@pytest.mark.parametrize("name", UNDONE)
def test_what_history_says_comes_back_as_it_was(name: str, folder: Path, file: Path) -> None:
    with behind(file) as connection:
        TAMPERINGS[name][1](connection)

    repair = doctoring.repair(file, file.with_name("copy.hashiya"))

    assert repair is not None
    with Project.open(folder / "project.hashiya") as one, Project.open(repair.path) as other:
        assert _said(other) == _said(one)


def _said(project: Project) -> dict[str, object]:
    return {name: rows for name, rows in projects.contents(project).items() if name != "settings"}


def test_every_code_that_there_is_is_met_here_or_below() -> None:
    met = {code for code, _ in TAMPERINGS.values()} | {"D00", "D01"}
    assert met == set(CODES)


# --- files that are hardly files any longer -------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b"x", b"SQLite format 3\0", bytes(8192), "نص".encode()])
def test_a_file_of_another_kind_is_unreadable(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.hashiya"
    path.write_bytes(content)

    found = doctoring.examine(path)

    assert [finding.code for finding in found.findings] == ["D00"]
    assert not found.is_readable
    with pytest.raises(UserError, match="cannot_repair"):
        doctoring.repair(path, tmp_path / "copy.hashiya")
    assert not (tmp_path / "copy.hashiya").exists()


def test_destroyed_pages_are_seen_and_what_is_sound_goes_into_the_copy(file: Path) -> None:
    whole = bytearray(file.read_bytes())
    chance = random.Random(3)
    for page in chance.sample(range(16, len(whole) // 8192), 4):  # before: what tables there are
        whole[page * 8192 : (page + 1) * 8192] = chance.randbytes(8192)
    file.write_bytes(whole)
    assert "D01" in codes(file)

    repair = doctoring.repair(file, file.with_name("copy.hashiya"))

    assert repair is not None
    assert repair.after.findings == ()


def test_a_file_cut_in_half_is_one_sentence_and_never_a_fault(file: Path) -> None:
    whole = file.read_bytes()
    for share in (2, 3, 5, 9):
        file.write_bytes(whole[: len(whole) // share])
        assert codes(file) & {"D00", "D01"}


# --- bits that flip -------------------------------------------------------------------------------


def test_harmful_bit_flips_are_all_seen(file: Path) -> None:
    chance = random.Random(11)

    counted, missed = flipping.flipped(file, FLIPS, chance)

    assert missed == []
    assert counted["seen by the doctor"] == counted["harmful"] == FLIPS


def test_a_bit_in_the_statement_of_a_table_of_the_index_is_seen_and_mended(file: Path) -> None:
    whole, statement = file.read_bytes(), b"'words_data'(id INTEGER PRIMARY KEY"
    assert whole.count(statement) == 1
    file.write_bytes(whole.replace(statement, statement.replace(b"MARY", b"MERY")))

    repair = doctoring.repair(file, file.with_name("copy.hashiya"))

    assert repair is not None
    assert "D03" in {finding.code for finding in repair.before.findings}
    assert repair.after.findings == ()


def test_quick_examinations_see_what_they_are_for(file: Path) -> None:
    with behind(file) as connection:
        connection.execute("CREATE TABLE hers(x)")
    found = doctor.examined(file, "quick")
    assert [finding.code for finding in found.findings] == ["D03"]


# --- what this machine keeps beside the file ------------------------------------------------------


def test_a_text_and_operations_come_back_from_the_backup_and_the_second_record() -> None:
    with projects.quick_folder() as folder:
        path = projects.made(folder)
        doctored.play_at_random(path, 1, 30)
        with Project.open(path) as project:
            backing_up.back_up(project, "asked")
            before = projects.contents(project)
        for name in ("a text is changed", "an operation is removed", "an operation is changed"):
            with behind(path) as connection:
                TAMPERINGS[name][1](connection)

        repair = doctoring.repair(path, folder / "copy.hashiya")

        assert repair is not None
        assert {"D05", "D06", "D07"} <= {finding.code for finding in repair.before.findings}
        lost = repair.made.lost
        assert (lost.texts, lost.operations, repair.made.n_noted) == ([], [], 0)
        with Project.open(repair.path) as project:
            assert projects.contents(project) == before


def test_a_receipt_that_is_gone_comes_back_as_it_was_written_down() -> None:
    with projects.quick_folder() as folder:
        path = doctored.lead_file(folder)
        with Project.open(path) as project:
            before = [replace(one, ranges=()) for one in receipts.receipts(project)]
        assert before
        with behind(path) as connection:
            connection.execute("DELETE FROM receipts")

        repair = doctoring.repair(path, folder / "copy.hashiya")

        assert repair is not None
        assert {(one.code, one.why) for one in repair.before.findings} == {("D13", "gone")}
        assert len(repair.before.findings) == len(before)
        with Project.open(repair.path) as project:
            assert [replace(one, ranges=()) for one in receipts.receipts(project)] == before
            assert keptreceipts.lacking(project, replica_names(path, project)) == []


def replica_names(path: Path, project: Project) -> tuple[str, ...]:
    return Replicas(project.uid, path, paths.data_folder()).names


def test_without_a_second_record_nobody_can_say_that_a_receipt_is_gone(file: Path) -> None:
    with behind(file) as connection:
        connection.execute("DELETE FROM receipts")

    assert codes(file) == set()
