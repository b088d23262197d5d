"""The way that a search takes through the index: the doctor sees where it leads astray."""

import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from annotator.services import doctoring
from annotator.store import doctor
from annotator.store.indexing import index_pending
from annotator.store.project import Project
from tests import projects

_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
_DOCUMENTS = "SELECT doc FROM temp.told WHERE term=?"


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """Make a project with so many words that their index has many pages, in two parts."""
    chance = random.Random(5)  # noqa: S311
    with projects.quick_folder() as folder:
        path = projects.made(folder)
        with Project.open(path) as project:
            for _ in range(2):
                texts = (_words(chance) for _ in range(30))
                projects.add_articles(project, *texts)
                index_pending(project)
        yield folder


def _words(chance: random.Random) -> str:
    return " ".join("".join(chance.choices(_LETTERS, k=5)) for _ in range(400))


@pytest.fixture
def file(folder: Path, tmp_path: Path) -> Path:
    """Copy the file."""
    return Path(shutil.copy(folder / "project.hashiya", tmp_path))


def n_lost(path: Path) -> int:
    """Return how many words a search no longer finds in all their articles."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE VIRTUAL TABLE temp.told USING fts5vocab(main,words,row)")
        told = connection.execute("SELECT term,doc FROM temp.told").fetchall()
        found = (connection.execute(_DOCUMENTS, (term,)).fetchone() for term, _ in told)
        return sum(one != (doc,) for one, (_, doc) in zip(found, told, strict=True))


def test_a_search_that_finds_nothing_is_seen_and_the_copy_finds_all(file: Path) -> None:
    assert doctor.examined(file).is_sound
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        assert connection.execute("DELETE FROM words_idx").rowcount > 20
    assert n_lost(file) > 1000

    repair = doctoring.repair(file, file.with_name("copy.hashiya"))

    assert repair is not None
    assert [(one.code, one.where) for one in repair.before.findings] == [("D10", "tables/words")]
    assert repair.after.is_sound
    assert n_lost(repair.path) == 0


@pytest.mark.parametrize("seed", range(6))
def test_one_wrong_step_of_the_way_is_seen(file: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        rows = connection.execute("SELECT segid,term,pgno FROM words_idx WHERE term<>''").fetchall()
        part, term, page = chance.choice(rows)
        key = (part, term)
        if seed % 3 == 0:
            connection.execute("DELETE FROM words_idx WHERE segid=? AND term=?", key)
        elif seed % 3 == 1:
            query = "UPDATE words_idx SET pgno=? WHERE segid=? AND term=?"
            connection.execute(query, (page + 2, *key))
        else:
            other = bytes([term[0], term[1], term[2] ^ 1, *term[3:]])
            query = "UPDATE words_idx SET term=? WHERE segid=? AND term=?"
            connection.execute(query, (other, *key))
    assert n_lost(file) > 0

    findings = doctor.examined(file).findings

    assert [(one.code, one.where) for one in findings] == [("D10", "tables/words")]
