"""One taxonomy of trouble: what SQLite says of a file, in a statement, a read or at COMMIT."""

import sqlite3
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator.core.errors import UserError
from annotator.core.model import Annotator, Layer
from annotator.i18n import CODES, Language
from annotator.services import browsing, labelling, reading, statistics, workloads
from annotator.services.wording import sentence
from annotator.store import tables, trouble
from annotator.store.project import Project
from tests import projects
from tests.projects import code_of, extent_of, layer_of, sha_of

BY_CODE = {
    "SQLITE_FULL": "disk_full",
    "SQLITE_NOLFS": "quota",
    "SQLITE_READONLY": "read_only",
    "SQLITE_READONLY_ROLLBACK": "read_only",
    "SQLITE_READONLY_DBMOVED": "file_moved",
    "SQLITE_BUSY": "locked",
    "SQLITE_BUSY_SNAPSHOT": "locked",
    "SQLITE_LOCKED_SHAREDCACHE": "locked",
    "SQLITE_PROTOCOL": "locked",
    "SQLITE_CORRUPT": "damaged",
    "SQLITE_CORRUPT_INDEX": "damaged",
    "SQLITE_IOERR_CORRUPTFS": "damaged",
    "SQLITE_NOTADB": "not_a_project",
    "SQLITE_CANTOPEN_ISDIR": "cannot_open",
    "SQLITE_PERM": "cannot_open",
    "SQLITE_IOERR_READ": "disk_trouble",
    "SQLITE_IOERR_FSYNC": "disk_trouble",
}
ONLY_WRITING = ("SQLITE_READONLY", "SQLITE_READONLY_DBMOVED", "SQLITE_NOLFS")
OURS = ("SQLITE_ERROR", "SQLITE_MISUSE", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_RANGE")


class Told(sqlite3.OperationalError):
    """What SQLite says, with its code."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.sqlite_errorname = name
        self.sqlite_errorcode = getattr(sqlite3, name)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return projects.made(tmp_path)


@pytest.fixture
def project(path: Path) -> Iterator[Project]:
    with Project.open(path, timeout=0.05) as project:
        layer_of(project)
        yield project


@pytest.fixture
def holder(path: Path, project: Project) -> Iterator[sqlite3.Connection]:
    """Return another program that holds the file as one does that writes into it."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    yield other
    other.close()


# --- naming ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BY_CODE)
def test_each_code_of_sqlite_has_a_place(name: str) -> None:
    found = trouble.named(Told(name), "a.hashiya")

    assert found is not None
    assert found.code == BY_CODE[name]
    assert found.code in trouble.OF_FILES


@pytest.mark.parametrize("name", OURS)
def test_what_is_our_own_fault_is_not_laid_on_the_file(name: str) -> None:
    assert trouble.named(Told(name), "a.hashiya") is None
    assert trouble.met(Told(name)) is None


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("is_reading", [False, True])
@pytest.mark.parametrize("name", BY_CODE)
def test_each_is_a_sentence_that_names_the_file_and_reading_loses_nothing(
    name: str, is_reading: bool, language: str
) -> None:
    found = trouble.named(Told(name), "a.hashiya", is_reading=is_reading)
    assert found is not None
    said = sentence(found, Language.of(language))

    assert "a.hashiya" in said
    says_lost = "Not saved" in said or "not saved" in said or "لم يُحفظ" in said
    assert not (is_reading and says_lost and name not in ONLY_WRITING), said


@pytest.mark.parametrize("code", sorted(trouble.OF_FILES))
def test_where_the_file_is_not_known_there_is_no_gap_in_the_sentence(code: str) -> None:
    if code in ("locked", "disk_trouble", "damaged", "quota", "disk_full"):
        assert "?" not in sentence(UserError(code, path="", why="read"), Language.of("en"))


def test_text_that_is_none_is_damage_though_python_gives_no_code() -> None:
    connection = sqlite3.connect(":memory:")
    with pytest.raises(UserError, match="damaged"), trouble.told("a", is_reading=True):
        connection.execute("SELECT CAST(x'ff' AS TEXT)").fetchone()
    connection.close()


def test_only_errors_of_files_are_met() -> None:
    assert trouble.met(ValueError("x")) is None
    assert trouble.met(UserError("unknown_article", article="x")) is None
    assert trouble.met(UserError("cancelled")) is None
    for error in (
        zlib.error("x"),
        UnicodeDecodeError("utf-8", b"", 0, 1, "x"),
        Told("SQLITE_CORRUPT"),
    ):
        found = trouble.met(error, "a")
        assert found is not None
        assert found.code == "damaged"


def test_a_failing_disk_with_room_is_a_failing_disk(tmp_path: Path) -> None:
    known = UserError("disk_trouble", path="a")

    assert trouble.looked_into(known, str(tmp_path / "a")).code == "disk_trouble"
    assert trouble.looked_into(known, "").code == "disk_trouble"


# --- reads, statements and COMMIT -----------------------------------------------------------------

READS: dict[str, Callable[[Project, Annotator, Layer], object]] = {
    "page": lambda project, who, layer: browsing.page(project, who),
    "around": lambda project, who, layer: browsing.around(project, who, sha_of(0)),
    "row_of": lambda project, who, layer: browsing.row_of(project, who, sha_of(0)),
    "progress": lambda project, who, layer: browsing.progress(project, who),
    "reading": lambda project, who, layer: reading.reading(project, sha_of(0), who),
    "labels_of": lambda project, who, layer: reading.labels_of(project, layer),
    "held": lambda project, who, layer: reading.held(project, layer),
    "statistics": lambda project, who, layer: statistics.statistics(project),
    "workloads": lambda project, who, layer: workloads.workloads(project),
}


@pytest.mark.parametrize("name", READS)
def test_a_read_while_another_program_holds_the_file_is_told(
    project: Project, path: Path, name: str
) -> None:
    who, layer = projects.annotator(project), layer_of(project)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(UserError) as met:
            READS[name](project, who, layer)
    finally:
        other.close()

    assert (met.value.code, met.value.data["why"]) == ("locked", "read")
    READS[name](project, who, layer)


def test_a_statement_and_a_commit_that_are_held_up_change_nothing(
    project: Project, path: Path
) -> None:
    layer, before = layer_of(project), projects.contents(project)
    reader = sqlite3.connect(path, isolation_level=None)

    def label() -> None:
        labelling.add_entity(project, layer, extent_of("بوتين"), "PERS")

    reader.execute("BEGIN IMMEDIATE")
    assert code_of(label) == "locked"  # the first statement
    reader.execute("ROLLBACK")
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM operations").fetchone()
    assert code_of(label) == "locked"  # COMMIT: who reads keeps it from being written
    reader.execute("ROLLBACK")
    reader.close()

    assert projects.contents(project) == before
    label()


def test_a_read_of_a_damaged_file_is_told(project: Project, path: Path) -> None:
    who = projects.annotator(project)
    roots = "SELECT rootpage FROM sqlite_master WHERE tbl_name IN ('articles','titles','layers')"
    pages = [row[0] for row in project.connection.execute(roots)]
    project.close()
    with path.open("r+b") as file:
        for page in pages:
            if page:
                file.seek((page - 1) * tables.PAGE_SIZE)
                file.write(b"\xff" * tables.PAGE_SIZE)

    with Project.open(path) as damaged:
        for read in ("page", "around", "reading", "progress"):
            layer = Layer(sha_of(0), who.uid)
            with pytest.raises(UserError, match="damaged"):
                READS[read](damaged, who, layer)
