"""New projects and the label schemas that they begin with."""

import os
from pathlib import Path

import pytest

from annotator.core.errors import UserError
from annotator.services import projects
from annotator.services.projects import new, schema_faults, schema_toml
from annotator.store.project import Project
from tests.projects import SCHEMA, assert_sound


@pytest.mark.parametrize("schema", projects.BUNDLED)
def test_a_project_begins_with_a_bundled_label_schema(tmp_path: Path, schema: str) -> None:
    path = tmp_path / "مشروع.hashiya"

    new(path, schema)

    with Project.open(path) as project:
        assert project.label_schema.name == schema
        assert (project.title, project.role) == ("مشروع", "lead")
        assert [len(project.annotators()), project.connection.total_changes] == [0, 0]
        assert_sound(project)
    assert [found.name for found in tmp_path.iterdir()] == [path.name]


def test_a_project_begins_with_the_label_schema_of_a_file_or_of_another_project(
    tmp_path: Path,
) -> None:
    toml = tmp_path / "مخطط.toml"
    toml.write_text(f"# تعليق\n{SCHEMA}", encoding="utf-8-sig")
    new(tmp_path / "a.hashiya", str(toml))
    new(tmp_path / "b.hashiya", str(tmp_path / "a.hashiya"), "عنوان")

    with Project.open(tmp_path / "a.hashiya") as a, Project.open(tmp_path / "b.hashiya") as b:
        assert a.schema_toml() == b.schema_toml() == f"# تعليق\n{SCHEMA}"
        assert a.label_schema.digest == b.label_schema.digest
        assert a.uid != b.uid
        assert b.title == "عنوان"


@pytest.mark.parametrize("kind", ["file", "folder", "link", "project"])
def test_what_is_there_is_never_replaced(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "x.hashiya"
    if kind == "file":
        path.write_bytes(b"mine")
    elif kind == "folder":
        path.mkdir()
    elif kind == "link":
        path.symlink_to(tmp_path / "nowhere")
    else:
        new(path)
    before = path.read_bytes() if path.is_file() else b""

    with pytest.raises(UserError, match="file_exists"):
        new(path)

    assert (path.read_bytes() if path.is_file() else b"") == before
    assert [found.name for found in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("place", "code"), [("no/x.hashiya", "no_such_folder"), ("file/x.hashiya", "cannot_write")]
)
def test_a_place_where_no_file_can_be_made_is_named(tmp_path: Path, place: str, code: str) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(UserError, match=code):
        new(tmp_path / place)


def test_a_name_that_is_too_long_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        new(tmp_path / f"{'x' * 300}.hashiya")


@pytest.mark.skipif(os.name == "nt", reason="Windows names are Unicode")
def test_a_name_that_is_no_text_gives_a_title_that_is(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"x\xff.hashiya")

    new(path)

    with Project.open(path) as project:
        assert project.title.encode()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "bad_schema"), (b"\x00\x01\xff", "not_text"), (b"x = ", "bad_schema"),
        (b"[schema]\nname = 3", "bad_schema"),
        ("[schema]\nname = 'أ'".encode("utf-16"), "not_text"),
        (b"[schema]\nname='x'\n[[entity]]\nid='A'\n[[entity]]\nid='A'", "bad_schema"),
        (b"[schema]\nname='x'\nstrange=1", "bad_schema"), (b"a" * 100_000, "bad_schema"),
        (b"x = " + b"[" * 100_000, "bad_schema"),
        (b"SQLite format 3\x00" + bytes(200), "bad_schema"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_label_schema_makes_no_project(
    tmp_path: Path, data: bytes, code: str
) -> None:
    toml = tmp_path / "x.toml"
    toml.write_bytes(data)

    with pytest.raises(UserError, match=code):
        new(tmp_path / "x.hashiya", str(toml))

    assert not (tmp_path / "x.hashiya").exists()


@pytest.mark.parametrize(
    ("name", "code"),
    [("missing.toml", "no_such_file"), ("folder", "is_a_folder"), ("x.hashiya", "no_such_file"),
     ("nwes", "unknown_schema"), ("", "unknown_schema")],
)  # fmt: skip
def test_a_label_schema_that_is_not_there_is_named(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "folder").mkdir()
    given = name if "." not in name and name != "folder" else str(tmp_path / name)

    with pytest.raises(UserError, match=code):
        schema_toml(given)


def test_a_label_schema_is_no_project_and_a_project_no_label_schema(tmp_path: Path) -> None:
    toml, path = tmp_path / "x.toml", tmp_path / "x.hashiya"
    toml.write_text(SCHEMA, encoding="utf-8")
    new(path)

    with pytest.raises(UserError, match="not_a_project"):
        Project.open(toml)
    renamed = tmp_path / "y.toml"
    renamed.write_bytes(path.read_bytes())
    with pytest.raises(UserError, match=r"bad_schema|not_text"):
        new(tmp_path / "z.hashiya", str(renamed))
    assert not (tmp_path / "z.hashiya").exists()


def test_the_faults_of_a_label_schema_are_told_with_their_places(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text("[schema]\nname='x'\n[[entity]]\nid='2025-05-06'\nkey='sv'", encoding="utf-8")

    found = {(fault.code, fault.where) for fault in schema_faults(path)}

    assert found == {("schema_bad_id", "entity[0].id"), ("schema_bad_key", "entity[0].key")}
    path.write_text(SCHEMA, encoding="utf-8")
    assert schema_faults(path) == []
