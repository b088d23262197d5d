"""The doctor's parts: files in every state, seals, what is looked over, and what is told."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from annotator.core.errors import UserError
from annotator.services import labelling
from annotator.services.merging import merge
from annotator.services.touched import LookedOver, refuse_unsound
from annotator.store import doctor, doctorfindings, migrations, receipts, sealing, tables
from annotator.store.doctorfindings import Findings
from annotator.store.doctortouched import Touched
from annotator.store.project import Project
from tests import projects
from tests.faults.doctampering import behind
from tests.projects import extent_of, layer_of, sha_of


@pytest.fixture
def file() -> Iterator[Path]:
    """Make a project in which somebody labelled a little."""
    with projects.quick_folder() as folder:
        path = projects.made(folder)
        with Project.open(path) as project:
            labelling.add_entity(project, layer_of(project), extent_of("بوتين"), "PERS")
            labelling.add_event(project, layer_of(project), extent_of("لقاءه"), "MEET")
        yield path


def codes(path: Path) -> list[str]:
    return [finding.code for finding in doctor.examined(path).findings]


# --- the states that a file can be in -------------------------------------------------------------


def test_the_file_and_what_is_beside_it_stay_as_they_were(file: Path) -> None:
    before = file.read_bytes(), sorted(file.parent.iterdir())

    assert codes(file) == []

    assert (file.read_bytes(), sorted(file.parent.iterdir())) == before


def test_a_file_that_is_open_is_examined_while_it_is_written(file: Path) -> None:
    with Project.open(file) as project:
        steps: list[tuple[int, int]] = []

        def write(done: int, total: int) -> None:
            if not steps:
                labelling.set_status(project, layer_of(project), "done")
            steps.append((done, total))

        with Project.open(file) as own:
            found = doctor.examined(own, step=write)

        assert found.is_sound
        assert steps[-1] == (1000, 1000)
        assert [done for done, _ in steps] == sorted(done for done, _ in steps)


def test_stopping_stops_it(file: Path) -> None:
    def stop(done: int, _total: int) -> None:
        if done > 200:
            raise UserError("cancelled")

    assert projects.code_of(lambda: doctor.examined(file, step=stop)) == "cancelled"


def test_a_wal_that_another_program_left_behind_belongs_to_the_file(file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA wal_autocheckpoint=0")
        connection.execute("UPDATE settings SET value='x' WHERE name='title'")
        beside = file.with_name("copied.hashiya")
        for ending in ("", "-wal"):
            shutil.copy(f"{file}{ending}", f"{beside}{ending}")

    assert codes(beside) == ["D13"]


def test_a_file_of_an_earlier_release_is_sound(tmp_path: Path) -> None:
    path = tmp_path / "old.hashiya"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA page_size={tables.PAGE_SIZE}")
        migrations.apply_first(connection, 2)
        connection.execute(f"PRAGMA application_id={tables.APPLICATION_ID}")
        connection.execute("PRAGMA user_version=2")
        connection.execute("INSERT INTO settings VALUES('project','p'),('role','lead')")
        connection.execute("INSERT INTO settings VALUES('annotatable','body'),('indexed','0')")

    assert codes(path) == []


def test_a_file_of_a_later_release_is_not_judged(file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA user_version={tables.VERSION + 1}")
        connection.execute(
            "INSERT INTO _sqlite_migrations(migration_set,name,applied_at)"
            " VALUES('hashiya','m999_later','')"
        )

    found = doctor.examined(file)

    assert [(one.code, one.why) for one in found.findings] == [("D02", "newer")]
    assert not found.is_readable


def test_what_is_missing_or_a_folder_is_refused(tmp_path: Path) -> None:
    missing = tmp_path / "none.hashiya"
    assert projects.code_of(lambda: doctor.examined(missing)) == "no_such_file"
    assert projects.code_of(lambda: doctor.examined(tmp_path)) == "is_a_folder"


def test_what_others_put_into_a_file_never_runs(file: Path) -> None:
    with behind(file) as connection:
        connection.execute(
            "CREATE TRIGGER evil AFTER UPDATE ON settings BEGIN DELETE FROM entities; END"
        )
        connection.execute("CREATE VIEW big AS SELECT zeroblob(900000000)")

    assert sorted(codes(file)) == ["D03", "D03"]


# --- seals ----------------------------------------------------------------------------------------


def test_titles_sources_and_details_are_sealed_when_they_are_indexed(file: Path) -> None:
    with Project.open(file) as project:
        projects.add_articles(project, "خبر أول قصير.", "خبر ثان قصير.")
        settings = dict(project.connection.execute("SELECT name,value FROM settings"))
        assert not sealing.has_changed_articles(project.connection, settings)
        project.connection.execute("UPDATE articles SET meta='{}x' WHERE id=4")
        assert sealing.has_changed_articles(project.connection, settings)
    assert codes(file) == ["D13"]


def test_receipts_of_an_earlier_release_bear_no_seal() -> None:
    old = ("M1", "", "سلمى", "", '{"counts":{},"operations":[]}')
    assert not receipts.has_changed(old, is_sealed=False)
    assert receipts.has_changed(old, is_sealed=True)
    assert receipts.has_changed((*old[:4], "{"), is_sealed=False)


# --- what goes out --------------------------------------------------------------------------------


def test_an_article_is_looked_over_with_its_layers(file: Path) -> None:
    with Project.open(file) as project:
        LookedOver(project).refuse_unsound(sha_of(0))
    with behind(file) as connection:
        connection.execute("UPDATE entities SET type='ORG'")
    with Project.open(file) as project:
        assert projects.code_of(lambda: refuse_unsound(project, [sha_of(0)])) == "unsound_article"
        refuse_unsound(project, [sha_of(1), "0" * 64])
        assert Touched(project, is_replayed=False).findings(sha_of(0)) == ()


def test_of_many_layers_the_texts_are_looked_over(file: Path) -> None:
    with behind(file) as connection:
        connection.execute("UPDATE texts SET text='X'||substr(text,2) WHERE article=1")
    with Project.open(file) as project:
        found = Touched(project, is_replayed=False).findings(sha_of(0))
    assert [finding.code for finding in found] == ["D05"]


# --- what is told ---------------------------------------------------------------------------------


def test_of_one_kind_a_hundred_are_told_and_the_rest_is_counted() -> None:
    findings = Findings()
    for n in range(130):
        findings.add("D08", f"layers/{n}")
        findings.add("D08", f"layers/{n}")
    told = findings.told()
    assert len(told) == doctorfindings.MOST + 1
    assert (told[-1].why, told[-1].n) == ("more", 30)


def test_a_merge_into_an_altered_article_is_refused_and_changes_nothing(file: Path) -> None:
    other = projects.copied(file, "other.hashiya")
    with Project.open(other) as project:
        labelling.add_entity(project, layer_of(project), extent_of("موسكو"), "GPE")
    with behind(file) as connection:
        connection.execute("UPDATE entities SET type='ORG'")
    with Project.open(file) as project:
        before = projects.contents(project)
        assert projects.code_of(lambda: merge(project, [other])) == "unsound_article"
        assert projects.contents(project) == before
