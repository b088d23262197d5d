"""Backups: what is in them, what is kept once, what is checked before anything is pushed out."""

import itertools
import os
import re
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from annotator.core.errors import UserError
from annotator.services import labelling
from annotator.store import (
    backing,
    backuperasing,
    backupfile,
    backupfolder,
    opening,
    rotation,
)
from annotator.store.backing import Made
from annotator.store.backuptexts import DAMAGED, NAME, Texts
from annotator.store.project import Project
from tests.faults.faults import Fault, watched_python
from tests.projects import (
    SCHEMA,
    TEXTS,
    add_articles,
    code_of,
    copied,
    extent_of,
    layer_of,
    made,
    quick_folder,
    sha_of,
)
from tests.store.earlier import earlier_file


@pytest.fixture
def project() -> Iterator[Project]:
    with quick_folder() as folder, Project.open(made(folder)) as found:
        yield found


def label(project: Project) -> None:
    """Make a gesture, so that the file says something new."""
    layer = layer_of(project)
    status = "done" if project.layer(layer.article, layer.annotator).status != "done" else "started"
    labelling.set_status(project, layer, status)


def back_up(project: Project, at: str = "2026-11-22T10:00Z") -> Made:
    return backing.back_up(project, "asked", now=lambda: at)


def there(project: Project) -> list[str]:
    found = backupfolder.folder_of(project).glob("*.backup")
    return sorted(path.name[: len("000001-asked")] for path in found)


def texts_of(project: Project) -> Path:
    return backupfolder.folder_of(project) / NAME


# --- what is in one -----------------------------------------------------------------------------


def test_a_backup_says_what_it_is_and_holds_all_but_texts(project: Project) -> None:
    label(project)
    found = back_up(project).backup

    facts = found.facts
    assert (facts.reason, facts.at, facts.name) == ("asked", "2026-11-22T10:00Z", "project.hashiya")
    assert (facts.project, facts.n_articles, facts.has_labels) == (project.uid, len(TEXTS), 1)
    assert re.fullmatch(r"000001-asked-[0-9a-f]{16}\.backup", found.path.name)
    backupfolder.refuse_altered(found)
    with closing(sqlite3.connect(found.path)) as connection:
        tables = dict(connection.execute("SELECT name,sql FROM sqlite_master WHERE type='table'"))
        assert "texts" not in tables
        assert not [name for name in tables if name.startswith("agreement")]
        for table in ("operations", "articles", "layers", "settings", "spans", "replicas"):
            query = f"SELECT count(*) FROM {table}"  # noqa: S608
            assert (
                connection.execute(query).fetchall() == project.connection.execute(query).fetchall()
            )
    raw = found.path.read_bytes()
    assert not [text for text in TEXTS if text[:20].encode() in raw]


def test_a_backup_is_not_opened_as_a_project(project: Project) -> None:
    found = back_up(project).backup
    path = project.path.with_name("copy.hashiya")
    shutil.copy(found.path, path)
    assert code_of(lambda: Project.open(path)) == "not_a_project"


def test_texts_are_kept_once_and_their_bytes_counted(project: Project) -> None:
    size = sum(len(text.encode()) for text in TEXTS)
    assert back_up(project).n_text_bytes == size
    before = texts_of(project).stat().st_size
    label(project)
    assert back_up(project).n_text_bytes == 0
    assert texts_of(project).stat().st_size == before

    new = "مقال جديد عن الطقس في عمّان."
    add_articles(project, new)
    assert back_up(project).n_text_bytes == len(new.encode())
    with Texts.opened(backupfolder.folder_of(project)) as texts:
        assert len(texts) == len(TEXTS) + 1
        assert texts.text(sha_of(new)) == new


def test_where_nothing_was_said_since_none_is_made(project: Project) -> None:
    first = back_up(project)
    again = back_up(project)
    assert (first.is_new, again.is_new, again.backup.number) == (True, False, 1)
    label(project)
    assert back_up(project).backup.number == 2


def test_where_the_last_one_is_damaged_another_is_made_though_nothing_was_said(
    project: Project,
) -> None:
    found = back_up(project).backup
    found.path.write_bytes(found.path.read_bytes()[:-1] + b"x")
    assert back_up(project).backup.number == 2


def test_where_another_program_writes_that_is_said(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = opening.connect
    monkeypatch.setattr(opening, "connect", lambda path, mode="rw": real(path, mode, timeout=0.05))
    with closing(real(project.path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert code_of(lambda: back_up(project)) == "locked"
        other.execute("ROLLBACK")


def test_a_large_project_is_backed_up_without_the_tables_of_labels(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    labelling.add_entity(project, layer_of(project), extent_of("بوتين"), "PERS")
    monkeypatch.setattr(backupfile, "MOST_SPANS", 0)
    found = back_up(project).backup
    assert (found.facts.has_labels, found.facts.n_labels) == (0, 1)
    with closing(sqlite3.connect(found.path)) as connection:
        assert connection.execute("SELECT count(*) FROM entities").fetchone() == (0,)


def test_history_is_copied_some_at_a_time_and_what_is_added_meanwhile_comes_along(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(6):
        label(project)
    monkeypatch.setattr(backupfile, "HISTORY_AT_ONCE", 2)
    seen: list[tuple[int, int]] = []
    with Project.open(project.path) as other:

        def step(done: int, total: int) -> None:
            seen.append((done, total))
            if len(seen) == 2:
                label(other)

        found = backing.back_up(project, "asked", step=step).backup
    assert len(seen) >= 3
    query = "SELECT hash FROM operations ORDER BY id"
    with closing(sqlite3.connect(found.path)) as connection:
        hashes = connection.execute(query).fetchall()
    assert hashes == project.connection.execute(query).fetchall()


def test_gestures_go_on_while_backups_are_made(project: Project) -> None:
    def work() -> None:
        with Project.open(project.path, turn=project.turn) as own:
            for _ in range(30):
                label(own)

    worker = threading.Thread(target=work)
    worker.start()
    for _ in range(5):
        backing.back_up(project, "asked")
    worker.join()
    kept = backing.back_up(project, "asked").backup
    assert kept.facts.state == backupfile.state_of(project.connection)
    assert kept.facts.n_operations > 30


# --- rotation -----------------------------------------------------------------------------------


def test_the_thirteenth_of_a_day_pushes_the_oldest_out_and_numbers_go_on(project: Project) -> None:
    for _ in range(rotation.NEWEST + 3):
        label(project)
        made_ = back_up(project)
    assert made_.removed == [3]
    assert there(project) == [f"{n:06}-asked" for n in range(4, 16)]


def test_clocks_that_jump_do_not_matter(project: Project) -> None:
    clock = itertools.cycle(["1999-01-01T00:00Z", "2099-12-31T23:59Z", "2026-11-22T10:00Z"])
    for _ in range(rotation.NEWEST + 8):
        label(project)
        back_up(project, next(clock))
    numbers = [int(name[:6]) for name in there(project)]
    assert numbers == list(range(9, 21))


def test_a_cap_cannot_remove_the_last_good_one(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        label(project)
        back_up(project)
    monkeypatch.setattr(rotation, "CAP", 1)
    label(project)
    back_up(project)
    assert there(project) == ["000004-asked"]


def test_texts_that_no_backup_names_are_let_go(project: Project, tmp_path: Path) -> None:
    add_articles(project, "مقال يُحذف بعد حين.")
    back_up(project)
    folder = backupfolder.folder_of(project)
    with Texts.opened(folder) as texts:
        texts.add([(sha_of("نص وحيد"), "نص وحيد")])
    label(project)
    back_up(project)
    with Texts.opened(folder) as texts:
        assert len(texts) == len(TEXTS) + 1
    assert "نص وحيد".encode() not in texts_of(project).read_bytes()


# --- what is not sound --------------------------------------------------------------------------


def test_a_copy_that_fails_its_check_pushes_nothing_out(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(rotation.NEWEST):
        label(project)
        back_up(project)
    before = there(project)
    real = backupfile.write

    def torn(path: Path, to: Path, *rest: object) -> object:
        facts = real(path, to, *rest)  # type: ignore[arg-type]
        data = bytearray(to.read_bytes())
        data[8192 * 3 : 8192 * 4] = bytes(8192)
        to.write_bytes(data)
        return facts

    label(project)
    monkeypatch.setattr(backupfile, "write", torn)
    with pytest.raises(UserError) as met:
        back_up(project)
    assert (met.value.code, met.value.data["why"]) == ("no_backup", "unsound")
    assert there(project) == before
    assert not list(backupfolder.folder_of(project).glob("*.part*"))


def test_a_project_whose_text_was_altered_pushes_nothing_out(project: Project) -> None:
    connection = project.connection
    trigger = connection.execute(
        "SELECT sql FROM sqlite_master WHERE name='texts_fixed'"
    ).fetchone()[0]
    connection.execute("DROP TRIGGER texts_fixed")
    connection.execute("UPDATE texts SET text=replace(text,'بوتين','ترامب')")
    connection.execute(trigger)
    assert code_of(lambda: back_up(project)) == "no_backup"
    assert there(project) == []


def test_a_text_that_was_damaged_where_it_is_kept_is_taken_again(project: Project) -> None:
    back_up(project)
    folder = backupfolder.folder_of(project)
    with closing(sqlite3.connect(texts_of(project))) as connection, connection:
        connection.execute("UPDATE texts SET text='غيره' WHERE id=2")
    with Texts.opened(folder) as texts:
        assert texts.text(sha_of(1)) is None
    for _ in range(16):
        label(project)
        back_up(project)
    with Texts.opened(folder) as texts:
        assert texts.text(sha_of(1)) == TEXTS[1]


@pytest.mark.parametrize("damage", ["no_database", "a_page"])
def test_texts_that_cannot_be_read_begin_anew_and_are_kept_aside(
    project: Project, damage: str
) -> None:
    add_articles(project, *(f"مقال {n} " + "كلمة " * 3000 for n in range(30)))
    back_up(project)
    path = texts_of(project)
    data = bytearray(path.read_bytes())
    if damage == "no_database":
        data[:100] = bytes(100)
    else:
        data[4096:8192] = b"\xff" * 4096
    path.write_bytes(data)
    add_articles(project, "مقال آخر.")
    back_up(project)
    with Texts.opened(path.parent) as texts:
        assert len(texts) == len(TEXTS) + 31
    assert (path.parent / DAMAGED).exists()


def test_what_a_killed_program_left_is_cleared_away(project: Project) -> None:
    folder = backupfolder.folder_of(project)
    folder.mkdir(parents=True)
    (folder / "tmpabc.part").write_bytes(b"half")
    (folder / "tmpabc.part-journal").write_bytes(b"half")
    back_up(project)
    assert not list(folder.glob("*.part*"))


def test_a_backup_that_is_no_longer_one_is_passed_over(project: Project) -> None:
    back_up(project)
    label(project)
    back_up(project).backup.path.write_bytes(b"nothing")
    assert [one.number for one in backupfolder.backups_of(project.path)] == [1]
    label(project)
    assert back_up(project).backup.number == 3


def test_where_the_data_folder_cannot_be_written_that_is_said(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("HASHIYA_DATA", str(tmp_path / "file"))
    with pytest.raises(UserError) as met:
        back_up(project)
    assert met.value.code == "no_backup"
    assert met.value.data["why"] == "rights"


def test_a_file_that_is_gone_is_not_backed_up(project: Project) -> None:
    project.path.rename(project.path.with_name("elsewhere"))
    assert code_of(lambda: back_up(project)) == "file_gone"


# --- where they are -----------------------------------------------------------------------------


def test_the_backups_of_a_file_that_is_gone_are_found_by_its_place(project: Project) -> None:
    back_up(project)
    path = project.path
    path.rename(path.with_name("elsewhere"))
    assert [one.number for one in backupfolder.backups_of(path)] == [1]
    assert backupfolder.backups_of(path.with_name("elsewhere")) == []


def test_a_copy_elsewhere_has_backups_of_its_own(project: Project) -> None:
    back_up(project)
    with Project.open(copied(project.path, "copy.hashiya")) as other:
        assert backing.back_up(other, "asked").backup.number == 1


def test_the_backups_of_a_file_that_was_moved_are_found_by_what_it_is(project: Project) -> None:
    back_up(project)
    path, to = project.path, project.path.with_name("elsewhere")
    project.close()
    path.rename(to)

    (found,) = backupfolder.backups_elsewhere(to)
    assert (found.number, found.elsewhere) == (1, path)
    to.write_bytes(b"damaged")
    assert backupfolder.backups_elsewhere(to) == []


def test_where_the_file_still_stands_its_backups_are_its_own(project: Project) -> None:
    back_up(project)
    copy = copied(project.path, "copy.hashiya")
    with Project.open(copy) as other:
        for _ in range(20):
            label(other)
            backing.back_up(other, "asked")

    assert backupfolder.backups_elsewhere(copy) == []
    assert [one.number for one in backupfolder.backups_of(project.path)] == [1]
    project.path.unlink()
    assert [one.number for one in backupfolder.backups_elsewhere(copy)] == [1]


def test_backups_of_a_copy_in_its_own_right_are_not_taken_for_those_of_another_project(
    project: Project, tmp_path: Path
) -> None:
    back_up(project)
    project.path.unlink()
    (tmp_path / "o").mkdir()
    with Project.create(tmp_path / "o" / "p.hashiya", SCHEMA) as other:
        assert backupfolder.backups_elsewhere(other.path) == []


# --- removing them ------------------------------------------------------------------------------


def test_texts_that_no_other_backup_needs_go_with_the_one_that_is_removed(
    project: Project, tmp_path: Path
) -> None:
    back_up(project)
    add_articles(project, "نص لا يبقى")
    back_up(project)
    folder = backupfolder.folder_of(project)
    (folder / DAMAGED).write_bytes(b"put aside")

    assert [n for n, _ in backuperasing.erase(project.path, [2])] == [2]

    assert "نص لا يبقى".encode() not in (folder / NAME).read_bytes()
    assert not (folder / DAMAGED).exists()
    with Texts.opened(folder) as texts:
        assert len(texts) == 3


def test_backups_that_cannot_be_read_are_removed_too(project: Project) -> None:
    back_up(project).backup.path.write_bytes(b"nothing")

    assert backuperasing.erase(project.path) == [(1, 7)]
    assert os.listdir(backupfolder.folder_of(project)) == ["lock"]  # noqa: PTH208


@pytest.mark.parametrize("kind", ["io", "full"])
def test_a_fault_while_removing_is_told_and_what_stays_can_be_restored(
    project: Project, kind: str
) -> None:
    for _ in range(3):
        label(project)
        back_up(project)
    folder = backupfolder.folder_of(project)
    for at in range(1, 4):
        fault = Fault(kind, folder, at)
        with watched_python(fault), fault.on(), suppress(UserError):
            backuperasing.erase(project.path, [2])
        found = backupfolder.backups_of(project.path)
        assert {1, 3} <= {one.number for one in found} <= {1, 2, 3}
        assert all(backupfolder.is_whole(one) for one in found)
    backuperasing.erase(project.path, [2])
    assert [one.number for one in backupfolder.backups_of(project.path)] == [1, 3]


# --- before a migration -------------------------------------------------------------------------


def test_a_copy_that_is_merged_from_is_brought_up_to_date_without_a_backup(
    project: Project,
) -> None:
    with backing.opened_copy(project.path, project.path.with_name("trial.hashiya")):
        root = backupfolder.folder_of(project).parent
        assert not root.exists()


def test_no_file_is_opened_whose_migration_could_not_be_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = earlier_file(tmp_path)
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("HASHIYA_DATA", str(tmp_path / "file"))
    assert code_of(lambda: Project.open(path)) == "no_backup"
    with closing(opening.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
