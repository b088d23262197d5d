"""Files of earlier programs: they open, say what they said, and can do what new ones can."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotator import paths
from annotator.services import backing_up, labelling, merging, restoring
from annotator.store import ahead, fingerprints, migrations, tables
from annotator.store.project import Project
from tests.projects import (
    add_articles,
    assert_sound,
    code_of,
    contents,
    extent_of,
    layer_of,
    made,
)
from tests.store.earlier import earlier_file


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """Return a file of the first version that says what `made` says, with a label of a1."""
    return earlier_file(tmp_path)


def test_a_file_of_the_first_version_says_what_it_said(earlier: Path) -> None:
    with Project.open(earlier.with_name("source.hashiya")) as project:
        before = contents(project)

    with Project.open(earlier) as project:
        assert contents(project) == before
        assert project.connection.execute("PRAGMA user_version").fetchone() == (tables.VERSION,)
        assert_sound(project)
    Project.open(earlier).close()


def test_before_a_file_is_brought_up_to_date_a_backup_of_it_is_kept(earlier: Path) -> None:
    Project.open(earlier).close()
    Project.open(earlier).close()

    (backup,) = backing_up.backups_of(earlier)
    facts = backup.facts
    assert (facts.reason, facts.version, facts.n_labels) == ("migration", 1, 1)
    to = earlier.with_name("again.hashiya")
    restoring.restore(earlier, to, backup, as_it_was=True)
    with Project.open(earlier) as project, Project.open(to) as again:
        assert contents(again) == contents(project)
        assert_sound(again)
    assert len(list(paths.data_folder().glob("backups/*"))) == 1


def test_a_file_of_the_first_version_takes_what_new_ones_take(
    earlier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "AT_ONCE", 5)
    with Project.open(earlier) as project:
        labelling.add_entity(project, layer_of(project), extent_of("موسكو"), "GPE")
        add_articles(project, "خبر أول", "خبر ثان", "خبر ثالث")
        with pytest.raises(sqlite3.IntegrityError, match="the quote is not the text"):
            project.connection.execute("INSERT INTO spans VALUES(1,'E9','extent',0,0,3,'غير')")
        with pytest.raises(sqlite3.IntegrityError, match="never changes"):
            project.connection.execute("DELETE FROM texts WHERE article=1")
        mentions = project.connection.execute("SELECT quote FROM entity_mentions").fetchall()
        assert sorted(mentions) == [("بوتين",), ("موسكو",)]
        assert_sound(project)


# --- strangers' files of earlier versions ---------------------------------------------------------


def _refused_unchanged(path: Path) -> None:
    before = path.read_bytes()
    for _ in range(2):
        assert code_of(lambda: Project.open(path)) == "strange_tables"
    assert path.read_bytes() == before
    with made_lead(path) as lead:
        merged = merging.merge(lead, [path], dry_run=True)
    assert [one.trouble.code for one in merged.refused] == ["strange_tables"]
    assert path.read_bytes() == before


def made_lead(path: Path) -> Project:
    return Project.open(made(path.parent, f"lead-{path.stem}.hashiya"))


def test_a_strangers_trigger_never_runs_before_the_file_is_refused(earlier: Path) -> None:
    with closing(sqlite3.connect(earlier, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER operations_kept")
        connection.execute(
            "CREATE TRIGGER theirs AFTER INSERT ON _sqlite_migrations"
            " BEGIN DELETE FROM operations; END"
        )
    _refused_unchanged(earlier)


def test_a_file_that_says_it_had_migrations_that_it_had_not_is_left_as_it_is(
    earlier: Path,
) -> None:
    with closing(sqlite3.connect(earlier, isolation_level=None)) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(_sqlite_migrations)")]
        others = ",".join(f'"{name}"' for name in columns if name not in ("id", "name"))
        connection.execute(
            f"INSERT INTO _sqlite_migrations(name,{others})"  # noqa: S608
            f" SELECT 'm003_hand_ins_taken_back',{others} FROM _sqlite_migrations"
        )
    before = earlier.read_bytes()

    assert code_of(lambda: Project.open(earlier)) == "strange_tables"
    with closing(sqlite3.connect(earlier)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM operations").fetchone()[0] > 0
    assert len(earlier.read_bytes()) == len(before)


@pytest.mark.parametrize("version", fingerprints.FINGERPRINTS)
def test_each_version_has_its_fingerprint(version: int) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrations.apply_first(connection, version)
        assert fingerprints.of(connection) == fingerprints.FINGERPRINTS[version]
