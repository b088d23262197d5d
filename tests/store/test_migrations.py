"""Files of earlier programs: they open, say what they said, and can do what new ones can."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotator import paths
from annotator.services import backing_up, labelling, restoring
from annotator.store import ahead, opening, tables
from annotator.store.project import Project
from annotator.store.sqliteutils import Database, Migrations
from tests.projects import (
    add_articles,
    assert_sound,
    contents,
    extent_of,
    layer_of,
    made,
)

_FIRST = Migrations("hashiya")


@_FIRST()
def m001_the_tables(database: Database) -> None:
    """Make what the first version made."""
    for statement in tables.FIRST_RELEASE:
        database.execute(statement)


_COPIED = (
    *("settings", "replicas", "articles", "texts", "regions", "annotators", "layers", "operations"),
    *("entities", "attributes", "spans", "label_schemas"),
)


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """Make a file of the first version that says what `made` says, with a label of a1."""
    source, path = made(tmp_path, "source.hashiya"), tmp_path / "project.hashiya"
    with Project.open(source) as project:
        labelling.add_entity(project, layer_of(project), extent_of("بوتين"), "PERS")
    with closing(opening.connect(path, "rwc")) as connection:
        connection.execute(f"PRAGMA page_size={tables.PAGE_SIZE}")
        _FIRST.apply(Database(connection, execute_plugins=False))
        connection.execute(f"PRAGMA application_id={tables.APPLICATION_ID}")
        connection.execute("PRAGMA user_version=1")
        connection.execute("ATTACH DATABASE ? AS source", (str(source),))
        for table in _COPIED:
            names = [row[1] for row in connection.execute(f"PRAGMA main.table_info({table})")]
            told = ",".join(f'"{name}"' for name in names)
            query = f"INSERT INTO main.{table}({told}) SELECT {told} FROM source.{table}"  # noqa: S608
            connection.execute(query)
    return path


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
