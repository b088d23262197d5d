"""kill -9 at every transaction of an import: the project is as before or wholly after."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.core.canonical import text_digest
from annotator.services.importing import import_sources
from annotator.store import queries
from annotator.store.indexing import index_pending, pending
from annotator.store.project import Project
from tests.formats.rows import example, exported, rows_of, written
from tests.projects import annotator, assert_sound, contents, copied, made, quick_folder

N = 12
_ROOT = Path(__file__).parents[2]
_IMPORTER = """
import functools, os, sqlite3, sys
from pathlib import Path

place, when, at = Path(sys.argv[1]), sys.argv[3], int(sys.argv[4])

class Killed(sqlite3.Connection):
    n = 0

    def execute(self, sql, *arguments):
        if when == "within" and Killed.n + 1 == at and sql.startswith("INSERT INTO main.layers"):
            os.kill(os.getpid(), 9)  # the articles are written
        Killed.n += sql == "COMMIT"
        is_it = sql == "COMMIT" and Killed.n == at
        if is_it and when == "before":
            os.kill(os.getpid(), 9)
        found = super().execute(sql, *arguments)
        if is_it and when == "after":
            os.kill(os.getpid(), 9)
        return found

    def executemany(self, sql, rows):
        if when == "within" and Killed.n + 1 == at:
            rows = self.cut_off(rows)
        return super().executemany(sql, rows)

    def cut_off(self, rows):
        for number, row in enumerate(rows):
            if number:
                os.kill(os.getpid(), 9)
            yield row

sqlite3.connect = functools.partial(sqlite3.connect, factory=Killed)

from annotator.services.importing import import_sources
from annotator.store import ahead
from annotator.store.project import Project

ahead.AT_ONCE = 250  # two texts of the examples
with Project.open(place) as project:
    import_sources(project, [Path(sys.argv[2])], chunk=5)
"""


@pytest.fixture
def path() -> Iterator[Path]:
    """Give a project in memory, in which a1 labels."""
    with quick_folder() as folder:
        path = made(folder)
        with Project.open(path) as project:
            annotator(project)
        yield path


def said(project: Project) -> dict[str, object]:
    """Return what a project says, without what is drawn by lot or belongs to who says it."""
    left_out = ("operations", "settings")
    return {name: rows for name, rows in contents(project).items() if name not in left_out}


def is_killed(path: Path, source: Path, when: str, at: int) -> bool:
    """Import in a process that is killed at its transaction `at`; return whether it came so far."""
    done = subprocess.run(
        [sys.executable, "-c", _IMPORTER, str(path), str(source), when, str(at)],
        cwd=_ROOT,
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0 or not done.stderr, done.stderr[-500:].decode()
    return done.returncode != 0


@pytest.mark.parametrize("when", ["before", "within", "after"])
def test_an_import_killed_at_any_transaction_is_there_as_a_whole_or_not_at_all(
    path: Path, when: str
) -> None:
    source = written(path.parent, *(example(n) for n in range(N)))
    with Project.open(path) as project:
        before = said(project)
    with Project.open(copied(path, "undisturbed.hashiya")) as project:
        import_sources(project, [source])
        after, rows = said(project), rows_of(exported(project))
    found = list[str]()
    at = 1
    while is_killed(once := copied(path, f"{at}.hashiya"), source, when, at):
        with Project.open(once) as project:
            assert_sound(project)
            found.append("before" if said(project) == before else "after")
            assert said(project) in (before, after)
            assert_searchable(project)
            assert_comes_in(project, source, is_new=found[-1] == "before")
            assert said(project) == after
            assert rows_of(exported(project)) == rows
            assert_searchable(project)
        at += 1
    assert found == sorted(found, reverse=True)  # once in, it stays in
    assert found.count("before") > 6  # the texts came in by and by
    assert found.count("after") > 2


def assert_comes_in(project: Project, source: Path, *, is_new: bool) -> None:
    """Check that the import done again knows what is there, and leaves nothing ahead."""
    report = import_sources(project, [source])
    expected = (N, 0) if is_new else (0, N)
    assert (report.added, report.duplicates, report.refused) == (*expected, ())
    texts = project.connection.execute(
        "SELECT a.sha256,t.text FROM articles a JOIN texts t ON t.article=a.id"
    ).fetchall()
    assert all(text_digest(text) == sha256 for sha256, text in texts)
    assert queries.count(project, "texts") == queries.count(project, "articles") == len(texts)
    assert_sound(project)


def assert_searchable(project: Project) -> None:
    """Check that the index, brought up to date, finds each article of the import and none else."""
    index_pending(project)
    assert pending(project) == 0
    found = "SELECT rowid FROM words WHERE words MATCH 'بيسكوف' ORDER BY rowid"
    there = "SELECT article FROM texts JOIN articles ON id=article WHERE instr(text,'بيسكوف')"
    connection = project.connection
    assert connection.execute(found).fetchall() == connection.execute(there).fetchall()
