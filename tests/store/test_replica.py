"""The name of a file at its place: written down whole or not at all, and caught up with later."""

import errno
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from annotator import paths
from annotator.services import reopening
from annotator.store import backing, journal, replica, unrecorded
from annotator.store.project import Project
from annotator.store.replica import Replicas
from tests.projects import SCHEMA, annotator, assert_sound, made, operations_in, quick_folder
from tests.store.journalling import label, names_in, names_of


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    with quick_folder() as folder:
        yield made(folder)


def _place(project: Project) -> Path:
    return paths.data_folder() / "replicas" / replica.key_of(project.uid, project.path)


@contextmanager
def _full(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let nothing be written from Python: files can be made, and stay empty."""

    def refused(_handle: int, _data: memoryview) -> int:
        raise OSError(errno.ENOSPC, "no room")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", refused)
        yield


def _written_down(project: Project) -> set[str]:
    return {*names_in(journal.path_of(project.uid, project.replica))}


def test_what_was_done_while_the_data_disk_was_full_comes_back_from_a_later_record(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = path.read_bytes()
    with _full(monkeypatch), Project.open(path) as project:
        annotator(project)
        label(project, 3)
        assert project.second_record is not None
        assert project.second_record.data["why"] == "full"
        assert _place(project).read_bytes() == b""
    with Project.open(path) as project:
        annotator(project, "a2")
        done = names_of(operations_in(project))
        assert _written_down(project) == done
        assert project.second_record is None

    path.write_bytes(old)
    with Project.open(path) as project:
        assert reopening.merged_back(project).back == 8
        assert names_of(operations_in(project)) == done
        assert_sound(project)


def test_once_there_is_room_again_name_and_record_are_written_down_in_the_same_run(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Project.open(path) as project:
        before = names_of(operations_in(project))
        with _full(monkeypatch):
            annotator(project)
            label(project, 2)
            name = project.replica
        assert project.second_record is not None
        project.try_second_record()
        assert project.second_record is None
        assert Replicas(project.uid, path, paths.data_folder()).names == (name,)
        assert names_of(operations_in(project)) - before <= _written_down(project)


@contextmanager
def _no_rights() -> Iterator[None]:
    """Let nothing be written in the data folder, nor anything of it read, whoever one is."""
    data = paths.data_folder()
    aside = data.with_name("aside")
    if data.exists():
        data.rename(aside)
    data.write_bytes(b"")
    try:
        yield
    finally:
        data.unlink()
        if aside.exists():
            aside.rename(data)


@pytest.mark.parametrize("is_known", [False, True])
def test_what_was_done_where_nothing_could_be_written_down_is_written_down_later(
    path: Path, is_known: bool
) -> None:
    if is_known:
        with Project.open(path) as project:
            annotator(project)
    else:
        shutil.rmtree(paths.data_folder(), ignore_errors=True)
    old = path.read_bytes()
    with _no_rights():
        for _ in range(2):
            with Project.open(path) as project:
                label(project, 3)
                assert project.second_record is not None
                assert _is_noted(project)
    with Project.open(path) as project:
        label(project)
        assert project.second_record is None
        assert not _is_noted(project)
        done = names_of(operations_in(project))

    path.write_bytes(old)
    with Project.open(path) as project:
        reopening.merged_back(project)
        assert names_of(operations_in(project)) == done
        assert_sound(project)


def test_a_file_made_where_nothing_could_be_written_down_is_written_down_whole_later(
    path: Path,
) -> None:
    place = path.with_name("new.hashiya")
    with _no_rights():
        Project.create(place, SCHEMA).close()
    with Project.open(place) as project:
        assert _is_noted(project)
        annotator(project)
        assert _written_down(project) == names_of(operations_in(project))
        assert not _is_noted(project)


def test_for_such_a_note_alone_no_other_backup_is_kept(path: Path) -> None:
    with Project.open(path) as project:
        label(project)
        first = backing.backed_up(project, "test")
        project.connection.execute("INSERT INTO settings VALUES('unrecorded','1')")
        assert backing.backed_up(project, "test") == first
        assert _is_noted(project)


def _is_noted(project: Project) -> bool:
    return unrecorded.is_noted(project.connection)


def test_a_file_that_was_never_without_its_record_is_not_written_down_whole(path: Path) -> None:
    with Project.open(path) as project:
        label(project, 4)
        there = names_of(operations_in(project))
    copy = path.with_name("copy.hashiya")
    shutil.copy(path, copy)
    with Project.open(copy) as project:
        label(project)
        assert not _written_down(project) & there


def test_a_journal_that_is_gone_is_made_anew_from_the_file(path: Path) -> None:
    with Project.open(path) as project:
        annotator(project)
        label(project, 3)
        first = project.replica
        journal.path_of(project.uid, first).unlink()
    with Project.open(path) as project:
        label(project)
        assert project.replica != first
        own = {one.hash for one in operations_in(project) if one.replica == first}
        assert own <= _written_down(project)


@pytest.mark.parametrize("how", ["full", "torn"])
def test_a_name_is_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    there = Replicas("p", tmp_path / "x", tmp_path)
    first = there.current()
    place = tmp_path / "replicas" / replica.key_of("p", tmp_path / "x")
    before, write = place.read_bytes(), os.write

    def failing(handle: int, data: memoryview) -> int:
        if how == "torn" and len(data) > 4:
            return write(handle, bytes(data[:4]))
        raise OSError(errno.ENOSPC, "no room")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", failing)
        second = there.draw_anew()
    assert place.read_bytes() == before
    assert Replicas("p", tmp_path / "x", tmp_path).names == (first,)

    there.write_down()
    assert Replicas("p", tmp_path / "x", tmp_path).names == (first, second)


def test_two_that_draw_at_once_at_one_place_agree_on_one_name(tmp_path: Path) -> None:
    names: list[str] = []

    def draw() -> None:
        names.append(Replicas("p", tmp_path / "x", tmp_path).current())

    threads = [threading.Thread(target=draw) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(names) == 8
    assert len(set(names)) == 1


def test_a_file_for_names_without_any_says_that_a_name_was_lost(tmp_path: Path) -> None:
    draw: Callable[[], Replicas] = lambda: Replicas("p", tmp_path / "x", tmp_path)  # noqa: E731
    assert not draw().is_without_name
    place = tmp_path / "replicas" / replica.key_of("p", tmp_path / "x")
    place.parent.mkdir()
    place.write_bytes(b"")
    lost = draw()
    assert lost.is_without_name
    first = lost.current()
    assert place.read_text("ascii").split() == [first]
    assert draw().names == (first,)
    assert not draw().is_without_name
