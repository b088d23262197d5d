"""A command that changes the file makes a backup when it ends, where one is due."""

import json
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator import paths
from annotator.services import backing_up
from annotator.store.project import Project
from tests.cli.running import Ran, hashiya
from tests.projects import made, quick_folder, sha_of

A = sha_of(0)[:16]


@pytest.fixture
def path() -> Iterator[Path]:
    with quick_folder() as folder:
        yield made(folder)


def label(path: Path, n: int = 1, start: int = 4) -> Ran:
    lines = (
        {"do": "add_entity", "article": A, "start": start + k, "end": start + k + 1, "type": "PERS"}
        for k in range(n)
    )
    return hashiya("apply", path, "--as", "a1", given="\n".join(map(json.dumps, lines)).encode())


def reasons(path: Path) -> list[str]:
    return [one.facts.reason for one in backing_up.backups_of(path)]


def let_pass(path: Path, seconds: float) -> None:
    """Let the last backup be so old."""
    last, before = backing_up.backups_of(path)[-1].path, time.time() - seconds
    os.utime(last, (before, before))


def test_the_first_change_makes_one_and_half_an_hour_of_change_another(path: Path) -> None:
    label(path)
    assert reasons(path) == ["close"]
    label(path, start=6)
    assert reasons(path) == ["close"]

    let_pass(path, backing_up.DUE_AFTER + 1)
    label(path, start=8)

    assert reasons(path) == ["close", "close"]
    assert backing_up.backups_of(path)[-1].facts.n_labels == 2 + 1


def test_a_command_that_only_reads_makes_none(path: Path) -> None:
    for command in ("articles", "labels", "stats", "history"):
        assert hashiya(command, path).code == 0

    assert reasons(path) == []


def test_one_that_changed_nothing_makes_none(path: Path) -> None:
    label(path)
    let_pass(path, backing_up.DUE_AFTER + 1)

    refused = hashiya("undo", path, "--as", "a1", "--article", sha_of(1)[:16])

    assert refused.code != 0
    assert reasons(path) == ["close"]


def test_a_small_change_of_a_large_file_waits_until_much_has_changed(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backing_up, "_BYTES_A_SECOND", 100)  # so that this file takes an hour
    monkeypatch.setattr(backing_up, "MUCH", 20)
    label(path, 3)
    assert reasons(path) == []

    label(path, 20, start=20)

    assert reasons(path) == ["close"]
    let_pass(path, backing_up.DUE_AFTER + 1)
    label(path, 3, start=50)
    assert reasons(path) == ["close"]


def test_a_clock_that_went_back_makes_one(path: Path) -> None:
    label(path)
    let_pass(path, -10_000)

    label(path, start=6)

    assert len(reasons(path)) == 2


def test_where_none_can_be_kept_the_work_is_done_and_that_is_said(path: Path) -> None:
    folder = paths.data_folder() / "backups"
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("in the way")

    ended = label(path)

    assert ended.code == 0
    assert "No backup" in ended.err
    with Project.open(path) as project:
        assert project.connection.execute("SELECT count(*) FROM entities").fetchone() == (1,)


def test_what_is_kept_holds_what_the_command_did(path: Path) -> None:
    label(path, 2)
    before = path.read_bytes()
    path.unlink()

    restored = path.with_name("again.hashiya")
    assert hashiya("restore", path, "-o", restored).code == 0

    assert before
    listed = hashiya("labels", restored, "--json").told["labels"]
    assert len(listed) == 2
