"""Opening and making project files: what is none is said to be none, nothing is made by half."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from pathlib import Path

import pytest

from annotator.core.errors import UserError
from annotator.core.model import Entity, Party, replace
from annotator.services import labelling
from annotator.store import opening, tables
from annotator.store.project import Project
from tests.projects import (
    SCHEMA,
    annotator,
    assert_sound,
    code_of,
    contents,
    copied,
    extent_of,
    layer_of,
    made,
    operations_in,
)

AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
POSIX = pytest.mark.skipif(os.name == "nt", reason="rights and signals are POSIX's")


def refusal(path: Path) -> str:
    with pytest.raises(UserError) as trouble:
        Project.open(path)
    return trouble.value.code


# --- what is no project ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"x",
        b"SQLite format 3",
        "مقال وليس مشروعا\n".encode() * 900,
        b"PK\x03\x04" + bytes(3000),
        bytes(8192),
        b"SQLite format 3\0" + bytes(8192),
    ],
)
def test_a_file_of_another_kind_is_not_a_project(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.hashiya"
    path.write_bytes(content)
    assert refusal(path) == "not_a_project"
    assert path.read_bytes() == content


def test_a_folder_is_a_folder(tmp_path: Path) -> None:
    assert refusal(tmp_path) == "is_a_folder"


def test_what_is_missing_is_missing_and_is_not_made(tmp_path: Path) -> None:
    for path in (tmp_path / "x.hashiya", tmp_path / "no" / "x.hashiya", tmp_path / ("ط" * 300)):
        assert refusal(path) == "no_such_file"
    assert list(tmp_path.iterdir()) == []


def test_a_link_to_nothing_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "x.hashiya"
    path.symlink_to(tmp_path / "gone.hashiya")
    assert refusal(path) == "no_such_file"


def test_a_database_of_another_program_is_not_a_project(tmp_path: Path) -> None:
    path = tmp_path / "x.hashiya"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE settings(name, value)")
        connection.execute("PRAGMA application_id=252006673")
    assert refusal(path) == "not_a_project"


def test_a_project_whose_application_id_was_taken_away_is_not_a_project(tmp_path: Path) -> None:
    path = made(tmp_path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA application_id=0")
    assert refusal(path) == "not_a_project"


def test_a_project_of_a_newer_program_is_too_new(tmp_path: Path) -> None:
    path = made(tmp_path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version={tables.VERSION + 1}")
    before = path.read_bytes()
    assert refusal(path) == "too_new"
    assert path.read_bytes() == before


def test_a_project_that_is_cut_off_is_damaged_or_no_project(tmp_path: Path) -> None:
    whole = made(tmp_path).read_bytes()
    for length in (50, 100, 1000, 8192, 20_000):
        path = tmp_path / "cut.hashiya"
        path.write_bytes(whole[:length])
        assert refusal(path) in ("damaged", "not_a_project", "strange_tables")


@pytest.mark.parametrize("offset", [16, 40, 100, 105, 8192 * 2])
def test_a_project_with_a_page_overwritten_is_opened_or_refused_and_never_falls_over(
    tmp_path: Path, offset: int
) -> None:
    path = made(tmp_path)
    spoilt = bytearray(path.read_bytes())
    spoilt[offset : offset + 64] = b"\xa5" * 64
    path.write_bytes(spoilt)
    assert code_of(lambda: Project.open(path).close()) in (
        "",
        "damaged",
        "not_a_project",
        "strange_tables",
        "too_new",
    )


# --- strange tables -------------------------------------------------------------------------------

_EVIL = "BEGIN UPDATE entities SET note='evil'; END"


@pytest.mark.parametrize(
    "statement",
    [
        f"CREATE TRIGGER evil AFTER INSERT ON entities {_EVIL}",
        f"CREATE TRIGGER words_evil AFTER INSERT ON entities {_EVIL}",
        f"CREATE TRIGGER titles_evil AFTER INSERT ON entities {_EVIL}",
        f"CREATE TRIGGER _sqlite_evil AFTER INSERT ON entities {_EVIL}",
        f"CREATE TRIGGER evil INSTEAD OF INSERT ON entity_mentions {_EVIL}",
        "CREATE TABLE evil(x)",
        "CREATE TABLE words_evil(x)",
        "CREATE VIRTUAL TABLE evil USING fts5(x)",
        "DROP TRIGGER spans_quoted",
        "DROP TRIGGER operations_fixed",
        "ALTER TABLE entities ADD COLUMN evil TEXT",
        "ALTER TABLE entities RENAME COLUMN note TO remark",
        "DROP TABLE receipts",
    ],
)
def test_a_file_whose_tables_or_triggers_are_not_ours_is_not_opened(
    tmp_path: Path, statement: str
) -> None:
    path = made(tmp_path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
    assert refusal(path) == "strange_tables"


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE VIEW mine AS SELECT quote FROM entity_mentions",
        "CREATE INDEX mine ON entities(note)",
        "DROP VIEW event_frames",
        "VACUUM",
        "ANALYZE",
        "REINDEX",
    ],
)
def test_own_views_and_indexes_and_a_vacuum_do_no_harm(tmp_path: Path, statement: str) -> None:
    path = made(tmp_path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
    with Project.open(path) as project:
        labelling.add_entity(project, layer_of(project), extent_of("بوتين"), "PERS")
        assert_sound(project)


@pytest.mark.parametrize(
    "statement",
    [
        'CREATE INDEX mine ON spans(layer,label,part,n DESC,start,"end",quote)',
        'CREATE INDEX mine ON spans(label,layer,part,start DESC,n,"end",quote)',
        "CREATE INDEX mine ON votes(layer,label,n DESC,annotator,value)",
        "CREATE INDEX mine ON attributes(layer,label,name DESC,value)",
        "CREATE INDEX mine ON entities(layer,uid DESC)",
    ],
)
def test_an_index_of_ones_own_turns_nothing_round(tmp_path: Path, statement: str) -> None:
    path = made(tmp_path)
    with Project.open(path) as project:
        layer = layer_of(project)
        extent = extent_of("قال") + extent_of("بوتين") + extent_of("موسكو")
        pairs = (("mention", "NOM"), ("number", "one"))
        labelling.add_entity(project, layer, extent, "PERS", attributes=pairs)
        labelling.add_event(project, layer, extent, "MEET")
        topic = Party("topic", "vaccines")
        labelling.add_stance(project, layer, topic, "favor", evidence=extent)
        with project.gesture(layer, "test") as part:
            mention = Entity(part.gesture.new_uid("entity"), extent_of("قال"), "ORG")
            part.put(replace(mention, votes=(("a2", "x"), ("a1", "x"))))
        labels = project.labels(layer)
        project.connection.execute(statement)
        assert project.labels(layer) == labels
        assert [project.reading(layer).label(label.uid) for label in labels] == labels
        evidence = "SELECT evidence FROM stance_statements"
        assert project.connection.execute(evidence).fetchone() == ("قال … بوتين … موسكو",)


# --- rights ---------------------------------------------------------------------------------------

_AS_NOBODY = """
    import os, sys
    from pathlib import Path
    from annotator.core.errors import UserError
    from annotator.services import labelling
    from annotator.store.project import Project
    from tests.projects import SCHEMA, extent_of, layer_of, made, quick_folder
    path, what = Path(sys.argv[1]), sys.argv[2]
    with quick_folder() as folder, Project.open(made(folder)) as project:
        # everything is loaded before the rights are given up: Python's own files may be closed too
        labelling.add_entity(project, layer_of(project), extent_of("بوتين"), "PERS")
    if os.geteuid() == 0:
        os.setgid(65534)
        os.setuid(65534)
    try:
        if what == "create":
            Project.create(path, SCHEMA).close()
        else:
            with Project.open(path) as project:
                print(project.title, len(project.annotators()))
                if what == "write":
                    layer = layer_of(project)
                    labelling.add_entity(project, layer, extent_of("بوتين"), "PERS")
        print("done")
    except UserError as trouble:
        print(trouble.code)
"""


def as_nobody(path: Path, what: str) -> list[str]:
    """Do `what` in a process that has no rights beyond those of the files."""
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(_AS_NOBODY), str(path), what],
        capture_output=True,
        encoding="utf-8",
        env=environment,
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout.split("\n")[:-1]


@pytest.fixture
def open_to_all(tmp_path: Path) -> Path:
    """Make a folder that everybody may enter, read and write, with everything above it."""
    folder = Path("/tmp") / tmp_path.name if AS_ROOT else tmp_path  # noqa: S108
    folder = Path(str(folder) + f"-{os.getpid()}") if AS_ROOT else folder / "open"
    folder.mkdir()
    folder.chmod(0o777)
    return folder


@POSIX
def test_a_file_that_may_only_be_read_can_be_read_and_not_written(open_to_all: Path) -> None:
    path = made(open_to_all)
    with Project.open(path) as project:
        annotator(project)
    path.chmod(0o444)
    before = path.read_bytes()
    try:
        assert as_nobody(path, "read") == ["قالب 1", "done"]
        assert as_nobody(path, "write") == ["قالب 1", "read_only"]
        assert path.read_bytes() == before
    finally:
        shutil.rmtree(open_to_all)


@POSIX
def test_in_a_folder_that_may_not_be_written_a_project_can_be_read_and_not_written(
    open_to_all: Path,
) -> None:
    path = made(open_to_all)
    with Project.open(path) as project:
        annotator(project)
    path.chmod(0o666)
    open_to_all.chmod(0o555)
    before = path.read_bytes()
    try:
        assert as_nobody(path, "read") == ["قالب 1", "done"]
        assert as_nobody(path, "write")[-1] in ("read_only", "cannot_open")
        assert as_nobody(open_to_all / "new.hashiya", "create") == ["read_only"]
        assert path.read_bytes() == before
        assert list(open_to_all.iterdir()) == [path]
    finally:
        open_to_all.chmod(0o777)
        shutil.rmtree(open_to_all)


@POSIX
def test_a_file_that_may_not_be_read_cannot_be_opened(open_to_all: Path) -> None:
    path = made(open_to_all)
    path.chmod(0o000)
    try:
        assert as_nobody(path, "read") == ["cannot_open"]
    finally:
        shutil.rmtree(open_to_all)


@POSIX
def test_a_file_in_a_folder_that_may_not_be_entered_cannot_be_opened(open_to_all: Path) -> None:
    folder = open_to_all / "closed"
    folder.mkdir()
    path = made(folder)
    folder.chmod(0o000)
    try:
        assert as_nobody(path, "read") == ["cannot_open"]
        assert as_nobody(folder / "new.hashiya", "create") == ["read_only"]
    finally:
        folder.chmod(0o777)
        shutil.rmtree(open_to_all)


# --- making ---------------------------------------------------------------------------------------


def test_a_new_project_holds_its_label_schema_and_one_operation(tmp_path: Path) -> None:
    path = tmp_path / "مشروع جديد.hashiya"
    with Project.create(path, SCHEMA, "عنوان") as project:
        assert (project.title, project.role) == ("عنوان", "lead")
        assert project.schema_toml() == SCHEMA
        (operation,) = operations_in(project)
        assert (operation.kind, operation.lamport, operation.sequence) == ("new", 1, 1)
        assert_sound(project)
    assert list(tmp_path.glob(".hashiya-new-*")) == []


def test_without_a_title_a_project_is_called_by_its_file(tmp_path: Path) -> None:
    with Project.create(tmp_path / "أخبار.hashiya", SCHEMA) as project:
        assert project.title == "أخبار"


def test_an_existing_file_is_never_touched(tmp_path: Path) -> None:
    for name, content in (("a.hashiya", b""), ("b.hashiya", b"mine")):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(UserError, match="file_exists"):
            Project.create(path, SCHEMA)
        assert path.read_bytes() == content
    link = tmp_path / "c.hashiya"
    link.symlink_to(tmp_path / "gone")
    with pytest.raises(UserError, match="file_exists"):
        Project.create(link, SCHEMA)
    with pytest.raises(UserError, match="file_exists"):
        Project.create(tmp_path, SCHEMA)
    assert list(tmp_path.glob(".hashiya-new-*")) == []


def test_a_file_that_somebody_else_made_meanwhile_is_never_touched(tmp_path: Path) -> None:
    path = tmp_path / "x.hashiya"

    def fill(_: object) -> None:
        path.write_bytes(b"mine")

    with pytest.raises(UserError, match="file_exists"):
        opening.make_file(path, fill)
    assert path.read_bytes() == b"mine"


def test_a_label_schema_with_faults_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="bad_schema"):
        Project.create(tmp_path / "x.hashiya", "[schema]\n")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no_such_folder"):
        Project.create(tmp_path / "no" / "x.hashiya", SCHEMA)


def test_a_failure_while_making_leaves_nothing(tmp_path: Path) -> None:
    def fill(_: object) -> None:
        raise UserError("cancelled")

    with pytest.raises(UserError, match="cancelled"):
        opening.make_file(tmp_path / "x.hashiya", fill)
    assert list(tmp_path.iterdir()) == []


_KILLED = """
    import os, signal, sys
    from pathlib import Path
    from annotator import files
    from annotator.store import project
    from tests.projects import SCHEMA
    where = sys.argv[2]
    def die(*_):
        os.kill(os.getpid(), signal.SIGKILL)
    path = Path(sys.argv[1])
    named, synced = files.give_name, files.sync_folder
    if where == "before":
        files.give_name = lambda made, at: die() if at == path else named(made, at)
    elif where == "after":
        files.sync_folder = lambda at: die() if at == path.parent else synced(at)
    else:
        project.Project._first_rows = classmethod(die)
    project.Project.create(path, SCHEMA)
"""


@POSIX
@pytest.mark.parametrize("where", ["inside", "before", "after"])
def test_a_kill_while_making_leaves_a_whole_file_or_none(tmp_path: Path, where: str) -> None:
    path = tmp_path / "x.hashiya"
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(_KILLED), str(path), where],
        env={**os.environ, "PYTHONPATH": str(root)},
        timeout=60,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    assert path.exists() == (where == "after")
    if path.exists():
        with Project.open(path) as project:
            assert_sound(project)
    else:
        with Project.create(path, SCHEMA) as project:
            assert_sound(project)


# --- names ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["a?mode=ro&b.hashiya", "a#b.hashiya", "50%25.hashiya", "a b.hashiya", "ملف ١.hashiya",
     "a;b'c\".hashiya", "file:x.hashiya", "-x.hashiya", "\u202eعكس.hashiya", "😀.hashiya"],
)  # fmt: skip
def test_a_file_may_be_called_anything(tmp_path: Path, name: str) -> None:
    if os.name == "nt" and set(name) & set('?":'):
        pytest.skip("no file can be called so there")
    path = tmp_path / name
    with Project.create(path, SCHEMA) as project:
        annotator(project)
    assert [found.name for found in tmp_path.iterdir()] == [name]
    with Project.open(path) as project:
        assert len(project.annotators()) == 1


@POSIX
def test_a_name_that_is_no_text_can_be_opened_or_is_refused(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.hashiya"))
    shutil.copy(made(tmp_path), path)
    assert code_of(lambda: Project.open(path).close()) in ("", "cannot_open")


def test_a_relative_path_is_taken_from_where_one_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path)
    monkeypatch.chdir(tmp_path)
    with Project.open(Path("project.hashiya")) as project:
        annotator(project)
    assert refusal(Path("other.hashiya")) == "no_such_file"


# --- which replica --------------------------------------------------------------------------------


def test_the_same_file_at_the_same_place_keeps_its_replica(tmp_path: Path) -> None:
    path = made(tmp_path)
    found = set()
    for _ in range(3):
        with Project.open(path) as project:
            annotator(project, "a1")
            labelling.set_status(project, layer_of(project), "started")
            labelling.set_status(project, layer_of(project), "skipped")
            found.add(operations_in(project)[-1].replica)
    assert len(found) == 1


@pytest.mark.parametrize("how", ["copied", "moved", "renamed", "given to another machine"])
def test_a_file_at_another_place_gets_another_replica_at_its_first_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    path = made(tmp_path)
    with Project.open(path) as project:
        annotator(project, "a1")
        first = project.replica
    if how == "copied":
        other = copied(path, "copy.hashiya")
    elif how == "moved":
        other = Path(shutil.move(path, (tmp_path / "folder").with_suffix(".d")))
    elif how == "renamed":
        other = path.rename(tmp_path / "اسم آخر.hashiya")
    else:
        other = path
        monkeypatch.setenv("HASHIYA_DATA", str(tmp_path / "other machine"))
    before = other.read_bytes()
    with Project.open(other) as project:
        contents(project)
        assert other.read_bytes() == before  # reading draws nothing into the file
        annotator(project, "a2")
        made_by = {operation.replica for operation in operations_in(project)}
    assert project.replica != first
    assert {first, project.replica} <= made_by


def test_a_link_to_a_file_is_that_file(tmp_path: Path) -> None:
    path = made(tmp_path)
    link = tmp_path / "link.hashiya"
    link.symlink_to(path)
    with Project.open(path) as project:
        first = project.replica
    with Project.open(link) as project:
        assert project.replica == first


def test_a_copy_put_back_in_its_old_place_has_the_old_replica_and_its_own_sequence_goes_on(
    tmp_path: Path,
) -> None:
    path = made(tmp_path)
    with Project.open(path) as project:
        labelling.add_entity(project, layer_of(project), extent_of("بوتين"), "PERS")
    copy = copied(path, "copy.hashiya")
    with Project.open(copy) as project:
        labelling.add_entity(project, layer_of(project), extent_of("ترامب"), "PERS")
    path.unlink()
    copy.rename(path)
    with Project.open(path) as project:
        labelling.add_entity(project, layer_of(project), extent_of("موسكو"), "GPE")
        own = [one for one in operations_in(project) if one.replica == project.replica]
        places = [(one.scope, one.sequence) for one in own]
        assert len(set(places)) == len(places)
        assert_sound(project)


def test_where_the_data_folder_cannot_be_written_a_replica_is_drawn_for_this_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made(tmp_path)
    blocked = tmp_path / "data"
    blocked.write_bytes(b"not a folder")
    monkeypatch.setenv("HASHIYA_DATA", str(blocked))
    with Project.open(path) as project:
        labelling.add_entity(project, layer_of(project), extent_of("بوتين"), "PERS")
        first = project.replica
        assert_sound(project)
    with Project.open(path) as project:
        assert project.replica != first


def test_a_spoilt_note_of_the_replica_is_drawn_anew(tmp_path: Path) -> None:
    path = made(tmp_path)
    with Project.open(path) as project:
        annotator(project)
        first = project.replica
    (note,) = (Path(os.environ["HASHIYA_DATA"]) / "replicas").iterdir()
    for spoilt in (b"", b"\xff\xfe", b"short\n", b"much too long for one\n"):
        note.write_bytes(spoilt)
        with Project.open(path) as project:
            annotator(project, f"قارئ {len(spoilt)}")
            assert len(project.replica) == 8
            assert project.replica != first
            assert_sound(project)


def test_a_statement_of_a_table_that_is_no_text_is_none_of_ours(tmp_path: Path) -> None:
    path = made(tmp_path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema=ON")
        query = "UPDATE sqlite_master SET sql=CAST(sql AS BLOB) WHERE name='layers_kept'"
        connection.execute(query)

    assert code_of(lambda: Project.open(path)) in ("strange_tables", "damaged")
