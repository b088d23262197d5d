"""Restoring: a backup, its texts, and what was done since on top; or the file as it was."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from annotator.core.errors import UserError
from annotator.i18n import Language
from annotator.services import (
    backing_up,
    importing,
    labelling,
    restoring,
    restoringwords,
    undoing,
)
from annotator.services.restoring import Differences
from annotator.store import backupfile, backupfolder, journal, opening
from annotator.store.backuptexts import NAME
from annotator.store.indexing import pending
from annotator.store.project import Project
from tests.projects import (
    TEXTS,
    add_articles,
    assert_sound,
    code_of,
    contents,
    extent_of,
    layer_of,
    made,
    quick_folder,
    sha_of,
)


@pytest.fixture
def path() -> Iterator[Path]:
    """Give a project with a label, a done layer and a backup of that."""
    with quick_folder() as folder:
        path = made(folder)
        with Project.open(path) as project:
            labelling.add_entity(project, layer_of(project), extent_of("بوتين"), "PERS")
            labelling.set_status(project, layer_of(project, text=1), "done")
            backing_up.back_up(project, "asked")
        yield path


def said(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with Project.open(path) as project:
        assert_sound(project)
        assert pending(project) == 0
        return contents(project)


def work_on(path: Path, quote: str = "ترامب") -> None:
    """Do something after the backup."""
    with Project.open(path) as project:
        labelling.add_entity(project, layer_of(project), extent_of(quote), "PERS")


# --- as a new file ------------------------------------------------------------------------------


def test_a_backup_and_its_texts_are_the_project_again(path: Path) -> None:
    to = path.with_name("new.hashiya")
    report = restoring.restore(path, to, backing_up.backup_of(path))

    assert said(to) == said(path)
    assert (report.articles, report.labels, report.since, report.altered) == (3, 1, 0, 0)
    assert report.differences == Differences(0, 0, 0, 0)
    with closing(opening.connect(to)) as ours, closing(opening.connect(path)) as theirs:
        query = "SELECT type,name,sql FROM sqlite_master ORDER BY type,name"
        assert ours.execute(query).fetchall() == theirs.execute(query).fetchall()
        for table in ("words_config", "titles_config", "operations"):
            rows = f"SELECT * FROM {table}"  # noqa: S608
            assert ours.execute(rows).fetchall() == theirs.execute(rows).fetchall()


def test_what_was_done_since_is_put_on_top(path: Path) -> None:
    backup = backing_up.backup_of(path)
    work_on(path)
    with Project.open(path) as project:
        undoing.undo(project, layer_of(project))
    work_on(path, "موسكو")
    before = said(path)
    path.unlink()

    to = path.with_name("new.hashiya")
    report = restoring.restore(path, to, backup)

    assert (report.since, report.without_article) == (3, 0)
    assert report.differences == Differences(is_gone=True)
    (told,) = restoringwords.of_differences(report.differences, Language.of("en"))
    assert "no longer there" in told
    assert said(to) == before


def test_as_it_was_leaves_out_what_was_done_since(path: Path) -> None:
    backup, before = backing_up.backup_of(path), said(path)
    work_on(path)
    to = path.with_name("new.hashiya")

    report = restoring.restore(path, to, backup, as_it_was=True)

    assert (report.since, report.differences) == (0, Differences(1, 0, 0, 0))
    assert said(to) == before


def test_work_on_articles_that_came_later_is_counted_and_left_out(path: Path) -> None:
    backup = backing_up.backup_of(path)
    text = "وصل الوزير إلى عمّان."
    (path.parent / "new.txt").write_text(text, encoding="utf-8")
    with Project.open(path) as project:
        importing.import_sources(project, [path.parent / "new.txt"])
        layer = layer_of(project, text=text)
        labelling.add_entity(project, layer, extent_of("الوزير", text), "PERS")

    report = restoring.restore(path, path.with_name("new.hashiya"), backup)

    assert (report.since, report.without_article) == (0, 1)
    assert report.differences == Differences(1, 0, 1, 0)


def test_an_older_backup_takes_what_newer_ones_hold(path: Path) -> None:
    first = backing_up.backup_of(path)
    work_on(path)
    with Project.open(path) as project:
        backing_up.back_up(project, "asked")
        shutil.rmtree(journal.folder_of(project.uid))
    work_on(path, "موسكو")
    before = said(path)

    report = restoring.restore(path, path.with_name("new.hashiya"), first)

    assert report.since == 2
    assert said(report.path) == before


def test_the_search_index_and_undo_work_in_what_was_restored(path: Path) -> None:
    to = path.with_name("new.hashiya")
    restoring.restore(path, to, backing_up.backup_of(path))
    with Project.open(to) as project:
        found = project.connection.execute("SELECT count(*) FROM words WHERE words MATCH 'بغداد'")
        assert found.fetchone() == (1,)
        layer = layer_of(project)
        labelling.add_entity(project, layer, extent_of("موسكو"), "GPE")
        undoing.undo(project, layer)
        assert len(project.labels(layer)) == 1
        assert_sound(project)


def test_without_the_tables_of_labels_they_are_made_from_history(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work_on(path)
    monkeypatch.setattr(backupfile, "MOST_SPANS", 0)
    with Project.open(path) as project:
        backup = backing_up.back_up(project, "asked").backup
    assert not backup.facts.has_labels
    report = restoring.restore(path, path.with_name("new.hashiya"), backup, as_it_was=True)
    assert said(report.path) == said(path)


# --- in place -----------------------------------------------------------------------------------


def test_in_place_what_was_there_is_kept_first_and_can_be_had_back(path: Path) -> None:
    backup, as_it_was = backing_up.backup_of(path), said(path)
    work_on(path)
    before = said(path)

    report = restoring.restore_in_place(path, backup, as_it_was=True)

    assert said(path) == as_it_was
    kept = backing_up.backup_of(path)
    assert (kept.facts.reason, kept.path) == ("restore", report.kept)
    restoring.restore_in_place(path, kept, as_it_was=True)
    assert said(path) == before


def test_after_restoring_no_number_is_given_twice(path: Path) -> None:
    backup = backing_up.backup_of(path)
    work_on(path)
    with Project.open(path) as project:
        former, lost = project.replica, operations(project)
    for is_as_it_was in (True, False):
        restoring.restore_in_place(path, backup, as_it_was=is_as_it_was)
        work_on(path, "موسكو" if is_as_it_was else "ترامب")
        with Project.open(path) as project:
            assert project.replica != former
            new = {name: number for name, number in operations(project).items() if name not in lost}
        assert not set(new.values()) & set(lost.values())


def operations(project: Project) -> dict[str, tuple[object, ...]]:
    query = "SELECT hash,replica,layer,sequence FROM operations"
    return {name: tuple(told) for name, *told in project.connection.execute(query)}


def test_as_it_was_stays_as_it_was_when_the_file_is_opened_again(path: Path) -> None:
    from annotator.services import reopening

    backup, as_it_was = backing_up.backup_of(path), said(path)
    work_on(path)
    restoring.restore_in_place(path, backup, as_it_was=True)
    with Project.open(path) as project:
        reopening.merged_back(project)
    assert said(path) == as_it_was


def test_a_file_that_is_gone_is_made_again_at_its_place(path: Path) -> None:
    work_on(path)
    before = said(path)
    path.unlink()
    report = restoring.restore_in_place(path, backing_up.backup_of(path))
    assert (report.kept, report.since) == (None, 1)
    assert said(path) == before


def test_a_damaged_file_is_put_aside(path: Path) -> None:
    work_on(path)
    before = said(path)
    data = bytearray(path.read_bytes())
    data[:200] = bytes(200)
    path.write_bytes(data)

    report = restoring.restore_in_place(path, backing_up.backup_of(path))

    assert report.kept == path.with_name("project-damaged-1.hashiya")
    assert report.kept.read_bytes() == bytes(data)
    assert said(path) == before


def test_a_file_that_opens_and_is_not_sound_is_put_aside_too(path: Path) -> None:
    work_on(path)
    before = said(path)
    with closing(opening.connect(path)) as connection:
        query = "SELECT rootpage FROM sqlite_master WHERE name='regions'"
        page = connection.execute(query).fetchone()[0]
    data = bytearray(path.read_bytes())
    data[(page - 1) * 8192 : page * 8192] = b"\xa5" * 8192
    path.write_bytes(data)
    Project.open(path).close()

    report = restoring.restore_in_place(path, backing_up.backup_of(path))

    assert report.kept == path.with_name("project-damaged-1.hashiya")
    assert report.kept.read_bytes() == bytes(data)
    assert said(path) == before


def test_whoever_has_the_file_open_writes_no_more_into_it(path: Path) -> None:
    with Project.open(path) as project:
        restoring.restore_in_place(path, backing_up.backup_of(path))
        layer = layer_of(project)
        extent = extent_of("موسكو")
        assert code_of(lambda: labelling.add_entity(project, layer, extent, "GPE")) in (
            "file_replaced",
            "file_moved",
        )


def test_what_was_written_after_the_last_backup_is_kept_too(path: Path) -> None:
    backup = backing_up.backup_of(path)
    prepared = restoring.prepare_in_place(path, backup, as_it_was=True)
    work_on(path)
    before = said(path)
    restoring.put_in_place(prepared, path)
    restoring.restore_in_place(path, backing_up.backup_of(path), as_it_was=True)
    assert said(path) == before


# --- what is refused ----------------------------------------------------------------------------


def test_an_existing_file_is_never_replaced_by_a_new_one(path: Path) -> None:
    backup = backing_up.backup_of(path)
    assert code_of(lambda: restoring.restore(path, path, backup)) == "file_exists"


def test_what_is_not_there_is_said(path: Path) -> None:
    gone = path.with_name("never.hashiya")
    assert code_of(lambda: backing_up.backup_of(gone)) == "no_backups"
    assert code_of(lambda: backing_up.backup_of(path, 9)) == "unknown_backup"


def test_texts_that_are_lost_come_from_the_present_file_or_refuse_the_whole(path: Path) -> None:
    backup = backing_up.backup_of(path)
    (backup.path.parent / NAME).unlink()
    to = path.with_name("new.hashiya")
    restoring.restore(path, to, backup)
    assert said(to) == said(path)
    path.unlink()
    with pytest.raises(UserError) as met:
        restoring.restore(path, path, backup)
    assert (met.value.code, met.value.data["n"]) == ("texts_missing", len(TEXTS))
    assert not path.exists()
    assert not list(path.parent.glob(".hashiya-new-*"))


def test_a_text_that_was_altered_where_it_is_kept_is_not_believed(path: Path) -> None:
    backup = backing_up.backup_of(path)
    with closing(sqlite3.connect(backup.path.parent / NAME)) as connection, connection:
        connection.execute("UPDATE texts SET text='غيره' WHERE sha256=?", (sha_of(0),))
    to = path.with_name("new.hashiya")
    restoring.restore(path, to, backup)
    assert said(to) == said(path)


@pytest.mark.parametrize("at", [0, 100, 5000, 8192 * 3 + 77, 8192 * 9, -1])
def test_a_backup_in_which_one_byte_is_another_is_refused(path: Path, at: int) -> None:
    backup = backing_up.backup_of(path)
    data = bytearray(backup.path.read_bytes())
    data[at] ^= 1
    backup.path.write_bytes(data)
    to = path.with_name("new.hashiya")
    assert code_of(lambda: restoring.restore(path, to, backup)) == "damaged_backup"
    assert code_of(lambda: restoring.preview(path, backup)) == "damaged_backup"
    assert not to.exists()


def test_an_operation_that_was_altered_before_the_backup_is_told_of(path: Path) -> None:
    with closing(opening.connect(path)) as connection:
        query = "SELECT sql FROM sqlite_master WHERE name='operations_fixed'"
        trigger = connection.execute(query).fetchone()[0]
        connection.execute("DROP TRIGGER operations_fixed")
        connection.execute("UPDATE operations SET at='2020-01-01T00:00Z' WHERE id=2")
        connection.execute(trigger)
    work_on(path)
    with Project.open(path) as project:
        backup = backing_up.back_up(project, "asked").backup
    report = restoring.restore(path, path.with_name("new.hashiya"), backup, as_it_was=True)
    assert report.altered == 1


def test_nothing_of_a_backup_runs(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even where the name was made to fit what somebody put into it."""
    backup = backing_up.backup_of(path)
    trigger = "CREATE TRIGGER mine AFTER INSERT ON operations BEGIN DELETE FROM taken_back; END"
    with closing(sqlite3.connect(backup.path)) as connection, connection:
        connection.execute(
            "INSERT INTO statements(type,name,sql) VALUES('trigger','mine',?)", (trigger,)
        )
    name = backupfolder.name_of(backup.number, "asked", backup.path)
    backup.path.rename(backup.path.with_name(name))
    to = path.with_name("new.hashiya")
    found = backing_up.backup_of(path)
    assert code_of(lambda: restoring.restore(path, to, found)) == "strange_tables"
    assert not to.exists()


# --- preview ------------------------------------------------------------------------------------


def test_the_preview_says_what_restoring_then_does(path: Path) -> None:
    backup = backing_up.backup_of(path)
    work_on(path)
    with Project.open(path) as project:
        add_articles(project, "مقال جديد.")
    for is_as_it_was in (True, False):
        found = restoring.preview(path, backup, as_it_was=is_as_it_was)
        to = path.with_name(f"{is_as_it_was}.hashiya")
        report = restoring.restore(path, to, backup, as_it_was=is_as_it_was)
        assert found == report.differences
    assert found == Differences(0, 0, 1, 0)


def test_the_preview_of_another_project_at_that_place_compares_nothing(path: Path) -> None:
    backup = backing_up.backup_of(path)
    path.unlink()
    Project.create(path, '[schema]\nname = "a"\n[[entity]]\nid = "PERS"\n').close()
    assert restoring.preview(path, backup) == Differences()


def test_work_of_another_replica_of_the_project_is_not_poured_in(path: Path) -> None:
    backup = backing_up.backup_of(path)
    other = path.with_name("other.hashiya")
    shutil.copy(path, other)
    work_on(other, "القاهرة")
    work_on(path)
    before = said(path)
    path.unlink()
    report = restoring.restore_in_place(path, backup)
    assert report.since == 1
    assert said(path) == before
